package graphs_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// cells lists, for every pair of nodes, 1 if it is tied.
func cells(g *graphs.Graph, name []int32) []float64 {
	x := make([]float64, g.N()*g.N())
	for a := range g.All() {
		v, w := int(name[a.From]), int(name[a.To])
		x[v*g.N()+w] = 1
		if !g.IsDirected() {
			x[w*g.N()+v] = 1
		}
	}
	var list []float64
	for v := range g.N() {
		for w := range g.N() {
			if v < w || g.IsDirected() && v != w {
				list = append(list, x[v*g.N()+w])
			}
		}
	}
	return list
}

// TestPhi: the correlation over all pairs, with the nodes of one graph renamed
// too.
func TestPhi(t *testing.T) {
	rng := rand.New(rand.NewPCG(91, 92))
	var o graphs.Overlap
	for trial := range 300 {
		n, directed := trial%70, trial%2 == 0
		a, b := graphtest.Random(rng, n, directed, rng.Float64(), 1), graphtest.Random(rng, n, directed, rng.Float64(), 1)
		same, other := make([]int32, n), make([]int32, n)
		for i, v := range rng.Perm(n) {
			same[i], other[i] = int32(i), int32(v)
		}
		o.Of(a, b)
		for _, name := range [][]int32{same, other} {
			both := o.Renamed(name)
			x, y := cells(a, name), cells(b, same)
			got, ok := o.Phi(both)
			want := stat.Correlation(x, y, nil)
			if ok == math.IsNaN(want) || ok && math.Abs(got-want) > 1e-12 {
				t.Fatalf("%d nodes: phi %v %t, want %v", n, got, ok, want)
			}
		}
		if o.Both != o.Renamed(same) {
			t.Fatalf("%d in both, %d by their own names", o.Both, o.Renamed(same))
		}
	}
}

func TestDegreeCorrelation(t *testing.T) {
	rng := rand.New(rand.NewPCG(93, 94))
	for trial := range 200 {
		n := trial % 30
		a, b := graphtest.Random(rng, n, false, rng.Float64(), 1), graphtest.Random(rng, n, false, rng.Float64(), 1)
		got, ok := graphs.DegreeCorrelation(a, b)
		want := stat.Correlation(midRanks(a), midRanks(b), nil)
		if ok == math.IsNaN(want) || ok && math.Abs(got-want) > 1e-12 {
			t.Fatalf("%d nodes: %v %t, want %v", n, got, ok, want)
		}
	}
}

// midRanks are how many nodes have a smaller degree, and half of those with an
// equal one.
func midRanks(g *graphs.Graph) []float64 {
	ranks := make([]float64, g.N())
	for v := range ranks {
		for w := range g.N() {
			switch d, e := len(g.Out(v)), len(g.Out(w)); {
			case e < d:
				ranks[v]++
			case e == d:
				ranks[v] += 0.5
			}
		}
	}
	return ranks
}

func TestOverlapPanics(t *testing.T) {
	var o graphs.Overlap
	mustPanic(t, "sizes", func() { o.Of(graphtest.Empty(2), graphtest.Empty(3)) })
	mustPanic(t, "directions", func() { o.Of(graphtest.Empty(2), graphtest.Directed(2)) })
}

// TestConfiguration: the margins are met, and the log odds are those of the node
// plus those of the event: there is one such model. Where the margins leave no
// choice, shares are 0 or 1.
func TestConfiguration(t *testing.T) {
	rng := rand.New(rand.NewPCG(95, 96))
	var c graphs.Configuration
	additive := 0
	for trial := range 300 {
		n, m := 2+trial%12, 1+rng.IntN(9)
		var members []graphs.Membership
		density := rng.Float64()
		for v := range n {
			for e := range m {
				if rng.Float64() < density {
					members = append(members, graphs.Membership{Node: int32(v), Event: int32(e)})
				}
			}
		}
		in := graphs.NewIncidence(n, m, members)
		if !c.Fit(in) {
			continue // the margins can be met by one incidence only, nearly
		}
		for v := range n {
			sum := 0.0
			for e := range m {
				sum += c.P(v, e)
			}
			if want := float64(len(in.Events(v))); math.Abs(sum-want) > 1e-6 {
				t.Fatalf("node %d takes part in %v events, want %v", v, sum, want)
			}
		}
		for e := range m {
			sum := 0.0
			for v := range n {
				sum += c.P(v, e)
			}
			if want := float64(len(in.Nodes(e))); math.Abs(sum-want) > 1e-5 {
				t.Fatalf("event %d has %v nodes, want %v", e, sum, want)
			}
		}
		additive += checkAdditive(t, &c, n, m)
	}
	if additive < 1000 {
		t.Errorf("%d tetrads of odds tried", additive)
	}
}

// checkAdditive holds the log odds of four cells to each other, and counts them.
func checkAdditive(t *testing.T, c *graphs.Configuration, n, m int) (tried int) {
	t.Helper()
	odds := func(v, e int) (float64, bool) {
		p := c.P(v, e)
		return math.Log(p / (1 - p)), p > 1e-6 && p < 1-1e-6
	}
	for v := 1; v < n; v++ {
		for e := 1; e < m; e++ {
			a, ok1 := odds(v, e)
			b, ok2 := odds(v-1, e-1)
			x, ok3 := odds(v-1, e)
			y, ok4 := odds(v, e-1)
			if ok1 && ok2 && ok3 && ok4 {
				tried++
				if math.Abs(a+b-x-y) > 1e-6 {
					t.Fatalf("log odds %v + %v, %v + %v", a, b, x, y)
				}
			}
		}
	}
	return tried
}

// TestConfigurationOfCertainty: a node in every event, one in none, and an event
// of all the others.
func TestConfigurationOfCertainty(t *testing.T) {
	in := graphs.NewIncidence(4, 3, []graphs.Membership{{0, 0}, {0, 1}, {0, 2}, {2, 0}, {3, 0}, {2, 1}, {3, 2}})
	var c graphs.Configuration
	if !c.Fit(in) {
		t.Fatal("no fit")
	}
	var got []float64
	for v := range 4 {
		for e := range 3 {
			got = append(got, math.Round(c.P(v, e)*1e9)/1e9)
		}
	}
	if want := []float64{1, 1, 1, 0, 0, 0, 1, 0.5, 0.5, 1, 0.5, 0.5}; !slices.Equal(got, want) {
		t.Errorf("shares %v, want %v", got, want)
	}
}
