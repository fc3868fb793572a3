package intake

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

// The real studies are read as their study.yaml stands, without a finding.
func TestRealStudies(t *testing.T) {
	root := moduleRoot(t)
	for _, c := range []struct {
		path                                      string
		clusters, firms, reports, members, layers int
	}{
		{"../shared/data/brfarmers", 11, 692, 2927, 3274, 6},
		{"../shared/data/medInnovations", 4, 125, 912, 0, 4},
		{"../shared/data/florentine", 1, 16, 35, 0, 3},
		{"datasets/twelve-clusters", 12, 301, 4722, 787, 6},
	} {
		t.Run(filepath.Base(c.path), func(t *testing.T) {
			data := studyFolder(t, filepath.Join(root, c.path))
			config, err := os.ReadFile(filepath.Join(root, c.path, "study.yaml"))
			if err != nil {
				t.Fatal(err)
			}
			s, inputs, findings, err := Read(context.Background(), Source{config, "study.yaml", data}, vocabulary())
			if err != nil || findings.Len() > 0 {
				t.Fatalf("%v\n%s", err, findings.Render(true))
			}
			members := 0
			for i := range s.Affiliations {
				members += len(s.Affiliations[i].Members)
			}
			got := []int{len(s.Clusters), len(s.Firms), len(s.Reports), members, len(s.Layers)}
			if want := []int{c.clusters, c.firms, c.reports, c.members, c.layers}; !slices.Equal(got, want) {
				t.Errorf("clusters, firms, reports, members, layers %v, want %v", got, want)
			}
			if len(inputs) == 0 || inputs[0].SHA256 == "" {
				t.Errorf("inputs %v", inputs)
			}
		})
	}
}

// The models of a later stage are refused by name, all at once.
func TestLaterModelsAreNamed(t *testing.T) {
	path := filepath.Join(moduleRoot(t), "../shared/data/brfarmers")
	data := studyFolder(t, path)
	config, err := os.ReadFile(filepath.Join(path, "models.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	_, _, findings, _ := Read(context.Background(), Source{config, "models.yaml", data}, vocabulary())
	for _, name := range []string{"lpm_fe", "poisson_fe", "cox_strata", "mrqap_dsp"} {
		if !strings.Contains(findings.Render(true), `unknown value "`+name+`"`) {
			t.Errorf("%s is not told:\n%s", name, findings.Render(true))
		}
	}
}

// What is omitted is as the design says.
func TestDefaults(t *testing.T) {
	s := mustRead(t, small, smallFiles())
	r := s.Relations[1]
	if s.Seed != 1 || s.RespondentsListed || s.ModelsDeclared || s.Weights != study.NoWeight {
		t.Errorf("seed %d, listed %t, models %t, weights %q", s.Seed, s.RespondentsListed, s.ModelsDeclared, s.Weights)
	}
	if r.Dimension != study.Other || r.Directed || r.Combine != study.Mean || r.Rule != "any" || r.Unmatched != study.Drop {
		t.Errorf("relation %+v", r)
	}
	want := study.Asked{Kind: "recall", About: "own", Unnamed: "no"}
	if x := r.Sections[0]; x.Asked != want || x.Record || x.HasSource || x.HasStrength {
		t.Errorf("section %+v", x)
	}
	for i := range s.Firms {
		p := s.Respondents[i]
		if !s.Firms[i].Interviewed || p.Firm != int32(i) || p.ID != s.Firms[i].ID || !p.Interviewed {
			t.Errorf("firm %+v, respondent %+v", s.Firms[i], p)
		}
	}
	if got := s.LayerNames(); !slices.Equal(got, []string{"advice", "meets", "union"}) {
		t.Errorf("layers %v", got)
	}
	if u := s.Layers[2]; u.Directed || u.Weight != "relations" || !slices.Equal(u.Members, []int{0, 1}) {
		t.Errorf("union %+v", u)
	}
}

func TestDefaultLayers(t *testing.T) {
	config := `study: x
firms: {table: firms.csv, id: firm}
relations:
  - {name: meets, dimension: joint_enterprise, directed: true, reports: {table: ties.csv, respondent: who, target: to}}
affiliations:
  - {name: practices, dimension: shared_repertoire, table: firms.csv, firm: firm, event: sector}
`
	s := mustRead(t, config, smallFiles())
	want := []study.Layer{
		{Name: "meets", Kind: study.OfRelation, Members: []int{0}, Directed: true, Dimension: study.JointEnterprise, Weight: "none"},
		{Name: "practices", Kind: study.OfProjection, Members: []int{0}, Dimension: study.SharedRepertoire, Weight: "count"},
	}
	if d := cmp.Diff(want, s.Layers); d != "" {
		t.Error(d)
	}
	if len(s.Clusters) != 1 || s.Clusters[0].ID != "x" {
		t.Errorf("clusters %+v, want one named after the study", s.Clusters)
	}
}

// Models take the first model of their level and z_within.
func TestModelDefaults(t *testing.T) {
	s := mustRead(t, small+`models:
  - {level: firm, outcome: innov, layers: [union], metrics: [degree], controls: [size]}
  - {name: own, level: cluster, outcome: innov, layers: [union], metrics: [density], scaling: raw}
`, smallFiles())
	want := []study.Model{
		{Name: "m1", Level: study.AtFirm, Kind: "ols_fe", Outcome: "innov", Layers: []string{"union"}, Metrics: []string{"degree"}, Controls: []string{"size"}, Scaling: "z_within"},
		{Name: "own", Level: study.AtCluster, Kind: "spearman", Outcome: "innov", Layers: []string{"union"}, Metrics: []string{"density"}, Scaling: "raw"},
	}
	if d := cmp.Diff(want, s.Models, cmpopts.IgnoreFields(study.Model{}, "At")); d != "" {
		t.Error(d)
	}
	if !s.ModelsDeclared || s.Models[1].At.Line != 10 {
		t.Errorf("declared %t, at %v", s.ModelsDeclared, s.Models[1].At)
	}
}

// Firms are sorted by cluster and id, attributes with them; a column is text
// as soon as one cell is no number or begins with a zero.
func TestFirmsAndAttributes(t *testing.T) {
	data := files(map[string]string{
		"firms.csv": "firm,k,size,code,sector,name,empty\nz,L,2.5,01,x,Zed,\ny,K,NA,2,y,,NA\nx,L,-3e2,0.5,x,Ex,\n",
		"ties.csv":  "who,to\nx,z\n",
	})
	s := mustRead(t, `study: s
missing: [NA]
firms: {table: firms.csv, id: firm, cluster: k, labels: name, attributes: {size: size, code: code, sector: sector, empty: empty}}
relations:
  - {name: r, reports: {table: ties.csv, respondent: who, target: to}}
`, data)
	var ids []string
	for i := range s.Firms {
		ids = append(ids, s.Clusters[s.Firms[i].Cluster].ID+"/"+s.Firms[i].ID+"/"+s.Firms[i].Label())
	}
	if want := []string{"K/y/y", "L/x/Ex", "L/z/Zed"}; !slices.Equal(ids, want) {
		t.Errorf("firms %v, want %v", ids, want)
	}
	nan := math.NaN()
	want := []study.Attribute{
		{Name: "size", Column: "size", Numeric: true, Number: []float64{nan, -300, 2.5}},
		{Name: "code", Column: "code", Text: []string{"2", "0.5", "01"}},
		{Name: "sector", Column: "sector", Text: []string{"y", "x", "x"}},
		{Name: "empty", Column: "empty", Numeric: true, Number: []float64{nan, nan, nan}},
	}
	if d := cmp.Diff(want, s.FirmAttributes, cmpopts.EquateNaNs()); d != "" {
		t.Error(d)
	}
}

func TestLists(t *testing.T) {
	data := files(map[string]string{
		"clusters.csv": "c,name,county\nL,Ell,north\nK,,south\nM,Em,east\n",
		"firms.csv":    "firm,c\na,K\nb,L\nc,L\n",
		"people.csv":   "p,firm,c,role,by,wave,status\np3,,L,officer,,1,complete\np1,a,,leader,p2,1,complete\np2,b,,senior,,2,refused\n",
		"aliases.csv":  "written,firm\nAlpha,a\n,b\n",
		"ties.csv":     "who,from,to\np3,b,c\n",
	})
	s, findings := read(t, `study: s
clusters: {table: clusters.csv, id: c, label: name, attributes: [county]}
firms: {table: firms.csv, id: firm, cluster: c}
aliases: {table: aliases.csv, name: written, firm: firm}
respondents: {table: people.csv, id: p, firm: firm, cluster: c, role: role, referred_by: by, wave: wave, status: status, interviewed: complete}
relations:
  - {name: r, reports: {table: ties.csv, respondent: who, source: from, target: to, asked: {about: any}, roles: [officer]}}
`, data)
	if findings.HasErrors() {
		t.Fatal(findings.Render(true))
	}
	has(t, findings, diag.ClusterWithoutFirms, "study.yaml:2:19", `"M"`)
	wantClusters := []study.Cluster{
		{ID: "K", Label: "K", FirstFirm: 0, Firms: 1, FirstRespondent: 0, Respondents: 1},
		{ID: "L", Label: "Ell", FirstFirm: 1, Firms: 2, FirstRespondent: 1, Respondents: 2},
		{ID: "M", Label: "Em", FirstFirm: 3},
	}
	if d := cmp.Diff(wantClusters, s.Clusters); d != "" {
		t.Error(d)
	}
	wantPeople := []study.Respondent{
		{ID: "p1", Cluster: 0, Firm: 0, Role: "leader", ReferredBy: "p2", Wave: "1", Status: "complete", Interviewed: true},
		{ID: "p2", Cluster: 1, Firm: 1, Role: "senior", Wave: "2", Status: "refused"},
		{ID: "p3", Cluster: 1, Firm: -1, Role: "officer", Wave: "1", Status: "complete", Interviewed: true},
	}
	if d := cmp.Diff(wantPeople, s.Respondents); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]study.Alias{{Name: "Alpha", Firm: 0, Cluster: 0}}, s.Aliases); d != "" {
		t.Error(d)
	}
	if !s.Firms[0].Interviewed || s.Firms[1].Interviewed {
		t.Error("a firm is interviewed where a respondent who was interviewed speaks for it")
	}
	if got := s.ClusterAttributes[0].Text; !slices.Equal(got, []string{"south", "north", "east"}) {
		t.Errorf("attribute of clusters %v", got)
	}
}

// Where ids are unique within a cluster only, the same id is another firm in
// another cluster; `cluster: sheet` names the cluster by the file.
func TestWithinCluster(t *testing.T) {
	data := files(map[string]string{
		"roster/K.csv": "firm,score\n1,10\n2,20\n",
		"roster/L.csv": "firm,score\n1,30\n",
		"ties.csv":     "c,who,to\nL,1,1\nK,2,1\nK,3,1\n",
	})
	s := mustRead(t, `study: s
ids: within_cluster
tables:
  roster: {file: "roster/*.csv", cluster: file}
firms: {table: roster, id: firm}
relations:
  - {name: r, reports: {table: ties.csv, cluster: c, respondent: who, target: to}}
outcomes:
  - {name: score, level: firm, kind: continuous, table: roster, id: firm, column: score}
`, data)
	var who []int32
	for _, r := range s.Reports {
		who = append(who, r.Cluster, r.Respondent)
	}
	if want := []int32{1, 2, 0, 1, 0, -1}; !slices.Equal(who, want) {
		t.Errorf("cluster and respondent of the reports %v, want %v", who, want)
	}
	if got := s.Outcomes[0].Value; !slices.Equal(got, []float64{10, 20, 30}) {
		t.Errorf("outcome %v", got)
	}
}

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

func TestOutcomes(t *testing.T) {
	nan := math.NaN()
	data := files(map[string]string{
		"firms.csv":  "firm,c,founded\na,K,3\nb,K,\nc,L,5\n",
		"out.csv":    "firm,x,n,toa,old,grade\na,1.5,2,9,0,mid\nb,NA,3,20,1,\nc,,12,25,,high\n",
		"used.csv":   "firm,p,ever\na,A,2\na,B,0\nb,A,1\nc,A,NA\n",
		"people.csv": "c,who,rating,score\nK,p1,low,1\nK,p2,high,4\nL,p3,mid,\nL,p4,,6\n",
	})
	base := "study: s\nmissing: [NA]\nfirms: {table: firms.csv, id: firm, cluster: c, attributes: [founded]}\naffiliations:\n  - {name: used, table: used.csv, firm: firm, event: p}\noutcomes:\n  - "
	cases := []struct {
		name, outcome string
		want          study.Outcome
	}{
		{"continuous", "{name: o, level: firm, kind: continuous, table: out.csv, id: firm, column: x}",
			study.Outcome{Value: []float64{1.5, nan, nan}}},
		{"count", "{name: o, level: firm, kind: count, of: 12, components_of: used, table: out.csv, id: firm, column: n}",
			study.Outcome{Value: []float64{2, 3, 12}, Of: 12, ComponentsOf: "used"}},
		{"binary, yes is 1", "{name: o, level: firm, kind: binary, table: used.csv, where: {p: A}, id: firm, column: ever}",
			study.Outcome{Value: []float64{0, 1, nan}}},
		{"binary, yes declared", "{name: o, level: firm, kind: binary, table: used.csv, where: {p: A}, id: firm, column: ever, yes: [2]}",
			study.Outcome{Value: []float64{1, 0, nan}}},
		{"ordinal", "{name: o, level: firm, kind: ordinal, levels: [low, mid, high], table: out.csv, id: firm, column: grade}",
			study.Outcome{Value: []float64{2, nan, 3}, Scores: []string{"low", "mid", "high"}}},
		{"ordinal of whole numbers", "{name: o, level: firm, kind: ordinal, table: out.csv, id: firm, column: n}",
			study.Outcome{Value: []float64{2, 3, 12}}},
		{"time, entry a column", "{name: o, level: firm, kind: time, censored_at: 20, entry: old, table: out.csv, id: firm, column: toa}",
			study.Outcome{Value: []float64{9, 20, 20}, Censored: []bool{false, true, true}, Entry: []float64{0, 1, nan}}},
		{"time, entry an attribute", "{name: o, level: firm, kind: time, entry: founded, table: out.csv, id: firm, column: toa}",
			study.Outcome{Value: []float64{9, 20, 25}, Censored: []bool{false, false, false}, Entry: []float64{3, nan, 5}}},
		{"ratings, mean", "{name: o, level: cluster, kind: continuous, table: people.csv, id: c, respondent: who, column: score}",
			study.Outcome{Value: []float64{2.5, 6}, Raters: []int64{2, 1}, Spread: []float64{3, 0}}},
		{"ratings, median of levels", "{name: o, level: cluster, kind: ordinal, table: people.csv, id: c, respondent: who, column: rating, levels: [low, mid, high], combine: median}",
			study.Outcome{Value: []float64{2, 2}, Raters: []int64{2, 1}, Spread: []float64{2, 0}, Scores: []string{"low", "mid", "high"}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := mustRead(t, base+c.outcome+"\n", data).Outcomes[0]
			if d := cmp.Diff(c.want, got, cmpopts.EquateNaNs(), cmpopts.EquateEmpty(), cmpopts.IgnoreFields(study.Outcome{}, "Name", "Level", "Kind")); d != "" {
				t.Error(d)
			}
		})
	}
	faults := []struct {
		name, outcome string
		code          diag.Code
		place         string
		texts         []string
	}{
		{"text", "{name: o, level: firm, kind: continuous, table: out.csv, id: firm, column: grade}", diag.NumberWrong, "out.csv:2:13", []string{`grade: "mid"`}},
		{"over the bound", "{name: o, level: firm, kind: count, of: 10, table: out.csv, id: firm, column: n}", diag.NumberWrong, "out.csv:4:4", []string{"0 to 10"}},
		{"fraction", "{name: o, level: firm, kind: count, table: out.csv, id: firm, column: x}", diag.NumberWrong, "out.csv:2:3", []string{"whole number"}},
		{"unknown level", "{name: o, level: firm, kind: ordinal, levels: [low, mid], table: out.csv, id: firm, column: grade}", diag.LevelUnknown, "out.csv:4:11", []string{"known: low, mid"}},
		{"repeated id", "{name: o, level: firm, kind: binary, table: used.csv, id: firm, column: ever}", diag.IDRepeated, "used.csv:3:1", []string{"used.csv:2:1", "respondent: column"}},
		{"repeated rating", "{name: o, level: cluster, kind: continuous, table: people.csv, id: c, respondent: c, column: score}", diag.IDRepeated, "people.csv:3:1", nil},
		{"unknown id", "{name: o, level: cluster, kind: continuous, table: out.csv, id: firm, column: x}", diag.OutcomeIDUnknown, "out.csv:2:1", []string{"not a cluster"}},
		{"no value", "{name: o, level: cluster, kind: continuous, table: out.csv, id: firm, column: x}", diag.OutcomeMissing, "study.yaml:7:83", nil},
		{"entry nowhere", "{name: o, level: firm, kind: time, entry: found, table: out.csv, id: firm, column: toa}", diag.ColumnMissing, "study.yaml:7:47", nil},
	}
	for _, c := range faults {
		t.Run(c.name, func(t *testing.T) {
			_, findings := read(t, base+c.outcome+"\n", data)
			has(t, findings, c.code, c.place, c.texts...)
		})
	}
}

// Faults of the tables of small, some of them replaced.
func TestTableFaults(t *testing.T) {
	people := "\nrespondents: {table: people.csv, id: p, firm: f, cluster: c, role: r}\n"
	cases := []struct {
		name, more string
		files      map[string]string
		code       diag.Code
		place      string
		texts      []string
	}{
		{"no file", "", map[string]string{"ties.csv": ""}, diag.TableEmpty, "ties.csv", nil},
		{"column of firms", "", map[string]string{"firms.csv": "firms,cluster,size,sector\na,K,1,x\n"}, diag.ColumnMissing, "study.yaml:2:31", []string{`"firm"`, "nearest is firms", "known: firms, cluster, size, sector"}},
		{"column of attributes", "", map[string]string{"firms.csv": "firm,cluster,sector\na,K,x\n"}, diag.ColumnMissing, "study.yaml:2:68", []string{`"size"`}},
		{"column of ties", "", map[string]string{"ties.csv": "who,two\na,b\n"}, diag.ColumnMissing, "study.yaml:4:88", []string{"nearest is two"}},
		{"firm twice", "", map[string]string{"firms.csv": "firm,cluster,size,sector\na,K,1,x\na,K,1,x\n"}, diag.IDRepeated, "firms.csv:3:1", []string{"firms.csv:2:1"}},
		{"firm in two clusters", "", map[string]string{"firms.csv": "firm,cluster,size,sector\na,K,1,x\na,L,1,x\n"}, diag.IDRepeated, "firms.csv:3:1", []string{"within_cluster"}},
		{"blank firm", "", map[string]string{"firms.csv": "firm,cluster,size,sector\n,K,1,x\n"}, diag.IDBlank, "firms.csv:2:1", nil},
		{"blank cluster", "", map[string]string{"firms.csv": "firm,cluster,size,sector\na,,1,x\n"}, diag.IDBlank, "firms.csv:2:3", nil},
		{"cluster not listed", "clusters: {table: c.csv, id: c}\n", map[string]string{"c.csv": "c\nK\nll\n"}, diag.ClusterUnknown, "firms.csv:4:3", []string{`"L"`}},
		{"cluster twice", "clusters: {table: c.csv, id: c}\n", map[string]string{"c.csv": "c\nK\nL\nK\n"}, diag.IDRepeated, "c.csv:4:1", nil},
		{"blank cluster in the list", "clusters: {table: c.csv, id: c}\n", map[string]string{"c.csv": "c,d\nK,1\nL,1\n,1\n"}, diag.IDBlank, "c.csv:4:1", nil},
		{"alias of no firm", "aliases: {table: al.csv, name: n, firm: f}\n", map[string]string{"al.csv": "n,f\nx,bb\n"}, diag.FirmUnknown, "al.csv:2:3", []string{`nearest id is "b"`}},
		{"respondent twice", people, map[string]string{"people.csv": "p,f,c,r\np,a,K,\np,b,K,\n"}, diag.IDRepeated, "people.csv:3:1", nil},
		{"respondent blank", people, map[string]string{"people.csv": "p,f,c,r\n,a,K,\n"}, diag.IDBlank, "people.csv:2:1", nil},
		{"respondent of no firm", people, map[string]string{"people.csv": "p,f,c,r\np,z,K,\n"}, diag.FirmUnknown, "people.csv:2:3", nil},
		{"respondent of another cluster", people, map[string]string{"people.csv": "p,f,c,r\np,a,L,\n"}, diag.FirmUnknown, "people.csv:2:3", []string{"it is in cluster K"}},
		{"respondent of no cluster", people, map[string]string{"people.csv": "p,f,c,r\np,,,\n"}, diag.ClusterUnknown, "people.csv:2:4", nil},
		{"respondent of an unknown cluster", people, map[string]string{"people.csv": "p,f,c,r\np,,X,\n"}, diag.ClusterUnknown, "people.csv:2:4", nil},
		{"file missing", "clusters: {table: cc.csv, id: c}\n", nil, diag.FileMissing, "study.yaml:8:19", nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			data := smallFiles()
			for name, text := range c.files {
				data[name] = &fstest.MapFile{Data: []byte(text)}
			}
			_, findings := read(t, small+c.more, data)
			has(t, findings, c.code, c.place, c.texts...)
		})
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

// A control without a value is told.
func TestControlMissing(t *testing.T) {
	_, findings := read(t, small+"models:\n  - {level: firm, outcome: innov, layers: [union], metrics: [degree], controls: [sector]}\n",
		files(map[string]string{"firms.csv": "firm,cluster,size,sector\na,K,1,\nb,K,2,\n", "ties.csv": "who,to\na,b\n"}))
	has(t, findings, diag.ControlMissing, "study.yaml:9:82")
}
