package graphtest

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"firmties/graphs"
)

func TestShapes(t *testing.T) {
	for _, c := range []struct {
		name    string
		g       *graphs.Graph
		degrees []int
	}{
		{"empty", Empty(2), []int{0, 0}},
		{"path", Path(4), []int{1, 2, 2, 1}},
		{"path of one", Path(1), []int{0}},
		{"cycle", Cycle(4), []int{2, 2, 2, 2}},
		{"star", Star(4), []int{3, 1, 1, 1}},
		{"bipartite", Bipartite(2, 3), []int{3, 3, 2, 2, 2}},
		{"clique", Clique(4), []int{3, 3, 3, 3}},
		{"union", Union(Clique(3), Empty(1), Path(2)), []int{2, 2, 2, 0, 1, 1}},
	} {
		var degrees []int
		for v := range c.g.N() {
			degrees = append(degrees, len(c.g.Out(v)))
		}
		if !slices.Equal(degrees, c.degrees) {
			t.Errorf("%s: degrees %v, want %v", c.name, degrees, c.degrees)
		}
	}
}

func TestRandomIsRepeatable(t *testing.T) {
	draw := func() []graphs.Arc {
		rng := rand.New(rand.NewPCG(1, 2))
		return append(slices.Collect(Random(rng, 30, true, 0.1, 3).All()),
			slices.Collect(Collaboration(rng, 50, 20, 5).All())...)
	}
	if first := draw(); !slices.Equal(first, draw()) || len(first) < 60 {
		t.Errorf("%d ties, or others the second time", len(first))
	}
}

// recorder counts the reports of a law checker.
type recorder struct {
	testing.TB
	reports int
}

func (r *recorder) Helper()               {}
func (r *recorder) Errorf(string, ...any) { r.reports++ }

func TestLawsCatchWhatBreaksThem(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	calls := 0.0
	ofIndex := func(g *graphs.Graph) []float64 { return []float64{0, 1, 2, 3, 4} }
	ofDegree := func(g *graphs.Graph) []float64 {
		var out []float64
		for v := range g.N() {
			out = append(out, float64(len(g.Out(v))))
		}
		return out
	}
	undefinedAtZero := func(g *graphs.Graph) []float64 { return []float64{math.NaN(), 0, 0, 0, 0} }
	counting := func(g *graphs.Graph) []float64 { calls++; return []float64{calls} }
	for _, c := range []struct {
		name  string
		check func(t testing.TB)
		fails bool
	}{
		{"range kept", func(t testing.TB) { CheckRange(t, Path(5), ofDegree, 1, 2) }, false},
		{"range left", func(t testing.TB) { CheckRange(t, Path(5), ofDegree, 0, 1) }, true},
		{"relabelling kept", func(t testing.TB) { CheckRelabelling(t, rng, Path(5), ofDegree) }, false},
		{"relabelling broken", func(t testing.TB) { CheckRelabelling(t, rng, Path(5), ofIndex) }, true},
		{"undefined elsewhere", func(t testing.TB) { CheckRelabelling(t, rng, Path(5), undefinedAtZero) }, true},
		{"repeated", func(t testing.TB) { CheckRepeatable(t, Path(5), ofDegree) }, false},
		{"not repeated", func(t testing.TB) { CheckRepeatable(t, Path(5), counting) }, true},
	} {
		r := &recorder{TB: t}
		c.check(r)
		if (r.reports > 0) != c.fails {
			t.Errorf("%s: %d reports", c.name, r.reports)
		}
	}
}

// The numbers of graphs up to names are known (OEIS A000088).
func TestEvery(t *testing.T) {
	for n, want := range []int{1, 1, 2, 4, 11, 34, 156, 1044} {
		got := 0
		for g := range Every(n) {
			if got++; g.N() != n {
				t.Fatalf("a graph of %d nodes, want %d", g.N(), n)
			}
		}
		if got != want {
			t.Errorf("%d graphs of %d nodes, want %d", got, n, want)
		}
	}
}
