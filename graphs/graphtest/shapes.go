package graphtest

import "firmties/graphs"

// Undirected returns the graph of n nodes and the given pairs, of strength 1.
func Undirected(n int, pairs ...[2]int) *graphs.Graph { return graphs.New(n, false, unit(pairs)) }

// Directed returns the graph of n nodes and the given arcs, of strength 1.
func Directed(n int, arcs ...[2]int) *graphs.Graph { return graphs.New(n, true, unit(arcs)) }

func unit(pairs [][2]int) []graphs.Arc {
	arcs := make([]graphs.Arc, len(pairs))
	for i, p := range pairs {
		arcs[i] = graphs.Arc{From: int32(p[0]), To: int32(p[1]), Strength: 1}
	}
	return arcs
}

// Empty returns n isolates.
func Empty(n int) *graphs.Graph { return Undirected(n) }

// Path returns the path 0-1-...-(n-1).
func Path(n int) *graphs.Graph {
	var pairs [][2]int
	for v := 1; v < n; v++ {
		pairs = append(pairs, [2]int{v - 1, v})
	}
	return Undirected(n, pairs...)
}

// Cycle returns the path of n > 2 nodes closed to a ring.
func Cycle(n int) *graphs.Graph {
	pairs := [][2]int{{n - 1, 0}}
	for v := 1; v < n; v++ {
		pairs = append(pairs, [2]int{v - 1, v})
	}
	return Undirected(n, pairs...)
}

// Star returns node 0 tied to the n-1 others.
func Star(n int) *graphs.Graph { return Bipartite(1, n-1) }

// Bipartite returns the graph in which each of the nodes 0 to a-1 is tied to
// each of the b others.
func Bipartite(a, b int) *graphs.Graph {
	var pairs [][2]int
	for u := range a {
		for v := range b {
			pairs = append(pairs, [2]int{u, a + v})
		}
	}
	return Undirected(a+b, pairs...)
}

// Clique returns n nodes that are all tied.
func Clique(n int) *graphs.Graph {
	var pairs [][2]int
	for v := range n {
		for u := range v {
			pairs = append(pairs, [2]int{u, v})
		}
	}
	return Undirected(n, pairs...)
}

// Union returns undirected graphs side by side, the nodes of each after those
// of the one before.
func Union(parts ...*graphs.Graph) *graphs.Graph {
	n := 0
	var arcs []graphs.Arc
	for _, g := range parts {
		for a := range g.All() {
			arcs = append(arcs, graphs.Arc{From: a.From + int32(n), To: a.To + int32(n), Strength: a.Strength})
		}
		n += g.N()
	}
	return graphs.New(n, false, arcs)
}
