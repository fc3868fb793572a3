package resolve

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
	"firmties/pipeline/table"
)

// firm is a firm in the words of a test: cluster, id and labels.
type firm struct {
	cluster, id string
	labels      []string
}

// newStudy is a study of the firms, in order of cluster and id, in which every
// firm speaks for itself.
func newStudy(firms ...firm) *study.Study {
	s := &study.Study{Sheets: []study.Sheet{{File: "said.csv"}}}
	for _, f := range firms {
		if k := len(s.Clusters); k == 0 || s.Clusters[k-1].ID != f.cluster {
			s.Clusters = append(s.Clusters, study.Cluster{ID: f.cluster, Label: f.cluster, FirstFirm: int32(len(s.Firms)), FirstRespondent: int32(len(s.Firms))})
		}
		k := int32(len(s.Clusters) - 1)
		s.Clusters[k].Firms++
		s.Clusters[k].Respondents++
		s.Respondents = append(s.Respondents, study.Respondent{ID: f.id, Cluster: k, Firm: int32(len(s.Firms)), Interviewed: true})
		s.Firms = append(s.Firms, study.Firm{ID: f.id, Cluster: k, Labels: f.labels, Interviewed: true})
	}
	s.Relations = []study.Relation{{Name: "advice", Directed: true, Unmatched: study.Drop, Sections: []study.Section{{}}}}
	return s
}

// say adds a report of a yes; a source "" is not named.
func say(s *study.Study, respondent, source, target string) *study.Report {
	who := slices.IndexFunc(s.Respondents, func(p study.Respondent) bool { return p.ID == respondent })
	s.Reports = append(s.Reports, study.Report{
		Strength: math.NaN(), Confidence: math.NaN(), Cluster: -1, Source: -1, Target: -1,
		Respondent: int32(who), RespondentName: s.Texts.Intern(respondent),
		SourceName: s.Texts.Intern(source), TargetName: s.Texts.Intern(target),
		Answer: study.Yes, Line: int32(len(s.Reports) + 2), Column: 3,
	})
	return &s.Reports[len(s.Reports)-1]
}

func harbour() *study.Study {
	s := newStudy(
		firm{"bay", "101", []string{"Salt Works Co., Ltd.", "鹽工有限公司"}},
		firm{"bay", "102", []string{"Sun Salt"}},
		firm{"bay", "103", []string{"Sun Salt"}},
		firm{"bay", "104", []string{"101", "Pier", "PIER"}}, // a label is another's id
		firm{"bay", "105", []string{"Lin & Sons Inc."}},
		firm{"bay", "106", []string{"LIN SONS"}},
		firm{"cape", "201", []string{"Far Light"}},
		firm{"cape", "202", []string{"Old Pier"}},
		firm{"dune", "301", []string{"Old Pier"}},
	)
	s.Aliases = []study.Alias{{Name: "the salt people", Firm: 0, Cluster: 0}, {Name: "Sun Salt", Firm: 4, Cluster: 0}}
	return s
}

// row writes a row of a table, fields separated by |.
func row(t *table.Table, i int) string {
	var fields []string
	for _, c := range t.Schema.Columns {
		v := t.Column(c.Name)
		switch {
		case v.Kind() == table.Count && !v.Null(i):
			n, _ := v.Int(i)
			fields = append(fields, fmt.Sprint(n))
		case v.Kind() == table.Count:
			fields = append(fields, "")
		default:
			fields = append(fields, v.Str(i))
		}
	}
	return strings.Join(fields, "|")
}

func TestAffiliations(t *testing.T) {
	s := harbour()
	member := func(cluster int32, firm, event string) study.Membership {
		return study.Membership{Cluster: cluster, FirmName: s.Texts.Intern(firm), Event: s.Texts.Intern(event), Line: 2}
	}
	s.Affiliations = []study.Affiliation{
		{Name: "tasks", Members: []study.Membership{member(-1, "201", "x")}},
		{Name: "practices", Members: []study.Membership{
			member(0, "102", "y"), member(-1, "salt works", "x"), member(0, "101", "x"), // the same twice
			member(0, "101", "b"), member(0, "Sea View", "x"), member(0, "201", "x"), member(0, "Sun Salt", "x"),
			member(0, "101", ""), member(0, "", "x"), member(-1, "Nobody", "x"),
		}},
	}
	out, found := Run(s)
	var got []string
	for i := range out.Affiliations.Len() {
		got = append(got, row(out.Affiliations, i))
	}
	want := []string{"bay|practices|101|b", "bay|practices|101|x", "bay|practices|102|y", "cape|tasks|201|x"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if err := out.Affiliations.CheckKey(); err != nil {
		t.Error(err)
	}
	fates := map[study.Fate]int{}
	for _, m := range s.Affiliations[1].Members {
		fates[m.Fate]++
	}
	for f, n := range map[study.Fate]int{study.Kept: 3, study.Repeated: 1, study.Outside: 2, study.CrossCluster: 1, study.Ambiguous: 1, study.Unanswered: 2} {
		if fates[f] != n {
			t.Errorf("%s: %d, want %d", study.FateNames()[f], fates[f], n)
		}
	}
	if found.Count(diag.NameUnresolved) != 2 || found.Len() != 4 {
		t.Errorf("findings:\n%s", found.Render(true))
	}
}

// Whatever the order of the rows, reports, tables and lists are the same.
func TestOrderOfRowsDoesNotMatter(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	type line struct{ who, source, target string }
	var lines []line
	names := []string{"101", "102", "Sun Salt", "sun", "salt works", "201", "Sea View", "1O2", "", "nobody at all"}
	for range 200 {
		lines = append(lines, line{[]string{"101", "102", "201", "999"}[r.IntN(4)], names[r.IntN(len(names))], names[r.IntN(len(names))]})
	}
	var first []string
	for round := range 4 {
		s := harbour()
		s.Relations[0].Unmatched = study.Keep
		s.Relations[0].Sections[0] = study.Section{Asked: study.Asked{About: "any"}, HasSource: true}
		for _, l := range lines {
			say(s, l.who, l.source, l.target)
		}
		out, _ := Run(s)
		got := []string{fmt.Sprint(out.Outside)}
		for i := range out.Resolutions.Len() {
			got = append(got, row(out.Resolutions, i))
		}
		for i := range s.Reports {
			p := &s.Reports[i]
			got = append(got, fmt.Sprint(p.Cluster, s.Texts.String(p.RespondentName), p.Source, p.Target, s.Texts.String(p.SourceName), s.Texts.String(p.TargetName), p.Fate))
		}
		if round == 0 {
			first = got
		} else if !slices.Equal(got, first) {
			t.Fatal("another order of rows gives another result")
		}
		if err := out.Resolutions.CheckKey(); err != nil {
			t.Error(err)
		}
		if !slices.IsSortedFunc(s.Reports, func(a, b study.Report) int { return cmp.Compare(a.Cluster, b.Cluster) }) {
			t.Error("reports are not sorted by cluster")
		}
		r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	}
}

// Every use of a name is counted once.
func TestUses(t *testing.T) {
	s := harbour()
	say(s, "101", "", "102")
	say(s, "103", "", "102")
	say(s, "103", "", "the salt people")
	s.Affiliations = []study.Affiliation{{Name: "tasks", Members: []study.Membership{{Cluster: -1, FirmName: s.Texts.Intern("102"), Event: s.Texts.Intern("x")}}}}
	out, _ := Run(s)
	if out.Resolutions.Len() != 2 {
		t.Fatalf("%d rows", out.Resolutions.Len())
	}
	for i, want := range []string{"bay|102|102|id||3", "bay|the salt people|101|alias||1"} {
		if got := row(out.Resolutions, i); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func Example() {
	s := &study.Study{
		Clusters:    []study.Cluster{{ID: "bay", Firms: 2, Respondents: 2}},
		Firms:       []study.Firm{{ID: "f1", Labels: []string{"Ash Foundry"}}, {ID: "f2", Labels: []string{"大同鐵工股份有限公司"}}},
		Respondents: []study.Respondent{{ID: "f1", Firm: 0, Interviewed: true}, {ID: "f2", Firm: 1, Interviewed: true}},
		Relations:   []study.Relation{{Name: "advice", Sections: []study.Section{{}}}},
		Sheets:      []study.Sheet{{File: "ties.csv"}},
		Weights:     study.NoWeight,
	}
	for _, name := range []string{"大同鐵工", "Oak Mill"} {
		s.Reports = append(s.Reports, study.Report{Respondent: 0, RespondentName: s.Texts.Intern("f1"), TargetName: s.Texts.Intern(name), Answer: study.Yes})
	}
	out, _ := Run(s)
	for i := range out.Resolutions.Len() {
		fmt.Printf("%s: %s, firm %q\n", out.Resolutions.Column("name").Str(i), out.Resolutions.Column("how").Str(i), out.Resolutions.Column("firm").Str(i))
	}
	// Output:
	// Oak Mill: unresolved, firm ""
	// 大同鐵工: normalised_label, firm "f2"
}

// A million reports on 1,000 clusters of 40 firms, one name in ten misspelt.
func BenchmarkRun(b *testing.B) {
	var firms []firm
	for c := range 1000 {
		for f := range 40 {
			firms = append(firms, firm{fmt.Sprintf("k%04d", c), fmt.Sprintf("k%04df%02d", c, f), nil})
		}
	}
	s := newStudy(firms...)
	r := rand.New(rand.NewPCG(1, 1))
	for range 1_000_000 {
		who := r.Int32N(int32(len(s.Firms)))
		k := s.Clusters[s.Firms[who].Cluster]
		target := s.Firms[k.FirstFirm+r.Int32N(40)].ID
		if r.IntN(10) == 0 {
			target = strings.Replace(target, "f", "F", 1)
		}
		s.Reports = append(s.Reports, study.Report{Respondent: who, RespondentName: s.Texts.Intern(s.Firms[who].ID),
			TargetName: s.Texts.Intern(target), Answer: study.Yes, Strength: 1, Line: int32(len(s.Reports))})
	}
	reports := slices.Clone(s.Reports)
	b.ReportAllocs()
	for b.Loop() {
		copy(s.Reports, reports)
		Run(s)
	}
}
