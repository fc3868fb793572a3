package graphs

// Cuts holds what becomes of an undirected graph when one of its nodes or ties
// is removed. Find fills it; its slices are reused.
type Cuts struct {
	// Point tells of each node whether its removal leaves its component in more
	// than one piece.
	Point []bool
	// Joined is, for each node, the number of pairs of the others of its component
	// that are still joined by a path without it.
	Joined []int64
	// Bridges is the number of ties whose removal leaves their component in two
	// pieces.
	Bridges int64

	// The state of the depth-first search.
	order  []int32 // nodes, as they were met
	seen   []int32 // when each node was met, from 1; 0 before that
	low    []int32 // earliest node that its part of the tree has a tie to
	parent []int32 // -1 at a root
	next   []int64 // the tie to follow next
	size   []int64 // of its part of the tree
	apart  []int64 // how many nodes below it only it joins to the rest
}

// Find sets c to the cuts of g (Hopcroft & Tarjan 1973,
// doi:10.1145/362248.362272): n+m steps, without recursion. It panics if g is
// directed.
func (c *Cuts) Find(g *Graph) {
	mustBeUndirected("Cuts", g)
	n := g.N()
	c.Point, c.Joined, c.Bridges = resized(c.Point, n), resized(c.Joined, n), 0
	clear(c.Point)
	clear(c.Joined)
	c.order = resized(c.order, n)[:0]
	c.seen, c.low, c.parent = resized(c.seen, n), resized(c.low, n), resized(c.parent, n)
	c.next, c.size, c.apart = resized(c.next, n), resized(c.size, n), resized(c.apart, n)
	clear(c.seen)
	clear(c.apart)
	copy(c.next, g.out.start)
	for root := range n {
		if c.seen[root] == 0 {
			c.walk(g, int32(root))
		}
	}
}

// walk searches the component of root.
func (c *Cuts) walk(g *Graph, root int32) {
	first := len(c.order)
	c.enter(root, -1)
	for v := root; v >= 0; {
		if c.next[v] < g.out.start[v+1] {
			w := g.out.node[c.next[v]]
			c.next[v]++
			if c.seen[w] == 0 {
				c.enter(w, v)
				v = w
			} else if w != c.parent[v] {
				c.low[v] = min(c.low[v], c.seen[w])
			}
			continue
		}
		if up := c.parent[v]; up >= 0 {
			c.leave(v, up)
		}
		v = c.parent[v]
	}
	members := c.order[first:]
	for _, v := range members {
		rest := int64(len(members)) - 1 - c.apart[v]
		c.Joined[v] += pairs(rest)
		c.Point[v] = c.Joined[v] < pairs(int64(len(members))-1)
	}
}

func (c *Cuts) enter(v, parent int32) {
	c.order = append(c.order, v)
	c.parent[v] = parent
	c.seen[v], c.low[v] = int32(len(c.order)), int32(len(c.order))
	c.size[v] = 1
}

// leave returns from v to its parent in the tree. If nothing below v has a tie
// to above the parent, then only the parent joins it to the rest; and if not
// even to the parent, the tie between v and the parent is a bridge.
func (c *Cuts) leave(v, up int32) {
	c.size[up] += c.size[v]
	c.low[up] = min(c.low[up], c.low[v])
	if c.low[v] > c.seen[up] {
		c.Bridges++
	}
	if c.low[v] >= c.seen[up] {
		c.apart[up] += c.size[v]
		c.Joined[up] += pairs(c.size[v])
	}
}

// pairs is the number of pairs among n nodes.
func pairs(n int64) int64 { return n * (n - 1) / 2 }
