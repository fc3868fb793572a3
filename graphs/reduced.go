package graphs

import (
	"cmp"
	"slices"
)

// reduced is a block with what shortest paths need not search for taken out
// (Sariyuce, Saule, Kaya & Catalyurek 2013, doi:10.1137/1.9781611972832.76).
//
// Nodes with the same closed neighbourhood are one class. A class whose
// neighbours are all tied to each other is on no shortest path between others;
// so it can be searched from once for both directions of its pairs, and then be
// left out. What is left out first has the highest number, so that the searches
// from a class go over the lower numbers alone.
type reduced struct {
	graph  Graph     // of classes, numbered
	core   int       // classes below this are left when no more can be left out
	copies []float64 // nodes of the class
	reach  []float64 // sum of what its nodes reach
	class  []int32   // of each node of the block

	block   Graph // of the block's nodes
	classes Graph // before they are numbered anew
	first   []int32
	hash    []uint64
	order   []int32
	number  []int32
	degree  []int64
	corners []int64
	queued  []bool
	queue   []int32
	local   []int32 // of the nodes of the whole graph, their place in the block
	tri     triangleScratch
}

// take makes r of a block of g.
func (r *reduced) take(b *blocks, k *block, n int) {
	nodes, reach := b.nodes[k.nodes.first:k.nodes.end], b.reach[k.nodes.first:k.nodes.end]
	r.local = resized(r.local, n)
	for i, v := range nodes {
		r.local[v] = int32(i)
	}
	r.copyTies(b.ties[k.ties.first:k.ties.end], len(nodes))
	r.classify(&r.block)
	r.peel()
	r.renumber()
	m := r.graph.N()
	r.copies, r.reach = resized(r.copies, m), resized(r.reach, m)
	clear(r.copies)
	clear(r.reach)
	for i := range nodes {
		c := r.number[r.class[i]]
		r.class[i] = c
		r.copies[c]++
		r.reach[c] += float64(reach[i])
	}
}

// copyTies makes the block's graph.
func (r *reduced) copyTies(ties []blockTie, n int) {
	a := &r.block.out
	raw := &r.classes.out
	raw.resize(n, 2*len(ties), false)
	for _, t := range ties {
		raw.start[r.local[t.u]+1]++
		raw.start[r.local[t.v]+1]++
	}
	raw.accumulate()
	for _, t := range ties {
		u, v := r.local[t.u], r.local[t.v]
		raw.push(u, v, 1)
		raw.push(v, u, 1)
	}
	raw.rewind()
	transpose(a, raw)
	r.block.in = *a
}

// classify finds the nodes with the same closed neighbourhood and makes the
// graph of their classes, each of which stands at its first node.
func (r *reduced) classify(g *Graph) {
	n := g.N()
	r.class, r.hash, r.order = resized(r.class, n), resized(r.hash, n), resized(r.order, n)
	for v := range n {
		h := scrambled(v)
		for _, w := range g.Out(v) {
			h += scrambled(int(w))
		}
		r.hash[v], r.order[v], r.class[v] = h, int32(v), int32(v)
	}
	slices.SortFunc(r.order, func(a, b int32) int { return cmp.Or(cmp.Compare(r.hash[a], r.hash[b]), cmp.Compare(a, b)) })
	for i := 0; i < n; {
		end := i + 1
		for end < n && r.hash[r.order[end]] == r.hash[r.order[i]] {
			end++
		}
		r.join(g, r.order[i:end])
		i = end
	}
	r.first = r.first[:0]
	for v := range n {
		if int(r.class[v]) == v {
			r.first = append(r.first, int32(v))
		}
	}
	r.joinTies(g)
}

// join puts nodes, which hash alike and ascend, into the class of the first
// before them that has the same closed neighbourhood.
func (r *reduced) join(g *Graph, alike []int32) {
	for i, v := range alike {
		for _, u := range alike[:i] {
			if r.class[u] == u && sameNeighbourhood(g, u, v) {
				r.class[v] = u
				break
			}
		}
	}
}

// scrambled is a number that says little of v (Steele, Lea & Flood 2014,
// doi:10.1145/2660193.2660195).
func scrambled(v int) uint64 {
	x := uint64(v+1) * 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// sameNeighbourhood tells whether u and v are tied, and to the same others.
func sameNeighbourhood(g *Graph, u, v int32) bool {
	a, b := g.Out(int(u)), g.Out(int(v))
	if len(a) != len(b) {
		return false
	}
	i, tied := 0, false
	for _, w := range a {
		if w == v {
			tied = true
			continue
		}
		if i < len(b) && b[i] == u {
			i++
		}
		if i == len(b) || b[i] != w {
			return false
		}
		i++
	}
	return tied
}

// joinTies makes the graph of classes, and numbers them by first node.
func (r *reduced) joinTies(g *Graph) {
	r.number = resized(r.number, g.N())
	for i, v := range r.first {
		r.number[v] = int32(i)
	}
	a := &r.classes.out
	a.start = append(resized(a.start, len(r.first)+1)[:0], 0)
	a.node, a.strength = a.node[:0], nil
	for _, v := range r.first {
		for _, w := range g.Out(int(v)) {
			if r.class[w] == w {
				a.node = append(a.node, r.number[w])
			}
		}
		a.start = append(a.start, int64(len(a.node)))
	}
	r.classes.in = *a
	for v := range r.class {
		r.class[v] = r.number[r.class[v]]
	}
}

// peel lists in order the classes that can be left out, one after the other,
// and then the others.
func (r *reduced) peel() {
	g := &r.classes
	n := g.N()
	r.degree, r.corners, r.queued = resized(r.degree, n), resized(r.corners, n), resized(r.queued, n)
	clear(r.corners)
	r.tri.orient(g)
	for v := range n {
		r.tri.scan(r.corners, v)
	}
	for v := range n {
		r.degree[v] = int64(len(g.Out(v)))
		r.queued[v] = r.corners[v] == pairs(r.degree[v])
	}
	r.order = r.order[:0]
	for v := range n {
		r.leaveOut(int32(v))
	}
	r.core = n - len(r.order)
}

// leaveOut leaves out a class, if it can be left out, and then those near it.
func (r *reduced) leaveOut(v int32) {
	g := &r.classes
	r.queue = append(r.queue[:0], v)
	for i := 0; i < len(r.queue); i++ {
		v := r.queue[i]
		if !r.queued[v] || r.degree[v] < 0 {
			continue
		}
		r.order = append(r.order, v)
		for _, u := range g.Out(int(v)) {
			if r.degree[u] < 0 {
				continue // left out before
			}
			r.degree[u]--
			r.corners[u] -= r.degree[v] - 1
			r.queued[u] = r.queued[u] || r.corners[u] == pairs(r.degree[u])
			if r.queued[u] {
				r.queue = append(r.queue, u)
			}
			for _, w := range g.Out(int(u)) {
				if r.queued[w] && r.degree[w] >= 0 && w != v {
					r.queue = append(r.queue, w)
				}
			}
		}
		r.degree[v] = -1
	}
}

// renumber numbers the classes: the core from 0, near ones together, then
// those left out, the first of them last.
func (r *reduced) renumber() {
	g := &r.classes
	n := g.N()
	peeled := len(r.order)
	r.number = resized(r.number, n)
	for v := range r.number {
		r.number[v] = -1
	}
	for i, v := range r.order {
		r.number[v] = int32(n - 1 - i)
	}
	for v := range n {
		if r.number[v] < 0 {
			r.flood(int32(v), peeled)
		}
	}
	r.gather(peeled)
	r.rename(n)
}

// flood lists the core from v on, as a breadth-first search meets it.
func (r *reduced) flood(v int32, peeled int) {
	at := len(r.order)
	r.order = append(r.order, v)
	r.number[v] = 0
	for ; at < len(r.order); at++ {
		for _, w := range r.classes.Out(int(r.order[at])) {
			if r.number[w] < 0 {
				r.number[w] = 0
				r.order = append(r.order, w)
			}
		}
	}
}

// gather numbers the core in batches of near ones.
func (r *reduced) gather(peeled int) {
	for _, v := range r.order[peeled:] {
		r.number[v] = -1
	}
	next := int32(0)
	batch := r.queue
	for _, v := range r.order[peeled:] {
		if r.number[v] >= 0 {
			continue
		}
		batch = append(batch[:0], v)
		r.number[v] = next
		next++
		for i := 0; i < len(batch) && len(batch) < batchSize; i++ {
			for _, w := range r.classes.Out(int(batch[i])) {
				if r.number[w] < 0 && len(batch) < batchSize {
					r.number[w] = next
					next++
					batch = append(batch, w)
				}
			}
		}
	}
	r.queue = batch
}

// rename copies the graph of classes with their new numbers.
func (r *reduced) rename(n int) {
	raw, g := &r.block.out, &r.classes
	raw.resize(n, len(g.out.node), false)
	for v := range n {
		raw.start[r.number[v]+1] = int64(len(g.Out(v)))
	}
	raw.accumulate()
	for v := range n {
		for _, w := range g.Out(v) {
			raw.push(r.number[v], r.number[w], 1)
		}
	}
	raw.rewind()
	transpose(&r.graph.out, raw)
	r.graph.in = r.graph.out
}
