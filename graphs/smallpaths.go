package graphs

import "math/bits"

// smallPaths is the state of the searches from all nodes of a graph of up to
// 64, done together: bit s of a word stands for the search from s. That a tie
// carries several searches at once is what makes it fast, for the loop over
// them is long enough for a processor to foresee.
type smallPaths struct {
	out, in     [64][]int32    // neighbours
	seen        [64]uint64     // searches that have reached the node
	level       [65][64]uint64 // searches for which the node is at that distance
	count       [64][64]float64
	coefficient [64][64]float64
	// count[v][s] is the number of shortest paths from s to v, coefficient[v][s]
	// is (1 + dependency of s on v)/count.
}

func betweennessWords(dst []float64, g *Graph, p *smallPaths) {
	for depth := p.search(g); depth > 0; depth-- {
		p.collect(dst, depth)
	}
}

// search runs the searches from all nodes, counting paths, and returns the
// largest distance met.
func (p *smallPaths) search(g *Graph) int {
	n := g.N()
	for v := range n {
		clear(p.count[v][:n])
		clear(p.coefficient[v][:n])
		p.count[v][v] = 1
	}
	depth := p.reach(g)
	for d := range depth {
		p.countPaths(n, d)
	}
	return depth
}

// reach runs the searches without counting paths.
func (p *smallPaths) reach(g *Graph) int {
	n := g.N()
	for v := range n {
		p.out[v], p.in[v] = g.Out(v), g.In(v)
		p.level[0][v], p.seen[v] = 1<<v, 1<<v
	}
	depth := 0
	for p.spread(n, depth) {
		depth++
	}
	return depth
}

// spread moves all searches from one distance to the next, and tells whether any
// reached a new node.
func (p *smallPaths) spread(n, depth int) bool {
	here, next := &p.level[depth], &p.level[depth+1]
	moved := uint64(0)
	for v, from := range p.in[:n] {
		arrived := uint64(0)
		for _, u := range from {
			arrived |= here[u&63]
		}
		arrived &^= p.seen[v&63]
		p.seen[v&63] |= arrived
		next[v&63] = arrived
		moved |= arrived
	}
	return moved != 0
}

// countPaths counts the paths of the searches that move on from a distance.
func (p *smallPaths) countPaths(n, depth int) {
	here, next := &p.level[depth], &p.level[depth+1]
	for v, from := range p.in[:n] {
		arrived := next[v&63]
		if arrived == 0 {
			continue
		}
		for _, u := range from {
			addSet(&p.count[v&63], &p.count[u&63], arrived&here[u&63])
		}
	}
}

// collect adds to dst the dependencies of all sources on the nodes at a
// distance from them, knowing those one step farther.
func (p *smallPaths) collect(dst []float64, depth int) {
	here, below := &p.level[depth], &p.level[depth+1]
	for v := range dst {
		at := here[v&63]
		if at == 0 {
			continue
		}
		count, coefficient := &p.count[v&63], &p.coefficient[v&63]
		for _, w := range p.out[v&63] {
			addSet(coefficient, &p.coefficient[w&63], at&below[w&63])
		}
		total := 0.0
		for ; at != 0; at &= at - 1 {
			s := bits.TrailingZeros64(at) & 63
			dependency := count[s] * coefficient[s]
			total += dependency
			coefficient[s] = (1 + dependency) / count[s]
		}
		dst[v] += total
	}
}

// addSet adds the elements of x in a set to those of sum.
func addSet(sum, x *[64]float64, set uint64) {
	for ; set != 0; set &= set - 1 {
		i := bits.TrailingZeros64(set) & 63
		sum[i] += x[i]
	}
}
