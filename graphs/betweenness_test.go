package graphs_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/graph/network"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// shapesToSearch are graphs of more than 64 nodes in which something can be
// left out: blocks that hang together by single nodes, twins, cliques that
// peel off one by one, and, in rings and grids, nothing.
func shapesToSearch() map[string]*graphs.Graph {
	rng := rand.New(rand.NewPCG(81, 82))
	list := map[string]*graphs.Graph{
		"path": graphtest.Path(90), "star": graphtest.Star(80), "cycle": graphtest.Cycle(101), "clique": graphtest.Clique(70),
		"bipartite": graphtest.Bipartite(20, 60), "isolates": graphtest.Empty(70), "grid": grid(9, 11), "ladder": grid(2, 50),
		"wheels":         chained(wheel(10), 12),
		"cliques":        chained(graphtest.Clique(6), 20),
		"blown-up cycle": blownUp(graphtest.Cycle(13), 6),
		"blown-up path":  blownUp(graphtest.Path(20), 4),
		"pieces":         graphtest.Union(grid(5, 9), graphtest.Star(30), graphtest.Clique(5), graphtest.Empty(3), chained(wheel(7), 5)),
	}
	for i := range 12 {
		n := 70 + 25*i
		list["collaboration "+string(rune('a'+i))] = graphtest.Collaboration(rng, n, n*3/4, 3+i%5)
		list["random "+string(rune('a'+i))] = graphtest.Random(rng, n, false, (1+float64(i))/float64(n), 2)
	}
	return list
}

func grid(a, b int) *graphs.Graph {
	var ties [][2]int
	for i := range a {
		for j := range b {
			if i > 0 {
				ties = append(ties, [2]int{(i-1)*b + j, i*b + j})
			}
			if j > 0 {
				ties = append(ties, [2]int{i*b + j - 1, i*b + j})
			}
		}
	}
	return graphtest.Undirected(a*b, ties...)
}

// chained joins copies of a graph into a chain in which neighbours share a node.
func chained(g *graphs.Graph, copies int) *graphs.Graph {
	step := g.N() - 1
	var ties [][2]int
	for i := range copies {
		for a := range g.All() {
			ties = append(ties, [2]int{step*i + int(a.From), step*i + int(a.To)})
		}
	}
	return graphtest.Undirected(step*copies+1, ties...)
}

// blownUp puts a clique of copies in the place of each node.
func blownUp(g *graphs.Graph, copies int) *graphs.Graph {
	var ties [][2]int
	for v := range g.N() {
		for i := range copies {
			for j := range i {
				ties = append(ties, [2]int{copies*v + i, copies*v + j})
			}
		}
	}
	for a := range g.All() {
		for i := range copies {
			for j := range copies {
				ties = append(ties, [2]int{copies*int(a.From) + i, copies*int(a.To) + j})
			}
		}
	}
	return graphtest.Undirected(copies*g.N(), ties...)
}

// TestBetweennessOfLargeGraphs compares with gonum's, which leaves nothing out
// and counts each pair twice.
func TestBetweennessOfLargeGraphs(t *testing.T) {
	var ws graphs.Workspace
	for name, g := range shapesToSearch() {
		got := make([]float64, g.N())
		graphs.Betweenness(got, g, &ws)
		want := network.Betweenness(g.Undirected())
		for v := range got {
			if x := want[int64(v)] / 2; !(math.Abs(got[v]-x) <= 1e-9*(1+x)) {
				t.Errorf("%s, node %d: %v, want %v", name, v, got[v], x)
				break
			}
		}
	}
}

// TestPathsAreTheSameOnAnyWorkers, bit for bit.
func TestPathsAreTheSameOnAnyWorkers(t *testing.T) {
	rng := rand.New(rand.NewPCG(85, 86))
	for _, g := range []*graphs.Graph{
		graphtest.Collaboration(rng, 3000, 2600, 5), graphtest.Random(rng, 1500, true, 0.004, 1),
		graphtest.Union(grid(2, 1100), graphtest.Star(20)), // more paths than can be counted
	} {
		var want []float64
		for _, workers := range []int{0, 1, 2, 3, 40} {
			ws := graphs.Workspace{Workers: workers}
			got := make([]float64, g.N())
			graphs.Betweenness(got, g, &ws)
			graphs.Betweenness(got, g, &ws) // in used memory
			var d graphs.Distances
			d.Measure(g, graphs.Outgoing, &ws)
			d.Measure(g, graphs.Incoming, &ws)
			got = append(append(got, d.Harmonic...), d.Residual...)
			if want == nil {
				want = got
			}
			if !slices.Equal(got, want) {
				t.Errorf("%d nodes: %d workers give another result", g.N(), workers)
			}
		}
	}
}

// TestBetweennessOfRelabelledGraphs: another order of the nodes leaves other
// classes out first.
func TestBetweennessOfRelabelledGraphs(t *testing.T) {
	rng := rand.New(rand.NewPCG(83, 84))
	var ws graphs.Workspace
	for name, g := range shapesToSearch() {
		order := rng.Perm(g.N())
		one, other := make([]float64, g.N()), make([]float64, g.N())
		graphs.Betweenness(one, g, &ws)
		graphs.Betweenness(other, graphtest.Relabelled(g, order), &ws)
		for v, x := range one {
			if y := other[order[v]]; !(math.Abs(x-y) <= 1e-9*(1+x)) {
				t.Errorf("%s, node %d: %v, relabelled %v", name, v, x, y)
				break
			}
		}
	}
}
