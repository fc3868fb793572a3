package stats

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// information is that of (γ, ρ, σ²), with γ the coefficients of orthonormal
// columns Q that span the design: γ has I/σ², with ρ it shares a/σ², and rho is
// what ρ has once γ and σ² are taken out.
type information struct {
	inverse  [][]float64 // R⁻¹: what leads from γ to the design's columns
	a        []float64
	rho      float64
	trace    float64 // of G: σ² shares trace/σ² with ρ
	variance float64
	n        int
	unit     float64 // of the outcome
}

// information is at ρ; own is what ρ has once γ is taken out.
func (p *networkProblem) information(inverse [][]float64, a []float64, own, rho, variance float64) information {
	trace, _ := p.traces(rho)
	n := len(p.y)
	return information{inverse: inverse, a: a, rho: own - 2*trace*trace/float64(n), trace: trace, variance: variance, n: n, unit: 1}
}

// times is the information with the outcome in another unit.
func (o information) times(unit float64) information {
	o.unit = unit
	return o
}

// rhoSE is 0 where ρ has no information.
func (o information) rhoSE() float64 {
	if !(o.rho > 0) {
		return 0
	}
	return math.Sqrt(1 / o.rho)
}

// se returns the standard error of a combination of the columns' coefficients:
// σ²|l|² + (l'a)²/rho with l = R⁻ᵀc.
func (o information) se(c []float64) float64 {
	if !(o.rho > 0) {
		return 0
	}
	l := make([]float64, len(c))
	for i, row := range o.inverse {
		floats.AddScaled(l, c[i], row)
	}
	shared := floats.Dot(l, o.a)
	return o.unit * math.Sqrt(o.variance*floats.Dot(l, l)+shared*shared/o.rho)
}

func (o information) varianceSE() float64 {
	if !(o.rho > 0) {
		return 0
	}
	n := float64(o.n)
	shared := 2 * o.variance * o.trace / n
	return o.unit * o.unit * math.Sqrt(2*o.variance*o.variance/n+shared*shared/o.rho)
}

// outcomeLag is the least squares of y-ρWy: what is left of y less ρ times what
// is left of Wy.
type outcomeLag struct {
	*networkProblem
	left, leftOfLag   []float64
	scores, lagScores []float64
}

func lagOutcome(p *networkProblem) conditional {
	m := &outcomeLag{networkProblem: p}
	m.left, m.scores = residual(p.q, p.y)
	m.leftOfLag, m.lagScores = residual(p.q, p.weights.Lag(p.y))
	return m
}

// residual returns what orthonormal columns leave of v, and its products with
// them. It projects twice: rounding of the first time goes with the second.
func residual(q [][]float64, v []float64) (left, scores []float64) {
	left, scores = append([]float64(nil), v...), make([]float64, len(q))
	for range 2 {
		for l, s := range project(q, left) {
			floats.AddScaled(left, -s, q[l])
			scores[l] += s
		}
	}
	return left, scores
}

func (m *outcomeLag) at(rho float64) (e []float64, slope float64) {
	e = append([]float64(nil), m.left...)
	floats.AddScaled(e, -rho, m.leftOfLag)
	return e, -floats.Dot(e, m.leftOfLag)
}

func (m *outcomeLag) fit(rho, variance float64) (columns []float64, expected, observed information, err error) {
	scores := append([]float64(nil), m.scores...)
	floats.AddScaled(scores, -rho, m.lagScores)
	linear := times(m.q, scores)
	_, second := m.traces(rho)
	inner, err := m.inner(rho)
	if err != nil {
		return nil, expected, observed, err
	}
	var reached []float64 // GXβ
	for g, block := range inner {
		part := m.weights.clusters.Of(linear, g)
		out := mat.NewVecDense(len(part), nil)
		out.MulVec(block, mat.NewVecDense(len(part), part))
		reached = append(reached, out.RawVector().Data...)
	}
	left, shared := residual(m.q, reached)
	expected = m.information(m.inverse, shared, second+squared(inner)+floats.Dot(left, left)/variance, rho, variance)
	observed = m.information(m.inverse, m.lagScores, second+floats.Dot(m.leftOfLag, m.leftOfLag)/variance, rho, variance)
	return rows(m.inverse, scores), expected, observed, nil
}
