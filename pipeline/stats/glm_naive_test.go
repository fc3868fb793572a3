package stats

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// naiveGLMCR2 follows the definition to the letter, with the whole design and
// n×n matrices: X̃ = diag(dμ/dη)X, W = diag(1/V), Θ = W⁻¹, D = Θ^(1/2),
// B_g = D_g (I - X̃MX̃ᵀW)_gg Θ_g D_g, A_g = D_g B_g^(-1/2) D_g.
func naiveGLMCR2(f Family, y []float64, columns [][]float64, b []float64, j int, c *Clusters) (se, df float64) {
	n, k := len(y), len(columns)
	slope, variance, errors := make([]float64, n), make([]float64, n), make([]float64, n)
	for i, e := range times(columns, b) {
		r := f.at(e)
		slope[i], variance[i], errors[i] = r.slope, r.variance, y[i]-r.mean
	}
	weight := make([]float64, n)
	x := mat.NewDense(n, k, nil)
	for l, column := range columns {
		for i, v := range column {
			x.Set(i, l, slope[i]*v)
		}
	}
	for i := range weight {
		weight[i] = slope[i] * slope[i] / variance[i]
	}
	m := mat.NewDense(k, k, nil)
	for l, row := range naiveInverse(columns, weight) {
		m.SetRow(l, row)
	}
	var xm, residual mat.Dense // I - X̃MX̃ᵀW
	xm.Mul(x, m)
	residual.Mul(&xm, x.T())
	residual.Apply(func(i, l int, v float64) float64 {
		v = -v / variance[l]
		if i == l {
			v++
		}
		return v
	}, &residual)
	p := mat.NewDense(n, c.Len(), nil)
	var total float64
	for g := range c.Len() {
		from, to := c.starts[g], c.starts[g+1]
		size := to - from
		inner := mat.NewSymDense(size, nil)
		for i := range size {
			for l := i; l < size; l++ {
				di, dl := math.Sqrt(variance[from+i]), math.Sqrt(variance[from+l])
				inner.SetSym(i, l, di*residual.At(from+i, from+l)*variance[from+l]*dl)
			}
		}
		root := rootInverse(inner)
		u := make([]float64, size)
		for i := range u {
			u[i] = math.Sqrt(variance[from+i]) * xm.At(from+i, j) / variance[from+i]
		}
		u = root(u)
		var score float64
		for i := range u {
			u[i] *= math.Sqrt(variance[from+i])
			score += u[i] * errors[from+i]
		}
		total += score * score
		for r := range n {
			var sum float64
			for i, v := range u {
				sum += residual.At(from+i, r) * v
			}
			p.Set(r, g, math.Sqrt(variance[r])*sum)
		}
	}
	var s mat.Dense
	s.Mul(p.T(), p)
	norm := mat.Norm(&s, 2)
	return math.Sqrt(total), s.Trace() * s.Trace() / norm / norm
}

func TestGLMSandwichByDefinition(t *testing.T) {
	for _, f := range []Family{Logit, CLogLog, LogMean} {
		y, x, c := randomGLM(21, f, 14, 25, 9, 18, 11)
		m := fitFamily(t, f, y, x, c)
		design := append(append([][]float64(nil), x...), dummies(c)...)
		b := append(append([]float64(nil), m.Coef...), m.Effects...)
		floats.AddConst(-m.Effects[0], b[len(x)+1:])
		for j, got := range m.ClusterRobust(CR2) {
			se, df := naiveGLMCR2(f, y, design, b, j, c)
			near(t, "CR2", got.SE, se, 1e-7)
			near(t, "df", got.DF, df, 1e-6)
		}
	}
}

// After the level is refitted, the marginal effects of Firth's fit move with its
// coefficients as numerical derivatives say.
func TestFirthMarginalEffectsByDifferences(t *testing.T) {
	y, x, c := randomGLM(22, Logit, 20, 15, 25)
	f, err := FitFirth(y, x, c)
	if err != nil {
		t.Fatal(err)
	}
	s := sandwich{q: f.design.columns, inverse: f.inverse}
	for j, got := range f.MarginalEffects(x, c) {
		effect := func(b []float64) float64 {
			eta := f.design.predict(b)
			floats.AddConst(f.level(eta), eta)
			return f.design.marginal(Logit, j, x[j], eta, b[j]).estimate
		}
		near(t, "estimate", got.Estimate, effect(f.fit), 1e-12)
		gradient := make([]float64, len(f.fit))
		for l := range gradient {
			gradient[l] = central(effect, f.fit, l)
		}
		near(t, "SE", got.SE, floats.Norm(s.contrast(gradient), 2), 1e-6)
	}
}

// The penalised score is 0 at the estimate: its likelihood is flat there.
func TestFirthIsThePeak(t *testing.T) {
	y, x, c := randomGLM(23, Logit, 20, 15, 25)
	f, err := FitFirth(y, x, c)
	if err != nil {
		t.Fatal(err)
	}
	for l := range f.fit {
		if d := central(func(b []float64) float64 { return f.penalised(b).likelihood }, f.fit, l); math.Abs(d) > 1e-8 {
			t.Errorf("derivative %d = %g", l, d)
		}
	}
	for j, p := range f.P {
		wald := TwoSidedZ(f.Coef[j] / f.SE[j])
		if math.Abs(p-wald) > 0.1 {
			t.Errorf("P = %g, by Wald %g", p, wald)
		}
	}
}

// The middle category's two thresholds: likelihood and Newton's step by
// differences of the likelihood.
func TestOrdinalIsThePeak(t *testing.T) {
	y, x, c := randomGLM(24, LogMean, 20, 15, 25)
	for i, v := range y {
		y[i] = min(v, 3)
	}
	m, err := FitOrdinal(y, x, c)
	if err != nil {
		t.Fatal(err)
	}
	k := len(m.at)
	information := mat.NewDense(k, k, nil)
	for l := range k {
		if d := central(m.problem.value, m.at, l); math.Abs(d) > 1e-7 {
			t.Errorf("derivative %d = %g", l, d)
		}
		for n := range k {
			information.Set(l, n, -central(func(b []float64) float64 { return central(m.problem.value, b, n) }, m.at, l))
		}
	}
	var inverse mat.Dense
	if err := inverse.Inverse(information); err != nil {
		t.Fatal(err)
	}
	for j := range x {
		slope := mat.NewVecDense(k, m.problem.slope(j))
		near(t, "SE", m.SE[j], math.Sqrt(mat.Inner(slope, &inverse, slope)), 1e-5)
	}
	tests, errs := m.ProportionalOdds()
	for j, d := range tests {
		if errs[j] != nil || d.DF1 != 2 || !(d.Statistic >= 0) {
			t.Errorf("test %d: %v, %v", j, d, errs[j])
		}
	}
}

// Intercepts are cluster means of what the slopes leave, shrunk.
func TestMixedInterceptsAreShrunkenMeans(t *testing.T) {
	y, x, c := randomMixed(6)
	m, err := FitMixed(y, x, c, REML)
	if err != nil {
		t.Fatal(err)
	}
	left := append([]float64(nil), y...)
	floats.AddConst(-m.Constant, left)
	for j, column := range x {
		floats.AddScaled(left, -m.Coef[j], column)
	}
	for g, v := range meansWithin(left, c) {
		n := c.size(g)
		near(t, "intercept", m.Intercepts[g], v*m.Between/(m.Between+m.Within/n), 1e-9)
	}
	pooled, err := FitPooled(y, x, c)
	if err != nil {
		t.Fatal(err)
	}
	naive := fitNaively(y, append(append([][]float64(nil), x...), ones(len(y))))
	near(t, "constant", pooled.Constant, naive.coef[2], 1e-9)
	near(t, "its SE", pooled.ConstantSE, naive.classical[2], 1e-9)
}
