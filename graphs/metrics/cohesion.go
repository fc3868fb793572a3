package metrics

// core is the largest k for which the firm belongs to a group whose members
// all have k partners or more within it. Undirected view, strengths ignored.
// An isolate has 0; never null. Cost n+m. Seidman 1983,
// doi:10.1016/0378-8733(83)90028-X. It is coreness in igraph and core_number
// in NetworkX of the undirected graph; on a directed graph igraph, NetworkX
// and sna count a mutual pair twice.
func core(s *Shared, out []float64) {
	for v, k := range s.cores() {
		out[v] = float64(k)
	}
}

// coreMax is the largest core number, the degeneracy of the network.
// Undirected view. 0 without ties or firms; never null. Cost n+m. Seidman
// 1983, doi:10.1016/0378-8733(83)90028-X.
func coreMax(s *Shared, out []float64) {
	for _, k := range s.cores() {
		out[0] = max(out[0], float64(k))
	}
}

// componentSize is the number of firms that a path joins to the firm, itself
// included. Undirected view. An isolate has 1; never null. Cost n+m.
func componentSize(s *Shared, out []float64) {
	parts := s.components()
	for v, c := range parts.Of {
		out[v] = float64(len(parts.Members(int(c))))
	}
}

// componentCount is the number of components, an isolate being one. Undirected
// view. Never null. Cost n+m.
func componentCount(s *Shared, out []float64) { out[0] = float64(s.components().Count()) }

// largestComponentShare is the share of firms that are in the largest
// component. Undirected view. Null without firms. Cost n+m.
func largestComponentShare(s *Shared, out []float64) {
	out[0] = float64(s.largestComponent()) / float64(s.n)
}

// cutPoint is 1 if the firm holds its component together, so that the others
// of it would no longer all be joined without the firm, and 0 otherwise.
// Undirected view. An isolate has 0; never null. Cost n+m. Harary 1969, ISBN
// 9780201410334. igraph and NetworkX list them as articulation points, sna as
// cutpoints.
func cutPoint(s *Shared, out []float64) {
	for v, cut := range s.cuts().Point {
		if cut {
			out[v] = 1
		}
	}
}

// cutPointCount is the number of firms with cutPoint 1. Undirected view. Never
// null. Cost n+m. Harary 1969, ISBN 9780201410334.
func cutPointCount(s *Shared, out []float64) {
	for _, cut := range s.cuts().Point {
		if cut {
			out[0]++
		}
	}
}
