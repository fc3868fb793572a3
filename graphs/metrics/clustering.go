package metrics

// clustering is the share of the pairs of the firm's partners that are tied:
// triangles over d(d-1)/2. Undirected view, strengths ignored. Null for fewer
// than two partners. Cost m·sqrt(m). Watts & Strogatz 1998, doi:10.1038/30918.
// It is igraph's transitivity(type = "local"); NetworkX gives 0 for fewer than
// two partners.
func clustering(s *Shared, out []float64) {
	degrees := s.degrees()
	for v, t := range s.closure().Triangles {
		if d := float64(degrees[v]); d > 1 {
			out[v] = 2 * float64(t) / (d * (d - 1))
		}
	}
}

// firmTriangles is the number of pairs of the firm's partners that are tied.
// Undirected view, strengths ignored. Never null. Cost m·sqrt(m).
func firmTriangles(s *Shared, out []float64) {
	for v, t := range s.closure().Triangles {
		out[v] = float64(t)
	}
}

// triangles is the number of threes of firms that are all tied. Undirected
// view, strengths ignored. Never null. Cost m·sqrt(m).
func triangles(s *Shared, out []float64) { out[0] = float64(s.corners() / 3) }

// transitivity is the share of pairs of ties with a common firm that are
// closed into a triangle: 3·triangles over the sum of d(d-1)/2. Firms of high
// degree weigh most. Undirected view, strengths ignored. Null where no firm
// has two partners. Cost m·sqrt(m). Newman 2003,
// doi:10.1137/S003614450342480. It is igraph's transitivity(type = "global")
// and NetworkX's transitivity of the undirected graph; sna's gtrans follows
// arcs and gives 1 where nothing could be closed.
func transitivity(s *Shared, out []float64) {
	out[0] = float64(s.corners()) / float64(s.pairsOfPartners())
}

// clusteringMean is the mean of clustering over the firms that have two
// partners or more. Undirected view, strengths ignored. Null where no firm
// has. Cost m·sqrt(m). Watts & Strogatz 1998, doi:10.1038/30918. It is
// igraph's "localaverage" with isolates = "nan"; NetworkX's average_clustering
// counts the other firms as 0.
func clusteringMean(s *Shared, out []float64) {
	degrees, firms := s.degrees(), 0
	for v, t := range s.closure().Triangles {
		if d := float64(degrees[v]); d > 1 {
			out[0] += 2 * float64(t) / (d * (d - 1))
			firms++
		}
	}
	out[0] /= float64(firms)
}

// corners counts each triangle at each of its three firms.
func (s *Shared) corners() int64 {
	corners := int64(0)
	for _, t := range s.closure().Triangles {
		corners += t
	}
	return corners
}

// pairsOfPartners is the sum of d(d-1)/2 over firms.
func (s *Shared) pairsOfPartners() int64 {
	pairs := int64(0)
	for _, degree := range s.degrees() {
		d := int64(degree)
		pairs += d * (d - 1) / 2
	}
	return pairs
}

// clusteringMeanZero is the mean of clustering over all firms, 0 for those
// with fewer than two partners. Undirected view, strengths ignored. Null
// without firms. Cost m·sqrt(m). Watts & Strogatz 1998, doi:10.1038/30918. It
// is NetworkX's average_clustering and igraph's "localaverage" with isolates =
// "zero".
func clusteringMeanZero(s *Shared, out []float64) {
	scores := s.scratch()
	clear(scores)
	clustering(s, scores)
	for _, x := range scores {
		out[0] += x
	}
	out[0] /= float64(s.n)
}
