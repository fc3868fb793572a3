package null

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// everyGraph yields every graph of n nodes, with names, and its ties as bits.
func everyGraph(n int, directed bool, yield func(bits int, g *graphs.Graph)) {
	var pairs [][2]int
	for v := range n {
		for w := range n {
			if v < w || directed && v != w {
				pairs = append(pairs, [2]int{v, w})
			}
		}
	}
	for bits := range 1 << len(pairs) {
		var ties [][2]int
		for i, p := range pairs {
			if bits>>i&1 == 1 {
				ties = append(ties, p)
			}
		}
		if directed {
			yield(bits, graphtest.Directed(n, ties...))
		} else {
			yield(bits, graphtest.Undirected(n, ties...))
		}
	}
}

// bitsOf is a graph's number among those of everyGraph.
func bitsOf(g *graphs.Graph) int {
	bits, i := 0, 0
	for v := range g.N() {
		for w := range g.N() {
			if v < w || g.IsDirected() && v != w {
				if _, ok := g.Strength(v, w); ok {
					bits |= 1 << i
				}
				i++
			}
		}
	}
	return bits
}

// share is what an ensemble keeps of a graph, as text.
func share(r Reference, g *graphs.Graph) string {
	var in, out []int
	mutual := 0
	for v := range g.N() {
		in, out = append(in, len(g.In(v))), append(out, len(g.Out(v)))
		for _, w := range g.Out(v) {
			if _, ok := g.Strength(int(w), v); ok {
				mutual++
			}
		}
	}
	switch r {
	case SizeDensity:
		return fmt.Sprint(g.Ties())
	case DyadCensus:
		return fmt.Sprint(g.Ties(), mutual)
	case OutDegree:
		return fmt.Sprint(out)
	default:
		return fmt.Sprint(in, out)
	}
}

// fit adds up chi-square over classes of graphs that should be equally likely.
type fit struct{ square, freedom float64 }

func (f *fit) add(t *testing.T, name string, counts map[int]int, members, draws int) {
	t.Helper()
	expected := float64(draws) / float64(members)
	square, seen := 0.0, 0
	for _, n := range counts {
		square += (float64(n) - expected) * (float64(n) - expected) / expected
		seen++
	}
	square += float64(members-seen) * expected // never drawn
	freedom := float64(members - 1)
	if square > freedom+7*math.Sqrt(2*freedom)+25 {
		t.Errorf("%s: chi-square %.1f with %v degrees of freedom", name, square, freedom)
	}
	f.square += square
	f.freedom += freedom
}

// check holds the sum of all classes to what chance gives.
func (f *fit) check(t *testing.T) {
	t.Helper()
	if f.freedom < 10 {
		t.Fatalf("%v degrees of freedom: nothing was tried", f.freedom)
	}
	if z := (f.square - f.freedom) / math.Sqrt(2*f.freedom); math.Abs(z) > 4.5 {
		t.Errorf("chi-square %.1f with %v degrees of freedom", f.square, f.freedom)
	}
}

// TestUniform: every graph that shares what is kept is drawn as often as every
// other, whichever of them was observed: all digraphs of up to four nodes, all
// undirected graphs of up to five.
func TestUniform(t *testing.T) {
	perMember := 300
	if testing.Short() {
		perMember = 30
	}
	for _, c := range []struct {
		reference Reference
		directed  bool
		largest   int
	}{
		{SizeDensity, true, 4}, {SizeDensity, false, 5}, {DyadCensus, true, 4}, {OutDegree, true, 4},
		{DegreeSequence, true, 4}, {DegreeSequence, false, 5},
	} {
		t.Run(fmt.Sprintf("%s,directed=%t", c.reference, c.directed), func(t *testing.T) {
			var all fit
			for n := 2; n <= c.largest; n++ {
				uniform(t, &all, c.reference, c.directed, n, perMember)
			}
			all.check(t)
		})
	}
}

func uniform(t *testing.T, all *fit, r Reference, directed bool, n, perMember int) {
	classes := make(map[string][]int)
	observed := make(map[string]*graphs.Graph)
	everyGraph(n, directed, func(bits int, g *graphs.Graph) {
		key := share(r, g)
		classes[key] = append(classes[key], bits)
		observed[key] = g
	})
	var e Ensemble
	rng := rand.New(rand.NewPCG(uint64(n), 5))
	for key, members := range classes {
		counts := make(map[int]int)
		e.Of(observed[key], r)
		draws := perMember * len(members)
		for range draws {
			g := e.Draw(rng)
			if share(r, g) != key {
				t.Fatalf("%s: drew %s", key, share(r, g))
			}
			counts[bitsOf(g)]++
		}
		if len(members) > 1 {
			all.add(t, key, counts, len(members), draws)
		}
	}
}

// TestUniformTrades: every incidence with the same margins is drawn as often,
// with more nodes than events and with fewer.
func TestUniformTrades(t *testing.T) {
	perMember := 300
	if testing.Short() {
		perMember = 30
	}
	var all fit
	for _, size := range [][2]int{{3, 3}, {3, 4}, {4, 3}} {
		n, m := size[0], size[1]
		classes, observed := make(map[string]int), make(map[string]*graphs.Incidence)
		for bits := range 1 << (n * m) {
			in := incidenceOf(bits, n, m)
			classes[margins(in)]++
			observed[margins(in)] = in
		}
		var e Ensemble
		rng := rand.New(rand.NewPCG(uint64(n), 6))
		for key, members := range classes {
			counts := make(map[int]int)
			e.OfEvents(observed[key])
			for range perMember * members {
				g := e.Draw(rng)
				drawn, bits := e.Incidence(), 0
				for v := range n {
					for _, event := range drawn.Events(v) {
						bits |= 1 << (v*m + int(event))
					}
				}
				if margins(drawn) != key || bitsOf(g) != bitsOf(graphs.Project(drawn, graphs.Count)) {
					t.Fatalf("%s: drew %s, projected to %b", key, margins(drawn), bitsOf(g))
				}
				counts[bits]++
			}
			if members > 1 {
				all.add(t, key, counts, members, perMember*members)
			}
		}
	}
	all.check(t)
}

func incidenceOf(bits, n, m int) *graphs.Incidence {
	var list []graphs.Membership
	for i := range n * m {
		if bits>>i&1 == 1 {
			list = append(list, graphs.Membership{Node: int32(i / m), Event: int32(i % m)})
		}
	}
	return graphs.NewIncidence(n, m, list)
}

func margins(in *graphs.Incidence) string {
	var nodes, events []int
	for v := range in.N() {
		nodes = append(nodes, len(in.Events(v)))
	}
	for e := range in.M() {
		events = append(events, len(in.Nodes(e)))
	}
	return fmt.Sprint(nodes, events)
}
