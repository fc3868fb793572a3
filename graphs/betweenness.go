package graphs

import (
	"math"
	"math/bits"
)

// Betweenness sets dst[v] to the sum, over pairs of other nodes, of the share
// of their shortest paths that pass v: ordered pairs along the arcs of a
// directed graph, unordered pairs in an undirected one. Strengths are ignored,
// and nothing is normalised. By Brandes (2001,
// doi:10.1080/0022250X.2001.9990249): one search per node, n·m steps in all.
func Betweenness(dst []float64, g *Graph, ws *Workspace) {
	checkLen("Betweenness", len(dst), g)
	clear(dst)
	if g.N() <= 64 {
		betweennessWords(dst, g, &ws.small)
	} else {
		betweennessQueue(dst, g, &ws.paths)
	}
	if !g.directed {
		for v := range dst {
			dst[v] /= 2 // each pair was met from both of its ends
		}
	}
}

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
	n := g.N()
	for v := range n {
		p.out[v], p.in[v] = g.Out(v), g.In(v)
		clear(p.count[v][:n])
		clear(p.coefficient[v][:n])
		p.count[v][v] = 1
		p.level[0][v], p.seen[v] = 1<<v, 1<<v
	}
	depth := 0
	for p.spread(n, depth) {
		depth++
	}
	for ; depth > 0; depth-- {
		p.collect(dst, depth)
	}
}

// spread moves all searches from one distance to the next, counting paths, and
// tells whether any reached a new node.
func (p *smallPaths) spread(n, depth int) bool {
	here, next := &p.level[depth], &p.level[depth+1]
	moved := uint64(0)
	for v, from := range p.in[:n] {
		arrived := uint64(0)
		for _, u := range from {
			arrived |= here[u&63]
		}
		arrived &^= p.seen[v&63]
		next[v&63] = arrived
		if arrived == 0 {
			continue
		}
		moved |= arrived
		p.seen[v&63] |= arrived
		for _, u := range from {
			add(&p.count[v&63], &p.count[u&63], arrived&here[u&63])
		}
	}
	return moved != 0
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
			add(coefficient, &p.coefficient[w&63], at&below[w&63])
		}
		for ; at != 0; at &= at - 1 {
			s := bits.TrailingZeros64(at) & 63
			dependency := count[s] * coefficient[s]
			dst[v] += dependency
			coefficient[s] = (1 + dependency) / count[s]
		}
	}
}

// add adds the elements of x in a set to those of sum.
func add(sum, x *[64]float64, set uint64) {
	for ; set != 0; set &= set - 1 {
		i := bits.TrailingZeros64(set) & 63
		sum[i] += x[i]
	}
}

// pathScratch is the state of a search in a graph of any size.
type pathScratch struct {
	order       []int32   // nodes by distance from the source
	distance    []int32   // -1 where not reached
	count       []float64 // shortest paths from the source
	coefficient []float64 // (1 + dependency)/count
	exponent    []int32   // of count, where it outgrows a float64
}

func betweennessQueue(dst []float64, g *Graph, p *pathScratch) {
	n := g.N()
	p.order = resized(p.order, n)
	p.distance = resized(p.distance, n)
	p.count, p.coefficient = resized(p.count, n), resized(p.coefficient, n)
	for v := range p.distance {
		p.distance[v] = -1
	}
	for s := range n {
		order := p.spread(g, int32(s))
		if p.tooMany(order) {
			p.collectHuge(dst, g, order)
		} else {
			p.collect(dst, g, order)
		}
		for _, v := range order {
			p.distance[v] = -1
		}
	}
}

// spread counts the shortest paths from s and returns the nodes reached, by
// distance.
func (p *pathScratch) spread(g *Graph, s int32) []int32 {
	p.distance[s], p.count[s] = 0, 1
	order := append(p.order[:0], s)
	for i := 0; i < len(order); i++ {
		v := order[i]
		next, paths := p.distance[v]+1, p.count[v]
		for _, w := range g.Out(int(v)) {
			switch p.distance[w] {
			case next:
				p.count[w] += paths
			case -1:
				p.distance[w], p.count[w] = next, paths
				order = append(order, w)
			}
		}
	}
	return order
}

// collect adds to dst the dependency of the source on every node, from the
// farthest back.
func (p *pathScratch) collect(dst []float64, g *Graph, order []int32) {
	for i := len(order) - 1; i > 0; i-- {
		v := order[i]
		next, total := p.distance[v]+1, 0.0
		for _, w := range g.Out(int(v)) {
			if p.distance[w] == next {
				total += p.coefficient[w]
			}
		}
		dependency := p.count[v] * total
		dst[v] += dependency
		p.coefficient[v] = (1 + dependency) / p.count[v]
	}
}

// tooMany tells whether a count of paths, which can double every third node,
// is so large that its inverse would lose digits.
func (p *pathScratch) tooMany(order []int32) bool {
	for _, v := range order {
		if p.count[v] > 1e290 {
			return true
		}
	}
	return false
}

// collectHuge does what collect does, with counts that have exponents of
// their own. The share of paths is at most 1, so it is always a float64.
func (p *pathScratch) collectHuge(dst []float64, g *Graph, order []int32) {
	p.countHuge(g, order)
	dependency := p.coefficient
	for i := len(order) - 1; i > 0; i-- {
		v := order[i]
		total := 0.0
		for _, w := range g.Out(int(v)) {
			if p.distance[w] == p.distance[v]+1 {
				share := math.Ldexp(p.count[v]/p.count[w], int(p.exponent[v]-p.exponent[w]))
				total += share * (1 + dependency[w])
			}
		}
		dependency[v] = total
		dst[v] += total
	}
}

// countHuge counts the paths again, as count·2^exponent.
func (p *pathScratch) countHuge(g *Graph, order []int32) {
	p.exponent = resized(p.exponent, g.N())
	for _, v := range order {
		p.count[v], p.exponent[v] = 0, 0
	}
	p.count[order[0]] = 1
	for _, v := range order {
		for _, w := range g.Out(int(v)) {
			if p.distance[w] == p.distance[v]+1 {
				p.addCount(w, v)
			}
		}
	}
}

// addCount adds the paths to v to those to w, on the larger exponent.
func (p *pathScratch) addCount(w, v int32) {
	top := p.exponent[v]
	if p.count[w] != 0 {
		top = max(top, p.exponent[w])
	}
	total := math.Ldexp(p.count[w], int(p.exponent[w]-top)) + math.Ldexp(p.count[v], int(p.exponent[v]-top))
	fraction, shift := math.Frexp(total)
	p.count[w], p.exponent[w] = fraction, top+int32(shift)
}
