package graphs_test

import (
	"math/rand/v2"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// capacity is what each ordered pair of nodes can carry.
type capacity [][]int

// carried returns the greatest flow from s to t without a node, found path after
// path (Ford & Fulkerson), depth first.
func carried(g *graphs.Graph, s, t, without int) int {
	left := make(capacity, g.N())
	for v := range left {
		left[v] = make([]int, g.N())
		for _, w := range g.Out(v) {
			left[v][w] = 1
		}
	}
	flow := 0
	for {
		seen := make([]bool, g.N())
		if without >= 0 {
			seen[without] = true
		}
		if !left.push(s, t, seen) {
			return flow
		}
		flow++
	}
}

func (left capacity) push(v, t int, seen []bool) bool {
	if v == t {
		return true
	}
	seen[v] = true
	for w, c := range left[v] {
		if c > 0 && !seen[w] && left.push(w, t, seen) {
			left[v][w]--
			left[w][v]++
			return true
		}
	}
	return false
}

// looselyTied returns groups of nodes: they have cuts that no single node's ties make.
func looselyTied(rng *rand.Rand, groups, size int) *graphs.Graph {
	var pairs [][2]int
	for v := range groups * size {
		for w := range v {
			p := 0.5
			if v/size != w/size {
				p = 0.01
			}
			if rng.Float64() < p {
				pairs = append(pairs, [2]int{w, v})
			}
		}
	}
	return graphtest.Undirected(groups*size, pairs...)
}

// TestFlowBetweennessByDefinition: flows between all pairs, with and without each
// node, of graphs whose cuts are between groups of nodes or around single ones,
// on fewer nodes than a word has bits and on more.
func TestFlowBetweennessByDefinition(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 1))
	list := []*graphs.Graph{
		looselyTied(rng, 3, 7), looselyTied(rng, 4, 6), looselyTied(rng, 2, 9), looselyTied(rng, 9, 4),
		graphtest.Random(rng, 24, false, 0.08, 1), graphtest.Random(rng, 20, false, 0.3, 1), grid(4, 5), wheel(18),
		graphtest.Collaboration(rng, 30, 14, 5),
	}
	if !testing.Short() {
		list = append(list, looselyTied(rng, 11, 6), graphtest.Collaboration(rng, 70, 30, 5))
	}
	var ws graphs.Workspace
	for i, g := range list {
		for v, got := range flow(g, &ws) {
			want := 0
			for s := range g.N() {
				for u := range s {
					if s != v && u != v {
						want += carried(g, s, u, -1) - carried(g, s, u, v)
					}
				}
			}
			if got != float64(want) {
				t.Errorf("graph %d, node %d: %v, want %d", i, v, got, want)
			}
		}
	}
}
