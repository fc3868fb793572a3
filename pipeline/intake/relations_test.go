package intake

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

// inWords is a report in words.
func inWords(s *study.Study, r *study.Report) []any {
	return []any{s.Texts.String(r.RespondentName), s.Texts.String(r.SourceName), s.Texts.String(r.TargetName),
		study.AnswerNames()[r.Answer], r.Strength, r.Confidence, s.Texts.String(r.Wave), s.Texts.String(r.Evidence),
		s.Place(r).String()}
}

func reportsOf(t *testing.T, relation string, sheet string) (*study.Study, diag.List, [][]any) {
	t.Helper()
	data := files(map[string]string{"firms.csv": "firm\na\nb\nc\n", "ties.csv": sheet})
	s, findings := read(t, "study: s\nmissing: [NA]\nweights: strength\nfirms: {table: firms.csv, id: firm}\nrelations:\n  - {name: r, "+relation+"}\n", data)
	if s == nil {
		return s, findings, nil
	}
	var out [][]any
	for i := range s.Reports {
		r := &s.Reports[i]
		if r.Source != -1 || r.Target != -1 || r.Fate != study.Kept {
			t.Errorf("report %+v: names are for resolve to find", r)
		}
		out = append(out, inWords(s, r))
	}
	return s, findings, out
}

func TestReports(t *testing.T) {
	nan := math.NaN()
	all := `reports: {table: ties.csv, where: {q: [1, two]}, respondent: who, source: from, target: to, answer: said, strength: n, confidence: sure, wave: w, evidence: e,
      answers: {yes: [1, yes], no: 0, dont_know: [8]}, values: {often: 3}}`
	s, findings, got := reportsOf(t, all, `who,q,from,to,said,n,sure,w,e
a,1, a ,b,1,2.5,0.9,x,"p. 1"
a,two,a,c,yes,often,,,
b,1,b,a,0,-1,,,
b,3,b,a,1,0,,,
c,1,c,NA,1,,,,
c,1,c,a,8,NA,,,
d,1,c,b,perhaps,1,,,
d,1,c,b,,1,,,
`)
	want := [][]any{
		{"a", "a", "b", "yes", 2.5, 0.9, "x", "p. 1", "ties.csv:2:9"},
		{"a", "a", "c", "yes", 3.0, nan, "", "", "ties.csv:3:9"},
		{"b", "b", "a", "no", -1.0, nan, "", "", "ties.csv:4:7"},
		{"c", "c", "", "no_answer", nan, nan, "", "", "ties.csv:6:7"},
		{"c", "c", "a", "dont_know", nan, nan, "", "", "ties.csv:7:7"},
		{"d", "c", "b", "no_answer", 1.0, nan, "", "", "ties.csv:8:7"},
		{"d", "c", "b", "no_answer", 1.0, nan, "", "", "ties.csv:9:7"},
	}
	if d := cmp.Diff(want, got, cmpopts.EquateNaNs()); d != "" {
		t.Error(d)
	}
	has(t, findings, diag.AnswerUnknown, "ties.csv:8:9", `"perhaps"`, "known: 1, yes, 0, 8")
	if findings.Len() != 1 {
		t.Error(findings.Render(true))
	}
	x := s.Relations[0].Sections[0]
	if x.Rows != 8 || x.Excluded != 1 || !x.HasSource || !x.HasStrength || x.Record {
		t.Errorf("section %+v", x)
	}
	if s.Reports[0].Respondent != 0 || s.Reports[5].Respondent != -1 {
		t.Error("a respondent is found by exact id, and by nothing else")
	}
}

// Without `respondent` a sheet is a record; without `answers` a row is a yes.
func TestRecord(t *testing.T) {
	s, _, got := reportsOf(t, "reports: {table: ties.csv, source: x, target: y}", "x,y\na,b\nb,\n")
	nan := math.NaN()
	want := [][]any{
		{"", "a", "b", "yes", nan, nan, "", "", "ties.csv:2:3"},
		{"", "b", "", "no_answer", nan, nan, "", "", "ties.csv:3:3"},
	}
	if d := cmp.Diff(want, got, cmpopts.EquateNaNs()); d != "" {
		t.Error(d)
	}
	if !s.Relations[0].Sections[0].Record {
		t.Error("not a record")
	}
}

// Each slot of a nomination is a report, also a blank one.
func TestNominations(t *testing.T) {
	s, _, got := reportsOf(t, "nominations: {table: ties.csv, where: {w: 1}, respondent: who, columns: [n1, {target: n2, strength: f2}], wave: w}",
		"who,w,n1,n2,f2\na,1,b,c,4\nb,1,,a,\nc,2,a,b,1\n")
	nan := math.NaN()
	want := [][]any{
		{"a", "", "b", "yes", nan, nan, "1", "", "ties.csv:2:5"},
		{"a", "", "c", "yes", 4.0, nan, "1", "", "ties.csv:2:7"},
		{"b", "", "", "no_answer", nan, nan, "1", "", "ties.csv:3:5"},
		{"b", "", "a", "yes", nan, nan, "1", "", "ties.csv:3:6"},
	}
	if d := cmp.Diff(want, got, cmpopts.EquateNaNs()); d != "" {
		t.Error(d)
	}
	if x := s.Relations[0].Sections[0]; x.Rows != 6 || x.Excluded != 2 || !x.HasStrength {
		t.Errorf("section %+v", x)
	}
}

// Every cell of a matrix off the diagonal that is not blank is a report.
func TestMatrix(t *testing.T) {
	nan := math.NaN()
	sheet := "firm,asked,a,b,c\na,p,1,0,x\nb,p,,1,NA\nc,q,9,2,\n"
	s, _, got := reportsOf(t, "matrix: {table: ties.csv, row: firm, columns: rest, respondent: asked}", sheet)
	want := [][]any{
		{"p", "a", "b", "no", nan, nan, "", "", "ties.csv:2:7"},
		{"p", "a", "c", "yes", nan, nan, "", "", "ties.csv:2:9"},
		{"q", "c", "a", "yes", nan, nan, "", "", "ties.csv:4:5"},
		{"q", "c", "b", "yes", nan, nan, "", "", "ties.csv:4:7"},
	}
	if d := cmp.Diff(want, got, cmpopts.EquateNaNs()); d != "" {
		t.Error(d)
	}
	if x := s.Relations[0].Sections[0]; x.Rows != 4 || x.Excluded != 0 || x.HasSource {
		t.Errorf("section %+v", x)
	}
	_, findings, got := reportsOf(t, "matrix: {table: ties.csv, row: firm, columns: [b, c], respondent: asked, answers: {yes: x, no: [0], dont_know: 2}, values: {x: 5}}", sheet)
	want = [][]any{
		{"p", "a", "b", "no", 0.0, nan, "", "", "ties.csv:2:7"},
		{"p", "a", "c", "yes", 5.0, nan, "", "", "ties.csv:2:9"},
		{"q", "c", "b", "dont_know", 2.0, nan, "", "", "ties.csv:4:7"},
	}
	if d := cmp.Diff(want, got, cmpopts.EquateNaNs()); d != "" {
		t.Error(d, findings.Render(true))
	}
}

// The rest are the columns that no section maps: where a sheet is roster and
// matrix in one, labels and attributes are no firms.
func TestMatrixOfRoster(t *testing.T) {
	s := mustRead(t, `study: s
tables: {roster: {file: roster.csv}}
firms: {table: roster, id: firm, labels: [name], attributes: {staff: employees}}
relations:
  - {name: r, matrix: {table: roster.csv, where: {year: 2}, row: firm, columns: rest, respondent: who}}
  - {name: q, matrix: {table: roster, row: firm, columns: [b], respondent: firm}}
respondents: {table: roster, id: firm, firm: firm, role: part}
outcomes:
  - {name: o, level: firm, kind: count, table: roster, id: firm, column: products}
`, files(map[string]string{"roster.csv": "firm,year,name,employees,who,part,products,a,b\na,2,Alpha,10,a,boss,3,,1\nb,2,Beta,20,b,boss,4,1,\n"}))
	var got []string
	for i := range s.Reports {
		if s.Reports[i].Relation == 0 {
			got = append(got, s.Texts.String(s.Reports[i].TargetName))
		}
	}
	if want := []string{"b", "a"}; !slices.Equal(got, want) {
		t.Errorf("firms named %v, want %v", got, want)
	}
}

// A relation may have several sheets, each with its question.
func TestSections(t *testing.T) {
	s, _, got := reportsOf(t, `reports: [{table: ties.csv, respondent: who, target: to}, {table: ties.csv, respondent: who, source: who, target: to, asked: {kind: roster, about: any, limit: 3, unnamed: unknown}}],
      matrix: {table: firms.csv, row: firm, columns: []}`, "who,to\na,b\n")
	if len(got) != 2 || s.Reports[1].Section != 1 {
		t.Errorf("reports %v", got)
	}
	want := study.Asked{Kind: "roster", Limit: 3, About: "any", Unnamed: "unknown"}
	if x := s.Relations[0].Sections; len(x) != 3 || x[1].Asked != want {
		t.Errorf("sections %+v", x)
	}
}

func TestAffiliations(t *testing.T) {
	data := files(map[string]string{
		"firms.csv": "firm\na\nb\n",
		"p.csv":     "f,now,what\na,2,\"x、y 、\"\nA,1,x\nb,2,z\nb,2,\n,2,x\n",
	})
	s := mustRead(t, `study: s
firms: {table: firms.csv, id: firm}
affiliations:
  - {name: practices, table: p.csv, where: {now: 2}, firm: f, event: what, split: "、"}
`, data)
	x := &s.Affiliations[0]
	var got []string
	for _, m := range x.Members {
		got = append(got, s.Texts.String(m.FirmName)+":"+s.Texts.String(m.Event))
	}
	if want := []string{"a:x", "a:y", "b:z", "b:", ":x"}; !slices.Equal(got, want) {
		t.Errorf("members %v, want %v", got, want)
	}
	if x.Rows != 6 || x.Excluded != 1 || x.Dimension != study.Other {
		t.Errorf("rows %d, excluded %d, dimension %s", x.Rows, x.Excluded, x.Dimension)
	}
}

// Values of `where` and roles that nothing has are told: they are misspelt.
func TestNothingSelected(t *testing.T) {
	_, findings, _ := reportsOf(t, "reports: {table: ties.csv, where: {q: [advise, help]}, respondent: who, target: to}", "who,q,to\na,advice,b\na,help,c\n")
	has(t, findings, diag.NothingSelected, "study.yaml:6:54", `"advise"`, "nearest is advice")
	_, findings, _ = reportsOf(t, "reports: {table: ties.csv, where: {q: x, who: b}, respondent: who, target: to}", "who,q,to\na,x,b\nb,y,c\n")
	has(t, findings, diag.NothingSelected, "study.yaml:6:49", "every condition")
}

// A strength of a yes is above 0, whatever weights: say but none.
func TestStrengths(t *testing.T) {
	relation := "reports: {table: ties.csv, respondent: who, target: to, strength: n}"
	_, findings, _ := reportsOf(t, relation, "who,to,n\na,b,0\na,c,-2\nb,a,\nb,c,lots\n")
	has(t, findings, diag.StrengthWrong, "ties.csv:2:5")
	has(t, findings, diag.StrengthWrong, "ties.csv:3:5")
	has(t, findings, diag.NumberWrong, "ties.csv:5:5", `"lots"`)
	if findings.Len() != 3 {
		t.Error(findings.Render(true))
	}
	config := strings.Replace(small, "target: to}}", "target: to, strength: n}}", 1)
	data := files(map[string]string{"firms.csv": "firm,cluster,size,sector\na,K,1,x\nb,K,2,x\n", "ties.csv": "who,to,n\na,b,0\n"})
	mustRead(t, config+"weights: none\n", data)
}
