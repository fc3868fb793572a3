package graphs_test

import (
	"iter"
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
			large := among(small, 200)
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

// among returns g with isolates added, n nodes in all.
func among(g *graphs.Graph, n int) *graphs.Graph {
	var arcs []graphs.Arc
	for a := range g.All() {
		arcs = append(arcs, a)
	}
	return graphs.New(n, g.IsDirected(), arcs)
}

// TestPathsDoNotDependOnSize: paths along arcs and by length are the same where
// isolates call for the kernel for large graphs.
func TestPathsDoNotDependOnSize(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 16))
	var ws graphs.Workspace
	for i := range 30 {
		g := graphtest.Random(rng, 40, i%2 == 0, 0.08, 1+i%4)
		var arcs [2]graphs.ArcPaths
		var lengths [2]graphs.WeightedPaths
		for k, h := range [2]*graphs.Graph{g, among(g, 70)} {
			arcs[k].Measure(h, &ws)
			lengths[k].Measure(graphs.Symmetrized(h, &ws), &ws)
		}
		for name, pair := range map[string][2][]float64{
			"proximal": {arcs[0].Proximal, arcs[1].Proximal}, "length": {arcs[0].Length, arcs[1].Length},
			"linear": {arcs[0].Linear, arcs[1].Linear}, "stress": {arcs[0].Stress, arcs[1].Stress},
			"load": {arcs[0].Load, arcs[1].Load}, "betweenness by length": {lengths[0].Betweenness, lengths[1].Betweenness},
			"farness by length": {lengths[0].Farness, lengths[1].Farness}, "harmonic by length": {lengths[0].Harmonic, lengths[1].Harmonic},
		} {
			for v, x := range pair[0] {
				if !(math.Abs(x-pair[1][v]) <= 1e-11*max(1, x)) {
					t.Errorf("%s of node %d: %v, and %v among isolates", name, v, x, pair[1][v])
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

// layers returns a graph in which each of four nodes leads to each of the next
// four.
func layers(depth int) *graphs.Graph {
	var arcs [][2]int
	for v := range 4 * (depth - 1) {
		for w := range 4 {
			arcs = append(arcs, [2]int{v, v/4*4 + 4 + w})
		}
	}
	return graphtest.Directed(4*depth, arcs...)
}

// TestBetweennessOfLayers has up to 4^513 shortest paths of a pair, a quarter of
// them by way of each node between.
func TestBetweennessOfLayers(t *testing.T) {
	for _, depth := range []int{30, 515} {
		g := layers(depth)
		got := make([]float64, g.N())
		var ws graphs.Workspace
		graphs.Betweenness(got, g, &ws)
		for v, x := range got {
			before := float64(v / 4 * 4)
			want := before * (float64(g.N()) - before - 4) / 4
			if !(math.Abs(x-want) <= 1e-9*want) {
				t.Errorf("%d layers, node %d has %v, want %v", depth, v, x, want)
				break
			}
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

// TestCutsOfAllSmallGraphs tries every graph of up to six nodes.
func TestCutsOfAllSmallGraphs(t *testing.T) {
	var c graphs.Cuts
	for g := range allGraphs(6) {
		checkCuts(t, g, &c)
	}
}

// allGraphs yields every undirected graph of up to n nodes.
func allGraphs(n int) iter.Seq[*graphs.Graph] {
	return func(yield func(*graphs.Graph) bool) {
		for n := range n + 1 {
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
				if !yield(graphtest.Undirected(n, pairs...)) {
					return
				}
			}
		}
	}
}

func TestCutsOfRandomGraphs(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 16))
	var c graphs.Cuts
	for range 50 {
		checkCuts(t, graphtest.Random(rng, 40, false, 0.05, 1), &c)
	}
}

// checkCuts compares with the definitions, removing each node and each tie.
func checkCuts(t *testing.T, g *graphs.Graph, c *graphs.Cuts) {
	t.Helper()
	n := g.N()
	c.Find(g)
	bridges := int64(0)
	for v := range n {
		seen := make([]bool, n)
		seen[v] = true
		pieces, joined := 0, int64(0)
		for _, w := range g.Out(v) {
			if !seen[w] {
				size := int64(visit(g, int(w), seen))
				pieces++
				joined += size * (size - 1) / 2
			}
		}
		if c.Point[v] != (pieces > 1) || c.Joined[v] != joined {
			t.Errorf("n %d, %d ties: node %d cut point %v, %d pairs joined; leaves %d pieces, %d pairs", n, g.Ties(), v, c.Point[v], c.Joined[v], pieces, joined)
		}
	}
	for tie := range g.All() {
		if parted(g, tie) {
			bridges++
		}
	}
	if c.Bridges != bridges {
		t.Errorf("n %d, %d ties: %d bridges, want %d", n, g.Ties(), c.Bridges, bridges)
	}
}

// parted tells whether the ends of a tie are no longer joined without it.
func parted(g *graphs.Graph, tie graphs.Arc) bool {
	var others []graphs.Arc
	for other := range g.All() {
		if other != tie {
			others = append(others, other)
		}
	}
	seen := make([]bool, g.N())
	visit(graphs.New(g.N(), false, others), int(tie.From), seen)
	return !seen[tie.To]
}

// visit marks what can be reached from v over unmarked nodes, and returns how
// many nodes that is, v included.
func visit(g *graphs.Graph, v int, seen []bool) int {
	seen[v] = true
	count := 1
	for _, w := range g.Out(v) {
		if !seen[w] {
			count += visit(g, int(w), seen)
		}
	}
	return count
}

func TestKernelsPanicOnWrongArguments(t *testing.T) {
	var ws graphs.Workspace
	directed := graphtest.Directed(2, [2]int{0, 1})
	path := graphtest.Path(3)
	for name, call := range map[string]func(){
		"closure, directed":      func() { new(graphs.Closure).Measure(directed, &ws) },
		"components, directed":   func() { new(graphs.Components).Find(directed) },
		"cores, directed":        func() { graphs.Cores(make([]int32, 2), directed, &ws) },
		"cuts, directed":         func() { new(graphs.Cuts).Find(directed) },
		"connectivity, directed": func() { new(graphs.Connectivity).Of(directed, []int32{0, 1}) },
		"deepest, directed":      func() { new(graphs.Connectivity).Deepest(directed) },
		"cliques, directed":      func() { new(graphs.Cliques).Number(directed, 1, &ws) },
		"cores, length":          func() { graphs.Cores(make([]int32, 2), path, &ws) },
		"betweenness, length":    func() { graphs.Betweenness(nil, path, &ws) },
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
		var cuts graphs.Cuts
		var strong graphs.StrongComponents
		var cliques graphs.Cliques
		var connectivity graphs.Connectivity
		between, cores := make([]float64, n), make([]int32, n)
		g := graphtest.Random(rng, n, true, 3/float64(n), 2)
		if allocs := testing.AllocsPerRun(3, func() {
			und := graphs.Symmetrized(g, &ws)
			d.Measure(g, graphs.Incoming, &ws)
			graphs.Betweenness(between, und, &ws)
			cl.Measure(und, &ws)
			co.Find(und)
			graphs.Cores(cores, und, &ws)
			cuts.Find(und)
			strong.Find(g)
			cliques.Number(und, 1000, &ws)
			cliques.Maximal(und, 1000, &ws)
			connectivity.Deepest(und)
		}); allocs != 0 {
			t.Errorf("n %d: %v allocations", n, allocs)
		}
	}
}
