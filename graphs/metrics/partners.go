package metrics

import (
	"math"
	"slices"
)

// degreeTotal is the number of arcs sent and received; a partner in both
// directions counts twice. Strengths are ignored, nothing is normalised, an
// isolate has 0. Null on an undirected layer. Cost n. Freeman 1979,
// doi:10.1016/0378-8733(78)90021-7. It is the default of igraph's degree and of
// sna's (gmode = "digraph") on a directed graph.
func degreeTotal(s *Shared, out []float64) {
	for v := range out {
		out[v] = float64(len(s.graph.In(v)) + len(s.graph.Out(v)))
	}
}

// degreeOpsahl weighs the number of partners and the strength of the ties to
// them alike: sqrt(degree·strength), Opsahl's measure with alpha 1/2. Undirected
// view, the strengths of the two directions added, not normalised. An isolate
// has 0; never null. Cost n+m. Opsahl, Agneessens & Skvoretz 2010,
// doi:10.1016/j.socnet.2010.03.006. It is degree_w of R's tnet.
func degreeOpsahl(s *Shared, out []float64) {
	strength(s, out)
	for v, d := range s.degrees() {
		out[v] = math.Sqrt(float64(d)) * math.Sqrt(out[v])
	}
}

// leverage compares the firm's degree with those of its partners: the mean over
// partners j of (k_i-k_j)/(k_i+k_j). Positive where the firm is better
// connected than they are. Undirected view, strengths ignored, from -1 to 1.
// Null for an isolate. Cost n+m. Joyce et al. 2010,
// doi:10.1371/journal.pone.0012200. It is leverage of R's centiserve.
func leverage(s *Shared, out []float64) {
	degrees := s.degrees()
	for v, d := range degrees {
		k := float64(d)
		for _, w := range s.undirected().Out(v) {
			other := float64(degrees[w])
			out[v] += (k - other) / (k + other)
		}
		out[v] /= max(1, k)
	}
}

// neighborDegree is the mean degree of the firm's partners. Undirected view,
// strengths ignored, not normalised. Null for an isolate. Cost n+m.
// Pastor-Satorras et al. 2001, doi:10.1103/PhysRevLett.87.258701. It is igraph's
// knn of the undirected graph and NetworkX's average_neighbor_degree, which is
// 0 for an isolate.
func neighborDegree(s *Shared, out []float64) {
	for v, d := range s.degrees() {
		if d > 0 {
			out[v] = float64(s.degreesOfPartners(v)) / float64(d)
		}
	}
}

// degreesOfPartners is the sum of the degrees of v's partners.
func (s *Shared) degreesOfPartners(v int) int64 {
	degrees, sum := s.degrees(), int64(0)
	for _, w := range s.undirected().Out(v) {
		sum += int64(degrees[w])
	}
	return sum
}

// couplingFirstOrder is how concentrated the firm's ties are: the sum over
// partners of the square of the partner's share of the strength of all the
// firm's ties, from 1/degree to 1 for a single partner. Undirected view, the
// strengths of the two directions added. Null for an isolate. Cost n+m. Uzzi
// 1996, doi:10.2307/2096399.
func couplingFirstOrder(s *Shared, out []float64) {
	g := s.undirected()
	for v, d := range s.degrees() {
		out[v] = 1 / float64(max(1, d))
		if strengths := g.OutStrengths(v); len(strengths) > 0 {
			out[v] = concentration(strengths)
		}
	}
}

// concentration is the sum of squares over the square of the sum. Strengths are
// divided by the largest first, so that no square is beyond a float64.
func concentration(strengths []float64) float64 {
	largest, sum, squares := 0.0, 0.0, 0.0
	for _, x := range strengths {
		largest = max(largest, x)
	}
	for _, x := range strengths {
		sum += x / largest
		squares += x / largest * (x / largest)
	}
	return min(1, squares/(sum*sum))
}

// embeddedness is the mean, over the firm's partners, of the number of partners
// that the firm shares with it: 2t/d, t being the triangles through the firm.
// Undirected view, strengths ignored, not normalised. Null for an isolate. Cost
// m·sqrt(m). Granovetter 1985, doi:10.1086/228311; Easley & Kleinberg 2010,
// doi:10.1017/CBO9780511761942. It is degree less effectiveSize.
func embeddedness(s *Shared, out []float64) {
	degrees := s.degrees()
	for v, t := range s.closure().Triangles {
		out[v] = 2 * float64(t) / float64(max(1, degrees[v]))
	}
}

// simmelian is the number of partners in both directions with whom the firm has
// a third in common, who is such a partner of both. Strengths are ignored,
// nothing is normalised, an isolate has 0. Null on an undirected layer. Cost
// m·sqrt(m). Krackhardt 1998 (Simmelian ties: super strong and sticky). It is
// the row sum of sna's and UCINET's Simmelian ties.
func simmelian(s *Shared, out []float64) {
	g := s.mutualGraph()
	for v := range out {
		for _, w := range g.Out(v) {
			if meet(g.Out(v), g.Out(int(w))) {
				out[v]++
			}
		}
	}
}

// meet tells whether two ascending lists have an element in common. Where one
// is much longer, it is searched rather than read.
func meet(a, b []int32) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	for _, x := range a {
		at, found := slices.BinarySearch(b, x)
		if found {
			return true
		}
		b = b[at:]
	}
	return false
}
