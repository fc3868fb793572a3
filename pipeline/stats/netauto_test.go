package stats

import (
	"errors"
	"math"
	"math/cmplx"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// someTies has every firm of a cluster name the next one and those of an
// irregular few, the last one nobody; row-normalised.
func someTies(c *Clusters) *Weights {
	neighbours := make([][]int, c.Rows())
	for g := range c.Len() {
		for i := c.starts[g]; i < c.starts[g+1]-1; i++ {
			for j := c.starts[g]; j < c.starts[g+1]; j++ {
				if j == i+1 || j != i && (i*7+j*5)%6 == 0 {
					neighbours[i] = append(neighbours[i], j)
				}
			}
		}
	}
	return NewWeights(c, neighbours).RowNormalised()
}

func anyOf[T any](fit *T, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return fit, nil
}

// networkData has an outcome that goes with its neighbours' at ρ = 0.5.
func networkData(c *Clusters) (y []float64, x [][]float64, w *Weights) {
	w = someTies(c)
	r := rand.New(rand.NewPCG(11, 4))
	x = [][]float64{make([]float64, c.Rows()), make([]float64, c.Rows())}
	e := make([]float64, c.Rows())
	for i := range e {
		x[0][i], x[1][i] = r.NormFloat64(), 3+r.Float64()
		e[i] = 2 + x[0][i] - x[1][i] + r.NormFloat64()
	}
	y = append([]float64(nil), e...)
	for range 200 { // y = e + ρWy
		y = w.Lag(y)
		floats.Scale(0.5, y)
		floats.Add(y, e)
	}
	return y, x, w
}

// dense is W as one matrix.
func (w *Weights) dense() *mat.Dense {
	n := w.clusters.Rows()
	out := mat.NewDense(n, n, nil)
	unit := make([]float64, n)
	for j := range n {
		unit[j] = 1
		out.SetCol(j, w.Lag(unit))
		unit[j] = 0
	}
	return out
}

// naiveLogLik is the likelihood of y = ρWy + Zb + u, u = λWu + e, written out,
// at given ρ and λ, with b and the variance that maximise it.
func naiveLogLik(y []float64, z [][]float64, w *Weights, rho, lambda float64) float64 {
	n := len(y)
	l := 0.0
	turn := func(by float64, v []float64) []float64 {
		out := append([]float64(nil), v...)
		floats.AddScaled(out, -by, w.Lag(v))
		return out
	}
	for _, by := range []float64{rho, lambda} {
		a := w.dense()
		a.Scale(-by, a)
		for i := range n {
			a.Set(i, i, 1+a.At(i, i))
		}
		size, _ := mat.LogDet(a)
		l += size
	}
	columns := make([][]float64, len(z))
	for j := range z {
		columns[j] = turn(lambda, z[j])
	}
	fit := fitNaively(turn(lambda, turn(rho, y)), columns)
	rss := floats.Dot(fit.residuals, fit.residuals)
	return l - float64(n)/2*(math.Log(2*math.Pi*rss/float64(n))+1)
}

// TestNetworkFitsAreMaxima: the likelihood, written out with dense matrices, is
// the one given, falls on both sides, and the ratios are those of refits.
func TestNetworkFitsAreMaxima(t *testing.T) {
	c := NewClusters(14, 17, 12)
	y, x, w := networkData(c)
	z := append(dummies(c), x...)
	for _, test := range []struct {
		name   string
		fit    func([]float64, [][]float64, *Weights) (*NetworkFit, error)
		logLik func(z [][]float64, at float64) float64
	}{
		{"lag", FitLag, func(z [][]float64, at float64) float64 { return naiveLogLik(y, z, w, at, 0) }},
		{"error", FitError, func(z [][]float64, at float64) float64 { return naiveLogLik(y, z, w, 0, at) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			fit, err := test.fit(y, x, w)
			if err != nil {
				t.Fatal(err)
			}
			near(t, "log likelihood", fit.LogLik, test.logLik(z, fit.Rho), 1e-9)
			near(t, "log likelihood of least squares", fit.LeastLik, test.logLik(z, 0), 1e-9)
			for _, by := range []float64{-1e-3, 1e-3} {
				if test.logLik(z, fit.Rho+by) >= fit.LogLik {
					t.Errorf("the likelihood rises towards %g", fit.Rho+by)
				}
			}
			if fit.Low >= -1 || math.Abs(fit.High-1) > 1e-9 && fit.High < 1 {
				t.Errorf("interval %g to %g", fit.Low, fit.High)
			}
			near(t, "p of rho", fit.RhoP, UpperChiSquared(2*(fit.LogLik-fit.LeastLik), 1), 1e-12)
			less, err := test.fit(y, x[1:], w)
			if err != nil {
				t.Fatal(err)
			}
			near(t, "p of the first slope", fit.P[0], UpperChiSquared(2*(fit.LogLik-less.LogLik), 1), 1e-9)
		})
	}
}

// Units and level of outcome and regressors do not matter.
func TestNetworkFitScales(t *testing.T) {
	c := NewClusters(14, 17, 12)
	y, x, w := networkData(c)
	fit, err := FitLag(y, x, w)
	if err != nil {
		t.Fatal(err)
	}
	other, err := FitLag(scaled(1e120, y), [][]float64{scaled(1e-90, x[0]), x[1]}, w)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "rho", other.Rho, fit.Rho, 1e-9)
	near(t, "se of rho", other.RhoSE, fit.RhoSE, 1e-9)
	near(t, "slope", other.Coef[0], fit.Coef[0]*1e210, 1e-9)
	near(t, "se", other.SE[0], fit.SE[0]*1e210, 1e-9)
	near(t, "p", other.P[0], fit.P[0], 1e-6)
	near(t, "variance", other.Variance, fit.Variance*1e240, 1e-9)
}

// TestLag2SLSByTheTextbook: normal equations with a dense projection.
func TestLag2SLSByTheTextbook(t *testing.T) {
	c := NewClusters(14, 17, 12)
	y, x, w := networkData(c)
	fit, err := FitLag2SLS(y, x, x, w)
	if err != nil {
		t.Fatal(err)
	}
	exogenous := append(dummies(c), x...)
	instruments := append(append([][]float64(nil), exogenous...), append(w.lags(x), w.lags(w.lags(x))...)...)
	lag := w.Lag(y)
	first := fitNaively(lag, instruments)
	fitted := append([]float64(nil), lag...)
	floats.Sub(fitted, first.residuals)
	second := fitNaively(y, append([][]float64{fitted}, exogenous...))
	e := append([]float64(nil), y...)
	for j, column := range append([][]float64{lag}, exogenous...) {
		floats.AddScaled(e, -second.coef[j], column)
	}
	sigma := math.Sqrt(floats.Dot(e, e) / float64(len(y)-1-len(exogenous)))
	near(t, "rho", fit.Rho, second.coef[0], 1e-9)
	near(t, "se of rho", fit.RhoSE, sigma*math.Sqrt(second.inverse.At(0, 0)), 1e-9)
	near(t, "sigma", fit.Sigma, sigma, 1e-9)
	for j := range x {
		at := 1 + c.Len() + j
		near(t, "slope", fit.Coef[j], second.coef[at], 1e-9)
		near(t, "se", fit.SE[j], sigma*math.Sqrt(second.inverse.At(at, at)), 1e-9)
	}
	if fit.Instruments != 4 || fit.DF != 43-3-2-1 {
		t.Errorf("%d instruments, %d degrees of freedom", fit.Instruments, fit.DF)
	}
}

func TestNetworkFitsAreRefused(t *testing.T) {
	c := NewClusters(9, 9)
	y, x, _ := networkData(c)
	full, none := make([][]int, c.Rows()), make([][]int, c.Rows())
	for g := range c.Len() {
		for i := c.starts[g]; i < c.starts[g+1]; i++ {
			for j := c.starts[g]; j < c.starts[g+1]; j++ {
				if i != j {
					full[i] = append(full[i], j)
				}
			}
		}
	}
	if _, err := FitLag(y, x, NewWeights(c, none)); !errors.Is(err, ErrNoTies) {
		t.Errorf("no ties: %v", err)
	}
	if _, err := FitLag2SLS(y, x, x, NewWeights(c, none)); !errors.Is(err, ErrNoTies) {
		t.Errorf("no ties, by instruments: %v", err)
	}
	// Where all are tied, in clusters of one size, the lag is the cluster's
	// total less the row: what the effects leave of it is the outcome itself.
	if _, err := FitLag(y, x, NewWeights(c, full).RowNormalised()); !errors.Is(err, ErrNoConvergence) {
		t.Errorf("all tied: %v", err)
	}
	if _, err := FitLag2SLS(y, x, x, NewWeights(c, full).RowNormalised()); !errors.Is(err, ErrNoInstruments) {
		t.Errorf("all tied, by instruments: %v", err)
	}
	large := NewClusters(largestBlock + 1)
	ring := make([][]int, large.Rows())
	ring[0] = []int{1}
	if _, err := NewWeights(large, ring).Eigenvalues(); !errors.Is(err, ErrLargeCluster) {
		t.Errorf("a large cluster: %v", err)
	}
}

// TestFeasible has closed forms: a ring of ties one way has the roots of 1, a
// star 1, -1 and 0, a line of ties one way only 0.
func TestFeasible(t *testing.T) {
	star := make([][]int, 5)
	for i := 1; i < 5; i++ {
		star[0], star[i] = append(star[0], i), []int{0}
	}
	for _, test := range []struct {
		name       string
		neighbours [][]int
		low, high  float64
	}{
		{"odd ring one way", [][]int{{1}, {2}, {3}, {4}, {0}}, -1, 1},
		{"even ring one way", [][]int{{1}, {2}, {3}, {0}}, -1, 1},
		{"star", star, -1, 1},
		{"line one way", [][]int{{1}, {2}, {3}, {4}, {5}, nil}, -1, 1},
		{"triangle", [][]int{{1, 2}, {0, 2}, {0, 1}}, -2, 1},
		{"triangle and one beside", [][]int{{1, 2}, {0, 2}, {0, 1}, nil}, -2, 1},
	} {
		w := NewWeights(NewClusters(len(test.neighbours)), test.neighbours).RowNormalised()
		values, err := w.Eigenvalues()
		if err != nil {
			t.Fatal(err)
		}
		low, high := Feasible(values)
		near(t, test.name+": low", low, test.low, 1e-12)
		near(t, test.name+": high", high, test.high, 1e-12)
		product := complex(1, 0) // det(I-0.3W)
		for _, v := range values {
			product *= 1 - 0.3*v
		}
		a := w.dense()
		a.Scale(-0.3, a)
		for i := range test.neighbours {
			a.Set(i, i, 1+a.At(i, i))
		}
		near(t, test.name+": determinant", real(product), mat.Det(a), 1e-12)
		if math.Abs(imag(product)) > 1e-12 || cmplx.IsNaN(product) {
			t.Errorf("%s: determinant %v", test.name, product)
		}
	}
}

// Some clusters alone have the weights and eigenvalues that they have among all.
func TestOnlySomeClusters(t *testing.T) {
	y, x, w := networkData(NewClusters(14, 17, 12))
	middle := func(column []float64) []float64 { return w.clusters.Of(column, 1) }
	one := someTies(NewClusters(14, 17, 12)).Only(func(g int) bool { return g == 1 })
	fresh, err := FitLag(middle(y), [][]float64{middle(x[0]), middle(x[1])}, one)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Eigenvalues(); err != nil {
		t.Fatal(err)
	}
	known := w.Only(func(g int) bool { return g == 1 })
	if len(known.spectra) != 1 || len(known.spectra[0]) != 17 {
		t.Error("the eigenvalues did not come along")
	}
	again, err := FitLag(middle(y), [][]float64{middle(x[0]), middle(x[1])}, known)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "rho", again.Rho, fresh.Rho, 1e-12)
	if got, want := known.Lag(middle(y)), middle(w.Lag(y)); !floats.EqualApprox(got, want, 1e-15) {
		t.Errorf("lag %v, want %v", got, want)
	}
}

func TestWeightsRefuse(t *testing.T) {
	for name, neighbours := range map[string][][]int{
		"itself": {{0}, nil, nil}, "another cluster": {{2}, nil, nil}, "twice": {{1, 1}, nil, nil}, "below": {nil, {-1}, nil}, "short": {nil, nil},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: accepted", name)
				}
			}()
			NewWeights(NewClusters(2, 1), neighbours)
		}()
	}
}

// The score is the derivative of the concentrated likelihood, and 0 at the
// estimate.
func TestNetworkScore(t *testing.T) {
	y, x, w := networkData(NewClusters(14, 17, 12))
	for name, fitTo := range map[string]func([]float64, [][]float64, *Weights) (*NetworkFit, error){"lag": FitLag, "error": FitError} {
		fit, err := fitTo(y, x, w)
		if err != nil {
			t.Fatal(err)
		}
		p, c := fit.problem, fit.least
		for _, rho := range []float64{-0.7, -0.1, 0, 0.2, 0.8} {
			const step = 1e-4
			slope := (p.logLik(c, rho-2*step) - 8*p.logLik(c, rho-step) + 8*p.logLik(c, rho+step) - p.logLik(c, rho+2*step)) / (12 * step)
			near(t, name+": score", p.score(c, rho), slope, 1e-7)
		}
		if s := p.score(c, fit.Rho); math.Abs(s) > 1e-9 {
			t.Errorf("%s: score %g at the estimate", name, s)
		}
	}
}
