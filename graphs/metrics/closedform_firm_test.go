package metrics

import (
	"math"
	"slices"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// TestClosedFormsOfFirms compares with values worked out by hand; NaN is
// undefined.
func TestClosedFormsOfFirms(t *testing.T) {
	star, path, ring, clique := graphtest.Star(5), graphtest.Path(4), graphtest.Cycle(5), graphtest.Clique(4)
	pieces := graphtest.Union(graphtest.Clique(3), graphtest.Path(2), graphtest.Empty(1))
	// 0 <-> 1 -> 2, strengths 1, 2 and 4, and an isolate.
	arcs := graphs.New(4, true, []graphs.Arc{{From: 0, To: 1, Strength: 1}, {From: 1, To: 0, Strength: 2}, {From: 1, To: 2, Strength: 4}})
	none := math.NaN()
	e := math.E
	for _, c := range []struct {
		name string
		g    *graphs.Graph
		want []float64
	}{
		{"degree_total", arcs, []float64{2, 3, 1, 0}},
		{"degree_opsahl", arcs, []float64{math.Sqrt(3), math.Sqrt(14), 2, 0}},
		{"leverage", star, []float64{0.6, -0.6, -0.6, -0.6, -0.6}},
		{"neighbor_degree", path, []float64{2, 1.5, 1.5, 2}},
		{"closeness_component_in", arcs, []float64{1, 1, 2. / 3, none}},
		{"closeness_component_out", arcs, []float64{2. / 3, 1, none, none}},
		{"closeness_freeman", path, []float64{0.5, 0.75, 0.75, 0.5}},
		{"closeness_freeman", pieces, slices.Repeat([]float64{none}, 6)},
		{"closeness_freeman", graphtest.Empty(1), []float64{none}},
		{"closeness_maxplus1", pieces, []float64{5. / 8, 5. / 8, 5. / 8, 5. / 9, 5. / 9, 0.5}},
		{"gil_schmidt", pieces, []float64{1, 1, 1, 1, 1, none}},
		{"closeness_residual", path, []float64{0.875, 1.25, 1.25, 0.875}},
		{"reach_3", graphtest.Path(6), []float64{0.6, 0.8, 1, 1, 0.8, 0.6}},
		{"domain_in", arcs, []float64{1. / 3, 1. / 3, 2. / 3, 0}},
		// Lengths 1/3 and 1/4.
		{"harmonic_weighted", arcs, []float64{(3 + 12./7) / 3, 7. / 3, (4 + 12./7) / 3, 0}},
		{"betweenness_weighted", arcs, []float64{0, 1. / 3, 0, 0}},
		{"betweenness_endpoints", star, []float64{1, 0.4, 0.4, 0.4, 0.4}},
		{"betweenness_proximal_source_directed", arcs, []float64{0, 1, 0, 0}},
		{"betweenness_linear_scaled_directed", arcs, []float64{0, 0.5, 0, 0}},
		{"betweenness_length_scaled_directed", arcs, []float64{0, 0.5, 0, 0}},
		{"stress_directed", arcs, []float64{0, 1, 0, 0}},
		{"load_directed", arcs, []float64{4, 5, 3, 1}},
		{"flow_betweenness", ring, slices.Repeat([]float64{6}, 5)},
		{"current_flow_betweenness", path, []float64{0, 2, 2, 0}},
		{"information", clique, slices.Repeat([]float64{8. / 3}, 4)},
		{"eigenvector_in", arcs, []float64{math.Sqrt(0.5), math.Sqrt(0.5), 0, 0}},
		{"eigenvector_in", graphtest.Directed(3, [2]int{0, 1}, [2]int{1, 2}), []float64{none, none, none}},
		{"hub", arcs, []float64{0, 1, 0, 0}},
		{"authority", arcs, []float64{math.Sqrt(0.5), 0, math.Sqrt(0.5), 0}},
		{"authority", graphtest.Directed(2), []float64{none, none}},
		{"katz", ring, slices.Repeat([]float64{2}, 5)},
		{"bonacich_power", ring, slices.Repeat([]float64{1}, 5)},
		{"subgraph", graphtest.Path(2), []float64{math.Cosh(1), math.Cosh(1)}},
		{"subgraph", clique, slices.Repeat([]float64{(e*e*e + 3/e) / 4}, 4)},
		{"constraint_directed", arcs, []float64{1, 5. / 9, 1, none}},
		{"constraint_weighted", arcs, []float64{1, 25. / 49, 1, none}},
		{"constraint_ego", clique, slices.Repeat([]float64{25. / 27}, 4)},
		{"constraint_hierarchy", star, []float64{0, none, none, none, none}},
		{"ego_betweenness", path, []float64{0, 1, 1, 0}},
		{"clustering_barrat", clique, []float64{1, 1, 1, 1}},
		{"clustering_directed", arcs, []float64{none, 0, none, none}},
		{"square_clustering", graphtest.Bipartite(2, 3), slices.Repeat([]float64{1}, 5)},
		{"square_clustering", star, []float64{0, none, none, none, none}},
		{"local_efficiency", clique, []float64{1, 1, 1, 1}},
		{"core_in", arcs, []float64{1, 1, 1, 0}},
		{"core_out", arcs, []float64{1, 1, 0, 0}},
		{"core_total", arcs, []float64{2, 2, 1, 0}},
		{"core_member", star, []float64{1, 0, 0, 0, 0}},
		{"core_member", ring, slices.Repeat([]float64{1}, 5)},
		{"core_member", graphtest.Empty(2), []float64{none, none}},
		{"simmelian", graphs.New(3, true, bothWays(0, 1, 1, 2, 2, 0)), []float64{2, 2, 2}},
		{"coupling_first_order", arcs, []float64{1, 25. / 49, 1, none}},
		{"embeddedness", pieces, []float64{1, 1, 1, 0, 0, none}},
	} {
		m, ok := Lookup(Firm, c.name)
		if !ok {
			t.Fatalf("no metric %s", c.name)
		}
		if got := measured(t, m)(c.g); !near(got, c.want) {
			t.Errorf("%s of %d firms and %d ties: %v, want %v", c.name, c.g.N(), c.g.Ties(), got, c.want)
		}
	}
}

// bothWays lists arcs in both directions between the nodes of each pair.
func bothWays(ends ...int32) []graphs.Arc {
	var arcs []graphs.Arc
	for i := 0; i < len(ends); i += 2 {
		u, v := ends[i], ends[i+1]
		arcs = append(arcs, graphs.Arc{From: u, To: v, Strength: 1}, graphs.Arc{From: v, To: u, Strength: 1})
	}
	return arcs
}

// TestReasonsOfFirms: what is not observed comes first.
func TestReasonsOfFirms(t *testing.T) {
	g := graphtest.Directed(3, [2]int{0, 1}, [2]int{1, 0}, [2]int{1, 2})
	notAsked := Observed{Out: []bool{true, false, false}}
	for _, c := range []struct {
		name string
		g    *graphs.Graph
		o    Observed
		want []Reason
	}{
		{"closeness_component_out", g, notAsked, []Reason{Defined, NotObserved, NotObserved}},
		{"closeness_component_out", g, AllObserved(g), []Reason{Defined, Defined, Unreachable}},
		{"closeness_component_in", g, notAsked, []Reason{Defined, Defined, Defined}},
		{"hub", g, notAsked, []Reason{Defined, NotObserved, NotObserved}},
		{"authority", g, notAsked, []Reason{Defined, Defined, Defined}},
		{"core_out", g, notAsked, []Reason{Defined, NotObserved, NotObserved}},
		{"eigenvector_in", graphtest.Directed(2, [2]int{0, 1}), Observed{}, []Reason{Acyclic, Acyclic}},
		{"eigenvector_in", graphs.New(4, true, bothWays(0, 1, 2, 3)), Observed{}, []Reason{Degenerate, Degenerate, Degenerate, Degenerate}},
		{"eigenvector_in", graphtest.Path(2), Observed{}, []Reason{UndirectedLayer, UndirectedLayer}},
		{"closeness_freeman", graphtest.Empty(2), Observed{}, []Reason{Disconnected, Disconnected}},
	} {
		m, _ := Lookup(Firm, c.name)
		if got := NewRunner([]Metric{m}).Run(Input{Graph: c.g, Observed: c.o})[0].Reasons; !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestEigenvectorInWhereItIsSlow has strong components on which the powers of
// the adjacency matrix take very long to settle: the residual of xA = λx must be
// small all the same, and no value negative.
func TestEigenvectorInWhereItIsSlow(t *testing.T) {
	ring := func(n int, more ...[2]int) *graphs.Graph {
		for v := range n {
			more = append(more, [2]int{v, (v + 1) % n})
		}
		return graphtest.Directed(n, more...)
	}
	m, _ := Lookup(Firm, "eigenvector_in")
	for name, g := range map[string]*graphs.Graph{
		"ring":                     ring(200),
		"ring with a chord":        ring(200, [2]int{0, 100}),
		"ring with a shortcut":     ring(301, [2]int{7, 5}),
		"cliques with a long link": graphs.New(40, true, linkedCliques(10, 30)),
		"path both ways":           graphs.New(100, true, linkedCliques(1, 100)),
	} {
		x := measured(t, m)(g)
		product, value, residual := make([]float64, len(x)), 0.0, 0.0
		for v := range x {
			for _, u := range g.In(v) {
				product[v] += x[u]
			}
			value += product[v] * x[v]
		}
		for v := range x {
			residual = max(residual, math.Abs(product[v]-value*x[v]))
		}
		if !(residual <= 1e-13*value) || slices.Min(x) <= 0 || math.Abs(dot(x, x)-1) > 1e-12 {
			t.Errorf("%s: residual %v of eigenvalue %v, least value %v", name, residual, value, slices.Min(x))
		}
	}
}

// linkedCliques are two cliques of unequal size, a and the last nodes, at the
// ends of a path, all ties both ways.
func linkedCliques(a, last int) []graphs.Arc {
	n := a + last
	if a == 1 {
		n = last
	}
	var arcs []graphs.Arc
	for v := 1; v < n; v++ {
		arcs = append(arcs, bothWays(int32(v-1), int32(v))...)
	}
	for u := range a {
		for v := range u - 1 {
			arcs = append(arcs, bothWays(int32(v), int32(u))...)
		}
	}
	return arcs
}

// TestWeightedEigenvectorSeparation: parts joined by a tie that hardly counts
// have no unique leading eigenvector, unless one of them is stronger.
func TestWeightedEigenvectorSeparation(t *testing.T) {
	m, _ := Lookup(Firm, "eigenvector_weighted")
	for _, c := range []struct {
		link, second float64
		unique       bool
	}{{1, 1, true}, {1e-6, 1, true}, {1e-10, 1, false}, {1e-10, 2, true}} {
		triangles := []graphs.Arc{{From: 2, To: 3, Strength: c.link}}
		for first, strength := range map[int32]float64{0: 1, 3: c.second} {
			for i := range int32(3) {
				triangles = append(triangles, graphs.Arc{From: first + i, To: first + (i+1)%3, Strength: strength})
			}
		}
		x := measured(t, m)(graphs.New(6, false, triangles))
		if unique := !math.IsNaN(x[0]); unique != c.unique {
			t.Errorf("link of %v, second triangle of %v: %v, want unique %v", c.link, c.second, x, c.unique)
		}
	}
}
