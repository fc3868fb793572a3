package measure

import (
	"fmt"
	"math"

	"firmties/graphs"
	"firmties/graphs/metrics"
	"firmties/graphs/null"
	"firmties/pipeline/networks"
	"firmties/pipeline/seed"
	"firmties/pipeline/table"
)

// All orders of up to enumeratedFirms firms are tried; of more, layerDraws are
// drawn, in studies of up to comparedClusters clusters and networks of up to
// comparedFirms firms.
const (
	enumeratedFirms = 8
	layerDraws      = 999
)

// layerPair is what two layers of a cluster are to each other. NaN is missing.
type layerPair struct {
	cluster, a, b       int32
	directed            bool
	tiesA, tiesB, both  int64
	phi, phiMax, p, rho float64
	pType               string
	draws               int
	reason              string
}

func share(part, whole int64) (float64, bool) {
	if whole == 0 {
		return 0, false
	}
	return float64(part) / float64(whole), true
}

func layerPairFields(p *Plan) table.Definition[layerPair] {
	number := func(c table.Column, get func(*layerPair) float64) table.Field[layerPair] {
		return table.NumberField(c, func(r *layerPair) (float64, bool) { x := get(r); return x, !math.IsNaN(x) })
	}
	layer := func(name string) table.Column {
		c := layerColumn
		c.Name, c.Levels = name, p.study.LayerNames()
		return c
	}
	return table.Define("layer_pairs", "How far two layers of a cluster tie the same pairs of firms, each two layers once, in study order. Where either is undirected both are taken as undirected; strengths are ignored. Two layers may agree because the same firms are active in both: see the table `coupling` for practices and tasks.",
		[]string{"cluster", "layer_a", "layer_b"},
		table.CodeField(clusterColumn, func(r *layerPair) int32 { return r.cluster }),
		table.CodeField(layer("layer_a"), func(r *layerPair) int32 { return r.a }),
		table.CodeField(layer("layer_b"), func(r *layerPair) int32 { return r.b }),
		table.FlagField(table.Column{Name: "directed", Doc: "arcs are compared, not tied pairs", NullWhen: "never"},
			func(r *layerPair) (bool, bool) { return r.directed, true }),
		table.CountField(table.Column{Name: "ties_a", Unit: "ties", Doc: "ties in layer_a", Range: ">= 0", NullWhen: "never"},
			func(r *layerPair) (int64, bool) { return r.tiesA, true }),
		table.CountField(table.Column{Name: "ties_b", Unit: "ties", Doc: "ties in layer_b", Range: ">= 0", NullWhen: "never"},
			func(r *layerPair) (int64, bool) { return r.tiesB, true }),
		table.CountField(table.Column{Name: "ties_both", Unit: "ties", Doc: "ties in both", Range: ">= 0", NullWhen: "never"},
			func(r *layerPair) (int64, bool) { return r.both, true }),
		table.NumberField(table.Column{Name: "jaccard", Unit: "1", Doc: "ties in both over ties in either", Range: "0 to 1", NullWhen: "neither layer has a tie", Source: "Jaccard 1901"},
			func(r *layerPair) (float64, bool) { return share(r.both, r.tiesA+r.tiesB-r.both) }),
		table.NumberField(table.Column{Name: "overlap_coefficient", Unit: "1", Doc: "ties in both over those of the layer with fewer", Range: "0 to 1", NullWhen: "a layer has no tie", Source: "Szymkiewicz 1934; Simpson 1943"},
			func(r *layerPair) (float64, bool) { return share(r.both, min(r.tiesA, r.tiesB)) }),
		table.NumberField(table.Column{Name: "share_of_a_in_b", Unit: "1", Doc: "ties in both over those of layer_a", Range: "0 to 1", NullWhen: "layer_a has no tie"},
			func(r *layerPair) (float64, bool) { return share(r.both, r.tiesA) }),
		table.NumberField(table.Column{Name: "share_of_b_in_a", Unit: "1", Doc: "ties in both over those of layer_b", Range: "0 to 1", NullWhen: "layer_b has no tie"},
			func(r *layerPair) (float64, bool) { return share(r.both, r.tiesB) }),
		number(table.Column{Name: "phi", Unit: "1", Doc: "QAP correlation: of being tied in the one layer with being tied in the other, over all pairs of firms", Range: "-1 to 1", NullWhen: "a layer ties no pair, or all", Source: "Krackhardt 1987"},
			func(r *layerPair) float64 { return r.phi }),
		number(table.Column{Name: "phi_max", Unit: "1", Doc: "largest phi that layers of so many ties can have", Range: "0 to 1", NullWhen: "phi is null"},
			func(r *layerPair) float64 { return r.phiMax }),
		number(table.Column{Name: "phi_ratio", Unit: "1", Doc: "phi over phi_max", Range: "at most 1", NullWhen: "phi is null"},
			func(r *layerPair) float64 { return r.phi / r.phiMax }),
		number(table.Column{Name: "p", Doc: "share of the orders of the firms of layer_a in which phi is as far from 0: is the agreement more, or less, than if it mattered not which firm is which? It does not ask what the activity of firms alone would give", Range: "0 to 1",
			NullWhen: fmt.Sprintf("phi is null, more than %d clusters or %d firms", comparedClusters, comparedFirms), Source: "Hubert & Schultz 1976"},
			func(r *layerPair) float64 { return r.p }),
		table.CategoryField(table.Column{Name: "p_type", Doc: fmt.Sprintf("exact: of all orders, up to %d firms; permutation: (1+b)/(1+draws)", enumeratedFirms), NullWhen: "p is null", Levels: []string{"exact", "permutation"}},
			func(r *layerPair) string { return r.pType }),
		table.CountField(table.Column{Name: "draws", Unit: "orders", Doc: "orders drawn, or tried", Range: ">= 1", NullWhen: "p is null"},
			func(r *layerPair) (int64, bool) { return int64(r.draws), r.draws > 0 }),
		number(table.Column{Name: "degree_correlation", Unit: "1", Doc: "rank correlation, over firms, of the numbers of partners in the two layers", Range: "-1 to 1", NullWhen: "all firms of a layer have as many partners", Source: "Nicosia & Latora 2015"},
			func(r *layerPair) float64 { return r.rho }),
		table.CategoryField(table.Column{Name: "reason", Doc: "why phi or p is null. no_variation: a layer ties no pair, or all; too_large: too many clusters or firms to draw orders", NullWhen: "both have values", Levels: []string{metrics.NoVariation.String(), metrics.TooLarge.String()}},
			func(r *layerPair) string { return r.reason }),
	)
}

// layerMeter fills rows of layer_pairs, cluster after cluster.
type layerMeter struct {
	plan    *Plan
	rows    []layerPair
	overlap graphs.Overlap
	names   []int32
}

// cluster adds the rows of cluster c.
func (m *layerMeter) cluster(c int32, nets []networks.Network) {
	if len(nets) < 2 {
		return
	}
	und := make([]*graphs.Graph, len(nets))
	for i := range nets {
		und[i] = graphs.Merged(nets[i].Graph.N(), nets[i].Graph)
	}
	for i := range nets {
		for j := i + 1; j < len(nets); j++ {
			a, b := nets[i].Graph, nets[j].Graph
			directed := a.IsDirected() && b.IsDirected()
			if !directed {
				a, b = und[i], und[j]
			}
			row := layerPair{cluster: c, a: int32(nets[i].Layer), b: int32(nets[j].Layer), directed: directed, phi: math.NaN(), phiMax: math.NaN(), p: math.NaN(), rho: math.NaN()}
			if rho, ok := graphs.DegreeCorrelation(und[i], und[j]); ok {
				row.rho = rho
			}
			m.overlap.Of(a, b)
			m.correlate(&row)
			m.rows = append(m.rows, row)
		}
	}
}

// correlate fills in what the two layers have in common.
func (m *layerMeter) correlate(row *layerPair) {
	o := &m.overlap
	row.tiesA, row.tiesB, row.both = o.A, o.B, o.Both
	phi, ok := o.Phi(o.Both)
	if !ok {
		row.reason = metrics.NoVariation.String()
		return
	}
	row.phi = phi
	row.phiMax, _ = o.Phi(min(o.A, o.B))
	s := m.plan.study
	n := int(s.Clusters[row.cluster].Firms)
	observed := o.Distance(o.Both)
	switch {
	case n <= enumeratedFirms:
		as := 0
		null.Permutations(n, func(names []int32) {
			row.draws++
			if o.Distance(o.Renamed(names)) >= observed {
				as++
			}
		})
		row.pType, row.p = "exact", float64(as)/float64(row.draws)
	case n > comparedFirms || len(s.Clusters) > comparedClusters:
		row.reason = metrics.TooLarge.String()
	default:
		row.pType, row.draws, row.p = "permutation", layerDraws, m.draw(row, n, observed)
	}
}

// draw is the p-value over orders drawn.
func (m *layerMeter) draw(row *layerPair, n int, observed int64) float64 {
	s := m.plan.study
	streams := seed.Draws(s.Seed, "layer_pairs", s.Clusters[row.cluster].ID, s.Layers[row.a].Name, s.Layers[row.b].Name)
	m.names = resized(m.names, n)
	as := 0
	for draw := range layerDraws {
		null.Shuffle(m.names, streams(draw))
		if m.overlap.Distance(m.overlap.Renamed(m.names)) >= observed {
			as++
		}
	}
	return float64(1+as) / float64(1+layerDraws)
}

// take returns the rows so far as a table, and starts anew.
func (m *layerMeter) take() *table.Table {
	t := m.plan.layerPairs.Table(m.rows)
	m.rows = m.rows[:0]
	return t
}
