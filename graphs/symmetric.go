package graphs

// Symmetrized returns the undirected version of g: a pair is tied if there is
// a tie in either direction, and the strengths of the two directions add. An
// undirected graph is returned as it is; otherwise the result lives in the
// workspace until the next call.
func Symmetrized(g *Graph, ws *Workspace) *Graph {
	if !g.directed {
		return g
	}
	adj := &ws.symmetric.out
	adj.resize(g.N(), 2*len(g.out.node), true)
	m := 0
	for v := range g.N() {
		for it := bothWays(g, v); it.next(); m++ {
			adj.node[m], adj.strength[m] = it.node, it.strength
		}
		adj.start[v+1] = int64(m)
	}
	adj.node, adj.strength = adj.node[:m], adj.strength[:m]
	ws.symmetric.in = *adj
	return &ws.symmetric
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
