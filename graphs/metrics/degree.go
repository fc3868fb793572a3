package metrics

import "firmties/graphs"

// degree is the number of partners: firms with a tie to or from the firm, each
// once. It follows no direction, ignores strengths and is not normalised. An
// isolate has 0; it is never null. Cost n+m. Freeman 1979,
// doi:10.1016/0378-8733(78)90021-7. igraph and sna count a mutual pair twice
// unless the graph is made undirected first.
func degree(s *Shared, out []float64) {
	for v, d := range s.degrees() {
		out[v] = float64(d)
	}
}

// degreeIn is the number of firms that name the firm: arcs received. Strengths
// are ignored, nothing is normalised, an isolate has 0. Null on an undirected
// layer. Cost n. Freeman 1979, doi:10.1016/0378-8733(78)90021-7.
func degreeIn(s *Shared, out []float64) {
	for v := range out {
		out[v] = float64(len(s.graph.In(v)))
	}
}

// degreeOut is the number of firms that the firm names: arcs sent. Strengths
// are ignored, nothing is normalised; a firm that was asked and named nobody
// has 0. Null on an undirected layer, and for a firm whose ties to others
// nobody was asked about. Cost n. Freeman 1979,
// doi:10.1016/0378-8733(78)90021-7.
func degreeOut(s *Shared, out []float64) {
	for v := range out {
		out[v] = float64(len(s.graph.Out(v)))
	}
}

// degreeMutual is the number of partners who name the firm and are named by
// it. Strengths are ignored, nothing is normalised, an isolate has 0. Null as
// degreeOut is. Cost n+m. Freeman 1979, doi:10.1016/0378-8733(78)90021-7.
func degreeMutual(s *Shared, out []float64) {
	for v, both := range s.mutuals() {
		out[v] = float64(both)
	}
}

// mutual counts the nodes that are among both Out(v) and In(v).
func mutual(g *graphs.Graph, v int) int {
	to, from := g.Out(v), g.In(v)
	both := 0
	for i, j := 0, 0; i < len(to) && j < len(from); {
		x, y := to[i], from[j]
		takeTo, takeFrom := int(uint32(x-y-1)>>31), int(uint32(y-x-1)>>31) // x <= y, y <= x
		i, j, both = i+takeTo, j+takeFrom, both+takeTo&takeFrom
	}
	return both
}

// firms is the number of firms in the network, isolates included. Never null.
func firms(s *Shared, out []float64) { out[0] = float64(s.n) }

// isolates is the number of firms without a tie in either direction. Never
// null. Cost n+m.
func isolates(s *Shared, out []float64) {
	out[0] = float64(s.isolateCount())
}

// isolateCount is the number of firms without a partner.
func (s *Shared) isolateCount() int {
	count := 0
	for _, d := range s.degrees() {
		if d == 0 {
			count++
		}
	}
	return count
}

// degreeMean is the mean of degree over all firms, isolates included: twice
// the number of tied pairs over n. Undirected view, strengths ignored. Never
// null; 0 in a network without firms. Cost n+m.
func degreeMean(s *Shared, out []float64) {
	total := 0
	for _, d := range s.degrees() {
		total += d
	}
	if s.n > 0 {
		out[0] = float64(total) / float64(s.n)
	}
}

// degreeMax is the largest degree. Undirected view, strengths ignored. Never
// null; 0 in a network without firms. Cost n+m.
func degreeMax(s *Shared, out []float64) {
	largest := 0
	for _, d := range s.degrees() {
		largest = max(largest, d)
	}
	out[0] = float64(largest)
}
