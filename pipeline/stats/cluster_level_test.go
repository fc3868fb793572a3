package stats

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// The counts are those of going through all pairings, ties and others
// included.
func TestPairingsAreAllCounted(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 30 {
		n := 5 + r.IntN(3)
		x, y, z := make([]float64, n), make([]float64, n), make([]float64, n)
		for i := range x {
			x[i], y[i], z[i] = float64(r.IntN(4)), float64(r.IntN(5)), r.NormFloat64()
		}
		given, err := NewPartial(x, y, z)
		if err != nil {
			continue // constant
		}
		plain, err := NewPartial(x, y)
		if err != nil {
			continue
		}
		excess, _, _ := kendallCounts(x, y)
		var ofR, ofGiven, ofTau, total uint64
		moved := make([]float64, n)
		permutations(n, func(order []int) {
			total++
			for i, from := range order {
				moved[i] = given.y[from]
			}
			again, err := NewPartial(given.x, moved, z)
			ofGiven += uint64(btoi(err != nil || math.Abs(again.R) >= math.Abs(given.R)*(1-tieTolerance)))
			for i, from := range order {
				moved[i] = y[from]
			}
			r, _ := Pearson(x, moved)
			ofR += uint64(btoi(math.Abs(r) >= math.Abs(plain.R)*(1-tieTolerance)))
			s, _, _ := kendallCounts(x, moved)
			ofTau += uint64(btoi(magnitude(s) >= magnitude(excess)))
		})
		if got := plain.Exact(); got.AsExtreme != ofR || got.Total != total {
			t.Errorf("correlation: %+v, want %d of %d", got, ofR, total)
		}
		if got := given.Exact(); got.AsExtreme != ofGiven || got.Total != total {
			t.Errorf("given another: %+v, want %d of %d", got, ofGiven, total)
		}
		if got := KendallExact(x, y); got.AsExtreme != ofTau || got.Total != total {
			t.Errorf("tau: %+v, want %d of %d", got, ofTau, total)
		}
		for what, test := range map[string]PermutationTest{"r": plain.MonteCarlo(4000, pcg(3)), "tau": KendallMonteCarlo(x, y, 4000, pcg(3))} {
			exact := map[string]uint64{"r": ofR, "tau": ofTau}[what]
			p := float64(exact) / float64(total)
			if sd := math.Sqrt(p*(1-p)/4000) + 1e-3; math.Abs(test.P-p) > 4.5*sd {
				t.Errorf("%s: drawn %g, counted %g", what, test.P, p)
			}
		}
	}
}

func TestDegenerateCorrelations(t *testing.T) {
	x, y := []float64{1, 2, 3, 4, 5}, []float64{2, 1, 4, 3, 5}
	constant := []float64{7, 7, 7, 7, 7}
	var aliased *AliasedError
	if _, err := NewPartial(x[:2], y[:2]); !errors.Is(err, ErrTooFewRows) {
		t.Errorf("two rows: %v", err)
	}
	if _, err := NewPartial(x, constant); !errors.Is(err, ErrConstantOutcome) {
		t.Errorf("constant y: %v", err)
	}
	if _, err := NewPartial(constant, y); !errors.As(err, &aliased) || aliased.Column != 0 {
		t.Errorf("constant x: %v", err)
	}
	if _, err := NewPartial(x, y, x); !errors.As(err, &aliased) || aliased.Column != 0 {
		t.Errorf("x among the others: %v", err)
	}
	if _, err := NewPartial(x, y, constant); !errors.As(err, &aliased) || aliased.Column != 1 {
		t.Errorf("a constant other: %v", err)
	}
	if _, err := NewPartial(x, []float64{0, 0, 0, 0, math.Inf(1)}); !errors.Is(err, ErrNotFinite) {
		t.Errorf("infinite: %v", err)
	}
	if _, ok := Kendall(x, constant); ok {
		t.Error("tau of a constant")
	}
	if p, err := NewPartial(x, x); err != nil || p.R != 1 {
		t.Errorf("with itself: %+v, %v", p, err)
	} else if _, value := p.TTest(); value != 0 {
		t.Errorf("t test of 1: p %g", value)
	}
	if _, _, ok := FisherZ(1, 9, 0, 0.95); ok {
		t.Error("an interval of 1")
	}
	if _, _, ok := FisherZ(0.5, 4, 1, 0.95); ok {
		t.Error("an interval of three rows")
	}
}

func TestBootstrapDrawsAgainWhatIsConstant(t *testing.T) {
	x, y := []float64{1, 2, 3, 4, 5, 6}, []float64{2, 1, 4, 3, 6, 5}
	statistic := func(rows []int) (float64, bool) {
		var a, b []float64
		for _, i := range rows {
			a, b = append(a, x[i]), append(b, y[i])
		}
		return Pearson(a, b)
	}
	got, ok := Bootstrap(6, 3000, 0.95, statistic, pcg(4))
	if !ok || !(got.Low < got.High) || got.Degenerate == 0 {
		t.Errorf("%+v, %t", got, ok)
	}
	if again, _ := Bootstrap(6, 3000, 0.95, statistic, pcg(4)); again != got {
		t.Errorf("%+v, and again %+v", got, again)
	}
	if _, ok := Bootstrap(6, 10, 0.95, func([]int) (float64, bool) { return 0, false }, pcg(4)); ok {
		t.Error("an interval of nothing")
	}
	if _, ok := Bootstrap(6, 10, 0.95, func([]int) (float64, bool) { return 1, true }, pcg(4)); ok {
		t.Error("an interval of draws that are all alike")
	}
}

func TestPoolRefuses(t *testing.T) {
	var few *TooFewClustersError
	var outcome *OutcomeError
	var aliased *AliasedError
	y, v := []float64{0.1, 0.5, 0.3}, []float64{0.01, 0.02, 0.01}
	for _, c := range []struct {
		name      string
		y, v      []float64
		moderator [][]float64
		as        any
	}{
		{"one cluster", y[:1], v[:1], nil, &few},
		{"a moderator of two", y[:2], v[:2], [][]float64{{1, 2}}, &few},
		{"a variance of 0", y, []float64{0.01, 0, 0.01}, nil, &outcome},
		{"a constant moderator", y, v, [][]float64{{2, 2, 2}}, &aliased},
	} {
		if _, err := Pool(c.y, c.v, TauREML, ModifiedHartungKnapp, c.moderator...); !errors.As(err, c.as) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if _, err := Pool([]float64{1, math.NaN()}, v[:2], TauREML, WaldZ); !errors.Is(err, ErrNotFinite) {
		t.Errorf("not a number: %v", err)
	}
	same, err := Pool([]float64{0.2, 0.2, 0.2}, v, TauREML, ModifiedHartungKnapp)
	if err != nil || same.Tau2 != 0 || !(same.SE[0] > 0) {
		t.Errorf("equal estimates: %+v, %v", same, err)
	}
	if low, high := same.TauInterval(0.95); low != 0 || high < 0 {
		t.Errorf("tau² from %g to %g", low, high)
	}
}

// The restricted likelihood is at its greatest on a fine grid.
func TestREMLIsTheGreatest(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for range 50 {
		k := 3 + r.IntN(12)
		y, v := make([]float64, k), make([]float64, k)
		for g := range y {
			v[g] = 0.01 + r.Float64()/10
			y[g] = 0.3 + r.NormFloat64()*(math.Sqrt(v[g])+0.2*r.Float64())
		}
		m, err := Pool(y, v, TauREML, WaldZ)
		if err != nil {
			t.Fatal(err)
		}
		most := m.restricted(m.Tau2)
		for i := range 4000 {
			if tau2 := float64(i) / 4000; m.restricted(tau2) > most+1e-9 {
				t.Fatalf("at %g: %g, at %g: %g", tau2, m.restricted(tau2), m.Tau2, most)
			}
		}
	}
}

// Power as simulation gives it, and the level where nothing is there.
func TestPower(t *testing.T) {
	for _, n := range []int{5, 12, 30} {
		near(t, "power at 0", PearsonPower(n, 0, 0.05), 0.05, 1e-6)
		for _, rho := range []float64{-0.6, 0.3, 0.8} {
			told := 0
			r := rand.New(rand.NewPCG(uint64(n), 8))
			const draws = 20000
			for range draws {
				x, y := make([]float64, n), make([]float64, n)
				for i := range x {
					x[i] = r.NormFloat64()
					y[i] = rho*x[i] + math.Sqrt(1-rho*rho)*r.NormFloat64()
				}
				p, err := NewPartial(x, y)
				if err != nil {
					t.Fatal(err)
				}
				_, value := p.TTest()
				told += btoi(value <= 0.05)
			}
			got := PearsonPower(n, rho, 0.05)
			if sd := math.Sqrt(got*(1-got)/draws) + 1e-9; math.Abs(float64(told)/draws-got) > 4.5*sd {
				t.Errorf("n %d, rho %g: %g, simulated %g", n, rho, got, float64(told)/draws)
			}
		}
	}
	// The published limits of the exact test (Zar 1972), and what they tell.
	for n, want := range map[int]float64{8: 0.738, 9: 0.700, 10: 0.648, 11: 0.618, 12: 0.587} {
		if got := SpearmanLimit(n, 0.05); math.Abs(got-want) > 6e-4 {
			t.Errorf("n %d: limit %g, want %g", n, got, want)
		}
	}
	if got := SpearmanLimit(4, 0.05); got <= 1 {
		t.Errorf("four clusters: limit %g, and nothing can be told", got)
	}
	if got := SpearmanPower(12, 0.7, SpearmanLimit(12, 0.05), 20000, pcg(2)); math.Abs(got-0.67) > 0.015 {
		t.Errorf("power %g, want 0.67", got)
	}
}
