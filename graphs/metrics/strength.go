package metrics

import "math"

// strength is how strong the firm's ties are together: the sum of their
// strengths, the two directions of a mutual pair added. On a layer without
// strengths every tie counts 1, so that a mutual pair counts 2. Nothing is
// normalised, an isolate has 0, it is never null. Cost n+m. Barrat et al.
// 2004, doi:10.1073/pnas.0400087101. igraph calls it strength(mode = "all").
func strength(s *Shared, out []float64) {
	for v, d := range s.degrees() {
		out[v] = total(s.undirected().OutStrengths(v), d)
	}
}

// strengthIn is the sum of the strengths of the arcs received, otherwise as
// strength. Null on an undirected layer.
func strengthIn(s *Shared, out []float64) {
	for v := range out {
		out[v] = total(s.graph.InStrengths(v), len(s.graph.In(v)))
	}
}

// strengthOut is the sum of the strengths of the arcs sent, otherwise as
// strength. Null on an undirected layer, and for a firm whose ties to others
// nobody was asked about.
func strengthOut(s *Shared, out []float64) {
	for v := range out {
		out[v] = total(s.graph.OutStrengths(v), len(s.graph.Out(v)))
	}
}

// total adds the strengths of ties, or counts them where each is 1. A sum
// beyond the largest float64 is given as that.
func total(strengths []float64, ties int) float64 {
	if strengths == nil {
		return float64(ties)
	}
	sum := 0.0
	for _, x := range strengths {
		sum += x
	}
	return min(sum, math.MaxFloat64)
}
