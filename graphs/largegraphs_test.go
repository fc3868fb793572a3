package graphs_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// perNode evaluates a kernel that gives a value per node.
type perNode func(g *graphs.Graph, ws *graphs.Workspace) []float64

func flow(g *graphs.Graph, ws *graphs.Workspace) []float64 {
	x := make([]float64, g.N())
	graphs.FlowBetweenness(x, g, ws)
	return x
}

func egoBetweenness(g *graphs.Graph, ws *graphs.Workspace) []float64 {
	var e graphs.Egos
	e.Measure(g, ws)
	return e.Betweenness
}

func egoEfficiency(g *graphs.Graph, ws *graphs.Workspace) []float64 {
	var e graphs.Egos
	e.Measure(g, ws)
	return e.Efficiency
}

// closedWalks takes the largest degree for the largest eigenvalue, which it is
// at most.
func closedWalks(g *graphs.Graph, ws *graphs.Workspace) []float64 {
	x, degree := make([]float64, g.N()), 0
	for v := range g.N() {
		degree = max(degree, len(g.Out(v)))
	}
	graphs.ClosedWalks(x, g, float64(degree), ws)
	return x
}

func information(g *graphs.Graph, ws *graphs.Workspace) []float64 {
	var c graphs.Currents
	var parts graphs.Components
	parts.Find(g)
	c.Measure(g, &parts, ws)
	return c.Information
}

func currentFlow(g *graphs.Graph, ws *graphs.Workspace) []float64 {
	var c graphs.Currents
	var parts graphs.Components
	parts.Find(g)
	c.Measure(g, &parts, ws)
	return c.Betweenness
}

// wheel is a ring of n-1 nodes, all tied to node 0.
func wheel(n int) *graphs.Graph {
	var pairs [][2]int
	for v := 1; v < n; v++ {
		pairs = append(pairs, [2]int{0, v}, [2]int{v, v%(n-1) + 1})
	}
	return graphtest.Undirected(n, pairs...)
}

// TestClosedFormsOfLargeGraphs: more nodes, or partners, than a word has bits.
func TestClosedFormsOfLargeGraphs(t *testing.T) {
	ring := 0.0 // mean of 1/distance on a ring of 100
	for d := 1; d < 50; d++ {
		ring += 2 / float64(d)
	}
	ring = (ring + 1./50) / 99
	walks := 0.0 // on a ring of 100: the mean of exp over its eigenvalues
	for k := range 100 {
		walks += math.Exp(2*math.Cos(2*math.Pi*float64(k)/100)) / 100
	}
	for _, c := range []struct {
		name   string
		f      perNode
		g      *graphs.Graph
		node   int
		want   float64
		others float64 // of the last node
	}{
		{"ego betweenness of a wheel", egoBetweenness, wheel(101), 0, 100*99/2 - 100 - 100 + 50, 0.5},
		{"ego efficiency of a wheel", egoEfficiency, wheel(101), 0, ring, 5. / 6},
		{"ego betweenness of a star", egoBetweenness, graphtest.Star(130), 0, 129 * 128 / 2, 0},
		{"ego efficiency of a clique", egoEfficiency, graphtest.Clique(70), 0, 1, 1},
		{"flow in a clique", flow, graphtest.Clique(70), 0, 69 * 68 / 2, 69 * 68 / 2},
		{"flow round a ring", flow, graphtest.Cycle(130), 0, 129 * 128 / 2, 129 * 128 / 2},
		{"flow in a star", flow, graphtest.Star(130), 0, 129 * 128 / 2, 0},
		{"walks round a ring", closedWalks, graphtest.Cycle(100), 0, walks, walks},
		{"walks in a clique", closedWalks, graphtest.Clique(70), 0, (math.Exp(69) + 69*math.Exp(-1)) / 70, (math.Exp(69) + 69*math.Exp(-1)) / 70},
		{"walks in a star", closedWalks, graphtest.Star(101), 0, math.Cosh(10), (math.Cosh(10) + 99) / 100},
		{"information on a path", information, graphtest.Path(101), 0, 101. / 5050, 101. / 5050},
		{"current in a star", currentFlow, graphtest.Star(130), 0, 129 * 128 / 2, 0},
		// A pair of others sends 1/n to each third node of a clique of n.
		{"current in a clique", currentFlow, graphtest.Clique(70), 0, 69 * 68 / 2 / 70., 69 * 68 / 2 / 70.},
	} {
		var ws graphs.Workspace
		x := c.f(c.g, &ws)
		last := x[len(x)-1]
		if !(math.Abs(x[c.node]-c.want) <= 1e-12*c.want) || !(math.Abs(last-c.others) <= 1e-12*max(1, c.others)) {
			t.Errorf("%s: %v and %v, want %v and %v", c.name, x[c.node], last, c.want, c.others)
		}
	}
}

// TestWalksBeyondAFloat64 has exp(719)/720 closed walks at each node.
func TestWalksBeyondAFloat64(t *testing.T) {
	if testing.Short() {
		t.Skip("slow: squares a matrix of 720 rows six times")
	}
	var ws graphs.Workspace
	for v, x := range closedWalks(graphtest.Clique(720), &ws) {
		if x != math.MaxFloat64 {
			t.Errorf("node %d has %v", v, x)
		}
	}
}

// TestPartsKeepTheirValues: what a kernel says of the first component of a
// graph does not depend on what else there is.
func TestPartsKeepTheirValues(t *testing.T) {
	rng := rand.New(rand.NewPCG(81, 82))
	for name, f := range map[string]perNode{
		"flow": flow, "ego betweenness": egoBetweenness, "ego efficiency": egoEfficiency, "closed walks": closedWalks,
		"information": information, "current flow": currentFlow,
	} {
		var ws graphs.Workspace
		for range 5 {
			g := graphtest.Random(rng, 50, false, 0.07, 1)
			want := slices.Clone(f(g, &ws))
			for _, more := range []*graphs.Graph{graphtest.Star(30), graphtest.Clique(90), graphtest.Path(150)} {
				got := f(graphtest.Union(g, more), &ws)
				for v, x := range want {
					if !(math.Abs(got[v]-x) <= 1e-10*max(1, x)) {
						t.Errorf("%s: node %d has %v, and %v beside %d others", name, v, x, got[v], more.N())
					}
				}
			}
		}
	}
}

// TestArcPathsOfManyPaths has 2^1030 shortest paths.
func TestArcPathsOfManyPaths(t *testing.T) {
	const diamonds = 1030
	n := 3*diamonds + 1
	var arcs [][2]int
	for i := range diamonds {
		a := 3 * i
		arcs = append(arcs, [2]int{a, a + 1}, [2]int{a, a + 2}, [2]int{a + 1, a + 3}, [2]int{a + 2, a + 3})
	}
	var p graphs.ArcPaths
	var w graphs.WeightedPaths
	var ws graphs.Workspace
	p.Measure(graphtest.Directed(n, arcs...), &ws)
	middle := 3 * (diamonds / 2)
	before, behind := float64(middle), float64(n-1-middle)
	// The firms 1 and 2 steps behind the middle: two, then one.
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"proximal", p.Proximal[middle], before * 2},
		{"load", p.Load[middle], before*behind + before + behind},
		{"stress", p.Stress[middle], math.MaxFloat64},
		{"linear of one in a diamond", p.Linear[1], 0.5 * lastOf(n)},
	} {
		if !(math.Abs(c.got-c.want) <= 1e-9*c.want) {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
	w.Measure(graphtest.Undirected(n, chain(diamonds)...), &ws)
	if want := before * behind; !(math.Abs(w.Betweenness[middle]-want) <= 1e-9*want) {
		t.Errorf("betweenness of the middle %v, want %v", w.Betweenness[middle], want)
	}
}

// lastOf sums 1/distance from the first node of a chain of diamonds to those at
// two steps or more.
func lastOf(n int) float64 {
	sum := 0.0
	for v := 3; v < n; v++ {
		distance := 2 * (v / 3)
		if v%3 > 0 {
			distance++
		}
		sum += 1 / float64(distance)
	}
	return sum
}

// TestWeightedPathsOfExtremeStrengths: no distance or sum is beyond a float64.
func TestWeightedPathsOfExtremeStrengths(t *testing.T) {
	tiny, huge := math.SmallestNonzeroFloat64, math.MaxFloat64
	g := graphs.New(5, true, []graphs.Arc{
		{From: 0, To: 1, Strength: huge}, {From: 1, To: 0, Strength: huge}, {From: 1, To: 2, Strength: tiny},
		{From: 2, To: 3, Strength: huge}, {From: 3, To: 4, Strength: tiny},
	})
	var ws graphs.Workspace
	var w graphs.WeightedPaths
	var h graphs.Holes
	var c graphs.Corners
	und := graphs.Symmetrized(g, &ws)
	w.Measure(und, &ws)
	h.Measure(und, true, &ws)
	c.Measure(und, &ws)
	for v := range 5 {
		for _, x := range []float64{w.Farness[v], w.Harmonic[v], w.Betweenness[v], h.Constraint[v], h.EffectiveSize[v], h.Hierarchy[v], c.Product[v], c.Root[v], c.Share[v]} {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				t.Errorf("node %d: %v", v, x)
			}
		}
	}
	if w.Betweenness[2] != 4 {
		t.Errorf("betweenness of the middle %v, want 4", w.Betweenness[2])
	}
}

func TestMutualAndArcCounts(t *testing.T) {
	g := graphs.New(4, true, []graphs.Arc{
		{From: 0, To: 1, Strength: 5}, {From: 1, To: 0, Strength: 2}, {From: 1, To: 2, Strength: 3}, {From: 3, To: 1, Strength: 1},
	})
	var ws graphs.Workspace
	if ties := slices.Collect(graphs.Mutual(g, &ws).All()); !slices.Equal(ties, []graphs.Arc{{From: 0, To: 1, Strength: 1}}) {
		t.Errorf("mutual %v", ties)
	}
	want := []graphs.Arc{{From: 0, To: 1, Strength: 2}, {From: 1, To: 2, Strength: 1}, {From: 1, To: 3, Strength: 1}}
	if ties := slices.Collect(graphs.ArcCounts(g, &ws).All()); !slices.Equal(ties, want) {
		t.Errorf("counts %v, want %v", ties, want)
	}
	cover := slices.Collect(graphs.DoubleCover(g, &ws).All())
	want = []graphs.Arc{{From: 0, To: 5, Strength: 1}, {From: 1, To: 4, Strength: 1}, {From: 1, To: 6, Strength: 1}, {From: 3, To: 5, Strength: 1}}
	if !slices.Equal(cover, want) {
		t.Errorf("double cover %v, want %v", cover, want)
	}
}

func TestNewKernelsPanicOnWrongArguments(t *testing.T) {
	var ws graphs.Workspace
	directed, path := graphtest.Directed(2, [2]int{0, 1}), graphtest.Path(3)
	for name, call := range map[string]func(){
		"counts, undirected":      func() { graphs.ArcCounts(path, &ws) },
		"mutual, undirected":      func() { graphs.Mutual(path, &ws) },
		"egos, directed":          func() { new(graphs.Egos).Measure(directed, &ws) },
		"holes, directed":         func() { new(graphs.Holes).Measure(directed, true, &ws) },
		"corners, directed":       func() { new(graphs.Corners).Measure(directed, &ws) },
		"weighted, directed":      func() { new(graphs.WeightedPaths).Measure(directed, &ws) },
		"currents, directed":      func() { new(graphs.Currents).Measure(directed, new(graphs.Components), &ws) },
		"flow, directed":          func() { graphs.FlowBetweenness(make([]float64, 2), directed, &ws) },
		"flow, length":            func() { graphs.FlowBetweenness(nil, path, &ws) },
		"walks, directed":         func() { graphs.ClosedWalks(make([]float64, 2), directed, 1, &ws) },
		"walks, length":           func() { graphs.ClosedWalks(nil, path, 1, &ws) },
		"squares, directed":       func() { graphs.Squares(make([]int64, 2), directed, &ws) },
		"squares, length":         func() { graphs.Squares(nil, path, &ws) },
		"ego constraint, length":  func() { graphs.EgoConstraint(nil, path, &ws) },
		"arc cores, length":       func() { graphs.ArcCores(nil, directed, true, false, &ws) },
		"ego constraint, digraph": func() { graphs.EgoConstraint(make([]float64, 2), directed, &ws) },
	} {
		mustPanic(t, name, call)
	}
}
