package stats

import (
	"errors"
	"math"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// CR2 comes by the columns' products and by the sandwich of any fit.
func TestTwoPathsToCR2(t *testing.T) {
	for seed := range uint64(10) {
		p := randomProblem(seed, 3)
		fit := p.fit(t)
		want := fit.CR2()
		for j, got := range fit.ClusterRobust(CR2) {
			near(t, "SE", got.SE, want[j].SE, 1e-9)
			near(t, "df", got.DF, want[j].DF, 1e-9)
		}
	}
}

// CR3 is the spread of the estimates without each cluster.
func TestJackknifeIsLeavingClustersOut(t *testing.T) {
	p := randomProblem(3, 2)
	fit := p.fit(t)
	left := LeaveClustersOut(p.clusters, func(g int) ([]float64, error) {
		c, columns := p.clusters.Without(g, append([][]float64{p.y}, p.x...)...)
		m, err := FitFixedEffects(columns[0], columns[1:], c)
		if err != nil {
			return nil, err
		}
		return m.Coef, nil
	})
	want := left.Jackknife(fit.Coef)
	for j, got := range fit.Jackknife() {
		near(t, "CV3", got.SE, want[j].SE, 1e-9)
		near(t, "p", got.P, want[j].P, 1e-9)
		if got.DF != 5 {
			t.Errorf("df %g, want 5", got.DF)
		}
	}
	failing := LeaveClustersOut(p.clusters, func(int) ([]float64, error) { return nil, ErrTooFewRows })
	if failing.Jackknife(fit.Coef)[0].OK {
		t.Error("a jackknife of fits that failed")
	}
}

// CR0, CR1 and CR1S by their definitions.
func TestPlainSandwiches(t *testing.T) {
	p := randomProblem(4, 2)
	fit := p.fit(t)
	naive := fitNaively(p.y, append(append([][]float64(nil), p.x...), dummies(p.clusters)...))
	n, k := naive.design.Dims()
	g := float64(p.clusters.Len())
	for j := range p.x {
		var v float64
		for h := range p.clusters.Len() {
			var score float64
			for i := p.clusters.starts[h]; i < p.clusters.starts[h+1]; i++ {
				score += mat.Dot(naive.inverse.RowView(j), naive.design.RowView(i)) * naive.residuals[i]
			}
			v += score * score
		}
		near(t, "CR0", fit.ClusterRobust(CR0)[j].SE, math.Sqrt(v), 1e-9)
		near(t, "CR1", fit.ClusterRobust(CR1)[j].SE, math.Sqrt(v*g/(g-1)), 1e-9)
		scale := g / (g - 1) * float64(n-1) / float64(n-k)
		near(t, "CR1S", fit.ClusterRobust(CR1S)[j].SE, math.Sqrt(v*scale), 1e-9)
	}
}

// HC0 to HC2 by their definitions.
func TestHCByDefinition(t *testing.T) {
	p := randomProblem(5, 2)
	fit := p.fit(t)
	naive := fitNaively(p.y, append(append([][]float64(nil), p.x...), dummies(p.clusters)...))
	n, k := naive.design.Dims()
	for j := range p.x {
		var hc [3]float64
		for i, u := range naive.residuals {
			a := mat.Dot(naive.inverse.RowView(j), naive.design.RowView(i))
			hc[0] += a * a * u * u
			hc[1] += a * a * u * u * float64(n) / float64(n-k)
			if naive.leverage[i] < 1-1e-9 {
				hc[2] += a * a * u * u / (1 - naive.leverage[i])
			}
		}
		for kind, v := range hc {
			se, ok := fit.HC(HCKind(kind), j)
			if !ok {
				t.Errorf("no HC%d", kind)
			}
			near(t, "HC", se, math.Sqrt(v), 1e-9)
		}
	}
}

// With one restriction Hotelling's test is Satterthwaite's t, squared.
func TestHTZOfOneRestriction(t *testing.T) {
	p := randomProblem(6, 3)
	fit := p.fit(t)
	for j, c := range fit.CR2() {
		w, err := fit.WaldHTZ(j)
		if err != nil {
			t.Fatal(err)
		}
		ratio := fit.Coef[j] / c.SE
		near(t, "F", w.F, ratio*ratio, 1e-9)
		near(t, "df", w.DF2, c.DF, 1e-9)
		near(t, "p", w.P, c.P, 1e-9)
	}
	if w, err := fit.WaldHTZ(0, 1, 2); err != nil || !(w.P >= 0 && w.P <= 1) {
		t.Errorf("three restrictions: %v, %v", w, err)
	}
}

func TestHTZRefusesWhatOneClusterKnows(t *testing.T) {
	p := randomProblem(7, 2)
	dummy := make([]float64, p.clusters.Rows())
	dummy[7] = 1
	fit, err := FitFixedEffects(p.y, append(p.x, dummy), p.clusters)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fit.WaldHTZ(0, 2); !errors.Is(err, ErrNoStandardError) {
		t.Errorf("error %v", err)
	}
	for _, kind := range []SandwichKind{CR0, CR1, CR1S, CR2, CR3} {
		if fit.ClusterRobust(kind)[2].OK || !fit.ClusterRobust(kind)[0].OK {
			t.Errorf("kind %d: OK is wrong", kind)
		}
	}
}

// Clusters with one design are as many as there are; if all information sits in
// one, that one counts.
func TestEffectiveClusters(t *testing.T) {
	x := []float64{1, 2, 3, 1, 2, 3, 1, 2, 3}
	y := []float64{1, 4, 2, 5, 3, 3, 8, 1, 2}
	fit, err := FitFixedEffects(y, [][]float64{x}, NewClusters(3, 3, 3))
	if err != nil {
		t.Fatal(err)
	}
	number, share := fit.EffectiveClusters(0)
	near(t, "equal", number, 3, 1e-12)
	near(t, "share", share, 1/3., 1e-12)
	fit, err = FitFixedEffects(y, [][]float64{{1, 1, 1, 2, 2, 2, 1, 2, 3}}, NewClusters(3, 3, 3))
	if err != nil {
		t.Fatal(err)
	}
	number, share = fit.EffectiveClusters(0)
	near(t, "one", number, 1, 1e-12) // 3/(1+2)
	near(t, "share", share, 1, 1e-12)
}

// The diagnostics by auxiliary regressions.
func TestDiagnosticsByRegressions(t *testing.T) {
	p := randomProblem(8, 2)
	p.clusters = NewClusters(5, 10, 9, 12) // RESET spends two more, and singletons have no residual
	fit := p.fit(t)
	design := append(append([][]float64(nil), p.x...), dummies(p.clusters)...)
	naive := fitNaively(p.y, design)
	squares := make([]float64, len(p.y))
	fitted := make([]float64, len(p.y))
	for i, u := range naive.residuals {
		squares[i] = u * u
		fitted[i] = p.y[i] - u
	}
	n := float64(len(p.y))
	auxiliary := fitNaively(squares, design)
	level := mean(squares)
	total := 0.0
	for _, v := range squares {
		total += (v - level) * (v - level)
	}
	share := floats.Dot(auxiliary.residuals, auxiliary.residuals) / total
	pagan, err := fit.BreuschPagan()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "Breusch-Pagan", pagan.Statistic, n*(1-share), 1e-9)
	near(t, "its df", pagan.DF1, 5, 0)
	powers := make([][]float64, 2)
	for _, v := range fitted {
		powers[0], powers[1] = append(powers[0], v*v), append(powers[1], v*v*v)
	}
	wide := fitNaively(p.y, append(powers, design...))
	rss0, rss1 := floats.Dot(naive.residuals, naive.residuals), floats.Dot(wide.residuals, wide.residuals)
	df := n - 8
	reset, err := fit.RESET(p.y)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "RESET", reset.Statistic, (rss0-rss1)/2/(rss1/df), 1e-8)
	// Cook's distance is the move of the fit without the row.
	distance := fit.Cook()
	for i := range 3 {
		drop := func(x []float64) []float64 { return append(append([]float64(nil), x[:i]...), x[i+1:]...) }
		var less [][]float64
		for _, column := range design {
			less = append(less, drop(column))
		}
		rest := fitNaively(drop(p.y), less)
		var moved float64
		for r := range p.y {
			at := 0.0
			for j, column := range design {
				at += (rest.coef[j] - naive.coef[j]) * column[r]
			}
			moved += at * at
		}
		near(t, "Cook", distance[i], moved/(6*fit.Sigma*fit.Sigma), 1e-8)
	}
}

func TestRESETOfDummiesIsAliased(t *testing.T) {
	x := []float64{0, 1, 0, 1, 0, 1, 0, 1}
	y := []float64{1, 4, 2, 5, 3, 3, 8, 1}
	fit, err := FitFixedEffects(y, [][]float64{x}, NewClusters(8))
	if err != nil {
		t.Fatal(err)
	}
	var aliased *AliasedError
	if _, err := fit.RESET(y); !errors.As(err, &aliased) {
		t.Errorf("error %v", err)
	}
}

func TestTails(t *testing.T) {
	near(t, "z", TwoSidedZ(1.959963984540054), 0.05, 1e-12)
	near(t, "F and t", UpperF(2.5*2.5, 1, 7.3), TwoSidedT(2.5, 7.3), 1e-12)
	near(t, "chi-squared and z", UpperChiSquared(9, 1), TwoSidedZ(3), 1e-12)
	near(t, "F far out", UpperF(1e6, 1, 200), TwoSidedT(1e3, 200), 1e-9)
	if UpperF(0, 2, 3) != 1 || UpperChiSquared(0, 2) != 1 {
		t.Error("the tail from 0 is not 1")
	}
}

func TestMergeSparse(t *testing.T) {
	y := repeat([]float64{1, 2, 3, 4, 5}, 2, 9, 6, 4, 12)
	merged, replaced := MergeSparse(y, 5)
	values, counts := tabulate(merged)
	if len(values) != 3 || counts[0] != 11 || counts[1] != 10 || counts[2] != 12 {
		t.Errorf("values %v, counts %v", values, counts)
	}
	if len(replaced) != 2 || replaced[0] != 2 || replaced[1] != 4 {
		t.Errorf("replaced %v", replaced)
	}
}
