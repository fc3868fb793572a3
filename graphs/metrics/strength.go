package metrics

import (
	"math"
	"slices"
)

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

// strengthMean is the mean of strength over all firms; 0 in a network without
// firms. Never null. Cost n+m.
func strengthMean(s *Shared, out []float64) {
	scores := s.scratch()
	strength(s, scores)
	for _, x := range scores {
		out[0] += x / float64(s.n)
	}
}

// densityWeighted is the mean strength over all pairs, 0 for a pair without a
// tie: ordered pairs on a directed layer, unordered pairs on an undirected
// one. All pairs count, observed or not. Null if n < 2. Cost n+m. It is sna's
// gden with ignore.eval = FALSE.
func densityWeighted(s *Shared, out []float64) {
	pairs := s.orderedPairs()
	for v := range s.n {
		out[0] += total(s.graph.OutStrengths(v), len(s.graph.Out(v))) / pairs
	}
}

// strengthGini is how unequally strength is spread over firms: its Gini
// coefficient, as degreeGini. Null without ties. Cost n·log(n)+m.
func strengthGini(s *Shared, out []float64) {
	scores := s.scratch()
	strength(s, scores)
	slices.Sort(scores)
	largest, sum, spread := scores[s.n-1], 0.0, 0.0
	for i, x := range scores {
		sum += x / largest
		spread += float64(2*i+1-s.n) * (x / largest)
	}
	out[0] = spread / (float64(s.n) * sum)
}

// reciprocityWeighted is the share of strength that is returned: the sum over
// ordered pairs of the weaker of the two directions, over the sum of
// strengths. All pairs count, observed or not. Null on an undirected layer and
// without ties. Cost m·log(m/n). Squartini et al. 2013, doi:10.1038/srep02729.
func reciprocityWeighted(s *Shared, out []float64) {
	largest := s.strongestTie()
	sum, returned := 0.0, 0.0
	for a := range s.graph.All() {
		sum += a.Strength / largest
		if back, ok := s.graph.Strength(int(a.To), int(a.From)); ok {
			returned += min(a.Strength, back) / largest
		}
	}
	out[0] = returned / sum
}

// strongestTie is the largest strength of a tie, so that sums of strengths
// over it stay finite.
func (s *Shared) strongestTie() float64 {
	largest := 0.0
	for a := range s.graph.All() {
		largest = max(largest, a.Strength)
	}
	return largest
}
