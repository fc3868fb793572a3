package metrics

import "math/bits"

// takeWords is take for up to 64 firms, the third being counted as a set: at each
// tied pair, so that a triad is met as often as it has tied pairs.
func (t *triadCensus) takeWords(s *Shared) {
	t.count = [triadTypes]int64{}
	var sent, received [64]uint64
	for v := range s.n {
		for _, w := range s.graph.Out(v) {
			sent[v] |= 1 << w
			received[w] |= 1 << v
		}
	}
	all := uint64(1)<<s.n - 1
	for u := range s.n {
		for later := (sent[u] | received[u]) >> u >> 1 << u << 1; later != 0; later &= later - 1 {
			v := bits.TrailingZeros64(later)
			pair := int(sent[u]>>v&1 | received[u]>>v&1<<1)
			t.thirds(pair, all&^(1<<u|1<<v), sent[u], received[u], sent[v&63], received[v&63])
		}
	}
	for kind := range t.count {
		t.count[kind] /= max(1, tiedPairsIn[kind])
	}
	n := int64(s.n)
	t.count[triad003] = n * (n - 1) * (n - 2) / 6
	for _, c := range t.count[1:] {
		t.count[triad003] -= c
	}
}

// tiedPairsIn says how many pairs of a triad are tied.
var tiedPairsIn = [triadTypes]int64{triad012: 1, triad102: 1, triad021D: 2, triad021U: 2, triad021C: 2, triad111D: 2, triad111U: 2, triad030T: 3, triad030C: 3,
	triad201: 2, triad120D: 3, triad120U: 3, triad120C: 3, triad210: 3, triad300: 3}

// thirds counts the triads of a pair, tied as in triadOf, and each firm of a set.
func (t *triadCensus) thirds(pair int, set, sentU, receivedU, sentV, receivedV uint64) {
	withU := [4]uint64{set &^ (sentU | receivedU), set & sentU &^ receivedU, set & receivedU &^ sentU, set & sentU & receivedU}
	withV := [4]uint64{^(sentV | receivedV), sentV &^ receivedV, receivedV &^ sentV, sentV & receivedV}
	for i, x := range withU {
		if x == 0 {
			continue
		}
		for j, y := range withV {
			t.count[triadOf[pair|i<<2|j<<4]] += int64(bits.OnesCount64(x & y))
		}
	}
}
