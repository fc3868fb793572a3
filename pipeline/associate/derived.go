package associate

import (
	"slices"
	"strings"

	"firmties/pipeline/table"
)

// The metrics of clusters that do not stand in cluster_metrics: how a metric
// lies beside random networks that share its size, and how practices and tasks
// go together.
const (
	couplingMetric  = "coupling"
	couplingOfFirms = "coupling_z"
	effectOpen      = "effect("
)

// complementarity is the model of a metric in two layers and their product.
const complementarity = "complementarity"

// Derived lists the cluster metrics that models may name besides those of
// cluster_metrics: effect(X) of every X that comparisons can be made of, the
// column `effect` of `comparisons` against networks of as many firms and ties
// (of a projection: the same events), which does not grow with size; and
// coupling, the headline of `coupling`, which is of no layer.
func Derived(comparable []string) []string {
	names := []string{couplingMetric}
	for _, name := range comparable {
		names = append(names, effectOpen+name+")")
	}
	return names
}

// OfNoLayer tells whether a cluster metric describes no layer's network.
func OfNoLayer(metric string) bool { return metric == couplingMetric }

// comparedIn is the name of the metric in effect(name).
func comparedIn(metric string) (name string, ok bool) {
	inner, ok := strings.CutPrefix(metric, effectOpen)
	return strings.TrimSuffix(inner, ")"), ok
}

// clusterMetric is a metric by cluster.
func (f *frame) clusterMetric(metric, layer string) []value {
	if metric == couplingMetric {
		return f.valuesBy(f.in.Coupling, "value", map[string]string{"measure": couplingMetric, "null_model": "fixed_margins"})
	}
	if name, ok := comparedIn(metric); ok {
		reference := "size_density"
		if slices.ContainsFunc(f.in.Layers, func(l Layer) bool { return l.Name == layer && l.Projection != "" }) {
			reference = "two_mode"
		}
		return f.valuesBy(f.in.Comparisons, "effect", map[string]string{"layer": layer, "metric": name, "reference": reference})
	}
	return numbers(f.in.ClusterMetrics, metric, f.clusterRows[layer])
}

// valuesBy is a column by cluster, of the rows that have the given words.
func (f *frame) valuesBy(t *table.Table, column string, words map[string]string) []value {
	out := make([]value, len(f.clusters))
	if t == nil {
		return out
	}
	ids, v := t.Column("cluster"), t.Column(column)
rows:
	for row := range t.Len() {
		for name, word := range words {
			if t.Column(name).Str(row) != word {
				continue rows
			}
		}
		if c, ok := slices.BinarySearch(f.clusters, ids.Str(row)); ok {
			out[c].x, out[c].ok = v.Float(row)
		}
	}
	return out
}

// derived tells whether a metric is one of Derived, and whether it was
// computed.
func (f *frame) derived(metric string) (is, computed bool) {
	if metric == couplingMetric {
		return true, f.in.Coupling != nil && f.in.Coupling.Len() > 0
	}
	name, is := comparedIn(metric)
	if !is || f.in.Comparisons == nil {
		return is, false
	}
	names := f.in.Comparisons.Column("metric")
	for row := range f.in.Comparisons.Len() {
		if names.Str(row) == name {
			return true, true
		}
	}
	return true, false
}

// madeOf tells whether an outcome counts events that the metric of a fit is
// made of.
func (m *fit) madeOf(in *Input) bool {
	if m.outcome.ComponentsOf == "" {
		return false
	}
	if m.metric == couplingMetric || m.metric == couplingOfFirms || m.metric == "coupling_jaccard" {
		return slices.Contains(in.Coupled, m.outcome.ComponentsOf)
	}
	return m.layer.Projection == m.outcome.ComponentsOf || m.second.Projection == m.outcome.ComponentsOf
}
