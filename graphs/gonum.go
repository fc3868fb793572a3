package graphs

import (
	"math"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/iterator"
	"gonum.org/v1/gonum/graph/simple"
)

// Directed returns g as a gonum graph with directed edges (two for each tie of
// an undirected graph). Nothing is copied. Weights are lengths: a tie of
// strength s has weight 1/s, because gonum's path algorithms take weights for
// distances.
func (g *Graph) Directed() DirectedView { return DirectedView{view{g}} }

// Undirected returns g as a gonum graph with undirected edges: a pair is
// joined if there is a tie in either direction, and the strengths of the two
// directions add. Nothing is copied. Weights are lengths, as in Directed.
func (g *Graph) Undirected() UndirectedView { return UndirectedView{view{g}} }

// DirectedView is a graph seen as gonum's graph.WeightedDirected.
type DirectedView struct{ view }

// UndirectedView is a graph seen as gonum's graph.WeightedUndirected.
type UndirectedView struct{ view }

var (
	_ graph.WeightedDirected   = DirectedView{}
	_ graph.WeightedUndirected = UndirectedView{}
)

// view is what the two views share.
type view struct{ g *Graph }

// has tells whether id is a node.
func (v view) has(id int64) bool { return id >= 0 && id < int64(v.g.N()) }

// Node returns the node with the given ID, or nil.
func (v view) Node(id int64) graph.Node {
	if !v.has(id) {
		return nil
	}
	return simple.Node(id)
}

// Nodes returns all nodes, ascending.
func (v view) Nodes() graph.Nodes {
	if v.g.N() == 0 {
		return graph.Empty
	}
	return iterator.NewImplicitNodes(0, v.g.N(), func(id int) graph.Node { return simple.Node(id) })
}

// HasEdgeBetween tells whether x and y are tied in either direction.
func (v view) HasEdgeBetween(x, y int64) bool { return v.strength(x, y)+v.strength(y, x) > 0 }

// strength is that of the tie from x to y, 0 where there is none.
func (v view) strength(x, y int64) float64 {
	if !v.has(x) || !v.has(y) {
		return 0
	}
	s, _ := v.g.Strength(int(x), int(y))
	return s
}

// HasEdgeFromTo tells whether there is a tie from u to v.
func (d DirectedView) HasEdgeFromTo(u, v int64) bool { return d.strength(u, v) > 0 }

// From returns the nodes that id has a tie to, ascending.
func (d DirectedView) From(id int64) graph.Nodes {
	if !d.has(id) {
		return graph.Empty
	}
	return rowNodes(d.g.Out(int(id)))
}

// To returns the nodes that have a tie to id, ascending.
func (d DirectedView) To(id int64) graph.Nodes {
	if !d.has(id) {
		return graph.Empty
	}
	return rowNodes(d.g.In(int(id)))
}

// Edge returns the edge from u to v, or nil.
func (d DirectedView) Edge(u, v int64) graph.Edge {
	if e := d.WeightedEdge(u, v); e != nil {
		return e
	}
	return nil
}

// WeightedEdge returns the edge from u to v with its length, or nil.
func (d DirectedView) WeightedEdge(u, v int64) graph.WeightedEdge {
	return edge(u, v, d.strength(u, v))
}

// Weight returns the length of the edge from x to y: 0 from a node to itself,
// infinite and false where there is none.
func (d DirectedView) Weight(x, y int64) (float64, bool) {
	return d.length(x, y, d.strength(x, y))
}

// From returns the nodes tied to id, ascending.
func (u UndirectedView) From(id int64) graph.Nodes {
	if !u.has(id) {
		return graph.Empty
	}
	if !u.g.directed {
		return rowNodes(u.g.Out(int(id)))
	}
	return mergedNodes(u.g, int(id))
}

// Edge returns the edge between x and y, or nil.
func (u UndirectedView) Edge(x, y int64) graph.Edge { return u.EdgeBetween(x, y) }

// EdgeBetween returns the edge between x and y, or nil.
func (u UndirectedView) EdgeBetween(x, y int64) graph.Edge {
	if e := u.WeightedEdgeBetween(x, y); e != nil {
		return e
	}
	return nil
}

// WeightedEdge returns the edge between x and y with its length, or nil.
func (u UndirectedView) WeightedEdge(x, y int64) graph.WeightedEdge {
	return u.WeightedEdgeBetween(x, y)
}

// WeightedEdgeBetween returns the edge between x and y with its length, or
// nil.
func (u UndirectedView) WeightedEdgeBetween(x, y int64) graph.WeightedEdge {
	return edge(x, y, u.bothStrength(x, y))
}

// Weight returns the length of the edge between x and y: 0 from a node to
// itself, infinite and false where there is none.
func (u UndirectedView) Weight(x, y int64) (float64, bool) {
	return u.length(x, y, u.bothStrength(x, y))
}

func (u UndirectedView) bothStrength(x, y int64) float64 {
	if !u.g.directed {
		return u.strength(x, y)
	}
	return u.strength(x, y) + u.strength(y, x)
}

func edge(u, v int64, strength float64) graph.WeightedEdge {
	if strength == 0 {
		return nil
	}
	return simple.WeightedEdge{F: simple.Node(u), T: simple.Node(v), W: 1 / strength}
}

func (v view) length(x, y int64, strength float64) (float64, bool) {
	switch {
	case x == y && v.has(x):
		return 0, true
	case strength == 0:
		return math.Inf(1), false
	default:
		return 1 / strength, true
	}
}

// walk is a graph.Nodes over the neighbours of one node.
type walk struct {
	degree, left int
	node         int32
	row          []int32 // the neighbours, or nil where g's two rows are merged
	merged       merge
}

func rowNodes(row []int32) graph.Nodes {
	if len(row) == 0 {
		return graph.Empty
	}
	return &walk{degree: len(row), left: len(row), row: row}
}

func mergedNodes(g *Graph, v int) graph.Nodes {
	degree := 0
	for m := bothWays(g, v); m.next(); {
		degree++
	}
	if degree == 0 {
		return graph.Empty
	}
	return &walk{degree: degree, left: degree, merged: bothWays(g, v)}
}

// Next moves to the next node and tells whether there is one.
func (w *walk) Next() bool {
	if w.left == 0 {
		return false
	}
	if w.row != nil {
		w.node = w.row[w.degree-w.left]
	} else {
		w.merged.next()
		w.node = w.merged.node
	}
	w.left--
	return true
}

// Node returns the current node.
func (w *walk) Node() graph.Node { return simple.Node(w.node) }

// Len returns how many nodes are still to come.
func (w *walk) Len() int { return w.left }

// Reset goes back to before the first node.
func (w *walk) Reset() {
	w.left = w.degree
	w.merged.o, w.merged.i = 0, 0
}
