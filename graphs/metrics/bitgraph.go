package metrics

import "math/bits"

// bitGraph is an undirected network as a row of bits for each firm, quick to
// make and to measure while it is small.
type bitGraph struct {
	n, words      int
	rows          []uint64
	reached, next []uint64 // rows of the firms within some distance
}

// reset removes all ties.
func (b *bitGraph) reset(n int) {
	b.n, b.words = n, (n+63)/64
	b.rows = resized(b.rows, n*b.words)
	clear(b.rows)
}

func (b *bitGraph) row(rows []uint64, v int) []uint64 { return rows[v*b.words : (v+1)*b.words] }

func (b *bitGraph) tied(u, v int) bool { return b.rows[u*b.words+v/64]>>(v%64)&1 == 1 }

// tie ties two firms, tied or not.
func (b *bitGraph) tie(u, v int) {
	b.rows[u*b.words+v/64] |= 1 << (v % 64)
	b.rows[v*b.words+u/64] |= 1 << (u % 64)
}

// flip ties two firms if they are not tied, and parts them if they are.
func (b *bitGraph) flip(u, v int) {
	b.rows[u*b.words+v/64] ^= 1 << (v % 64)
	b.rows[v*b.words+u/64] ^= 1 << (u % 64)
}

// fill ties all firms.
func (b *bitGraph) fill() {
	for v := range b.n {
		row := b.row(b.rows, v)
		for k := range row {
			row[k] = ^uint64(0) >> (64 - min(64, b.n-64*k))
		}
		row[v/64] &^= 1 << (v % 64)
	}
}

func (b *bitGraph) measure() world {
	return world{clustering: b.clustering(), distance: b.distance()}
}

// clustering is the mean share of the pairs of a firm's partners that are tied,
// 0 for fewer than two partners.
func (b *bitGraph) clustering() float64 {
	sum := 0.0
	for v := range b.n {
		row := b.row(b.rows, v)
		degree, closed := 0, 0
		for k, word := range row {
			degree += bits.OnesCount64(word)
			for ; word != 0; word &= word - 1 {
				for i, theirs := range b.row(b.rows, 64*k+bits.TrailingZeros64(word)) {
					closed += bits.OnesCount64(theirs & row[i])
				}
			}
		}
		if degree > 1 {
			sum += float64(closed) / float64(degree*(degree-1))
		}
	}
	return sum / float64(b.n)
}

// distance is the mean distance over pairs joined by a path.
func (b *bitGraph) distance() float64 {
	b.reached, b.next = resized(b.reached, len(b.rows)), resized(b.next, len(b.rows))
	clear(b.reached)
	for v := range b.n {
		b.reached[v*b.words+v/64] |= 1 << (v % 64)
	}
	joined, sum := 0, 0
	for step := 1; ; step++ {
		arrived := b.spread()
		if arrived == 0 {
			return float64(sum) / float64(joined)
		}
		joined += arrived
		sum += step * arrived
		b.reached, b.next = b.next, b.reached
	}
}

// spread sets next to what is reached in one step more, and returns how many
// that adds.
func (b *bitGraph) spread() int {
	arrived := 0
	for v := range b.n {
		before, next := b.row(b.reached, v), b.row(b.next, v)
		copy(next, before)
		for k, word := range b.row(b.rows, v) {
			for ; word != 0; word &= word - 1 {
				for i, theirs := range b.row(b.reached, 64*k+bits.TrailingZeros64(word)) {
					next[i] |= theirs
				}
			}
		}
		for i, word := range next {
			arrived += bits.OnesCount64(word &^ before[i])
		}
	}
	return arrived
}
