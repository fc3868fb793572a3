package networks

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"firmties/graphs"
	"firmties/pipeline/study"
)

// town is a study of one cluster of firms A, B, ... with relations of the
// given directions, one letter each: d or u.
func town(n int, relations string) *study.Study {
	s := &study.Study{Clusters: []study.Cluster{{ID: "k", Firms: int32(n)}}}
	for i := range n {
		s.Firms = append(s.Firms, study.Firm{ID: string(rune('A' + i))})
	}
	for i, d := range relations {
		s.Relations = append(s.Relations, study.Relation{Name: fmt.Sprintf("r%d", i), Directed: d == 'd'})
	}
	return s
}

// ties reads "AB2 BC" as ties A to B of strength 2 and B to C of strength 1.
func ties(text string) []study.Tie {
	var list []study.Tie
	for word := range strings.FieldsSeq(text) {
		t := study.Tie{Source: int32(word[0] - 'A'), Target: int32(word[1] - 'A'), Strength: 1}
		if len(word) > 2 {
			fmt.Sscan(word[2:], &t.Strength)
		}
		list = append(list, t)
	}
	return list
}

// edges writes a graph as ties reads it, every strength given.
func edges(g *graphs.Graph) string {
	var words []string
	for a := range g.All() {
		words = append(words, fmt.Sprintf("%c%c%g", 'A'+a.From, 'A'+a.To, a.Strength))
	}
	return strings.Join(words, " ")
}

func TestLayers(t *testing.T) {
	cases := []struct {
		name      string
		relations string // directions
		ties      []string
		layer     study.Layer
		want      string
		directed  bool
	}{
		{"relation", "d", []string{"AB2 BA3"},
			study.Layer{Kind: study.OfRelation, Members: []int{0}, Directed: true, Weight: "strength"}, "AB2 BA3", true},
		{"relation without weights", "d", []string{"AB2 BA3"},
			study.Layer{Kind: study.OfRelation, Members: []int{0}, Directed: true, Weight: "none"}, "AB1 BA1", true},
		{"undirected relation", "u", []string{"AB2 BC"},
			study.Layer{Kind: study.OfRelation, Members: []int{0}, Weight: "strength"}, "AB2 BC1", false},
		{"union of directed, counted", "dd", []string{"AB2 BA3", "AB5 BC7"},
			study.Layer{Kind: study.OfUnion, Members: []int{0, 1}, Directed: true, Weight: "relations"}, "AB2 BA1 BC1", true},
		{"union of directed, summed", "dd", []string{"AB2 BA3", "AB5 BC7"},
			study.Layer{Kind: study.OfUnion, Members: []int{0, 1}, Directed: true, Weight: "strength"}, "AB7 BA3 BC7", true},
		{"mixed union, counted: each relation once a pair", "du", []string{"AB2 BA3 CA", "AB5 BC7"},
			study.Layer{Kind: study.OfUnion, Members: []int{0, 1}, Weight: "relations"}, "AB2 AC1 BC1", false},
		{"mixed union, summed: both directions add", "du", []string{"AB2 BA3 CA", "AB5 BC7"},
			study.Layer{Kind: study.OfUnion, Members: []int{0, 1}, Weight: "strength"}, "AB10 AC1 BC7", false},
		{"union of some relations only", "uuu", []string{"AB", "BC", "AC"},
			study.Layer{Kind: study.OfUnion, Members: []int{2, 0}, Weight: "relations"}, "AB1 AC1", false},
		{"no ties", "d", []string{""},
			study.Layer{Kind: study.OfRelation, Members: []int{0}, Directed: true, Weight: "strength"}, "", true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := town(3, c.relations)
			s.Layers = []study.Layer{c.layer}
			var rel []study.Reconciled
			for i, text := range c.ties {
				rel = append(rel, study.Reconciled{Relation: i, Ties: ties(text), Observed: study.ObservedAll(3, c.relations[i] == 'd')})
			}
			net := Build(s, 0, rel)[0]
			if got := edges(net.Graph); got != c.want || net.Graph.IsDirected() != c.directed || net.Graph.N() != 3 {
				t.Errorf("got %q directed %t, want %q directed %t", got, net.Graph.IsDirected(), c.want, c.directed)
			}
			if share, ok := net.Share(); share != 1 || !ok {
				t.Errorf("share %v, %t", share, ok)
			}
			for i, text := range c.ties {
				if !slices.Equal(rel[i].Ties, ties(text)) {
					t.Errorf("relation %d was changed", i)
				}
			}
		})
	}
}

func TestProjection(t *testing.T) {
	// A, B and C share x, A and B share y; z has one firm of the cluster only.
	members := []string{"Ax", "Ay", "Az", "Bx", "By", "Cx"}
	for weight, want := range map[string]string{
		"count":   "AB2 AC1 BC1",
		"newman":  "AB1.5 AC0.5 BC0.5",
		"jaccard": "AB1 AC0.5 BC0.5",
	} {
		s := town(4, "")
		// Another cluster comes first, so that nodes are not firms' indices.
		s.Clusters = []study.Cluster{{ID: "a", Firms: 1}, {ID: "k", FirstFirm: 1, Firms: 4}}
		s.Firms = append([]study.Firm{{ID: "Z"}}, s.Firms...)
		s.Layers = []study.Layer{{Kind: study.OfProjection, Members: []int{0}, Weight: weight}}
		list := []study.Membership{{Cluster: 0, Firm: 0, Event: s.Texts.Intern("z")}}
		for _, m := range members {
			list = append(list, study.Membership{Cluster: 1, Firm: int32(m[0]-'A') + 1, Event: s.Texts.Intern(m[1:])})
		}
		list = append(list, study.Membership{Cluster: 1, Firm: 1, Event: s.Texts.Intern("x"), Fate: study.Repeated})
		s.Affiliations = []study.Affiliation{{Name: "practices", Members: list}}
		net := Build(s, 1, nil)[0]
		if got := edges(net.Graph); got != want || net.Graph.N() != 4 || net.Observed.Pairs != 6 {
			t.Errorf("%s: %q of %d firms, %d pairs observed; want %q", weight, got, net.Graph.N(), net.Observed.Pairs, want)
		}
	}
}

func TestLimitReachedByOneMember(t *testing.T) {
	s := town(2, "dd")
	s.Layers = []study.Layer{
		{Kind: study.OfRelation, Members: []int{1}, Directed: true},
		{Kind: study.OfUnion, Members: []int{0, 1}, Directed: true},
	}
	all := study.ObservedAll(2, true)
	nets := Build(s, 0, []study.Reconciled{{Observed: all, LimitReached: true}, {Relation: 1, Observed: all}})
	if len(nets[0].Members) != 0 || len(nets[1].Members) != len(s.Layers[1].Members) {
		t.Errorf("%d and %d members", len(nets[0].Members), len(nets[1].Members))
	}
	if nets[0].LimitReached || !nets[1].LimitReached {
		t.Errorf("got %t, %t", nets[0].LimitReached, nets[1].LimitReached)
	}
}

// The counts agree with looking at every pair, on random layers whose members
// are observed by any of the forms that rules give.
func TestObservedAgreesWithEveryPair(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	partly, silent := 0, 0
	for range 3000 {
		n := r.IntN(7)
		relations := [...]string{"d", "u", "dd", "uu", "du", "ddd", "udd"}[r.IntN(7)]
		s := town(n, relations)
		l := study.Layer{Kind: study.OfUnion, Weight: "relations", Directed: !strings.Contains(relations, "u")}
		var rel []study.Reconciled
		for i, d := range relations {
			l.Members = append(l.Members, i)
			rel = append(rel, randomRelation(r, n, d == 'd'))
		}
		s.Layers = []study.Layer{l}
		net := Build(s, 0, rel)[0]
		want, out := everyPair(rel, l.Directed, net.Graph)
		got := net.Observed
		if got.Pairs != want.Pairs || got.DyadsBothWays != want.DyadsBothWays || got.ArcsBothWays != want.ArcsBothWays || got.ReturnedArcs != want.ReturnedArcs {
			t.Fatalf("%s of %d firms: %+v, want %+v", relations, n, got, want)
		}
		if l.Directed && n > 1 && slices.Contains(out, false) {
			silent++
			if !slices.Equal(got.Out, out) {
				t.Fatalf("%s of %d firms: out %v, want %v", relations, n, got.Out, out)
			}
		} else if got.Out != nil {
			t.Fatalf("%s of %d firms: out %v where all are observed", relations, n, got.Out)
		}
		if share, ok := net.Share(); ok && share < 1 {
			partly++
		}
	}
	if partly < 500 || silent < 100 {
		t.Errorf("only %d networks were partly observed, %d had a firm without observed pairs", partly, silent)
	}
}

// randomRelation has ties on observed pairs only, as every rule does.
func randomRelation(r *rand.Rand, n int, directed bool) study.Reconciled {
	var rel study.Reconciled
	source, target := make([]bool, n), make([]bool, n)
	for i := range n {
		source[i], target[i] = r.IntN(3) == 0, r.IntN(3) == 0
	}
	if !directed {
		target = source
	}
	var pairs, flipped []study.Pair
	for i := range int32(n) {
		for j := range int32(n) {
			if i != j && (directed || i < j) {
				pairs = append(pairs, study.Pair{Source: i, Target: j})
			}
		}
	}
	for _, p := range pairs {
		if r.IntN(5) == 0 {
			flipped = append(flipped, p)
		}
	}
	if r.IntN(6) == 0 {
		rel.Observed = study.ObservedAll(n, directed)
	} else {
		rel.Observed = study.ObservedBy(n, directed, r.IntN(3) == 0, source, target, flipped)
	}
	for _, p := range pairs {
		if rel.Observed.Pair(p.Source, p.Target) && r.IntN(2) == 0 {
			rel.Ties = append(rel.Ties, study.Tie{Source: p.Source, Target: p.Target, Strength: 1})
		}
	}
	return rel
}

// everyPair counts the long way.
func everyPair(rel []study.Reconciled, directed bool, g *graphs.Graph) (o Observed, out []bool) {
	observed := func(i, j int) bool {
		for k := range rel {
			m := &rel[k].Observed
			if m.Pair(int32(i), int32(j)) || !directed && m.Pair(int32(j), int32(i)) {
				return true
			}
		}
		return false
	}
	out = make([]bool, g.N())
	for i := range g.N() {
		for j := range g.N() {
			if i == j || !directed && i > j || !observed(i, j) {
				continue
			}
			o.Pairs++
			out[i] = true
			if !directed || !observed(j, i) {
				continue
			}
			if i < j {
				o.DyadsBothWays++
			}
			if _, ok := g.Strength(i, j); ok {
				o.ArcsBothWays++
				if _, ok := g.Strength(j, i); ok {
					o.ReturnedArcs++
				}
			}
		}
	}
	return o, out
}

func TestTables(t *testing.T) {
	s := town(3, "du")
	s.Affiliations = []study.Affiliation{{Name: "practices"}}
	s.Layers = []study.Layer{ // not in the order of names
		{Name: "union", Kind: study.OfUnion, Members: []int{0, 1}, Dimension: study.Other, Weight: "relations"},
		{Name: "advice", Kind: study.OfRelation, Members: []int{0}, Directed: true, Dimension: study.MutualEngagement, Weight: "strength"},
		{Name: "shared", Kind: study.OfProjection, Members: []int{0}, Dimension: study.SharedRepertoire, Weight: "count"},
	}
	rel := []study.Reconciled{
		{Ties: ties("BA2"), Observed: study.ObservedAll(3, true)},
		{Relation: 1, Ties: ties("BC"), Observed: study.ObservedAll(3, false)},
	}
	layers := LayersTable(s)
	if err := layers.CheckKey(); err != nil {
		t.Error(err)
	}
	var got []string
	for i := range layers.Len() {
		directed, _ := layers.Column("directed").Bool(i)
		got = append(got, fmt.Sprint(layers.Column("layer").Str(i), " ", layers.Column("kind").Str(i), " ", directed, " ", layers.Column("members").Str(i)))
	}
	want := []string{"union union false r0;r1", "advice relation true r0", "shared projection false practices"}
	if !slices.Equal(got, want) {
		t.Errorf("layers %q, want %q", got, want)
	}
	tables := NewTables(s)
	table := tables.EdgesOf(0, [][]Network{Build(s, 0, rel)})
	if err := table.CheckKey(); err != nil {
		t.Error(err)
	}
	got = nil
	for i := range table.Len() {
		x, _ := table.Column("strength").Float(i)
		got = append(got, fmt.Sprint(table.Column("layer").Str(i), " ", table.Column("source").Str(i), table.Column("target").Str(i), x))
	}
	want = []string{"union AB1", "union BC1", "advice BA2"}
	if !slices.Equal(got, want) {
		t.Errorf("edges %q, want %q", got, want)
	}
}

// A cluster of one firm has no pair that could be missing.
func TestOneFirm(t *testing.T) {
	s := town(1, "d")
	s.Layers = []study.Layer{{Kind: study.OfRelation, Members: []int{0}, Directed: true}}
	none := study.ObservedBy(1, true, false, []bool{false}, []bool{false}, nil)
	net := Build(s, 0, []study.Reconciled{{Observed: none}})[0]
	if _, ok := net.Share(); ok || net.Observed.Out != nil {
		t.Errorf("%+v", net.Observed)
	}
}

func Example() {
	s := &study.Study{
		Clusters:  []study.Cluster{{ID: "bay", Firms: 3}},
		Firms:     []study.Firm{{ID: "ash"}, {ID: "birch"}, {ID: "cedar"}},
		Relations: []study.Relation{{Name: "advice", Directed: true}, {Name: "meets"}},
		Layers:    []study.Layer{{Name: "union", Kind: study.OfUnion, Members: []int{0, 1}, Weight: "relations"}},
	}
	advice := study.Reconciled{Ties: []study.Tie{{Source: 0, Target: 1, Strength: 1}, {Source: 1, Target: 0, Strength: 1}}, Observed: study.ObservedAll(3, true)}
	meets := study.Reconciled{Relation: 1, Ties: []study.Tie{{Source: 0, Target: 1, Strength: 1}, {Source: 1, Target: 2, Strength: 1}}, Observed: study.ObservedAll(3, false)}
	for _, net := range Build(s, 0, []study.Reconciled{advice, meets}) {
		for tie := range net.Graph.All() {
			fmt.Println(s.Firms[tie.From].ID, "-", s.Firms[tie.To].ID, "in", tie.Strength, "relations")
		}
	}
	// Output:
	// ash - birch in 2 relations
	// birch - cedar in 1 relations
}

// A union of three relations of 20,000 firms with five ties each, a tenth of
// them not interviewed.
func BenchmarkBuild(b *testing.B) {
	const n = 20_000
	r := rand.New(rand.NewPCG(1, 1))
	s := town(0, "ddd")
	s.Clusters[0].Firms = n
	s.Layers = []study.Layer{{Kind: study.OfUnion, Members: []int{0, 1, 2}, Directed: true, Weight: "relations"}}
	var rel []study.Reconciled
	for k := range 3 {
		x := study.Reconciled{Relation: k}
		speaks, nobody := make([]bool, n), make([]bool, n)
		for i := range int32(n) {
			speaks[i] = r.IntN(10) > 0
			targets := map[int32]bool{i: true}
			for range 5 {
				if j := r.Int32N(n); speaks[i] && !targets[j] {
					targets[j] = true
					x.Ties = append(x.Ties, study.Tie{Source: i, Target: j, Strength: 1})
				}
			}
		}
		x.Observed = study.ObservedBy(n, true, false, speaks, nobody, nil)
		rel = append(rel, x)
	}
	b.ReportAllocs()
	for b.Loop() {
		Build(s, 0, rel)
	}
}

// TestNominees: hand-computed. Firm A's respondent names B twice, C, an outsider
// in two spellings of one name and a firm of another cluster, and speaks of
// B's ties, which count for nobody; a record has no respondent.
func TestNominees(t *testing.T) {
	s := town(3, "ddu")
	s.Clusters = append(s.Clusters, study.Cluster{ID: "l", FirstFirm: 3, Firms: 1})
	s.Firms = append(s.Firms, study.Firm{ID: "Z", Cluster: 1})
	s.Respondents = []study.Respondent{{ID: "a", Firm: 0}}
	x, y := s.Texts.Intern("x"), s.Texts.Intern("y")
	report := func(relation uint8, respondent, source, target int32, name study.Text, answer study.Answer, fate study.Fate) {
		s.Reports = append(s.Reports, study.Report{Relation: relation, Respondent: respondent, Source: source, Target: target, TargetName: name, Answer: answer, Fate: fate})
	}
	report(0, 0, 0, 1, 0, study.Yes, study.Kept)
	report(0, 0, 0, 1, 0, study.Yes, study.Repeated)
	report(0, 0, 0, 2, 0, study.Yes, study.Kept)
	report(0, 0, 0, -1, x, study.Yes, study.Outside)
	report(0, 0, 0, -1, x, study.Yes, study.Outside)
	report(0, 0, 0, 3, 0, study.Yes, study.CrossCluster)
	report(0, 0, 0, -1, y, study.No, study.Outside)
	report(0, 0, 0, -1, y, study.Yes, study.Ambiguous)
	report(0, 0, 0, 0, 0, study.Yes, study.Self)
	report(0, 0, 1, -1, y, study.Yes, study.Outside)  // said about another firm
	report(0, -1, 2, -1, y, study.Yes, study.Outside) // a record
	report(1, 0, 0, -1, x, study.Yes, study.Outside)
	report(1, 0, 0, -1, y, study.Yes, study.Outside)
	s.Layers = []study.Layer{
		{Kind: study.OfRelation, Members: []int{0}, Directed: true},
		{Kind: study.OfUnion, Members: []int{0, 1}, Directed: true},
		{Kind: study.OfRelation, Members: []int{2}},
	}
	relations := make([]study.Reconciled, 3)
	for i := range relations {
		relations[i] = study.Reconciled{Relation: i, Observed: study.ObservedAll(3, s.Relations[i].Directed)}
	}
	nets := Build(s, 0, relations)
	for i, want := range []string{"[2 0 1] [4 0 1]", "[3 0 1] [5 0 1]"} {
		if got := fmt.Sprint(nets[i].Nominees.Outside, nets[i].Nominees.All); got != want {
			t.Errorf("layer %d: outside and all %s, want %s", i, got, want)
		}
	}
	if nets[2].Nominees != nil {
		t.Error("nominees of an undirected layer")
	}
}
