package graphs

import "math/bits"

// wide is how many words of sources a node of a large graph has: as many as one
// line of a processor's cache holds, so that a tie is followed for 512 searches
// in the time in which a neighbour's line is fetched.
const wide = 8

// wideScratch is wordScratch with so many words per node.
type wideScratch struct {
	seen, now, next [][wide]uint64
	left            []int32 // by node, searches that have yet to reach it
	open            []int32 // the nodes that some have yet to reach, ascending
	met             []meeting
}

// meeting is a node, and how many searches reach it in a step.
type meeting struct{ node, searches int32 }

func (w *wideScratch) resize(n int) {
	w.seen, w.now, w.next = resized(w.seen, n), resized(w.now, n), resized(w.next, n)
	w.left, w.open, w.met = resized(w.left, n), resized(w.open, n), resized(w.met, n)
}

// begin places searches at up to 512 nodes, the first and those after it.
func (w *wideScratch) begin(first int) {
	n := len(w.left)
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
	w.open = w.open[:0]
	for v, left := range w.left {
		if left > 0 {
			w.open = append(w.open, int32(v))
		}
	}
}

// wideBatch adds the searches from up to 512 nodes, the first and those after it.
func (d *Distances) wideBatch(adj *adjacency, first int, w *wideScratch) {
	w.begin(first)
	for level := 1; ; level++ {
		a := newArrival(level)
		arrived := int64(0)
		met, open := meet(w, adj)
		w.open = w.open[:open]
		for _, m := range w.met[:met] {
			arrived += int64(m.searches)
			d.arrive(int(m.node), m.searches, a)
		}
		if arrived == 0 {
			return
		}
		d.pairs(level, arrived)
		w.now, w.next = w.next, w.now
	}
}

// meetScalar moves every search one tie further. It returns how many nodes are
// met, listed in met, and how many stay open. What is left in the words of the
// others is not read, as in step.
func meetScalar(w *wideScratch, rows *adjacency) (met, open int) {
	for _, v := range w.open {
		var n0, n1, n2, n3, n4, n5, n6, n7 uint64 // in registers
		for _, u := range rows.row(int(v)) {
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
		w.met[met] = meeting{v, c}
		if c > 0 {
			met++
		}
		w.left[v] -= c
		w.open[open] = v
		if w.left[v] > 0 {
			open++
		}
	}
	return met, open
}
