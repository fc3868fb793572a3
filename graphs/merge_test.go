package graphs_test

import (
	"math/rand/v2"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

func TestMergedTiesWhatAnyTies(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for round := range 30 {
		n := round
		list := []*graphs.Graph{graphtest.Random(rng, n, true, 0.2, 3), graphtest.Random(rng, n, false, 0.1, 2), graphtest.Empty(n)}
		got := graphs.Merged(n, list...)
		for u := range n {
			for v := range n {
				want := false
				for _, g := range list {
					_, there := g.Strength(u, v)
					_, back := g.Strength(v, u)
					want = want || there || back
				}
				if s, tied := got.Strength(u, v); tied != want || tied && s != 1 {
					t.Fatalf("n %d: %d, %d: %v, %t, want %t", n, u, v, s, tied, want)
				}
			}
		}
	}
	if g := graphs.Merged(3); g.N() != 3 || g.Ties() != 0 || g.IsDirected() {
		t.Error("no graphs")
	}
}
