package graphs

import "slices"

// batchSize is the number of searches done together in a large graph. The more
// there are, the fewer steps each node is met in, and the more memory the counts
// of a node fill: two lines of a processor's cache.
const batchSize = 16

// pathBatch is the state of a batch of searches; in a set of them, bit i stands
// for the i-th. A step along a tie serves all searches that take it at the same
// distance, which is likely where their sources are near each other.
type pathBatch struct {
	left []set // by node, the searches that have yet to reach it
	next []set // by node, those that reach it in the step being taken

	// The steps, one after another: at step d, starting at entry start[d], the
	// searches in reached[i] are at node[i], d ties from their sources.
	start   []int
	node    []int32
	reached []set
	// The ties of the shortest paths, by the entry that they lead on from: those
	// of entry i end at led[i].
	led  []int32
	ties []pathTie

	// By node and search: the shortest paths from the source to the node, and on
	// the way back, in their place, (1 + dependency of the source on the node)
	// over their number.
	paths []lanes

	weight  lanes // what each search stands for
	most    float64
	tooMany bool // there were more paths than a float64 counts
}

// set is a set of searches of a batch.
type set uint16

// blockOfSets is how many sets are looked at together.
const blockOfSets = 16

// lanes holds a number for each search of a batch.
type lanes [batchSize]float64

// pathTie is a tie that leads the searches in by to a node.
type pathTie struct {
	to int32
	by set
}

// searched is a graph with numbers for nodes that stand for several: how many
// copies a node has, and what its copies reach as targets of paths together.
// Nodes below core are sources once; the others, from the last to the core, are
// sources for both directions of their pairs, and then left out.
type searched struct {
	out           *adjacency
	copies, reach []float64
	ones          []float64 // 1 for each node
	core          int
}

// sources is a batch of them: nodes first to end-1, in the graph of those below
// limit.
type sources struct {
	first, end, limit int
}

// batches returns the number of batches.
func (g *searched) batches() int {
	return parts(g.core) + parts(g.out.nodes()-g.core)
}

func parts(n int) int { return (n + batchSize - 1) / batchSize }

// batch returns a batch by number: those of the core, then those left out.
func (g *searched) batch(i int) sources {
	if i < parts(g.core) {
		return sources{batchSize * i, min(batchSize*(i+1), g.core), g.core}
	}
	limit := g.out.nodes() - batchSize*(i-parts(g.core))
	return sources{max(limit-batchSize, g.core), limit, limit}
}

// both tells whether a batch stands for both directions of its pairs.
func (s *sources) both(g *searched) bool { return s.first >= g.core }

// add adds to dst the dependencies of the sources, or notes that there were too
// many paths to count.
func (p *pathBatch) add(dst []float64, g *searched, s sources) {
	p.begin(g, s)
	for p.spread(g, s) {
	}
	p.most = 0
	for d := len(p.start) - 1; d > 0; d-- {
		p.collect(dst, g, s, d)
	}
	p.tooMany = p.tooMany || p.most >= 1e290 // beyond that the inverse would lose digits
}

// begin places each search at its source.
func (p *pathBatch) begin(g *searched, s sources) {
	n := g.out.nodes() + blockOfSets
	p.left, p.next, p.paths = resized(p.left, n), resized(p.next, n), resized(p.paths, n)
	all := ^set(0) >> (batchSize - (s.end - s.first))
	for v := range p.left {
		p.left[v] = all
	}
	clear(p.next)
	clear(p.paths[:s.limit])
	p.start, p.node, p.reached = append(p.start[:0], 0), p.node[:0], p.reached[:0]
	p.led, p.ties = append(p.led[:0], 0), p.ties[:0]
	p.weight = lanes{}
	for i := range s.end - s.first {
		v := s.first + i
		p.node, p.reached = append(p.node, int32(v)), append(p.reached, 1<<i)
		p.left[v] &^= 1 << i
		p.paths[v][i] = 1
		p.weight[i] = g.reach[v]
		if s.both(g) {
			p.weight[i] *= 2
		}
	}
}

// spread moves all searches one tie further, counting paths, and tells whether
// any reached a new node.
func (p *pathBatch) spread(g *searched, s sources) bool {
	begun, end := p.start[len(p.start)-1], len(p.node)
	led := len(p.ties)
	p.led = slices.Grow(p.led, end-begun)[:end+1]
	p.ties = slices.Grow(p.ties, len(g.out.node)) // a step meets a node, and so a tie, once
	p.ties = p.ties[:lead(p, g.out, begun, end, s.limit)]
	if len(p.ties) == led {
		return false
	}
	copies := g.copies
	if begun == 0 {
		copies = g.ones // a path starts at one of the copies
	}
	count(p, copies, begun, end)
	p.arrivals(p.ties[led:], s.limit)
	p.start = append(p.start, end)
	return true
}

// arrivals notes the searches that reach the nodes led to. Where they are many
// they are looked for in ascending order, so that the next step goes through
// memory from one end to the other.
func (p *pathBatch) arrivals(ties []pathTie, limit int) {
	if len(ties) < limit/64 {
		for _, t := range ties {
			p.reach(t.to)
		}
		return
	}
	p.node, p.reached = slices.Grow(p.node, limit+blockOfSets), slices.Grow(p.reached, limit+blockOfSets)
	n := arrive(p, limit)
	p.node, p.reached = p.node[:n], p.reached[:n]
}

// reach notes the searches that reach a node, once.
func (p *pathBatch) reach(w int32) {
	if fresh := p.next[w]; fresh != 0 {
		p.node, p.reached = append(p.node, w), append(p.reached, fresh)
		p.left[w] &^= fresh
		p.next[w] = 0
	}
}

// collect adds to dst the dependencies of the sources on the nodes at distance
// d, knowing those farther away.
func (p *pathBatch) collect(dst []float64, g *searched, s sources, d int) {
	first, end := p.start[d], len(p.node)
	if d+1 < len(p.start) {
		end = p.start[d+1]
	}
	own := s.limit // a batch that stands for both directions meets its own pairs twice
	if s.both(g) {
		own = s.first
	}
	depend(p, dst, g.reach, g.copies, own, first, end)
}
