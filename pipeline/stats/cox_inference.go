package stats

import (
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// ClusterRobust returns for every slope CR1, √(G/(G-1)) times the sandwich of
// the clusters' scores (Lin & Wei 1989, JASA 84), on G - 1 degrees of freedom.
// As clusters are strata, the scores are those of the strata.
//
// R: sqrt(G/(G-1)) times the robust se of coxph(..., cluster = cluster).
func (m *Cox) ClusterRobust() []ClusterRobust {
	return scoreRobust(m.basis, m.robustCov, m.Coef, m.SE, m.G, 1)
}

// ProportionalHazards tests whether each slope moves with a function of time,
// and whether any does: score tests of β_j + θ_j g(t) at θ = 0, chi-squared
// with one degree of freedom, and with one a regressor. Where p < .01 a hazard
// ratio is an average over time. The usual g is the logarithm. It fails with
// ErrFlatLikelihood where all events fall on one g.
//
// R: survival::cox.zph(m, transform = "log").
func (m *Cox) ProportionalHazards(g func(time float64) float64) (each []Diagnostic, joint Diagnostic, err error) {
	k := len(m.at)
	score := make([]float64, k)
	own, cross := mat.NewSymDense(k, nil), mat.NewSymDense(k, nil)
	centre, weight := 0.0, 0.0
	for _, set := range m.sets {
		centre += float64(set.events) * g(set.time)
		weight += float64(set.events)
	}
	for _, set := range m.sets {
		u, i := make([]float64, k), mat.NewSymDense(k, nil)
		m.set(set, m.at, u, i)
		at := g(set.time) - centre/weight
		floats.AddScaled(score, at, u)
		addScaledSym(own, at*at, i)
		addScaledSym(cross, at, i)
	}
	var left, product mat.Dense
	left.Mul(cross, m.inverse)
	product.Mul(&left, cross)
	v := mat.NewSymDense(k, nil)
	for i := range k {
		for j := range i + 1 {
			v.SetSym(j, i, own.At(j, i)-product.At(j, i))
		}
	}
	var cholesky mat.Cholesky
	if !cholesky.Factorize(v) || cholesky.Cond() > 1e14 {
		return nil, Diagnostic{}, ErrFlatLikelihood
	}
	for j := range k {
		a := mat.NewVecDense(k, nil) // regressor j in the orthonormal columns
		for l := range k {
			a.SetVec(l, m.basis.upper[l][j])
		}
		u := floats.Dot(a.RawVector().Data, score)
		each = append(each, chiSquared(u*u/mat.Inner(a, v, a), 1))
	}
	var solved mat.VecDense
	u := mat.NewVecDense(k, score)
	if err := cholesky.SolveVecTo(&solved, u); err != nil {
		return nil, Diagnostic{}, ErrFlatLikelihood
	}
	return each, chiSquared(mat.Dot(u, &solved), float64(k)), nil
}

func chiSquared(x, df float64) Diagnostic {
	return Diagnostic{Statistic: x, DF1: df, P: UpperChiSquared(x, df)}
}

func addScaledSym(sum *mat.SymDense, scale float64, m *mat.SymDense) {
	k := m.SymmetricDim()
	for i := range k {
		for j := i; j < k; j++ {
			sum.SetSym(i, j, sum.At(i, j)+scale*m.At(i, j))
		}
	}
}
