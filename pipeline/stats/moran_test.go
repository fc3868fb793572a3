package stats

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"firmties/pipeline/seed"
)

// TestAutocorrelationOverAllArrangements: expectation and variance are those of
// every arrangement, and the p counts them.
func TestAutocorrelationOverAllArrangements(t *testing.T) {
	c := NewClusters(4, 5, 1)
	w := someTies(c)
	x := []float64{1, 4, 2, 8, 3, 3, 9, 1, 2, 7}
	for name, of := range map[string]func([]float64, *Weights) (*Autocorrelation, bool){"Moran": Moran, "Geary": Geary} {
		a, ok := of(x, w)
		if !ok {
			t.Fatal("none")
		}
		var all []float64
		NewPairs(true, 4, 5).enumerate(func(order []int32) {
			z := append([]float64(nil), x...)
			for i, from := range order {
				z[i] = x[4*min(i/4, 1)+int(from)]
			}
			b, _ := of(z, w)
			all = append(all, b.Value)
		})
		expectation, variance, extreme := mean(all), 0.0, 0
		for _, v := range all {
			variance += (v - expectation) * (v - expectation) / float64(len(all))
			extreme += btoi(math.Abs(v-expectation) >= math.Abs(a.Value-expectation)*(1-1e-9))
		}
		near(t, name+": expectation", a.Expectation, expectation, 1e-9)
		test := a.Test(99, 1, seed.Draws(1, "moran"))
		if !test.Enumerated || test.AsExtreme != extreme || test.Draws != len(all) {
			t.Errorf("%s: %d of %d as extreme, want %d of %d", name, test.AsExtreme, test.Draws, extreme, len(all))
		}
		if name == "Moran" {
			near(t, "variance", a.Variance, variance, 1e-9)
		}
	}
}

// Drawn arrangements are the same for any workers, and find what is alike.
func TestMoranIsDrawn(t *testing.T) {
	y, _, w := networkData(NewClusters(30, 28))
	a, ok := Moran(y, w)
	if !ok {
		t.Fatal("none")
	}
	one, three := a.Test(499, 1, seed.Draws(5, "moran")), a.Test(499, 3, seed.Draws(5, "moran"))
	if one != three {
		t.Errorf("%v with one worker, %v with three", one, three)
	}
	p, ok := a.P()
	if !ok || one.P > 0.05 || p > 0.05 || one.Enumerated {
		t.Errorf("p %g drawn, %g by moments: neighbours are alike", one.P, p)
	}
}

// TestMoranOfResiduals: the moments under the regression, with dense matrices,
// and the mean over normal errors.
func TestMoranOfResiduals(t *testing.T) {
	c := NewClusters(14, 17, 12)
	y, x, w := networkData(c)
	tests, err := TestLeastSquares(y, x, w)
	if err != nil {
		t.Fatal(err)
	}
	n, k := c.Rows(), c.Len()+len(x)
	z := mat.NewDense(n, k, nil)
	for j, column := range append(dummies(c), x...) {
		z.SetCol(j, column)
	}
	var gram, inverse, half, left, u, mu, mumu mat.Dense
	gram.Mul(z.T(), z)
	if err := inverse.Inverse(&gram); err != nil {
		t.Fatal(err)
	}
	half.Mul(z, &inverse)
	left.Mul(&half, z.T())
	left.Scale(-1, &left)
	for i := range n {
		left.Set(i, i, 1+left.At(i, i))
	}
	u.Add(w.dense(), w.dense().T())
	u.Scale(0.5, &u)
	mu.Mul(&left, &u)
	mumu.Mul(&mu, &mu)
	factor, df := float64(n)/mat.Sum(w.dense()), float64(n-k)
	expectation := factor * mu.Trace() / df
	near(t, "expectation", tests.Moran.Expectation, expectation, 1e-9)
	near(t, "variance", tests.Moran.Variance, factor*factor*(2*mumu.Trace()+mu.Trace()*mu.Trace())/(df*(df+2))-expectation*expectation, 1e-9)

	r := rand.New(rand.NewPCG(3, 3))
	var sum float64
	const draws = 4000
	for range draws {
		e := make([]float64, n)
		for i := range e {
			e[i] = r.NormFloat64()
		}
		drawn, err := TestLeastSquares(e, x, w)
		if err != nil {
			t.Fatal(err)
		}
		sum += drawn.Moran.Value / draws
	}
	if math.Abs(sum-expectation) > 4*math.Sqrt(tests.Moran.Variance/draws) {
		t.Errorf("mean of %d draws %g, expectation %g", draws, sum, expectation)
	}
}

func TestAutocorrelationOfNothing(t *testing.T) {
	c := NewClusters(3, 4)
	flat, rising := make([]float64, 7), []float64{1, 2, 3, 4, 5, 6, 7}
	floats.AddConst(5, flat)
	if _, ok := Moran(flat, someTies(c)); ok {
		t.Error("an I of one value")
	}
	if _, ok := Geary(rising, NewWeights(c, make([][]int, 7))); ok {
		t.Error("a C without ties")
	}
	a, ok := Moran(rising, someTies(c))
	if !ok || a.HasVariance {
		t.Error("a variance of three rows")
	}
	if _, ok := a.P(); ok {
		t.Error("a p without a variance")
	}
}
