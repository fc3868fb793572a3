package metrics

// centralizationDegree is how much the network turns around its best connected
// firm: the sum over firms of the largest degree less the firm's, over that
// sum in a star of the same size, (n-1)(n-2). 0 where all degrees are equal, 1
// in a star. Undirected view, strengths ignored. Null if n < 3. Cost n+m.
// Freeman 1979, doi:10.1016/0378-8733(78)90021-7. It is igraph's centr_degree
// with loops = FALSE (by default it allows ties to oneself: a star then has
// 2/3 for n = 4) and sna's centralization of degree.
func centralizationDegree(s *Shared, out []float64) {
	degrees := s.degrees()
	gap := shortfall(s.n, func(v int) int { return degrees[v] })
	out[0] = float64(gap) / (float64(s.n-1) * float64(s.n-2))
}

// centralizationDegreeIn is the same of arcs received, over (n-1)², which a
// star of arcs towards its centre has. Null on an undirected layer and if n <
// 2.
func centralizationDegreeIn(s *Shared, out []float64) {
	gap := shortfall(s.n, func(v int) int { return len(s.graph.In(v)) })
	out[0] = float64(gap) / (float64(s.n-1) * float64(s.n-1))
}

// centralizationDegreeOut is the same of arcs sent. Null on an undirected
// layer and if n < 2.
func centralizationDegreeOut(s *Shared, out []float64) {
	gap := shortfall(s.n, func(v int) int { return len(s.graph.Out(v)) })
	out[0] = float64(gap) / (float64(s.n-1) * float64(s.n-1))
}

// shortfall is the sum over firms of the largest degree less the firm's.
func shortfall(n int, degree func(v int) int) int64 {
	largest, sum := 0, 0
	for v := range n {
		d := degree(v)
		largest = max(largest, d)
		sum += d
	}
	return int64(largest)*int64(n) - int64(sum)
}

// centralizationBetweenness is the mean over the other firms of the largest
// betweenness less the firm's: 0 where all are equal, 1 in a star. Undirected
// view. Null if n < 3. Cost n·m. Freeman 1979,
// doi:10.1016/0378-8733(78)90021-7. It is igraph's centr_betw of the
// undirected graph and sna's centralization of betweenness.
func centralizationBetweenness(s *Shared, out []float64) {
	others := float64(s.n - 1)
	out[0] = gapToHighest(s.undirectedBetweenness()) / (others * others * float64(s.n-2) / 2)
}

// centralizationDegreeTotal is centralizationDegree of arcs received and sent
// together, a mutual pair counting twice, over 2(n-1)(n-2). Null on an
// undirected layer and if n < 3. It is igraph's centr_degree(mode = "all",
// loops = FALSE) and sna's centralization(degree) of a directed network.
func centralizationDegreeTotal(s *Shared, out []float64) {
	gap := shortfall(s.n, func(v int) int { return len(s.graph.In(v)) + len(s.graph.Out(v)) })
	out[0] = float64(gap) / (2 * float64(s.n-1) * float64(s.n-2))
}

// centralizationBetweennessDirected is centralizationBetweenness along arcs,
// over (n-1)²(n-2), which a star of mutual ties has. Null on an undirected
// layer and if n < 3. Cost n·m. It is igraph's centr_betw(directed = TRUE).
func centralizationBetweennessDirected(s *Shared, out []float64) {
	others := float64(s.n - 1)
	out[0] = gapToHighest(s.directedBetweenness()) / (others * others * float64(s.n-2))
}

// centralizationCloseness is how much nearer the nearest firm is to all others
// than the rest: the sum over firms of the largest closenessFreeman less the
// firm's, over that sum in a star, (n-1)(n-2)/(2n-3). Undirected view. Null
// where some pair is not joined by a path and if n < 3. Cost as harmonic.
// Freeman 1979, doi:10.1016/0378-8733(78)90021-7. It is igraph's centr_clo of
// the undirected graph; sna gives 0 where the network is disconnected.
func centralizationCloseness(s *Shared, out []float64) {
	n := float64(s.n)
	scores := s.scratch()
	for v, sum := range s.undirectedDistances().Farness {
		scores[v] = (n - 1) / float64(sum)
	}
	out[0] = min(1, gapToHighest(scores)/((n-1)*(n-2)/(2*n-3))) // rounding can overshoot in a star
}

// centralizationHarmonic is the sum over firms of the largest harmonic less
// the firm's, over (n-2)/2, which a star has, and also a star with one leaf
// cut off. Undirected view; for disconnected networks too. Null if n < 3. Cost
// as harmonic. Freeman 1979, doi:10.1016/0378-8733(78)90021-7, of sna's
// closeness "suminvundir".
func centralizationHarmonic(s *Shared, out []float64) {
	scores := s.scratch()
	harmonic(s, scores)
	out[0] = min(1, gapToHighest(scores)/(float64(s.n-2)/2)) // rounding can overshoot in a star
}

// gapToHighest is the sum over firms of the highest score less the firm's.
func gapToHighest(scores []float64) float64 {
	highest, gap := 0.0, 0.0
	for _, x := range scores {
		highest = max(highest, x)
	}
	for _, x := range scores {
		gap += highest - x
	}
	return gap
}

// scratch is one number for each firm, arbitrary at first and good until the
// next call.
func (s *Shared) scratch() []float64 {
	k := &s.ofNetwork
	k.scores = resized(k.scores, s.n)
	return k.scores
}
