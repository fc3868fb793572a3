package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// files is a study folder: names and contents.
type files map[string]string

// goodStudy is a small study with everything that a case may spoil.
func goodStudy() files {
	return files{
		configName: `study: salt
missing: ["", NA]
firms: {table: firms.csv, id: firm, cluster: cluster, attributes: [employees, sector]}
relations:
  - name: joint_task
    dimension: joint_enterprise
    directed: false
    reports: {table: ties.csv, respondent: who, target: partner, answer: said, answers: {yes: [1], no: [0]}, asked: {kind: recall, about: own}}
  - name: advice
    directed: true
    reports: {table: ties.csv, respondent: who, target: partner, asked: {kind: recall, about: own}}
affiliations:
  - {name: practices, table: practices.csv, firm: firm, event: practice}
layers:
  - {name: joint_task, relation: joint_task}
  - {name: advice, relation: advice}
outcomes:
  - {name: innovation, level: firm, kind: continuous, table: outcomes.csv, id: firm, column: index}
models:
  - {level: firm, outcome: innovation, layers: [joint_task], metrics: [degree], controls: [employees]}
`,
		"firms.csv":     "firm,cluster,employees,sector\nA,x,4,pots\nB,x,7,mats\nC,x,3,pots\nD,y,9,salt\nE,y,2,salt\n",
		"ties.csv":      "who,partner,said\nA,B,1\nB,C,1\nD,E,0\n",
		"practices.csv": "firm,practice\nA,slow drying\nB,slow drying\n",
		"outcomes.csv":  "firm,index\nA,1.5\nB,2\nC,0.5\nD,3\nE,1\n",
	}
}

// with returns the study with one file replaced.
func (f files) with(name, text string) files { f[name] = text; return f }

// edit returns the study with a text of one file replaced.
func (f files) edit(name, old, new string) files {
	if !strings.Contains(f[name], old) {
		panic(name + " does not hold " + old)
	}
	f[name] = strings.Replace(f[name], old, new, 1)
	return f
}

// config is edit of study.yaml.
func (f files) config(old, new string) files { return f.edit(configName, old, new) }

// write makes the study folder, alone in a new folder, so that a test sees all
// that a run leaves beside it.
func (f files) write(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "study")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	for name, text := range f {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestGoodStudyRuns(t *testing.T) {
	dir := goodStudy().write(t)
	code, _, stderr := program(t, "run", dir, "-o", filepath.Join(dir, "..", "out"))
	if code != exitOK || stderr != "" {
		t.Errorf("exit %d\n%s", code, stderr)
	}
}

// program runs firmties in this process.
func program(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err strings.Builder
	code = run(args, &out, &err)
	return code, out.String(), err.String()
}

// at is the place of a text in a file, as a message gives it.
func (f files) at(name, text string) string {
	before, _, found := strings.Cut(f[name], text)
	if !found {
		panic(name + " does not hold " + text)
	}
	line := before[strings.LastIndex(before, "\n")+1:]
	return fmt.Sprintf("%s:%d:%d: ", name, strings.Count(before, "\n")+1, len([]rune(line))+1)
}

// refusedCase is a study that must be refused.
type refusedCase struct {
	name  string
	study files
	place string   // what the first message begins with; with @, the place of that text in study.yaml
	says  []string // what it says besides
}

// TestRefused: the analyst's errors are exit 3, told with their place, what
// was expected and how to mend it, and nothing is left behind.
func TestRefused(t *testing.T) {
	for _, c := range append(configCases(), tableCases()...) {
		t.Run(c.name, func(t *testing.T) { c.check(t, c.study.write(t)) })
	}
}

func (c *refusedCase) check(t *testing.T, dir string) {
	t.Helper()
	parent := filepath.Dir(dir)
	code, stdout, stderr := program(t, "run", dir, "-o", filepath.Join(parent, "out"))
	if code != exitData {
		t.Errorf("exit %d", code)
	}
	place := c.place
	if text, ok := strings.CutPrefix(place, "@"); ok {
		place = c.study.at(configName, text)
	}
	if !strings.HasPrefix(stderr, place) {
		t.Errorf("does not begin with %q", place)
	}
	for _, s := range append(c.says, "[") {
		if !strings.Contains(stderr, s) {
			t.Errorf("does not say %q", s)
		}
	}
	for _, line := range withoutHint(stderr) {
		t.Errorf("no hint: %s", line)
	}
	if stdout != "" || strings.Contains(stderr, "panic") || strings.Contains(stderr, "goroutine") {
		t.Errorf("stdout %q", stdout)
	}
	left, err := os.ReadDir(parent)
	if err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if t.Failed() {
		t.Logf("stderr:\n%s", stderr)
	}
	checked, told, _ := program(t, "check", dir)
	if checked != exitData || !strings.Contains(told, strings.SplitN(stderr, "\n", 2)[0]) {
		t.Errorf("check: exit %d\n%s", checked, told)
	}
}

// withoutHint lists the messages with no indented line below them.
func withoutHint(stderr string) []string {
	var bare []string
	lines := strings.Split(stderr, "\n")
	for i, line := range lines[:len(lines)-1] {
		if !strings.HasPrefix(line, " ") && !strings.HasPrefix(lines[i+1], "    ") {
			bare = append(bare, line)
		}
	}
	return bare
}

func configCases() []refusedCase {
	g := goodStudy
	return []refusedCase{
		{"unknown key", g().config("missing:", "misssing:"), "study.yaml:2:1: ", []string{`"misssing"`, "missing"}},
		{"unknown nested key", g().config("kind: recall", "kindd: recall"), "@kindd", []string{"kind"}},
		{"repeated key", g().config("missing:", "study: other\nmissing:"), "study.yaml:2:1: ", nil},
		{"missing key", g().config("study: salt\n", ""), "study.yaml:1:1: ", []string{"study"}},
		{"wrong type", g().config("directed: false", "directed: maybe"), "study.yaml:7:15: ", []string{"true", "false"}},
		{"list for a text", g().config("study: salt", "study: [salt]"), "study.yaml:1:8: ", nil},
		{"name that is no column", g().config("name: advice", "name: Advice Ties"), "study.yaml:9:11: ", nil},
		{"unknown dimension", g().config("joint_enterprise", "joint_enterprize"), "study.yaml:6:16: ", []string{"joint_enterprise"}},
		{"unknown rule", g().config("layers:", "reconcile: anny\nlayers:"), "study.yaml:14:12: ", []string{"any"}},
		{"rule of directed relations", g().config("directed: false", "directed: false\n    reconcile: source"), "study.yaml:8:16: ", []string{"directed"}},
		{"unknown relation", g().config("relation: advice", "relation: advise"), "@advise}", []string{`"advise"`, "advice"}},
		{"unknown layer", g().config("layers: [joint_task]", "layers: [joint_tasks]"), "@joint_tasks]", []string{"joint_task"}},
		{"unknown metric", g().config("metrics: [degree]", "metrics: [degre]"), "@degre]", []string{`"degre"`, "degree"}},
		{"unknown control", g().config("controls: [employees]", "controls: [employes]"), "@employes]", []string{"employees"}},
		{"unknown outcome", g().config("outcome: innovation", "outcome: inovation"), "@inovation", []string{"innovation"}},
		{"unknown model", g().config("{level: firm, outcome: innovation", "{level: firm, model: ols, outcome: innovation"), "@ols,", []string{"ols_fe"}},
		{"unknown kind of outcome", g().config("kind: continuous", "kind: contineous"), "@contineous", []string{"continuous"}},
		{"unknown group", g().config("layers:\n", "groups: [sektor]\nlayers:\n"), "study.yaml:14:10: ", []string{"sector"}},
		{"strength without a meaning", g().config("target: partner, answer", "target: partner, strength: said, answer"), "study.yaml:8:76: ", []string{"weights"}},
		{"yaml syntax", g().config("firms: {", "firms: {{"), "study.yaml:3:1: ", []string{"brackets"}},
		{"yaml tabs", g().config("  - name: joint_task", "\t- name: joint_task"), "study.yaml:5:1: ", []string{"tab"}},
		{"yaml alias bomb", g().config("[\"\", NA]", aliasBomb()), "study.yaml:2:15: ", []string{"a list, where text"}},
		{"yaml alias repeated", g().config("- {level: firm", "- &m {level: firm").config("controls: [employees]}\n", "controls: [employees]}\n"+strings.Repeat("  - *m\n", 20_000)), "study.yaml:", []string{"[yaml-limit]", "100000 values"}},
		{"yaml cycle", g().config("missing: [\"\", NA]", "missing: &m [*m]"), "study.yaml:2:14: ", []string{"*m", "itself"}},
		{"yaml in another encoding", g().config("salt", "sal\xe9"), "study.yaml:1:1: ", []string{"UTF-8"}},
		{"empty study.yaml", g().with(configName, ""), "study.yaml:1:1: ", []string{"empty"}},
		{"path out of the folder", g().config("ties.csv", "../ties.csv"), "@../ties", []string{"../ties.csv"}},
		{"absolute path", g().config("table: practices.csv", "table: /etc/passwd"), "@/etc", []string{"/etc/passwd"}},
		{"missing file", g().config("table: practices.csv", "table: practises.csv"), "@practises", []string{"practises.csv", "practices.csv"}},
		{"blank path", g().config("table: practices.csv", `table: ""`), "study.yaml:13:5: ", []string{`lacks "table"`}},
		{"path in another case", g().config("table: practices.csv", "table: Practices.csv"), "@Practices", []string{"practices.csv"}},
		{"pattern that no file fits", g().config("table: practices.csv", `table: "sheets/*.csv"`), "study.yaml:13:30: ", []string{"sheets/*.csv"}},
		{"number that is too large", g().config("study: salt\n", "study: salt\nseed: 99999999999999999999\n"), "study.yaml:2:7: ", []string{"whole number"}},
		{"a second document", g().config("layers:", "---\nlayers:"), "study.yaml:14:1: ", []string{"document"}},
		{"name of a study that is a path", g().config("study: salt", "study: ../salt"), "study.yaml:1:8: ", []string{"letters, digits and hyphens"}},
		{"layer declared twice", g().config("{name: advice, relation", "{name: joint_task, relation"), "study.yaml:16:12: ", []string{"twice", "study.yaml:15"}},
		{"union of nothing", g().config("relation: advice}", "union: []}"), "study.yaml:16:27: ", []string{"union"}},
		{"cluster metric at firm level", g().config("metrics: [degree]", "metrics: [density]"), "@density]", []string{`"density"`}},
		{"outcome with the name of a column", g().config("name: innovation", "name: firm").config("outcome: innovation", "outcome: firm"), "@firm, level: firm, kind", []string{"another name"}},
		{"unknown encoding", g().config("layers:", "tables: {big: {file: ties.csv, encoding: gb18030}}\nlayers:"), "@gb18030", []string{"big5"}},
		{"delimiter of two characters", g().config("table: practices.csv", "table: p").config("layers:", "tables: {p: {file: practices.csv, delimiter: ';;'}}\nlayers:"), "study.yaml:13:30: ", []string{`";;"`}},
		{"sheet of a text file", g().config("table: practices.csv", "table: p").config("layers:", "tables: {p: {file: practices.csv, sheet: One}}\nlayers:"), "study.yaml:13:30: ", []string{"no sheets"}},
		{"ids within clusters without a cluster", g().config("relations:", "ids: within_cluster\nrelations:"), "study.yaml:", []string{`lacks "cluster"`}},
		{"misspelt column", g().config("event: practice", "event: practise"), "@practise}", []string{`"practise"`, "practice"}},
	}
}

// aliasBomb is ten lists, each of nine times the one before: a value of
// kilobytes that stands for three thousand million.
func aliasBomb() string {
	list := "&a0 [x, x, x, x, x, x, x, x, x]"
	for i := range 9 {
		list = fmt.Sprintf("&a%d [%s%s]", i+1, list, strings.Repeat(fmt.Sprintf(", *a%d", i), 8))
	}
	return list
}

func tableCases() []refusedCase {
	g := goodStudy
	return []refusedCase{
		{"duplicate firm", g().edit("firms.csv", "B,x,7", "A,x,7"), "firms.csv:3:1: ", []string{`"A"`}},
		{"blank firm", g().edit("firms.csv", "B,x,7", ",x,7"), "firms.csv:3:1: ", []string{"without an id"}},
		{"blank cluster", g().edit("firms.csv", "B,x,7", "B,,7"), "firms.csv:3:3: ", []string{"without a cluster"}},
		{"text in a number column", g().edit("outcomes.csv", "B,2", "B,two"), "outcomes.csv:3:3: ", []string{`"two"`, "number"}},
		{"infinity in a number column", g().edit("outcomes.csv", "B,2", "B,inf"), "outcomes.csv:3:3: ", []string{`"inf"`}},
		{"too large a number", g().edit("outcomes.csv", "B,2", "B,1e999"), "outcomes.csv:3:3: ", []string{"1e999"}},
		{"comma for a decimal point", g().edit("outcomes.csv", "B,2", `B,"2,5"`), "outcomes.csv:3:3: ", []string{`decimal: ","`}},
		{"not a number", g().edit("outcomes.csv", "B,2", "B,NaN"), "outcomes.csv:3:3: ", []string{`"NaN"`}},
		{"text in a numeric attribute of homophily", g().config("layers:", "homophily: [sector]\nlayers:"), "study.yaml:14:13: ", []string{"groups:"}},
		{"firm of two clusters", g().edit("firms.csv", "D,y,9", "A,y,9"), "firms.csv:5:1: ", []string{"within_cluster"}},
		{"firm twice but for spaces", g().edit("firms.csv", "B,x,7", " A ,x,7"), "firms.csv:3:", []string{"firms.csv:2:1"}},
		{"firm of an unknown cluster", g().config("firms:", "clusters: {table: clusters.csv, id: cluster}\nfirms:").with("clusters.csv", "cluster\nx\nz\n"), "firms.csv:5:3: ", []string{`"y"`}},
		{"cluster twice", g().config("firms:", "clusters: {table: clusters.csv, id: cluster}\nfirms:").with("clusters.csv", "cluster\nx\ny\nx\n"), "clusters.csv:4:1: ", []string{"twice"}},
		{"blank lines alone", g().with("outcomes.csv", "\n\n\n"), "outcomes.csv: ", []string{"header"}},
		{"header row below the end", g().config("table: practices.csv", "table: p").config("layers:", "tables: {p: {file: practices.csv, header_row: 90}}\nlayers:"), "practices.csv: ", []string{"header"}},
		{"outcome given twice", g().edit("outcomes.csv", "B,2", "A,2"), "outcomes.csv:3:1: ", []string{`"A"`}},
		{"wrong delimiter", g().with("outcomes.csv", "firm;index\nA;1.5\nB;2\n"), "outcomes.csv:1:1: ", []string{`delimiter: ";"`}},
		{"undeclared Big5", g().with("practices.csv", "firm,practice\nA,\xa4\xa4\xa4\xe5\xb3\xb0\xc4\xa9\nB,\xa4\xa4\xa4\xe5\xb3\xb0\xc4\xa9\n"), "practices.csv:2:3: ", []string{"encoding: big5"}},
		{"undeclared Latin-1", g().with("practices.csv", "firm,practice\nA,s\xe9chage\nB,s\xe9chage lent\n"), "practices.csv:2:4: ", []string{"encoding: windows-1252"}},
		{"NUL bytes", g().with("practices.csv", "firm,practice\nA,slow\x00drying\n"), "practices.csv:2:7: ", []string{"zero byte"}},
		{"binary", g().with("practices.csv", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "practices.csv: ", []string{"picture", ".xlsx"}},
		{"a row with too few cells", g().edit("outcomes.csv", "B,2", "B"), "outcomes.csv:3: ", []string{"1, in the header: 2"}},
		{"a row with too many cells", g().edit("outcomes.csv", "B,2", "B,2,3"), "outcomes.csv:3:5: ", []string{"3, in the header: 2"}},
		{"unclosed quote", g().edit("outcomes.csv", "B,2", `"B,2`), "outcomes.csv:3:1: ", []string{"never closed"}},
		{"bare quote", g().edit("outcomes.csv", "B,2", `B"b,2`), "outcomes.csv:3:2: ", []string{"quote"}},
		{"duplicate header", g().edit("outcomes.csv", "firm,index", "firm,index,index").edit("outcomes.csv", "A,1.5", "A,1.5,2"), "outcomes.csv:1:12: ", []string{"index"}},
		{"empty file", g().with("outcomes.csv", ""), "outcomes.csv: ", []string{"empty"}},
		{"header only", g().with("outcomes.csv", "firm,index\n"), "outcomes.csv:1:1: ", []string{"no rows"}},
		{"old Excel", g().with("outcomes.csv", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"), "outcomes.csv: ", []string{".xlsx"}},
		{"unsupported type", g().config("table: outcomes.csv", "table: outcomes.parquet").with("outcomes.parquet", "PAR1xxxxPAR1"), "outcomes.parquet: ", []string{"Parquet", ".xlsx"}},
		{"corrupt workbook", g().config("table: outcomes.csv", "table: outcomes.xlsx").with("outcomes.xlsx", "PK\x03\x04 not a workbook"), "outcomes.xlsx: ", []string{"damaged"}},
		{"zip bomb", g().config("table: outcomes.csv", "table: outcomes.xlsx").with("outcomes.xlsx", zipBomb()), "outcomes.xlsx: ", []string{"unpacks"}},
		{"missing sheet", g().config("table: outcomes.csv, id", "table: results, id").config("layers:", "tables: {results: {file: outcomes.xlsx, sheet: Results}}\nlayers:").with("outcomes.xlsx", workbook("Innovation")), "@results, id", []string{"Results", "Innovation"}},
		{"strength of zero", g().config("affiliations:", "weights: strength\naffiliations:").config("target: partner, answer", "target: partner, strength: times, answer").
			with("ties.csv", "who,partner,said,times\nA,B,1,0\nB,C,1,-2\n"), "ties.csv:2:7: ", []string{"ties.csv:3:7"}},
		{"unmatched names are errors", g().config("directed: true", "directed: true\n    unmatched: error").edit("ties.csv", "B,C,1", "B,Q,1"), "ties.csv:3:3: ", []string{`"Q"`, "name-unresolved"}},
		{"rating outside the levels", g().config("kind: continuous", "kind: ordinal, levels: [low, high]").with("outcomes.csv", "firm,index\nA,low\nB,middling\n"), "outcomes.csv:3:3: ", []string{"low", "high"}},
	}
}

// workbook is a workbook with one sheet of outcomes.
func workbook(sheet string) string {
	f := excelize.NewFile()
	defer f.Close()
	f.SetSheetName("Sheet1", sheet)
	f.SetSheetRow(sheet, "A1", &[]any{"firm", "index"})
	f.SetSheetRow(sheet, "A2", &[]any{"A", 1.5})
	var b bytes.Buffer
	f.Write(&b)
	return b.String()
}

// zipBomb is a workbook whose sheet unpacks to a gigabyte.
func zipBomb() string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{"[Content_Types].xml", "xl/workbook.xml"} {
		f, _ := w.Create(name)
		f.Write([]byte("<x/>"))
	}
	f, _ := w.Create("xl/worksheets/sheet1.xml")
	zeros := bytes.Repeat([]byte(" "), 1<<20)
	for range 1 << 10 {
		f.Write(zeros)
	}
	w.Close()
	return b.String()
}

// TestRefusedLinks: no link leads out of the data folder, and a folder is no
// table.
func TestRefusedLinks(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret.csv")
	if err := os.WriteFile(outside, []byte("firm,practice\nA,secret\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		make func(path string) error
		says string
	}{
		{"link to a file outside", func(p string) error { return os.Symlink(outside, p) }, "practices.csv"},
		{"link to a folder outside", func(p string) error { return os.Symlink(filepath.Dir(outside), p) }, "practices.csv"},
		{"link to itself", func(p string) error { return os.Symlink(filepath.Base(p), p) }, "circle"},
		{"link to a device", func(p string) error { return os.Symlink("/dev/zero", p) }, "leaves the data folder"},
		{"folder instead of a file", func(p string) error { return os.Mkdir(p, 0o777) }, "folder"},
	} {
		t.Run(c.name, func(t *testing.T) {
			study := goodStudy()
			delete(study, "practices.csv")
			dir := study.write(t)
			if err := c.make(filepath.Join(dir, "practices.csv")); err != nil {
				t.Skipf("%v", err)
			}
			one := refusedCase{place: "study.yaml:13:30: ", says: []string{c.says}}
			one.check(t, dir)
		})
	}
}

// TestAllProblemsAtOnce: every problem of a file is told in one go, the first
// twenty of a code shown and the others counted.
func TestAllProblemsAtOnce(t *testing.T) {
	var b strings.Builder
	b.WriteString("firm,index\n")
	for i := range 30 {
		fmt.Fprintf(&b, "F%d,many\n", i)
	}
	firms := "firm,cluster,employees,sector\n"
	for i := range 30 {
		firms += fmt.Sprintf("F%d,x,1,s\n", i)
	}
	dir := goodStudy().with("outcomes.csv", b.String()).with("firms.csv", firms).write(t)
	_, _, stderr := program(t, "run", dir)
	if shown := len(regexp.MustCompile(`(?m)^outcomes\.csv:\d+:\d+: `).FindAllString(stderr, -1)); shown != 20 {
		t.Errorf("%d shown", shown)
	}
	if !strings.Contains(stderr, "10 more") {
		t.Errorf("the others are not counted:\n%s", stderr)
	}
	_, stdout, _ := program(t, "check", dir)
	if all := strings.Count(stdout, "outcomes.csv:"); all != 30 {
		t.Errorf("check tells %d", all)
	}
}
