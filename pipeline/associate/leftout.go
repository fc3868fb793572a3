package associate

import (
	"math"

	"firmties/pipeline/stats"
	"firmties/pipeline/table"
)

// clusterEstimate is a row of `clusterwise`.
type clusterEstimate struct {
	fit      *fit
	term     string
	cluster  string
	estimate value
	stdError value
	n        int
}

// clusterwise lists what each cluster says of a term by itself.
func (f *frame) clusterwise(m *fit, term string, clusters []int, each []stats.ClusterEstimate) []clusterEstimate {
	var rows []clusterEstimate
	for g, c := range each {
		row := clusterEstimate{fit: m, term: term, cluster: f.clusters[clusters[g]], n: c.N}
		if c.OK {
			row.estimate = some(c.Estimate)
			row.stdError = value{c.SE, c.SE > 0}
		}
		rows = append(rows, row)
	}
	return rows
}

var clusterwiseFields = table.Define("clusterwise",
	"The slope of the metric, and of exposure, in each cluster alone: how much clusters differ, and what sign flips and pooling start from.",
	[]string{"fit", "term", "cluster"},
	fitField(func(r *clusterEstimate) *fit { return r.fit }),
	table.TextField(table.Column{Name: "term", Doc: "the term, by its name in the metric's place; of a mixed model the metric within clusters", NullWhen: "never"},
		func(r *clusterEstimate) string { return r.term }),
	table.CategoryField(table.Column{Name: "cluster", Doc: "the cluster", NullWhen: "never"},
		func(r *clusterEstimate) string { return r.cluster }),
	modelField(func(r *clusterEstimate) *fit { return r.fit }),
	outcomeField(func(r *clusterEstimate) *fit { return r.fit }),
	layerField(func(r *clusterEstimate) *fit { return r.fit }),
	metricField(func(r *clusterEstimate) *fit { return r.fit }),
	table.NumberField(table.Column{Name: "estimate", Doc: "the term's coefficient in this cluster, on the model's scale, with the controls that vary there; of a meta-analysis, what the cluster enters with", NullWhen: "the cluster has fewer than 8 firms, too few for the terms, or no estimate; of exposure also where nobody was exposed"},
		func(r *clusterEstimate) (float64, bool) { return r.estimate.get() }),
	table.NumberField(table.Column{Name: "std_error", Doc: "its standard error, firms taken as independent", Range: "> 0", NullWhen: "there is none"},
		func(r *clusterEstimate) (float64, bool) { return r.stdError.get() }),
	table.CountField(table.Column{Name: "n", Unit: "firms", Doc: "firms of the cluster with all values; at dyad level pairs of them", Range: ">= 1", NullWhen: "never"},
		func(r *clusterEstimate) (int64, bool) { return int64(r.n), true }),
)

// influenceOf is a row of `influence`.
type influenceOf struct {
	fit      *fit
	term     string
	cluster  string
	without  value
	change   value
	p        value // without the cluster
	cook     value
	dfbeta   value
	leverage value
	decides  string
}

// influence lists what each cluster does to the coefficient of term j.
func (x *firmFit) influence(j int, rows []association) []influenceOf {
	leave := x.leftOut()
	if leave == nil {
		return nil
	}
	return x.f.moved(x.m, x.e.names[j], x.s.clusters, leave.Coef, j, x.e.coef[j], halfWidth(rows, x.e.names[j]))
}

// halfWidth is half the width of the headline's interval about clusters like
// these, for a term: a larger change is beyond doubt. Without one no change is.
func halfWidth(rows []association, term string) float64 {
	for i := range rows {
		if r := &rows[i]; r.headline && r.term == term && r.estimand == clustersLikeThese && r.low.ok {
			return (r.high.x - r.low.x) / 2
		}
	}
	return math.Inf(1)
}

// moved lists coefficient j of fits without each cluster beside that of all.
func (f *frame) moved(m *fit, term string, clusters []int, coefs [][]float64, j int, whole, half float64) []influenceOf {
	var out []influenceOf
	for g, coef := range coefs {
		row := influenceOf{fit: m, term: term, cluster: f.clusters[clusters[g]]}
		if coef != nil {
			row.without, row.change = some(coef[j]), some(coef[j]-whole)
			row.decides = flags(coef[j]*whole < 0, math.Abs(coef[j]-whole) > half, false)
		}
		out = append(out, row)
	}
	return out
}

// flags joins what the loss of a cluster changes.
func flags(sign, size, significance bool) string {
	set := ""
	for _, f := range []struct {
		holds bool
		name  string
	}{{sign, "sign"}, {size, "size"}, {significance, "significance"}} {
		if !f.holds {
			continue
		}
		if set != "" {
			set += ";"
		}
		set += f.name
	}
	return set
}

var influenceFields = table.Define("influence",
	"What an association is without each cluster in turn. Where anything is flagged, it rests on that cluster.",
	[]string{"fit", "term", "cluster"},
	fitField(func(r *influenceOf) *fit { return r.fit }),
	table.TextField(table.Column{Name: "term", Doc: "the term", NullWhen: "never"},
		func(r *influenceOf) string { return r.term }),
	table.CategoryField(table.Column{Name: "cluster", Doc: "the cluster left out", NullWhen: "never"},
		func(r *influenceOf) string { return r.cluster }),
	modelField(func(r *influenceOf) *fit { return r.fit }),
	outcomeField(func(r *influenceOf) *fit { return r.fit }),
	layerField(func(r *influenceOf) *fit { return r.fit }),
	metricField(func(r *influenceOf) *fit { return r.fit }),
	table.NumberField(table.Column{Name: "estimate", Doc: "the estimate without the cluster", NullWhen: "there is none without it"},
		func(r *influenceOf) (float64, bool) { return r.without.get() }),
	table.NumberField(table.Column{Name: "change", Doc: "that less the estimate with all clusters", NullWhen: "estimate is null"},
		func(r *influenceOf) (float64, bool) { return r.change.get() }),
	table.NumberField(table.Column{Name: "p_value", Doc: "p of the estimate without the cluster", Range: "0 to 1", NullWhen: "at firm and dyad level, and where estimate is null"},
		func(r *influenceOf) (float64, bool) { return r.p.get() }),
	table.NumberField(table.Column{Name: "cooks_distance", Doc: "of the cluster in a linear fit over clusters; above 4/n it moves the fit", Range: ">= 0", NullWhen: "not ols_cluster", Source: "Cook 1977"},
		func(r *influenceOf) (float64, bool) { return r.cook.get() }),
	table.NumberField(table.Column{Name: "dfbetas", Doc: "change of the coefficient in standard errors, in a linear fit over clusters; above 2/sqrt(n) either way it moves the coefficient", NullWhen: "not ols_cluster", Source: "Belsley, Kuh & Welsch 1980"},
		func(r *influenceOf) (float64, bool) { return r.dfbeta.get() }),
	table.NumberField(table.Column{Name: "leverage", Doc: "of the cluster in a linear fit over clusters", Range: "0 to 1", NullWhen: "not ols_cluster"},
		func(r *influenceOf) (float64, bool) { return r.leverage.get() }),
	table.TextField(table.Column{Name: "changes", Doc: "what goes with the cluster, joined by `;`: sign: the estimate changes it; size: it moves by more than half of the headline's interval, or a correlation by more than 0.2; significance: p crosses 0.05", NullWhen: "nothing does"},
		func(r *influenceOf) string { return r.decides }),
)
