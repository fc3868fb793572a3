package metrics

import (
	"math/rand/v2"
	"slices"
	"testing"

	"firmties/graphs/graphtest"
)

// triadExamples are triads drawn as Davis & Leinhardt draw them.
var triadExamples = map[string][][2]int{
	"triads_003":  {},
	"triads_012":  {{0, 1}},
	"triads_102":  {{0, 1}, {1, 0}},
	"triads_021d": {{1, 0}, {1, 2}},
	"triads_021u": {{0, 1}, {2, 1}},
	"triads_021c": {{0, 1}, {1, 2}},
	"triads_111d": {{0, 1}, {1, 0}, {2, 1}},
	"triads_111u": {{0, 1}, {1, 0}, {1, 2}},
	"triads_030t": {{0, 1}, {1, 2}, {0, 2}},
	"triads_030c": {{0, 1}, {1, 2}, {2, 0}},
	"triads_201":  {{0, 1}, {1, 0}, {1, 2}, {2, 1}},
	"triads_120d": {{1, 0}, {1, 2}, {0, 2}, {2, 0}},
	"triads_120u": {{0, 1}, {2, 1}, {0, 2}, {2, 0}},
	"triads_120c": {{0, 1}, {1, 2}, {0, 2}, {2, 0}},
	"triads_210":  {{0, 1}, {1, 2}, {2, 1}, {0, 2}, {2, 0}},
	"triads_300":  {{0, 1}, {1, 0}, {1, 2}, {2, 1}, {0, 2}, {2, 0}},
}

// TestTriads counts the threes of firms that an example looks like, its firms
// taken in any order.
func TestTriads(t *testing.T) {
	for name, arcs := range triadExamples {
		m, ok := Lookup(Cluster, name)
		if !ok {
			t.Errorf("no metric %s", name)
			continue
		}
		example := matrixOf(graphtest.Directed(3, arcs...))
		t.Run(name, func(t *testing.T) {
			f := measured(t, m)
			for g := range smallNetworks {
				if !g.IsDirected() || g.N() < 3 {
					continue
				}
				if got, want := f(g)[0], alike(matrixOf(g).binary(), example); got != want {
					t.Fatalf("%v, by looking %v, of %v", got, want, matrixOf(g))
				}
			}
		})
	}
}

// alike counts the threes that are the example in some order.
func alike(a, example matrix) float64 {
	count := 0.0
	for i := range a {
		for j := range i {
			for k := range j {
				for _, order := range [][]int{{i, j, k}, {i, k, j}, {j, i, k}, {j, k, i}, {k, i, j}, {k, j, i}} {
					if slices.EqualFunc(a.within(order), example, slices.Equal) {
						count++
						break
					}
				}
			}
		}
	}
	return count
}

// TestTriadsAddUp checks that each three of firms is of one type.
func TestTriadsAddUp(t *testing.T) {
	runner := NewRunner(triadMetrics)
	for name, g := range samples {
		if n := float64(g.N()); g.IsDirected() && n >= 3 {
			sum := 0.0
			for _, c := range runner.Run(Input{Graph: g, Observed: AllObserved(g)}) {
				sum += c.Values[0]
			}
			if want := n * (n - 1) * (n - 2) / 6; sum != want {
				t.Errorf("%s: %v triads, want %v", name, sum, want)
			}
		}
	}
}

// TestTriadsOneByOneAndInSets: both ways of counting agree.
func TestTriadsOneByOneAndInSets(t *testing.T) {
	rng := rand.New(rand.NewPCG(60, 3))
	for _, n := range []int{2, 3, 20, 63, 64} {
		var s Shared
		s.reset(Input{Graph: graphtest.Random(rng, n, true, min(1, 8/float64(n)), 1)})
		var single, sets triadCensus
		single.take(&s)
		sets.takeWords(&s)
		if single.count != sets.count {
			t.Errorf("%d firms: one by one %v, in sets %v", n, single.count, sets.count)
		}
	}
}
