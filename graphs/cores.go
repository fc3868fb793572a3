package graphs

// coreScratch holds the nodes sorted by the degree they have left.
type coreScratch struct {
	left     []int32 // degree among the nodes not yet removed
	order    []int32 // nodes, by left
	place    []int32 // of each node in order
	boundary []int32 // for each degree, where its nodes start in order
}

// Cores sets dst[v] to the largest k such that v belongs to a subgraph in
// which every node has k partners or more, by removing nodes of least degree
// first (Batagelj & Zaversnik 2003, arXiv:cs/0310049): n+m steps. It panics if
// g is directed.
func Cores(dst []int32, g *Graph, ws *Workspace) {
	mustBeUndirected("Cores", g)
	checkLen("Cores", len(dst), g)
	c := &ws.cores
	c.peel(dst, &g.out, nil)
}

// ArcCores is Cores by the number of arcs received, if incoming, of arcs sent,
// if outgoing, or of both together, in which a mutual pair counts twice.
func ArcCores(dst []int32, g *Graph, incoming, outgoing bool, ws *Workspace) {
	checkLen("ArcCores", len(dst), g)
	switch {
	case incoming && outgoing:
		ws.cores.peel(dst, &g.in, &g.out)
	case incoming:
		ws.cores.peel(dst, &g.out, nil)
	default:
		ws.cores.peel(dst, &g.in, nil)
	}
}

// peel removes the nodes, least degree first. The degree of a node is how often
// the rows of the adjacencies, of which the second may be nil, name it: each
// removed node takes away those in its own.
func (c *coreScratch) peel(dst []int32, first, second *adjacency) {
	c.sort(first, second)
	for _, v := range c.order {
		dst[v] = c.left[v]
		c.release(v, first)
		if second != nil {
			c.release(v, second)
		}
	}
}

func (c *coreScratch) release(v int32, a *adjacency) {
	for _, w := range a.row(int(v)) {
		if c.left[w] > c.left[v] {
			c.lower(w)
		}
	}
}

// sort orders the nodes by degree.
func (c *coreScratch) sort(first, second *adjacency) {
	n := first.nodes()
	c.left, c.order, c.place = resized(c.left, n), resized(c.order, n), resized(c.place, n)
	clear(c.left)
	for _, w := range first.node {
		c.left[w]++
	}
	if second != nil {
		for _, w := range second.node {
			c.left[w]++
		}
	}
	degrees := 2 * n // more than any degree
	c.boundary = resized(c.boundary, degrees+1)
	clear(c.boundary)
	for v := range n {
		c.boundary[c.left[v]+1]++
	}
	for d := range degrees {
		c.boundary[d+1] += c.boundary[d]
	}
	for v := range n {
		at := c.boundary[c.left[v]]
		c.boundary[c.left[v]]++
		c.order[at], c.place[v] = int32(v), at
	}
	copy(c.boundary[1:], c.boundary[:degrees])
	c.boundary[0] = 0
}

// lower takes one from the degree of w: w changes places with the first node
// of its degree, and the boundary moves past it.
func (c *coreScratch) lower(w int32) {
	d := c.left[w]
	first := c.boundary[d]
	u := c.order[first]
	c.order[c.place[w]], c.place[u] = u, c.place[w]
	c.order[first], c.place[w] = w, first
	c.boundary[d]++
	c.left[w]--
}
