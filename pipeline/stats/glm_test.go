package stats

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats"
)

// repeat returns the values, each as often as its count.
func repeat(values []float64, counts ...int) []float64 {
	var out []float64
	for i, v := range values {
		for range counts[i] {
			out = append(out, v)
		}
	}
	return out
}

// A 2×2 table has the log odds ratio and the square root of the sum of
// reciprocals; Firth adds ½ to every cell.
func TestLogitOfATable(t *testing.T) {
	x := repeat([]float64{0, 0, 1, 1}, 9, 4, 3, 8)
	y := repeat([]float64{0, 1, 0, 1}, 9, 4, 3, 8)
	c := NewClusters(len(y))
	m, err := FitLogit(y, [][]float64{x}, c)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "log odds ratio", m.Coef[0], math.Log(9*8/(4.*3)), 1e-12)
	near(t, "SE", m.SE[0], math.Sqrt(1/9.+1/4.+1/3.+1/8.), 1e-12)
	near(t, "level", m.Effects[0], math.Log(4/9.), 1e-12)
	effect := m.MarginalEffects([][]float64{x}, c)[0]
	near(t, "difference of shares", effect.Estimate, 8/11.-4/13., 1e-12)
	near(t, "its SE", effect.SE, math.Sqrt(8/11.*3/11./11+4/13.*9/13./13), 1e-12)
	firth, err := FitFirth(y, [][]float64{x}, c)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "Firth", firth.Coef[0], math.Log(9.5*8.5/(4.5*3.5)), 1e-9)
}

// A complete separation of a table is fitted by Firth alone.
func TestSeparatedTable(t *testing.T) {
	x := repeat([]float64{0, 1, 1}, 10, 2, 5)
	y := repeat([]float64{0, 0, 1}, 10, 2, 5)
	c := NewClusters(len(y))
	var separated *SeparatedError
	if _, err := FitLogit(y, [][]float64{x}, c); !errors.As(err, &separated) || separated.Predicted != 10 || separated.Of != 17 {
		t.Errorf("error %v, want 10 of 17 separated", err)
	}
	firth, err := FitFirth(y, [][]float64{x}, c)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "Firth", firth.Coef[0], math.Log(10.5*5.5/(0.5*2.5)), 1e-9)
	if !(firth.P[0] > 0 && firth.P[0] < 0.01) {
		t.Errorf("P = %g", firth.P[0])
	}
	// FLIC: the fitted probabilities have the mean of the outcome, so that the
	// level moves and the difference is between those of no and of all.
	effect := firth.MarginalEffects([][]float64{x}, c)[0]
	level := firth.level(firth.design.predict(firth.fit))
	low := 1 / (1 + math.Exp(-firth.Effects[0]-level))
	high := 1 / (1 + math.Exp(-firth.Effects[0]-level-firth.Coef[0]))
	near(t, "mean", 10*low+7*high, 5, 1e-9)
	near(t, "difference", effect.Estimate, high-low, 1e-9)
}

// Counts with one dummy have the log ratio of means; with effects of clusters,
// the Mantel-Haenszel estimate of a stratified rate ratio at its fixed point.
func TestPoissonOfMeans(t *testing.T) {
	y := []float64{1, 3, 2, 6, 5, 7}
	x := []float64{0, 0, 0, 1, 1, 1}
	m, err := FitPoisson(y, [][]float64{x}, NewClusters(6))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "log ratio", m.Coef[0], math.Log(18/6.), 1e-12)
	near(t, "SE", m.SE[0], math.Sqrt(1/18.+1/6.), 1e-12)
	var pearson float64
	for i, v := range y {
		mu := []float64{2, 6}[int(x[i])]
		pearson += (v - mu) * (v - mu) / mu
	}
	near(t, "dispersion", m.Dispersion, pearson/4, 1e-12)
}

// The sandwich of two balanced groups: with an effect of all and a dummy, CR0
// over rows is Σe²/(nμ)² a group.
func TestGLMSandwichByHand(t *testing.T) {
	y := []float64{1, 3, 2, 6, 5, 7}
	x := []float64{0, 0, 0, 1, 1, 1}
	m, err := FitPoisson(y, [][]float64{x}, NewClusters(6))
	if err != nil {
		t.Fatal(err)
	}
	m.clusters = NewClusters(1, 1, 1, 1, 1, 1)
	got := m.ClusterRobust(CR0)[0]
	near(t, "CR0", got.SE, math.Sqrt(2/36.+2/(18.*18)), 1e-12)
}

// randomGLM is a problem with unequal clusters whose outcome is drawn from the
// model.
func randomGLM(seed uint64, f Family, sizes ...int) (y []float64, x [][]float64, c *Clusters) {
	r := rand.New(rand.NewPCG(seed, 9))
	c = NewClusters(sizes...)
	x = make([][]float64, 2)
	for range c.Rows() {
		for j := range x {
			x[j] = append(x[j], 2+r.NormFloat64())
		}
	}
	for g := range c.Len() {
		effect := r.NormFloat64() / 2
		for i := c.starts[g]; i < c.starts[g+1]; i++ {
			mu := f.at(effect + 0.5*(x[0][i]-2) - 0.3*(x[1][i]-2)).mean
			v := 0.0
			if f == LogMean {
				for limit, p := math.Exp(-mu), r.Float64(); p > limit; p *= r.Float64() {
					v++
				}
			} else if r.Float64() < mu {
				v = 1
			}
			y = append(y, v)
		}
	}
	return y, x, c
}

// The score of the design with dummies is 0 at the estimate, and the covariance
// is the inverse of Σ weight xxᵀ.
func TestGLMSolvesItsEquations(t *testing.T) {
	for _, f := range []Family{Logit, CLogLog, LogMean} {
		y, x, c := randomGLM(5, f, 40, 25, 31, 18)
		m := fitFamily(t, f, y, x, c)
		design := append(append([][]float64(nil), x...), dummies(c)...)
		b := append(append([]float64(nil), m.Coef...), m.Effects...)
		floats.AddConst(-m.Effects[0], b[len(x)+1:]) // the first dummy is the constant
		eta := times(design, b)
		score := make([]float64, len(b))
		weight := make([]float64, len(y))
		for i, e := range eta {
			r := f.at(e)
			near(t, "fitted", m.Fitted[i], r.mean, 1e-10)
			weight[i] = r.slope * r.slope / r.variance
			for j := range score {
				score[j] += (y[i] - r.mean) * r.slope / r.variance * design[j][i]
			}
		}
		for j, v := range score {
			if math.Abs(v) > 1e-7 {
				t.Errorf("family %d: score %d = %g", f, j, v)
			}
		}
		inverse := naiveInverse(design, weight)
		for j := range x {
			for l := range x {
				near(t, "covariance", m.Cov[j][l], inverse[j][l], 1e-8)
			}
		}
	}
}

func fitFamily(t testing.TB, f Family, y []float64, x [][]float64, c *Clusters) *GLM {
	t.Helper()
	fit := FitPoisson
	switch f {
	case Logit:
		fit = FitLogit
	case CLogLog:
		fit = func(y []float64, x [][]float64, c *Clusters) (*GLM, error) { return fitShares(CLogLog, y, nil, x, c) }
	}
	m, err := fit(y, x, c)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// naiveInverse returns (XᵀWX)⁻¹ by Gauss and Jordan.
func naiveInverse(columns [][]float64, weight []float64) [][]float64 {
	k := len(columns)
	a := make([][]float64, k)
	for j := range a {
		a[j] = make([]float64, 2*k)
		a[j][k+j] = 1
		for l := range k {
			for i, w := range weight {
				a[j][l] += w * columns[j][i] * columns[l][i]
			}
		}
	}
	for j := range k {
		pivot := j
		for l := j; l < k; l++ {
			if math.Abs(a[l][j]) > math.Abs(a[pivot][j]) {
				pivot = l
			}
		}
		a[j], a[pivot] = a[pivot], a[j]
		floats.Scale(1/a[j][j], a[j])
		for l := range k {
			if l != j {
				floats.AddScaled(a[l], -a[l][j], a[j])
			}
		}
	}
	for j := range a {
		a[j] = a[j][k:]
	}
	return a
}

// Marginal effects move as numerical derivatives say.
func TestMarginalEffectsByDifferences(t *testing.T) {
	for _, f := range []Family{Logit, CLogLog, LogMean} {
		y, x, c := randomGLM(6, f, 40, 25, 31, 18)
		for i, v := range x[1] {
			x[1][i] = 0
			if v > 2 {
				x[1][i] = 1
			}
		}
		m := fitFamily(t, f, y, x, c)
		for j := range x {
			effect := func(b []float64) float64 {
				return m.design.marginal(f, j, x[j], m.design.predict(b), b[j]).estimate
			}
			got := m.design.marginal(f, j, x[j], m.design.predict(m.fit), m.fit[j])
			if got.discrete != (j == 1) {
				t.Errorf("regressor %d: discrete = %t", j, got.discrete)
			}
			for l := range m.fit {
				want := central(effect, m.fit, l)
				if math.Abs(got.gradient[l]-want) > 1e-8 {
					t.Errorf("family %d: gradient of %d by %d = %g, want %g", f, j, l, got.gradient[l], want)
				}
			}
		}
	}
}

// central returns the derivative by coordinate l, by central differences.
func central(f func([]float64) float64, at []float64, l int) float64 {
	const h = 1e-4
	shifted := append([]float64(nil), at...)
	value := func(by float64) float64 {
		shifted[l] = at[l] + by
		return f(shifted)
	}
	return (8*(value(h)-value(-h)) - (value(2*h) - value(-2*h))) / (12 * h)
}

// CR2 is unbiased under its working model: the mean of the squared scores is
// the model's variance, which the adjustment secures cluster by cluster.
func TestGLMAdjustmentIsUnbiasedUnderTheWorkingModel(t *testing.T) {
	y, x, c := randomGLM(7, LogMean, 12, 9, 15, 11)
	d, err := newDesign(x, NewClusters(c.Rows())) // one constant: no cluster is fitted exactly
	if err != nil {
		t.Fatal(err)
	}
	fit, err := fitGLM(LogMean, outcomes{y, ones(len(y))}, d)
	if err != nil {
		t.Fatal(err)
	}
	fit.clusters = c
	for j := range x {
		a := fit.contrast(d.slope(j))
		r := fit.robust(CR2, [][]float64{a})
		var trace float64
		for g := range c.Len() {
			trace += r.diagonal(0, 0, g)
		}
		near(t, "trace", trace, floats.Dot(a, a), 1e-9)
	}
}

// Dropped clusters are listed, and the fit is that without them.
func TestUninformativeClustersAreDroppedAndListed(t *testing.T) {
	y, x, c := randomGLM(8, Logit, 30, 5, 1, 6, 20)
	for i := 30; i < 35; i++ {
		y[i] = 0
	}
	for i := 36; i < 42; i++ {
		y[i] = 1
	}
	m, err := FitLogit(y, x, c)
	if err != nil {
		t.Fatal(err)
	}
	want := []DroppedCluster{{1, AllLowest}, {2, OneRow}, {3, AllHighest}}
	if len(m.Dropped) != 3 || m.Dropped[0] != want[0] || m.Dropped[1] != want[1] || m.Dropped[2] != want[2] {
		t.Errorf("dropped %v, want %v", m.Dropped, want)
	}
	if m.N != 50 || m.G != 2 || m.DF != 46 {
		t.Errorf("N, G, DF = %d, %d, %d", m.N, m.G, m.DF)
	}
	keep := keepClusters(append([][]float64{y}, x...), c, want)
	alone, err := FitLogit(keep[0], keep[1:], NewClusters(30, 20))
	if err != nil {
		t.Fatal(err)
	}
	if alone.Coef[0] != m.Coef[0] || alone.SE[1] != m.SE[1] {
		t.Error("the fit differs from that of the clusters kept")
	}
	effects, same := m.MarginalEffects(x, c), alone.MarginalEffects(keep[1:], NewClusters(30, 20))
	if effects[0] != same[0] {
		t.Errorf("marginal effect %v, want %v", effects[0], same[0])
	}
}

// Units and origins of a regressor change its slope as they should, and nothing
// else.
func TestGLMUnitsOfRegressors(t *testing.T) {
	y, x, c := randomGLM(9, Logit, 30, 25, 31)
	m := fitFamily(t, Logit, y, x, c)
	moved := make([]float64, len(y))
	for i, v := range x[0] {
		moved[i] = 1e6 + 1e3*v
	}
	n := fitFamily(t, Logit, y, [][]float64{moved, x[1]}, c)
	near(t, "slope", n.Coef[0]*1e3, m.Coef[0], 1e-8)
	near(t, "other slope", n.Coef[1], m.Coef[1], 1e-8)
	near(t, "CR2", n.ClusterRobust(CR2)[0].SE*1e3, m.ClusterRobust(CR2)[0].SE, 1e-7)
	near(t, "likelihood", n.LogLik, m.LogLik, 1e-12)
}

// Logit, binomial with one trial, and ordinal with two categories are one model.
func TestOneBinaryModelThreeWays(t *testing.T) {
	y, x, c := randomGLM(10, Logit, 30, 25, 31)
	m := fitFamily(t, Logit, y, x, c)
	b, err := FitBinomial(y, ones(len(y)), x, c)
	if err != nil {
		t.Fatal(err)
	}
	o, err := FitOrdinal(y, x, c)
	if err != nil {
		t.Fatal(err)
	}
	for j := range x {
		near(t, "binomial", b.Coef[j], m.Coef[j], 1e-12)
		near(t, "ordinal", o.Coef[j], m.Coef[j], 1e-9)
		near(t, "ordinal SE", o.SE[j], m.SE[j], 1e-9)
		n, k := float64(m.N), float64(m.N-m.DF)
		se := m.ClusterRobust(CR0)[j].SE * math.Sqrt(3/2.*(n-1)/(n-k))
		near(t, "ordinal CR1S", o.ClusterRobust()[j].SE, se, 1e-9)
	}
	near(t, "threshold", -o.Thresholds[0], m.Effects[0], 1e-9)
	near(t, "effect", o.Effects[2], m.Effects[2]-m.Effects[0], 1e-9)
	near(t, "likelihood", o.LogLik, m.LogLik, 1e-12)
}

func TestEventsPerCoefficient(t *testing.T) {
	y := []float64{0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 0, 1, 0}
	c := NewClusters(6, 2, 3, 2)
	near(t, "events a coefficient", EventsPerCoefficient(y, 2, c), 5/6., 1e-15)
	near(t, "without clusters of one outcome", EventsPerCoefficient([]float64{0, 0, 1, 0, 1, 1}, 1, NewClusters(2, 2, 2)), 1/2., 1e-15)
	if v := EventsPerCoefficient([]float64{0, 0}, 1, NewClusters(2)); v != 0 {
		t.Errorf("none: %g", v)
	}
}
