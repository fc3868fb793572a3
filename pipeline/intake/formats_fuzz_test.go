package intake

import (
	"context"
	"io"
	"testing"
	"testing/fstest"
	"time"

	"github.com/xuri/excelize/v2"

	"firmties/pipeline/diag"
)

// readHostile reads whatever a file holds: it must end soon, without a panic
// or a failure, and say where each finding is.
func readHostile(t *testing.T, name string, content []byte, opts TableOptions) {
	t.Helper()
	opts.File = name
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	var list diag.List
	r := newReader(ctx, fstest.MapFS{name: {Data: content}}, []string{"NA"}, &list)
	rows := 0
	for range 2 {
		parts := r.parts(opts, somewhere)
		if len(parts) == 0 && list.Len() == 0 && r.failure() == nil {
			t.Fatal("no table, and nothing says why")
		}
		for _, p := range parts {
			p.each(func(row *row) {
				rows++
				for i := range row.shown {
					row.text(i)
					row.number(i)
					if at := row.place(i); at.Line < p.headerLine || at.Column < 1 || at.File != name {
						t.Fatalf("a cell at %v", at)
					}
				}
			})
		}
	}
	if err := r.failure(); err != nil {
		t.Fatal(err)
	}
	for _, f := range list.Sorted() {
		if f.Place.File == "" || f.Message == "" || f.Code == diag.TableSyntax && f.Place.Line == 0 {
			t.Fatalf("a finding without its place: %+v", f)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, seed := range []string{
		"a,b\n1,2\n", "a,b\r1,2\r\n\"3\n,\"\"\",4", "\ufeffa;b\n1;2", "\xff\xfea\x00,\x00b\x00\n\x001\x00,\x002\x00", "\xfe\xff\x00a\x00\n\x001",
		"a,b\n1\n\"x\"y,2\n3\n\"4\n", "\xc6Q\xb3\xf5,b\n1,2\n", "a\n\x00", "a,a\n", ",\n,,\n", "\"a\n", "a,\"b\nc\",d\n1,\"2\n\n3\",\xe9\n", "\r\r\n\n", "a、b\n雙、\"、\"\n",
	} {
		for _, o := range []struct{ encoding, delimiter string }{{"", ""}, {"big5", ";"}, {"utf-16le", "tab"}, {"windows-1252", "、"}} {
			f.Add([]byte(seed), o.encoding, o.delimiter, 0)
		}
		f.Add([]byte(seed), "", "", 2)
	}
	f.Fuzz(func(t *testing.T, content []byte, encoding, delimiter string, headerRow int) {
		known := false
		for _, e := range textEncodings() {
			known = known || e.name == encoding
		}
		if !known {
			encoding = "" // a closed list in study.yaml
		}
		readHostile(t, "t.csv", content, TableOptions{Encoding: encoding, Delimiter: delimiter, HeaderRow: headerRow})
	})
}

// FuzzWorkbook varies the parts of a workbook that are read, as bytes of a zip
// file seldom stay one.
func FuzzWorkbook(f *testing.F) {
	const sheet, texts, styles = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
	book := bookOf(f, []string{"Ties"}, func(x *excelize.File) {
		fill(f, x, "Ties", []any{"a", "b"}, []any{"x", 2}, []any{"y", 1234567890123456789})
	})
	const head, foot = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`, `</sheetData></worksheet>`
	for _, seed := range []struct{ sheet, texts, styles string }{
		{head + `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>n</t></is></c></row><row r="3"><c r="A3" s="1"><v>44259.5</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row></sheetData><mergeCells><mergeCell ref="A3:B5"/></mergeCells></worksheet>`,
			`<sst><si><t>firm</t></si></sst>`, `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy/m/d h:mm"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs></styleSheet>`},
		{head + `<row><c><v>1</v></c></row><row><c><f>1+1</f><v>1E+300</v></c><c t="d"><v>2021-03-04T05:06:07Z</v></c></row>` + foot, `<sst/>`, `<styleSheet/>`},
		{head + `<row r="500"><c r="ZZ500"><v>1</v></c></row>` + foot, ``, ``},
		{`<x:worksheet xmlns:x="x"><x:sheetData/></x:worksheet>`, `<sst><si><r><t>a</t></r><r><t>b</t></r></si></sst>`, `<styleSheet><cellXfs><xf numFmtId="-1"/></cellXfs></styleSheet>`},
	} {
		f.Add([]byte(seed.sheet), []byte(seed.texts), []byte(seed.styles), "")
		f.Add([]byte(seed.sheet), []byte(seed.texts), []byte(seed.styles), "*")
	}
	f.Fuzz(func(t *testing.T, sheetXML, textsXML, stylesXML []byte, name string) {
		data := rezipped(t, book, map[string]func(io.Writer){
			sheet: text(string(sheetXML)), texts: text(string(textsXML)), styles: text(string(stylesXML)),
		})
		readHostile(t, "t.xlsx", data, TableOptions{Sheet: name})
	})
}

// FuzzWorkbookBytes varies the zip file itself.
func FuzzWorkbookBytes(f *testing.F) {
	f.Add(bookOf(f, []string{"Ties"}, func(x *excelize.File) { fill(f, x, "Ties", []any{"a"}, []any{"x"}) }))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("PK\x05\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, content []byte) {
		readHostile(t, "t.xlsx", content, TableOptions{})
	})
}
