package stats

import "math"

// vanishing is the share of a sum of squares below which it is rounding.
const vanishing = negligible * negligible

// exactRow is the distance of a leverage from 1 below which a row is taken as
// fitted exactly whatever its outcome.
const exactRow = 1e-10

// HC3 returns the standard error of coefficient j that allows every row its
// own variance, and false where it does not exist.
//
// Variance: Σ x̃_i² u_i²/(1-h_i)² / (Σ x̃_i²)², x̃ the regressor less its fit on
// the others, h the leverage in the whole design, fixed effects included. It
// is the jackknife over rows, without its (n-1)/n, and slightly conservative
// (MacKinnon & White 1985; Long & Ervin 2000).
//
// Assumes independent rows: it does not protect against slopes that differ
// between clusters. A row fitted exactly (h = 1) has no residual to judge its
// variance by: sandwich gives NaN for all coefficients; here it adds nothing
// to those that do not use it (x̃_i = 0), and there is none for those that do.
//
// R: sandwich::vcovHC(lm(y ~ x + factor(cluster)), "HC3").
func (f *FixedEffects) HC3(j int) (se float64, ok bool) {
	partial, weights := f.partial(j), hc3Weights(f.Leverage)
	var v float64
	for i, p := range partial {
		if weights[i] == 0 && p*p > vanishing*f.VIF[j] {
			return 0, false
		}
		s := p * weights[i] * f.residuals[i]
		v += s * s
	}
	return f.robust(j, v)
}

// hc3Weights returns 1/(1-h), and 0 for a row fitted exactly.
func hc3Weights(leverage []float64) []float64 {
	w := make([]float64, len(leverage))
	for i, h := range leverage {
		if 1-h > exactRow {
			w[i] = 1 / (1 - h)
		}
	}
	return w
}

// robust turns the variance of coefficient j, at length 1, into a standard
// error, unless the scores it was made of cancel and only rounding is left.
func (f *FixedEffects) robust(j int, v float64) (se float64, ok bool) {
	se = math.Sqrt(v) * f.units[j]
	return se, finite(se) && se > negligible*f.ClassicalSE[j]
}
