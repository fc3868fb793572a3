package graphs

import "math/bits"

// unitFlow sends units from a source to a target through a graph given as rows
// of bits, where each tie carries one unit, either way.
type unitFlow struct {
	n, words int      // nodes, and words in a row
	ties     []uint64 // the graph
	gone     []uint64 // the nodes left out
	out, in  []uint64 // the nodes that each node sends a unit to, and gets one from
	levels   []uint64 // the nodes at each distance from the source
	seen     []uint64 // those reached in the last search that failed, and those left out
}

func (f *unitFlow) resize(n int) {
	f.n, f.words = n, (n+63)/64
	rows := n * f.words
	f.ties, f.out, f.in = resized(f.ties, rows), resized(f.out, rows), resized(f.in, rows)
	f.levels = resized(f.levels, rows+f.words)
	f.seen, f.gone = resized(f.seen, f.words), resized(f.gone, f.words)
	clear(f.ties)
	clear(f.gone)
}

func (f *unitFlow) row(a []uint64, v int) []uint64 { return a[v*f.words : (v+1)*f.words] }

// has tells whether v is in row u of a, and flip puts it in, or takes it out.
func (f *unitFlow) has(a []uint64, u, v int) bool { return a[u*f.words+v>>6]>>(v&63)&1 == 1 }
func (f *unitFlow) flip(a []uint64, u, v int)     { a[u*f.words+v>>6] ^= 1 << (v & 63) }

// add adds row u of a to a set.
func (f *unitFlow) add(set, a []uint64, u int) {
	for k, x := range f.row(a, u) {
		set[k] |= x
	}
}

// greatest sends as many units from s to t as the ties carry, or the bound if
// that is less, and returns how many.
func (f *unitFlow) greatest(s, t int, bound int32) int32 {
	clear(f.out)
	clear(f.in)
	if bound == 0 {
		return 0
	}
	flow := f.direct(s, t)
	for flow < bound && f.augment(s, t) {
		flow++
	}
	return flow
}

// direct sends what it can along paths of one and two ties, and returns how
// much that is.
func (f *unitFlow) direct(s, t int) int32 {
	flow := int32(0)
	from, to := f.row(f.ties, s), f.row(f.ties, t)
	if f.has(f.ties, s, t) {
		f.send(s, t)
		flow = 1
	}
	for k, gone := range f.gone {
		for both := from[k] & to[k] &^ gone; both != 0; both &= both - 1 {
			w := k*64 + bits.TrailingZeros64(both)
			f.send(s, w)
			f.send(w, t)
			flow++
		}
	}
	return flow
}

// send sends one unit from u to v, or takes back one from v to u.
func (f *unitFlow) send(u, v int) {
	if f.has(f.in, u, v) {
		u, v = v, u
	}
	f.flip(f.out, u, v)
	f.flip(f.in, v, u)
}

// augment sends one more unit along a path of fewest ties that can carry more,
// and tells whether there is one.
func (f *unitFlow) augment(s, t int) bool {
	copy(f.seen, f.gone)
	f.flip(f.seen, 0, s)
	level := f.levels[:f.words]
	clear(level)
	f.flip(level, 0, s)
	for distance := 0; ; distance++ {
		if u := f.before(t, level); u >= 0 {
			f.send(u, t)
			f.back(u, distance)
			return true
		}
		next := f.row(f.levels, distance+1)
		if !f.step(next, level) {
			return false
		}
		level = next
	}
}

// step sets next to the nodes not yet seen that a node of the level can send
// more to, and tells whether there are any.
func (f *unitFlow) step(next, level []uint64) bool {
	if f.words == 1 {
		reached := uint64(0)
		for set := level[0]; set != 0; set &= set - 1 {
			u := bits.TrailingZeros64(set)
			reached |= f.ties[u] &^ f.out[u]
		}
		next[0] = reached &^ f.seen[0]
		f.seen[0] |= reached
		return next[0] != 0
	}
	clear(next)
	for k, set := range level {
		for ; set != 0; set &= set - 1 {
			u := k*64 + bits.TrailingZeros64(set)
			sent := f.row(f.out, u)
			for w, x := range f.row(f.ties, u) {
				next[w] |= x &^ sent[w]
			}
		}
	}
	moved := uint64(0)
	for w := range next {
		next[w] &^= f.seen[w]
		f.seen[w] |= next[w]
		moved |= next[w]
	}
	return moved != 0
}

// back sends a unit from the source to v, at a distance from it.
func (f *unitFlow) back(v, distance int) {
	for ; distance > 0; distance-- {
		u := f.before(v, f.row(f.levels, distance-1))
		f.send(u, v)
		v = u
	}
}

// before returns the first node of the level that can send more to v, or -1.
func (f *unitFlow) before(v int, level []uint64) int {
	at := v * f.words
	for k, reached := range level {
		if x := f.ties[at+k] &^ f.in[at+k] & reached; x != 0 {
			return k*64 + bits.TrailingZeros64(x)
		}
	}
	return -1
}

// through returns how many units pass v.
func (f *unitFlow) through(v int) int32 {
	units := 0
	for _, x := range f.row(f.in, v) {
		units += bits.OnesCount64(x)
	}
	return int32(units)
}

// withdraw takes back the units from s to t that pass v, and returns how many
// they are. Units that go round in a circle are taken back too.
func (f *unitFlow) withdraw(s, t, v int) int32 {
	taken := int32(0)
	for {
		u := firstBit(f.row(f.in, v))
		if u < 0 {
			return taken
		}
		for w := v; ; u = firstBit(f.row(f.in, w)) {
			f.send(w, u)
			if w = u; w == s || w == v {
				break
			}
		}
		if u == v {
			continue
		}
		taken++
		for w := v; w != t; w = u {
			u = firstBit(f.row(f.out, w))
			f.send(u, w)
		}
	}
}

// firstBit returns the first element of a set, or -1.
func firstBit(row []uint64) int {
	for k, x := range row {
		if x != 0 {
			return k*64 + bits.TrailingZeros64(x)
		}
	}
	return -1
}
