package stats

import (
	"errors"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// ErrOneCluster is what a model fails with that needs clusters to compare.
var ErrOneCluster = errors.New("fewer than two clusters, or one row in each")

// Mixed is a fitted linear model with a random intercept for every cluster.
type Mixed struct {
	Coef        []float64 // slope of each regressor, in the order given
	SE          []float64 // model-based
	Cov         [][]float64
	Constant    float64
	ConstantSE  float64
	DF          []float64 // Satterthwaite's, of each slope under the model; 0 where Singular
	ConstantDF  float64
	Between     float64 // variance of the intercepts
	Within      float64 // variance of the errors
	ICC         float64 // Between over both
	Singular    bool    // Between was estimated as 0
	Intercepts  []float64
	LogLik      float64 // restricted, unless maximum likelihood was asked for
	N, G        int
	Condition   float64
	Evaluations int

	sandwich
	design     *design
	slope      [][]float64 // contrasts of the slopes
	constant   []float64
	restricted bool
	theta      float64
}

// Likelihood names what a mixed model maximises.
type Likelihood int

// The likelihoods.
const (
	REML Likelihood = iota // of the residuals: variances have no bias from the slopes
	ML                     // of the data: for comparing models with other regressors
)

// FitMixed fits a continuous outcome with a random intercept a cluster.
//
// Model: y_i = α + x_i β + b_g(i) + e_i, b and e normal with variances Between
// and Within. With θ their ratio, all else has a closed form: least squares on
// columns less the share 1 - 1/√(1+n_gθ) of their cluster means, by QR; θ is
// found by Brent's method on its logarithm, and compared with 0.
//
// Assumes that b has nothing to do with x. It has where firms of clusters with
// a higher mean of x differ for other reasons, so give x in two columns, that
// inside clusters and the mean (WithinBetween): their slopes may even differ in
// sign, and that inside is the one of FitFixedEffects.
//
// Inference: ClusterRobust CR2, on few degrees of freedom. SE and DF (Satterthwaite,
// from the observed information of the variances) hold under the model, where
// firms of all clusters are replicates of one slope.
//
// Fails with ErrOneCluster, ErrTooFewRows, ErrNotFinite, ErrConstantOutcome,
// ErrPerfectFit and *AliasedError.
//
// R: lmerTest::lmer(y ~ x + (1 | cluster)).
func FitMixed(y []float64, x [][]float64, c *Clusters, kind Likelihood) (*Mixed, error) {
	c.check(y)
	c.check(x...)
	whole := NewClusters(c.Rows())
	if c.Len() < 2 || c.Len() == c.Rows() {
		return nil, ErrOneCluster
	}
	d, err := newDesign(x, whole)
	if err != nil {
		return nil, err
	}
	unit, height, err := unitWithin(y, whole)
	if err != nil {
		return nil, err
	}
	if height == 0 {
		return nil, ErrConstantOutcome
	}
	p := &profile{y: unit, d: d, c: c, restricted: kind == REML}
	if p.at(0).squares <= vanishing || p.at(math.Inf(1)).squares <= vanishing {
		return nil, ErrPerfectFit
	}
	best := p.maximise()
	m := &Mixed{
		N: c.Rows(), G: c.Len(), Evaluations: p.calls, design: d, restricted: p.restricted,
		theta: best.theta, Singular: best.theta == 0,
	}
	m.Condition = 1
	if len(x) > 0 {
		var ok bool
		if m.Condition, ok = Condition(x, whole); !ok {
			return nil, &AliasedError{Column: len(x) - 1}
		}
	}
	m.fill(best, height, mean(y))
	if !finite(m.Coef...) || !finite(m.SE...) || !finite(m.Constant, m.LogLik) || !allFinite(m.Cov) {
		return nil, ErrNotFinite
	}
	return m, nil
}

// WithinBetween splits a regressor into its deviation from the cluster mean and
// that mean (Mundlak 1978, Econometrica 46).
func WithinBetween(x []float64, c *Clusters) (within, between []float64) {
	within = CentreWithin(x, c)
	between = make([]float64, len(x))
	for g, m := range meansWithin(x, c) {
		floats.AddConst(m, c.Of(between, g))
	}
	return within, between
}

// fill brings the fit of an outcome at length 1 about its mean to its units.
func (m *Mixed) fill(p profiled, height, level float64) {
	floats.Scale(height, p.b)
	p.b[len(p.b)-1] += level
	n := float64(m.N)
	m.LogLik = p.logLik - n*math.Log(height)
	if m.restricted {
		m.LogLik += float64(len(p.b)) * math.Log(height)
	}
	m.Within = p.variance * height * height
	m.Between = p.theta * m.Within
	m.ICC = p.theta / (1 + p.theta)
	sigma := math.Sqrt(m.Within)
	m.sandwich = sandwich{
		clusters: p.c, q: p.q, inverse: p.inverse, spent: len(p.b),
		root: make([]float64, m.N), spread: make([]float64, m.G),
	}
	floats.AddConst(sigma, m.root)
	for g := range m.spread {
		m.spread[g] = math.Sqrt(1+p.theta*p.c.size(g)) - 1
	}
	for _, row := range m.inverse {
		floats.Scale(sigma, row)
	}
	m.Coef, m.Constant = m.design.slopes(p.b), floats.Dot(m.design.effect(0), p.b)
	for j := range m.Coef {
		m.slope = append(m.slope, m.contrast(m.design.slope(j)))
	}
	m.constant = m.contrast(m.design.effect(0))
	for _, a := range m.slope {
		m.Cov = append(m.Cov, rows(m.slope, a))
		m.SE = append(m.SE, floats.Norm(a, 2))
	}
	m.ConstantSE = floats.Norm(m.constant, 2)
	m.errors = slices.Clone(p.left)
	floats.Scale(height, m.errors)
	for g := range m.G {
		part := m.clusters.Of(m.errors, g)
		shrink := p.theta / (1 + p.theta*float64(len(part)))
		m.Intercepts = append(m.Intercepts, shrink*floats.Sum(part))
	}
	m.DF = make([]float64, len(m.Coef))
	if !m.Singular {
		df := m.satterthwaite(append(slices.Clone(m.slope), m.constant))
		m.DF, m.ConstantDF = df[:len(m.Coef)], df[len(m.Coef)]
	}
}

// ClusterRobust returns for every slope the cluster-robust standard error with
// its Satterthwaite degrees of freedom, the fitted model's covariance as
// working model.
//
// R: clubSandwich::coef_test(lmer(y ~ x + (1 | cluster)), vcov = "CR2").
func (m *Mixed) ClusterRobust(kind SandwichKind) []ClusterRobust {
	return m.inference(kind, m.slope, m.Coef)
}

// size returns the number of rows of cluster g.
func (c *Clusters) size(g int) float64 { return float64(c.starts[g+1] - c.starts[g]) }

// ICC returns the share of the variance of y that lies between clusters, from
// the analysis of variance: (A-W)/(A+(n₀-1)W), and n₀, the size of clusters that
// unequal ones are worth, (N - Σn_g²/N)/(G-1). It is negative where clusters
// differ less than chance would have it, and false where y does not vary.
//
// R: ICC::ICCest.
func ICC(y []float64, c *Clusters) (icc, typical float64, ok bool) {
	c.check(y)
	n, g := float64(c.Rows()), float64(c.Len())
	if g < 2 || g == n {
		return 0, 0, false
	}
	_, total, err := unitWithin(y, NewClusters(c.Rows()))
	if err != nil || total == 0 {
		return 0, 0, false
	}
	left := floats.Norm(CentreWithin(y, c), 2)
	typical = n
	for h := range c.Len() {
		typical -= c.size(h) * c.size(h) / n
	}
	typical /= g - 1
	within := left * left / (n - g)
	among := (total*total - left*left) / (g - 1)
	return (among - within) / (among + (typical-1)*within), typical, true
}

// DesignEffect returns what clusters of the mean size do to the variance of a
// mean, 1 + (n̄-1)·ICC.
func DesignEffect(icc float64, c *Clusters) float64 {
	return 1 + (float64(c.Rows())/float64(c.Len())-1)*icc
}
