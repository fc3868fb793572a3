package measure

import (
	"fmt"

	"firmties/graphs"
	"firmties/pipeline/networks"
	"firmties/pipeline/table"
)

// Above largestAllPairs firms a network has its tied pairs alone, whatever the
// study asks for; above largestEdges, edge betweenness, which takes n·m steps,
// waits for `metrics: all`.
const (
	largestAllPairs = 500
	largestEdges    = 5000
)

// pairRow is what two firms of a network are to each other.
type pairRow struct {
	source, target int32 // indices in the study
	cluster        int32
	layer          int32
	distance       int32 // -1: no path
	shared         int32
	equivalence    float64
	between        float64 // -1: none
}

func pairFields(p *Plan) table.Definition[pairRow] {
	return table.Define("pair_metrics", fmt.Sprintf("What two firms of a network are to each other: a row for each tie, or with `pairs: all` for each pair of firms (in a directed layer in both orders) of networks of up to %d firms.", largestAllPairs),
		[]string{"cluster", "layer", "source", "target"},
		table.CodeField(clusterColumn, func(r *pairRow) int32 { return r.cluster }),
		table.CodeField(layerColumn, func(r *pairRow) int32 { return r.layer }),
		table.TextField(table.Column{Name: "source", Doc: "id of the firm the tie starts from; in an undirected layer the bytewise smaller id of the two", NullWhen: "never"},
			func(r *pairRow) string { return p.study.Firms[r.source].ID }),
		table.TextField(table.Column{Name: "target", Doc: "id of the other firm", NullWhen: "never"},
			func(r *pairRow) string { return p.study.Firms[r.target].ID }),
		table.CountField(table.Column{Name: "distance", Unit: "ties", Doc: "ties on a shortest path from source to target, along the arcs of a directed layer; 1 for a tied pair", Range: ">= 1", NullWhen: "no path leads from source to target"},
			func(r *pairRow) (int64, bool) { return int64(r.distance), r.distance >= 0 }),
		table.CountField(table.Column{Name: "shared_partners", Unit: "firms", Doc: "firms tied with both, whichever way the ties go", Range: ">= 0", NullWhen: "never"},
			func(r *pairRow) (int64, bool) { return int64(r.shared), true }),
		table.NumberField(table.Column{Name: "structural_equivalence_distance", Unit: "1", Range: ">= 0", NullWhen: "never", Source: "Burt 1987",
			Doc: "Euclidean distance of the two positions in the binary adjacency a, strengths ignored: the root of (a_st - a_ts)^2 + the sum over the other firms k of (a_sk - a_tk)^2 + (a_ks - a_kt)^2; 0 for equivalent firms; in an undirected layer each difference counts twice. sna's sedist (euclidean) leaves out the first term"},
			func(r *pairRow) (float64, bool) { return r.equivalence, true }),
		table.NumberField(table.Column{Name: "edge_betweenness", Unit: "pairs of firms", Range: ">= 1",
			Doc:      "pairs of firms whose shortest paths take the tie, each by the share of its paths that do; ordered pairs along the arcs of a directed layer, unordered ones otherwise; strengths ignored, not normalised",
			NullWhen: fmt.Sprintf("the pair is not tied; more than %d firms, unless `metrics: all`", largestEdges), Source: "Girvan & Newman 2002"},
			func(r *pairRow) (float64, bool) { return r.between, r.between >= 0 }),
	)
}

// pairMeter fills rows of pair_metrics, network after network.
type pairMeter struct {
	plan    *Plan
	rows    []pairRow
	ws      graphs.Workspace
	between []float64
	hops    []int32
}

// network adds the rows of a network of cluster c.
func (m *pairMeter) network(c int32, net *networks.Network) {
	s := m.plan.study
	first, g := s.Clusters[c].FirstFirm, net.Graph
	und := graphs.Symmetrized(g, &m.ws)
	row := func(u, v int32) pairRow {
		return pairRow{source: first + u, target: first + v, cluster: c, layer: int32(net.Layer), distance: 1, between: -1,
			shared:      int32(graphs.SharedPartners(und, int(u), int(v))),
			equivalence: graphs.StructuralDistance(g, int(u), int(v))}
	}
	edges := g.N() <= largestEdges || s.Metrics.All
	if edges {
		m.between = resized(m.between, int(g.Ties()))
		graphs.EdgeBetweenness(m.between, g, &m.ws)
	}
	if s.AllPairs && g.N() <= largestAllPairs {
		m.all(g, row)
		return
	}
	tie := 0
	for a := range g.All() {
		r := row(a.From, a.To)
		if edges {
			r.between = m.between[tie]
		}
		m.rows = append(m.rows, r)
		tie++
	}
}

// all adds every pair of a small network, whose edge betweenness is known.
func (m *pairMeter) all(g *graphs.Graph, row func(u, v int32) pairRow) {
	n := g.N()
	m.hops = resized(m.hops, n)
	tie := 0
	for u := range n {
		graphs.Hops(m.hops, g, u, &m.ws)
		for v := range n {
			if u == v || v < u && !g.IsDirected() {
				continue
			}
			r := row(int32(u), int32(v))
			r.distance = m.hops[v]
			if r.distance == 1 {
				r.between = m.between[tie]
				tie++
			}
			m.rows = append(m.rows, r)
		}
	}
}

// take returns the rows so far as a table, and starts anew.
func (m *pairMeter) take() *table.Table {
	t := m.plan.pairs.Table(m.rows)
	m.rows = m.rows[:0]
	return t
}

// resized returns s with length n, its contents arbitrary, allocating only
// where its capacity does not do.
func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
