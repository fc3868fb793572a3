package graphs

import "math/bits"

// wordRows are the neighbours of each node of a graph of up to 64, as bits.
type wordRows [64]uint64

func (r *wordRows) take(g *Graph) {
	for v := range g.N() {
		r[v] = 0
		for _, w := range g.Out(v) {
			r[v] |= 1 << (w & 63)
		}
	}
}

// among are the neighbours of v in a set.
func (r *wordRows) among(set uint64, v int) uint64 { return r[v&63] & set }

// measureWords is Measure of a graph whose rows are given.
func (e *Egos) measureWords(rows *wordRows) {
	for v := range e.Betweenness {
		partners := rows[v&63]
		d := bits.OnesCount64(partners)
		e.Betweenness[v] = rows.betweenAmong(partners)
		e.Efficiency[v] = rows.nearAmong(partners) / float64(max(1, d*(d-1)))
	}
}

// betweenAmong adds up what each pair of the set that is not tied gives to a
// node that is tied to all of the set.
func (r *wordRows) betweenAmong(set uint64) float64 {
	sum := 0.0
	for left := set; left != 0; left &= left - 1 {
		i := bits.TrailingZeros64(left)
		near := r.among(set, i)
		for others := left & (left - 1) &^ near; others != 0; others &= others - 1 {
			sum += 1 / float64(1+bits.OnesCount64(r.among(near, bits.TrailingZeros64(others))))
		}
	}
	return sum
}

// nearAmong adds up 1/distance over the ordered pairs of the set, along ties
// within it.
func (r *wordRows) nearAmong(set uint64) float64 {
	sum := 0.0
	for left := set; left != 0; left &= left - 1 {
		i := bits.TrailingZeros64(left)
		front := r.among(set, i)
		rest := set &^ front &^ (1 << i)
		for distance := 1; front != 0; distance++ {
			sum += float64(bits.OnesCount64(front)) / float64(distance)
			reached := uint64(0)
			for ; front != 0 && rest != 0; front &= front - 1 {
				reached |= r.among(rest, bits.TrailingZeros64(front))
			}
			front = reached
			rest &^= reached
		}
	}
	return sum
}

// squares adds up the partners that each pair of partners of v has in common, v
// left out.
func (r *wordRows) squares(v int) int64 {
	sum := 0
	for left := r[v&63]; left != 0; left &= left - 1 {
		row := r[bits.TrailingZeros64(left)]
		for others := left & (left - 1); others != 0; others &= others - 1 {
			sum += bits.OnesCount64(row&r[bits.TrailingZeros64(others)]) - 1
		}
	}
	return int64(sum)
}

// constraint is Burt's, of v within the graph of v and its partners.
func (r *wordRows) constraint(v int) float64 {
	partners := r[v&63]
	var part [64]float64
	for left := partners; left != 0; left &= left - 1 {
		q := bits.TrailingZeros64(left)
		part[q] = 1 / float64(1+bits.OnesCount64(r.among(partners, q)))
	}
	sum := 0.0
	for left := partners; left != 0; left &= left - 1 {
		x := 1.0
		for both := r.among(partners, bits.TrailingZeros64(left)); both != 0; both &= both - 1 {
			x += part[bits.TrailingZeros64(both)]
		}
		sum += x * x
	}
	d := float64(max(1, bits.OnesCount64(partners)))
	return sum / (d * d)
}
