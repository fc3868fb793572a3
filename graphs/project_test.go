package graphs_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"firmties/graphs"
)

func TestProject(t *testing.T) {
	// Event 0 brings together 0, 1, 2; event 1 brings 0, 1; event 2 has only 0,
	// and does not count, not even in the union of Jaccard; node 4 takes no part.
	memberships := []graphs.Membership{
		{0, 0}, {1, 0}, {2, 0}, {0, 1}, {1, 1}, {0, 2}, {2, 3}, {3, 3},
	}
	for _, c := range []struct {
		name string
		w    graphs.Weighting
		want []graphs.Arc
	}{
		{"count", graphs.Count, []graphs.Arc{{0, 1, 2}, {0, 2, 1}, {1, 2, 1}, {2, 3, 1}}},
		{"newman", graphs.Newman, []graphs.Arc{{0, 1, 1.5}, {0, 2, 0.5}, {1, 2, 0.5}, {2, 3, 1}}},
		{"jaccard", graphs.Jaccard, []graphs.Arc{{0, 1, 1}, {0, 2, 1.0 / 3}, {1, 2, 1.0 / 3}, {2, 3, 0.5}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(7, 8))
			for range 5 {
				g := graphs.Project(graphs.NewIncidence(5, 4, memberships), c.w)
				if got := slices.Collect(g.All()); !slices.Equal(got, c.want) || g.N() != 5 {
					t.Errorf("ties %v, want %v", got, c.want)
				}
				rng.Shuffle(len(memberships), func(i, j int) {
					memberships[i], memberships[j] = memberships[j], memberships[i]
				})
			}
		})
	}
}

func TestIncidence(t *testing.T) {
	in := graphs.NewIncidence(4, 3, []graphs.Membership{{3, 0}, {0, 2}, {1, 0}, {0, 0}})
	if in.N() != 4 || in.M() != 3 || in.Memberships() != 4 {
		t.Errorf("%d nodes, %d events, %d memberships", in.N(), in.M(), in.Memberships())
	}
	for e, want := range [][]int32{{0, 1, 3}, {}, {0}} {
		if got := in.Nodes(e); !slices.Equal(got, want) {
			t.Errorf("event %d has %v, want %v", e, got, want)
		}
	}
	for v, want := range [][]int32{{0, 2}, {0}, {}, {0}} {
		if got := in.Events(v); !slices.Equal(got, want) {
			t.Errorf("node %d is in %v, want %v", v, got, want)
		}
	}
}

func TestIncidencePanics(t *testing.T) {
	for name, m := range map[string][]graphs.Membership{
		"node out of range":  {{2, 0}},
		"event out of range": {{0, 1}},
		"twice":              {{0, 0}, {1, 0}, {0, 0}},
	} {
		mustPanic(t, name, func() { graphs.NewIncidence(2, 1, m) })
	}
}
