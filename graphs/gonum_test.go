package graphs_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/network"
	"gonum.org/v1/gonum/graph/path"
	"gonum.org/v1/gonum/graph/topo"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// samples are directed and undirected graphs, sparse and dense, on either side
// of the 64 nodes where kernels change their ways.
func samples(yield func(g *graphs.Graph) bool) {
	rng := rand.New(rand.NewPCG(9, 10))
	for _, n := range []int{1, 2, 5, 20, 64, 65, 90} {
		for _, ties := range []float64{0, 0.5, 2, 6} {
			for _, directed := range []bool{false, true} {
				p := min(1, ties/float64(n))
				if !yield(graphtest.Random(rng, n, directed, p, 3)) {
					return
				}
			}
		}
	}
	for _, g := range []*graphs.Graph{
		graphtest.Path(70), graphtest.Star(65), graphtest.Cycle(129), graphtest.Clique(66), graphtest.Bipartite(30, 37),
	} {
		if !yield(g) {
			return
		}
	}
}

func TestGonumBetweennessAgrees(t *testing.T) {
	var ws graphs.Workspace
	for g := range samples {
		got := make([]float64, g.N())
		graphs.Betweenness(got, g, &ws)
		factor := 1.0
		want := network.Betweenness(g.Directed())
		if !g.IsDirected() {
			factor = 2 // gonum counts each pair from both of its ends
			want = network.Betweenness(g.Undirected())
		}
		for v := range got {
			if !(math.Abs(factor*got[v]-want[int64(v)]) <= 1e-9) {
				t.Errorf("n %d: node %d has %v, gonum %v", g.N(), v, factor*got[v], want[int64(v)])
			}
		}
	}
}

func TestGonumDistancesAgree(t *testing.T) {
	var ws graphs.Workspace
	var d graphs.Distances
	for g := range samples {
		unit := withoutStrengths(g)
		d.Measure(g, graphs.Outgoing, &ws)
		checkDistances(t, &d, path.DijkstraAllPaths(unit.Directed()), g.N(), false)
		d.Measure(g, graphs.Incoming, &ws)
		checkDistances(t, &d, path.DijkstraAllPaths(unit.Directed()), g.N(), true)
		d.Measure(graphs.Symmetrized(unit, &ws), graphs.Incoming, &ws)
		if !g.IsDirected() {
			checkDistances(t, &d, path.DijkstraAllPaths(unit.Undirected()), g.N(), false)
		}
	}
}

// withoutStrengths returns g with all strengths, and so all lengths, 1.
func withoutStrengths(g *graphs.Graph) *graphs.Graph {
	var arcs []graphs.Arc
	for a := range g.All() {
		arcs = append(arcs, graphs.Arc{From: a.From, To: a.To, Strength: 1})
	}
	return graphs.New(g.N(), g.IsDirected(), arcs)
}

func checkDistances(t *testing.T, d *graphs.Distances, all path.AllShortest, n int, incoming bool) {
	t.Helper()
	pairs := make([]int64, len(d.Pairs))
	for v := range n {
		var reached, near, longest int32
		var farness int64
		harmonic := 0.0
		for w := range n {
			x := all.Weight(int64(v), int64(w))
			if incoming {
				x = all.Weight(int64(w), int64(v))
			}
			if v == w || math.IsInf(x, 1) {
				continue
			}
			reached++
			farness += int64(x)
			harmonic += 1 / x
			longest = max(longest, int32(x))
			if x <= 2 {
				near++
			}
			pairs[int(x)]++
		}
		if d.Reached[v] != reached || d.Within2[v] != near || d.Farness[v] != farness || d.Eccentricity[v] != longest {
			t.Errorf("n %d: node %d reaches %d, %d within two steps, farness %d, farthest %d; gonum %d, %d, %d, %d",
				n, v, d.Reached[v], d.Within2[v], d.Farness[v], d.Eccentricity[v], reached, near, farness, longest)
		}
		if !(math.Abs(d.Harmonic[v]-harmonic) <= 1e-12*harmonic) {
			t.Errorf("n %d: node %d has harmonic %v, gonum %v", n, v, d.Harmonic[v], harmonic)
		}
	}
	if !slices.Equal(pairs, d.Pairs) {
		t.Errorf("n %d: pairs at each distance %v, gonum %v", n, d.Pairs, pairs)
	}
}

func TestGonumComponentsAgree(t *testing.T) {
	var ws graphs.Workspace
	var c graphs.Components
	for g := range samples {
		c.Find(graphs.Symmetrized(g, &ws))
		all := topo.ConnectedComponents(g.Undirected())
		if len(all) != c.Count() {
			t.Errorf("n %d: %d components, gonum %d", g.N(), c.Count(), len(all))
		}
		for _, part := range all {
			label := c.Of[part[0].ID()]
			if len(c.Members(int(label))) != len(part) {
				t.Errorf("n %d: component %d has %d nodes, gonum %d", g.N(), label, len(c.Members(int(label))), len(part))
			}
			for _, v := range part {
				if c.Of[v.ID()] != label {
					t.Errorf("n %d: nodes %d and %d are apart, not in gonum", g.N(), part[0].ID(), v.ID())
				}
			}
		}
	}
}

// TestGonumStrongComponentsAgree finds, with our searches in both directions,
// that the nodes of a strong component reach, and are reached by, equally many.
func TestGonumStrongComponentsAgree(t *testing.T) {
	var ws graphs.Workspace
	var to, from graphs.Distances
	for g := range samples {
		to.Measure(g, graphs.Outgoing, &ws)
		from.Measure(g, graphs.Incoming, &ws)
		parts := topo.TarjanSCC(g.Directed())
		nodes := 0
		for _, part := range parts {
			nodes += len(part)
			for _, v := range part {
				first, id := part[0].ID(), v.ID()
				if to.Reached[id] != to.Reached[first] || from.Reached[id] != from.Reached[first] {
					t.Errorf("n %d: nodes %d and %d reach %d and %d", g.N(), first, id, to.Reached[first], to.Reached[id])
				}
				if int(to.Reached[id]) < len(part)-1 {
					t.Errorf("n %d: node %d reaches %d, its component has %d", g.N(), id, to.Reached[id], len(part))
				}
			}
		}
		if nodes != g.N() {
			t.Errorf("n %d: gonum sees %d nodes", g.N(), nodes)
		}
	}
}

func TestGonumCoresAgree(t *testing.T) {
	var ws graphs.Workspace
	for g := range samples {
		got := make([]int32, g.N())
		graphs.Cores(got, graphs.Symmetrized(g, &ws), &ws)
		_, cores := topo.DegeneracyOrdering(g.Undirected())
		for k, nodes := range cores {
			for _, v := range nodes {
				if got[v.ID()] != int32(k) {
					t.Errorf("n %d: node %d has core %d, gonum %d", g.N(), v.ID(), got[v.ID()], k)
				}
			}
		}
	}
}

// TestViewWeightsAreLengths compares gonum's weighted distances on both views
// with those of a plain all-pairs recursion over 1/strength.
func TestViewWeightsAreLengths(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	g := graphtest.Random(rng, 25, true, 0.1, 4)
	for _, c := range []struct {
		name   string
		all    path.AllShortest
		length func(u, v int) float64
	}{
		{"directed", path.DijkstraAllPaths(g.Directed()), func(u, v int) float64 {
			s, _ := g.Strength(u, v)
			return 1 / s
		}},
		{"undirected", path.DijkstraAllPaths(g.Undirected()), func(u, v int) float64 {
			there, _ := g.Strength(u, v)
			back, _ := g.Strength(v, u)
			return 1 / (there + back)
		}},
	} {
		want := floyd(g.N(), c.length)
		for u := range g.N() {
			for v := range g.N() {
				got := c.all.Weight(int64(u), int64(v))
				if got != want[u][v] && !(math.Abs(got-want[u][v]) <= 1e-12) {
					t.Errorf("%s: distance %d-%d is %v, want %v", c.name, u, v, got, want[u][v])
				}
			}
		}
	}
}

func floyd(n int, length func(u, v int) float64) [][]float64 {
	d := make([][]float64, n)
	for u := range d {
		d[u] = make([]float64, n)
		for v := range d[u] {
			if u != v {
				d[u][v] = length(u, v)
			}
		}
	}
	for k := range n {
		for u := range n {
			for v := range n {
				d[u][v] = min(d[u][v], d[u][k]+d[k][v])
			}
		}
	}
	return d
}

func TestViewsAnswerAsGonumAsks(t *testing.T) {
	g := graphs.New(3, true, []graphs.Arc{{0, 1, 2}, {1, 0, 2}, {2, 1, 4}})
	d, u := g.Directed(), g.Undirected()
	ids := func(it graph.Nodes) (list []int64) {
		for range 2 { // a second pass after Reset gives the same
			list = list[:0]
			left := it.Len()
			for it.Next() {
				left--
				list = append(list, it.Node().ID())
				if it.Len() != left {
					t.Errorf("Len is %d with %d to come", it.Len(), left)
				}
			}
			it.Reset()
		}
		return list
	}
	for _, c := range []struct {
		name string
		got  any
		want any
	}{
		{"nodes", len(ids(d.Nodes())), 3},
		{"absent node", d.Node(3) == nil && u.Node(-1) == nil, true},
		{"from 1", slices.Equal(ids(d.From(1)), []int64{0}), true},
		{"to 1", slices.Equal(ids(d.To(1)), []int64{0, 2}), true},
		{"around 1", slices.Equal(ids(u.From(1)), []int64{0, 2}), true},
		{"around an absent node", u.From(9) == graph.Empty, true},
		{"arc 1-2", d.HasEdgeFromTo(1, 2), false},
		{"tie 1-2", d.HasEdgeBetween(1, 2), true},
		{"no edge 1-2", d.Edge(1, 2) == nil, true},
		{"no edge 0-2", u.Edge(0, 2) == nil, true},
		{"edge 2-1", d.WeightedEdge(2, 1).Weight(), 0.25},
		{"edge between 1 and 0", u.WeightedEdgeBetween(1, 0).Weight(), 0.25},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
	if w, ok := d.Weight(1, 1); w != 0 || !ok {
		t.Errorf("Weight(1, 1) = %v, %v", w, ok)
	}
	if w, ok := u.Weight(0, 2); !math.IsInf(w, 1) || ok {
		t.Errorf("Weight(0, 2) = %v, %v", w, ok)
	}
}
