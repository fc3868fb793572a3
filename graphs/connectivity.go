package graphs

import "slices"

// Connectivity finds how many nodes hold a graph together. It owns its
// scratch, which is reused.
type Connectivity struct {
	part   induced
	flow   nodeFlow
	cut    []int32 // of part: the fewest nodes found that separate it
	sets   []int32 // sets of nodes still to be looked at, one after another
	starts []int32 // where they start in sets, then the end of the last
	left   []int32
	label  []int32
	peeled coreScratch
	core   []int32 // of each node
	joined []int32 // of each node of part, how many partners no smaller cut separates from a node, or -1 for such a partner
}

// Of returns how many nodes must be removed from a connected graph, the part
// of g that the given nodes induce, to leave it in pieces or a single node:
// its vertex connectivity, of k nodes that are all tied k-1. By maximum flows
// from a node of least degree, and between its partners (Esfahanian & Hakimi
// 1984, doi:10.1002/net.3230140208): about n flows, each of at most as many
// searches as the least degree. It panics if g is directed.
func (c *Connectivity) Of(g *Graph, members []int32) int {
	mustBeUndirected("Connectivity", g)
	c.part.find(g, members)
	return c.measure()
}

// Deepest returns the largest k for which some part of g has more than k nodes
// and connectivity k, the deepest level of the cohesive blocks of Moody & White
// (2003, doi:10.2307/3088904); 0 without ties. A part that a cut of k nodes
// separates holds none of higher connectivity across the cut, so that each
// piece is looked at alone, with the cut. The innermost core, which is often
// the deepest part, is looked at first, and may spare the rest. It panics if g
// is directed.
func (c *Connectivity) Deepest(g *Graph) int {
	mustBeUndirected("Connectivity", g)
	c.core = resized(c.core, g.N())
	c.peeled.peel(c.core, &g.out, nil)
	c.sets, c.starts = c.sets[:0], append(c.starts[:0], 0)
	c.push(0)
	if g.N() > 0 {
		c.push(slices.Max(c.core))
	}
	deepest := 0
	for c.pop(g, deepest+1) {
		if len(c.part.members) < deepest+2 || c.split(nil) {
			continue
		}
		k := c.measure()
		deepest = max(deepest, k)
		if k < len(c.part.members)-1 {
			c.split(c.cut)
		}
	}
	return deepest
}

// push adds the set of the nodes of cores k and up.
func (c *Connectivity) push(k int32) {
	for v, core := range c.core {
		if core >= k {
			c.sets = append(c.sets, int32(v))
		}
	}
	c.starts = append(c.starts, int32(len(c.sets)))
}

// pop makes the last set the part to be looked at, without the nodes that do
// not have k partners in it, and tells whether there was one.
func (c *Connectivity) pop(g *Graph, k int) bool {
	last := len(c.starts) - 2
	if last < 0 {
		return false
	}
	first := c.starts[last]
	all := c.sets[first:]
	c.starts = c.starts[:last+1]
	members := all[:0]
	for _, v := range all {
		if int(c.core[v]) >= k {
			members = append(members, v)
		}
	}
	for {
		c.part.find(g, members)
		kept := members[:0]
		for v, u := range c.part.members {
			if len(c.part.partners(int32(v))) >= k {
				kept = append(kept, u)
			}
		}
		if len(kept) == len(members) {
			break
		}
		members = kept
	}
	c.sets = c.sets[:first]
	return true
}

// split adds the pieces that the part is left in without a cut, each with the
// cut, to the sets, and tells whether there are two or more; a single one it
// does not add.
func (c *Connectivity) split(cut []int32) bool {
	p := &c.part
	c.label = resized(c.label, len(p.members))
	clear(c.label)
	for _, v := range cut {
		c.label[v] = -1
	}
	pieces := int32(0)
	sets, starts := len(c.sets), len(c.starts)
	for v := range p.members {
		if c.label[v] != 0 {
			continue
		}
		pieces++
		c.flood(int32(v), pieces)
		for _, u := range cut {
			c.sets = append(c.sets, p.members[u])
		}
		c.starts = append(c.starts, int32(len(c.sets)))
	}
	if pieces < 2 {
		c.sets, c.starts = c.sets[:sets], c.starts[:starts]
	}
	return pieces > 1
}

// flood adds to the sets what can be reached from v outside the cut.
func (c *Connectivity) flood(v, piece int32) {
	c.label[v] = piece
	c.left = append(c.left[:0], v)
	for i := 0; i < len(c.left); i++ {
		v := c.left[i]
		c.sets = append(c.sets, c.part.members[v])
		for _, w := range c.part.partners(v) {
			if c.label[w] == 0 {
				c.label[w] = piece
				c.left = append(c.left, w)
			}
		}
	}
}

// measure returns the connectivity of the part, which is connected, and sets
// cut to nodes that separate it, if any do.
func (c *Connectivity) measure() int {
	p := &c.part
	c.cut = c.cut[:0]
	fewest := int32(0)
	for v := range int32(len(p.members)) {
		if len(p.partners(v)) < len(p.partners(fewest)) {
			fewest = v
		}
	}
	if len(p.members) < 2 {
		return 0
	}
	around := p.partners(fewest)
	c.cut = append(c.cut, around...)
	c.tryAll(fewest)
	for i, v := range around {
		for _, w := range around[:i] {
			c.try(v, w)
		}
	}
	if len(around) == len(p.members)-1 {
		c.cut = c.cut[:0]
		return len(around)
	}
	return len(c.cut)
}

// tryAll tries v with all nodes, those first that have most partners which no
// smaller cut separates from v. One that has as many as the cut has nodes need
// not be tried: no fewer nodes cut it off from all of them.
func (c *Connectivity) tryAll(v int32) {
	p := &c.part
	c.joined = resized(c.joined, len(p.members))
	clear(c.joined)
	c.join(v)
	for _, w := range p.partners(v) {
		c.join(w)
	}
	for {
		next := int32(-1)
		for w, joined := range c.joined {
			if joined >= 0 && (next < 0 || joined > c.joined[next]) {
				next = int32(w)
			}
		}
		if next < 0 {
			return
		}
		if int(c.joined[next]) < len(c.cut) {
			c.try(v, next)
		}
		c.join(next)
	}
}

// join counts v, marked below 0, with its partners.
func (c *Connectivity) join(v int32) {
	c.joined[v] = -1
	for _, w := range c.part.partners(v) {
		if c.joined[w] >= 0 {
			c.joined[w]++
		}
	}
}

// try sets cut to one that separates two nodes, if it is smaller.
func (c *Connectivity) try(v, w int32) {
	if len(c.cut) < 2 || v == w || c.part.tied(v, w) {
		return
	}
	if c.flow.paths(&c.part, v, w, len(c.cut)) < len(c.cut) {
		c.cut = c.flow.cut(c.cut[:0])
	}
}

// induced is the graph that some nodes induce, which it numbers from 0.
type induced struct {
	members []int32 // the nodes that they are in the graph at large
	start   []int32
	node    []int32
	place   []int32    // of each node at large: 1 + its number, or 0
	words   [64]uint64 // the partners of each of up to 64, as bits
}

func (p *induced) find(g *Graph, members []int32) {
	p.place = resized(p.place, g.N())
	clear(p.place)
	p.members = append(p.members[:0], members...)
	for i, v := range p.members {
		p.place[v] = int32(i + 1)
	}
	p.start, p.node = append(p.start[:0], 0), p.node[:0]
	for _, v := range p.members {
		for _, w := range g.Out(int(v)) {
			if p.place[w] > 0 {
				p.node = append(p.node, p.place[w]-1)
			}
		}
		p.start = append(p.start, int32(len(p.node)))
	}
	if len(p.members) <= len(p.words) {
		for v := range p.members {
			p.words[v] = 0
			for _, w := range p.partners(int32(v)) {
				p.words[v] |= 1 << w
			}
		}
	}
}

func (p *induced) partners(v int32) []int32 { return p.node[p.start[v]:p.start[v+1]] }

func (p *induced) tied(v, w int32) bool {
	for _, u := range p.partners(v) {
		if u == w {
			return true
		}
	}
	return false
}
