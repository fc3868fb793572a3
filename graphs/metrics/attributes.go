package metrics

import "math"

// alterMean is the mean of a numeric attribute over the firm's partners.
// Undirected view, strengths ignored; partners without a value are left out.
// Null for an isolate, and where no partner has a value. Cost n+m.
func alterMean(s *Shared, out []float64) {
	values := s.values()
	for v := range values {
		known, sum := 0.0, 0.0
		for _, w := range s.undirected().Out(v) {
			if x := values[w]; !math.IsNaN(x) {
				known++
				sum += x
			}
		}
		if known > 0 {
			out[v] = sum / known
		}
	}
}

// assortativityOf tells whether firms are tied to firms with like values
// (towards 1) or unlike ones (towards -1): the correlation of a numeric
// attribute at the two ends of a tie, each tie taken both ways round.
// Undirected view, strengths ignored; a tie with a value missing at either end
// is left out. Null where the values at the ends of ties are all equal, in
// particular without ties, and where every tie is left out. Cost n+m. Newman
// 2003, doi:10.1103/PhysRevE.67.026126. It is igraph's assortativity and
// NetworkX's numeric_assortativity_coefficient of the undirected graph.
func assortativityOf(s *Shared, out []float64) {
	ends, sum := 0.0, 0.0
	eachKnownTie(s, func(x, _ float64) {
		ends++
		sum += x
	})
	mean := sum / ends
	variance, covariance := 0.0, 0.0
	eachKnownTie(s, func(x, y float64) {
		variance += (x - mean) * (x - mean)
		covariance += (x - mean) * (y - mean)
	})
	out[0] = min(1, max(-1, covariance/variance)) // rounding can overshoot
}

// eachKnownTie calls f with the values at the two ends of every tie that has
// both, either way round. Undirected view.
func eachKnownTie(s *Shared, f func(x, y float64)) {
	values := s.values()
	for v, x := range values {
		if math.IsNaN(x) {
			continue
		}
		for _, w := range s.undirected().Out(v) {
			if y := values[w]; !math.IsNaN(y) {
				f(x, y)
			}
		}
	}
}

// sameValueAtTies tells whether all values at the ends of ties are equal, in
// particular where there is no tie.
func sameValueAtTies(s *Shared) bool {
	low, high := math.Inf(1), math.Inf(-1)
	eachKnownTie(s, func(x, _ float64) {
		low, high = min(low, x), max(high, x)
	})
	return low >= high
}
