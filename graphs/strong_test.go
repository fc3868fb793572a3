package graphs_test

import (
	"math/rand/v2"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// TestStrongComponents compares with who reaches whom, and checks that a
// component comes after those that it has arcs to.
func TestStrongComponents(t *testing.T) {
	rng := rand.New(rand.NewPCG(29, 30))
	var c graphs.StrongComponents
	for i := range 200 {
		g := graphtest.Random(rng, i%30, i%7 > 0, 1.5/float64(max(1, i%30)), 1)
		c.Find(g)
		reach := make([][]bool, g.N())
		for v := range reach {
			reach[v] = make([]bool, g.N())
			visit(g, v, reach[v])
		}
		sizes := make([]int32, len(c.Sizes))
		for v := range reach {
			sizes[c.Of[v]]++
			for w := range reach {
				if together := reach[v][w] && reach[w][v]; together != (c.Of[v] == c.Of[w]) {
					t.Errorf("nodes %d and %d together: %v; of components %d and %d", v, w, together, c.Of[v], c.Of[w])
				}
				if reach[v][w] && c.Of[v] < c.Of[w] {
					t.Errorf("node %d of component %d reaches %d of %d", v, c.Of[v], w, c.Of[w])
				}
			}
		}
		for k, size := range sizes {
			if size != c.Sizes[k] {
				t.Errorf("component %d has %d nodes, said to be %d", k, size, c.Sizes[k])
			}
		}
	}
}
