package graphs_test

import (
	"math/bits"
	"math/rand/v2"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// ties are the neighbours of each node as sets of bits, for trying all sets.
func ties(g *graphs.Graph) []uint {
	rows := make([]uint, g.N())
	for v := range rows {
		for _, w := range g.Out(v) {
			rows[v] |= 1 << w
		}
	}
	return rows
}

// joined tells whether the nodes of a set are connected among themselves.
func joined(rows []uint, set uint) bool {
	reached := set & -set
	for {
		next := reached
		for v := range rows {
			if reached>>v&1 == 1 {
				next |= rows[v] & set
			}
		}
		if next == reached {
			return reached == set
		}
		reached = next
	}
}

// connectivityOf tries to remove every set of nodes.
func connectivityOf(rows []uint, set uint) int {
	k := bits.OnesCount(set) - 1
	for cut := set; cut > 0; cut = (cut - 1) & set {
		if rest := set &^ cut; rest != 0 && !joined(rows, rest) {
			k = min(k, bits.OnesCount(cut))
		}
	}
	if !joined(rows, set) {
		return 0
	}
	return k
}

func TestConnectivityByTryingAllSets(t *testing.T) {
	rng := rand.New(rand.NewPCG(25, 26))
	var c graphs.Connectivity
	check := func(g *graphs.Graph) {
		t.Helper()
		rows := ties(g)
		deepest := 0
		for set := uint(1); set < 1<<g.N(); set++ {
			k := connectivityOf(rows, set)
			deepest = max(deepest, k)
			if !joined(rows, set) {
				continue
			}
			var members []int32
			for v := range int32(g.N()) {
				if set>>v&1 == 1 {
					members = append(members, v)
				}
			}
			if got := c.Of(g, members); got != k {
				t.Fatalf("%v of %v: connectivity %d, want %d", members, ties(g), got, k)
			}
		}
		if got := c.Deepest(g); got != deepest {
			t.Fatalf("%v: deepest %d, want %d", ties(g), got, deepest)
		}
	}
	for g := range allGraphs(5) {
		check(g)
	}
	for range 60 {
		check(graphtest.Random(rng, 8, false, 0.2+0.6*rng.Float64(), 1))
	}
}

// TestDeepestOfKnownBlocks hangs blocks of known depth together.
func TestDeepestOfKnownBlocks(t *testing.T) {
	var c graphs.Connectivity
	for _, x := range []struct {
		name string
		g    *graphs.Graph
		want int
	}{
		{"no nodes", graphtest.Empty(0), 0},
		{"isolates", graphtest.Empty(3), 0},
		{"path", graphtest.Path(5), 1},
		{"ring", graphtest.Cycle(9), 2},
		{"bipartite", graphtest.Bipartite(4, 7), 4},
		{"cliques side by side", graphtest.Union(graphtest.Clique(3), graphtest.Clique(6), graphtest.Cycle(30)), 5},
		{"cliques with two nodes in common", overlapping(6, 2), 5},
	} {
		if got := c.Deepest(x.g); got != x.want {
			t.Errorf("%s: %d, want %d", x.name, got, x.want)
		}
	}
}

// TestConnectivityWhereTheLeastDegreeCuts joins two cliques by one node with
// fewer ties than any other.
func TestConnectivityWhereTheLeastDegreeCuts(t *testing.T) {
	var pairs [][2]int
	for v := 1; v < 13; v++ {
		for u := 1; u < v; u++ {
			if (u <= 6) == (v <= 6) {
				pairs = append(pairs, [2]int{u, v})
			}
		}
	}
	for _, v := range []int{1, 2, 7, 8} {
		pairs = append(pairs, [2]int{0, v})
	}
	g := graphtest.Undirected(13, pairs...)
	var c graphs.Connectivity
	if got := c.Of(g, []int32{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}); got != 1 {
		t.Errorf("connectivity %d, want 1", got)
	}
	if got := c.Deepest(g); got != 5 {
		t.Errorf("deepest %d, want 5", got)
	}
}

// overlapping are two cliques of k nodes with some of them in common.
func overlapping(k, common int) *graphs.Graph {
	var pairs [][2]int
	for v := range 2*k - common {
		for u := range v {
			if v < k || u >= k-common {
				pairs = append(pairs, [2]int{u, v})
			}
		}
	}
	return graphtest.Undirected(2*k-common, pairs...)
}

func TestCliquesByTryingAllSets(t *testing.T) {
	rng := rand.New(rand.NewPCG(27, 28))
	var ws graphs.Workspace
	var c graphs.Cliques
	check := func(g *graphs.Graph) {
		t.Helper()
		rows := ties(g)
		largest, maximal := 0, int64(0)
		for set := uint(1); set < 1<<g.N(); set++ {
			common, tied := ^uint(0), true
			for v := range rows {
				if set>>v&1 == 1 {
					common &= rows[v]
					tied = tied && set&^(1<<v)&^rows[v] == 0
				}
			}
			size := bits.OnesCount(set)
			if tied {
				largest = max(largest, size)
			}
			if tied && size >= 3 && common == 0 {
				maximal++
			}
		}
		if got, certain := c.Number(g, 1e6, &ws); got != largest || !certain {
			t.Fatalf("%v: largest clique %d (%v), want %d", rows, got, certain, largest)
		}
		if got := c.Maximal(g, 1e6, &ws); got != maximal {
			t.Fatalf("%v: %d maximal cliques, want %d", rows, got, maximal)
		}
	}
	for g := range allGraphs(6) {
		check(g)
	}
	for range 100 {
		check(graphtest.Random(rng, 11, false, 0.2+0.7*rng.Float64(), 1))
	}
}

// TestCliquesOfManyWords has nodes with more partners than a word has bits:
// the complement of a perfect matching of 2k nodes has 2^k maximal cliques, of
// k nodes each (Moon & Moser 1965).
func TestCliquesOfManyWords(t *testing.T) {
	var ws graphs.Workspace
	var c graphs.Cliques
	party := func(k int) *graphs.Graph {
		var pairs [][2]int
		for v := range 2 * k {
			for u := range v {
				if u/2 != v/2 {
					pairs = append(pairs, [2]int{u, v})
				}
			}
		}
		return graphtest.Undirected(2*k, pairs...)
	}
	if got := c.Maximal(party(14), 1<<20, &ws); got != 1<<14 {
		t.Errorf("%d maximal cliques, want %d", got, 1<<14)
	}
	if got := c.Maximal(party(50), 1000, &ws); got != 1000 {
		t.Errorf("%d maximal cliques of a great many, want to stop at 1000", got)
	}
	if got, certain := c.Number(party(50), 100000, &ws); got != 50 || !certain {
		t.Errorf("largest clique %d (%v), want 50", got, certain)
	}
	if got, certain := c.Number(graphtest.Random(rand.New(rand.NewPCG(1, 1)), 200, false, 0.9, 1), 10, &ws); certain || got < 2 {
		t.Errorf("a clique of %d in ten steps, certain %v", got, certain)
	}
	if got := c.Maximal(graphtest.Union(graphtest.Clique(70), graphtest.Clique(2), graphtest.Cycle(4)), 10, &ws); got != 1 {
		t.Errorf("%d maximal cliques, want the one of 70", got)
	}
}

// TestCliquesDoNotDependOnSize: isolates call for the search by rows of any
// length.
func TestCliquesDoNotDependOnSize(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 64))
	var c graphs.Cliques
	var ws graphs.Workspace
	for _, p := range []float64{0.1, 0.3, 0.6} {
		small := graphtest.Random(rng, 40, false, p, 1)
		large := among(small, 70)
		size, _ := c.Number(small, 1e6, &ws)
		if got, certain := c.Number(large, 1e6, &ws); got != size || !certain {
			t.Errorf("ties %v: %d, and %d among isolates, for certain: %v", p, size, got, certain)
		}
		maximal := c.Maximal(small, 1e6, &ws)
		if got := c.Maximal(large, 1e6, &ws); got != maximal {
			t.Errorf("ties %v: %d maximal cliques, and %d among isolates", p, maximal, got)
		}
	}
}
