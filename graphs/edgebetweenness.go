package graphs

import "math/bits"

// edgeScratch holds, for each entry of the adjacency, the dependencies that
// flow along it, over all sources.
type edgeScratch struct {
	flow   []float64
	passed [64]float64 // by node, of a small graph: not asked for
	huge   hugePaths
	cursor []int64
}

// EdgeBetweenness sets dst[i] to the sum, over pairs of nodes, of the share of
// their shortest paths that take the i-th tie of [Graph.All]: ordered pairs
// along the arcs of a directed graph, unordered pairs in an undirected one.
// Strengths are ignored, and nothing is normalised (Girvan & Newman 2002,
// doi:10.1073/pnas.122653799). It takes n·m steps, and panics if dst has
// another length than the graph has ties.
func EdgeBetweenness(dst []float64, g *Graph, ws *Workspace) {
	if int64(len(dst)) != g.Ties() {
		panic("graphs: EdgeBetweenness: results and ties differ in number")
	}
	e := &ws.edges
	e.flow = resized(e.flow, len(g.out.node))
	clear(e.flow)
	if g.N() <= 64 {
		e.small(g, &ws.small)
	} else {
		for s := range g.N() {
			e.from(g, int32(s))
		}
	}
	if g.directed {
		copy(dst, e.flow)
	} else {
		e.fold(dst, g)
	}
}

// small lets all sources of a graph of up to 64 nodes flow together.
func (e *edgeScratch) small(g *Graph, p *smallPaths) {
	n := g.N()
	for depth := p.search(g); depth > 0; depth-- {
		p.collect(e.passed[:n], depth)
		p.flow(e.flow, g, depth-1)
	}
}

// flow adds to dst what flows along the ties from the nodes at a distance to
// those one step farther, whose dependencies are known.
func (p *smallPaths) flow(dst []float64, g *Graph, depth int) {
	here, below := &p.level[depth], &p.level[depth+1]
	for v := range g.N() {
		at := here[v&63]
		if at == 0 {
			continue
		}
		first, count := g.out.start[v], &p.count[v&63]
		for i, w := range g.Out(v) {
			coefficient, sum := &p.coefficient[w&63], 0.0
			for set := at & below[w&63]; set != 0; set &= set - 1 {
				s := bits.TrailingZeros64(set) & 63
				sum += count[s] * coefficient[s]
			}
			dst[first+int64(i)] += sum
		}
	}
}

// from adds what flows from s. The share of the paths to a node that come by
// another is at most 1, however many paths there are.
func (e *edgeScratch) from(g *Graph, s int32) {
	h := &e.huge
	h.search.run(&g.out, s)
	h.dependency = resized(h.dependency, g.N())
	order, distance := h.search.order, h.search.distance
	for i := len(order) - 1; i >= 0; i-- {
		v := order[i]
		first, total := g.out.start[v], 0.0
		for k, w := range g.Out(int(v)) {
			if distance[w] == distance[v]+1 {
				flow := h.search.paths.share(v, w) * (1 + h.dependency[w])
				e.flow[first+int64(k)] += flow
				total += flow
			}
		}
		h.dependency[v] = total
	}
}

// fold adds the two directions of each tie of an undirected graph, in which
// each pair was met from both of its ends. The ties of w to smaller nodes come
// first in its row, in the order in which those nodes are met here.
func (e *edgeScratch) fold(dst []float64, g *Graph) {
	e.cursor = append(e.cursor[:0], g.out.start...)
	tie := 0
	for v := range g.N() {
		for i := g.out.start[v]; i < g.out.start[v+1]; i++ {
			w := g.out.node[i]
			if int(w) < v {
				continue
			}
			dst[tie] = (e.flow[i] + e.flow[e.cursor[w]]) / 2
			e.cursor[w]++
			tie++
		}
	}
}
