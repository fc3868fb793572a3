package stats

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestRanks(t *testing.T) {
	tests := []struct {
		name    string
		x, want []float64
	}{
		{"none", nil, []float64{}},
		{"one", []float64{7}, []float64{1}},
		{"distinct", []float64{3, -1, 2}, []float64{3, 1, 2}},
		{"ties", []float64{5, 1, 5, 1, 9, 5}, []float64{4, 1.5, 4, 1.5, 6, 4}},
		{"all equal", []float64{2, 2, 2, 2}, []float64{2.5, 2.5, 2.5, 2.5}},
		{"signed zero", []float64{0, math.Copysign(0, -1)}, []float64{1.5, 1.5}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Ranks(test.x); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestSpearmanByHand(t *testing.T) {
	tests := []struct {
		name string
		x, y []float64
		want float64
		ok   bool
	}{
		{"same order", []float64{1, 2, 3, 40}, []float64{-9, 0, 1, 2}, 1, true},
		{"reversed with ties", []float64{1, 2, 2, 3}, []float64{3, 2, 2, 1}, -1, true},
		{"D = 2", []float64{1, 2, 3, 4}, []float64{1, 2, 4, 3}, 1 - 6*2.0/60, true},
		{"a tie", []float64{1, 2, 3}, []float64{1, 1, 2}, math.Sqrt(3) / 2, true},
		{"constant", []float64{1, 2, 3}, []float64{5, 5, 5}, 0, false},
		{"one row", []float64{1}, []float64{2}, 0, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := Spearman(test.x, test.y)
			if ok != test.ok || math.Abs(got-test.want) > 1e-15 {
				t.Errorf("got %.17g %t, want %.17g %t", got, ok, test.want, test.ok)
			}
		})
	}
}

func TestSpearmanDropOneUndefined(t *testing.T) {
	rho, ok := SpearmanDropOne([]float64{1, 1, 1, 2}, []float64{1, 2, 3, 4})
	if !slices.Equal(ok, []bool{true, true, true, false}) || rho[3] != 0 {
		t.Errorf("got %v %v: without the last row x is constant", rho, ok)
	}
}

// Leaving the row out and ranking anew must give the same number to the last
// digit, with many ties and without.
func TestSpearmanDropOneIsLeavingOut(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	for _, n := range []int{0, 1, 2, 3, 5, 17, 80} {
		for _, levels := range []int{1, 2, 4, 1000} {
			x, y := make([]float64, n), make([]float64, n)
			for i := range x {
				x[i], y[i] = float64(r.IntN(levels)), float64(r.IntN(levels+1))
			}
			rho, ok := SpearmanDropOne(x, y)
			for i := range x {
				want, defined := Spearman(slices.Concat(x[:i], x[i+1:]), slices.Concat(y[:i], y[i+1:]))
				if rho[i] != want || ok[i] != defined {
					t.Errorf("n %d, levels %d, without row %d: got %v %t, want %v %t", n, levels, i, rho[i], ok[i], want, defined)
				}
			}
		}
	}
}

// Every pairing is visited and its rho computed by the definition.
func TestSpearmanExactAgainstBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	for n := 2; n <= 7; n++ {
		for _, levels := range []int{2, 3, 100} { // few levels: many ties
			x, y := make([]float64, n), make([]float64, n)
			for i := range x {
				x[i], y[i] = float64(r.IntN(levels)), float64(r.IntN(levels))
			}
			rx, ry := Ranks(x), Ranks(y)
			observed := math.Abs(rankProduct(rx, ry))
			var want ExactTest
			permutations(n, func(order []int) {
				paired := make([]float64, n)
				for i, j := range order {
					paired[i] = ry[j]
				}
				want.Total++
				if math.Abs(rankProduct(rx, paired)) >= observed-1e-9 {
					want.AsExtreme++
				}
			})
			want.P = float64(want.AsExtreme) / float64(want.Total)
			if got := SpearmanExact(x, y); got != want {
				t.Errorf("x = %v, y = %v: got %+v, want %+v", x, y, got, want)
			}
		}
	}
}

// rankProduct is the numerator of rho.
func rankProduct(a, b []float64) float64 {
	mean := float64(len(a)+1) / 2
	var s float64
	for i := range a {
		s += (a[i] - mean) * (b[i] - mean)
	}
	return s
}

func TestSpearmanExactLaws(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for trial := range 30 {
		n := 2 + r.IntN(9)
		x, y, negative := make([]float64, n), make([]float64, n), make([]float64, n)
		for i := range x {
			x[i], y[i] = float64(r.IntN(5)), r.NormFloat64()
			negative[i] = -math.Exp(y[i])
		}
		test := SpearmanExact(x, y)
		if test.Total != factorial(n) {
			t.Errorf("trial %d: total %d, want %d!", trial, test.Total, n)
		}
		if test.AsExtreme < 1 || test.P > 1 {
			t.Errorf("trial %d: %+v", trial, test)
		}
		if swapped := SpearmanExact(y, x); swapped != test {
			t.Errorf("trial %d: %+v, swapped %+v", trial, test, swapped)
		}
		if turned := SpearmanExact(x, negative); turned != test {
			t.Errorf("trial %d: %+v, order of y reversed %+v", trial, test, turned)
		}
	}
}

func factorial(n int) uint64 {
	f := uint64(1)
	for i := 2; i <= n; i++ {
		f *= uint64(i)
	}
	return f
}

func TestSpearmanExactAtTheLimit(t *testing.T) {
	ranks := make([]float64, SpearmanExactRows)
	for i := range ranks {
		ranks[i] = float64(i)
	}
	// Only the identity and its reverse are as extreme as a perfect order.
	if got := SpearmanExact(ranks, ranks); got.AsExtreme != 2 || got.Total != 87178291200 {
		t.Errorf("got %+v, want 2 of 14!", got)
	}
}

func TestSpearmanMonteCarloAgreesWithExact(t *testing.T) {
	x := []float64{1, 5, 2, 2, 8, 9, 4, 3}
	y := []float64{2, 3, 1, 4, 4, 9, 8, 2}
	exact := SpearmanExact(x, y)
	rho, _ := Spearman(x, y)
	const draws = 40000
	got := SpearmanMonteCarlo(x, y, draws, pcg(3))
	if sd := math.Sqrt(exact.P * (1 - exact.P) / draws); math.Abs(got.P-exact.P) > 4*sd {
		t.Errorf("p = %g, exact %g", got.P, exact.P)
	}
	if got.Statistic != rho || got.P != float64(1+got.AsExtreme)/(1+draws) {
		t.Errorf("got %+v, rho %g", got, rho)
	}
	if again := SpearmanMonteCarlo(x, y, draws, pcg(3)); again != got {
		t.Errorf("second run %+v, first %+v", again, got)
	}
}

func TestBonettWright(t *testing.T) {
	// By hand: z = atanh(0.6) = ln 2, sd = √(1.18/(12-3)).
	low, high, ok := BonettWright(0.6, 12, 0.95)
	half := 1.959963984540054 * math.Sqrt(1.18/9)
	if !ok {
		t.Fatal("no interval")
	}
	near(t, "low", low, math.Tanh(math.Ln2-half), 1e-12)
	near(t, "high", high, math.Tanh(math.Ln2+half), 1e-12)
	for _, none := range []struct {
		rho float64
		n   int
	}{{1, 12}, {-1, 12}, {0.6, 3}} {
		if low, high, ok := BonettWright(none.rho, none.n, 0.95); ok || low != 0 || high != 0 {
			t.Errorf("rho %g, n %d: got %g, %g, want no interval", none.rho, none.n, low, high)
		}
	}
}
