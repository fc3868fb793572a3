package stats

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/floats"
)

// ErrNoInstruments is what two-stage least squares fails with where the
// regressors' lags add nothing to the regressors.
var ErrNoInstruments = errors.New("the lags of the regressors are linear combinations of the regressors")

// Lag2SLS is a fitted spatial lag by two-stage least squares.
type Lag2SLS struct {
	Coef, SE    []float64 // of each regressor, in the order given
	Rho, RhoSE  float64
	Sigma       float64 // residual standard deviation, on DF
	FirstStageF float64 // of the instruments; below 10 they are weak (Staiger & Stock 1997)
	Instruments int     // that are linearly independent
	N, G, DF    int     // DF: rows less slopes, effects and Rho
}

// FitLag2SLS fits y = ρWy + xβ + α_g + e with [Wz, WWz] as instruments for Wy:
// consistent whatever the distribution of the errors, and without the bias that
// maximum likelihood has in dense networks, at the price of precision. z are
// the columns of x whose lags serve, by default all.
//
// Assumptions: what the neighbours' z say of a row's outcome goes through their
// outcomes alone. Standard errors take errors of one variance, on DF.
//
// Fails as FitFixedEffects does, and with ErrNoTies and ErrNoInstruments.
//
// R: spatialreg::stsls(y ~ x + factor(cluster), listw = W, zero.policy = TRUE),
// with W2X = TRUE.
//
// Kelejian & Prucha 1998, J. Real Estate Finance and Economics 17.
func FitLag2SLS(y []float64, x, z [][]float64, w *Weights) (*Lag2SLS, error) {
	if w.Ties() == 0 {
		return nil, ErrNoTies
	}
	d, height, err := networkDesign(y, x, w)
	if err != nil {
		return nil, err
	}
	f := &Lag2SLS{N: len(y), G: w.clusters.Len(), DF: len(y) - len(d.columns) - 1}
	q, inverse := d.orthonormal()
	instruments := w.instruments(z, q)
	switch f.Instruments = len(instruments); {
	case f.Instruments == 0:
		return nil, ErrNoInstruments
	case f.DF < f.Instruments:
		return nil, ErrTooFewRows
	}
	return f, f.solve(scaled(1/height, y), height, d, w, q, inverse, instruments)
}

// instruments are orthonormal columns that span what the design leaves of the
// lags and their lags.
func (w *Weights) instruments(z, q [][]float64) [][]float64 {
	var left [][]float64
	for _, lagged := range [][][]float64{w.lags(z), w.lags(w.lags(z))} {
		for _, column := range lagged {
			length := floats.Norm(column, 2)
			if length == 0 {
				continue
			}
			rest, _ := residual(q, column)
			left = append(left, scaled(1/length, rest))
		}
	}
	return independent(left)
}

func (f *Lag2SLS) solve(y []float64, height float64, d *design, w *Weights, q, inverse, instruments [][]float64) error {
	left, scores := residual(q, y)
	leftOfLag, lagScores := residual(q, w.Lag(y))
	if floats.Norm(left, 2) <= negligible {
		return ErrPerfectFit
	}
	first := times(instruments, project(instruments, leftOfLag)) // what the instruments say of Wy
	squares := floats.Dot(first, first)
	missed := append([]float64(nil), leftOfLag...)
	floats.Sub(missed, first)
	rest := floats.Dot(missed, missed)
	if !(squares > 0) || !(rest > 0) {
		return ErrNoInstruments
	}
	f.FirstStageF = squares / float64(f.Instruments) / (rest / float64(f.DF+1-f.Instruments))
	f.Rho = floats.Dot(first, left) / squares
	floats.AddScaled(left, -f.Rho, leftOfLag)
	floats.AddScaled(scores, -f.Rho, lagScores)
	variance := floats.Dot(left, left) / float64(f.DF)
	if math.Sqrt(variance) <= negligible {
		return ErrPerfectFit
	}
	f.Sigma, f.RhoSE = height*math.Sqrt(variance), math.Sqrt(variance/squares)
	// The columns' coefficients vary as with any ρ that is estimated.
	shared := information{inverse: inverse, a: lagScores, rho: squares / variance, variance: variance, unit: height}
	columns := scaled(height, rows(inverse, scores))
	for j := range d.units {
		c := d.slope(j)
		f.Coef, f.SE = append(f.Coef, floats.Dot(c, columns)), append(f.SE, shared.se(c))
	}
	if !finite(f.Coef...) || !finite(f.SE...) || !finite(f.Rho, f.RhoSE, f.FirstStageF) {
		return ErrNotFinite
	}
	return nil
}
