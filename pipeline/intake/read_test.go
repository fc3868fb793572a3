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
		{"datasets/twelve-clusters", 12, -1, -1, -1, 6}, // its generator's tests count the rest
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
			for i, want := range []int{c.clusters, c.firms, c.reports, c.members, c.layers} {
				if want >= 0 && got[i] != want {
					t.Errorf("clusters, firms, reports, members, layers %v: number %d is not %d", got, i+1, want)
				}
			}
			if len(inputs) == 0 || inputs[0].SHA256 == "" {
				t.Errorf("inputs %v", inputs)
			}
		})
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

// A union is directed only if all its members are, in whatever order.
func TestUnionOfBothKinds(t *testing.T) {
	s := mustRead(t, small+"layers:\n  - {name: a, union: [meets, advice], weight: strength}\n  - {name: b, union: [advice]}\n", smallFiles())
	if a, b := s.Layers[0], s.Layers[1]; a.Directed || !b.Directed || a.Weight != "strength" || b.Weight != "relations" {
		t.Errorf("layers %+v", s.Layers)
	}
}

// Without interviewed: everybody on the list of respondents was.
func TestAllWereInterviewed(t *testing.T) {
	data := smallFiles()
	data["people.csv"] = &fstest.MapFile{Data: []byte("p,f\nx,a\ny,b\n")}
	s := mustRead(t, small+"respondents: {table: people.csv, id: p, firm: f}\n", data)
	if !s.Respondents[0].Interviewed || !s.Firms[1].Interviewed || s.Firms[2].Interviewed || !s.RespondentsListed {
		t.Errorf("respondents %+v, firms %+v", s.Respondents, s.Firms)
	}
}

// What a model entry leaves out stays open: the outcome decides.
func TestModelDefaults(t *testing.T) {
	s := mustRead(t, small+`  - {name: since, level: firm, kind: time, table: firms.csv, id: firm, column: size}
models:
  - {level: firm, outcome: innov, layers: [union], metrics: [degree], controls: [size]}
  - {name: own, level: cluster, outcome: innov, layers: [union], metrics: [density]}
  - {name: pool, level: cluster, model: meta_correlation, outcome: innov, layers: [union], metrics: [degree]}
  - {name: pairs, level: dyad, model: mrqap_dsp, outcome: union, terms: [absdiff(size)], inference: [dsp], draws: 99}
  - {name: spread, level: firm, outcome: since, layers: [union], metrics: [degree], scaling: raw, exposure: cohesion}
`, smallFiles())
	want := []study.Model{
		{Name: "m1", Level: "firm", OfMetrics: study.AtFirm, Outcome: study.Term{Name: "innov"}, Layers: []string{"union"}, Metrics: []string{"degree"}, Controls: []string{"size"}},
		{Name: "own", Level: "cluster", OfMetrics: study.AtCluster, Outcome: study.Term{Name: "innov"}, Layers: []string{"union"}, Metrics: []string{"density"}},
		{Name: "pool", Level: "cluster", Kind: "meta_correlation", OfMetrics: study.AtFirm, Outcome: study.Term{Name: "innov"}, Layers: []string{"union"}, Metrics: []string{"degree"}},
		{Name: "pairs", Level: "dyad", Kind: "mrqap_dsp", Outcome: study.Term{Name: "union"}, Terms: []study.Term{{Func: "absdiff", Name: "size"}}, Inference: []string{"dsp"}, Draws: 99},
		{Name: "spread", Level: "firm", OfMetrics: study.AtFirm, Outcome: study.Term{Name: "since"}, Layers: []string{"union"}, Metrics: []string{"degree"}, Scaling: "raw", Exposure: "cohesion"},
	}
	if d := cmp.Diff(want, s.Models, cmpopts.IgnoreFields(study.Model{}, "At")); d != "" {
		t.Error(d)
	}
	if !s.ModelsDeclared || s.Models[1].At.Line != 11 {
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
		{"respondent twice", people, map[string]string{"people.csv": "p,f,c,r\np,a,K,\np,b,K,\n"}, diag.IDRepeated, "people.csv:3:1", []string{"people.csv:2:1"}},
		{"respondent in two clusters", people, map[string]string{"people.csv": "p,f,c,r\np,,K,\np,,L,\n"}, diag.IDRepeated, "people.csv:3:1", []string{"within_cluster"}},
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

// Faults of several tables come at once; without a list of firms those that
// would follow from it do not.
func TestFaultsOfSeveralTables(t *testing.T) {
	data := files(map[string]string{
		"firms.csv": "firm,cluster,size,sector\na,K,x,x\na,K,2,y\n",
		"ties.csv":  "who,two\na,b\n",
	})
	_, findings := read(t, strings.Replace(small, "column: size", "column: sector", 1), data)
	has(t, findings, diag.IDRepeated, "firms.csv:3:1")
	has(t, findings, diag.ColumnMissing, "study.yaml:4:88")
	has(t, findings, diag.ColumnMissing, "study.yaml:5:71")
	has(t, findings, diag.NumberWrong, "firms.csv:2:7")

	_, findings = read(t, strings.Replace(small, "id: firm, cluster", "id: frim, cluster", 1), data)
	has(t, findings, diag.ColumnMissing, "study.yaml:2:31")
	has(t, findings, diag.ColumnMissing, "study.yaml:4:88")
	if findings.Len() != 3 {
		t.Errorf("more than the columns is told:\n%s", findings.Render(true))
	}

	_, findings = read(t, strings.Replace(small, "id: firm, cluster", "id: frim, cluster", 1)+"wheights: none\n", data)
	has(t, findings, diag.KeyUnknown, "study.yaml:8:1")
	has(t, findings, diag.ColumnMissing, "study.yaml:2:31")

	_, findings = read(t, small+"clusters: {table: firms.csv, id: clutser}\n", smallFiles())
	if findings.Len() != 1 || findings.Count(diag.ColumnMissing) != 1 {
		t.Errorf("more than the column is told:\n%s", findings.Render(true))
	}
}
