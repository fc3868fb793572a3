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
				g := graphs.Project(5, 4, memberships, c.w)
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

func TestProjectPanics(t *testing.T) {
	for name, m := range map[string][]graphs.Membership{
		"node out of range":  {{2, 0}},
		"event out of range": {{0, 1}},
		"twice":              {{0, 0}, {1, 0}, {0, 0}},
	} {
		mustPanic(t, name, func() { graphs.Project(2, 1, m, graphs.Count) })
	}
}
