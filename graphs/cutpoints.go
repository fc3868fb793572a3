package graphs

// cutScratch is the state of a depth-first search.
type cutScratch struct {
	seen   []int32 // when each node was met, from 1; 0 before that
	low    []int32 // earliest node that its part of the tree has a tie to
	parent []int32 // -1 at a root
	next   []int64 // the tie to follow next
}

// CutPoints sets dst[v] to whether the removal of v leaves its component in
// more than one piece (Hopcroft & Tarjan 1973, doi:10.1145/362248.362272):
// n+m steps, without recursion. It panics if g is directed.
func CutPoints(dst []bool, g *Graph, ws *Workspace) {
	mustBeUndirected("CutPoints", g)
	checkLen("CutPoints", len(dst), g)
	clear(dst)
	n := g.N()
	c := &ws.cuts
	c.seen, c.low, c.parent = resized(c.seen, n), resized(c.low, n), resized(c.parent, n)
	c.next = resized(c.next, n)
	clear(c.seen)
	copy(c.next, g.out.start)
	clock := int32(0)
	for root := range n {
		if c.seen[root] == 0 {
			clock = c.walk(dst, g, int32(root), clock)
		}
	}
}

// walk searches the component of root and returns the clock after it. A root
// is a cut point if it has two children; any other node, if a child's part of
// the tree has no tie to above the node.
func (c *cutScratch) walk(dst []bool, g *Graph, root, clock int32) int32 {
	children := 0
	c.parent[root] = -1
	clock = c.enter(root, clock)
	for v := root; v >= 0; {
		if c.next[v] < g.out.start[v+1] {
			w := g.out.node[c.next[v]]
			c.next[v]++
			if c.seen[w] == 0 {
				c.parent[w] = v
				clock = c.enter(w, clock)
				v = w
			} else {
				c.low[v] = min(c.low[v], c.seen[w])
			}
			continue
		}
		up := c.parent[v]
		switch {
		case up == root:
			children++
		case up >= 0 && c.low[v] >= c.seen[up]:
			dst[up] = true
		}
		if up >= 0 {
			c.low[up] = min(c.low[up], c.low[v])
		}
		v = up
	}
	dst[root] = children > 1
	return clock
}

func (c *cutScratch) enter(v, clock int32) int32 {
	clock++
	c.seen[v], c.low[v] = clock, clock
	return clock
}
