package intake

import (
	"context"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

func TestText(t *testing.T) {
	long := strings.Repeat("x", maxRow+200<<10)
	for _, c := range []struct {
		name     string
		file     string // t.csv where empty
		content  string
		opts     TableOptions
		rows     []string
		findings []string
	}{
		{name: "plain", content: "a,b\n1,2\n3,4\n", rows: []string{"2:1|2", "3:3|4"}},
		{name: "no last line end", content: "a,b\n1,2", rows: []string{"2:1|2"}},
		{name: "missing and spaces", content: "a , b\u3000\n NA,\u00a0x\u3000\n", rows: []string{"2:|x"}},
		{name: "mark", content: "\ufeffa,b\n1,2\n", rows: []string{"2:1|2"}},
		{name: "CR LF", content: "a,b\r\n1,2\r\n", rows: []string{"2:1|2"}},
		{name: "CR only", content: "a,b\r1,2\r3\r", rows: []string{"2:1|2"}, findings: []string{"t.csv:3 table-syntax"}},
		{name: "mixed line ends", content: "a,b\r\n1,2\r3,4\n5\n", rows: []string{"2:1|2", "3:3|4"}, findings: []string{"t.csv:4 table-syntax"}},
		{name: "blank lines", content: "\n\na,b\n\n1,2\n \n,\n,,\n3,4\n", rows: []string{"5:1|2", "9:3|4"}},
		{name: "quotes", content: "a,b\n\"x,\"\"1\"\"\",\"line\nline\"\n3,4\n", rows: []string{"2:x,\"1\"|line\nline", "4:3|4"}},
		{name: "tsv", file: "t.tsv", content: "a\tb\n1,5\t2\n", rows: []string{"2:1,5|2"}},
		{name: "delimiter", content: "a;b\n1;2\n", opts: TableOptions{Delimiter: ";"}, rows: []string{"2:1|2"}},
		{name: "delimiter tab", file: "t.txt", content: "a\tb\n1\t2\n", opts: TableOptions{Delimiter: "tab"}, rows: []string{"2:1|2"}},
		{name: "delimiter beyond ASCII", content: "a、b\n1、2\n", opts: TableOptions{Delimiter: "、"}, rows: []string{"2:1|2"}},
		{name: "header row", content: "\"A title\nover lines\n\na,b\n1,2\n3\n", opts: TableOptions{HeaderRow: 3}, rows: []string{"5:1|2"}, findings: []string{"t.csv:6 table-syntax"}},
		{name: "blank headers", content: "a,,\n1,2,3\n", rows: []string{"2:1|2|3"}},
		{name: "one column", content: "a\n1\n2\n", rows: []string{"2:1", "3:2"}},
		{name: "quoted header with a comma", content: "\"a;b\"\n1\n", rows: []string{"2:1"}},

		{name: "empty", content: "", findings: []string{"t.csv table-empty"}},
		{name: "blank", content: "\n \n,,\n", findings: []string{"t.csv table-empty"}},
		{name: "mark only", content: "\ufeff", findings: []string{"t.csv table-empty"}},
		{name: "header only", content: "a,b\n", findings: []string{"t.csv:1:1 table-empty"}},
		{name: "header row below the end", content: "a,b\n1,2\n", opts: TableOptions{HeaderRow: 9}, findings: []string{"t.csv table-empty"}},
		{name: "repeated headers", content: "村,b,村,b \n1,2,3,4\n", findings: []string{"t.csv:1:5 header-repeated", "t.csv:1:7 header-repeated"}},
		{name: "semicolons", content: "a;b\n1;2\n", findings: []string{"t.csv:1:1 delimiter-wrong"}},
		{name: "tabs", content: "a\tb\n1\t2\n", findings: []string{"t.csv:1:1 delimiter-wrong"}},
		{name: "bars", content: "a|b\n1|2\n", findings: []string{"t.csv:1:1 delimiter-wrong"}},
		{name: "commas where semicolons are declared", content: "a,b\n1,2\n", opts: TableOptions{Delimiter: ";"}, findings: []string{"t.csv:1:1 delimiter-wrong"}},
		{name: "delimiter of two characters", content: "a,b\n", opts: TableOptions{Delimiter: ";;"}, findings: []string{"study.yaml:7:10 setting-conflict"}},
		{name: "delimiter is a quote", content: "a,b\n", opts: TableOptions{Delimiter: `"`}, findings: []string{"study.yaml:7:10 setting-conflict"}},
		{name: "decimal is the delimiter", content: "a,b\n", opts: TableOptions{Decimal: ","}, findings: []string{"study.yaml:7:10 setting-conflict"}},
		{name: "decimal of another kind", content: "a,b\n", opts: TableOptions{Decimal: "'"}, findings: []string{"study.yaml:7:10 setting-conflict"}},
		{name: "sheet of a text file", content: "a,b\n", opts: TableOptions{Sheet: "x"}, findings: []string{"study.yaml:7:10 setting-conflict"}},
		{name: "ragged", content: "a,b\n1\n雙,2,3\n4,5\n6,7,\n", rows: []string{"4:4|5"},
			findings: []string{"t.csv:2 table-syntax", "t.csv:3:5 table-syntax", "t.csv:5:5 table-syntax"}},
		{name: "bare quote", content: "a,b\n雙雙,x\"y\n3,4\n", rows: []string{"3:3|4"}, findings: []string{"t.csv:2:5 table-syntax"}},
		{name: "quote before the end of a cell", content: "a,b\n雙,\"x\"y\n3,4\n", rows: []string{"3:3|4"}, findings: []string{"t.csv:2:5 table-syntax"}},
		{name: "quote after several lines", content: "a,b\n1,\"x\ny\n雙\"z\n3,4\n", rows: []string{"5:3|4"}, findings: []string{"t.csv:4:2 table-syntax"}},
		{name: "unclosed quote", content: "a,b\n1,2\n\"雙\",\"3\n4,5\n", rows: []string{"2:1|2"}, findings: []string{"t.csv:3:5 table-syntax"}},
		{name: "unclosed quote on a later line", content: "a,b\n1,2\n\"x\ny\",\"3\n4,5\n", rows: []string{"2:1|2"}, findings: []string{"t.csv:4:4 table-syntax"}},
		{name: "unclosed quote in the header", content: "a,\"b\n1,2\n", findings: []string{"t.csv:1:3 table-syntax"}},
		{name: "endless row", content: "a,b\n1,2\n3," + long + "\n4,5\n", rows: []string{"2:1|2"}, findings: []string{"t.csv:3 table-syntax"}},
		{name: "endless quote", content: "a,b\n1,2\n3,\"" + strings.Repeat("4,5\n", maxRow/4+100_000), rows: []string{"2:1|2"}, findings: []string{"t.csv:3 table-syntax"}},
		{name: "100,001 columns", content: strings.Repeat(",", maxColumns) + "a\n", findings: []string{"t.csv:1:1 file-too-large"}},
		{name: "ten million columns", content: strings.Repeat(",", 10_000_000) + "\n", findings: []string{"t.csv:1 table-syntax"}},
		{name: "everything at once", content: "a,b\n1\n\"x\"y,2\n3\n\"4\n", findings: []string{
			"t.csv:2 table-syntax", "t.csv:3:3 table-syntax", "t.csv:4 table-syntax", "t.csv:5:1 table-syntax"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			name := c.file
			if name == "" {
				name = "t.csv"
			}
			c.opts.File = name
			rows, findings := opened(t, oneFile(name, c.content), c.opts)
			expect(t, "rows", rows, c.rows)
			expect(t, "findings", findings, c.findings)
		})
	}
}

func TestEncodings(t *testing.T) {
	const table = "firm,name\n1,鹽場 Café\n"
	const western = "firm,name\n1,Café “Zoë”\n"
	in := func(e interface {
		String(string) (string, error)
	}, s string) string {
		t.Helper()
		out, err := e.String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	big5 := in(traditionalchinese.Big5.NewEncoder(), "firm,name\n1,鹽場甲\n")
	windows := in(charmap.Windows1252.NewEncoder(), western)
	latin := in(charmap.ISO8859_1.NewEncoder(), "firm,name\n1,Café\n")
	le := in(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder(), table)
	be := in(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder(), table)
	chinese := []string{"2:1|鹽場 Café"}
	for _, c := range []struct {
		name, content, encoding string
		rows, findings          []string
		hint                    string
	}{
		{"utf-8", table, "", chinese, nil, ""},
		{"utf-8 declared", table, "utf-8", chinese, nil, ""},
		{"utf-8 wins over what is declared", table, "big5", chinese, nil, ""},
		{"utf-16le by its mark", "\xff\xfe" + le, "", chinese, nil, ""},
		{"utf-16be by its mark", "\xfe\xff" + be, "", chinese, nil, ""},
		{"the mark wins over what is declared", "\xff\xfe" + le, "big5", chinese, nil, ""},
		{"utf-16le declared", le, "utf-16le", chinese, nil, ""},
		{"utf-16be declared", be, "utf-16be", chinese, nil, ""},
		{"big5 declared", big5, "big5", []string{"2:1|鹽場甲"}, nil, ""},
		{"windows-1252 declared", windows, "windows-1252", []string{"2:1|Café “Zoë”"}, nil, ""},
		{"latin1 declared", latin, "latin1", []string{"2:1|Café"}, nil, ""},
		{"iso-8859-1 declared", latin, "iso-8859-1", []string{"2:1|Café"}, nil, ""},

		{"big5 undeclared", big5, "", nil, []string{"t.csv:2:3 encoding-undeclared"}, "t: {file: t.csv, encoding: big5}"},
		{"windows-1252 undeclared", windows, "", nil, []string{"t.csv:2:6 encoding-undeclared"}, "t: {file: t.csv, encoding: windows-1252}"},
		{"accents that could be Chinese", in(charmap.Windows1252.NewEncoder(), "firm,name\n1,Délices\n"), "", nil, []string{"t.csv:2:4 encoding-undeclared"}, "encoding: windows-1252"},
		{"utf-16le undeclared", le, "", nil, []string{"t.csv:1:2 encoding-undeclared"}, "encoding: utf-16le"},
		{"utf-16be undeclared", be, "", nil, []string{"t.csv:1:1 encoding-undeclared"}, "encoding: utf-16be"},
		{"not utf-8 as declared", big5, "utf-8", nil, []string{"t.csv:2:3 encoding-wrong"}, "encoding: big5"},
		{"not utf-8 as marked", "\ufefffirm\n1\xff\n", "", nil, []string{"t.csv:2:2 encoding-wrong"}, "mend the character"},
		{"not big5 as declared", big5 + "2,\xff\xff\n", "big5", nil, []string{"t.csv:3:3 encoding-wrong"}, "mend the character"},
		{"big5 undeclared with a mistake", strings.Repeat(big5, 30) + "2,\xff\xff\n", "", nil, []string{"t.csv:2:3 encoding-undeclared"}, "encoding: big5"},
		{"not latin1 but windows-1252", windows, "latin1", nil, []string{"t.csv:2:8 encoding-wrong"}, "encoding: windows-1252"},
		{"not windows-1252", "firm\n\x81\n", "windows-1252", nil, []string{"t.csv:2:1 encoding-wrong"}, ""},
		{"zero byte", "firm,name\n1,a\x00b\n", "", nil, []string{"t.csv:2:4 file-kind"}, "csv"},
		{"zero byte, declared", "firm,name\n1,a\x00b\n", "big5", nil, []string{"t.csv:2:4 file-kind"}, "csv"},
		{"bad byte far into the file", table + strings.Repeat("2,雙雙\n", 100_000) + "3,\x80\n", "", nil, []string{"t.csv:100003:3 encoding-undeclared"}, ""},
		{"cut character at the end", "firm\n1\xe9\x9b", "", nil, []string{"t.csv:2:2 encoding-undeclared"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			opts := TableOptions{File: "t.csv", Encoding: c.encoding}
			rows, findings := opened(t, oneFile("t.csv", c.content), opts)
			expect(t, "rows", rows, c.rows)
			expect(t, "findings", findings, c.findings)
			if hint := hints(oneFile("t.csv", c.content), opts); !strings.Contains(hint, c.hint) {
				t.Errorf("hint %q lacks %q", hint, c.hint)
			}
		})
	}
}

// No read may cut a character of a large file in two.
func TestSurveyCutsNoCharacter(t *testing.T) {
	for shift := range 4 {
		text := strings.Repeat("x", shift) + strings.Repeat("雙𠀀é\n", 100_000)
		for end, want := range map[string]bool{"": true, "\xff": false, "\xe9\x9b": false} {
			c, err := survey(context.Background(), strings.NewReader(text+end))
			if err != nil || c.utf8 != want || c.size != int64(len(text+end)) {
				t.Errorf("shift %d, %q at the end: utf8 %t, size %d, %v", shift, end, c.utf8, c.size, err)
			}
		}
	}
}
