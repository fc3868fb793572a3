package metrics

// betweenness is how often the firm lies between others: the share of the
// shortest paths of each pair of other firms that pass it, summed over pairs
// and divided by their number, (n-1)(n-2)/2. Undirected view, every tie of
// length 1; end points do not count. A pair without a path adds nothing, an
// isolate has 0. Null if n < 3. Cost n·m. Freeman 1977, doi:10.2307/3033543;
// Brandes 2001, doi:10.1080/0022250X.2001.9990249. igraph and sna give it
// undivided by default, NetworkX divided; gonum's counts each pair twice.
func betweenness(s *Shared, out []float64) {
	pairs := float64(s.n-1) * float64(s.n-2) / 2
	for v, b := range s.undirectedBetweenness() {
		out[v] = b / pairs
	}
}

// betweennessDirected is betweenness along the arcs, over ordered pairs:
// divided by (n-1)(n-2). Null on an undirected layer too.
func betweennessDirected(s *Shared, out []float64) {
	pairs := float64(s.n-1) * float64(s.n-2)
	for v, b := range s.directedBetweenness() {
		out[v] = b / pairs
	}
}
