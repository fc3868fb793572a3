package stats

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// Diagnostic is a test of a fit's assumptions.
type Diagnostic struct {
	Statistic float64
	DF1, DF2  float64 // DF2 is 0 for a chi-squared statistic
	P         float64
}

// BreuschPagan tests whether the variance of the errors is linear in the
// regressors and differs between clusters, studentised so that it does not
// lean on normal errors: n R² of the squared residuals on the whole design,
// chi-squared with a degree of freedom a column besides the constant (Koenker
// 1981, J. Econometrics 17). Fails with ErrPerfectFit where all squared
// residuals are equal, and nothing is left to explain.
//
// R: lmtest::bptest(lm(y ~ x + factor(cluster))).
func (f *FixedEffects) BreuschPagan() (Diagnostic, error) {
	squares := make([]float64, len(f.residuals))
	for i, u := range f.residuals {
		squares[i] = u * u
	}
	_, total, _ := unitWithin(squares, NewClusters(len(squares)))
	if total <= negligible*floats.Norm(squares, 2) {
		return Diagnostic{}, ErrPerfectFit
	}
	left := f.leaves(CentreWithin(squares, f.clusters))
	n := float64(len(squares))
	share := floats.Norm(left, 2) / total
	df := float64(len(f.q) + f.clusters.Len() - 1)
	lm := n * (1 - share*share)
	return Diagnostic{Statistic: lm, DF1: df, P: UpperChiSquared(lm, df)}, nil
}

// leaves takes from a centred column its fit on the regressors.
func (f *FixedEffects) leaves(centred []float64) []float64 {
	for _, column := range f.q {
		floats.AddScaled(centred, -floats.Dot(column, centred), column)
	}
	return centred
}

// RESET tests whether powers 2 and 3 of the fitted values explain what the
// model leaves: if so, the effect of a regressor is not linear (Ramsey 1969).
// The F statistic takes errors as independent with one variance. Fails with
// ErrTooFewRows, and with *AliasedError where the powers are combinations of
// the regressors, as for dummies alone.
//
// R: lmtest::resettest(lm(y ~ x + factor(cluster)), power = 2:3).
func (f *FixedEffects) RESET(y []float64) (Diagnostic, error) {
	f.clusters.check(y)
	df2 := f.DF - 2
	if df2 < 1 {
		return Diagnostic{}, ErrTooFewRows
	}
	fitted := slices.Clone(y)
	floats.Sub(fitted, f.Residuals)
	floats.AddConst(-mean(fitted), fitted) // spans the same powers, and keeps digits
	powers := make([][]float64, 2)
	for p := range powers {
		powers[p] = make([]float64, len(y))
		for i, v := range fitted {
			powers[p][i] = math.Pow(v, float64(p+2))
		}
		length := floats.Norm(CentreWithin(powers[p], f.clusters), 2)
		left := f.leaves(CentreWithin(powers[p], f.clusters))
		if !(floats.Norm(left, 2) > negligible*length) || !finite(length) {
			return Diagnostic{}, &AliasedError{Column: p}
		}
		floats.Scale(1/length, left)
		powers[p] = left
	}
	q, r := thinQR(powers)
	if math.Abs(r[1][1]) < negligible {
		return Diagnostic{}, &AliasedError{Column: 1}
	}
	var gained float64
	for _, column := range q {
		d := floats.Dot(column, f.residuals)
		gained += d * d
	}
	left := floats.Dot(f.residuals, f.residuals) - gained
	if left <= vanishing {
		return Diagnostic{}, ErrPerfectFit
	}
	statistic := gained / 2 / (left / float64(df2))
	return Diagnostic{statistic, 2, float64(df2), UpperF(statistic, 2, float64(df2))}, nil
}

// Cook returns what leaving out each row moves the fit by: u²h/(K s²(1-h)²), K
// counting the effects. A row that is fitted exactly has none, and gets 0: no
// other row is fitted with its help.
//
// R: cooks.distance(lm(y ~ x + factor(cluster))).
func (f *FixedEffects) Cook() []float64 {
	k := float64(len(f.q) + f.clusters.Len())
	distance := make([]float64, len(f.Residuals))
	for i, h := range f.Leverage {
		if 1-h > exactRow {
			t := f.Residuals[i] / f.Sigma / (1 - h)
			distance[i] = t * t * h / k
		}
	}
	return distance
}

// Studentised returns each residual over its standard error with its own row
// left out of sigma; 0 where the row is fitted exactly.
//
// R: rstudent(lm(y ~ x + factor(cluster))).
func (f *FixedEffects) Studentised() []float64 {
	out := make([]float64, len(f.Residuals))
	for i, h := range f.Leverage {
		if s, ok := f.sigmaWithout(i); ok {
			out[i] = f.Residuals[i] / s / math.Sqrt(1-h)
		}
	}
	return out
}

// sigmaWithout is the residual standard deviation without a row, if that is
// more than 0.
func (f *FixedEffects) sigmaWithout(i int) (float64, bool) {
	left := 1 - f.Leverage[i]
	if left <= exactRow || f.DF < 2 {
		return 0, false
	}
	u := f.Residuals[i] / f.Sigma // the squares of very large ones would overflow
	share := (float64(f.DF) - u*u/left) / float64(f.DF-1)
	if share <= negligible*negligible {
		return 0, false
	}
	return f.Sigma * math.Sqrt(share), true
}

// DFBETAS returns for each row how far coefficient j moves without it, in
// standard errors without it; above 2/√n either way it moves the coefficient.
// 0 where the row is fitted exactly.
//
// Belsley, Kuh & Welsch 1980. R: dfbetas(lm(y ~ x + factor(cluster))).
func (f *FixedEffects) DFBETAS(j int) []float64 {
	out := make([]float64, len(f.Residuals))
	unit := f.ClassicalSE[j] / f.Sigma
	for i, p := range f.partial(j) {
		if s, ok := f.sigmaWithout(i); ok {
			moved := p * f.units[j] * f.residuals[i] / (1 - f.Leverage[i])
			out[i] = moved / (s * unit)
		}
	}
	return out
}

// Standardised returns the slopes in standard deviations inside clusters of
// the outcome per standard deviation inside clusters of the regressor, both on
// n - G: b s_w(x)/s_w(y).
func (f *FixedEffects) Standardised() []float64 {
	out := make([]float64, len(f.Coef))
	floats.DivTo(out, f.Coef, f.units)
	return out
}

// Unit returns what slope j is divided by to be Standardised.
func (f *FixedEffects) Unit(j int) float64 { return f.units[j] }

// PartialR returns the partial correlation that a t statistic stands for, and
// Cohen's f², the ratio of what a term explains to what all leave.
func PartialR(t, df float64) (r, f2 float64) {
	return t / math.Sqrt(t*t+df), t * t / df
}

// ConditionIndices returns the ratios of the largest singular value of the
// columns, centred over all rows and at unit length, to each, from 1 up. The
// last one squared is the condition number of their correlation matrix. Above
// 30 the columns do not go into one model (Belsley, Kuh & Welsch 1980). Fails
// with *AliasedError and ErrNotFinite.
//
// R: ev <- eigen(cor(X))$values; sqrt(ev[1]/ev).
func ConditionIndices(x [][]float64) ([]float64, error) {
	whole := NewClusters(len(x[0]))
	units := make([][]float64, len(x))
	for j, column := range x {
		unit, length, err := unitWithin(column, whole)
		if err != nil {
			return nil, err
		}
		if length == 0 {
			return nil, &AliasedError{Column: j, Constant: true}
		}
		units[j] = unit
	}
	if len(x) >= len(x[0]) {
		return nil, ErrTooFewRows
	}
	if j, found := firstAliased(units); found {
		return nil, &AliasedError{Column: j}
	}
	return indices(units), nil
}

func mean(x []float64) float64 { return floats.Sum(x) / float64(len(x)) }
