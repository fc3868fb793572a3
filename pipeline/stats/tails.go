package stats

import (
	"math"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// TwoSidedZ returns P(|Z| ≥ |z|) for a standard normal Z. R: 2*pnorm(-abs(z)).
func TwoSidedZ(z float64) float64 { return math.Erfc(math.Abs(z) / math.Sqrt2) }

// UpperF returns P(F ≥ f) for the F distribution, exact far in the tail.
// R: pf(f, df1, df2, lower.tail = FALSE).
func UpperF(f, df1, df2 float64) float64 {
	if f <= 0 {
		return 1
	}
	return mathext.RegIncBeta(df2/2, df1/2, df2/(df2+df1*f))
}

// UpperChiSquared returns P(X ≥ x) for the chi-squared distribution.
// R: pchisq(x, df, lower.tail = FALSE).
func UpperChiSquared(x, df float64) float64 {
	if x <= 0 {
		return 1
	}
	return mathext.GammaIncRegComp(df/2, x/2)
}

// QuantileZ returns the half-width, in standard errors, of a two-sided interval
// of the given level under the normal distribution. R: qnorm((1+level)/2).
func QuantileZ(level float64) float64 { return mathext.NormalQuantile((1 + level) / 2) }

// quantileChiSquared returns the value that a chi-squared variable stays below
// with probability p.
func quantileChiSquared(p, df float64) float64 { return distuv.ChiSquared{K: df}.Quantile(p) }
