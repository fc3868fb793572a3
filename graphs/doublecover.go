package graphs

// DoubleCover returns the undirected graph in which each node v of g stands
// twice, as a sender, v, and as a receiver, N()+v: an arc from u to v ties
// sender u and receiver v. Its adjacency matrix squared holds AA' and A'A, A
// being that of g, so that its leading eigenvector holds the leading singular
// vectors of A. Strengths are left out. It lives in the workspace until the
// next call.
func DoubleCover(g *Graph, ws *Workspace) *Graph {
	n := g.N()
	adj := &ws.doubled.out
	adj.resize(2*n, 2*len(g.out.node), false)
	m := 0
	fill := func(v int, row []int32, shift int32) {
		for _, w := range row {
			adj.node[m] = w + shift
			m++
		}
		adj.start[v+1] = int64(m)
	}
	for v := range n {
		fill(v, g.Out(v), int32(n))
	}
	for v := range n {
		fill(n+v, g.In(v), 0)
	}
	ws.doubled.in = *adj
	return &ws.doubled
}
