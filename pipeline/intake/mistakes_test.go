package intake

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"

	"firmties/pipeline/diag"
)

// What only follows from a list of firms that could not be read whole is not
// told beside it.
func TestNothingFollowsFromFirms(t *testing.T) {
	const config = `study: s
clusters: {table: clusters.csv, id: c}
firms: {table: firms.csv, id: firm, cluster: cluster, attributes: [size]}
aliases: {table: aliases.csv, name: name, firm: firm}
relations:
  - {name: r, reports: {table: ties.csv, source: a, target: b}}
`
	for _, c := range []struct {
		name, firms string
		code        diag.Code
		place       string
	}{
		{"column missing", "firm,cluster,staff\na,K,1\nb,L,2\n", diag.ColumnMissing, "study.yaml:3:68"},
		{"quote unclosed", "firm,cluster,size\na,K,1\n\"b,L,2\n", diag.TableSyntax, "firms.csv:3:1"},
		{"cluster blank", "firm,cluster,size\na,K,1\nb,,2\n", diag.IDBlank, "firms.csv:3:3"},
		{"cluster unknown", "firm,cluster,size\na,K,1\nb,M,2\n", diag.ClusterUnknown, "firms.csv:3:3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, findings := read(t, config, files(map[string]string{
				"clusters.csv": "c\nK\nL\n", "firms.csv": c.firms, "aliases.csv": "name,firm\nBee,b\n", "ties.csv": "a,b\na,b\n"}))
			has(t, findings, c.code, c.place)
			if findings.Len() != 1 {
				t.Errorf("%d findings:\n%s", findings.Len(), findings.Render(true))
			}
		})
	}
}

// A sheet whose name is no cluster is told once, not with every firm.
func TestSheetOfNoCluster(t *testing.T) {
	data := files(map[string]string{"clusters.csv": "c\nK\n", "ties.csv": "a,b\nx,y\n"})
	data["firms.xlsx"] = &fstest.MapFile{Data: bookOf(t, []string{"K", "M"}, func(x *excelize.File) {
		fill(t, x, "K", []any{"firm"}, []any{"x"}, []any{"y"})
		fill(t, x, "M", []any{"firm"}, []any{"z"}, []any{"w"})
	})}
	_, findings := read(t, `study: s
tables:
  roster: {file: firms.xlsx, sheet: "*", cluster: sheet}
clusters: {table: clusters.csv, id: c}
firms: {table: roster, id: firm}
relations:
  - {name: r, reports: {table: ties.csv, source: a, target: b}}
`, data)
	has(t, findings, diag.ClusterUnknown, "firms.xlsx:M", `its name makes its firms those of cluster "M"`)
	if findings.Len() != 1 {
		t.Error(findings.Render(true))
	}
}

// Headers that stand below a title are found.
func TestHeaderBelowTitle(t *testing.T) {
	data := smallFiles()
	data["firms.xlsx"] = &fstest.MapFile{Data: bookOf(t, []string{"Firms"}, func(x *excelize.File) {
		fill(t, x, "Firms", []any{"Survey of 2021"}, []any{}, []any{"firm", "cluster", "size", "sector"}, []any{"a", "K", 1, "x"})
	})}
	_, findings := read(t, strings.ReplaceAll(small, "firms.csv", "firms.xlsx"), data)
	has(t, findings, diag.ColumnMissing, "study.yaml:2:32", "line 3 has it", "header_row: 3")
}

// A column that few cells make text is told, with the first of them; one that
// is text, or ids, is not.
func TestMixedAttributes(t *testing.T) {
	for _, c := range []struct{ name, rows, place, text string }{
		{"comment", "a;1\nb;2\nc;8 (approx)\n", "firms.csv:4:3", `"8 (approx)" is no number`},
		{"decimal comma", "a;1\nb;2,5\nc;3,5\n", "firms.csv:3:3", "decimal mark"},
		{"kinds", "a;1\nb;small\nc;large\n", "", ""},
		{"ids", "a;007\nb;12\nc;12a\n", "", ""},
		{"blank", "a;1\nb;\nc;3\n", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, findings := read(t, `study: s
tables: {firms: {file: firms.csv, delimiter: ";"}}
firms: {table: firms, id: firm, attributes: [size]}
relations:
  - {name: r, reports: {table: ties.csv, source: a, target: b}}
`, files(map[string]string{"ties.csv": "a,b\na,b\n", "firms.csv": "firm;size\n" + c.rows}))
			if c.place != "" {
				has(t, findings, diag.AttributeMixed, c.place, c.text)
			} else if findings.Len() > 0 {
				t.Error(findings.Render(true))
			}
		})
	}
}

// A status that nobody has is told: most likely it is misspelt, and nobody
// counts as interviewed.
func TestInterviewedOfNobody(t *testing.T) {
	_, findings := read(t, `study: s
firms: {table: firms.csv, id: firm}
respondents: {table: people.csv, id: person, firm: firm, status: status, interviewed: [completed]}
relations:
  - {name: r, reports: {table: ties.csv, respondent: who, target: to}}
`, files(map[string]string{"firms.csv": "firm\na\nb\n", "people.csv": "person,firm,status\np,a,complete\nq,b,refused\n", "ties.csv": "who,to\np,b\n"}))
	has(t, findings, diag.NothingSelected, "study.yaml:3:88", `no row of people.csv has "completed" in column "status"`, "the nearest is complete")
}

// An encoding that is not read is not called Western.
func TestEncodingNotRead(t *testing.T) {
	for _, c := range []struct{ name, text, place, hint string }{
		{"GBK", "firm,name\na,\xc8\xf0\xd2\xe6\xcc\xd5\xb4\xc9\xd3\xd0\xcf\xde\n", "firms.csv:2:3", "save the file as UTF-8"},
		{"Western", "firm,name\na,Caf\xe9 L\x92\xc9cho\n", "firms.csv:2:6", "it looks like windows-1252"},
	} {
		data := smallFiles()
		data["firms.csv"] = &fstest.MapFile{Data: []byte(c.text)}
		_, findings := read(t, small, data)
		has(t, findings, diag.EncodingUnknown, c.place, c.hint)
		if western := strings.Contains(findings.Render(true), "windows-1252"); western != (c.name == "Western") {
			t.Errorf("%s:\n%s", c.name, findings.Render(true))
		}
	}
}

// An id that lost its leading zeros in a spreadsheet is recognised.
func TestLeadingZerosDropped(t *testing.T) {
	_, findings := read(t, `study: s
firms: {table: firms.csv, id: firm}
aliases: {table: aliases.csv, name: name, firm: firm}
relations:
  - {name: r, reports: {table: ties.csv, source: a, target: b}}
`, files(map[string]string{"firms.csv": "firm\n12\n13\n", "aliases.csv": "name,firm\nBee,00012\n", "ties.csv": "a,b\n12,13\n"}))
	has(t, findings, diag.FirmUnknown, "aliases.csv:2:5", `firm "12" differs by its leading zeros`)
}

// A sheet of notes among those of a roster is told with the way out.
func TestNotesAmongSheets(t *testing.T) {
	data := files(map[string]string{"ties.csv": "a,b\nx,y\n"})
	data["firms.xlsx"] = &fstest.MapFile{Data: bookOf(t, []string{"K", "Notes"}, func(x *excelize.File) {
		fill(t, x, "K", []any{"firm"}, []any{"x"}, []any{"y"})
		fill(t, x, "Notes", []any{"call again"})
	})}
	_, findings := read(t, `study: s
tables:
  roster: {file: firms.xlsx, sheet: "*", cluster: sheet}
firms: {table: roster, id: firm}
relations:
  - {name: r, reports: {table: ties.csv, source: a, target: b}}
`, data)
	has(t, findings, diag.TableEmpty, "firms.xlsx:Notes!A1", "hide a sheet of notes")
}
