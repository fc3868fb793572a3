package stats

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// ErrFlatLikelihood is what a fit fails with where the data say nothing about
// some combination of the coefficients.
var ErrFlatLikelihood = errors.New("the likelihood does not depend on some combination of the regressors")

// basis is orthonormal columns that span the regressors centred in groups, so
// that a likelihood written in them is as well conditioned as it can be.
type basis struct {
	q       [][]float64
	inverse [][]float64 // coefficient j, in its own unit, is inverse[j]·γ
	upper   [][]float64 // regressor j, centred and at length 1, is Σ_l upper[l][j] q_l
	means   [][]float64 // of each regressor by group
}

// newBasis fails with ErrTooFewRows, ErrNotFinite and *AliasedError.
func newBasis(x [][]float64, groups *Clusters) (*basis, error) {
	groups.check(x...)
	if len(x) == 0 {
		panic("stats: no regressor")
	}
	if groups.Rows() <= len(x) {
		return nil, ErrTooFewRows
	}
	b := new(basis)
	units := make([][]float64, len(x))
	lengths := make([]float64, len(x))
	for j, column := range x {
		unit, length, err := unitWithin(column, groups)
		if err != nil {
			return nil, err
		}
		if length == 0 {
			return nil, &AliasedError{Column: j, Constant: true}
		}
		units[j], lengths[j] = unit, length
		b.means = append(b.means, meansWithin(column, groups))
	}
	q, r := thinQR(units)
	for j := range r {
		if math.Abs(r[j][j]) < negligible {
			return nil, &AliasedError{Column: j}
		}
	}
	b.q, b.upper, b.inverse = q, r, inverseUpper(r)
	for j, row := range b.inverse {
		floats.Scale(1/lengths[j], row)
	}
	return b, nil
}

// row writes the orthonormal columns' entries of row i.
func (b *basis) row(i int, into []float64) []float64 {
	for l, column := range b.q {
		into[l] = column[i]
	}
	return into
}

// covariance brings a covariance of γ to that of the coefficients. The first
// len(q) rows of the matrix are γ's.
func (b *basis) covariance(gamma mat.Symmetric) (cov [][]float64, se []float64) {
	for _, left := range b.inverse {
		var row []float64
		for _, right := range b.inverse {
			var sum float64
			for i, v := range left {
				for j, w := range right {
					sum += v * w * gamma.At(i, j)
				}
			}
			row = append(row, sum)
		}
		cov = append(cov, row)
		se = append(se, math.Sqrt(row[len(cov)-1]))
	}
	return cov, se
}

// difference returns row i less row j.
func (b *basis) difference(i, j int) []float64 {
	out := b.row(i, make([]float64, len(b.q)))
	for l, column := range b.q {
		out[l] -= column[j]
	}
	return out
}

func allFinite(matrix [][]float64) bool {
	for _, row := range matrix {
		if !finite(row...) {
			return false
		}
	}
	return true
}

// A peak is where a likelihood is highest: the coefficients, the value, and the
// inverse of the information there.
type peak struct {
	at         []float64
	value      float64
	covariance *mat.SymDense
	steps      int
}

// A slopeAt evaluates a log-likelihood, and where wanted its gradient and
// information (the negative of its second derivatives).
type slopeAt func(b []float64, gradient []float64, information *mat.SymDense) float64

// climb maximises a likelihood by Newton's method, halving steps that lower it.
// It ends after a step shorter than shortStep standard errors.
func climb(b []float64, f slopeAt) (peak, error) {
	k := len(b)
	gradient, information := make([]float64, k), mat.NewSymDense(k, nil)
	settled := false
	for step := 1; step <= newtonSteps; step++ {
		value := f(b, gradient, information)
		if !finite(value) || !finite(gradient...) {
			return peak{}, ErrNoConvergence
		}
		var cholesky mat.Cholesky
		if !cholesky.Factorize(information) || cholesky.Cond() > 1e14 {
			return peak{}, ErrFlatLikelihood
		}
		change := mat.NewVecDense(k, nil)
		if err := cholesky.SolveVecTo(change, mat.NewVecDense(k, gradient)); err != nil {
			return peak{}, ErrFlatLikelihood
		}
		if settled {
			covariance := mat.NewSymDense(k, nil)
			if err := cholesky.InverseTo(covariance); err != nil {
				return peak{}, ErrFlatLikelihood
			}
			return peak{b, value, covariance, step}, nil
		}
		settled = floats.Dot(change.RawVector().Data, gradient) <= shortStep*shortStep
		next, ok := ascend(b, change.RawVector().Data, value, func(b []float64) float64 {
			v := f(b, nil, nil)
			if !finite(v) {
				return math.Inf(-1)
			}
			return v
		})
		if !ok {
			return peak{}, ErrNoConvergence
		}
		b = next
	}
	return peak{}, ErrNoConvergence
}
