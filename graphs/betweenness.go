package graphs

import "math/bits"

// Betweenness sets dst[v] to the sum, over pairs of other nodes, of the share
// of their shortest paths that pass v: ordered pairs along the arcs of a
// directed graph, unordered pairs in an undirected one. Strengths are ignored,
// and nothing is normalised. By Brandes (2001,
// doi:10.1080/0022250X.2001.9990249), with the searches of several sources
// done together: n·m steps at most.
func Betweenness(dst []float64, g *Graph, ws *Workspace) {
	checkLen("Betweenness", len(dst), g)
	clear(dst)
	if g.N() <= 64 {
		betweennessWords(dst, g, &ws.small)
	} else {
		betweennessBatches(dst, g, &ws.paths)
	}
	if !g.directed {
		for v := range dst {
			dst[v] /= 2 // each pair was met from both of its ends
		}
	}
}

// batchSize is the number of searches done together in a large graph: the
// counts of a node then fill one line of a processor's cache.
const batchSize = 8

// pathScratch is the state of a batch of searches; in a byte, bit i stands for
// the i-th. A step along a tie serves all searches that take it at the same
// distance, which is likely where their sources are near each other.
type pathScratch struct {
	sources []int32 // all nodes, near ones together
	seen    []uint8 // by node, the searches that have reached it
	next    []uint8 // by node, those that reach it in the step being taken

	// The steps, one after another: at step d, starting at entry start[d], the
	// searches in reached[i] are at node[i], d ties from their sources.
	start   []int
	node    []int32
	reached []uint8

	// By node and search: the shortest paths from the source to the node, and (1
	// + dependency of the source on the node) over their number.
	count, coefficient [][batchSize]float64

	huge hugePaths
}

func betweennessBatches(dst []float64, g *Graph, p *pathScratch) {
	n := g.N()
	p.seen, p.next = resized(p.seen, n), resized(p.next, n)
	p.count, p.coefficient = resized(p.count, n), resized(p.coefficient, n)
	p.arrange(g)
	clear(p.seen)
	clear(p.next)
	clear(p.count)
	clear(p.coefficient)
	for first := 0; first < n; first += batchSize {
		p.batch(dst, g, p.sources[first:min(first+batchSize, n)])
		p.forget()
	}
}

// arrange lists the nodes in the order in which searches along the arcs, each
// from the first node not yet met, find them.
func (p *pathScratch) arrange(g *Graph) {
	clear(p.seen)
	p.sources = resized(p.sources, g.N())[:0]
	for v := range g.N() {
		if p.seen[v] != 0 {
			continue
		}
		p.seen[v] = 1
		first := len(p.sources)
		p.sources = append(p.sources, int32(v))
		for i := first; i < len(p.sources); i++ {
			for _, w := range g.Out(int(p.sources[i])) {
				if p.seen[w] == 0 {
					p.seen[w] = 1
					p.sources = append(p.sources, w)
				}
			}
		}
	}
}

// batch adds to dst the dependencies of the sources.
func (p *pathScratch) batch(dst []float64, g *Graph, sources []int32) {
	p.begin(sources)
	for p.spread(g) {
	}
	if p.tooMany() {
		for _, s := range sources {
			p.huge.add(dst, g, s)
		}
		return
	}
	for d := len(p.start) - 1; d > 0; d-- {
		p.collect(dst, g, d)
	}
}

// begin places each search at its source.
func (p *pathScratch) begin(sources []int32) {
	p.start, p.node, p.reached = append(p.start[:0], 0), p.node[:0], p.reached[:0]
	for i, s := range sources {
		p.node, p.reached = append(p.node, s), append(p.reached, 1<<i)
		p.seen[s] = 1 << i
		p.count[s][i] = 1
	}
}

// forget clears what a batch has written about the nodes that it reached.
func (p *pathScratch) forget() {
	for _, v := range p.node {
		if p.seen[v] != 0 {
			p.seen[v], p.next[v] = 0, 0
			p.count[v], p.coefficient[v] = [batchSize]float64{}, [batchSize]float64{}
		}
	}
}

// spread moves all searches one tie further, counting paths, and tells whether
// any reached a new node.
func (p *pathScratch) spread(g *Graph) bool {
	end := len(p.node)
	for i := p.start[len(p.start)-1]; i < end; i++ {
		u, here := p.node[i], p.reached[i]
		paths := &p.count[u]
		for _, w := range g.Out(int(u)) {
			fresh := here &^ p.seen[w]
			if fresh == 0 {
				continue
			}
			if p.next[w] == 0 {
				p.node = append(p.node, w)
			}
			p.next[w] |= fresh
			add(&p.count[w], paths, fresh)
		}
	}
	for _, w := range p.node[end:] {
		p.reached = append(p.reached, p.next[w])
		p.seen[w] |= p.next[w]
		p.next[w] = 0
	}
	if len(p.node) == end {
		return false
	}
	p.start = append(p.start, end)
	return true
}

// collect adds to dst the dependencies of the sources on the nodes at distance
// d, knowing those farther away. It leaves in next the searches that reach each
// node at d or farther: a tie from a node at d leads at most one farther.
func (p *pathScratch) collect(dst []float64, g *Graph, d int) {
	first, end := p.start[d], len(p.node)
	if d+1 < len(p.start) {
		end = p.start[d+1]
	}
	for i := first; i < end; i++ {
		v, here := p.node[i], p.reached[i]
		paths, dependent := &p.count[v], &p.coefficient[v]
		for _, w := range g.Out(int(v)) {
			if below := here & p.next[w]; below != 0 {
				add(dependent, &p.coefficient[w], below)
			}
		}
		for set := here; set != 0; set &= set - 1 {
			s := bits.TrailingZeros8(set) & (batchSize - 1)
			dependency := paths[s] * dependent[s]
			dst[v] += dependency
			dependent[s] = (1 + dependency) / paths[s]
		}
	}
	for i := first; i < end; i++ {
		p.next[p.node[i]] |= p.reached[i]
	}
}

// add adds the elements of x in a set to those of sum.
func add(sum, x *[batchSize]float64, set uint8) {
	for ; set != 0; set &= set - 1 {
		i := bits.TrailingZeros8(set) & (batchSize - 1)
		sum[i] += x[i]
	}
}

// tooMany tells whether a count of paths, which can double every third node,
// is so large that its inverse would lose digits.
func (p *pathScratch) tooMany() bool {
	for _, v := range p.node {
		for _, paths := range p.count[v] {
			if paths > 1e290 {
				return true
			}
		}
	}
	return false
}
