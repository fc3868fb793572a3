package metrics

import (
	"math"
	"math/rand/v2"
)

// worldDraws is how many random networks the reference of a small world is the
// mean of.
const worldDraws = 100

// smallWorldPropensity is how far the largest component joins the clustering of
// a lattice with the short distances of a random network: 1 - sqrt((dC² +
// dL²)/2), with dC = (C_lat - C)/(C_lat - C_rand) and dL = (L - L_rand)/(L_lat -
// L_rand), each cut to 0 to 1. C is the mean clustering, 0 for fewer than two
// partners, and L the mean distance over joined pairs. The lattice is a ring of
// as many firms with as many ties, the shortest chords first; the random values
// are means over 100 networks of as many firms and ties, drawn from Input.Key.
// Undirected view, strengths ignored; the smallest value where several
// components are the largest. Null where the component has fewer than ten
// firms, or the lattice is no more clustered than the random networks or has no
// longer distances. Cost that of 100 distances. Muldoon, Bridgeford & Bassett
// 2016, doi:10.1038/srep22057, of ties without strengths.
func smallWorldPropensity(s *Shared, out []float64) { out[0] = s.smallWorld().propensity }

// smallWorldQ is how much more clustered the largest component is than random
// networks, over how much longer its distances are: (C/C_rand)/(L/L_rand), with
// C, L and the random networks as for smallWorldPropensity. Null where the
// component has fewer than ten firms or the random networks have no triangle.
// Uzzi & Spiro 2005, doi:10.1086/432782.
func smallWorldQ(s *Shared, out []float64) { out[0] = s.smallWorld().q }

// smallWorld holds both metrics, each NaN where undefined.
type smallWorld struct {
	propensity, q float64
	ties          bitGraph
	place         []int32
}

// world is what tells a lattice from a random network.
type world struct{ clustering, distance float64 }

func (s *Shared) smallWorld() *smallWorld {
	k := &s.ofNetwork
	w := &k.worlds
	if !k.first(worlds) {
		return w
	}
	w.propensity, w.q = math.Inf(1), math.Inf(1)
	parts, largest := s.components(), s.largestComponent()
	for c := range parts.Count() {
		if members := parts.Members(c); len(members) == largest {
			w.add(s, members)
		}
	}
	return w
}

// add measures a component; the smaller of two values stays, and so does NaN.
func (w *smallWorld) add(s *Shared, members []int32) {
	g, draws := s.undirected(), &s.ofNetwork.draws
	n := len(members)
	w.place = resized(w.place, s.n)
	for i, v := range members {
		w.place[v] = int32(i)
	}
	w.ties.reset(n)
	ties := 0
	for _, v := range members {
		for _, u := range g.Out(int(v)) {
			w.ties.tie(int(w.place[v]), int(w.place[u]))
			ties++
		}
	}
	ties /= 2
	observed := w.ties.measure()
	w.ties.lattice(ties)
	lattice := w.ties.measure()
	var random world
	draws.restart(s.key, drawsTies)
	for range worldDraws {
		w.ties.random(ties, draws.rng)
		drawn := w.ties.measure()
		random.clustering += drawn.clustering / worldDraws
		random.distance += drawn.distance / worldDraws
	}
	w.propensity = min(w.propensity, propensity(observed, lattice, random))
	w.q = min(w.q, smallness(observed, random))
}

func propensity(observed, lattice, random world) float64 {
	clusteringSpan, distanceSpan := lattice.clustering-random.clustering, lattice.distance-random.distance
	if !(clusteringSpan > 0) || !(distanceSpan > 0) {
		return math.NaN()
	}
	dC := max(0, min(1, (lattice.clustering-observed.clustering)/clusteringSpan))
	dL := max(0, min(1, (observed.distance-random.distance)/distanceSpan))
	return 1 - math.Sqrt((dC*dC+dL*dL)/2)
}

func smallness(observed, random world) float64 {
	if !(random.clustering > 0) || !(random.distance > 0) {
		return math.NaN()
	}
	return observed.clustering / random.clustering / (observed.distance / random.distance)
}

// random lays as many ties between firms at random, every such network being
// equally likely.
func (b *bitGraph) random(ties int, rng *rand.Rand) {
	b.reset(b.n)
	pairs := b.n * (b.n - 1) / 2
	dense := ties > pairs/2 // then it is quicker to choose the pairs without
	if dense {
		b.fill()
		ties = pairs - ties
	}
	for ties > 0 {
		u, v := rng.IntN(b.n), rng.IntN(b.n-1)
		if v >= u {
			v++
		}
		if b.tied(u, v) != dense {
			continue
		}
		b.flip(u, v)
		ties--
	}
}

// lattice ties each firm of a ring to those after it, one step away, then two,
// until all ties are laid.
func (b *bitGraph) lattice(ties int) {
	b.reset(b.n)
	for step := 1; ties > 0; step++ {
		for v := 0; v < b.n && ties > 0; v++ {
			u := (v + step) % b.n
			if !b.tied(v, u) { // half way round, a chord is met from both ends
				b.flip(v, u)
				ties--
			}
		}
	}
}
