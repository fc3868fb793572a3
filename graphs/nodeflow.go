package graphs

import "math/bits"

// nodeFlow finds paths between two nodes that have no other node in common.
// Every node has two sides, as if an arc led through it from the side where
// paths arrive, numbered 2v, to the side where they leave, 2v+1.
type nodeFlow struct {
	next, previous []int32 // of each node on a path
	from           []int32 // of each side, the one that it was reached from in the search, or -1
	queue          []int32
	arrived        uint64 // of up to 64 nodes, those that a tie has been followed to
}

// paths returns how many paths there are from source to target, which are not
// tied, or the limit if that is less (Ford & Fulkerson; by Menger's theorem, so
// many nodes separate the two).
func (f *nodeFlow) paths(p *induced, source, target int32, limit int) int {
	n := len(p.members)
	f.next, f.previous = resized(f.next, n), resized(f.previous, n)
	f.from, f.queue = resized(f.from, 2*n), resized(f.queue, 2*n)[:0]
	for v := range n {
		f.next[v], f.previous[v] = -1, -1
	}
	found := 0
	for _, v := range p.partners(source) {
		if p.tied(v, target) {
			f.previous[v], f.next[v] = source, target
			found++
		}
	}
	for found < limit && f.search(p, source, target) {
		f.turn(source, target)
		found++
	}
	return found
}

// search looks for one more path, which may undo steps of the others, breadth
// first.
func (f *nodeFlow) search(p *induced, source, target int32) bool {
	for i := range f.from {
		f.from[i] = -1
	}
	f.from[2*source] = 2*source + 1 // no path is to come back
	f.queue, f.arrived = f.queue[:0], 1<<source
	f.reach(2*source+1, 2*source+1)
	for i := 0; i < len(f.queue); i++ {
		side := f.queue[i]
		v := side / 2
		switch {
		case side%2 == 0 && f.previous[v] < 0:
			f.reach(2*v+1, side)
		case side%2 == 0:
			f.reach(2*f.previous[v]+1, side)
		default:
			if f.previous[v] >= 0 {
				f.reach(2*v, side)
			}
			if f.leave(p, v, target) {
				return true
			}
		}
	}
	return false
}

// leave reaches the partners of v, and tells whether the target is one.
func (f *nodeFlow) leave(p *induced, v, target int32) bool {
	side := 2*v + 1
	if len(p.members) > 64 {
		for _, w := range p.partners(v) {
			f.reach(2*w, side)
		}
		return f.from[2*target] >= 0
	}
	fresh := p.words[v] &^ f.arrived
	f.arrived |= fresh
	for ; fresh != 0; fresh &= fresh - 1 {
		f.reach(2*int32(bits.TrailingZeros64(fresh)), side)
	}
	return f.arrived>>target&1 == 1
}

func (f *nodeFlow) reach(side, from int32) {
	if f.from[side] < 0 {
		f.from[side] = from
		f.queue = append(f.queue, side)
	}
}

// turn changes the paths along the steps that the search found: first those
// that it undoes, then the new ones.
func (f *nodeFlow) turn(source, target int32) {
	for side := 2 * target; side != 2*source+1; side = f.from[side] {
		if before := f.from[side]; side%2 == 1 && before%2 == 0 && before/2 != side/2 {
			f.previous[before/2] = -1
			if side/2 != source {
				f.next[side/2] = -1
			}
		}
	}
	for side := 2 * target; side != 2*source+1; side = f.from[side] {
		if before := f.from[side]; side%2 == 0 && before%2 == 1 && before/2 != side/2 {
			if before/2 != source {
				f.next[before/2] = side / 2
			}
			if side/2 != target {
				f.previous[side/2] = before / 2
			}
		}
	}
}

// cut appends the nodes that separate source and target, after a search that
// failed: those where paths arrive that cannot leave.
func (f *nodeFlow) cut(dst []int32) []int32 {
	for v := range f.next {
		if f.from[2*v] >= 0 && f.from[2*v+1] < 0 {
			dst = append(dst, int32(v))
		}
	}
	return dst
}
