package stats

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/mat"
)

// quadratureNodes is how many points a cluster's intercept is integrated over.
const quadratureNodes = 25

// GLMM is a fitted generalised linear model with a random intercept for every
// cluster.
type GLMM struct {
	Coef       []float64 // slope of each regressor, given the cluster, on the scale of the link
	SE         []float64 // from the observed information of slopes and SD together
	Cov        [][]float64
	Constant   float64
	ConstantSE float64
	SD         float64 // standard deviation of the intercepts
	Singular   bool    // SD was estimated as 0
	LogLik     float64
	N, G       int
	DF         int // rows less slopes, constant and SD
	Condition  float64
	Iterations int

	basis     *basis
	robustCov *mat.SymDense
}

// FitLogitMixed fits a binary outcome with a random intercept a cluster.
//
// Model: log odds of y_i = 1 are α + x_i β + b_g(i), b normal with mean 0. The
// likelihood integrates each cluster's intercept out by Gauss-Hermite quadrature
// at 25 points about its mode (Pinheiro & Bates 1995, JCGS 4; Liu & Pierce 1994,
// Biometrika 81), which at this many is the integral to rounding, and is
// climbed by Newton's method. A slope is that within a cluster; the slope of
// the averaged probability is smaller. Clusters without an event, or with
// nothing else, stay in: they tell of the intercepts.
//
// Assumes that b has nothing to do with x: give x by WithinBetween.
//
// Inference: SE holds under the model; ClusterRobust without it, on G - 1
// degrees of freedom. Not to be trusted with few clusters, as SD is not.
//
// Fails with *OutcomeError, ErrOneCluster, ErrConstantOutcome, ErrTooFewRows,
// ErrNotFinite, *AliasedError, *SeparatedError, ErrFlatLikelihood and
// ErrNoConvergence.
//
// R: lme4::glmer(y ~ x + (1 | cluster), binomial, nAGQ = 25).
func FitLogitMixed(y []float64, x [][]float64, c *Clusters) (*GLMM, error) {
	if err := checkOutcome(y, "0 or 1", binary); err != nil {
		return nil, err
	}
	signs := func(i int) (up, down bool) { return y[i] == 1, y[i] == 0 }
	return fitGLMM(Logit, y, x, c, signs)
}

// FitPoissonMixed fits a count with a random intercept a cluster.
//
// Model: y_i is Poisson with mean exp(α + x_i β + b_g(i)), b normal with mean 0.
// As FitLogitMixed otherwise. Unlike FitPoisson it takes the variance to be the
// mean given the cluster, and SE with it.
//
// R: lme4::glmer(y ~ x + (1 | cluster), poisson, nAGQ = 25).
func FitPoissonMixed(y []float64, x [][]float64, c *Clusters) (*GLMM, error) {
	whole := func(v float64) bool { return v >= 0 && v == math.Trunc(v) }
	if err := checkOutcome(y, "a count", whole); err != nil {
		return nil, err
	}
	signs := func(i int) (up, down bool) { return y[i] > 0, true }
	return fitGLMM(LogMean, y, x, c, signs)
}

func fitGLMM(f Family, y []float64, x [][]float64, c *Clusters, signs func(i int) (up, down bool)) (*GLMM, error) {
	c.check(y)
	c.check(x...)
	if c.Len() < 2 || c.Len() == c.Rows() {
		return nil, ErrOneCluster
	}
	if floats.Min(y) == floats.Max(y) {
		return nil, ErrConstantOutcome
	}
	whole := NewClusters(c.Rows())
	d, err := newDesign(x, whole)
	if err != nil {
		return nil, err
	}
	m := &GLMM{N: len(y), G: c.Len(), DF: len(y) - len(x) - 2}
	if m.DF < 1 {
		return nil, ErrTooFewRows
	}
	if err := d.separated(signs); err != nil {
		return nil, err
	}
	if m.basis, err = newBasis(x, whole); err != nil {
		return nil, err
	}
	var ok bool
	if m.Condition, ok = Condition(x, whole); !ok {
		return nil, &AliasedError{Column: len(x) - 1}
	}
	integral := newIntercepts(f, y, m.basis, c, quadratureNodes)
	p, sd, err := integral.maximise(mean(y))
	if err != nil {
		return nil, err
	}
	m.fill(p, sd)
	scores := integral.scores(p.at, sd)
	m.robustCov = sandwichOf(scores, p.covariance)
	if !finite(m.Coef...) || !finite(m.SE...) || !finite(m.Constant, m.ConstantSE) || !allFinite(m.Cov) {
		return nil, ErrNotFinite
	}
	return m, nil
}

// fill brings a peak in the orthonormal columns, the constant and, unless that
// is 0, the standard deviation to the model's coefficients.
func (m *GLMM) fill(p peak, sd float64) {
	k := len(m.basis.q)
	m.Coef, m.LogLik, m.Iterations = rows(m.basis.inverse, p.at[:k]), p.value, p.steps
	m.SD, m.Singular = sd, sd == 0
	m.Cov, m.SE = m.basis.covariance(p.covariance)
	c := mat.NewVecDense(len(p.at), nil) // the constant where all regressors are 0
	c.SetVec(k, 1)
	for j, means := range m.basis.means {
		for l, v := range m.basis.inverse[j] {
			c.SetVec(l, c.AtVec(l)-means[0]*v)
		}
	}
	m.Constant = mat.Dot(c, mat.NewVecDense(len(p.at), p.at))
	m.ConstantSE = math.Sqrt(mat.Inner(c, p.covariance, c))
}

// ClusterRobust returns for every slope CR1, √(G/(G-1)) times the sandwich of
// the clusters' scores, on G - 1 degrees of freedom.
func (m *GLMM) ClusterRobust() []ClusterRobust {
	return scoreRobust(m.basis, m.robustCov, m.Coef, m.SE, m.G, 1)
}

// intercepts integrates random intercepts out of a likelihood. Coefficients
// are those of the orthonormal columns, the constant, and the standard
// deviation, which may have either sign.
type intercepts struct {
	family        Family
	y             []float64
	b             *basis
	c             *Clusters
	nodes, weight []float64 // of ∫ f(t) dt, f close to normal with variance ½
	row           []float64
}

func newIntercepts(f Family, y []float64, b *basis, c *Clusters, nodes int) *intercepts {
	in := &intercepts{family: f, y: y, b: b, c: c, nodes: make([]float64, nodes), weight: make([]float64, nodes)}
	quad.Hermite{}.FixedLocations(in.nodes, in.weight, math.Inf(-1), math.Inf(1))
	for i, t := range in.nodes {
		in.weight[i] *= math.Exp(t * t)
	}
	in.row = make([]float64, len(b.q)+2)
	return in
}

// maximise returns the peak, and the standard deviation at it. The peak is of
// all coefficients and the standard deviation, or of the coefficients alone
// where no deviation above 0 is likelier than 0.
func (in *intercepts) maximise(level float64) (peak, float64, error) {
	k := len(in.b.q)
	start := make([]float64, k+1)
	start[k] = in.family.start(level, float64(len(in.y)))
	pooled, err := climb(start, in.pooled)
	if err != nil {
		return peak{}, 0, err
	}
	var joint peak
	for _, sd := range []float64{0.5, 1.5, 0.15} {
		if joint, err = climb(append(append([]float64(nil), pooled.at...), sd), in.likelihood); err == nil {
			break
		}
	}
	if err != nil {
		joint, err = in.search(pooled.at)
	}
	if err != nil {
		return peak{}, 0, err
	}
	if joint.value <= pooled.value || math.Abs(joint.at[k+1]) < 1e-4 {
		return pooled, 0, nil
	}
	return joint, math.Abs(joint.at[k+1]), nil
}

// search finds the standard deviation by Brent's method before it climbs.
func (in *intercepts) search(b []float64) (peak, error) {
	best := minimiseOn(func(logSD float64) float64 {
		p, err := climb(b, in.fixed(math.Exp(logSD)))
		if err != nil {
			return math.Inf(1)
		}
		return -p.value
	}, -6, 3, 1e-3)
	p, err := climb(b, in.fixed(math.Exp(best)))
	if err != nil {
		return peak{}, err
	}
	return climb(append(append([]float64(nil), p.at...), math.Exp(best)), in.likelihood)
}

// pooled is the likelihood without random intercepts.
func (in *intercepts) pooled(b, gradient []float64, information *mat.SymDense) float64 {
	return in.fixed(0)(b, gradient, information)
}

// fixed is the likelihood at a given standard deviation.
func (in *intercepts) fixed(sd float64) slopeAt {
	return func(b, gradient []float64, information *mat.SymDense) float64 {
		if gradient == nil {
			return in.likelihood(append(append([]float64(nil), b...), sd), nil, nil)
		}
		k := len(b)
		g, i := make([]float64, k+1), mat.NewSymDense(k+1, nil)
		value := in.likelihood(append(append([]float64(nil), b...), sd), g, i)
		copy(gradient, g[:k])
		information.CopySym(i.SliceSym(0, k))
		return value
	}
}

func (in *intercepts) likelihood(b, gradient []float64, information *mat.SymDense) float64 {
	clear(gradient)
	if information != nil {
		information.Zero()
	}
	var value float64
	for g := range in.c.Len() {
		value += in.cluster(g, b, gradient, information)
	}
	return value
}

// scores returns the gradient of each cluster, for the standard deviation too
// unless that is 0 and not among the coefficients.
func (in *intercepts) scores(at []float64, sd float64) [][]float64 {
	b := at
	if sd == 0 {
		b = append(append([]float64(nil), at...), 0)
	}
	out := make([][]float64, in.c.Len())
	scratch := mat.NewSymDense(len(b), nil)
	for g := range out {
		out[g] = make([]float64, len(b))
		in.cluster(g, b, out[g], scratch)
		out[g] = out[g][:len(at)]
	}
	return out
}
