package graphs

// Drawn returns the graph of n nodes with ties of strength 1 from from[i] to
// to[i], of which each pair (ordered, if directed) may stand once and none may
// join a node with itself; an undirected tie may name its ends either way
// round. It is for graphs drawn by the thousand: it does not check, and the
// graph lives in the workspace until the next call.
func Drawn(n int, directed bool, from, to []int32, ws *Workspace) *Graph {
	g, raw := &ws.drawn, &ws.drawnRows
	g.directed = directed
	m := len(from)
	if !directed {
		m *= 2
	}
	raw.resize(n, m, false)
	for i, v := range to {
		raw.start[v+1]++
		if !directed {
			raw.start[from[i]+1]++
		}
	}
	raw.accumulate()
	for i, v := range to {
		raw.push(v, from[i], 1)
		if !directed {
			raw.push(from[i], v, 1)
		}
	}
	raw.rewind()
	transpose(&g.out, raw)
	if !directed {
		g.in = g.out
		return g
	}
	transpose(raw, &g.out)
	g.in = *raw
	return g
}
