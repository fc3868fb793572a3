package stats

import (
	"errors"
	"math"
	"math/cmplx"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// ErrNoTies is what a network autocorrelation fails with where no row has a
// neighbour.
var ErrNoTies = errors.New("no row has a neighbour")

// NetworkFit is a fitted network autocorrelation.
type NetworkFit struct {
	Coef []float64 // slope of each regressor, in the order given
	SE   []float64 // by the expected information
	// ObservedSE is by the observed information; 0 where that has no inverse.
	ObservedSE []float64
	P          []float64 // of the likelihood ratio against the fit without the regressor

	Rho           float64 // of the lag, λ of the error model
	RhoSE         float64
	RhoObservedSE float64
	RhoP          float64 // of the likelihood ratio against Rho = 0
	Low, High     float64 // the interval of Rho that was searched

	Variance                       float64 // of the errors, by maximum likelihood
	VarianceSE, VarianceObservedSE float64

	LogLik    float64
	LeastLik  float64 // log likelihood at Rho = 0, of least squares
	N, G, DF  int     // DF: rows less slopes, effects, Rho and the variance
	Condition float64

	problem            *networkProblem
	least              conditional
	design             *design
	expected, observed information
	columns            []float64 // coefficients of the design's columns
}

// FitLag fits y = ρWy + xβ + α_g + e by maximum likelihood: the outcome of a
// row goes with the mean of its neighbours' outcomes. With one cluster its
// effect is the intercept.
//
// The likelihood is concentrated in ρ (Ord 1975): for given ρ the rest is the
// least squares of y-ρWy, and log|I-ρW| = Σ log|1-ρω| over the eigenvalues ω of
// W, cluster by cluster. It is searched by Brent's method over the feasible
// interval only (see Feasible), on either side of -1 where that reaches beyond.
//
// Assumptions: normal errors of one variance. Standard errors are by the
// expected information, which is well behaved in small clusters; p-values by
// likelihood ratio, χ² with 1 degree of freedom, as ρ's distribution is skewed.
// ρ is estimated too low, the more so the denser the network (Mizruchi & Neuman
// 2008; Neuman & Mizruchi 2010).
//
// Fails with ErrNoTies, ErrTooFewRows, ErrLargeCluster, ErrConstantOutcome, ErrPerfectFit, ErrNotFinite, *AliasedError, and
// with ErrNoConvergence where the likelihood rises to the end of the interval.
//
// R: spatialreg::lagsarlm(y ~ x + factor(cluster), listw = W, method = "eigen",
// zero.policy = TRUE); sna::lnam(y, x, W1 = W), which searches beyond the
// interval and has the observed information.
//
// 1. Ord 1975, JASA 70. 2. Leenders 2002, Soc. Netw. 24.
func FitLag(y []float64, x [][]float64, w *Weights) (*NetworkFit, error) {
	return fitNetwork(y, x, w, lagOutcome)
}

// FitError fits y = xβ + α_g + u with u = λWu + e by maximum likelihood: what
// the regressors leave of a row's outcome goes with what they leave of its
// neighbours'. Everything else is as in FitLag; Rho is λ.
//
// R: spatialreg::errorsarlm(y ~ x + factor(cluster), listw = W, method =
// "eigen", zero.policy = TRUE); sna::lnam(y, x, W2 = W).
func FitError(y []float64, x [][]float64, w *Weights) (*NetworkFit, error) {
	return fitNetwork(y, x, w, lagError)
}

// networkModel makes of a problem the least squares of its model.
type networkModel func(*networkProblem) conditional

// conditional is the least squares for given ρ: what it leaves, and the
// derivative of half of its squares.
type conditional interface {
	at(rho float64) (residual []float64, slope float64)
	// fit returns the coefficients of the design's columns at the estimate,
	// and the two informations.
	fit(rho, variance float64) (columns []float64, expected, observed information, err error)
}

// networkProblem is what a network autocorrelation is fitted to, the outcome in
// units of its length inside clusters.
type networkProblem struct {
	y           []float64
	height      float64 // that length
	design      *design
	weights     *Weights
	eigenvalues []complex128
	q, inverse  [][]float64 // of the design: Q and R⁻¹
}

func fitNetwork(y []float64, x [][]float64, w *Weights, model networkModel) (*NetworkFit, error) {
	if w.Ties() == 0 {
		return nil, ErrNoTies
	}
	eigenvalues, err := w.Eigenvalues()
	if err != nil {
		return nil, err
	}
	fit, err := concentrate(y, x, w, eigenvalues, model)
	if err != nil {
		return nil, err
	}
	if err := fit.finish(); err != nil {
		return nil, err
	}
	fit.RhoP = UpperChiSquared(2*(fit.LogLik-fit.LeastLik), 1)
	for j := range x {
		others := append(append([][]float64(nil), x[:j]...), x[j+1:]...)
		less, err := concentrate(y, others, w, eigenvalues, model)
		if err != nil {
			return nil, err
		}
		fit.P = append(fit.P, UpperChiSquared(2*(fit.LogLik-less.LogLik), 1))
	}
	if condition, ok := Condition(x, w.clusters); ok {
		fit.Condition = condition
	}
	return fit, nil
}

// concentrate finds the maximum of the likelihood, and no more.
func concentrate(y []float64, x [][]float64, w *Weights, eigenvalues []complex128, model networkModel) (*NetworkFit, error) {
	d, height, err := networkDesign(y, x, w)
	if err != nil {
		return nil, err
	}
	df := len(y) - len(d.columns) - 2
	if df < 1 {
		return nil, ErrTooFewRows
	}
	p := &networkProblem{y: scaled(1/height, y), height: height, design: d, weights: w, eigenvalues: eigenvalues}
	p.q, p.inverse = d.orthonormal()
	c := model(p)
	f := &NetworkFit{N: len(y), G: w.clusters.Len(), DF: df, problem: p, least: c, design: d}
	f.Low, f.High = Feasible(eigenvalues)
	if e, _ := c.at(0); floats.Norm(e, 2) <= negligible {
		return nil, ErrPerfectFit
	}
	if f.Rho, err = p.maximise(c, f.Low, f.High); err != nil {
		return nil, err
	}
	shift := float64(f.N) * math.Log(height)
	f.LogLik, f.LeastLik = p.logLik(c, f.Rho)-shift, p.logLik(c, 0)-shift
	return f, nil
}

// networkDesign returns the design of a regression with cluster effects, and the
// outcome's length inside clusters, which is not 0.
func networkDesign(y []float64, x [][]float64, w *Weights) (*design, float64, error) {
	w.clusters.check(y)
	d, err := newDesign(x, w.clusters)
	if err != nil {
		return nil, 0, err
	}
	_, height, err := unitWithin(y, w.clusters)
	switch {
	case err != nil:
		return nil, 0, err
	case height == 0:
		return nil, 0, ErrConstantOutcome
	}
	return d, height, nil
}

func scaled(factor float64, x []float64) []float64 {
	out := make([]float64, len(x))
	floats.ScaleTo(out, factor, x)
	return out
}

// logLik is the concentrated likelihood at ρ.
func (p *networkProblem) logLik(c conditional, rho float64) float64 {
	e, _ := c.at(rho)
	n := float64(len(p.y))
	l := -n / 2 * (math.Log(2*math.Pi*floats.Dot(e, e)/n) + 1)
	for _, v := range p.eigenvalues {
		l += math.Log(cmplx.Abs(1 - complex(rho, 0)*v))
	}
	return l
}

// traces returns tr(G) and tr(GG) of G = W(I-ρW)⁻¹.
func (p *networkProblem) traces(rho float64) (first, second float64) {
	for _, v := range p.eigenvalues {
		g := v / (1 - complex(rho, 0)*v)
		first, second = first+real(g), second+real(g*g)
	}
	return first, second
}

// score is the derivative of the concentrated likelihood.
func (p *networkProblem) score(c conditional, rho float64) float64 {
	e, slope := c.at(rho)
	trace, _ := p.traces(rho)
	return -float64(len(p.y))*slope/floats.Dot(e, e) - trace
}

// maximise finds ρ by Brent's method, to half of the digits, and from there
// where the score is 0.
func (p *networkProblem) maximise(c conditional, low, high float64) (float64, error) {
	minus := func(rho float64) float64 { return -p.logLik(c, rho) }
	rho := minimiseOn(minus, max(low, -1), high, 1e-8)
	if low < -1 {
		if far := minimiseOn(minus, low, -1, 1e-8); minus(far) < minus(rho) {
			rho = far
		}
	}
	end := 1e-6 * (high - low)
	if e, _ := c.at(rho); floats.Norm(e, 2) <= negligible {
		return 0, ErrPerfectFit
	}
	if !(rho-low > end && high-rho > end) {
		return 0, ErrNoConvergence
	}
	return secant(func(rho float64) float64 { return p.score(c, rho) }, rho, end/2), nil
}

// secant returns the root of f near x, at most so far from it; x where the
// steps lead further.
func secant(f func(float64) float64, x, reach float64) float64 {
	a, b := x, x+reach/2
	fa, fb := f(a), f(b)
	for range 20 {
		if fa == fb {
			break
		}
		next := b - fb*(b-a)/(fb-fa)
		if !(math.Abs(next-x) <= reach) {
			return x
		}
		a, fa = b, fb
		b, fb = next, f(next)
	}
	return b
}

// finish fills in the estimates at the maximum, in the outcome's own unit.
func (f *NetworkFit) finish() error {
	height := f.problem.height
	e, _ := f.least.at(f.Rho)
	variance := floats.Dot(e, e) / float64(f.N)
	columns, expected, observed, err := f.least.fit(f.Rho, variance)
	if err != nil {
		return err
	}
	if !(expected.rho > 0) || !finite(columns...) || !finite(f.LogLik, expected.rho, height*height*variance) {
		return ErrNotFinite
	}
	f.columns, f.expected, f.observed = scaled(height, columns), expected.times(height), observed.times(height)
	f.RhoSE, f.RhoObservedSE = math.Sqrt(1/expected.rho), observed.rhoSE()
	f.Variance = variance * height * height
	f.VarianceSE, f.VarianceObservedSE = f.expected.varianceSE(), f.observed.varianceSE()
	for j := range f.design.units {
		b, se, observedSE := f.contrast(f.design.slope(j))
		f.Coef, f.SE, f.ObservedSE = append(f.Coef, b), append(f.SE, se), append(f.ObservedSE, observedSE)
	}
	if !finite(f.Coef...) || !finite(f.SE...) {
		return ErrNotFinite
	}
	return nil
}

// contrast returns a combination of the columns' coefficients and its errors.
func (f *NetworkFit) contrast(c []float64) (b, se, observedSE float64) {
	return floats.Dot(c, f.columns), f.expected.se(c), f.observed.se(c)
}

// inner returns G = W(I-ρW)⁻¹, cluster by cluster.
func (p *networkProblem) inner(rho float64) ([]*mat.Dense, error) {
	var blocks []*mat.Dense
	for g := range p.weights.clusters.Len() {
		w := p.weights.block(g)
		n, _ := w.Dims()
		a := mat.NewDense(n, n, nil)
		a.Scale(-rho, w)
		for i := range n {
			a.Set(i, i, 1)
		}
		var lu mat.LU
		lu.Factorize(a)
		var inner mat.Dense // W and (I-ρW)⁻¹ commute
		if err := lu.SolveTo(&inner, false, w); err != nil {
			return nil, ErrNotFinite
		}
		blocks = append(blocks, &inner)
	}
	return blocks, nil
}

// squared returns tr(G'G).
func squared(blocks []*mat.Dense) float64 {
	var sum float64
	for _, block := range blocks {
		norm := mat.Norm(block, 2)
		sum += norm * norm
	}
	return sum
}
