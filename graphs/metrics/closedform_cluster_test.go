package metrics

import (
	"math"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// TestClosedFormsOfClusters compares with values worked out by hand; NaN is
// undefined.
func TestClosedFormsOfClusters(t *testing.T) {
	star, path, ring, clique := graphtest.Star(5), graphtest.Path(4), graphtest.Cycle(5), graphtest.Clique(4)
	biclique := graphtest.Bipartite(2, 3)
	pieces := graphtest.Union(graphtest.Clique(3), graphtest.Path(2), graphtest.Empty(1))
	nothing := graphtest.Empty(0)
	outtree := graphtest.Directed(5, [2]int{0, 1}, [2]int{0, 2}, [2]int{1, 3}, [2]int{1, 4})
	circle := graphtest.Directed(4, [2]int{0, 1}, [2]int{1, 2}, [2]int{2, 3}, [2]int{3, 0})
	vee := graphtest.Directed(3, [2]int{0, 2}, [2]int{1, 2}) // 0 and 1 have nobody above both
	// 0 <-> 1 -> 2, strengths 1, 2 and 4, and an isolate.
	arcs := graphs.New(4, true, []graphs.Arc{{From: 0, To: 1, Strength: 1}, {From: 1, To: 0, Strength: 2}, {From: 1, To: 2, Strength: 4}})
	huge := graphs.New(2, true, []graphs.Arc{{From: 0, To: 1, Strength: math.MaxFloat64}, {From: 1, To: 0, Strength: math.MaxFloat64}})
	for _, c := range []struct {
		name string
		g    *graphs.Graph
		want float64
	}{
		{"ties_undirected", arcs, 2},
		{"density_undirected", arcs, 1. / 3},
		{"degree_in_sd", arcs, 0.5},
		{"degree_in_max", graphtest.Directed(0), 0},
		{"degree_in_skewness", arcs, -2 / math.Sqrt(3)},
		{"degree_in_gini", arcs, 0.25},
		{"degree_skewness", star, 1.5},
		{"degree_skewness", ring, none},
		{"degree_gini", star, 0.3},
		{"degree_gini", ring, 0},
		{"degree_entropy", ring, 0},
		{"degree_entropy", path, math.Ln2},
		{"degree_hierarchy", clique, 0},
		{"degree_hierarchy", graphtest.Path(2), none},
		{"reciprocity_dyad", arcs, 0.5},
		{"reciprocity_rho", arcs, 5. / 9},
		{"reciprocity_rho", graphtest.Directed(1), none},
		{"reciprocity_weighted", arcs, 2. / 7},
		{"reciprocity_weighted", huge, 1},
		{"transitivity_directed", outtree, 0},
		{"transitivity_directed", vee, none},
		{"transitivity_directed", graphtest.Directed(3, [2]int{0, 1}, [2]int{1, 2}, [2]int{0, 2}), 1},
		{"clustering_mean_zero", graphtest.Union(clique, star), 4. / 9},
		{"clustering_directed_mean", circle, 0},
		{"components_strong", arcs, 3},
		{"components_strong", circle, 1},
		{"largest_strong_component_share", arcs, 0.5},
		{"components_mutual", arcs, 3},
		{"fragmentation", pieces, 22. / 30},
		{"mean_distance_directed", circle, 2},
		{"diameter_directed", circle, 3},
		{"diameter_directed", outtree, 2},
		{"radius", star, 1},
		{"radius", ring, 2},
		{"radius", graphtest.Union(path, graphtest.Star(4)), 1},
		{"global_efficiency_directed", circle, (1 + 1./2 + 1./3) / 3},
		{"local_efficiency", clique, 1},
		{"local_efficiency", star, 0},
		{"wiener_index", path, 10},
		{"wiener_index", graphtest.Union(path, graphtest.Star(4)), 9},
		{"reach_weighted_mean", star, (4 + 4*2.5) / 5},
		{"centralization_degree_total", outtree, (5*3 - 8) / 24.},
		{"centralization_betweenness_directed", graphtest.Directed(3, [2]int{0, 1}, [2]int{1, 2}), 0.5},
		{"centralization_closeness", star, 1},
		{"centralization_closeness", ring, 0},
		{"centralization_closeness", pieces, none},
		{"centralization_harmonic", star, 1},
		{"centralization_harmonic", graphtest.Union(graphtest.Star(6), graphtest.Empty(1)), 1},
		{"krackhardt_hierarchy", outtree, 1},
		{"krackhardt_hierarchy", circle, 0},
		{"krackhardt_efficiency", outtree, 1},
		{"krackhardt_efficiency", circle, 1 - 1./9},
		{"krackhardt_lub", outtree, 1},
		{"krackhardt_lub", circle, 1},
		{"krackhardt_lub", vee, 0},
		{"krackhardt_lub", arcs, 1},
		{"flow_hierarchy", outtree, 1},
		{"flow_hierarchy", circle, 0},
		{"flow_hierarchy", arcs, 1. / 3},
		{"assortativity_degree_directed", circle, none},
		{"assortativity_slope", star, -1},
		{"assortativity_slope", ring, none},
		{"bridges", path, 3},
		{"bridges", ring, 0},
		{"bridges", pieces, 1},
		{"clique_number", nothing, 0},
		{"clique_number", graphtest.Empty(3), 1},
		{"clique_number", pieces, 3},
		{"cliques", pieces, 1},
		{"cliques", biclique, 0},
		{"vertex_connectivity", biclique, 2},
		{"vertex_connectivity", clique, 3},
		{"vertex_connectivity", graphtest.Empty(3), 0},
		{"vertex_connectivity", graphtest.Union(clique, ring, path), 2},
		{"vertex_connectivity", graphtest.Union(ring, star), 1},
		{"constraint_mean", pieces, (3*1.125 + 2) / 5},
		{"constraint_directed_mean", graphtest.Directed(3, [2]int{0, 1}), 1},
		{"effective_size_mean", star, 1.6},
		{"core_periphery_fit", star, none}, // a core of one has no pairs
		{"core_periphery_fit", clique, none},
		{"core_periphery_fit", graphtest.Undirected(4, [2]int{0, 1}, [2]int{0, 2}, [2]int{1, 3}), 1},
		{"spectral_radius", star, 2},
		{"spectral_radius", ring, 2},
		{"spectral_radius", biclique, math.Sqrt(6)},
		{"spectral_radius", nothing, 0},
		{"algebraic_connectivity", star, 1},
		{"algebraic_connectivity", clique, 4},
		{"algebraic_connectivity", biclique, 2},
		{"algebraic_connectivity", graphtest.Path(40), 2 - 2*math.Cos(math.Pi/40)},
		{"algebraic_connectivity", graphtest.Cycle(70), 2 - 2*math.Cos(2*math.Pi/70)},
		{"algebraic_connectivity", graphtest.Union(clique, path), 2 - math.Sqrt2},
		{"strength_mean", arcs, 3.5},
		{"strength_mean", huge, math.MaxFloat64},
		{"density_weighted", arcs, 7. / 12},
		{"density_weighted", huge, math.MaxFloat64},
		{"strength_gini", arcs, (2*(3+4+7+1+4+3) - 0.) / (2 * 4 * 14)},
		{"strength_gini", huge, 0},
		{"fragmentation_max_rise", star, 1},
		{"fragmentation_max_rise", clique, 0},
		{"fragmentation_max_rise", graphtest.Union(graphtest.Path(2), graphtest.Empty(1)), 1./3 - 2./3 + 2./3},
		{"k_components_max", star, 1},
		{"k_components_max", pieces, 2},
		{"k_components_max", biclique, 2},
		{"triads_030c", circle, 0},
		{"triads_021d", outtree, 2},
	} {
		m, ok := Lookup(Cluster, c.name)
		if !ok {
			t.Fatalf("no metric %s", c.name)
		}
		if got := measured(t, m)(c.g); !near(got, []float64{c.want}) {
			t.Errorf("%s of %d firms and %d ties: %v, want %v", c.name, c.g.N(), c.g.Ties(), got, c.want)
		}
	}
}
