package graphs_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"firmties/graphs"
)

// TestSharesAtLeast: the tail over all 2^M outcomes.
func TestSharesAtLeast(t *testing.T) {
	rng := rand.New(rand.NewPCG(41, 42))
	var c graphs.Configuration
	for range 40 {
		n, m := 6, 1+rng.IntN(8)
		var members []graphs.Membership
		for v := range n {
			for e := range m {
				if rng.Float64() < 0.4 {
					members = append(members, graphs.Membership{Node: int32(v), Event: int32(e)})
				}
			}
		}
		if !c.Fit(graphs.NewIncidence(n, m, members)) {
			continue
		}
		for count := range m + 2 {
			want := 0.0
			for outcome := range 1 << m {
				chance, shared := 1.0, 0
				for e := range m {
					p := c.P(0, e) * c.P(1, e)
					if outcome>>e&1 == 1 {
						chance *= p
						shared++
					} else {
						chance *= 1 - p
					}
				}
				if shared >= count {
					want += chance
				}
			}
			if got := c.SharesAtLeast(0, 1, count); math.Abs(got-want) > 1e-12 {
				t.Fatalf("%d of %d events or more: %v, want %v", count, m, got, want)
			}
		}
	}
}

// TestSignificant: by hand, at 0.05. R's p.adjust gives for these p-values, Holm
// .05 .06 .06 .06 .9, Benjamini-Hochberg .05 .05 .05 .05 .9.
func TestSignificant(t *testing.T) {
	p := []float64{0.9, 0.01, 0.04, 0.03, 0.02}
	for a, want := range map[graphs.Adjustment][]bool{
		graphs.NoAdjustment:      {false, true, true, true, true},
		graphs.Bonferroni:        {false, true, false, false, false},
		graphs.Holm:              {false, true, false, false, false},
		graphs.BenjaminiHochberg: {false, true, true, true, true},
	} {
		if got := graphs.Significant(p, 0.05, a); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", a, got, want)
		}
	}
	if got := graphs.Significant([]float64{0.06, 0.02, 0.049}, 0.05, graphs.BenjaminiHochberg); slices.Contains(got, true) {
		t.Errorf("none is below its line: %v", got) // .06 > .05, .049 > .0333, .02 > .0167
	}
	if got := graphs.Significant(nil, 0.05, graphs.Holm); len(got) != 0 {
		t.Errorf("of nothing: %v", got)
	}
}

// TestBonacichProjection: by hand. Of six events, firms 0 and 1 share two, 0 has
// one more and 1 none: (2·3 - 0)/(2·3 - 0) = 1. Firms 0 and 2 share one, have
// two and one more, and two events are of neither: (2 - 2)/(2 - 2), a half. An
// event of one firm does not count.
func TestBonacichProjection(t *testing.T) {
	in := graphs.NewIncidence(7, 7, []graphs.Membership{
		{0, 0}, {1, 0}, {0, 1}, {1, 1}, {0, 2}, {2, 2}, {2, 3}, {3, 3}, {3, 4}, {4, 4}, {5, 5}, {4, 5}, {6, 6},
	})
	g := graphs.Project(in, graphs.Bonacich)
	// 2 and 3 share one, have one and one more, three of neither: (3 - √3)/(3 - 1).
	for _, c := range []struct {
		v, w int
		want float64
	}{{0, 1, 1}, {0, 2, 0.5}, {2, 3, (3 - math.Sqrt(3)) / 2}} {
		if got, _ := g.Strength(c.v, c.w); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%d and %d: %v, want %v", c.v, c.w, got, c.want)
		}
	}
}

// TestBonacichOfAll: two nodes that share every event of one are tied by half,
// and where no event is of neither, and each has one alone, not at all.
func TestBonacichOfAll(t *testing.T) {
	in := graphs.NewIncidence(4, 3, []graphs.Membership{{0, 0}, {1, 0}, {0, 1}, {2, 1}, {1, 2}, {3, 2}})
	if _, tied := graphs.Project(in, graphs.Bonacich).Strength(0, 1); tied {
		t.Error("nothing beyond chance, and a tie")
	}
}
