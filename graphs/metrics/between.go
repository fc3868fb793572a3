package metrics

import "firmties/graphs"

// betweennessWeighted is betweenness with a tie of strength s being 1/s long,
// over (n-1)(n-2)/2 as well. Paths whose lengths differ by less than 1e-10 of
// them count as equally long. Undirected view, the strengths of the two
// directions added; end points do not count, an isolate has 0. Null if n < 3.
// Cost n·m·log n. Brandes 2001, doi:10.1080/0022250X.2001.9990249. It is
// igraph's betweenness(weights = 1/strength, normalized = TRUE).
func betweennessWeighted(s *Shared, out []float64) {
	pairs := float64(s.n-1) * float64(s.n-2) / 2
	for v, b := range s.weightedPaths().Betweenness {
		out[v] = b / pairs
	}
}

// betweennessEndpoints is betweenness with the end points of paths counted:
// over the n(n-1)/2 pairs of firms, the share of shortest paths that the firm
// is on. Undirected view, every tie of length 1. An isolate has 0. Null if
// n < 2. Cost n·m. Brandes 2008, doi:10.1016/j.socnet.2007.11.001. It is
// NetworkX's betweenness_centrality(endpoints = True) of the undirected graph;
// sna's "endpoints" follows arcs and does not divide.
func betweennessEndpoints(s *Shared, out []float64) {
	pairs := float64(s.n) * float64(s.n-1) / 2
	parts := s.components()
	for v, b := range s.undirectedBetweenness() {
		others := len(parts.Members(int(parts.Of[v]))) - 1
		out[v] = (b + float64(others)) / pairs
	}
}

// betweennessProximalSource is the share of shortest paths from one firm to
// another on which the firm comes last before the target, summed over pairs.
// Along arcs, every arc of length 1, not normalised; the source does not count.
// An isolate has 0. Null on an undirected layer. Cost n·m. Borgatti & Everett
// 2006, doi:10.1016/j.socnet.2005.11.005; Brandes 2008,
// doi:10.1016/j.socnet.2007.11.001. It is sna's betweenness "proximalsrc".
func betweennessProximalSource(s *Shared, out []float64) { copy(out, s.pathsOfArcs().Proximal) }

// betweennessLinearScaled is the share of shortest paths between others that
// pass the firm, times how far along the path the firm is, summed over pairs.
// Along arcs, every arc of length 1, not normalised. An isolate has 0. Null on
// an undirected layer. Cost n·m. Geisberger, Sanders & Schultes 2008,
// doi:10.1137/1.9781611972887.9. It is sna's betweenness "linearscaled".
func betweennessLinearScaled(s *Shared, out []float64) { copy(out, s.pathsOfArcs().Linear) }

// betweennessLengthScaled is the share of shortest paths between others that
// pass the firm, over the length of the path, summed over pairs. Along arcs,
// every arc of length 1, not normalised. An isolate has 0. Null on an
// undirected layer. Cost n·m. Borgatti & Everett 2006,
// doi:10.1016/j.socnet.2005.11.005. It is sna's betweenness "lengthscaled".
func betweennessLengthScaled(s *Shared, out []float64) { copy(out, s.pathsOfArcs().Length) }

// stress is the number of shortest paths between others that pass the firm.
// Along arcs, every arc of length 1, not normalised; end points do not count.
// An isolate has 0; beyond the largest float64 it is that. Null on an
// undirected layer. Cost n·m. Shimbel 1953, doi:10.1007/BF02476438. It is sna's
// stresscent of the directed graph.
func stress(s *Shared, out []float64) { copy(out, s.pathsOfArcs().Stress) }

// load is what passes the firm where every firm sends a unit to every other
// that it reaches, and each on the way passes on what it gets in equal parts to
// the next firms on shortest paths; with what the firm sends, what it is sent,
// and 1. Along arcs, every arc of length 1, not normalised. An isolate has 1.
// Null on an undirected layer. Cost n·m. Goh, Kahng & Kim 2001,
// doi:10.1103/PhysRevLett.87.278701; Brandes 2008,
// doi:10.1016/j.socnet.2007.11.001. It is sna's loadcent; NetworkX's
// load_centrality counts neither ends nor 1, and splits going backwards.
func load(s *Shared, out []float64) {
	for v, x := range s.pathsOfArcs().Load {
		out[v] = x + 1
	}
}

// flowBetweenness is how much the others' greatest flows depend on the firm:
// the sum, over pairs of others, of how much smaller the greatest flow between
// them is without it, each tie carrying one unit. Undirected view, strengths
// ignored, not normalised. An isolate has 0. Null if n < 3. Cost n² flows.
// Freeman, Borgatti & White 1991, doi:10.1016/0378-8733(91)90017-N. It is sna's
// flowbet(gmode = "graph", cmode = "rawflow").
func flowBetweenness(s *Shared, out []float64) {
	graphs.FlowBetweenness(out, s.undirected(), &s.ws)
}

// currentFlowBetweenness is betweenness where a pair is joined not by its
// shortest paths but by a current that spreads over all, ties being equal
// resistors: the current through the firm, summed over pairs of others of its
// component. Undirected view, strengths ignored, end points left out, not
// normalised. It is 0 in components of one or two; never null. Cost k³ for a
// component of k firms. Brandes & Fleischer 2005,
// doi:10.1007/978-3-540-31856-9_44; Newman 2005 counts end points
// (doi:10.1016/j.socnet.2004.11.009). It is NetworkX's
// current_flow_betweenness_centrality(normalized = False) of each component.
func currentFlowBetweenness(s *Shared, out []float64) { copy(out, s.resistors().Betweenness) }

// information is how near the firm is to the others of its component when all
// paths count: the size of the component over the sum of the resistances to its
// firms, ties being equal resistors. Undirected view, strengths ignored. An
// isolate has 0; never null. Cost k³ for a component of k firms. Stephenson &
// Zelen 1989, doi:10.1016/0378-8733(89)90016-6. It is sna's infocent of each
// component, and NetworkX's information_centrality times its size.
func information(s *Shared, out []float64) { copy(out, s.resistors().Information) }
