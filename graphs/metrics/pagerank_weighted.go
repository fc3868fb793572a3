package metrics

import (
	"slices"

	"firmties/graphs"
)

// pagerankDirectedWeighted is pagerankDirected with walkers who choose a firm's
// arc in proportion to its strength. Null on an undirected layer. Solved like
// pagerankDirected. Brin & Page 1998, doi:10.1016/S0169-7552(98)00110-X. It is
// page_rank in igraph and pagerank in NetworkX with weights.
func pagerankDirectedWeighted(s *Shared, out []float64) { s.rank.weighted(out, s.graph) }

// weighted solves x_v = 1 + 0.85 times the sum over arcs u->v of x_u times the
// arc's share of the strength that u sends, as directed does. A strength is
// divided by the largest that its firm sends, so that no sum is beyond a
// float64; scale is 0.85 over the sum of those.
func (r *rankScratch) weighted(out []float64, g *graphs.Graph) {
	r.resize(len(out))
	r.strongest = resized(r.strongest, len(out))
	for v := range out {
		sum := float64(max(1, len(g.Out(v))))
		r.strongest[v] = 1
		if strengths := g.OutStrengths(v); len(strengths) > 0 {
			r.strongest[v], sum = slices.Max(strengths), 0
			for _, x := range strengths {
				sum += x / r.strongest[v]
			}
		}
		out[v], r.scale[v] = 1, damping/sum
		r.solution[v] = r.scale[v]
	}
	r.parts = resized(r.parts, int(g.Ties()))[:0]
	for v := range out {
		strengths := g.InStrengths(v)
		for i, u := range g.In(v) {
			part := 1.0
			if strengths != nil {
				part = strengths[i] / r.strongest[u]
			}
			r.parts = append(r.parts, part)
		}
	}
	for pass := 0; pass < 1000 && r.seidelPass(out, g, r.parts); pass++ {
	}
	toSumOne(out)
}
