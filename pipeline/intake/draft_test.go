package intake

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"firmties/pipeline/diag"
)

// moduleRoot is the folder with go.mod, above this package.
func moduleRoot(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the package")
		}
	}
}

// studyFolder opens a folder as a data folder; the test is skipped without it.
func studyFolder(t *testing.T, path string) fs.FS {
	t.Helper()
	root, err := os.OpenRoot(path)
	if err != nil {
		t.Skipf("needs the study %s: %v", path, err)
	}
	t.Cleanup(func() { root.Close() })
	return root.FS()
}

func draftOf(t *testing.T, data fs.FS) string {
	t.Helper()
	text, findings, err := Draft(context.Background(), data, "study")
	if err != nil || text == nil {
		t.Fatalf("no draft: %v\n%s", err, findings.Render(true))
	}
	return string(text)
}

// accepted checks that a draft is read as it stands.
func accepted(t *testing.T, data fs.FS, text string) {
	t.Helper()
	s, _, findings, err := Read(context.Background(), Source{[]byte(text), "study.yaml", data}, vocabulary())
	if err != nil || s == nil {
		t.Fatalf("%v\n%s\n%s", err, findings.Render(true), text)
	}
}

// On real studies, and the one that ships, init finds what there is.
func TestDraftOfStudies(t *testing.T) {
	root := moduleRoot(t)
	cases := []struct {
		path  string
		finds []string
	}{
		{"datasets/twelve-clusters", []string{
			"own: {file: own.csv, delimiter: \";\"}",
			"clusters: {table: clusters.csv, id: cluster, label: name",
			"firms: {table: firms.csv, id: firm, cluster: cluster, labels: [name_en, name_zh]",
			"aliases: {table: aliases.csv, name: written, firm: firm",
			"respondents: {table: respondents.csv, id: person, cluster: cluster, firm: firm, role: role",
			"interviewed: [complete]",
			"- name: advice", "- name: joint_task", "- name: meets",
			"{table: ties.csv, where: {relation: meets}, respondent: who, source: from, target: to, answer: said, answers: {yes: [1], no: [0], dont_know: [8]}, strength: how_often",
			"asked: {kind: recall, about: any}, roles: [leader, senior]", "asked: {kind: recall, about: own}, roles: [owner]",
			"name: practices", `split: "、"`, "name: tasks",
			"name: innovation_index, level: firm, kind: continuous",
			"name: sustainability, level: cluster",
		}},
		{"../shared/data/brfarmers", []string{
			"firms: {table: firms.csv, id: firm, cluster: cluster", "- name: friend", "- name: influential",
			"respondent: respondent, target: nominee", "name: practices", "{name: innov, level: firm",
		}},
		{"../shared/data/medInnovations", []string{
			"firms: {table: firms.csv, id: firm, cluster: cluster", "- name: advice", "- name: discussion", "- name: friendship",
			"{name: toa, level: firm, kind: time, table: outcomes.csv",
		}},
		{"../shared/data/florentine", []string{
			"firms: {table: families.csv, id: family", "- name: business", "- name: marriage", "source: a, target: b",
			"name: wealth, level: firm", "one cluster, named after the study",
		}},
	}
	for _, c := range cases {
		t.Run(filepath.Base(c.path), func(t *testing.T) {
			data := studyFolder(t, filepath.Join(root, c.path))
			text := draftOf(t, data)
			for _, want := range c.finds {
				if !strings.Contains(text, want) {
					t.Errorf("no %q in\n%s", want, text)
				}
			}
			accepted(t, data, text)
		})
	}
}

// Shapes of folders that the studies above do not have.
func TestDraftOfTables(t *testing.T) {
	firms := "firm,village,size\na,K,1\nb,K,2\nc,L,3\nd,L,4\n"
	cases := []struct {
		name  string
		files map[string]string
		finds []string
	}{
		{"wide nominations", map[string]string{"firms.csv": "firm,village,n1,n2,sales\na,K,b,,1\nb,K,a,c,2\nc,K,a,b,3\nd,K,c,a,4\n"},
			[]string{"nominations:", "respondent: firm, columns: [n1, n2]", "name: sales, level: firm"}},
		{"matrix", map[string]string{"firms.csv": firms, "meets.csv": "who,a,b,c,d\na,,1,0,0\nb,1,,0,0\nc,0,0,,1\nd,0,0,1,\n"},
			[]string{"- name: meets", "matrix:", "row: who, columns: [a, b, c, d]"}},
		{"headers that are no names", map[string]string{"firms.csv": "廠商,村,員工數\n甲,K,1\n乙,K,2\n丙,L,3\n丁,L,4\n", "ties.csv": "甲方,乙方\n甲,乙\n丙,丁\n"},
			[]string{"firms: {table: firms.csv, id: 廠商", "source: 甲方, target: 乙方"}},
		{"texts that YAML would misread", map[string]string{"firms.csv": "id: x,null,a#,b\x7f\na,1,2,x\nb,3,4,x\nc,5,6,y\nd,7,9,y\n", "ties #1.csv": "a,b\na,b\nb,c\n"},
			[]string{`id: "id: x"`, `table: "ties #1.csv"`, `"null"`, `"b\U0000007f"`}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			data := files(c.files)
			text := draftOf(t, data)
			for _, want := range c.finds {
				if !strings.Contains(text, want) {
					t.Errorf("no %q in\n%s", want, text)
				}
			}
			accepted(t, data, text)
		})
	}
}

func TestDraftWithoutFirms(t *testing.T) {
	text, findings, err := Draft(context.Background(), files(map[string]string{"notes.txt": "nothing", "a.csv": "x,y\n1,1\n1,1\n", "bad.csv": "a,b\n\"1,2\n"}), "study")
	if text != nil || err != nil {
		t.Fatalf("draft %q, %v", text, err)
	}
	has(t, findings, diag.FileMissing, "", "list of firms")
	if !strings.Contains(findings.Render(true), "bad.csv") {
		t.Errorf("the malformed file is not told:\n%s", findings.Render(true))
	}
}

// The sheets of a workbook are tables of their own; where they are alike each
// is a cluster.
func TestDraftOfWorkbooks(t *testing.T) {
	firms := [][]any{{"firm", "village", "sales"}, {"a", "K", 5}, {"b", "K", 7}, {"c", "L", 6}, {"d", "L", 9}}
	ties := [][]any{{"respondent", "partner"}, {"a", "b"}, {"c", "d"}, {"d", "c"}}
	data := files(map[string]string{"survey.xlsx": workbookOf(t, []string{"Firms", "Who meets whom"}, firms, ties)})
	text := draftOf(t, data)
	for _, want := range []string{"firms: {file: survey.xlsx, sheet: Firms}", "firms: {table: firms, id: firm, cluster: village",
		"who_meets_whom: {file: survey.xlsx, sheet: Who meets whom}", "table: who_meets_whom, respondent: respondent, target: partner"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	accepted(t, data, text)

	data = files(map[string]string{
		"roster.xlsx": workbookOf(t, []string{"K", "L"}, [][]any{{"firm", "sales"}, {"a", 1}, {"b", 2}}, [][]any{{"firm", "sales"}, {"c", 3}, {"d", 4}}),
		"ties.csv":    "x,y\na,b\nc,d\n",
	})
	text = draftOf(t, data)
	if want := `roster: {file: roster.xlsx, sheet: "*", cluster: sheet}`; !strings.Contains(text, want) {
		t.Errorf("no %q in\n%s", want, text)
	}
	accepted(t, data, text)
}

// workbookOf makes a workbook of sheets of rows.
func workbookOf(t *testing.T, names []string, sheets ...[][]any) string {
	t.Helper()
	return string(bookOf(t, names, func(x *excelize.File) {
		for i, name := range names {
			fill(t, x, name, sheets[i]...)
		}
	}))
}

// Aliases, one in every cluster, are no list of clusters.
func TestDraftTellsAliasesFromClusters(t *testing.T) {
	data := files(map[string]string{
		"aliases.csv":  "written,firm,cluster\nOld a,a,K\nOld c,c,L\n",
		"clusters.csv": "cluster,name\nK,Kay\nL,Ell\n",
		"firms.csv":    "firm,cluster\na,K\nb,K\nc,L\nd,L\n",
		"ties.csv":     "who,to\na,b\nb,a\nc,d\nd,c\n",
	})
	text := draftOf(t, data)
	for _, want := range []string{"clusters: {table: clusters.csv, id: cluster", "aliases: {table: aliases.csv, name: written, firm: firm"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	accepted(t, data, text)
}

// A workbook in an analyst's own words: firms go by name in the sheets of
// ties, answers are letters, and people rate firms.
func TestDraftOfFieldwork(t *testing.T) {
	names := []string{"Firms", "Interviews", "Collaboration", "Ratings", "Notes"}
	data := files(map[string]string{"fieldwork.xlsx": workbookOf(t, names,
		[][]any{{"Firm no.", "Name of firm", "Cluster"}, {"f1", "Sun Works", "K"}, {"f2", "Moon Works", "K"}, {"f3", "Sun Works", "L"}, {"f4", "Pine Studio", "L"}},
		[][]any{{"Person", "Cluster", "Firm no.", "Position", "Introduced by", "Interviewed?"},
			{"P1", "K", "f1", "Leader", nil, "yes"}, {"P2", "K", "f2", "Senior", "P1", "yes"}, {"P3", "L", "f3", "Leader", nil, "yes"}, {"P4", "L", "f4", "Senior", "P3", "no"}},
		[][]any{{"Person", "Firm A", "Firm B", "Work together?", "How strong (1-3)"},
			{"P1", "Sun Works", "Moon Works", "Y", 3}, {"P2", "Moon Works", "Sun Works", "N", nil}, {"P3", "Sun Works", "Pine Studio", "Y", 1}, {"P2", "Sun Works", "Moon Works", "?", nil}},
		[][]any{{"Person", "Firm no.", "Innovation (1-5)"}, {"P1", "f1", 3}, {"P1", "f2", 4}, {"P2", "f1", 5}, {"P2", "f2", 2}, {"P3", "f3", 1}, {"P3", "f4", 3}},
		[][]any{{"Spring 2021"}, {"call P4 again"}},
	)})
	text := draftOf(t, data)
	for _, want := range []string{
		"study: study ", "labels: [Name of firm]", `role: Position, referred_by: Introduced by, status: "Interviewed?", interviewed: [yes]`,
		`{table: collaboration, respondent: Person, source: Firm A, target: Firm B, answer: "Work together?", answers: {yes: [Y], no: [N], dont_know: ["?"]}, strength: "How strong (1-3)"`,
		"level: firm, kind: continuous, table: ratings, id: Firm no.", "respondent: Person, combine: mean", "no use was found for notes (columns: [Spring 2021])",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	accepted(t, data, text)
}

// The study is named after its folder, in the characters that its name takes.
func TestStudyNameOf(t *testing.T) {
	for folder, want := range map[string]string{"salt coast_2": "salt-coast-2", "聚落 研究": "聚落-研究", "...": "my-study", "/": "my-study"} {
		if got := studyNameOf(folder); got != want {
			t.Errorf("%q: %q, not %q", folder, got, want)
		}
	}
}
