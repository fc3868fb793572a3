package graphs

import (
	"math"
	"slices"
)

// Weighting is what the strength of a projected tie means. Only events with
// two or more of the nodes count, in all of them.
type Weighting int

const (
	// Count is the number of events that the two share.
	Count Weighting = iota
	// Newman is the sum over shared events of 1/(k-1), k being the number of
	// nodes that take part in the event (Newman 2001,
	// doi:10.1103/PhysRevE.64.016132): a small event binds more than a large one.
	Newman
	// Jaccard is the number of events that the two share over the number that
	// either takes part in.
	Jaccard
	// Bonacich is how far sharing events goes beyond what the two numbers of
	// events give, 0 to 1: (ad - r)/(ad - bc), r the root of abcd, where of all
	// events a are shared, b and c of one of the two alone and d of neither; 1/2
	// where ad = bc (Bonacich 1972, doi:10.2307/270732). Pairs for which it is 0
	// are not tied.
	Bonacich
)

// Project returns the undirected graph of the nodes of an incidence in which
// two are tied if they share an event. Newman sums run over events ascending.
// A node without an event is an isolate.
func Project(in *Incidence, w Weighting) *Graph {
	n := in.N()
	counted, events := make([]int, n), 0 // events of two nodes or more
	for e := range in.M() {
		if nodes := in.Nodes(e); len(nodes) >= 2 {
			events++
			for _, v := range nodes {
				counted[v]++
			}
		}
	}
	shared := make([]float64, n)
	var partners []int32
	var arcs []Arc
	for v := range n {
		partners = partners[:0]
		for _, e := range in.Events(v) {
			nodes := in.Nodes(int(e))
			for _, u := range nodes {
				if int(u) <= v {
					continue
				}
				if shared[u] == 0 {
					partners = append(partners, u)
				}
				shared[u] += eventWeight(w, len(nodes))
			}
		}
		slices.Sort(partners)
		for _, u := range partners {
			s := shared[u]
			switch w {
			case Jaccard:
				s /= float64(counted[v]+counted[u]) - s
			case Bonacich:
				s = bonacichOverlap(s, float64(counted[v])-s, float64(counted[u])-s, float64(events))
			}
			if s > 0 {
				arcs = append(arcs, Arc{From: int32(v), To: u, Strength: s})
			}
			shared[u] = 0
		}
	}
	return New(n, false, arcs)
}

// bonacichOverlap is the Bonacich weight of two nodes that share a events of all,
// b and c being those of one alone.
func bonacichOverlap(a, b, c, all float64) float64 {
	d := all - a - b - c
	if a*d == b*c {
		return 0.5
	}
	return (a*d - math.Sqrt(a*b*c*d)) / (a*d - b*c)
}

// eventWeight is what one shared event of k nodes adds to a tie.
func eventWeight(w Weighting, k int) float64 {
	if w == Newman {
		return 1 / float64(k-1)
	}
	return 1
}
