package stats

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// problem is a regression with unequal clusters, among them one of one row.
type problem struct {
	y        []float64
	x        [][]float64
	clusters *Clusters
}

func randomProblem(seed uint64, k int) problem {
	r := rand.New(rand.NewPCG(seed, 1))
	p := problem{clusters: NewClusters(5, 1, 9, 2, 7, 12)}
	n := p.clusters.Rows()
	for range k {
		column := make([]float64, n)
		for i := range column {
			column[i] = 3 + r.NormFloat64()
		}
		p.x = append(p.x, column)
	}
	for i := range n {
		p.y = append(p.y, 2*p.x[0][i]+r.NormFloat64())
	}
	return p
}

func (p problem) fit(t testing.TB) *FixedEffects {
	t.Helper()
	fit, err := FitFixedEffects(p.y, p.x, p.clusters)
	if err != nil {
		t.Fatal(err)
	}
	return fit
}

func TestFixedEffectsAgreeWithTheDummyDesign(t *testing.T) {
	for seed := range uint64(20) {
		p := randomProblem(seed, 3)
		fit := p.fit(t)
		naive := fitNaively(p.y, append(append([][]float64(nil), p.x...), dummies(p.clusters)...))
		for i, u := range naive.residuals {
			if math.Abs(fit.Residuals[i]-u) > 1e-11 {
				t.Errorf("seed %d: residual %d = %g, want %g", seed, i, fit.Residuals[i], u)
			}
			near(t, "leverage", fit.Leverage[i], naive.leverage[i], 1e-10)
		}
		for j := range p.x {
			near(t, "coefficient", fit.Coef[j], naive.coef[j], 1e-9)
			near(t, "classical", fit.ClassicalSE[j], naive.classical[j], 1e-9)
			se, df := naive.cr2(j, p.clusters)
			got := fit.CR2()[j]
			near(t, "CR2", got.SE, se, 1e-9)
			near(t, "Satterthwaite", got.DF, df, 1e-9)
		}
	}
}

// In the smallest case all is known: two clusters of two rows with x = 0, 1 and
// slopes 1 and 3. Each cluster's slope has the same weight, so b = 2, and the
// residuals inside the clusters are ±1/2.
func TestFixedEffectsByHand(t *testing.T) {
	fit, err := FitFixedEffects([]float64{0, 1, 10, 13}, [][]float64{{0, 1, 0, 1}}, NewClusters(2, 2))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "slope", fit.Coef[0], 2, 1e-15)
	near(t, "sigma", fit.Sigma, 1, 1e-15)
	near(t, "classical", fit.ClassicalSE[0], 1, 1e-15) // 1/√Σx̃² with Σx̃² = 1
	near(t, "within R²", fit.RSquaredWithin, 0.8, 1e-14)
	near(t, "leverage", fit.Leverage[0], 0.75, 1e-15)
	// Scores ∓1/2 and adjustment (1-1/2)^(-1/2): V = 2·(1/4)·2.
	cr2 := fit.CR2()[0]
	near(t, "CR2", cr2.SE, 1, 1e-14)
	near(t, "Satterthwaite", cr2.DF, 1, 1e-14)
	near(t, "p", cr2.P, 2*math.Atan(0.5)/math.Pi, 1e-14) // a Cauchy tail beyond 2
	hc3, _ := fit.HC3(0)
	near(t, "HC3", hc3, 2, 1e-14) // √(4·(½·½/¼)²)
	c := fit.Concentration(0)
	near(t, "effective clusters", c.EffectiveClusters, 2, 1e-14)
	near(t, "share", c.LargestShare, 0.5, 1e-14)
}

func TestFixedEffectsRefusals(t *testing.T) {
	x := []float64{1, 2, 4, 3, 5, 9}
	y := []float64{1, 0, 2, 5, 4, 4}
	twice := []float64{3, 5, 9, 7, 11, 19}
	inCluster := []float64{math.Nextafter(0.6, 1), 0.6, 0.6, 0.3, 0.3, 0.3} // but for rounding
	tests := []struct {
		name string
		y    []float64
		x    [][]float64
		want error
	}{
		{"too few rows", y, [][]float64{x, y, twice, inCluster}, ErrTooFewRows},
		{"constant outcome", []float64{7, 7, 7, 0.1, 0.1, 0.1}, [][]float64{x}, ErrConstantOutcome},
		{"perfect fit", []float64{11, 12, 14, 3, 5, 9}, [][]float64{x}, ErrPerfectFit},
		{"infinite regressor", y, [][]float64{{1, 2, 4, 3, 5, math.Inf(1)}}, ErrNotFinite},
		{"overflow", []float64{1e308, -1e308, 1e308, 1e308, 1e308, 1e308}, [][]float64{x}, ErrNotFinite},
		{"missing outcome", []float64{1, 0, 2, 5, 4, math.NaN()}, [][]float64{x}, ErrNotFinite},
		{"cluster-level regressor", y, [][]float64{x, inCluster}, &AliasedError{Column: 1, Constant: true}},
		{"linear combination", y, [][]float64{x, twice}, &AliasedError{Column: 1}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := FitFixedEffects(test.y, test.x, NewClusters(3, 3))
			if want, ok := test.want.(*AliasedError); ok {
				var got *AliasedError
				if !errors.As(err, &got) || *got != *want {
					t.Errorf("got %v, want %v", err, want)
				}
				return
			}
			if !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

// A regressor's units and origin change its slope and nothing else, far beyond
// the range where normal equations would fail.
func TestFixedEffectsDoNotDependOnUnits(t *testing.T) {
	p := randomProblem(3, 2)
	want := p.fit(t)
	for _, scale := range []float64{1e-200, 1e-6, 1e9, 1e200} {
		q := problem{y: p.y, clusters: p.clusters, x: [][]float64{p.x[0], nil}}
		for _, v := range p.x[1] {
			q.x[1] = append(q.x[1], (v+5)*scale)
		}
		got := q.fit(t)
		near(t, "other slope", got.Coef[0], want.Coef[0], 1e-9)
		near(t, "slope", got.Coef[1]*scale, want.Coef[1], 1e-9)
		near(t, "CR2", got.CR2()[1].SE*scale, want.CR2()[1].SE, 1e-9)
		near(t, "df", got.CR2()[1].DF, want.CR2()[1].DF, 1e-9)
	}
}

// Leverages sum to the number of parameters; a cluster of one row, and a row
// with a dummy of its own, are fitted exactly and leave every estimate finite.
func TestRowsFittedExactly(t *testing.T) {
	p := randomProblem(5, 2)
	own := make([]float64, p.clusters.Rows())
	own[8] = 1
	p.x = append(p.x, own)
	fit := p.fit(t)
	var total float64
	for _, h := range fit.Leverage {
		total += h
	}
	near(t, "sum of leverages", total, float64(3+p.clusters.Len()), 1e-12)
	near(t, "leverage of the row", fit.Leverage[8], 1, 1e-12)
	for j := range 2 {
		se, ok := fit.HC3(j)
		if !ok || !(se > 0) || math.IsInf(se, 0) {
			t.Errorf("HC3 of %d = %g, %t", j, se, ok)
		}
	}
	if se, ok := fit.HC3(2); ok {
		t.Errorf("the slope of a row's own dummy has HC3 %g, want none", se)
	}
	if cr2 := fit.CR2()[2]; cr2.OK {
		t.Errorf("the slope of a row's own dummy has CR2 %+v, want none", cr2)
	}
	if _, err := NewFreedmanLane(fit, 2); !errors.Is(err, ErrNoStandardError) {
		t.Errorf("a permutation test of it: %v, want ErrNoStandardError", err)
	}
	if c := fit.Concentration(2); c.Largest != 2 || c.LargestShare < 0.9 {
		t.Errorf("it rests on %+v, want the third cluster", c)
	}
	without := problem{p.y, p.x[:2], p.clusters}.fit(t)
	if with := fit.CR2()[0]; !with.OK || with == without.CR2()[0] {
		t.Errorf("CR2 of another slope is %+v with the dummy and without", with)
	}
}

// One cluster says nothing about clusters.
func TestCR2OfOneCluster(t *testing.T) {
	p := randomProblem(7, 2)
	p.clusters = NewClusters(p.clusters.Rows())
	for j, cr2 := range p.fit(t).CR2() {
		if cr2 != (ClusterRobust{}) {
			t.Errorf("coefficient %d: %+v, want none", j, cr2)
		}
	}
}

// The slope is the same in every cluster: residuals there are, but their scores
// are zero, and only rounding is left of the standard error.
func TestCR2OfEqualSlopes(t *testing.T) {
	x := []float64{0.1, 0.2, 0.4, 0.1, 0.2, 0.4, 0.1, 0.2, 0.4}
	left := []float64{-0.2, 0.3, -0.1} // orthogonal to x and to a constant
	var y []float64
	for i, v := range x {
		y = append(y, 0.7*v+left[i%3]*[]float64{1, 2.3, 0.9}[i/3])
	}
	fit, err := FitFixedEffects(y, [][]float64{x}, NewClusters(3, 3, 3))
	if err != nil {
		t.Fatal(err)
	}
	if cr2 := fit.CR2()[0]; cr2.OK {
		t.Errorf("got %+v, want none", cr2)
	}
}

// CR2 is unbiased under the working model: so is its mean over the outcomes
// ±e_i of an orthonormal basis, whose outer products sum to the identity.
func TestCR2IsUnbiased(t *testing.T) {
	p := randomProblem(11, 2)
	n := p.clusters.Rows()
	var total float64
	for i := range n {
		y := make([]float64, n)
		y[i] = 1
		fit, err := FitFixedEffects(y, p.x, p.clusters)
		if errors.Is(err, ErrConstantOutcome) || errors.Is(err, ErrPerfectFit) {
			continue // the cluster of one row: its effect takes it whole
		}
		if err != nil {
			t.Fatal(err)
		}
		se := fit.CR2()[0].SE
		total += se * se
	}
	fit := p.fit(t)
	unit := fit.ClassicalSE[0] / fit.Sigma
	near(t, "mean CR2 variance", total, unit*unit, 1e-10)
}

func TestConditionAgreesWithTheWholeDesign(t *testing.T) {
	for seed := range uint64(10) {
		for k := 1; k <= 6; k++ { // fewer and more columns than dummies
			p := randomProblem(seed, k)
			got, ok := Condition(p.x, p.clusters)
			if !ok {
				t.Fatalf("seed %d, %d columns: none", seed, k)
			}
			want := conditionNaively(append(dummies(p.clusters), p.x...))
			near(t, "condition", got, want, 1e-9)
		}
	}
	one := NewClusters(3) // two unit columns with product r: √((1+r)/(1-r))
	got, _ := Condition([][]float64{{1, 0, 0}}, one)
	r := 1 / math.Sqrt(3)
	near(t, "one cluster", got, math.Sqrt((1+r)/(1-r)), 1e-14)
}

func TestConditionOfDependentColumns(t *testing.T) {
	c := NewClusters(3, 3)
	x := []float64{1, 2, 4, 3, 5, 9}
	tests := []struct {
		name string
		x    [][]float64
	}{
		{"multiple", [][]float64{x, {2, 4, 8, 6, 10, 18}}},
		{"dummy", [][]float64{x, {0, 0, 0, 1, 1, 1}}},
		{"zero", [][]float64{x, make([]float64, 6)}},
		{"more columns than rows", [][]float64{x, {1, 0, 0, 0, 0, 0}, {0, 1, 0, 0, 0, 0}, {0, 0, 0, 1, 0, 0}, {0, 0, 0, 0, 1, 0}}},
		{"infinite", [][]float64{{1, 2, 4, 3, 5, math.Inf(1)}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, ok := Condition(test.x, c); ok {
				t.Errorf("got %g, want none", got)
			}
		})
	}
}

// Values of t with 1, 2 and 4 degrees of freedom have closed forms.
func TestStudent(t *testing.T) {
	for _, x := range []float64{0.01, 0.5, 2, 30, 1e4} {
		near(t, "df 1", TwoSidedT(-x, 1), 2*math.Atan(1/x)/math.Pi, 1e-12)
		near(t, "df 2", TwoSidedT(x, 2), 2/(math.Sqrt(2+x*x)*(x+math.Sqrt(2+x*x))), 1e-12)
	}
	near(t, "df 1", QuantileT(0.95, 1), math.Tan(0.475*math.Pi), 1e-10)
	near(t, "df 2", QuantileT(0.95, 2), 0.95*math.Sqrt(2/(1-0.95*0.95)), 1e-10)
	for _, df := range []float64{0.3, 1.7, 4, 7.8155, 676} {
		near(t, "round trip", TwoSidedT(QuantileT(0.95, df), df), 0.05, 1e-10)
	}
}
