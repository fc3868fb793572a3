package graphs_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// TestBetweennessDoesNotDependOnSize adds isolates until the kernel for large
// graphs is used; the others must keep their values.
func TestBetweennessDoesNotDependOnSize(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	var ws graphs.Workspace
	for _, directed := range []bool{false, true} {
		for range 20 {
			small := graphtest.Random(rng, 40, directed, 0.08, 1)
			var arcs []graphs.Arc
			for a := range small.All() {
				arcs = append(arcs, a)
			}
			large := graphs.New(200, directed, arcs)
			got, want := make([]float64, 200), make([]float64, 40)
			graphs.Betweenness(got, large, &ws)
			graphs.Betweenness(want, small, &ws)
			for v, x := range got {
				if v >= 40 && x != 0 || v < 40 && !(math.Abs(x-want[v]) <= 1e-10) {
					t.Errorf("directed %v: node %d has %v in the large graph", directed, v, x)
				}
			}
		}
	}
}

// chain joins diamonds end to end: 0 <(1,2)> 3 <(4,5)> 6 and so on, the two in
// the middle of each being tied as well. The shortest paths double in each
// diamond, beyond the largest float64 after a thousand.
func chain(diamonds int) (pairs [][2]int) {
	for i := range diamonds {
		a := 3 * i
		pairs = append(pairs, [2]int{a, a + 1}, [2]int{a, a + 2}, [2]int{a + 1, a + 2},
			[2]int{a + 1, a + 3}, [2]int{a + 2, a + 3})
	}
	return pairs
}

func TestBetweennessOfManyPaths(t *testing.T) {
	const n = 3*1030 + 1
	got := make([]float64, n)
	var ws graphs.Workspace
	graphs.Betweenness(got, graphtest.Undirected(n, chain(1030)...), &ws)
	for v, x := range got {
		a := v / 3 * 3
		want := float64(a+1) * float64(n-a-3) / 2 // one of the two between a and a+3
		if v == a {
			want = float64(a) * float64(n-a-1) // all pairs on different sides
		}
		if !(math.Abs(x-want) <= 1e-9*want) {
			t.Errorf("node %d has %v, want %v", v, x, want)
		}
	}
}

// TestBetweennessOfUnequalPaths lets a chain of diamonds with 2^1030 paths and
// a plain path of the same length meet at both ends. A pair at distance d has
// d-1 nodes between, so that the sums over all pairs must agree.
func TestBetweennessOfUnequalPaths(t *testing.T) {
	if testing.Short() {
		t.Skip("slow: searches with very many paths keep their exponents by hand")
	}
	const diamonds = 1030
	n := 3*diamonds + 1
	pairs := chain(diamonds)
	last := 0
	for range 2*diamonds - 1 {
		pairs = append(pairs, [2]int{last, n})
		last = n
		n++
	}
	pairs = append(pairs, [2]int{last, 3 * diamonds})
	g := graphtest.Undirected(n, pairs...)
	got := make([]float64, n)
	var ws graphs.Workspace
	var d graphs.Distances
	graphs.Betweenness(got, g, &ws)
	d.Measure(g, graphs.Incoming, &ws)
	sum, want := 0.0, 0.0
	for _, x := range got {
		sum += x
	}
	for distance, count := range d.Pairs {
		want += float64(count) * float64(distance-1) / 2
	}
	if !(math.Abs(sum-want) <= 1e-9*want) {
		t.Errorf("values sum to %v, the nodes between pairs to %v", sum, want)
	}
}

func TestClosureByDefinition(t *testing.T) {
	var ws graphs.Workspace
	var c graphs.Closure
	for g := range samples {
		und := graphs.Symmetrized(g, &ws)
		c.Measure(und, &ws)
		for v := range und.N() {
			triangles, constraint := closureOf(und, v)
			if c.Triangles[v] != triangles || !(math.Abs(c.Constraint[v]-constraint) <= 1e-12) {
				t.Errorf("n %d: node %d has %d triangles and constraint %v, want %d and %v",
					g.N(), v, c.Triangles[v], c.Constraint[v], triangles, constraint)
			}
		}
	}
}

// closureOf computes the triangles and the constraint of a node as they are
// defined.
func closureOf(g *graphs.Graph, v int) (triangles int64, constraint float64) {
	for _, j := range g.Out(v) {
		share := 1 / float64(len(g.Out(v)))
		for _, q := range g.Out(v) {
			if _, tied := g.Strength(int(q), int(j)); !tied {
				continue
			}
			share += 1 / float64(len(g.Out(v))*len(g.Out(int(q))))
			if q < j {
				triangles++
			}
		}
		constraint += share * share
	}
	return triangles, constraint
}

// TestCutPointsOfAllSmallGraphs tries every graph of up to six nodes.
func TestCutPointsOfAllSmallGraphs(t *testing.T) {
	var ws graphs.Workspace
	for n := range 7 {
		for set := range 1 << (n * (n - 1) / 2) {
			var pairs [][2]int
			bit := 0
			for v := range n {
				for u := range v {
					if set>>bit&1 == 1 {
						pairs = append(pairs, [2]int{u, v})
					}
					bit++
				}
			}
			checkCutPoints(t, graphtest.Undirected(n, pairs...), &ws)
		}
	}
}

func TestCutPointsOfRandomGraphs(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 16))
	var ws graphs.Workspace
	for range 50 {
		checkCutPoints(t, graphtest.Random(rng, 40, false, 0.05, 1), &ws)
	}
}

// checkCutPoints compares with the definition: without the node, the rest of
// its component falls into more than one piece.
func checkCutPoints(t *testing.T, g *graphs.Graph, ws *graphs.Workspace) {
	t.Helper()
	n := g.N()
	got := make([]bool, n)
	graphs.CutPoints(got, g, ws)
	for v := range n {
		pieces := 0
		seen := make([]bool, n)
		seen[v] = true
		for _, w := range g.Out(v) {
			if !seen[w] {
				pieces++
				visit(g, int(w), seen)
			}
		}
		if got[v] != (pieces > 1) {
			t.Errorf("n %d, %d ties: node %d cut point %v, leaves %d pieces", n, g.Ties(), v, got[v], pieces)
		}
	}
}

func visit(g *graphs.Graph, v int, seen []bool) {
	seen[v] = true
	for _, w := range g.Out(v) {
		if !seen[w] {
			visit(g, int(w), seen)
		}
	}
}

func TestKernelsPanicOnWrongArguments(t *testing.T) {
	var ws graphs.Workspace
	directed := graphtest.Directed(2, [2]int{0, 1})
	path := graphtest.Path(3)
	for name, call := range map[string]func(){
		"closure, directed":    func() { new(graphs.Closure).Measure(directed, &ws) },
		"components, directed": func() { new(graphs.Components).Find(directed) },
		"cores, directed":      func() { graphs.Cores(make([]int32, 2), directed, &ws) },
		"cut points, directed": func() { graphs.CutPoints(make([]bool, 2), directed, &ws) },
		"cores, length":        func() { graphs.Cores(make([]int32, 2), path, &ws) },
		"cut points, length":   func() { graphs.CutPoints(make([]bool, 4), path, &ws) },
		"betweenness, length":  func() { graphs.Betweenness(nil, path, &ws) },
	} {
		mustPanic(t, name, call)
	}
}

func TestKernelsDoNotAllocateOnceWarm(t *testing.T) {
	rng := rand.New(rand.NewPCG(17, 18))
	for _, n := range []int{40, 150} {
		var ws graphs.Workspace
		var d graphs.Distances
		var cl graphs.Closure
		var co graphs.Components
		between, cores, cuts := make([]float64, n), make([]int32, n), make([]bool, n)
		g := graphtest.Random(rng, n, true, 3/float64(n), 2)
		if allocs := testing.AllocsPerRun(3, func() {
			und := graphs.Symmetrized(g, &ws)
			d.Measure(g, graphs.Incoming, &ws)
			graphs.Betweenness(between, und, &ws)
			cl.Measure(und, &ws)
			co.Find(und)
			graphs.Cores(cores, und, &ws)
			graphs.CutPoints(cuts, und, &ws)
		}); allocs != 0 {
			t.Errorf("n %d: %v allocations", n, allocs)
		}
	}
}
