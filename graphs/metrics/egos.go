package metrics

import "firmties/graphs"

// constraintDirected is constraint with a mutual partner weighing twice as much
// as one in a single direction: the strength of a pair is its number of arcs.
// From near 0 to below 2. Null on an undirected layer, and for an isolate. Cost:
// pairs of ties with a firm in common. Burt 1992, ISBN 9780674843714. It is
// igraph's constraint of the directed graph without weights; NetworkX's gives
// NaN to firms that send no arc.
func constraintDirected(s *Shared, out []float64) { copy(out, s.arcHoles().Constraint) }

// constraintWeighted is constraint with the strengths of ties, the two
// directions added. From near 0 to below 2. Null for an isolate. Cost: pairs of
// ties with a firm in common. Burt 1992, ISBN 9780674843714. It is igraph's
// constraint with weights.
func constraintWeighted(s *Shared, out []float64) { copy(out, s.weightedHoles().Constraint) }

// constraintEgo is constraint with a partner's proportions taken over the firm
// and its partners only, not over the partner's whole network. Undirected view,
// strengths ignored. Null for an isolate. Cost: pairs of ties with a firm in
// common. Burt 1992, ISBN 9780674843714. It is UCINET's ego network model; igraph
// and NetworkX have the whole network model only.
func constraintEgo(s *Shared, out []float64) { graphs.EgoConstraint(out, s.undirected(), &s.ws) }

// effectiveSizeDirected is effectiveSize with a mutual partner weighing twice
// as much as one in a single direction: the sum over partners j of 1 less the
// sum over partners q of p_iq·m_jq, with p_iq the share of q in the firm's ties
// and m_jq the strength of j's tie to q over that of j's strongest. From 1 to
// degree. Null on an undirected layer, and for an isolate. Cost: pairs of ties
// with a firm in common. Burt 1992, ISBN 9780674843714. NetworkX's
// effective_size of a directed graph, NaN for firms that send no arc.
func effectiveSizeDirected(s *Shared, out []float64) { sizes(out, s.arcHoles()) }

// effectiveSizeWeighted is effectiveSizeDirected with the strengths of ties, the
// two directions added. Null for an isolate. It is NetworkX's effective_size
// with weights.
func effectiveSizeWeighted(s *Shared, out []float64) { sizes(out, s.weightedHoles()) }

func sizes(out []float64, h *graphs.Holes) {
	for v, x := range h.EffectiveSize {
		out[v] = max(1, x) // below it by rounding only
	}
}

// constraintHierarchy is how much the firm's constraint comes from a single
// partner: the sum over its k partners of r_j ln r_j over k ln k, r_j being the
// partner's part of the constraint times k. From 0 where all constrain alike to
// 1. Undirected view, strengths ignored. Null for fewer than two partners; Burt
// sets it to 1 for one partner. Cost m·sqrt(m). Burt 1992, ISBN 9780674843714.
// It is UCINET's Hierarchy.
func constraintHierarchy(s *Shared, out []float64) {
	for v, x := range s.plainHoles().Hierarchy {
		out[v] = min(max(0, x), 1)
	}
}

// egoBetweenness is how much the firm's partners need it to reach each other:
// the sum, over pairs of them that are not tied, of 1/(1 + the partners of the
// firm that are tied to both). Undirected view, strengths ignored, not
// normalised. 0 for a single partner; null for an isolate. Cost d³/64 for a
// firm of d partners. Everett & Borgatti 2005, doi:10.1016/j.socnet.2004.11.007.
// It is UCINET's ego betweenness.
func egoBetweenness(s *Shared, out []float64) { copy(out, s.partnersGraphs().Betweenness) }

// localEfficiency is how near the firm's partners are to each other without it:
// the mean, over pairs of them, of 1/distance in the graph that they induce, 0
// where there is no path. Undirected view, every tie of length 1. Null for fewer
// than two partners. Cost d³/64 for a firm of d partners. Latora & Marchiori
// 2001, doi:10.1103/PhysRevLett.87.198701. It is what NetworkX's
// local_efficiency is the mean of; igraph's local_efficiency lets paths leave
// the partners.
func localEfficiency(s *Shared, out []float64) { copy(out, s.partnersGraphs().Efficiency) }

// clusteringBarrat is clustering with each pair of partners weighing as much as
// the firm's two ties to it: the sum over tied pairs j, k of w_ij + w_ik over
// (d-1)·strength. Undirected view, the strengths of the two directions added.
// Null for fewer than two partners. Cost: pairs of ties with a firm in common.
// Barrat et al. 2004, doi:10.1073/pnas.0400087101. It is igraph's transitivity
// (type = "barrat").
func clusteringBarrat(s *Shared, out []float64) {
	shares := s.weightedCorners().Share
	for v, d := range s.degrees() {
		if d > 1 {
			out[v] = min(1, shares[v]/float64(d-1))
		}
	}
}

// clusteringOnnela is clustering with each triangle weighing the geometric mean
// of its three strengths, each over the largest of the network. Undirected view,
// the strengths of the two directions added. Null for fewer than two partners.
// Cost: pairs of ties with a firm in common. Onnela et al. 2005,
// doi:10.1103/PhysRevE.71.065103. It is NetworkX's clustering with weights,
// which gives 0 to fewer than two partners.
func clusteringOnnela(s *Shared, out []float64) {
	roots := s.weightedCorners().Root
	for v, degree := range s.degrees() {
		if d := float64(degree); d > 1 {
			out[v] = min(1, 2*roots[v]/(d*(d-1)))
		}
	}
}

// clusteringDirected is the share of the directed triangles that the firm could
// be in with its arcs that are there: the sum over pairs j, k of partners of
// z_ij·z_jk·z_ki, z being the number of arcs of a pair, over D(D-1) - 2M, D
// being the arcs sent and received and M the mutual partners. Null on an
// undirected layer, and for fewer than two partners. Cost: pairs of ties with a
// firm in common. Fagiolo 2007, doi:10.1103/PhysRevE.76.026107. It is NetworkX's
// clustering of a DiGraph.
func clusteringDirected(s *Shared, out []float64) {
	products, mutuals := s.arcCorners().Product, s.mutuals()
	for v := range out {
		arcs := float64(len(s.graph.Out(v)) + len(s.graph.In(v)))
		if possible := arcs*(arcs-1) - 2*float64(mutuals[v]); possible > 0 {
			out[v] = products[v] / possible
		}
	}
}

// squareClustering is the share of the squares that the firm could be in that
// are there: over the pairs of its partners, the sum of the partners q that the
// two have in common, the firm left out, over that of q and the others that
// either could share with the other. 0 where there is none to share. Undirected
// view, strengths ignored. Null for fewer than two partners. Cost: pairs of ties
// with a firm in common. Zhang et al. 2008, doi:10.1016/j.physa.2008.09.006. It
// is NetworkX's square_clustering; Lind et al. 2005 have another denominator.
func squareClustering(s *Shared, out []float64) {
	f, triangles := &s.ofFirms, s.closure().Triangles
	f.squares = resized(f.squares, s.n)
	graphs.Squares(f.squares, s.undirected(), &s.ws)
	for v, d := range s.degrees() {
		// k_u-1 for each partner u of a pair, less q and the tie of the two.
		possible := int64(d-1)*(s.degreesOfPartners(v)-int64(d)) - f.squares[v] - 2*triangles[v]
		out[v] = float64(f.squares[v]) / float64(max(1, possible))
	}
}
