package stats

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// With clusters of one size and no regressor, REML is the analysis of variance.
func TestMixedOfBalancedClusters(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 7))
	const g, n = 8, 6
	c := NewClusters(n, n, n, n, n, n, n, n)
	var y []float64
	for range g {
		b := 2 * r.NormFloat64()
		for range n {
			y = append(y, 5+b+r.NormFloat64())
		}
	}
	m, err := FitMixed(y, nil, c, REML)
	if err != nil {
		t.Fatal(err)
	}
	within := math.Pow(floats.Norm(CentreWithin(y, c), 2), 2) / (g * (n - 1))
	level := mean(y)
	var among float64
	for _, v := range meansWithin(y, c) {
		among += n * (v - level) * (v - level) / (g - 1)
	}
	near(t, "within", m.Within, within, 1e-9)
	near(t, "between", m.Between, (among-within)/n, 1e-9)
	near(t, "constant", m.Constant, level, 1e-12)
	near(t, "its SE", m.ConstantSE, math.Sqrt(among/(g*n)), 1e-9)
	near(t, "its df", m.ConstantDF, g-1, 1e-6)
	icc, typical, _ := ICC(y, c)
	near(t, "ICC", icc, m.ICC, 1e-9)
	near(t, "n0", typical, n, 1e-12)
}

// Clusters alike beyond chance leave no variance between them.
func TestMixedSingular(t *testing.T) {
	c := NewClusters(4, 4, 4)
	y := []float64{1, 2, 3, 4, 4, 3, 2, 1, 2, 1, 4, 3}
	x := []float64{1, 1, 2, 1, 2, 3, 1, 2, 1, 4, 2, 3}
	m, err := FitMixed(y, [][]float64{x}, c, REML)
	if err != nil {
		t.Fatal(err)
	}
	pooled, err := FitPooled(y, [][]float64{x}, c)
	if err != nil {
		t.Fatal(err)
	}
	if !m.Singular || m.Between != 0 || m.ICC != 0 || m.DF[0] != 0 {
		t.Errorf("between %g, DF %v", m.Between, m.DF)
	}
	near(t, "slope", m.Coef[0], pooled.Coef[0], 1e-12)
	near(t, "SE", m.SE[0], pooled.ClassicalSE[0], 1e-12)
	near(t, "CR2", m.ClusterRobust(CR2)[0].SE, pooled.ClusterRobust(CR2)[0].SE, 1e-9)
}

// randomMixed has slopes, a random intercept, and clusters of unequal size.
func randomMixed(seed uint64) (y []float64, x [][]float64, c *Clusters) {
	r := rand.New(rand.NewPCG(seed, 8))
	c = NewClusters(5, 9, 3, 14, 8)
	x = make([][]float64, 2)
	for g := range c.Len() {
		b := r.NormFloat64()
		for range int(c.size(g)) {
			for j := range x {
				x[j] = append(x[j], r.NormFloat64())
			}
			i := len(y)
			y = append(y, 1+b+0.5*x[0][i]-x[1][i]+r.NormFloat64())
		}
	}
	return y, x, c
}

// The criterion by its definition, with the n×n covariance.
func naiveREML(y []float64, x [][]float64, c *Clusters, within, between float64) float64 {
	n, k := len(y), len(x)+1
	v := mat.NewSymDense(n, nil)
	for g := range c.Len() {
		for i := c.starts[g]; i < c.starts[g+1]; i++ {
			for j := i; j < c.starts[g+1]; j++ {
				v.SetSym(i, j, between)
			}
			v.SetSym(i, i, between+within)
		}
	}
	design := mat.NewDense(n, k, nil)
	for j, column := range append(append([][]float64(nil), x...), ones(n)) {
		design.SetCol(j, column)
	}
	var root mat.Cholesky
	root.Factorize(v)
	var vx, gram mat.Dense
	if err := root.SolveTo(&vx, design); err != nil {
		panic(err)
	}
	gram.Mul(design.T(), &vx)
	var b, vy, fitted, left, solved mat.VecDense
	yv := mat.NewVecDense(n, append([]float64(nil), y...))
	vy.MulVec(vx.T(), yv)
	if err := b.SolveVec(&gram, &vy); err != nil {
		panic(err)
	}
	fitted.MulVec(design, &b)
	left.SubVec(yv, &fitted)
	if err := root.SolveVecTo(&solved, &left); err != nil {
		panic(err)
	}
	logDet, _ := mat.LogDet(&gram)
	return -(float64(n-k)*math.Log(2*math.Pi) + root.LogDet() + logDet + mat.Dot(&left, &solved)) / 2
}

func TestMixedMaximisesTheCriterion(t *testing.T) {
	y, x, c := randomMixed(3)
	m, err := FitMixed(y, x, c, REML)
	if err != nil {
		t.Fatal(err)
	}
	f := func(v []float64) float64 { return naiveREML(y, x, c, v[0], v[1]) }
	at := []float64{m.Within, m.Between}
	near(t, "criterion", m.LogLik, f(at), 1e-11)
	for l := range at {
		if d := central(f, at, l); math.Abs(d) > 1e-6 {
			t.Errorf("derivative %d = %g", l, d)
		}
	}
}

// Satterthwaite's df by differences of the naive criterion and covariance.
func TestMixedSatterthwaiteByDifferences(t *testing.T) {
	y, x, c := randomMixed(4)
	m, err := FitMixed(y, x, c, REML)
	if err != nil {
		t.Fatal(err)
	}
	at := []float64{m.Within, m.Between}
	criterion := func(v []float64) float64 { return -2 * naiveREML(y, x, c, v[0], v[1]) }
	var h [2][2]float64
	for i := range 2 {
		for j := range 2 {
			h[i][j] = central(func(v []float64) float64 { return central(criterion, v, j) }, at, i)
		}
	}
	variance := func(v []float64) float64 {
		p := &profile{y: y, c: c, restricted: true}
		d, err := newDesign(x, NewClusters(len(y)))
		if err != nil {
			t.Fatal(err)
		}
		p.d = d
		s := sandwich{q: d.columns, inverse: p.at(v[1] / v[0]).inverse}
		a := s.contrast(d.slope(0))
		return floats.Dot(a, a) * v[0]
	}
	g := []float64{central(variance, at, 0), central(variance, at, 1)}
	det := h[0][0]*h[1][1] - h[0][1]*h[1][0]
	spread := 2 * (g[0]*g[0]*h[1][1] - 2*g[0]*g[1]*h[0][1] + g[1]*g[1]*h[0][0]) / det
	v := variance(at)
	near(t, "variance", v, m.SE[0]*m.SE[0], 1e-9)
	near(t, "df", m.DF[0], 2*v*v/spread, 1e-4)
}

// The slope inside clusters of the within-between form is that with effects.
func TestWithinSlopeOfMixedIsThatOfFixedEffects(t *testing.T) {
	y, x, c := randomMixed(5)
	var columns [][]float64
	for _, column := range x {
		within, between := WithinBetween(column, c)
		columns = append(columns, within, between)
	}
	m, err := FitMixed(y, columns, c, REML)
	if err != nil {
		t.Fatal(err)
	}
	fixed, err := FitFixedEffects(y, x, c)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "slope", m.Coef[0], fixed.Coef[0], 1e-9)
	near(t, "slope", m.Coef[2], fixed.Coef[1], 1e-9)
}

// The quadrature is the integral, by the trapezoidal rule on a fine grid, and
// its derivatives are those of the integral.
func TestRandomInterceptsAreIntegratedOut(t *testing.T) {
	for _, f := range []Family{Logit, LogMean} {
		y, x, c := randomGLM(12, f, 25, 18, 30)
		b, err := newBasis(x, NewClusters(c.Rows()))
		if err != nil {
			t.Fatal(err)
		}
		in := newIntercepts(f, y, b, c, quadratureNodes)
		at := []float64{1.5, -2, 0.2, 0.8}
		var want float64
		for g := range c.Len() {
			eta := in.predict(g, at)
			var sum float64
			const h = 1e-3
			for v := -10.0; v < 10; v += h {
				sum += h * math.Exp(in.logJoint(g, eta, at[3], v))
			}
			want += math.Log(sum / math.Sqrt(2*math.Pi))
		}
		near(t, "integral", in.likelihood(at, nil, nil), want, 1e-9)
		checkDerivatives(t, "intercepts", in.likelihood, at)
	}
}

// Without variation between clusters the fit is that of one constant.
func TestRandomInterceptsSingular(t *testing.T) {
	x := []float64{1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6}
	y := []float64{0, 0, 1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 0, 1, 0, 1, 1}
	m, err := FitLogitMixed(y, [][]float64{x}, NewClusters(6, 6, 6))
	if err != nil {
		t.Fatal(err)
	}
	pooled, err := FitLogit(y, [][]float64{x}, NewClusters(18))
	if err != nil {
		t.Fatal(err)
	}
	if !m.Singular || m.SD != 0 {
		t.Errorf("SD = %g", m.SD)
	}
	near(t, "slope", m.Coef[0], pooled.Coef[0], 1e-9)
	near(t, "SE", m.SE[0], pooled.SE[0], 1e-9)
	near(t, "constant", m.Constant, pooled.Effects[0], 1e-9)
	near(t, "likelihood", m.LogLik, pooled.LogLik, 1e-11)
}
