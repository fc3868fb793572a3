package networks

import (
	"strings"

	"firmties/graphs"
	"firmties/pipeline/study"
	"firmties/pipeline/table"
)

// Tables makes the table of edges for one study, cluster by cluster.
type Tables struct {
	Edges *table.Schema

	s     *study.Study
	bound *table.Bound[edgeRow]
}

// NewTables binds the table to a study's closed lists.
func NewTables(s *study.Study) *Tables {
	bound := edgeFields.In(table.Levels{"cluster": s.ClusterIDs(), "layer": s.LayerNames()})
	return &Tables{bound.Schema, s, bound}
}

// EdgesOf is the part of the table `edges` of some clusters that follow each
// other, from the first, each with its networks.
func (t *Tables) EdgesOf(first int, lists [][]Network) *table.Table {
	count := int64(0)
	for _, list := range lists {
		for i := range list {
			count += list[i].Graph.Ties()
		}
	}
	rows := make([]edgeRow, 0, count)
	for k, list := range lists {
		for i := range list {
			for a := range list[i].Graph.All() {
				rows = append(rows, edgeRow{t.s, first + k, list[i].Layer, a})
			}
		}
	}
	return t.bound.Table(rows)
}

// LayersTable is the table `layers` of a study.
func LayersTable(s *study.Study) *table.Table {
	rows := make([]layerRow, len(s.Layers))
	for i := range rows {
		rows[i] = layerRow{s, i}
	}
	return layerFields.In(table.Levels{"layer": s.LayerNames()}).Table(rows)
}

type layerRow struct {
	s *study.Study
	i int
}

func (r *layerRow) layer() *study.Layer { return &r.s.Layers[r.i] }

// members names the relations or the affiliation that the layer is made of.
func (r *layerRow) members() string {
	l := r.layer()
	names := make([]string, len(l.Members))
	for i, m := range l.Members {
		if l.Kind == study.OfProjection {
			names[i] = r.s.Affiliations[m].Name
		} else {
			names[i] = r.s.Relations[m].Name
		}
	}
	return strings.Join(names, ";")
}

var layerFields = table.Define("layers", "The ways of making a graph that the study uses in every cluster.",
	[]string{"layer"},
	table.CodeField(table.Column{Name: "layer", Doc: "name of the layer", NullWhen: "never", LevelOrder: true},
		func(r *layerRow) int32 { return int32(r.i) }),
	table.CategoryField(table.Column{Name: "kind", Doc: "relation, union of relations, or projection of an affiliation", NullWhen: "never", Levels: study.LayerKinds()},
		func(r *layerRow) string { return string(r.layer().Kind) }),
	table.FlagField(table.Column{Name: "directed", Doc: "ties have a direction", NullWhen: "never"},
		func(r *layerRow) (bool, bool) { return r.layer().Directed, true }),
	table.CategoryField(table.Column{Name: "dimension", Doc: "Communities-of-Practice dimension of the members where they agree, other where they do not", NullWhen: "never", Levels: study.Dimensions(), Source: "Wenger 1998"},
		func(r *layerRow) string { return string(r.layer().Dimension) }),
	table.CategoryField(table.Column{Name: "weight", NullWhen: "never", Levels: []string{"strength", "relations", "count", "newman", "jaccard", "bonacich", "none"},
		Doc: "what the strength of a tie is: strength (as reported; in a union their sum), relations (how many carry the tie), count (shared events), newman (shared events, each 1/(firms in it - 1)), jaccard (shared events over events of either), bonacich (Bonacich's 1972 normalised overlap), none (1)"},
		func(r *layerRow) string { return r.layer().Weight }),
	table.TextField(table.Column{Name: "members", Doc: "relations, or the affiliation, that it is made of, joined by ;", NullWhen: "never"},
		func(r *layerRow) string { return r.members() }),
	table.CategoryField(table.Column{Name: "backbone", NullWhen: "all ties of the layer are kept", Levels: study.Backbones(),
		Doc: "chance that the ties of a projection must be beyond. sdsm: participations drawn apart, with the numbers of events and firms on average (Neal 2014); fdsm: 1000 participations drawn with the very numbers (Zweig & Kaufmann 2011)"},
		func(r *layerRow) string { return string(r.layer().Backbone) }),
	table.NumberField(table.Column{Name: "alpha", Unit: "1", Doc: "level of the backbone: a tie is kept where its one-sided p, adjusted, is at most this", Range: "0 to 1", NullWhen: "backbone is null"},
		func(r *layerRow) (float64, bool) { return r.layer().Alpha, r.layer().Backbone != "" }),
	table.CategoryField(table.Column{Name: "adjust", Doc: "adjustment of the p-values of all pairs of firms of a cluster for being many", NullWhen: "backbone is null", Levels: graphs.Adjustments()},
		func(r *layerRow) string { return r.layer().Adjust }),
)

type edgeRow struct {
	s       *study.Study
	cluster int
	layer   int
	graphs.Arc
}

func (r *edgeRow) firm(node int32) string {
	return r.s.Firms[r.s.Clusters[r.cluster].FirstFirm+node].ID
}

var edgeFields = table.Define("edges", "The ties of every network, as its metrics see them.",
	[]string{"cluster", "layer", "source", "target"},
	table.CodeField(table.Column{Name: "cluster", Doc: "id of the cluster", NullWhen: "never"},
		func(r *edgeRow) int32 { return int32(r.cluster) }),
	table.CodeField(table.Column{Name: "layer", Doc: "name of the layer", NullWhen: "never", LevelOrder: true},
		func(r *edgeRow) int32 { return int32(r.layer) }),
	table.TextField(table.Column{Name: "source", Doc: "id of the firm the tie starts from; in an undirected layer the bytewise smaller id of the two", NullWhen: "never"},
		func(r *edgeRow) string { return r.firm(r.From) }),
	table.TextField(table.Column{Name: "target", Doc: "id of the other firm", NullWhen: "never"},
		func(r *edgeRow) string { return r.firm(r.To) }),
	table.NumberField(table.Column{Name: "strength", Doc: "strength of the tie, as the layer's weight says", Range: "> 0", NullWhen: "never"},
		func(r *edgeRow) (float64, bool) { return r.Strength, true }),
)
