package graphs

import "math/bits"

// Cliques finds the groups of nodes that are all tied. It owns its scratch,
// which is reused.
type Cliques struct {
	core     []int32
	around   neighbourhood
	stack    []uint64 // sets of later partners, one after another
	coloured []colouredNode
	shut     []int32 // partners that are tied to all in the clique, but must not be in it
	largest  int
	found    int64
	steps    int64 // left
}

type colouredNode struct{ node, colour int32 }

// neighbourhood is a node and its partners: first the later ones in an order
// in which each node has few after it, then the earlier ones.
type neighbourhood struct {
	members []int32  // of the neighbourhood
	later   int      // how many of them come after the node
	place   []int32  // of each node: 1 + its place in members, or 0
	words   int      // in a row
	rows    []uint64 // of each member, the later ones that it is tied to
}

// Number returns the size of the largest clique, by branch and bound with
// greedy colours (Tomita & Seki 2003, doi:10.1007/3-540-45066-1_22) within the
// later partners of each node, and whether it was found for certain within the
// given number of steps; a step looks at one set of nodes. It panics if g is
// directed.
func (c *Cliques) Number(g *Graph, steps int64, ws *Workspace) (size int, certain bool) {
	mustBeUndirected("Cliques", g)
	c.largest, c.steps = min(1, g.N()), steps
	if g.N() <= 64 {
		ws.rows.take(g)
		c.coloured = c.coloured[:0]
		c.growWords(&ws.rows, allOf(g.N()), 0)
		return c.largest, c.steps >= 0
	}
	order := c.order(g, ws)
	for i := len(order) - 1; i >= 0 && c.steps >= 0; i-- {
		v := order[i]
		if int(c.core[v]) < c.largest {
			continue // fewer later partners than the clique needs
		}
		c.around.find(g, v, ws.cores.place, false)
		c.stack = c.around.all(c.stack[:0])
		c.grow(0, 1)
	}
	return c.largest, c.steps >= 0
}

// Maximal returns the number of cliques of three nodes or more that no further
// node belongs to, by Bron & Kerbosch's algorithm with Tomita's pivot over the
// later partners of each node (Eppstein, Löffler & Strash 2010,
// doi:10.1007/978-3-642-17517-6_36). It stops at most, where the number is
// that. It panics if g is directed.
func (c *Cliques) Maximal(g *Graph, most int64, ws *Workspace) int64 {
	mustBeUndirected("Cliques", g)
	if g.N() <= 64 {
		ws.rows.take(g)
		return ws.rows.maximal(allOf(g.N()), 0, 0, 0, most)
	}
	order := c.order(g, ws)
	c.found = 0
	for _, v := range order {
		a := &c.around
		a.find(g, v, ws.cores.place, true)
		c.stack = a.all(c.stack[:0])
		c.shut = c.shut[:0]
		for i := a.later; i < len(a.members); i++ {
			c.shut = append(c.shut, int32(i))
		}
		c.extend(0, 0, 1, most)
		if c.found >= most {
			return most
		}
	}
	return c.found
}

// allOf is the set of the first n of 64.
func allOf(n int) uint64 { return 1<<n - 1 }

// order sorts the nodes so that the most that come after a node and are its
// partners is the core number.
func (c *Cliques) order(g *Graph, ws *Workspace) []int32 {
	c.core = resized(c.core, g.N())
	Cores(c.core, g, ws)
	c.around.place = resized(c.around.place, g.N())
	clear(c.around.place)
	return ws.cores.order
}

// find sets the neighbourhood to that of v, with its earlier partners or
// without them.
func (a *neighbourhood) find(g *Graph, v int32, place []int32, earlier bool) {
	a.members = a.members[:0]
	for _, w := range g.Out(int(v)) {
		if place[w] > place[v] {
			a.members = append(a.members, w)
		}
	}
	a.later = len(a.members)
	for _, w := range g.Out(int(v)) {
		if earlier && place[w] < place[v] {
			a.members = append(a.members, w)
		}
	}
	for i, w := range a.members {
		a.place[w] = int32(i + 1)
	}
	a.words = (a.later + 63) / 64
	a.rows = resized(a.rows, len(a.members)*a.words)
	clear(a.rows)
	for i, u := range a.members[:a.later] {
		for _, w := range g.Out(int(u)) {
			if at := a.place[w]; at > 0 {
				a.row(at - 1)[i/64] |= 1 << (i % 64)
			}
		}
	}
	for _, w := range a.members {
		a.place[w] = 0
	}
}

func (a *neighbourhood) row(member int32) []uint64 {
	return a.rows[int(member)*a.words : (int(member)+1)*a.words]
}

// all appends the set of the later partners.
func (a *neighbourhood) all(set []uint64) []uint64 {
	for left := a.later; left > 0; left -= 64 {
		set = append(set, ^uint64(0)>>(64-min(64, left)))
	}
	return set
}

// grow looks for a clique larger than the largest, made of one of the given
// size and some of the set at a place of the stack, which are tied to all of
// it. Two tied nodes have different colours, so that the set up to a node of
// some colour holds no larger clique than that.
func (c *Cliques) grow(set, size int) {
	c.steps--
	c.largest = max(c.largest, size)
	first := len(c.coloured)
	c.colour(set)
	for i := len(c.coloured) - 1; i >= first; i-- {
		v := c.coloured[i]
		if c.steps < 0 || size+int(v.colour) <= c.largest {
			break
		}
		c.grow(c.push(set, v.node), size+1)
		c.stack = c.stack[:set+c.around.words]
		remove(c.stack[set:], v.node)
	}
	c.coloured = c.coloured[:first]
}

// colour appends the nodes of a set to coloured, by colours counted from 1,
// which it gives greedily.
func (c *Cliques) colour(set int) {
	words := c.around.words
	top := len(c.stack)
	c.stack = append(c.stack, c.stack[set:set+words]...)
	c.stack = append(c.stack, c.stack[set:set+words]...)
	left, free := c.stack[top:top+words], c.stack[top+words:]
	for colour := int32(1); ; colour++ {
		copy(free, left)
		v := first(free)
		if v < 0 {
			break
		}
		for ; v >= 0; v = first(free) {
			c.coloured = append(c.coloured, colouredNode{v, colour})
			remove(left, v)
			remove(free, v)
			for k, word := range c.around.row(v) {
				free[k] &^= word
			}
		}
	}
	c.stack = c.stack[:top]
}

// push appends what of a set is tied to a member, and returns its place.
func (c *Cliques) push(set int, member int32) int {
	top := len(c.stack)
	for k, word := range c.around.row(member) {
		c.stack = append(c.stack, c.stack[set+k]&word)
	}
	return top
}

// extend counts the maximal cliques made of one of the given size and some of
// the set at a place of the stack. Both the set and the nodes in shut from the
// given place are tied to all of the clique; those in shut must not be in it,
// because their cliques are counted elsewhere, but may not be missing either.
func (c *Cliques) extend(set, shut, size int, most int64) {
	words := c.around.words
	if first(c.stack[set:set+words]) < 0 {
		if len(c.shut) == shut && size >= 3 {
			c.found++
		}
		return
	}
	pivot := c.around.row(c.pivot(set, shut))
	turn := len(c.stack) // those whose turn it is: not tied to the pivot
	for k, word := range pivot {
		c.stack = append(c.stack, c.stack[set+k]&^word)
	}
	for v := first(c.stack[turn:]); v >= 0 && c.found < most; v = first(c.stack[turn : turn+words]) {
		inner := len(c.shut)
		for _, x := range c.shut[shut:inner] {
			if has(c.around.row(x), v) {
				c.shut = append(c.shut, x)
			}
		}
		c.extend(c.push(set, v), inner, size+1, most)
		c.stack = c.stack[:turn+words]
		c.shut = append(c.shut[:inner], v)
		remove(c.stack[set:set+words], v)
		remove(c.stack[turn:], v)
	}
	c.stack = c.stack[:turn]
}

// pivot returns the member of the set or of shut with the most ties to the set.
func (c *Cliques) pivot(set, shut int) int32 {
	best, ties := int32(-1), -1
	try := func(u int32) {
		count := 0
		for k, word := range c.around.row(u) {
			count += bits.OnesCount64(word & c.stack[set+k])
		}
		if count > ties {
			best, ties = u, count
		}
	}
	for k := range c.around.words {
		for word := c.stack[set+k]; word != 0; word &= word - 1 {
			try(int32(64*k + bits.TrailingZeros64(word)))
		}
	}
	for _, u := range c.shut[shut:] {
		try(u)
	}
	return best
}

// first returns the first member of a set, -1 if it is empty.
func first(set []uint64) int32 {
	for k, word := range set {
		if word != 0 {
			return int32(64*k + bits.TrailingZeros64(word))
		}
	}
	return -1
}

func has(set []uint64, v int32) bool { return set[v/64]>>(v%64)&1 == 1 }

func remove(set []uint64, v int32) { set[v/64] &^= 1 << (v % 64) }
