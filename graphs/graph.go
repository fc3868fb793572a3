package graphs

import (
	"fmt"
	"iter"
	"math"
	"slices"
)

// Arc is a tie from one node to another, or between the two in an undirected
// graph. Its strength is positive; 1 where strength has no meaning.
type Arc struct {
	From, To int32
	Strength float64
}

// Graph is an immutable directed or undirected graph of the nodes 0 to N()-1,
// without ties from a node to itself and with at most one tie per pair (per
// ordered pair, if directed). Neighbours are sorted. Any number of goroutines
// may read it.
type Graph struct {
	directed bool
	out, in  adjacency // the same arrays in an undirected graph
}

// adjacency is a compressed sparse row matrix: the neighbours of v are
// node[start[v]:start[v+1]], ascending. strength is nil where all are 1.
type adjacency struct {
	start    []int64
	node     []int32
	strength []float64
}

// New returns the graph of n nodes with the given ties, whose order does not
// matter; an undirected tie may name its ends either way round. It panics if
// an end is out of range, a tie joins a node with itself or is given twice, or
// a strength is not positive and finite.
func New(n int, directed bool, arcs []Arc) *Graph {
	checkArcs(n, arcs)
	raw := bucket(n, !directed, arcs)
	var out adjacency
	transpose(&out, &raw)
	checkSimple(&out)
	if !directed {
		return &Graph{out: out, in: out}
	}
	transpose(&raw, &out)
	return &Graph{directed: true, out: out, in: raw}
}

func checkArcs(n int, arcs []Arc) {
	if n < 0 || n > math.MaxInt32 {
		panic(fmt.Sprintf("graphs: %d nodes", n))
	}
	for _, a := range arcs {
		if a.From < 0 || a.To < 0 || int(a.From) >= n || int(a.To) >= n {
			panic(fmt.Sprintf("graphs: tie %d-%d in a graph of %d nodes", a.From, a.To, n))
		}
		if a.From == a.To {
			panic(fmt.Sprintf("graphs: tie from node %d to itself", a.From))
		}
		if !(a.Strength > 0) || math.IsInf(a.Strength, 1) {
			panic(fmt.Sprintf("graphs: tie %d-%d has strength %v", a.From, a.To, a.Strength))
		}
	}
}

func checkSimple(a *adjacency) {
	for v := range a.nodes() {
		row := a.row(v)
		for i := 1; i < len(row); i++ {
			if row[i-1] == row[i] {
				panic(fmt.Sprintf("graphs: tie %d-%d given twice", v, row[i]))
			}
		}
	}
}

// bucket lists, for each node, the ties that end there (with both, also those
// that start there), in the order of arcs.
func bucket(n int, both bool, arcs []Arc) adjacency {
	var a adjacency
	m := len(arcs)
	if both {
		m *= 2
	}
	a.resize(n, m, slices.ContainsFunc(arcs, func(arc Arc) bool { return arc.Strength != 1 }))
	for _, arc := range arcs {
		a.start[arc.To+1]++
		if both {
			a.start[arc.From+1]++
		}
	}
	a.accumulate()
	for _, arc := range arcs {
		a.push(arc.To, arc.From, arc.Strength)
		if both {
			a.push(arc.From, arc.To, arc.Strength)
		}
	}
	a.rewind()
	return a
}

// transpose sets dst to src with rows and columns exchanged. The rows of dst
// come out sorted whether or not those of src are, which is how New sorts.
func transpose(dst, src *adjacency) {
	dst.resize(src.nodes(), len(src.node), src.strength != nil)
	for _, w := range src.node {
		dst.start[w+1]++
	}
	dst.accumulate()
	for v := range src.nodes() {
		for i := src.start[v]; i < src.start[v+1]; i++ {
			s := 1.0
			if src.strength != nil {
				s = src.strength[i]
			}
			dst.push(src.node[i], int32(v), s)
		}
	}
	dst.rewind()
}

// resize makes room for n rows and m entries, with all counts zero.
func (a *adjacency) resize(n, m int, weighted bool) {
	a.start = resized(a.start, n+1)
	clear(a.start)
	a.node = resized(a.node, m)
	if weighted {
		a.strength = resized(a.strength, m)
	} else {
		a.strength = nil
	}
}

// accumulate turns the counts of rows, each kept one place to the right, into
// the places where the rows start.
func (a *adjacency) accumulate() {
	for v := range a.nodes() {
		a.start[v+1] += a.start[v]
	}
}

// push writes an entry at the start of row v, and moves that start behind it.
func (a *adjacency) push(v, w int32, strength float64) {
	i := a.start[v]
	a.start[v] = i + 1
	a.node[i] = w
	if a.strength != nil {
		a.strength[i] = strength
	}
}

// rewind restores the starts that push has moved: row v now starts where row
// v-1 was seen to end.
func (a *adjacency) rewind() {
	n := a.nodes()
	copy(a.start[1:], a.start[:n])
	a.start[0] = 0
}

func (a *adjacency) nodes() int { return len(a.start) - 1 }

func (a *adjacency) row(v int) []int32 { return a.node[a.start[v]:a.start[v+1]] }

// strengths is the row of strengths of v, or nil where all are 1.
func (a *adjacency) strengths(v int) []float64 {
	if a.strength == nil {
		return nil
	}
	return a.strength[a.start[v]:a.start[v+1]]
}

// N returns the number of nodes.
func (g *Graph) N() int { return g.out.nodes() }

// Ties returns the number of arcs of a directed graph, of edges of an
// undirected one.
func (g *Graph) Ties() int64 {
	m := int64(len(g.out.node))
	if !g.directed {
		m /= 2
	}
	return m
}

// IsDirected tells whether ties have a direction.
func (g *Graph) IsDirected() bool { return g.directed }

// Out returns the nodes that v has a tie to, ascending. The caller must not
// change them.
func (g *Graph) Out(v int) []int32 { return g.out.row(v) }

// In returns the nodes that have a tie to v, ascending. The caller must not
// change them.
func (g *Graph) In(v int) []int32 { return g.in.row(v) }

// OutStrengths returns the strengths of the ties to Out(v), in the same
// order, or nil where every tie of the graph has strength 1.
func (g *Graph) OutStrengths(v int) []float64 { return g.out.strengths(v) }

// InStrengths returns the strengths of the ties from In(v), in the same
// order, or nil where every tie of the graph has strength 1.
func (g *Graph) InStrengths(v int) []float64 { return g.in.strengths(v) }

// Strength returns the strength of the tie from u to v, and whether there is
// one.
func (g *Graph) Strength(u, v int) (float64, bool) {
	i, ok := slices.BinarySearch(g.Out(u), int32(v))
	if !ok {
		return 0, false
	}
	if s := g.OutStrengths(u); s != nil {
		return s[i], true
	}
	return 1, true
}

// All yields every tie once, ordered by From, then To. Of an undirected tie
// From is the smaller end.
func (g *Graph) All() iter.Seq[Arc] {
	return func(yield func(Arc) bool) {
		for v := range g.N() {
			s := g.OutStrengths(v)
			for i, w := range g.Out(v) {
				if !g.directed && int(w) < v {
					continue
				}
				a := Arc{From: int32(v), To: w, Strength: 1}
				if s != nil {
					a.Strength = s[i]
				}
				if !yield(a) {
					return
				}
			}
		}
	}
}
