package graphs

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// batchSize is the number of searches done together in a large graph: the
// counts of a node then fill one line of a processor's cache.
const batchSize = 8

// pathBatch is the state of a batch of searches; in a byte, bit i stands for
// the i-th. A step along a tie serves all searches that take it at the same
// distance, which is likely where their sources are near each other.
type pathBatch struct {
	seen []uint8 // by node, the searches that have reached it
	next []uint8 // by node, those that reach it in the step being taken

	// The steps, one after another: at step d, starting at entry start[d], the
	// searches in reached[i] are at node[i], d ties from their sources.
	start   []int
	node    []int32
	reached []uint8
	// The ties of the shortest paths, by the entry that they lead on from: those
	// of entry i end at led[i], and are taken by the searches in by.
	led []int32
	to  []int32
	by  []uint8

	// By node and search: the shortest paths from the source to the node, and (1
	// + dependency of the source on the node) over their number.
	count, coefficient [][batchSize]float64

	tooMany bool // there were more paths than a float64 counts
}

// searched is a graph with numbers for nodes that stand for several: how many
// copies a node has, and what its copies reach as targets of paths together.
// Nodes below core are sources once; the others, from the last to the core, are
// sources for both directions of their pairs, and then left out.
type searched struct {
	out           *adjacency
	copies, reach []float64
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
	most := 0.0
	for d := len(p.start) - 1; d > 0; d-- {
		most = max(most, p.collect(dst, g, s, d))
	}
	p.tooMany = p.tooMany || most >= 1e290 // beyond that the inverse would lose digits
}

// begin places each search at its source.
func (p *pathBatch) begin(g *searched, s sources) {
	n := g.out.nodes() + 8
	p.seen, p.next = resized(p.seen, n), resized(p.next, n)
	p.count, p.coefficient = resized(p.count, n), resized(p.coefficient, n)
	clear(p.seen)
	clear(p.next)
	clear(p.count[:s.limit])
	p.start, p.node, p.reached = append(p.start[:0], 0), p.node[:0], p.reached[:0]
	p.led, p.to, p.by = p.led[:0], p.to[:0], p.by[:0]
	for i := range s.end - s.first {
		v := s.first + i
		p.node, p.reached = append(p.node, int32(v)), append(p.reached, 1<<i)
		p.seen[v] = 1 << i
		p.count[v][i] = 1
	}
}

// spread moves all searches one tie further, counting paths, and tells whether
// any reached a new node.
func (p *pathBatch) spread(g *searched, s sources) bool {
	end := len(p.node)
	begun := p.start[len(p.start)-1]
	led := len(p.to)
	for i := begun; i < end; i++ {
		u, here := p.node[i], p.reached[i]
		first := len(p.to)
		p.lead(g.out.row(int(u)), here, int32(s.limit))
		paths := p.count[u]
		if begun > 0 && g.copies[u] > 1 {
			for k := range paths {
				paths[k] *= g.copies[u]
			}
		}
		by := p.by[first:]
		for k, w := range p.to[first:] {
			p.next[w] |= by[k]
			addLanes(&p.count[w], &paths, by[k])
		}
		p.led = append(p.led, int32(len(p.to)))
	}
	if len(p.to) == led {
		return false
	}
	p.arrive(p.to[led:], s.limit)
	p.start = append(p.start, end)
	return true
}

// lead notes the ties of a row that lead searches to nodes they have not met.
// That is so of half of them, which no processor foresees: so each is written,
// and kept by counting it.
func (p *pathBatch) lead(row []int32, here uint8, limit int32) {
	k := len(p.to)
	p.to, p.by = slices.Grow(p.to, len(row)), slices.Grow(p.by, len(row))
	to, by := p.to[k:k+len(row)], p.by[k:k+len(row)]
	m := 0
	for _, w := range row {
		if w >= limit {
			break
		}
		fresh := here &^ p.seen[w]
		to[m], by[m] = w, fresh
		m += int((uint32(fresh) + 255) >> 8) // 1 unless fresh is empty
	}
	p.to, p.by = p.to[:k+m], p.by[:k+m]
}

// arrive notes the searches that reach the nodes led to. Where they are many
// they are looked for in ascending order, so that the next step goes through
// memory from one end to the other.
func (p *pathBatch) arrive(to []int32, limit int) {
	if len(to) < limit/64 {
		for _, w := range to {
			p.reach(w)
		}
		return
	}
	for from := 0; from < limit; from += 8 {
		for word := binary.LittleEndian.Uint64(p.next[from:]); word != 0; {
			i := bits.TrailingZeros64(word) >> 3
			word &^= 0xff << (8 * i)
			p.reach(int32(from + i))
		}
	}
}

// reach notes the searches that reach a node, once.
func (p *pathBatch) reach(w int32) {
	if fresh := p.next[w]; fresh != 0 {
		p.node, p.reached = append(p.node, w), append(p.reached, fresh)
		p.seen[w] |= fresh
		p.next[w] = 0
	}
}

// collect adds to dst the dependencies of the sources on the nodes at distance
// d, knowing those farther away. It returns the largest number of paths to a
// node at d.
func (p *pathBatch) collect(dst []float64, g *searched, s sources, d int) (most float64) {
	first, end := p.start[d], len(p.node)
	if d+1 < len(p.start) {
		end = p.start[d+1]
	}
	var weight [batchSize]float64
	own := int32(s.limit) // a batch that stands for both directions meets its own pairs twice
	for i := range s.end - s.first {
		weight[i] = g.reach[s.first+i]
	}
	if s.both(g) {
		own = int32(s.first)
		for i := range weight {
			weight[i] *= 2
		}
	}
	from := p.led[first-1]
	for i := first; i < end; i++ {
		v, here := p.node[i], p.reached[i]
		paths, coefficient := &p.count[v], &p.coefficient[v]
		dependent := p.dependent(from, p.led[i])
		from = p.led[i]
		reach, copies, total := g.reach[v], g.copies[v], 0.0
		if v >= own {
			reach /= 2
		}
		for set := here; set != 0; set &= set - 1 {
			k := bits.TrailingZeros8(set) & (batchSize - 1)
			most = max(most, paths[k])
			dependency := paths[k] * dependent[k]
			total += weight[k] * dependency
			coefficient[k] = (reach + copies*dependency) / paths[k]
		}
		dst[v] += total
	}
	return most
}

// dependent adds up the coefficients of the nodes that some ties lead on to, in
// registers: one addition then waits for the one before, and not for memory.
func (p *pathBatch) dependent(from, end int32) [batchSize]float64 {
	var s0, s1, s2, s3, s4, s5, s6, s7 float64
	by := p.by[from:end]
	for k, w := range p.to[from:end] {
		x, f := &p.coefficient[w], &lanes[by[k]]
		s0 += x[0] * f[0]
		s1 += x[1] * f[1]
		s2 += x[2] * f[2]
		s3 += x[3] * f[3]
		s4 += x[4] * f[4]
		s5 += x[5] * f[5]
		s6 += x[6] * f[6]
		s7 += x[7] * f[7]
	}
	return [batchSize]float64{s0, s1, s2, s3, s4, s5, s6, s7}
}

// addLanes adds the elements of x in a set to those of sum.
func addLanes(sum, x *[batchSize]float64, set uint8) {
	f := &lanes[set]
	sum[0] += x[0] * f[0]
	sum[1] += x[1] * f[1]
	sum[2] += x[2] * f[2]
	sum[3] += x[3] * f[3]
	sum[4] += x[4] * f[4]
	sum[5] += x[5] * f[5]
	sum[6] += x[6] * f[6]
	sum[7] += x[7] * f[7]
}

// lanes holds, for each set, 1 for its elements and 0 for others: to multiply
// by it takes less time than to go through the set.
var lanes = func() (table [256][batchSize]float64) {
	for set := range table {
		for i := range batchSize {
			table[set][i] = float64(set >> i & 1)
		}
	}
	return table
}()
