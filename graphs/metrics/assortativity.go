package metrics

// assortativityDegree tells whether firms with many partners are tied to each
// other (towards 1) or to firms with few (towards -1): the correlation of the
// degrees at the two ends of a tie, each tie taken both ways round. Undirected
// view, strengths ignored. Null where all firms with a tie have the same
// degree, in particular without ties. Cost n+m. Newman 2002,
// doi:10.1103/PhysRevLett.89.208701. It is igraph's assortativity_degree and
// NetworkX's degree_assortativity_coefficient of the undirected graph.
func assortativityDegree(s *Shared, out []float64) {
	g, degrees := s.undirected(), s.degrees()
	ends, sum := 0.0, 0.0
	for _, degree := range degrees {
		d := float64(degree)
		ends += d
		sum += d * d
	}
	mean := sum / ends
	variance, covariance := 0.0, 0.0
	for v, degree := range degrees {
		d := float64(degree) - mean
		variance += float64(degree) * d * d
		for _, w := range g.Out(v) {
			covariance += d * (float64(degrees[w]) - mean)
		}
	}
	out[0] = min(1, max(-1, covariance/variance)) // rounding can overshoot, as in a star
}
