package measure

import (
	"fmt"
	"math"
	"strings"

	"firmties/graphs/null"
	"firmties/pipeline/table"
)

// ComparisonTable is the table of comparisons; the rows are in its key order.
func ComparisonTable(rows []Compared, levels table.Levels) *table.Table {
	return comparisonFields.In(levels).Table(rows)
}

var comparisonFields = table.Define("comparisons",
	"Every cluster's network against random networks that share something with it, so that clusters of different size can be compared: by effect, not by the raw value and not by z, which both grow or shrink with the number of firms. Pairs that were not observed are taken as not tied, here as there. Backbones are not compared: they are held against chance already.",
	[]string{"cluster", "layer", "metric", "reference"},
	table.CodeField(clusterColumn, func(r *Compared) int32 { return r.Cluster }),
	table.CodeField(layerColumn, func(r *Compared) int32 { return r.Layer }),
	table.CategoryField(table.Column{Name: "metric", Doc: "name of the metric, a column of cluster_metrics", NullWhen: "never", Levels: Comparable()},
		func(r *Compared) string { return r.Metric }),
	table.CategoryField(table.Column{Name: "reference", Doc: "what the random networks share with the cluster's. " + referencesExplained(), NullWhen: "never", Levels: referenceNames()},
		func(r *Compared) string { return string(r.Reference) }),
	comparedNumber(table.Column{Name: "value", Doc: "the metric in the cluster's network", NullWhen: "reason says that the metric is undefined"},
		func(r *Compared) float64 { return r.Value }),
	comparedNumber(table.Column{Name: "expected", Doc: "mean over the random networks in which the metric has a value", NullWhen: "value is null; reason is fixed_by_reference, undefined_in_draws or too_large"},
		func(r *Compared) float64 { return r.Expected }),
	comparedNumber(table.Column{Name: "sd", Doc: "standard deviation over them", Range: ">= 0", NullWhen: "expected is null, or it is of a single network"},
		func(r *Compared) float64 { return r.SD }),
	comparedNumber(table.Column{Name: "z", Unit: "standard deviations", Doc: "(value - expected)/sd: more than chance? It grows with the number of firms and ranks nothing", NullWhen: "sd is null or 0"},
		func(r *Compared) float64 { return r.Z }),
	comparedNumber(table.Column{Name: "effect", Unit: "1", Doc: "how far the value is from what is expected, on the scale of effect_kind", Range: "at most 1 where effect_kind is of_maximum", NullWhen: "expected is null, or the scale has no value there (reason no_effect_scale)"},
		func(r *Compared) float64 { return r.Effect }),
	table.CategoryField(table.Column{Name: "effect_kind", Doc: "of_maximum: (value - expected)/(maximum - expected), for metrics that have a maximum; log_ratio: ln(value/expected)", NullWhen: "expected is null", Levels: []string{ofMaximum, logRatio}},
		func(r *Compared) string { return r.EffectKind }),
	comparedNumber(table.Column{Name: "effect_low", Doc: fmt.Sprintf("lower end of the 95 %% interval of effect in networks of firms drawn with replacement from the cluster's (%d draws, percentiles)", bootstrapDraws), NullWhen: "effect is null, or undefined in more than a tenth of those networks", Source: "Snijders & Borgatti 1999"},
		func(r *Compared) float64 { return r.EffectLow }),
	comparedNumber(table.Column{Name: "effect_high", Doc: "upper end of that interval", NullWhen: "effect_low is null", Source: "Snijders & Borgatti 1999"},
		func(r *Compared) float64 { return r.EffectHigh }),
	comparedNumber(table.Column{Name: "rank", Doc: "place of the cluster by effect among the clusters that have one, the largest first; equal ones share the mean place", Range: ">= 1", NullWhen: "effect is null"},
		func(r *Compared) float64 { return r.Rank }),
	comparedNumber(table.Column{Name: "rank_low", Doc: "best place of its 95 % interval, firms drawn anew in every cluster at once", Range: ">= 1", NullWhen: "effect_low is null"},
		func(r *Compared) float64 { return r.RankLow }),
	comparedNumber(table.Column{Name: "rank_high", Doc: "worst place of that interval", Range: ">= 1", NullWhen: "effect_low is null"},
		func(r *Compared) float64 { return r.RankHigh }),
	comparedNumber(table.Column{Name: "rho_with_n", Doc: "rank correlation, over clusters, of effect with the number of firms: near 0 where size does not decide the comparison; the same for all clusters", Range: "-1 to 1", NullWhen: "fewer than 4 clusters have an effect, or they do not vary"},
		func(r *Compared) float64 { return r.RhoWithN }),
	comparedNumber(table.Column{Name: "percentile", Unit: "1", Doc: "share of the random networks with a smaller value, half of those with an equal one included", Range: "0 to 1", NullWhen: "expected is null"},
		func(r *Compared) float64 { return r.Percentile }),
	comparedNumber(table.Column{Name: "p", Doc: "two-sided: twice the smaller of (1 + networks with at least the value)/(1 + draws) and the same with at most the value", Range: "0 to 1", NullWhen: "expected is null", Source: "Phipson & Smyth 2010"},
		func(r *Compared) float64 { return r.P }),
	table.CountField(table.Column{Name: "draws", Unit: "networks", Doc: "random networks in which the metric has a value", Range: ">= 0", NullWhen: "none were drawn"},
		func(r *Compared) (int64, bool) { return int64(r.Draws), r.Draws > 0 }),
	table.CategoryField(table.Column{Name: "reason", Doc: "why there is no effect. fixed_by_reference: the metric is the same in all networks of the reference; undefined_in_draws: it has no value in any of them; no_effect_scale: nothing is left to the maximum, or the ratio or its logarithm does not exist; otherwise the reason why the metric is undefined. " + reasonsExplained(),
		NullWhen: "effect has a value", Levels: append([]string{"fixed_by_reference", "undefined_in_draws", "no_effect_scale"}, reasonWords()...)},
		func(r *Compared) string { return r.Reason }),
)

// comparedNumber is a column of numbers of which NaN is missing.
func comparedNumber(c table.Column, get func(*Compared) float64) table.Field[Compared] {
	return table.NumberField(c, func(r *Compared) (float64, bool) {
		x := get(r)
		return x, !math.IsNaN(x)
	})
}

func referenceNames() []string {
	var names []string
	for _, r := range null.References() {
		names = append(names, string(r))
	}
	return names
}

func referencesExplained() string {
	var parts []string
	for _, r := range null.References() {
		parts = append(parts, string(r)+": "+r.Doc())
	}
	return strings.Join(parts, "; ")
}
