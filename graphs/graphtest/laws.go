package graphtest

import (
	"math"
	"math/rand/v2"
	"testing"

	"firmties/graphs"
)

// Function is a function of a graph to be checked. It returns one value per
// node, or a single one for the graph; NaN stands for "undefined".
type Function func(g *graphs.Graph) []float64

// Tolerance is how far two values may lie apart, relative to the larger or to
// 1, where a law says that they are equal: sums taken in another order differ
// by rounding.
const Tolerance = 1e-11

// CheckRange reports values outside the interval from min to max.
func CheckRange(t testing.TB, g *graphs.Graph, f Function, min, max float64) {
	t.Helper()
	for v, x := range f(g) {
		if math.IsInf(x, 0) || x < min || x > max {
			t.Errorf("value %d is %v, outside %v to %v", v, x, min, max)
		}
	}
}

// CheckRelabelling reports values that change when the nodes are renamed at
// random; those of nodes must move with their node.
func CheckRelabelling(t testing.TB, rng *rand.Rand, g *graphs.Graph, f Function) {
	t.Helper()
	order := rng.Perm(g.N())
	want := f(g)
	got := f(Relabelled(g, order))
	for v, x := range want {
		at := v
		if len(want) == g.N() && g.N() > 1 {
			at = order[v]
		}
		if !same(got[at], x) {
			t.Errorf("value %d is %v, but %v after relabelling", v, x, got[at])
		}
	}
}

// CheckRepeatable reports values that are not the same to the last bit when
// computed again.
func CheckRepeatable(t testing.TB, g *graphs.Graph, f Function) {
	t.Helper()
	first, second := f(g), f(g)
	for v := range first {
		if math.Float64bits(first[v]) != math.Float64bits(second[v]) {
			t.Errorf("value %d is %v, then %v", v, first[v], second[v])
		}
	}
}

func same(a, b float64) bool {
	if math.IsNaN(a) || math.IsNaN(b) {
		return math.IsNaN(a) && math.IsNaN(b)
	}
	return math.Abs(a-b) <= Tolerance*max(1, math.Abs(a), math.Abs(b))
}
