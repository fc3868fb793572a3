package graphs_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// TestVectorsChangeNoBit: the same results with and without vector
// instructions.
func TestVectorsChangeNoBit(t *testing.T) {
	if !graphs.HasVectors() {
		t.Skip("needs a processor with AVX2")
	}
	rng := rand.New(rand.NewPCG(87, 88))
	list := shapesToSearch()
	list["arcs"] = graphtest.Random(rng, 1100, true, 0.004, 1)
	list["large collaboration"] = graphtest.Collaboration(rng, 1500, 1300, 5)
	list["dense"] = graphtest.Random(rng, 200, false, 0.3, 1)
	list["more paths than 53 bits count"] = blownUp(graphtest.Cycle(41), 9)
	list["more paths than a float64 counts"] = layers(515)
	for _, n := range []int{1, 2, 3, 5, 18, 40, 63, 64} {
		list[fmt.Sprint(n, " nodes")] = graphtest.Random(rng, n, false, min(1, 5/float64(n)), 1)
	}
	for name, g := range list {
		var with, without []float64
		with = everyVector(g)
		graphs.WithoutVectors(func() { without = everyVector(g) })
		for i, x := range with {
			if math.Float64bits(x) != math.Float64bits(without[i]) {
				t.Errorf("%s, number %d: %v, without vectors %v", name, i, x, without[i])
				break
			}
		}
	}
}

// everyVector returns what kernels with vector code find.
func everyVector(g *graphs.Graph) []float64 {
	var ws graphs.Workspace
	var d graphs.Distances
	found := make([]float64, g.N())
	graphs.Betweenness(found, g, &ws)
	d.Measure(g, graphs.Incoming, &ws)
	found = append(append(found, d.Harmonic...), d.Residual...)
	for _, pairs := range d.Pairs {
		found = append(found, float64(pairs))
	}
	if !g.IsDirected() && g.N() < 200 {
		found = append(append(found, currentFlow(g, &ws)...), closedWalks(g, &ws)...)
	}
	return found
}
