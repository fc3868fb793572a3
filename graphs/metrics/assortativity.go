package metrics

import "math"

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

// assortativityDegreeDirected tells whether firms that name many name firms
// that many name: the correlation, over arcs, of the arcs that the one end
// sends with those that the other receives. Strengths are ignored. Null on an
// undirected layer and where either does not vary over arcs, in particular
// without ties. Cost n+m. Newman 2003, doi:10.1103/PhysRevE.67.026126. It is
// igraph's assortativity_degree(directed = TRUE) and NetworkX's
// degree_assortativity_coefficient(x = "out", y = "in").
func assortativityDegreeDirected(s *Shared, out []float64) {
	arcs := float64(s.graph.Ties())
	meanOut, meanIn := 0.0, 0.0
	for v := range s.n {
		sent, received := float64(len(s.graph.Out(v))), float64(len(s.graph.In(v)))
		meanOut += sent * sent / arcs
		meanIn += received * received / arcs
	}
	squareOut, squareIn, product := 0.0, 0.0, 0.0
	for v := range s.n {
		sent, received := float64(len(s.graph.Out(v))), float64(len(s.graph.In(v)))
		squareOut += sent * (sent - meanOut) * (sent - meanOut)
		squareIn += received * (received - meanIn) * (received - meanIn)
		for _, w := range s.graph.Out(v) {
			product += (sent - meanOut) * (float64(len(s.graph.In(int(w)))) - meanIn)
		}
	}
	out[0] = min(1, max(-1, product/math.Sqrt(squareOut*squareIn)))
}

// equalDegreesAtArcs tells whether all firms that send arcs send as many, or
// all that receive arcs receive as many.
func equalDegreesAtArcs(s *Shared) bool {
	sameOut, sameIn := true, true
	sent, received := 0, 0
	for v := range s.n {
		if d := len(s.graph.Out(v)); d > 0 {
			sameOut = sameOut && (sent == 0 || d == sent)
			sent = d
		}
		if d := len(s.graph.In(v)); d > 0 {
			sameIn = sameIn && (received == 0 || d == received)
			received = d
		}
	}
	return sameOut || sameIn
}

// assortativitySlope is how much the mean degree of a firm's partners rises
// with the firm's own degree: the slope of the least squares line over firms
// with a partner. Below 0, firms with many partners are tied to firms with
// few. Undirected view, strengths ignored. Null where all firms with a partner
// have the same degree. Cost n+m. Crespo, Suire & Vicente 2014,
// doi:10.1093/jeg/lbt006.
func assortativitySlope(s *Shared, out []float64) {
	g, degrees := s.undirected(), s.degrees()
	around := s.scratch()
	firms, meanOwn, meanAround := 0.0, 0.0, 0.0
	for v, degree := range degrees {
		if degree == 0 {
			continue
		}
		sum := 0
		for _, w := range g.Out(v) {
			sum += degrees[w]
		}
		around[v] = float64(sum) / float64(degree)
		firms++
		meanOwn += float64(degree)
		meanAround += around[v]
	}
	meanOwn, meanAround = meanOwn/firms, meanAround/firms
	square, product := 0.0, 0.0
	for v, degree := range degrees {
		if degree > 0 {
			d := float64(degree) - meanOwn
			square += d * d
			product += d * (around[v] - meanAround)
		}
	}
	out[0] = product / square
}
