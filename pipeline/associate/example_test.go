package associate_test

import (
	"fmt"

	"firmties/pipeline/associate"
)

func ExampleModels() {
	for _, m := range associate.Models() {
		if m.Level == "cluster" {
			fmt.Println(m.Name, "of", m.Metrics, "metrics:", m.Kinds)
		}
	}
	// Output:
	// spearman of cluster metrics: [continuous count binary ordinal]
	// kendall of cluster metrics: [continuous count binary ordinal]
	// pearson of cluster metrics: [continuous count binary ordinal]
	// ols_cluster of cluster metrics: [continuous count binary ordinal]
	// meta_correlation of firm metrics: [continuous count binary ordinal]
	// meta_slope of firm metrics: [continuous count binary ordinal]
}

func ExampleDefaultGrid() {
	outcomes := []associate.Outcome{{Name: "new_products", Level: "firm", Kind: "count"}}
	layers := []associate.Layer{{Name: "advice", Directed: true}, {Name: "meets"}}
	for _, e := range associate.DefaultGrid(outcomes, layers, 999) {
		fmt.Println(e.Name, e.Outcome, e.Layers, e.Metrics)
	}
	// Output:
	// default_firm new_products [advice] [degree_in harmonic betweenness constraint]
	// default_firm new_products [meets] [degree harmonic betweenness constraint]
	// default_curve new_products [advice meets] [degree harmonic betweenness]
	// default_cluster new_products [advice] [degree_mean transitivity centralization_degree connectedness reciprocity]
	// default_cluster new_products [meets] [degree_mean transitivity centralization_degree connectedness]
}
