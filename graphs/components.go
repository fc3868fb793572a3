package graphs

// Components holds the connected parts of an undirected graph, in the order of
// their smallest node. Find fills it; its slices are reused.
type Components struct {
	Of      []int32 // the component of each node
	start   []int32 // where each component starts in members, then their end
	members []int32
}

// Count returns the number of components.
func (c *Components) Count() int { return len(c.start) - 1 }

// Members returns the nodes of a component, by distance from the smallest.
func (c *Components) Members(component int) []int32 {
	return c.members[c.start[component]:c.start[component+1]]
}

// Find sets c to the components of g. It panics if g is directed.
func (c *Components) Find(g *Graph) {
	mustBeUndirected("Components", g)
	n := g.N()
	c.Of = resized(c.Of, n)
	for v := range c.Of {
		c.Of[v] = -1
	}
	c.start = append(c.start[:0], 0)
	c.members = resized(c.members, n)[:0]
	for v := range n {
		if c.Of[v] < 0 {
			c.flood(g, int32(v))
		}
	}
}

// flood makes a component of the nodes that can be reached from v.
func (c *Components) flood(g *Graph, v int32) {
	label := int32(c.Count())
	c.Of[v] = label
	first := len(c.members)
	c.members = append(c.members, v)
	for i := first; i < len(c.members); i++ {
		for _, w := range g.Out(int(c.members[i])) {
			if c.Of[w] < 0 {
				c.Of[w] = label
				c.members = append(c.members, w)
			}
		}
	}
	c.start = append(c.start, int32(len(c.members)))
}
