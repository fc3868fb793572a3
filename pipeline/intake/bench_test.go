package intake

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

const benchConfig = `
study: many
firms: {table: firms.csv, id: firm, cluster: cluster}
relations:
  - name: advice
    directed: true
    reports: {table: ties.csv, where: {question: advice}, respondent: who, source: from, target: to, answer: said, strength: times,
      asked: {about: any}, answers: {yes: [1], no: [0], dont_know: [8]}}
weights: strength
`

// manyReports is a study of 1000 clusters of 40 firms with n report rows.
func manyReports(n int) fstest.MapFS {
	var firms, ties strings.Builder
	firms.WriteString("firm,cluster\n")
	for i := range 40_000 {
		fmt.Fprintf(&firms, "F%05d,C%03d\n", i, i/40)
	}
	ties.WriteString("who,question,from,to,said,times\n")
	for i := range n {
		c := i % 1000 * 40
		fmt.Fprintf(&ties, "F%05d,advice,F%05d,F%05d,%d,%d\n", c+i%3, c+i/7%40, c+i/11%40, i%2, 1+i%5)
	}
	return fstest.MapFS{"firms.csv": {Data: []byte(firms.String())}, "ties.csv": {Data: []byte(ties.String())}}
}

// A million rows of an interview sheet; the target is under two seconds.
func BenchmarkRead1000000Reports(b *testing.B) {
	data := manyReports(1_000_000)
	b.ReportAllocs()
	for b.Loop() {
		s, _, findings, err := Read(context.Background(), Source{[]byte(benchConfig), "study.yaml", data}, vocabulary())
		if err != nil || findings.HasErrors() || len(s.Reports) != 1_000_000 {
			b.Fatal(err, findings.Render(false))
		}
	}
}

// vocabulary is a small stand-in for what later stages own.
func vocabulary() Vocabulary {
	return Vocabulary{
		FirmMetrics:    []string{"degree", "degree_in", "coupling_z", "harmonic", "betweenness", "constraint", "ei_index_by_GROUP", "alter_mean_of_ATTRIBUTE"},
		ClusterMetrics: []string{"density", "degree_mean", "centralization_degree", "centralization_degree_in", "reciprocity", "transitivity", "connectedness", "global_efficiency", "assortativity_by_GROUP"},
		Models: []ModelName{
			{Name: "ols_fe", Level: "firm", Metrics: "firm", DefaultFor: []string{"continuous"}, Inferences: []string{"CR2", "freedman_lane", "wild_cluster"}},
			{Name: "clogit", Level: "firm", Metrics: "firm", Inferences: []string{"CR1"}},
			{Name: "hazard", Level: "firm", Metrics: "firm"},
			{Name: "complementarity", Level: "firm", Metrics: "firm", Inferences: []string{"CR2"}, TwoLayers: true},
			{Name: "specification_curve", Level: "firm", Metrics: "firm"},
			{Name: "mrqap_dsp", Level: "dyad", Inferences: []string{"dsp"}},
			{Name: "spearman", Level: "cluster", Metrics: "cluster"},
			{Name: "meta_correlation", Level: "cluster", Metrics: "firm"},
		},
		Derived: []string{"coupling", "effect(transitivity)"}, Layerless: []string{"coupling"},
		Scalings: []string{"z_within", "raw"}, Inferences: []string{"CR2", "CR1", "wild_cluster", "freedman_lane", "dsp"},
		Exposures:         []string{"cohesion", "count", "structural_equivalence"},
		FamilyAdjustments: []string{"holm", "bh"},
		Rules:             []Rule{{"any", false}, {"all", false}, {"majority", false}, {"either_end", false}, {"both_ends", false}, {"source", true}, {"target", true}},
	}
}
