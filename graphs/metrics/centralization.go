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
	b := s.undirectedBetweenness()
	largest, gap := 0.0, 0.0
	for _, x := range b {
		largest = max(largest, x)
	}
	for _, x := range b {
		gap += largest - x
	}
	others := float64(s.n - 1)
	out[0] = gap / (others * others * float64(s.n-2) / 2)
}
