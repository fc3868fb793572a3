package metrics

import (
	"math"
	"slices"
)

// tiesUndirected is the number of pairs tied in either direction. Undirected
// view, strengths ignored. Never null. Cost n+m.
func tiesUndirected(s *Shared, out []float64) { out[0] = float64(s.undirected().Ties()) }

// densityUndirected is the share of pairs that are tied in either direction,
// all pairs counted, observed or not. Undirected view, strengths ignored. Null
// if n < 2. Cost n+m. It is edge_density in igraph and density in NetworkX of
// the undirected graph.
func densityUndirected(s *Shared, out []float64) {
	out[0] = 2 * float64(s.undirected().Ties()) / s.orderedPairs()
}

// degreeInSD is the standard deviation of the arcs that firms receive, over
// n-1. Strengths are ignored. Null on an undirected layer and if n < 2. Cost n.
func degreeInSD(s *Shared, out []float64) {
	square, _ := central(s.inDegrees())
	out[0] = math.Sqrt(square / float64(s.n-1))
}

// degreeInMax is the largest number of arcs that a firm receives. Strengths
// are ignored. 0 in a network without firms. Null on an undirected layer. Cost
// n.
func degreeInMax(s *Shared, out []float64) {
	for _, d := range s.inDegrees() {
		out[0] = max(out[0], float64(d))
	}
}

// degreeInSkewness is degreeSkewness of the arcs received. Null on an
// undirected layer too.
func degreeInSkewness(s *Shared, out []float64) { out[0] = skewness(s.inDegrees()) }

// degreeSkewness tells whether few firms have many partners and many have few
// (above 0), or the reverse: the mean cube of the degree's deviation from the
// mean, over its mean square to the power of 3/2 (g1, both means over n).
// Undirected view, strengths ignored. Null where all firms have the same
// degree. Cost n+m. It is skewness in the R packages e1071 (type = 1) and
// moments, and skew in scipy.
func degreeSkewness(s *Shared, out []float64) { out[0] = skewness(s.degrees()) }

// degreeInGini is degreeGini of the arcs received. Null on an undirected layer
// too.
func degreeInGini(s *Shared, out []float64) { out[0] = gini(s.ascending(s.inDegrees())) }

// degreeGini is how unequally the ties are spread over firms: the Gini
// coefficient of degree, the sum of |d_i - d_j| over all ordered pairs over
// 2·n·sum of d. 0 where all are equal, (n-1)/n at most. Undirected view,
// strengths ignored. Null without ties. Cost n·log(n)+m.
func degreeGini(s *Shared, out []float64) { out[0] = gini(s.ascending(s.degrees())) }

// degreeEntropy is how much the degrees vary: -sum of p·ln p, p being the share
// of firms with the same degree. 0 where all are equal, ln n at most.
// Undirected view, strengths ignored. Null without firms. Cost n·log(n)+m.
// Sole & Valverde 2004, doi:10.1007/978-3-540-44485-5_9.
func degreeEntropy(s *Shared, out []float64) {
	for rest := s.ascending(s.degrees()); len(rest) > 0; {
		same := 1
		for same < len(rest) && rest[same] == rest[0] {
			same++
		}
		if p := float64(same) / float64(s.n); p < 1 {
			out[0] -= p * math.Log(p)
		}
		rest = rest[same:]
	}
}

// degreeHierarchy is how steeply degree falls with rank: the slope of ln
// degree on ln rank, over firms with a partner from the highest degree down,
// its sign reversed. 0 where all are equal; equal degrees have ranks one after
// the other. Undirected view, strengths ignored. Null for fewer than three
// firms with a partner. Cost n·log(n)+m. Crespo, Suire & Vicente 2014,
// doi:10.1093/jeg/lbt006.
func degreeHierarchy(s *Shared, out []float64) {
	ascending := s.ascending(s.degrees())
	first, _ := slices.BinarySearch(ascending, 1)
	firms := ascending[first:]
	count := float64(len(firms))
	meanRank, meanDegree := 0.0, 0.0
	for i, d := range firms {
		meanRank += math.Log(float64(len(firms)-i)) / count
		meanDegree += math.Log(float64(d)) / count
	}
	square, product := 0.0, 0.0
	for i, d := range firms {
		x := math.Log(float64(len(firms)-i)) - meanRank
		square += x * x
		product += x * (math.Log(float64(d)) - meanDegree)
	}
	out[0] = max(0, -product/square)
}

// inDegrees are the numbers of arcs received.
func (s *Shared) inDegrees() []int {
	k := &s.ofNetwork
	if k.first(arcsReceived) {
		k.received = resized(k.received, s.n)
		for v := range k.received {
			k.received[v] = len(s.graph.In(v))
		}
	}
	return k.received
}

// ascending returns the values sorted, good until the next call.
func (s *Shared) ascending(values []int) []int {
	k := &s.ofNetwork
	k.sorted = append(k.sorted[:0], values...)
	slices.Sort(k.sorted)
	return k.sorted
}

// central returns the sums of squares and of cubes of the deviations from the
// mean.
func central(values []int) (square, cube float64) {
	sum := 0
	for _, x := range values {
		sum += x
	}
	mean := float64(sum) / float64(len(values))
	for _, x := range values {
		d := float64(x) - mean
		square += d * d
		cube += d * d * d
	}
	return square, cube
}

// skewness is the moment skewness g1.
func skewness(values []int) float64 {
	square, cube := central(values)
	variance := square / float64(len(values))
	return cube / float64(len(values)) / (variance * math.Sqrt(variance))
}

// gini is the Gini coefficient of values sorted in ascending order, not all 0.
func gini(ascending []int) float64 {
	n, sum, spread := len(ascending), 0, 0
	for i, x := range ascending {
		sum += x
		spread += (2*i + 1 - n) * x
	}
	return float64(spread) / (float64(n) * float64(sum))
}
