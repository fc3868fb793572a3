package stats

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// sandwich returns the fit with its effects absorbed, at its own units: for
// least squares with equal working variances that changes no sandwich, only
// the count of coefficients that CR1S divides by.
func (f *FixedEffects) sandwich() *sandwich {
	s := &sandwich{clusters: f.clusters, q: f.q, errors: f.residuals}
	s.spent = len(f.q) + f.clusters.Len()
	for j, row := range f.inverse {
		scaled := append([]float64(nil), row...)
		floats.Scale(f.units[j], scaled)
		s.inverse = append(s.inverse, scaled)
	}
	return s
}

// ClusterRobust returns for every coefficient the cluster-robust standard
// error of the kind, with Satterthwaite degrees of freedom under independent
// errors of one variance. For CR2 it is CR2, by another path.
//
// CR0 and CR1 are too small with few clusters, CR1S is what Stata prints
// (Stata refers it to G-1 degrees of freedom, not to these), CR3 is a little
// too large. Fixed effects are absorbed for CR3, which with a dummy a cluster
// has no inverse.
//
// R: clubSandwich::coef_test(lm(y ~ x + factor(cluster)), vcov = "CR1S",
// cluster = cluster, test = "Satterthwaite"); for CR3 with y and x centred.
func (f *FixedEffects) ClusterRobust(kind SandwichKind) []ClusterRobust {
	s := f.sandwich()
	return s.inference(kind, s.inverse, f.Coef)
}

// Jackknife returns for every coefficient CV3: the spread of the estimates
// with one cluster left out, (G-1)/G Σ_g (b₋g - b)², with G - 1 degrees of
// freedom. Under unequal slopes it errs on the safe side where CR2 may not
// (MacKinnon, Nielsen & Webb 2023, J. Appl. Econometrics 38).
//
// It is not OK where part of the coefficient is known from one cluster alone:
// without it there is no estimate.
//
// R: summclust::vcov_CR3J(fixest::feols(y ~ x | cluster)); or
// clubSandwich::vcovCR of the centred regression, "CR3", times (G-1)/G.
func (f *FixedEffects) Jackknife() []ClusterRobust {
	g := float64(f.clusters.Len())
	out := f.ClusterRobust(CR3)
	for j, r := range out {
		if r.OK {
			se := r.SE * math.Sqrt((g-1)/g)
			out[j] = ClusterRobust{SE: se, DF: g - 1, P: TwoSidedT(f.Coef[j]/se, g-1), OK: true}
		}
	}
	return out
}

// EffectiveClusters returns the number of equal clusters that would tell as
// much about coefficient j, G/(1+v) with v the squared coefficient of variation
// of what clusters contribute to its variance, and the largest share that one
// cluster has in the regressor's partial variation. Below G/2, or with a share
// above one half, one cluster decides (Carter, Schnepel & Steigerwald 2017,
// REStat 99, under independent errors).
func (f *FixedEffects) EffectiveClusters(j int) (number, largestShare float64) {
	partial := f.partial(j)
	weights := make([]float64, f.clusters.Len())
	for g := range weights {
		part := f.clusters.Of(partial, g)
		weights[g] = floats.Dot(part, part)
	}
	n, total := float64(len(weights)), floats.Sum(weights)
	var spread float64
	for _, w := range weights {
		d := n*w/total - 1
		spread += d * d / n
	}
	return n / (1 + spread), floats.Max(weights) / total
}

// Wald is a joint test of several coefficients.
type Wald struct {
	Q   float64 // (Cb)ᵀ V⁻¹ (Cb) on CR2
	F   float64
	DF1 float64 // coefficients tested
	DF2 float64
	P   float64
}

// WaldHTZ tests that all the named coefficients are 0, by the approximate
// Hotelling test on CR2.
//
// Q is that of CR2; F = (η-q+1)/(ηq) Q on q and η-q+1 degrees of freedom, η
// from the first two moments of CR2 under independent errors with one variance
// (Pustejovsky & Tipton 2018, JBES 36). Fails with ErrNoStandardError where CR2
// is not defined for one of them, is singular, or leaves η ≤ q-1.
//
// R: clubSandwich::Wald_test(m, constrain_zero(names), "CR2", cluster, "HTZ").
func (f *FixedEffects) WaldHTZ(tested ...int) (Wald, error) {
	q := len(tested)
	s := f.sandwich()
	a := mat.NewDense(q, len(s.q), nil)
	estimates := mat.NewVecDense(q, nil)
	contrasts := make([][]float64, q)
	for i, j := range tested {
		contrasts[i] = s.inverse[j]
		a.SetRow(i, s.inverse[j])
		estimates.SetVec(i, f.Coef[j])
	}
	for _, c := range s.inference(CR2, contrasts, estimates.RawVector().Data) {
		if !c.OK {
			return Wald{}, ErrNoStandardError
		}
	}
	var omega mat.SymDense
	omega.SymOuterK(1, a)
	root := rootInverse(&omega)
	standard := make([][]float64, q) // rows of Ω^(-1/2) A
	unit := make([]float64, q)
	for i := range standard {
		clear(unit)
		unit[i] = 1
		row := mat.NewVecDense(len(s.q), nil)
		row.MulVec(a.T(), mat.NewVecDense(q, root(unit)))
		standard[i] = row.RawVector().Data
	}
	r := s.robust(CR2, standard)
	scaled := root(estimates.RawVector().Data)
	return hotelling(r, scaled)
}

// hotelling refers estimates with identity covariance to Hotelling's T².
func hotelling(r *robust, estimates []float64) (Wald, error) {
	q := r.m
	v := mat.NewSymDense(q, nil)
	for i := range q {
		for j := range i + 1 {
			v.SetSym(j, i, r.covariance(i, j))
		}
	}
	var cholesky mat.Cholesky
	if !cholesky.Factorize(v) || cholesky.Cond() > 1/negligible {
		return Wald{}, ErrNoStandardError
	}
	b := mat.NewVecDense(q, estimates)
	var solved mat.VecDense
	if err := cholesky.SolveVecTo(&solved, b); err != nil {
		return Wald{}, ErrNoStandardError
	}
	w := Wald{Q: mat.Dot(b, &solved), DF1: float64(q)}
	size := float64(q)
	eta := size * (size + 1) / r.secondMoments()
	w.DF2 = eta - size + 1
	if !(w.DF2 > 0) || !finite(w.Q, w.DF2) {
		return Wald{}, ErrNoStandardError
	}
	w.F = w.DF2 / (eta * size) * w.Q
	w.P = UpperF(w.F, w.DF1, w.DF2)
	return w, nil
}

// secondMoments returns Σ_{s,t} [Σ_gh (S_st)_gh (S_st)_hg + (S_ss)_gh (S_tt)_gh].
func (r *robust) secondMoments() float64 {
	var sum float64
	for s := range r.m {
		for t := range r.m {
			transposed, paired := r.moments(s, t)
			sum += transposed + paired
		}
	}
	return sum
}
