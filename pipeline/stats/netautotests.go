package stats

import "gonum.org/v1/gonum/floats"

// LeastSquaresTests is what the residuals of a least squares with cluster
// effects say of ties.
type LeastSquaresTests struct {
	Moran *Autocorrelation // of the residuals, its moments under the regression
	Geary *Autocorrelation // of the residuals

	// Lagrange multipliers, χ² with 1 degree of freedom: of the error and the
	// lag model, and of each in the presence of the other. 0 where the outcome's
	// lag is a combination of the regressors.
	Error, Lag, ErrorGivenLag, LagGivenError float64
}

// TestLeastSquares screens a regression with cluster effects for network
// autocorrelation, before any such model is fitted.
//
// The moments of I = N/S0 · e'We/e'e are those of independent normal errors,
// given the regressors: with M = I-H and U = (W+W')/2, E = N/S0 · tr(MU)/(N-k)
// and V = (N/S0)² · [2tr(MUMU)+tr(MU)²]/((N-k)(N-k+2)) - E².
//
// Fails as FitFixedEffects does, and with ErrNoTies.
//
// R: spdep::lm.morantest(lm(y ~ x + factor(cluster)), W) and spdep::lm.LMtests,
// both with zero.policy = TRUE.
//
// 1. Cliff & Ord 1981. 2. Anselin, Bera, Florax & Yoon 1996, Reg. Sci. Urban
// Econ. 26.
func TestLeastSquares(y []float64, x [][]float64, w *Weights) (*LeastSquaresTests, error) {
	if w.Ties() == 0 {
		return nil, ErrNoTies
	}
	d, height, err := networkDesign(y, x, w)
	if err != nil {
		return nil, err
	}
	q, _ := d.orthonormal()
	y = scaled(1/height, y)
	e, scores := residual(q, y)
	if floats.Norm(e, 2) <= negligible {
		return nil, ErrPerfectFit
	}
	t := &LeastSquaresTests{}
	var ok bool
	if t.Moran, ok = Moran(e, w); !ok {
		return nil, ErrNotFinite
	}
	t.Geary, _ = Geary(e, w) // as Moran
	w.underRegression(t.Moran, q)
	t.multipliers(y, e, times(q, scores), q, w)
	if !finite(t.Moran.Value, t.Moran.Variance, t.Error, t.Lag, t.ErrorGivenLag, t.LagGivenError) {
		return nil, ErrNotFinite
	}
	return t, nil
}

// underRegression puts the moments of residuals in place of those of exchange.
func (w *Weights) underRegression(a *Autocorrelation, q [][]float64) {
	n, df := float64(len(a.z)), float64(len(a.z)-len(q))
	own, crossed := w.squares()
	trace, squares := 0.0, (own+crossed)/2 // of MU and MUMU
	turned := make([][]float64, len(q))    // UQ
	for l, column := range q {
		turned[l] = w.Lag(column)
		floats.Add(turned[l], w.back(column))
		floats.Scale(0.5, turned[l])
		trace -= floats.Dot(column, turned[l])
		squares -= 2 * floats.Dot(turned[l], turned[l])
	}
	for _, column := range turned {
		s := project(q, column)
		squares += floats.Dot(s, s)
	}
	factor := n / floats.Sum(w.value)
	a.Expectation = factor * trace / df
	a.Variance = factor*factor*(2*squares+trace*trace)/(df*(df+2)) - a.Expectation*a.Expectation
	a.HasVariance = a.Variance > 0
}

// back returns W'x.
func (w *Weights) back(x []float64) []float64 {
	out := make([]float64, len(x))
	for i := range x {
		for k := w.from[i]; k < w.from[i+1]; k++ {
			out[w.to[k]] += w.value[k] * x[i]
		}
	}
	return out
}

func (t *LeastSquaresTests) multipliers(y, e, fitted []float64, q [][]float64, w *Weights) {
	variance := floats.Dot(e, e) / float64(len(e))
	own, crossed := w.squares()
	spread := own + crossed
	missed, _ := residual(q, w.Lag(fitted))
	reach := spread + floats.Dot(missed, missed)/variance
	ofError, ofLag := floats.Dot(e, w.Lag(e))/variance, floats.Dot(e, w.Lag(y))/variance
	t.Error, t.Lag = ofError*ofError/spread, ofLag*ofLag/reach
	if !(reach > spread*(1+negligible)) {
		return
	}
	both := ofError - spread/reach*ofLag
	t.ErrorGivenLag = both * both / (spread * (1 - spread/reach))
	t.LagGivenError = (ofLag - ofError) * (ofLag - ofError) / (reach - spread)
}
