package graphs

import "math/bits"

// wide is how many words of sources a node of a large graph has: as many as one
// line of a processor's cache holds, so that a tie is followed for 512 searches
// in the time in which a neighbour's line is fetched.
const wide = 8

// wideScratch is wordScratch with so many words per node.
type wideScratch struct {
	seen, now, next [][wide]uint64
	left            []int32 // searches that have yet to reach the node
}

func (w *wideScratch) resize(n int) {
	w.seen, w.now, w.next = resized(w.seen, n), resized(w.now, n), resized(w.next, n)
	w.left = resized(w.left, n)
}

// wideBatch adds the searches from up to 512 nodes, the first and those after it.
func (d *Distances) wideBatch(adj *adjacency, first int, w *wideScratch) {
	n := adj.nodes()
	clear(w.seen)
	clear(w.now)
	size := min(64*wide, n-first)
	for v := range w.left {
		w.left[v] = int32(size)
	}
	for i := range size {
		w.seen[first+i][i/64] = 1 << (i % 64)
		w.now[first+i][i/64] = 1 << (i % 64)
		w.left[first+i]--
	}
	for level := 1; ; level++ {
		arrived := d.wideStep(adj, level, w)
		if arrived == 0 {
			return
		}
		d.pairs(level, arrived)
		w.now, w.next = w.next, w.now
	}
}

// wideStep is step, of so many searches.
func (d *Distances) wideStep(adj *adjacency, level int, w *wideScratch) int64 {
	a := newArrival(level)
	arrived := int64(0)
	for v, left := range w.left {
		if left == 0 {
			continue
		}
		var n0, n1, n2, n3, n4, n5, n6, n7 uint64 // in registers
		for _, u := range adj.row(v) {
			x := &w.now[u]
			n0 |= x[0]
			n1 |= x[1]
			n2 |= x[2]
			n3 |= x[3]
			n4 |= x[4]
			n5 |= x[5]
			n6 |= x[6]
			n7 |= x[7]
		}
		c := int32(0)
		seen, next := &w.seen[v], &w.next[v]
		for k, near := range [wide]uint64{n0, n1, n2, n3, n4, n5, n6, n7} {
			next[k] = near &^ seen[k]
			seen[k] |= near
			c += int32(bits.OnesCount64(next[k]))
		}
		if c > 0 {
			w.left[v] = left - c
			arrived += int64(c)
			d.arrive(v, c, a)
		}
	}
	return arrived
}
