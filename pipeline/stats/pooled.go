package stats

import "gonum.org/v1/gonum/floats"

// Pooled is a fitted linear model with one constant for all clusters.
type Pooled struct {
	Coef        []float64 // slope of each regressor, in the order given
	ClassicalSE []float64
	Constant    float64
	ConstantSE  float64 // classical
	DF          int     // rows less regressors less one
	Sigma       float64 // residual standard deviation, on DF
	RSquared    float64 // share of the variation about the mean
	N, G        int
	Condition   float64 // largest condition index of the design

	sandwich
	design *design
}

// FitPooled regresses y on a constant and the columns of x.
//
// Model: y_i = α + x_i β + e_i, solved by Householder QR of centred columns at
// length 1. Nothing is taken out of the clusters, so a regressor that does not
// vary inside any of them has a coefficient; but it rests on as many numbers
// as there are clusters, and on fewer where it is skewed. Look at the degrees
// of freedom that ClusterRobust gives before believing its standard error.
//
// Assumes that what sets clusters apart besides x is not related to x.
// ClassicalSE further takes errors as independent with one variance, which
// errors of one cluster never are.
//
// Degrees of freedom: n - k - 1.
//
// Fails with ErrTooFewRows, ErrNotFinite, ErrConstantOutcome, ErrPerfectFit,
// and *AliasedError where a regressor is constant or a combination of others.
//
// R: lm(y ~ x).
func FitPooled(y []float64, x [][]float64, c *Clusters) (*Pooled, error) {
	c.check(y)
	c.check(x...)
	whole := NewClusters(c.Rows())
	fit, err := FitFixedEffects(y, x, whole)
	if err != nil {
		return nil, err
	}
	condition, ok := Condition(x, whole)
	if !ok {
		return nil, &AliasedError{Column: len(x) - 1}
	}
	d, err := newDesign(x, whole)
	if err != nil {
		return nil, err
	}
	q, r := thinQR(d.columns)
	p := &Pooled{
		Coef: fit.Coef, ClassicalSE: fit.ClassicalSE, DF: fit.DF, Sigma: fit.Sigma,
		RSquared: fit.RSquaredWithin, N: c.Rows(), G: c.Len(), Condition: condition, design: d,
	}
	p.sandwich = sandwich{
		clusters: c, q: q, inverse: inverseUpper(r), errors: fit.Residuals, spent: len(x) + 1,
	}
	p.Constant = floats.Sum(y) / float64(p.N)
	for j, m := range d.means {
		p.Constant -= m[0] * p.Coef[j]
	}
	p.ConstantSE = p.Sigma * floats.Norm(p.contrast(d.effect(0)), 2)
	if !finite(p.Constant, p.ConstantSE) {
		return nil, ErrNotFinite
	}
	return p, nil
}

// ClusterRobust returns for every slope the cluster-robust standard error with
// its Satterthwaite degrees of freedom under independent errors with one
// variance. It is not OK with one cluster.
//
// R: clubSandwich::coef_test(lm(y ~ x), vcov = "CR2", cluster = cluster).
func (p *Pooled) ClusterRobust(kind SandwichKind) []ClusterRobust {
	contrasts := make([][]float64, len(p.Coef))
	for j := range contrasts {
		contrasts[j] = p.contrast(p.design.slope(j))
	}
	return p.inference(kind, contrasts, p.Coef)
}
