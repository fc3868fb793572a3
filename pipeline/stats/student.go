package stats

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// TwoSidedT returns P(|T| ≥ |t|) for Student's t with df degrees of freedom,
// which need not be whole. R: 2*pt(-abs(t), df).
func TwoSidedT(t, df float64) float64 {
	return 2 * distuv.StudentsT{Sigma: 1, Nu: df}.CDF(-math.Abs(t))
}

// QuantileT returns the half-width, in standard errors, of a two-sided
// interval of the given level. R: qt((1+level)/2, df).
func QuantileT(level, df float64) float64 {
	return -distuv.StudentsT{Sigma: 1, Nu: df}.Quantile((1 - level) / 2)
}
