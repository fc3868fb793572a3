package reconcile

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

func TestStrength(t *testing.T) {
	cases := []struct {
		name    string
		combine study.Combine
		weights study.Weights
		asked   []question
		reports []string
		want    float64
	}{
		{"one", study.Mean, "", nil, []string{"a A B yes 2.5"}, 2.5},
		{"mean of two", study.Mean, "", nil, []string{"a A B yes 2", "b A B yes 5"}, 3.5},
		{"max", study.Max, "", nil, []string{"a A B yes 2", "b A B yes 5"}, 5},
		{"min", study.Min, "", nil, []string{"a A B yes 2", "b A B yes 5"}, 2},
		{"sum", study.Sum, "", nil, []string{"a A B yes 2", "b A B yes 5"}, 7},
		{"blanks are left out", study.Mean, "", nil, []string{"a A B yes", "b A B yes 5"}, 5},
		{"all blank", study.Mean, "", nil, []string{"a A B yes", "b A B yes"}, 1},
		{"of a no nothing counts", study.Mean, "", nil, []string{"a A B yes 2", "b A B no 9"}, 2},
		{"repeats of one are one: mean", study.Mean, "", nil, []string{"a A B yes 2", "a A B yes 4", "b A B yes 9"}, 6},
		{"repeats of one are one: sum", study.Sum, "", nil, []string{"a A B yes 2", "a A B yes 4", "b A B yes 9"}, 12},
		{"repeats of one are one: max", study.Max, "", nil, []string{"a A B yes 2", "a A B yes 4"}, 4},
		{"a repeat without strength", study.Sum, "", nil, []string{"a A B yes", "a A B yes 4"}, 4},
		{"distance", study.Mean, study.Distance, nil, []string{"a A B yes 2", "b A B yes 6"}, 0.25},
		{"distance, blank", study.Mean, study.Distance, nil, []string{"a A B yes"}, 1},
		{"none", study.Mean, study.NoWeight, nil, []string{"a A B yes 2"}, 1},
		{"records each count", study.Sum, "", []question{{record: true}}, []string{"- A B yes 2", "- A B yes 5"}, 7},
		{"record and respondent", study.Mean, "", []question{{record: true}, {source: true}}, []string{"- A B yes 2", "#1 a A B yes 6"}, 4},
		// In the other order it would be 0.6.
		{"sorted before they are added", study.Sum, "", nil, []string{"a A B yes 0.3", "b A B yes 0.2", "c A B yes 0.1"}, 0.6000000000000001},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			v := village{firms: "A B", respondents: "a:A b:B c:A", directed: true, combine: c.combine, weights: c.weights, asked: c.asked, reports: c.reports}
			if v.asked == nil {
				v.asked = []question{{about: "any"}}
			}
			list, _ := Cluster(v.study(t), 0)
			got := tieOf(&list[0], 0, 1)
			if got == nil || got.Strength != c.want {
				t.Errorf("got %+v, want strength %v", got, c.want)
			}
		})
	}
}

func TestRepeatedAndContradicting(t *testing.T) {
	cases := []struct {
		name     string
		directed bool
		reports  []string
		want     string // fates, in the order of the study's reports
		found    int
	}{
		{"same again", true, []string{"a A B yes", "a A B yes"}, "kept repeated", 0},
		{"two respondents", true, []string{"a A B yes", "b A B yes"}, "kept kept", 0},
		{"two directions", true, []string{"a A B yes", "a B A yes"}, "kept kept", 0},
		{"two directions of an undirected", false, []string{"a A B yes", "a B A yes"}, "kept repeated", 0},
		{"the yes is kept", false, []string{"a A B no", "a B A yes"}, "repeated kept", 1},
		{"yes and don't know", true, []string{"a A B yes", "a A B dk"}, "kept repeated", 0},
		{"no and don't know", true, []string{"a A B dk", "a A B no"}, "repeated kept", 0},
		{"two sections", true, []string{"#0 a A B yes", "#1 a A B yes"}, "kept repeated", 0},
		{"records are never repeated", true, []string{"#2 - A B yes", "#2 - A B yes"}, "kept kept", 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			v := village{firms: "A B", respondents: "a:A b:B", directed: c.directed, asked: []question{{about: "any"}, {about: "any"}, {record: true}}, reports: c.reports}
			s := v.study(t)
			_, found := Cluster(s, 0)
			var got string
			for i := range s.Reports {
				got += " " + study.FateNames()[s.Reports[i].Fate]
			}
			if got[1:] != c.want || found.Count(diag.AnswersContradict) != c.found {
				t.Errorf("got %q and %d findings, want %q and %d", got[1:], found.Len(), c.want, c.found)
			}
		})
	}
}

func TestContradictionIsToldAtTheNo(t *testing.T) {
	v := village{firms: "A B", respondents: "a:A b:B", asked: []question{{}}, reports: []string{"a A B yes", "a A B no"}}
	_, found := Cluster(v.study(t), 0)
	want := `said.csv:3: warning: meets: "a" says both yes and no about "A" and "B" [answers-contradict]
    the yes counts
`
	if got := found.Render(true); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestLimit(t *testing.T) {
	outside := func(s *study.Study, i int, name string) { // a name of no firm
		p := &s.Reports[i]
		p.Target, p.TargetName, p.Fate = -1, s.Texts.Intern(name), study.Outside
	}
	cases := []struct {
		name        string
		respondents string
		limit       int
		reports     []string
		change      func(*study.Study)
		exceeded    int
		reached     bool
	}{
		{"below", "a:A b:B c:C", 3, []string{"a A B yes", "a A C yes"}, nil, 0, false},
		{"one of three reaches it", "a:A b:B c:C", 2, []string{"a A B yes", "a A C yes"}, nil, 0, true},
		{"one of four reaches it", "a:A b:B c:C d:D", 2, []string{"a A B yes", "a A C yes"}, nil, 0, false},
		{"those not interviewed do not count", "a:A b:B c:C d:D!", 2, []string{"a A B yes", "a A C yes"}, nil, 0, true},
		{"exceeded", "a:A b:B c:C d:D", 1, []string{"a A B yes", "a A C yes"}, nil, 1, false},
		{"the same name twice is one", "a:A b:B c:C", 2, []string{"a A B yes", "a A B yes"}, nil, 0, false},
		{"a no is no name", "a:A b:B c:C", 2, []string{"a A B yes", "a A C no"}, nil, 0, false},
		{"outside names count", "a:A b:B c:C", 2, []string{"a A B yes", "a A C yes"},
			func(s *study.Study) { outside(s, 0, "X") }, 0, true},
		{"two outside names are two", "a:A b:B c:C", 2, []string{"a A B yes", "a A C yes"},
			func(s *study.Study) { outside(s, 0, "X"); outside(s, 1, "Y") }, 0, true},
		{"an outside name twice is one", "a:A b:B c:C", 2, []string{"a A B yes", "a A C yes"},
			func(s *study.Study) { outside(s, 0, "X"); outside(s, 1, "X") }, 0, false},
		{"reports left out do not count", "a:A b:B c:C", 2, []string{"a A B yes", "a A C yes"},
			func(s *study.Study) { s.Reports[0].Fate = study.Filtered }, 0, false},
		{"no limit", "a:A b:B c:C", 0, []string{"a A B yes", "a A C yes"}, nil, 0, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			v := village{firms: "A B C D", respondents: c.respondents, directed: true, asked: []question{{limit: c.limit}}, reports: c.reports}
			s := v.study(t)
			if c.change != nil {
				c.change(s)
			}
			list, found := Cluster(s, 0)
			if got := found.Count(diag.LimitExceeded); got != c.exceeded || list[0].LimitReached != c.reached {
				t.Errorf("%d findings, reached %t; want %d, %t", got, list[0].LimitReached, c.exceeded, c.reached)
			}
		})
	}
}

// Thin studies give empty results, never a panic.
func TestThinClusters(t *testing.T) {
	for _, v := range []village{
		{firms: "", respondents: ""},
		{firms: "A", respondents: "a:A", asked: []question{{}}},
		{firms: "A B", respondents: "", asked: []question{{}}},
		{firms: "A B", respondents: "a:A b:B"},
	} {
		list, found := Cluster(v.study(t), 0)
		if len(list) != 1 || len(list[0].Ties) != 0 || found.Len() != 0 {
			t.Errorf("%+v: %+v", v, list)
		}
	}
}

func TestTables(t *testing.T) {
	v := village{firms: "A B C", respondents: "a:A b:B c:C", asked: []question{{}}, reports: []string{"a A B yes 2", "b B A no", "c C B yes"}}
	s := v.study(t)
	s.Relations = append(s.Relations, s.Relations[0])
	s.Relations[1].Name = "advice" // sorts first
	s.Reports = append(s.Reports, s.Reports[0])
	s.Reports[3].Relation = 1
	tables := NewTables(s)
	list, _ := Cluster(s, 0)
	ties, reports := tables.Ties(0, [][]study.Reconciled{list}), tables.Reports(0, 1)
	if err := ties.CheckKey(); err != nil {
		t.Error(err)
	}
	want := []string{"k advice A B 2 1 1 0 2", "k meets A B 2 1 1 0 2", "k meets B C 1 1 1 0 2"}
	for i, want := range want {
		var got string
		for _, name := range []string{"cluster", "relation", "source", "target"} {
			got += ties.Column(name).Str(i) + " "
		}
		x, _ := ties.Column("strength").Float(i)
		got += fmt.Sprint(x)
		for _, name := range []string{"n_yes", "n_no", "n_dont_know", "n_asked"} {
			n, _ := ties.Column(name).Int(i)
			got += fmt.Sprint(" ", n)
		}
		if got != want {
			t.Errorf("row %d: %s, want %s", i, got, want)
		}
		if !ties.Column("probability").Null(i) {
			t.Errorf("row %d has a probability", i)
		}
	}
	if ties.Len() != 3 || reports.Len() != 4 {
		t.Errorf("%d ties and %d reports", ties.Len(), reports.Len())
	}
	if got := reports.Column("answer").Str(1) + " " + reports.Column("fate").Str(1) + " " + reports.Column("file").Str(1); got != "no kept said.csv" {
		t.Errorf("second report: %s", got)
	}
	if !reports.Column("strength").Null(1) || !reports.Column("sheet").Null(1) {
		t.Error("a blank strength and the sheet of a text file are null")
	}
	if tables.Reports(-1, 0).Len() != 0 {
		t.Error("reports of no cluster")
	}
}

func Example() {
	s := &study.Study{
		Clusters:    []study.Cluster{{ID: "bay", Firms: 3, Respondents: 3}},
		Firms:       []study.Firm{{ID: "ash"}, {ID: "birch"}, {ID: "cedar"}},
		Respondents: []study.Respondent{{ID: "ash", Firm: 0, Interviewed: true}, {ID: "birch", Firm: 1, Interviewed: true}, {ID: "cedar", Firm: 2}},
		Relations:   []study.Relation{{Name: "advice", Directed: true, Rule: "any", Sections: []study.Section{{}}}},
		Reports:     []study.Report{{Respondent: 0, Source: 0, Target: 2, Answer: study.Yes, Strength: 2}},
	}
	relations, _ := Cluster(s, 0)
	advice := &relations[0]
	for _, tie := range advice.Ties {
		fmt.Println(s.Firms[tie.Source].ID, "->", s.Firms[tie.Target].ID)
	}
	fmt.Println(advice.Observed.Count(), "of", advice.Observed.Possible(), "pairs observed: cedar was not interviewed")
	// Output:
	// ash -> cedar
	// 4 of 6 pairs observed: cedar was not interviewed
}

// One cluster of 100,000 firms with five reports each, the silent included.
func BenchmarkCluster(b *testing.B) {
	const n = 100_000
	r := rand.New(rand.NewPCG(1, 1))
	s := &study.Study{Relations: []study.Relation{{Name: "advice", Directed: true, Rule: "any", Sections: []study.Section{{}}}}}
	s.Clusters = []study.Cluster{{ID: "k", Firms: n, Respondents: n}}
	for i := range int32(n) {
		s.Firms = append(s.Firms, study.Firm{ID: fmt.Sprintf("f%06d", i)})
		s.Respondents = append(s.Respondents, study.Respondent{ID: s.Firms[i].ID, Firm: i, Interviewed: true})
		for range 5 {
			if j := int32(r.IntN(n)); j != i {
				s.Reports = append(s.Reports, study.Report{Respondent: i, Source: i, Target: j, Answer: study.Yes, Strength: 1})
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		Cluster(s, 0)
	}
}
