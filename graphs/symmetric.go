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
	symmetrize(&ws.symmetric, g, bothWays)
	return &ws.symmetric
}

// ArcCounts returns the undirected version of a directed g in which the
// strength of a pair is the number of arcs between the two, 1 or 2. It lives
// in the workspace until the next call. It panics if g is undirected.
func ArcCounts(g *Graph, ws *Workspace) *Graph {
	mustBeDirected("ArcCounts", g)
	symmetrize(&ws.counts, g, bothWaysCounted)
	return &ws.counts
}

func symmetrize(dst, g *Graph, around func(g *Graph, v int) merge) {
	adj := &dst.out
	adj.resize(g.N(), 2*len(g.out.node), true)
	m := 0
	for v := range g.N() {
		for it := around(g, v); it.next(); m++ {
			adj.node[m], adj.strength[m] = it.node, min(it.strength, math.MaxFloat64)
		}
		adj.start[v+1] = int64(m)
	}
	adj.node, adj.strength = adj.node[:m], adj.strength[:m]
	dst.in = *adj
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
		for it := bothWaysCounted(g, v); it.next(); {
			if it.strength == 2 {
				adj.node[m] = it.node
				m++
			}
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

// bothWaysCounted is bothWays with every strength 1, so that the sum is the
// number of arcs.
func bothWaysCounted(g *Graph, v int) merge { return merge{out: g.Out(v), in: g.In(v)} }

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
