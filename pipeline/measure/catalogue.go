package measure

import (
	"firmties/graphs/metrics"
	"firmties/pipeline/study"
	"firmties/pipeline/table"
)

// Catalogue is the table of all metrics that the program knows.
func Catalogue() *table.Table { return catalogueFields.In(nil).Table(metrics.Catalogue) }

var catalogueFields = table.Define("metrics", "Every metric that the program knows; GROUP in a name stands for an entry of `groups:`, ATTRIBUTE for one of `homophily:`.",
	[]string{"level", "metric"},
	table.CategoryField(table.Column{Name: "level", Doc: "what the metric is about: a firm, or a cluster's network", NullWhen: "never", Levels: study.Levels()},
		func(m *metrics.Metric) string { return m.Level.String() }),
	table.TextField(table.Column{Name: "metric", Doc: "name of the metric, and of its column", NullWhen: "never"},
		func(m *metrics.Metric) string { return m.Name }),
	table.CategoryField(table.Column{Name: "family", Doc: "kind of question that it answers", NullWhen: "never", Levels: families()},
		func(m *metrics.Metric) string { return string(m.Family) }),
	table.TextField(table.Column{Name: "layers", Doc: "layers on which it has a meaning, and what it takes besides (groups, homophily)", NullWhen: "never"},
		func(m *metrics.Metric) string { return m.On() }),
	table.FlagField(table.Column{Name: "default", Doc: "computed where study.yaml lists no metrics", NullWhen: "never"},
		func(m *metrics.Metric) (bool, bool) { return !m.OnRequest, true }),
	table.CountField(table.Column{Name: "largest", Unit: "firms", Doc: "firms of the largest network for which it is computed without `metrics: all`", Range: ">= 1", NullWhen: "it is computed for networks of any size"},
		func(m *metrics.Metric) (int64, bool) { return int64(m.Largest()), m.Largest() > 0 }),
	table.TextField(table.Column{Name: "definition", Doc: "what it is", NullWhen: "never"},
		func(m *metrics.Metric) string { return m.Definition }),
	table.TextField(table.Column{Name: "convention", Doc: "direction, weights, normalisation", NullWhen: "never"},
		func(m *metrics.Metric) string { return m.Convention }),
	table.TextField(table.Column{Name: "unit", Doc: "what is counted; 1 for a pure number", NullWhen: "never"},
		func(m *metrics.Metric) string { return m.Unit }),
	table.TextField(table.Column{Name: "range", Doc: "values that it can take", NullWhen: "never"},
		func(m *metrics.Metric) string { return m.Range.String() }),
	table.TextField(table.Column{Name: "null_when", Doc: "when it has no value", NullWhen: "never"},
		func(m *metrics.Metric) string { return nullWhen(*m) }),
	table.TextField(table.Column{Name: "source", Doc: "who defined it", NullWhen: "nobody in particular"},
		func(m *metrics.Metric) string { return source(*m) }),
	table.TextField(table.Column{Name: "alias", Doc: "metrics of its level that it is a fixed function of: it is no regressor beside them", NullWhen: "it is no such function"},
		func(m *metrics.Metric) string { return m.Alias }),
	table.TextField(table.Column{Name: "elsewhere", Doc: "what igraph, sna, NetworkX and UCINET call it, or do otherwise", NullWhen: "they have nothing like it"},
		func(m *metrics.Metric) string {
			if m.Elsewhere == "-" {
				return ""
			}
			return m.Elsewhere
		}),
)

func families() []string {
	var names []string
	for _, f := range metrics.Families() {
		names = append(names, string(f))
	}
	return names
}
