package graphs

import (
	"math"
	"math/bits"
	"sync"
)

// Direction says which paths of a directed graph count at a node.
type Direction int

const (
	// Incoming paths end at the node.
	Incoming Direction = iota
	// Outgoing paths start at the node.
	Outgoing
)

// Distances holds sums, over the other nodes at a finite distance, of what
// the distance metrics need. Measure fills it; its slices are reused.
type Distances struct {
	Reached      []int32   // how many they are
	Within2      []int32   // how many of them are one or two steps away
	Within3      []int32   // how many of them are up to three steps away
	Farness      []int64   // sum of their distances
	Harmonic     []float64 // sum of 1/distance
	Residual     []float64 // sum of 2 to the power of -distance
	Eccentricity []int32   // largest distance, 0 where no node is reached
	Pairs        []int64   // Pairs[d] is the number of ordered pairs at distance d > 0
}

// Measure runs a breadth-first search from every node, 64 at a time, in a large
// graph 512 (Then et al. 2014, doi:10.14778/2735496.2735507): bit i of a node's
// word says that source i has been seen there, and one pass over the ties moves
// all of them one step. The cost is n/64, or n/512, times the diameter passes.
// Strengths are ignored.
func (d *Distances) Measure(g *Graph, along Direction, ws *Workspace) {
	n := g.N()
	d.reset(n)
	adj := &g.in
	if along == Outgoing {
		adj = &g.out
	}
	if n < worthSharing {
		ws.words.resize(n)
		for first := 0; first < n; first += 64 {
			d.batch(adj, first, &ws.words)
		}
		return
	}
	ws.paths.arrange(adj)
	total := min(shares, (n+64*wide-1)/(64*wide))
	workers := min(max(ws.Workers, 1), total)
	for len(ws.reach) < workers {
		ws.reach = append(ws.reach, sharedDistances{})
	}
	for first := 0; first < total; first += workers {
		d.round(&ws.paths, ws.reach[:min(workers, total-first)], first)
	}
}

// sharedDistances is a share of the searches, in the memory of one worker.
type sharedDistances struct {
	words wideScratch
	part  Distances
}

// round adds as many shares of the searches as there are workers, in their
// order: what a share comes to does not depend on who adds it up.
func (d *Distances) round(p *pathScratch, workers []sharedDistances, first int) {
	if len(workers) == 1 {
		workers[0].add(&p.sorted, first)
	} else {
		var pool sync.WaitGroup
		for i := range workers {
			pool.Go(func() { workers[i].add(&p.sorted, first+i) })
		}
		pool.Wait()
	}
	for i := range workers {
		d.join(&workers[i].part, p.order)
	}
}

func (s *sharedDistances) add(adj *adjacency, share int) {
	n := adj.nodes()
	s.words.resize(n)
	s.part.reset(n)
	for first := 64 * wide * share; first < n; first += 64 * wide * shares {
		s.part.wideBatch(adj, first, &s.words)
	}
}

// join adds what other searches found in a graph that has the nodes in the given
// order.
func (d *Distances) join(o *Distances, order []int32) {
	for i, v := range order {
		d.Reached[v] += o.Reached[i]
		d.Within2[v] += o.Within2[i]
		d.Within3[v] += o.Within3[i]
		d.Farness[v] += o.Farness[i]
		d.Harmonic[v] += o.Harmonic[i]
		d.Residual[v] += o.Residual[i]
		d.Eccentricity[v] = max(d.Eccentricity[v], o.Eccentricity[i])
	}
	for len(d.Pairs) < len(o.Pairs) {
		d.Pairs = append(d.Pairs, 0)
	}
	for distance, pairs := range o.Pairs {
		d.Pairs[distance] += pairs
	}
}

func (w *wordScratch) resize(n int) {
	w.seen, w.now, w.next = resized(w.seen, n), resized(w.now, n), resized(w.next, n)
}

func (d *Distances) reset(n int) {
	d.Reached, d.Within2 = resized(d.Reached, n), resized(d.Within2, n)
	d.Farness, d.Harmonic = resized(d.Farness, n), resized(d.Harmonic, n)
	d.Eccentricity = resized(d.Eccentricity, n)
	d.Within3, d.Residual = resized(d.Within3, n), resized(d.Residual, n)
	clear(d.Reached)
	clear(d.Within2)
	clear(d.Within3)
	clear(d.Farness)
	clear(d.Harmonic)
	clear(d.Residual)
	clear(d.Eccentricity)
	d.Pairs = append(d.Pairs[:0], 0)
}

// wordScratch holds one word of sources per node: those seen so far, those
// that arrived in this step, those that arrive in the next.
type wordScratch struct {
	seen, now, next []uint64
}

// batch adds the searches from up to 64 nodes, the first and those after it.
func (d *Distances) batch(adj *adjacency, first int, w *wordScratch) {
	n := adj.nodes()
	clear(w.seen)
	clear(w.now)
	size := min(64, n-first)
	for i := range size {
		w.seen[first+i] = 1 << i
		w.now[first+i] = 1 << i
	}
	all := ^uint64(0) >> (64 - size)
	for level := 1; ; level++ {
		arrived := d.step(adj, level, all, w)
		if arrived == 0 {
			return
		}
		d.pairs(level, arrived)
		w.now, w.next = w.next, w.now
	}
}

// pairs adds to the pairs at a distance.
func (d *Distances) pairs(distance int, more int64) {
	if distance == len(d.Pairs) {
		d.Pairs = append(d.Pairs, 0)
	}
	d.Pairs[distance] += more
}

// arrival is a distance, and what it adds to sums.
type arrival struct {
	distance      int32
	inverse, half float64 // 1/distance, and 2 to the power of -distance
}

func newArrival(distance int) arrival {
	return arrival{int32(distance), 1 / float64(distance), math.Ldexp(1, -distance)}
}

// arrive adds the searches that reach v at a distance.
func (d *Distances) arrive(v int, searches int32, a arrival) {
	d.Reached[v] += searches
	d.Farness[v] += int64(searches) * int64(a.distance)
	d.Harmonic[v] += float64(searches) * a.inverse
	d.Residual[v] += float64(searches) * a.half
	d.Eccentricity[v] = max(d.Eccentricity[v], a.distance)
	if a.distance <= 2 {
		d.Within2[v] += searches
	}
	if a.distance <= 3 {
		d.Within3[v] += searches
	}
}

// step moves every search one tie further and returns how many arrivals that
// makes. A node that all searches have seen has nothing more to receive; what
// is left in its words is not read, because one step later all its neighbours
// have seen them all too.
func (d *Distances) step(adj *adjacency, level int, all uint64, w *wordScratch) int64 {
	a := newArrival(level)
	arrived := int64(0)
	for v := range w.seen {
		seen := w.seen[v]
		if seen == all {
			continue
		}
		near := uint64(0)
		for _, u := range adj.row(v) {
			near |= w.now[u]
		}
		fresh := near &^ seen
		w.next[v] = fresh
		if fresh == 0 {
			continue
		}
		w.seen[v] = seen | fresh
		c := bits.OnesCount64(fresh)
		arrived += int64(c)
		d.arrive(v, int32(c), a)
	}
	return arrived
}
