package measure

import (
	"strings"

	"firmties/graphs/metrics"
	"firmties/pipeline/study"
	"firmties/pipeline/table"
)

var (
	clusterColumn = table.Column{Name: "cluster", Kind: table.Category, Doc: "id of the cluster", NullWhen: "never"}
	layerColumn   = table.Column{Name: "layer", Kind: table.Category, Doc: "name of the layer", NullWhen: "never", LevelOrder: true}
	firmColumn    = table.Column{Name: "firm", Kind: table.Text, Doc: "id of the firm", NullWhen: "never"}

	observedColumn = table.Column{Name: "observed", Kind: table.Number, Unit: "1",
		Doc:   "share of the pairs of firms that are observed: a respondent could have named the pair and did not answer \"don't know\"; 1 for projections and records",
		Range: "0 to 1", NullWhen: "the cluster has no pair of firms"}
)

// firmSchema and clusterSchema are the key columns of the two metric tables;
// the metrics' own columns follow, one per row of the catalogue.
func firmSchema(levels table.Levels) table.Schema {
	return table.Schema{
		Name: "firm_metrics", Doc: "Every firm's position in every layer; a metric that is null has its reason in `undefined`.",
		Key:     []string{"cluster", "layer", "firm"},
		Columns: bound(levels, clusterColumn, layerColumn, firmColumn),
	}
}

func clusterSchema(levels table.Levels) table.Schema {
	return table.Schema{
		Name: "cluster_metrics", Doc: "Every cluster's cohesion in every layer; a metric that is null has its reason in `undefined`.",
		Key:     []string{"cluster", "layer"},
		Columns: bound(levels, clusterColumn, layerColumn, observedColumn),
	}
}

func bound(levels table.Levels, columns ...table.Column) []table.Column {
	for i := range columns {
		columns[i].Levels = levels[columns[i].Name]
	}
	return columns
}

// Undefined is one metric without a value, in 16 bytes: there can be millions.
type Undefined struct {
	Cluster int32
	Firm    int32 // index in the study; -1: every firm of the network, or the network itself
	Layer   uint16
	Metric  uint16 // index in the plan's list of its level
	Level   metrics.Level
	Reason  metrics.Reason
}

func undefinedFields(p *Plan) table.Definition[Undefined] {
	return table.Define("undefined", "Why a metric is null, one row per null; a firm metric that is undefined for every firm of a network is one row with firm null.",
		[]string{"level", "cluster", "layer", "firm", "metric"},
		table.CategoryField(table.Column{Name: "level", Doc: "level of the metric", NullWhen: "never", Levels: study.Levels()},
			func(u *Undefined) string { return u.Level.String() }),
		table.CodeField(clusterColumn, func(u *Undefined) int32 { return u.Cluster }),
		table.CodeField(layerColumn, func(u *Undefined) int32 { return int32(u.Layer) }),
		table.TextField(table.Column{Name: "firm", Doc: "id of the firm", NullWhen: "level is cluster, or the metric is undefined for every firm of the network"},
			func(u *Undefined) string {
				if u.Firm < 0 {
					return ""
				}
				return p.study.Firms[u.Firm].ID
			}),
		table.CategoryField(table.Column{Name: "metric", Doc: "name of the metric", NullWhen: "never", Levels: p.metricNames()},
			func(u *Undefined) string { return p.list(u.Level)[u.Metric].Name }),
		table.CategoryField(table.Column{Name: "reason", Doc: "why the metric has no value. " + reasonsExplained(), NullWhen: "never", Levels: reasonWords()},
			func(u *Undefined) string { return u.Reason.String() }),
	)
}

func reasonWords() []string {
	var words []string
	for _, r := range metrics.Reasons() {
		words = append(words, r.String())
	}
	return words
}

// reasonsExplained is every reason with its meaning, for the column's
// definition.
func reasonsExplained() string {
	var parts []string
	for _, r := range metrics.Reasons() {
		parts = append(parts, r.String()+": "+r.Doc())
	}
	return strings.Join(parts, "; ")
}
