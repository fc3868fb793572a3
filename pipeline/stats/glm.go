package stats

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/floats"
)

// ErrNoConvergence is what an iterated fit fails with where its steps do not
// come to rest: the likelihood is flat, or has no maximum.
var ErrNoConvergence = errors.New("the iterations did not converge")

// GLM is a fitted generalised linear model with an effect of every cluster.
// Rows are those of the clusters that were kept, in the order given.
type GLM struct {
	Family     Family
	Coef       []float64   // slope of each regressor, in the order given, on the scale of the link
	SE         []float64   // model-based standard error, for dispersion 1
	Cov        [][]float64 // model-based covariance of the slopes, for dispersion 1
	Effects    []float64   // linear predictor of each kept cluster where all regressors are 0
	Fitted     []float64   // fitted mean by row: a probability, a share, a count
	N, G       int         // rows and clusters kept
	DF         int         // rows less regressors less clusters
	LogLik     float64
	Deviance   float64
	Dispersion float64 // Pearson's Σ(y-μ)²/V(μ) on DF
	Condition  float64 // largest condition index of the design
	Iterations int
	Dropped    []DroppedCluster // clusters that say nothing, in order

	sandwich
	design   *design
	outcomes outcomes
	fit      []float64 // coefficients of the design's columns
}

// outcomes are what a generalised linear model fits: shares of size trials, or
// counts, whose size is 1.
type outcomes struct {
	y, size []float64
}

// A working is one step's linear problem: columns times weight on residuals.
type working struct {
	eta, weight, residual []float64 // residual is at unit variance
	root                  []float64 // √variance
	errors                []float64
	logLik, deviance      float64
}

func (f Family) working(o outcomes, eta []float64) working {
	n := len(eta)
	w := working{
		eta: eta, weight: make([]float64, n), residual: make([]float64, n),
		root: make([]float64, n), errors: make([]float64, n),
	}
	for i, e := range eta {
		r := f.at(e)
		w.root[i] = math.Sqrt(r.variance / o.size[i])
		w.weight[i] = r.slope / w.root[i]
		w.errors[i] = o.y[i] - r.mean
		if f != LogMean && o.y[i] == 1 {
			w.errors[i] = r.rest
		}
		w.residual[i] = w.errors[i] / w.root[i]
		value, best := f.logDensity(o.y[i], o.size[i], r)
		w.logLik += value
		w.deviance += 2 * (best - value)
	}
	return w
}

// Steps of a fit end after one shorter than this many standard errors. As that
// step is taken too, little but rounding is left. Fisher scoring may take many
// near separation; Newton's method does not.
const (
	shortStep   = 1e-10
	mostSteps   = 1000
	newtonSteps = 100
)

// fitGLM runs Fisher scoring (iteratively reweighted least squares) by QR,
// halving a step that lowers the likelihood.
func fitGLM(f Family, o outcomes, d *design) (*GLM, error) {
	eta := make([]float64, len(o.y))
	for i, y := range o.y {
		eta[i] = f.start(y, o.size[i])
	}
	w := f.working(o, eta)
	q, r := thinQR(d.weighted(w.weight))
	target := make([]float64, len(eta))
	for i, e := range eta {
		target[i] = w.weight[i]*e + w.residual[i]
	}
	inverse := inverseUpper(r)
	b := rows(inverse, project(q, target))
	w = f.working(o, d.predict(b))
	settled := false
	for step := 1; step <= mostSteps; step++ {
		q, r = thinQR(d.weighted(w.weight))
		inverse = inverseUpper(r)
		scores := project(q, w.residual)
		if !finite(scores...) || !finite(b...) {
			return nil, ErrNoConvergence
		}
		if settled {
			return newGLM(f, o, d, b, w, q, inverse, step)
		}
		settled = floats.Norm(scores, 2) <= shortStep
		next, ok := ascend(b, rows(inverse, scores), w.logLik, func(b []float64) float64 {
			w = f.working(o, d.predict(b))
			return w.logLik
		})
		if !ok {
			return nil, ErrNoConvergence
		}
		b = next
	}
	return nil, ErrNoConvergence
}

// ascend returns b + step, the step halved until the likelihood does not fall
// by more than rounding. The last call of likelihood is at the point returned.
func ascend(b, step []float64, from float64, likelihood func([]float64) float64) ([]float64, bool) {
	next := make([]float64, len(b))
	for range 60 {
		floats.AddTo(next, b, step)
		if v := likelihood(next); v >= from-1e-12*math.Abs(from) {
			return next, true
		}
		floats.Scale(0.5, step)
	}
	return nil, false
}

func project(q [][]float64, v []float64) []float64 {
	out := make([]float64, len(q))
	for l, column := range q {
		out[l] = floats.Dot(column, v)
	}
	return out
}

// rows returns the product of a matrix by rows with a vector.
func rows(matrix [][]float64, v []float64) []float64 {
	out := make([]float64, len(matrix))
	for i, row := range matrix {
		out[i] = floats.Dot(row, v)
	}
	return out
}

func newGLM(f Family, o outcomes, d *design, b []float64, w working, q, inverse [][]float64, steps int) (*GLM, error) {
	m := &GLM{
		Family: f, Coef: d.slopes(b), Effects: d.effects(b), LogLik: w.logLik, Deviance: w.deviance,
		N: len(o.y), G: d.groups.Len(), Iterations: steps, design: d, outcomes: o, fit: b,
	}
	m.DF = m.N - len(b)
	m.Dispersion = floats.Dot(w.residual, w.residual) / float64(m.DF)
	m.Fitted = make([]float64, m.N)
	floats.SubTo(m.Fitted, o.y, w.errors)
	m.sandwich = sandwich{
		clusters: d.groups, q: q, inverse: inverse, root: w.root, errors: w.errors, spent: len(b),
	}
	m.Cov, m.SE = m.covariance()
	if !finite(m.Coef...) || !finite(m.SE...) || !finite(m.Effects...) || !allFinite(m.Cov) {
		return nil, ErrNotFinite
	}
	return m, nil
}

func (m *GLM) slopeContrasts() [][]float64 {
	contrasts := make([][]float64, len(m.Coef))
	for j := range contrasts {
		contrasts[j] = m.contrast(m.design.slope(j))
	}
	return contrasts
}

func (m *GLM) covariance() (cov [][]float64, se []float64) {
	contrasts := m.slopeContrasts()
	for _, a := range contrasts {
		cov = append(cov, rows(contrasts, a))
		se = append(se, floats.Norm(a, 2))
	}
	return cov, se
}

// ClusterRobust returns for every slope the cluster-robust standard error with
// its Satterthwaite degrees of freedom, both under the model's own variance as
// working model, on the scale of the outcome.
//
// CR2: with X̃ = (dμ/dη)X, Θ the working variance, W = Θ⁻¹, D = Θ^(1/2) and
// M = (X̃ᵀWX̃)⁻¹, the adjustment is A_g = D_g B_g^(-1/2) D_g of
// B_g = D_g (I - X̃MX̃ᵀW)_gg Θ_g D_g (Moore-Penrose), and V = M (Σ X̃_gᵀW_g A_g
// e_g e_gᵀ A_gᵀ W_g X̃_g) M of the errors e = y - μ; degrees of freedom as in
// FixedEffects.CR2. Effects are not absorbed, which here would change it. An
// overdispersion common to all rows changes nothing.
//
// It needs the eigenvectors of a matrix as large as each cluster, so it is for
// firms and not for person-periods: use LeaveClustersOut there.
//
// Not OK with one cluster, nor where part of a slope is known from one only.
//
// R: clubSandwich::coef_test(glm(y ~ x + factor(cluster), poisson), "CR2",
// cluster). References: Pustejovsky & Tipton 2018, JBES 36, section 2.
func (m *GLM) ClusterRobust(kind SandwichKind) []ClusterRobust {
	return m.inference(kind, m.slopeContrasts(), m.Coef)
}
