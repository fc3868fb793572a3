package stats

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// What a fit can fail with, besides *AliasedError.
var (
	ErrTooFewRows      = errors.New("fewer rows than coefficients and clusters need")
	ErrConstantOutcome = errors.New("the outcome is constant inside every cluster")
	ErrPerfectFit      = errors.New("the regressors reproduce the outcome, nothing is left to judge them by")
	ErrNotFinite       = errors.New("a number is too large to compute with")
	ErrNoStandardError = errors.New("the coefficient rests on rows that leave no residual")
)

// AliasedError says that the model cannot tell a column from the others.
type AliasedError struct {
	Column int // index of the first such column
	// Constant is true where the column does not vary inside any cluster, so
	// that the fixed effects absorb it; otherwise it is a linear combination
	// of the columns before it.
	Constant bool
}

func (e *AliasedError) Error() string {
	if e.Constant {
		return fmt.Sprintf("regressor %d does not vary inside any cluster", e.Column)
	}
	return fmt.Sprintf("regressor %d is a linear combination of those before it", e.Column)
}

// FixedEffects is a fitted linear model with an effect of every cluster.
type FixedEffects struct {
	Coef           []float64 // slope of each regressor, in the order given
	ClassicalSE    []float64 // its standard error under equal, independent errors
	VIF            []float64 // 1/(1-R²) of the regressor on the others, inside clusters
	Residuals      []float64
	Leverage       []float64 // diagonal of the hat matrix of the whole design, effects included
	DF             int       // rows less regressors less clusters
	Sigma          float64   // residual standard deviation, on DF
	RSquaredWithin float64   // share of the variation inside clusters that is fitted

	// The rest is for regressors and outcome at length 1, where nothing
	// overflows; units[j] brings coefficient j and its errors to their units.
	clusters  *Clusters
	q         [][]float64 // orthonormal columns that span the centred regressors
	inverse   [][]float64 // R⁻¹: coefficient j is inverse[j]·(Qᵀy)
	residuals []float64
	units     []float64
}

// FitFixedEffects regresses y on the columns of x with cluster fixed effects.
//
// Model: y_i = x_i β + α_g(i) + e_i, fitted by least squares after taking the
// cluster mean from y and from each regressor; β is that of the regression
// with a dummy a cluster (Frisch & Waugh 1933; Lovell 1963). Solved by
// Householder QR, never by normal equations.
//
// Assumptions: the effect of x is linear and one for all clusters. ClassicalSE
// further takes errors as independent with one variance; see HC3 and CR2 for
// what to print without that.
//
// Degrees of freedom: n - k - G, a cluster of one row costing what it brings.
//
// Fails with ErrTooFewRows where those are below 1; ErrNotFinite;
// ErrConstantOutcome; ErrPerfectFit; and *AliasedError where a regressor is
// constant inside every cluster, or where |R_jj| < 1e-10 |R_11| with the
// regressors brought to unit length, so that their units do not matter.
//
// R: lm(y ~ x + factor(cluster)); fixest::feols(y ~ x | cluster).
func FitFixedEffects(y []float64, x [][]float64, c *Clusters) (*FixedEffects, error) {
	c.check(y)
	c.check(x...)
	if len(x) == 0 {
		panic("stats: no regressor")
	}
	df := c.Rows() - len(x) - c.Len()
	if df < 1 {
		return nil, ErrTooFewRows
	}
	f := &FixedEffects{DF: df, clusters: c}
	outcome, height, err := unitWithin(y, c)
	if err != nil {
		return nil, err
	}
	if height == 0 {
		return nil, ErrConstantOutcome
	}
	if err := f.factorise(x, height); err != nil {
		return nil, err
	}
	if err := f.solve(outcome, height); err != nil {
		return nil, err
	}
	return f, nil
}

// unitWithin centres a column in its clusters and brings it to length 1. The
// length is 0, and the column unscaled, where only rounding is left of it.
func unitWithin(x []float64, c *Clusters) (unit []float64, length float64, err error) {
	unit = CentreWithin(x, c)
	whole := floats.Norm(x, 2)
	length = floats.Norm(unit, 2)
	if !finite(whole) || !finite(length) {
		return nil, 0, ErrNotFinite
	}
	if length <= negligible*whole {
		return unit, 0, nil
	}
	for i := range unit {
		unit[i] /= length
	}
	return unit, length, nil
}

// factorise finds the orthonormal columns of the centred regressors, and what
// leads back from them to coefficients.
func (f *FixedEffects) factorise(x [][]float64, height float64) error {
	units := make([][]float64, len(x))
	f.units = make([]float64, len(x))
	for j, column := range x {
		unit, length, err := unitWithin(column, f.clusters)
		if err != nil {
			return err
		}
		if length == 0 {
			return &AliasedError{Column: j, Constant: true}
		}
		units[j], f.units[j] = unit, height/length
	}
	q, r := thinQR(units)
	for j := range x {
		if math.Abs(r[j][j]) < negligible*math.Abs(r[0][0]) {
			return &AliasedError{Column: j}
		}
	}
	f.q, f.inverse = q, inverseUpper(r)
	return nil
}

// solve projects the outcome on the columns and fills in the estimates.
func (f *FixedEffects) solve(outcome []float64, height float64) error {
	scores := make([]float64, len(f.q))
	for l, column := range f.q {
		scores[l] = floats.Dot(column, outcome)
	}
	f.residuals = outcome
	for l, column := range f.q {
		floats.AddScaled(f.residuals, -scores[l], column)
	}
	left := floats.Norm(f.residuals, 2)
	if left <= negligible {
		return ErrPerfectFit
	}
	f.RSquaredWithin = 1 - left*left
	sigma := left / math.Sqrt(float64(f.DF))
	f.Sigma = sigma * height
	f.Residuals = slices.Clone(f.residuals)
	floats.Scale(height, f.Residuals)
	for j, row := range f.inverse {
		f.VIF = append(f.VIF, floats.Dot(row, row))
		f.Coef = append(f.Coef, floats.Dot(row, scores)*f.units[j])
		f.ClassicalSE = append(f.ClassicalSE, floats.Norm(row, 2)*sigma*f.units[j])
	}
	if !finite(f.Coef...) || !finite(f.ClassicalSE...) {
		return ErrNotFinite
	}
	f.Leverage = f.leverages()
	return nil
}

func (f *FixedEffects) leverages() []float64 {
	h := make([]float64, f.clusters.Rows())
	for g := range f.clusters.Len() {
		part := f.clusters.Of(h, g)
		floats.AddConst(1/float64(len(part)), part)
	}
	for _, column := range f.q {
		for i, v := range column {
			h[i] += v * v
		}
	}
	return h
}

// partial returns regressor j less its fit on the other regressors and the
// effects, divided by its squared length: the coefficient is its product with
// the outcome, both at length 1.
func (f *FixedEffects) partial(j int) []float64 {
	p := make([]float64, f.clusters.Rows())
	for l, column := range f.q {
		floats.AddScaled(p, f.inverse[j][l], column)
	}
	return p
}

func finite(x ...float64) bool {
	for _, v := range x {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}
