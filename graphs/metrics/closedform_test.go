package metrics

import (
	"math"
	"slices"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// TestClosedForms compares with values worked out by hand; NaN is undefined.
func TestClosedForms(t *testing.T) {
	star, path, ring, clique := graphtest.Star(5), graphtest.Path(4), graphtest.Cycle(5), graphtest.Clique(4)
	biclique := graphtest.Bipartite(2, 3)
	pieces := graphtest.Union(graphtest.Clique(3), graphtest.Path(2), graphtest.Empty(1))
	// 0 <-> 1 -> 2, strengths 1, 2 and 4, and an isolate.
	arcs := graphs.New(4, true, []graphs.Arc{{From: 0, To: 1, Strength: 1}, {From: 1, To: 0, Strength: 2}, {From: 1, To: 2, Strength: 4}})
	huge := graphs.New(2, true, []graphs.Arc{{From: 0, To: 1, Strength: math.MaxFloat64}, {From: 1, To: 0, Strength: math.MaxFloat64}})
	half := math.Sqrt(0.5)
	golden := 2 * math.Sin(math.Pi/5) * math.Sqrt(0.1) // the end of a path of four
	for _, c := range []struct {
		level Level
		name  string
		g     *graphs.Graph
		want  []float64
	}{
		{Firm, "degree", arcs, []float64{1, 2, 1, 0}},
		{Firm, "degree_in", arcs, []float64{1, 1, 1, 0}},
		{Firm, "degree_out", arcs, []float64{1, 2, 0, 0}},
		{Firm, "degree_mutual", arcs, []float64{1, 1, 0, 0}},
		{Firm, "strength", arcs, []float64{3, 7, 4, 0}},
		{Firm, "strength", huge, []float64{math.MaxFloat64, math.MaxFloat64}},
		{Firm, "strength_in", arcs, []float64{2, 1, 4, 0}},
		{Firm, "strength_out", arcs, []float64{1, 6, 0, 0}},
		{Firm, "harmonic", star, []float64{1, 0.625, 0.625, 0.625, 0.625}},
		{Firm, "harmonic", path, []float64{11. / 18, 2.5 / 3, 2.5 / 3, 11. / 18}},
		{Firm, "harmonic_in", arcs, []float64{1. / 3, 1. / 3, 1.5 / 3, 0}},
		{Firm, "harmonic_out", arcs, []float64{1.5 / 3, 2. / 3, 0, 0}},
		{Firm, "closeness_component", pieces, []float64{1, 1, 1, 1, 1, none}},
		{Firm, "closeness_component", path, []float64{0.5, 0.75, 0.75, 0.5}},
		{Firm, "closeness_wf", pieces, []float64{0.4, 0.4, 0.4, 0.2, 0.2, 0}},
		{Firm, "closeness_wf_in", arcs, []float64{1. / 3, 1. / 3, 4. / 9, 0}},
		{Firm, "closeness_wf_out", arcs, []float64{4. / 9, 2. / 3, 0, 0}},
		{Firm, "eccentricity", path, []float64{3, 2, 2, 3}},
		{Firm, "eccentricity", pieces, []float64{1, 1, 1, 1, 1, none}},
		{Firm, "reach_2", path, []float64{2. / 3, 1, 1, 2. / 3}},
		{Firm, "betweenness", star, []float64{1, 0, 0, 0, 0}},
		{Firm, "betweenness", path, []float64{0, 2. / 3, 2. / 3, 0}},
		{Firm, "betweenness", ring, slices.Repeat([]float64{1. / 6}, 5)},
		{Firm, "betweenness", clique, []float64{0, 0, 0, 0}},
		{Firm, "betweenness", biclique, []float64{0.25, 0.25, 1. / 18, 1. / 18, 1. / 18}},
		{Firm, "betweenness_directed", arcs, []float64{0, 1. / 6, 0, 0}},
		{Firm, "eigenvector", star, []float64{half, half / 2, half / 2, half / 2, half / 2}},
		{Firm, "eigenvector", path, []float64{golden, golden * math.Phi, golden * math.Phi, golden}},
		{Firm, "eigenvector", pieces, []float64{math.Sqrt(1. / 3), math.Sqrt(1. / 3), math.Sqrt(1. / 3), 0, 0, 0}},
		{Firm, "eigenvector", graphtest.Union(clique, clique), slices.Repeat([]float64{none}, 8)},
		{Firm, "eigenvector", graphtest.Empty(2), []float64{none, none}},
		{Firm, "eigenvector", graphtest.Empty(1), []float64{1}},
		{Firm, "pagerank", ring, slices.Repeat([]float64{0.2}, 5)},
		{Firm, "pagerank", graphtest.Empty(4), slices.Repeat([]float64{0.25}, 4)},
		// The centre gets 0.85 of the leaves' rank; c = 0.03 + 0.85(1-c).
		{Firm, "pagerank", star, []float64{0.88 / 1.85, 0.97 / 7.4, 0.97 / 7.4, 0.97 / 7.4, 0.97 / 7.4}},
		// Of 0 -> 1, the second has 1.85 times the rank of the first.
		{Firm, "pagerank_directed", graphtest.Directed(2, [2]int{0, 1}), []float64{1 / 2.85, 1.85 / 2.85}},
		{Firm, "constraint", star, []float64{0.25, 1, 1, 1, 1}},
		{Firm, "constraint", clique, slices.Repeat([]float64{25. / 27}, 4)},
		{Firm, "constraint", pieces, []float64{1.125, 1.125, 1.125, 1, 1, none}},
		{Firm, "effective_size", star, []float64{4, 1, 1, 1, 1}},
		{Firm, "effective_size", clique, []float64{1, 1, 1, 1}},
		{Firm, "efficiency", clique, slices.Repeat([]float64{1. / 3}, 4)},
		{Firm, "efficiency", pieces, []float64{0.5, 0.5, 0.5, 1, 1, none}},
		{Firm, "clustering", clique, []float64{1, 1, 1, 1}},
		{Firm, "clustering", star, []float64{0, none, none, none, none}},
		{Firm, "triangles", clique, []float64{3, 3, 3, 3}},
		{Firm, "core", pieces, []float64{2, 2, 2, 1, 1, 0}},
		{Firm, "component_size", pieces, []float64{3, 3, 3, 2, 2, 1}},
		{Firm, "cut_point", path, []float64{0, 1, 1, 0}},
		{Firm, "cut_point", pieces, []float64{0, 0, 0, 0, 0, 0}},

		{Cluster, "firms", pieces, []float64{6}},
		{Cluster, "ties", pieces, []float64{4}},
		{Cluster, "ties", arcs, []float64{3}},
		{Cluster, "density", path, []float64{0.5}},
		{Cluster, "density", arcs, []float64{0.25}},
		{Cluster, "density", graphtest.Empty(1), []float64{none}},
		{Cluster, "degree_mean", arcs, []float64{1}},
		{Cluster, "degree_mean", graphtest.Empty(0), []float64{0}},
		{Cluster, "degree_max", star, []float64{4}},
		{Cluster, "isolates", arcs, []float64{1}},
		{Cluster, "reciprocity", arcs, []float64{2. / 3}},
		{Cluster, "reciprocity", graphs.New(3, true, nil), []float64{none}},
		{Cluster, "transitivity", pieces, []float64{1}},
		{Cluster, "transitivity", star, []float64{0}},
		{Cluster, "transitivity", graphtest.Path(2), []float64{none}},
		{Cluster, "clustering_mean", graphtest.Union(clique, star), []float64{0.8}},
		{Cluster, "clustering_mean", graphtest.Path(2), []float64{none}},
		{Cluster, "components", pieces, []float64{3}},
		{Cluster, "largest_component_share", pieces, []float64{0.5}},
		{Cluster, "connectedness", pieces, []float64{8. / 30}},
		{Cluster, "mean_distance", path, []float64{10. / 6}},
		{Cluster, "mean_distance", graphtest.Empty(3), []float64{none}},
		{Cluster, "diameter", path, []float64{3}},
		{Cluster, "diameter", pieces, []float64{1}},
		{Cluster, "global_efficiency", path, []float64{(3 + 2./2 + 1./3) / 6}},
		{Cluster, "centralization_degree", star, []float64{1}},
		{Cluster, "centralization_degree", ring, []float64{0}},
		{Cluster, "centralization_degree_in", arcs, []float64{1. / 9}},
		{Cluster, "centralization_degree_out", arcs, []float64{5. / 9}},
		{Cluster, "centralization_betweenness", star, []float64{1}},
		{Cluster, "centralization_betweenness", path, []float64{4. / 9}},
		{Cluster, "assortativity_degree", star, []float64{-1}},
		{Cluster, "assortativity_degree", path, []float64{-0.5}},
		{Cluster, "assortativity_degree", pieces, []float64{1}},
		{Cluster, "assortativity_degree", ring, []float64{none}},
		{Cluster, "triangles", clique, []float64{4}},
		{Cluster, "core_max", pieces, []float64{2}},
		{Cluster, "cut_points", path, []float64{2}},
		{Cluster, "dyads_mutual", arcs, []float64{1}},
		{Cluster, "dyads_asymmetric", arcs, []float64{1}},
		{Cluster, "dyads_null", arcs, []float64{4}},
	} {
		m, ok := Lookup(c.level, c.name)
		if !ok {
			t.Fatalf("no metric %s %s", c.level, c.name)
		}
		if got := measured(t, m)(c.g); !near(got, c.want) {
			t.Errorf("%s %s of %d firms and %d ties: %v, want %v", c.level, c.name, c.g.N(), c.g.Ties(), got, c.want)
		}
	}
}

// near allows 1e-12: the values are short sums of fractions.
func near(got, want []float64) bool {
	return slices.EqualFunc(got, want, func(x, y float64) bool {
		return math.IsNaN(x) && math.IsNaN(y) || math.Abs(x-y) <= 1e-12
	})
}

// TestWhatIsNotObserved tries the metrics that know of unobserved pairs on
// 0 <-> 1 -> 2, 3 -> 0, of which firms 2 and 3 were asked about nothing or half.
func TestWhatIsNotObserved(t *testing.T) {
	g := graphtest.Directed(4, [2]int{0, 1}, [2]int{1, 0}, [2]int{1, 2}, [2]int{3, 0})
	partly := Observed{Pairs: 8, DyadsBothWays: 3, ArcsBothWays: 3, ReturnedArcs: 2, Out: []bool{true, true, false, true}}
	nothing := Observed{Out: make([]bool, 4)}
	oneWay := Observed{Pairs: 6, Out: []bool{true, true, true, true}}
	noArcs := Observed{Pairs: 6, DyadsBothWays: 1}
	for _, c := range []struct {
		name     string
		level    Level
		metric   string
		observed Observed
		values   []float64
		reasons  []Reason
		whole    Reason
	}{
		{"density of the observed", Cluster, "density", partly, []float64{0.5}, []Reason{Defined}, Defined},
		{"density of nothing", Cluster, "density", nothing, []float64{0}, []Reason{NotObserved}, NotObserved},
		{"reciprocity both ways", Cluster, "reciprocity", partly, []float64{2. / 3}, []Reason{Defined}, Defined},
		{"reciprocity one way", Cluster, "reciprocity", oneWay, []float64{0}, []Reason{NotObserved}, NotObserved},
		{"reciprocity of no arcs", Cluster, "reciprocity", noArcs, []float64{0}, []Reason{NoTies}, NoTies},
		{"out-degree", Firm, "degree_out", partly, []float64{1, 2, 0, 1}, []Reason{0, 0, NotObserved, 0}, Defined},
		{"mutual", Firm, "degree_mutual", partly, []float64{1, 1, 0, 0}, []Reason{0, 0, NotObserved, 0}, Defined},
		{"out-strength", Firm, "strength_out", partly, []float64{1, 2, 0, 1}, []Reason{0, 0, NotObserved, 0}, Defined},
		{"out-harmonic", Firm, "harmonic_out", nothing, make([]float64, 4), slices.Repeat([]Reason{NotObserved}, 4), Defined},
		{"in-degree", Firm, "degree_in", nothing, []float64{2, 1, 1, 0}, make([]Reason, 4), Defined},
		{"degree", Firm, "degree", nothing, []float64{2, 2, 1, 1}, make([]Reason, 4), Defined},
	} {
		m, _ := Lookup(c.level, c.metric)
		got := NewRunner([]Metric{m}).Run(Input{Graph: g, Observed: c.observed})[0]
		if !near(got.Values, c.values) || !slices.Equal(got.Reasons, c.reasons) || got.Whole != c.whole {
			t.Errorf("%s: %v %v %v, want %v %v %v", c.name, got.Values, got.Reasons, got.Whole, c.values, c.reasons, c.whole)
		}
	}
}

// TestFirstReasonWins has a firm that was not asked in a network of one: its
// out-closeness is both not observed and of too small a network.
func TestFirstReasonWins(t *testing.T) {
	m, _ := Lookup(Firm, "closeness_wf_out")
	runner := NewRunner([]Metric{m})
	g := graphtest.Directed(1)
	c := runner.Run(Input{Graph: g, Observed: Observed{Out: []bool{false}}})[0]
	if c.Reasons[0] != NotObserved || c.Whole != Defined {
		t.Errorf("reason %q, whole %q; want not_observed of the firm alone", c.Reasons[0], c.Whole)
	}
	c = runner.Run(Input{Graph: g, Observed: AllObserved(g)})[0]
	if c.Reasons[0] != TooSmall || c.Whole != TooSmall {
		t.Errorf("reason %q, whole %q; want too_small of both", c.Reasons[0], c.Whole)
	}
}
