package metrics

// constraint is how much of the firm's relations lead back to the same
// partners: the sum over partners j of (p_ij + sum over q of p_iq p_qj)², with
// p_ij = 1/degree(i) for a partner and q running over partners of both.
// Undirected view, every tie alike; the proportions of a partner are over its
// whole network, not only the part within the firm's. High is hemmed in: 1 for
// a single partner, at most 9/8. Null for an isolate. Cost m·sqrt(m). Burt
// 1992, ISBN 9780674843714. It is constraint in igraph and NetworkX of the
// undirected graph, and UCINET's "whole network"; NetworkX gives NaN to firms
// without out-ties where the graph is directed.
func constraint(s *Shared, out []float64) { copy(out, s.closure().Constraint) }

// effectiveSize is the number of partners less their redundancy, the mean
// number of ties that a partner has to the other partners: d - 2t/d, t being
// the ties among partners. Undirected view, every tie alike, for which Burt's
// formula and Borgatti's are the same. From 1 (all partners tied) to d. Null
// for an isolate. Cost m·sqrt(m). Burt 1992, ISBN 9780674843714. It is
// effective_size in NetworkX of the undirected graph.
func effectiveSize(s *Shared, out []float64) {
	degrees := s.degrees()
	for v, t := range s.closure().Triangles {
		if d := float64(degrees[v]); d > 0 {
			out[v] = d - 2*float64(t)/d
		}
	}
}

// efficiency is effectiveSize over degree: the share of partners that are not
// redundant. From near 0 to 1. Null for an isolate. Burt 1992, ISBN
// 9780674843714.
func efficiency(s *Shared, out []float64) {
	effectiveSize(s, out)
	for v, d := range s.degrees() {
		out[v] /= float64(max(d, 1))
	}
}

// constraintMean is the mean of constraint over firms with a partner.
// Undirected view, strengths ignored. Null without ties. Cost m·sqrt(m). Burt
// 1992, ISBN 9780674843714.
func constraintMean(s *Shared, out []float64) { out[0] = s.meanOfTied(s.closure().Constraint) }

// effectiveSizeMean is the mean of effectiveSize over firms with a partner.
// Undirected view, strengths ignored. Null without ties. Cost m·sqrt(m). Burt
// 1992, ISBN 9780674843714.
func effectiveSizeMean(s *Shared, out []float64) {
	scores := s.scratch()
	effectiveSize(s, scores)
	out[0] = s.meanOfTied(scores)
}

// meanOfTied is the mean of the values of firms with a partner.
func (s *Shared) meanOfTied(values []float64) float64 {
	sum, firms := 0.0, 0
	for v, d := range s.degrees() {
		if d > 0 {
			sum += values[v]
			firms++
		}
	}
	return sum / float64(firms)
}
