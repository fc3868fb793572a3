package graphs

import "math"

// Symmetrized returns the undirected version of g: a pair is tied if there is
// a tie in either direction, and the strengths of the two directions add, to
// the largest float64 at most. An undirected graph is returned as it is;
// otherwise the result lives in the workspace until the next call.
func Symmetrized(g *Graph, ws *Workspace) *Graph {
	if !g.directed {
		return g
	}
	symmetrize(&ws.symmetric, g, g.out.strength, g.in.strength)
	return &ws.symmetric
}

// ArcCounts returns the undirected version of a directed g in which the
// strength of a pair is the number of arcs between the two, 1 or 2. It lives
// in the workspace until the next call. It panics if g is undirected.
func ArcCounts(g *Graph, ws *Workspace) *Graph {
	mustBeDirected("ArcCounts", g)
	symmetrize(&ws.counts, g, nil, nil)
	return &ws.counts
}

// symmetrize sets dst to the undirected version of g with the given strengths of
// arcs, as they stand in the rows out and in, nil where all are 1.
func symmetrize(dst, g *Graph, out, in []float64) {
	adj := &dst.out
	adj.resize(g.N(), 2*len(g.out.node), true)
	end := 0
	for v := range g.N() {
		var m rowMerge
		m.node, m.strength = adj.node[end:], adj.strength[end:]
		m.add(g.out.row(v), g.in.row(v), part(out, &g.out, v), part(in, &g.in, v))
		end += m.length
		adj.start[v+1] = int64(end)
	}
	adj.node, adj.strength = adj.node[:end], adj.strength[:end]
	dst.in = *adj
}

// part is the part of s that stands by row v of a, or nil.
func part(s []float64, a *adjacency, v int) []float64 {
	if s == nil {
		return nil
	}
	return s[a.start[v]:a.start[v+1]]
}

// rowMerge is the sum of two rows, written where there is room for both.
type rowMerge struct {
	node     []int32
	strength []float64
	length   int
}

// add merges two rows. Which of them has the next node no processor foresees; so
// it is computed, not branched on. The sum of two numbers does not depend on
// their order, so both ends of a pair get the same.
func (m *rowMerge) add(a, b []int32, strengthA, strengthB []float64) {
	i, j, k := 0, 0, 0
	for i < len(a) && j < len(b) {
		x, y := a[i], b[j]
		takeA, takeB := int(uint32(x-y-1)>>31), int(uint32(y-x-1)>>31) // x <= y, y <= x
		m.node[k] = min(x, y)
		m.strength[k] = min(float64(takeA)*at(strengthA, i)+float64(takeB)*at(strengthB, j), math.MaxFloat64)
		i, j, k = i+takeA, j+takeB, k+1
	}
	for ; i < len(a); i, k = i+1, k+1 {
		m.node[k], m.strength[k] = a[i], at(strengthA, i)
	}
	for ; j < len(b); j, k = j+1, k+1 {
		m.node[k], m.strength[k] = b[j], at(strengthB, j)
	}
	m.length = k
}

// Mutual returns the undirected graph of the pairs of a directed g that have
// arcs in both directions, all of strength 1. It lives in the workspace until
// the next call. It panics if g is undirected.
func Mutual(g *Graph, ws *Workspace) *Graph {
	mustBeDirected("Mutual", g)
	adj := &ws.mutual.out
	adj.resize(g.N(), len(g.out.node), false)
	m := 0
	for v := range g.N() {
		a, b := g.Out(v), g.In(v)
		for i, j := 0, 0; i < len(a) && j < len(b); {
			x, y := a[i], b[j]
			takeA, takeB := int(uint32(x-y-1)>>31), int(uint32(y-x-1)>>31) // x <= y, y <= x
			adj.node[m] = x
			i, j, m = i+takeA, j+takeB, m+takeA&takeB
		}
		adj.start[v+1] = int64(m)
	}
	adj.node = adj.node[:m]
	ws.mutual.in = *adj
	return &ws.mutual
}

// merge walks the neighbours of a node in either direction, each once and
// ascending, with the strengths of the two directions added.
type merge struct {
	out, in                   []int32
	outStrengths, inStrengths []float64
	o, i                      int
	node                      int32
	strength                  float64
}

func bothWays(g *Graph, v int) merge {
	return merge{out: g.Out(v), in: g.In(v), outStrengths: g.OutStrengths(v), inStrengths: g.InStrengths(v)}
}

// next moves to the next neighbour and tells whether there is one. The out
// strength is added first at both ends of a pair, and addition of two numbers
// commutes, so both ends get the same sum.
func (m *merge) next() bool {
	moreOut, moreIn := m.o < len(m.out), m.i < len(m.in)
	if !moreOut && !moreIn {
		return false
	}
	takeOut := moreOut && (!moreIn || m.out[m.o] <= m.in[m.i])
	takeIn := moreIn && (!moreOut || m.in[m.i] <= m.out[m.o])
	m.strength = 0
	if takeOut {
		m.node = m.out[m.o]
		m.strength += at(m.outStrengths, m.o)
		m.o++
	}
	if takeIn {
		m.node = m.in[m.i]
		m.strength += at(m.inStrengths, m.i)
		m.i++
	}
	return true
}

// at returns s[i], or 1 where strengths are left out.
func at(s []float64, i int) float64 {
	if s == nil {
		return 1
	}
	return s[i]
}
