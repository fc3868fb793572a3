package report

import (
	"fmt"

	"firmties/pipeline/diag"
	"firmties/pipeline/table"
)

// The tables of these tests are made by hand, with the published columns that
// the summary reads and values that are plain to see in the text.

type cells map[string]any

// tableOf makes a table: columns as "name text", "name number" or "name
// count"; a cell that a row leaves out is null.
func tableOf(name string, columns []table.Column, rows ...cells) *table.Table {
	t := table.New(&table.Schema{Name: name, Columns: columns}, len(rows))
	for _, row := range rows {
		for i, c := range columns {
			switch x := row[c.Name].(type) {
			case nil:
				t.At(i).AppendNull()
			case string:
				t.At(i).AppendStr(x)
			case float64:
				t.At(i).AppendFloat(x)
			case bool:
				t.At(i).AppendBool(x)
			case int:
				t.At(i).AppendInt(int64(x))
			default:
				panic(fmt.Sprintf("no cell of %T", x))
			}
		}
	}
	return t
}

func columns(kind table.Kind, names ...string) []table.Column {
	out := make([]table.Column, len(names))
	for i, n := range names {
		out[i] = table.Column{Name: n, Kind: kind}
	}
	return out
}

func clustersTable(rows ...cells) *table.Table {
	return tableOf("clusters", append(columns(table.Text, "cluster", "label"), columns(table.Count, "firms", "interviewed")...), rows...)
}

func clusterMetricsTable(rows ...cells) *table.Table {
	return tableOf("cluster_metrics", append(columns(table.Text, "cluster", "layer"),
		columns(table.Number, "observed", "ties", "density", "reciprocity", "transitivity", "centralization_degree")...), rows...)
}

func associationsTable(rows ...cells) *table.Table {
	c := columns(table.Text, "fit", "term", "estimand", "level", "outcome", "layer", "metric", "model", "scaling", "caveats")
	c = append(c, columns(table.Number, "estimate", "p_value", "p_adjusted", "conf_low", "conf_high")...)
	c = append(c, columns(table.Flag, "headline")...)
	return tableOf("associations", append(c, columns(table.Count, "n_firms", "n_clusters")...), rows...)
}

func fitsTable(rows ...cells) *table.Table {
	return tableOf("fits", append(columns(table.Text, "fit", "formula", "gate"), columns(table.Number, "prediction_low", "prediction_high")...), rows...)
}

func influenceTable(rows ...cells) *table.Table {
	return tableOf("influence", append(columns(table.Text, "fit", "term", "cluster", "changes"), columns(table.Number, "estimate", "change")...), rows...)
}

// firmFit is the two rows of a firm level fit, and one of a control.
func firmFit(outcome, layer, metric string, estimate, like, these float64, caveats string) []cells {
	base := func(term, estimand string, p float64) cells {
		return cells{"fit": "m1/" + outcome + "/" + layer + "/" + metric, "term": term, "estimand": estimand,
			"level": "firm", "outcome": outcome, "layer": layer, "metric": metric, "model": "ols_fe", "scaling": "z_within",
			"estimate": estimate, "p_value": p, "n_firms": 644, "n_clusters": 11}
	}
	cr2, fl := base(metric, clustersLikeThese, like), base(metric, theseClusters, these)
	cr2["conf_low"], cr2["conf_high"], cr2["p_adjusted"] = estimate-.06, estimate+.06, min(1, 2*like)
	cr2["headline"], fl["headline"] = true, true
	if caveats != "" {
		cr2["caveats"] = caveats
	}
	return []cells{base("age", clustersLikeThese, .777), cr2, fl}
}

func clusterFit(outcome, layer, metric string, rho, p float64) []cells {
	return []cells{{"fit": "m2/" + outcome + "/" + layer + "/" + metric, "term": metric, "estimand": clustersLikeThese,
		"level": "cluster", "outcome": outcome, "layer": layer, "metric": metric, "model": "spearman",
		"estimate": rho, "p_value": p, "p_adjusted": min(1, 2*p), "headline": true, "n_clusters": 11, "caveats": "partly_observed"}}
}

// pooledFit is the row of a meta-analysis.
func pooledFit(outcome, layer, metric string, estimate, p float64) []cells {
	return []cells{{"fit": "m4/" + outcome + "/" + layer + "/" + metric, "term": "pooled", "estimand": clustersLikeThese,
		"level": "cluster", "outcome": outcome, "layer": layer, "metric": metric, "model": "meta_slope",
		"estimate": estimate, "conf_low": estimate - .1, "conf_high": estimate + .1, "p_value": p, "p_adjusted": min(1, 2*p), "headline": true, "n_firms": 644, "n_clusters": 11}}
}

func joined(fits ...[]cells) []cells {
	var out []cells
	for _, f := range fits {
		out = append(out, f...)
	}
	return out
}

// example is a study with something of everything.
func example() *Summary {
	var l diag.List
	for line := range 3 {
		l.Add(diag.SelfReport, diag.Place{File: "answers.csv", Line: 10 + line, Column: 2}, "", "a firm named itself", "")
	}
	l.Add(diag.NameUnresolved, diag.Place{File: "survey.xlsx", Sheet: "Ties", Line: 4, Column: 3}, "x", "no firm", "")
	return &Summary{
		Version: "0.1.0", Name: "salt-villages", Title: "Craft clusters of the salt coast 鹽村", Simulated: true,
		Citation: "Nobody (2026)", Licence: "CC0",
		Choices: []Choice{
			{"rule of advice", "any: one respondent's yes makes a tie"},
			{"silence", "a respondent who could have named a pair and did not says no; in meets respondents spoke about any pair of their cluster"},
			{"weights", "strength: more is closer"},
			{"seed", "1966"},
		},
		Accounts: []Account{
			{Name: "advice", Relation: true, Rows: 817, Excluded: 10, Ties: 612, Fates: []Fate{{"kept", 640}, {"repeated", 120}, {"self", 46}, {"outside", 1}, {"filtered", 0}}},
			{Name: "meets", Relation: true, Rows: 1, Ties: 1, Fates: []Fate{{"kept", 1}}},
			{Name: "practices", Rows: 30, Fates: []Fate{{"kept", 29}, {"ambiguous", 1}}},
		},
		Layers: []string{"advice", "union", "practices"}, MainLayer: "union",
		Clusters: clustersTable(
			cells{"cluster": "01", "label": "布袋 Budai", "firms": 12, "interviewed": 2},
			cells{"cluster": "02", "label": "02", "firms": 140, "interviewed": 9},
			cells{"cluster": "03", "label": "A village whose name is as long as its road", "firms": 1}),
		ClusterMetrics: clusterMetricsTable(
			cells{"cluster": "01", "layer": "advice", "observed": .111, "ties": 999.0},
			cells{"cluster": "01", "layer": "union", "observed": 1.0, "ties": 37.0, "density": .28, "reciprocity": .5, "transitivity": .0412, "centralization_degree": .4567},
			cells{"cluster": "02", "layer": "union", "observed": .734, "ties": 1234.0, "density": .0634, "transitivity": .25, "centralization_degree": 0.0},
			cells{"cluster": "02", "layer": "practices", "observed": 1.0, "ties": 998.0}),
		Associations: associationsTable(joined(
			firmFit("innov", "advice", "degree_in", .05, .0163, .0004, ""),
			firmFit("innov", "union", "degree_in", .0797, .0163, .0004, "partly_observed;df_below_4"),
			clusterFit("innov", "union", "density", -.555, .0817),
			pooledFit("innov", "union", "degree_in", .374, .0612))...),
		Fits: fitsTable(
			cells{"fit": "m1/adopted/union/degree_in", "gate": "kind_not_supported"},
			cells{"fit": "m1/other/union/degree_in", "gate": "kind_not_supported"},
			cells{"fit": "m1/innov/union/degree_in"},
			cells{"fit": "m4/innov/union/degree_in", "prediction_low": .215, "prediction_high": .532},
			cells{"fit": "m3/x/y/z", "gate": "gate_of_tomorrow"}),
		Influence: influenceTable(
			cells{"fit": "m2/innov/union/density", "term": "density", "cluster": "01", "changes": "size", "estimate": -.155, "change": .4},
			cells{"fit": "m2/innov/union/density", "term": "density", "cluster": "02"},
			cells{"fit": "m4/innov/union/degree_in", "term": "pooled", "cluster": "01", "estimate": .384, "change": .01},
			cells{"fit": "m4/innov/union/degree_in", "term": "pooled", "cluster": "02", "estimate": .349, "change": -.025}),
		Findings: &l,
		Results:  "results/salt-villages",
	}
}
