package stats

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// wildProblem has eight clusters, one regressor of interest and a control.
func wildProblem(seed uint64) problem {
	r := rand.New(rand.NewPCG(seed, 11))
	p := problem{clusters: NewClusters(5, 9, 3, 7, 12, 4, 6, 8), x: make([][]float64, 2)}
	for range p.clusters.Rows() {
		a, b := r.NormFloat64(), r.ExpFloat64()
		p.x[0] = append(p.x[0], a)
		p.x[1] = append(p.x[1], b+a/2)
		p.y = append(p.y, b+r.NormFloat64()*(1+a*a))
	}
	return p
}

// naiveWild does what the words say, on the whole design: restricted fit,
// multiply, add back, refit, CR1S.
func naiveWild(y []float64, x [][]float64, b0 float64, c *Clusters, weights []float64) float64 {
	reduced := make([]float64, len(y))
	for i := range y {
		reduced[i] = y[i] - b0*x[0][i]
	}
	restricted := fitNaively(reduced, x[1:])
	outcome := make([]float64, len(y))
	for g := range c.Len() {
		for i := c.starts[g]; i < c.starts[g+1]; i++ {
			outcome[i] = y[i] - restricted.residuals[i] + weights[g]*restricted.residuals[i]
		}
	}
	return naiveT(outcome, x, b0, c)
}

func naiveT(y []float64, x [][]float64, b0 float64, c *Clusters) float64 {
	fit := fitNaively(y, x)
	n, k := len(y), len(x)
	var influence mat.Dense
	influence.Mul(fit.inverse, fit.design.T())
	var variance float64
	for g := range c.Len() {
		var score float64
		for i := c.starts[g]; i < c.starts[g+1]; i++ {
			score += influence.At(0, i) * fit.residuals[i]
		}
		variance += score * score
	}
	groups := float64(c.Len())
	variance *= groups / (groups - 1) * float64(n-1) / float64(n-k)
	return (fit.coef[0] - b0) / math.Sqrt(variance)
}

func TestWildClusterIsRefittingEveryDraw(t *testing.T) {
	for seed := range uint64(5) {
		p := wildProblem(seed)
		w, err := p.fit(t).WildCluster(0, WCR)
		if err != nil {
			t.Fatal(err)
		}
		constant := make([]float64, len(p.y))
		for i := range constant {
			constant[i] = 1
		}
		pooled, err := FitPooled(p.y, p.x, p.clusters)
		if err != nil {
			t.Fatal(err)
		}
		wp, err := pooled.WildCluster(0, WCR)
		if err != nil {
			t.Fatal(err)
		}
		weights := signs(t, 8)
		got, gotPooled := w.Statistics(weights), wp.Statistics(weights)
		whole := append(slices.Clone(p.x), dummies(p.clusters)...)
		simple := append(slices.Clone(p.x), constant)
		for i := 0; i < weights.rows(); i += 7 {
			near(t, "t*", got[i], naiveWild(p.y, whole, 0, p.clusters, weights.row(i)), 1e-9)
			near(t, "pooled t*", gotPooled[i], naiveWild(p.y, simple, 0, p.clusters, weights.row(i)), 1e-9)
		}
		_, at := w.at(0.3).drawn(weights, w.se/w.SE)
		near(t, "t* at 0.3", at[37], naiveWild(p.y, whole, 0.3, p.clusters, weights.row(37)), 1e-9)
		near(t, "t", w.Test(0.3, weights).Statistic, naiveT(p.y, whole, 0.3, p.clusters), 1e-9)
	}
}

// Leaving a cluster out, by leaving it out.
func TestWildClusterSLeavesClustersOut(t *testing.T) {
	p := wildProblem(3)
	s := p.fit(t).sandwich()
	unit := times(s.q, s.inverse[0])
	floats.Scale(1/floats.Dot(s.inverse[0], s.inverse[0]), unit)
	errors := slices.Clone(s.errors)
	for i := range errors { // residuals of y on the control alone
		errors[i] += p.fit(t).Coef[0] * unit[i]
	}
	got, err := s.leftOut(s.inverse[0], errors)
	if err != nil {
		t.Fatal(err)
	}
	y, z := CentreWithin(p.y, p.clusters), CentreWithin(p.x[1], p.clusters)
	_, scale, _ := unitWithin(p.y, p.clusters) // s.errors are those of y at length 1
	for g := range p.clusters.Len() {
		_, rest := p.clusters.Without(g, y, z)
		slope := fitNaively(rest[0], rest[1:]).coef[0]
		for i := p.clusters.starts[g]; i < p.clusters.starts[g+1]; i++ {
			if want := (y[i] - slope*z[i]) / scale; math.Abs(got[i]-want) > 1e-12 {
				t.Errorf("row %d: residual %g, want %g", i, got[i], want)
			}
		}
	}
}

func TestWildClusterCountsTiesAndTails(t *testing.T) {
	w, err := wildProblem(1).fit(t).WildCluster(0, WCR)
	if err != nil {
		t.Fatal(err)
	}
	test := w.Test(0, signs(t, 8))
	if test.Draws != 256 || test.AbsTied != 2 || !test.Enumerated {
		t.Errorf("got %+v, want 256 draws, two of them the data", test)
	}
	if want := float64(test.AbsGreater+2) / 256; test.P != want {
		t.Errorf("p = %g, want %g", test.P, want)
	}
	if test.AbsGreater != 2*min(test.Greater, test.Less) || test.Draws-test.Greater-test.Less != 1 {
		t.Errorf("tails %+v do not mirror each other", test)
	}
	if want := 2 * float64(test.AbsGreater/2+1) / 256; test.EqualTailed != want {
		t.Errorf("equal-tailed p = %g, want %g", test.EqualTailed, want)
	}
	if low, high := test.Interval(0.95); low != test.P || high != test.P {
		t.Errorf("chance in an enumeration: %g to %g", low, high)
	}
}

func TestWildIntervalIsWhereTheTestTurns(t *testing.T) {
	for seed := range uint64(6) {
		w, err := wildProblem(seed).fit(t).WildCluster(0, WildKind(seed%2))
		if err != nil {
			t.Fatal(err)
		}
		weights := signs(t, 8)
		low, high, err := w.Interval(0.9, weights)
		if err != nil {
			t.Fatal(err)
		}
		slack := 2e-6 * w.SE
		for _, at := range []struct {
			b0   float64
			kept bool
		}{{low + 1e-9*w.SE, true}, {high - 1e-9*w.SE, true}, {low - slack, false}, {high + slack, false}, {w.estimate, true}} {
			if p := w.Test(at.b0, weights).P; (p > 0.1) != at.kept {
				t.Errorf("seed %d: p = %g at %g of [%g, %g]", seed, p, at.b0, low, high)
			}
		}
		if _, _, err := w.Interval(0.999, weights); !errors.Is(err, ErrUnbounded) {
			t.Errorf("seed %d: 256 draws bound an interval at 99.9 %%: %v", seed, err)
		}
	}
}

func TestWildWeightsByNumberOfClusters(t *testing.T) {
	for _, test := range []struct{ clusters, rows, values int }{
		{5, 99, 6}, {7, 99, 6}, {8, 128, 2}, {14, 8192, 2}, {15, 99, 2},
	} {
		w, err := NewWildWeights(test.clusters, 99, pcg(5))
		if err != nil {
			t.Fatal(err)
		}
		values := slices.Clone(w.values)
		slices.Sort(values)
		values = slices.Compact(values)
		if w.rows() != test.rows || len(values) != test.values {
			t.Errorf("%d clusters: %d rows of %v", test.clusters, w.rows(), values)
		}
		var square float64
		for _, v := range values {
			square += v * v / float64(len(values))
		}
		near(t, "variance", square, 1, 1e-15)
	}
	var few *TooFewClustersError
	if _, err := NewWildWeights(4, 99, pcg(5)); !errors.As(err, &few) || few.Need != 5 {
		t.Errorf("four clusters: %v", err)
	}
	seen := make(map[string]bool)
	w := signs(t, 8)
	for i := range w.rows() {
		seen[string(signBytes(w.row(i)))] = true
	}
	if len(seen) != 128 {
		t.Errorf("%d different rows of signs, want 128", len(seen))
	}
}

func signBytes(row []float64) (b []byte) {
	for _, v := range row {
		b = append(b, byte(v))
	}
	return b
}

func TestWildClusterRefuses(t *testing.T) {
	p := wildProblem(2)
	few := p
	few.clusters = NewClusters(20, 20, 10, 3, 1) // the last says nothing
	var tooFew *TooFewClustersError
	if _, err := few.fit(t).WildCluster(0, WCR); !errors.As(err, &tooFew) || tooFew.Clusters != 4 {
		t.Errorf("four clusters and a single row: %v", err)
	}
	treated := p
	treated.x = [][]float64{make([]float64, len(p.y)), p.x[1]}
	for g := range 3 {
		treated.x[0][p.clusters.starts[2*g+1]] = 1
	}
	var refused *FewTreatedError
	if _, err := treated.fit(t).WildCluster(0, WCR); !errors.As(err, &refused) || refused.Clusters != 3 {
		t.Errorf("three treated clusters: %v", err)
	}
	if _, err := treated.fit(t).WildCluster(1, WCR); err != nil {
		t.Errorf("the control is everywhere: %v", err)
	}
	pooled, err := FitPooled(p.y, treated.x, p.clusters)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pooled.WildCluster(0, WCR); !errors.As(err, &refused) {
		t.Errorf("pooled, three treated clusters: %v", err)
	}
	alone := p
	alone.x = [][]float64{p.x[0], make([]float64, len(p.y))}
	alone.x[1][0] = 1
	if _, err := alone.fit(t).WildCluster(0, WCRS); !errors.Is(err, ErrOneClusterControl) {
		t.Errorf("a control in one cluster: %v", err)
	}
}

// With Webb's weights and slopes that differ between clusters around 0, about
// 5 % of p-values are at or below 0.05.
func TestWildClusterHoldsItsLevel(t *testing.T) {
	if testing.Short() {
		t.Skip("simulation")
	}
	const studies = 1500
	for _, clusters := range []int{6, 9} {
		rejected := 0
		for s := range uint64(studies) {
			r := rand.New(rand.NewPCG(s, uint64(clusters)))
			sizes := make([]int, clusters)
			for g := range sizes {
				sizes[g] = 15
			}
			p := problem{clusters: NewClusters(sizes...), x: [][]float64{nil}}
			for range clusters {
				slope := 0.3 * r.NormFloat64()
				for range 15 {
					x := r.NormFloat64()
					p.x[0] = append(p.x[0], x)
					p.y = append(p.y, slope*x+r.NormFloat64())
				}
			}
			w, err := p.fit(t).WildCluster(0, WCR)
			if err != nil {
				t.Fatal(err)
			}
			weights, err := NewWildWeights(clusters, 399, pcg(s))
			if err != nil {
				t.Fatal(err)
			}
			rejected += btoi(w.Test(0, weights).P <= 0.05)
		}
		if share := float64(rejected) / studies; share < 0.03 || share > 0.07 {
			t.Errorf("%d clusters: rejects %.3f at 0.05", clusters, share)
		}
	}
}

func TestMonteCarloIntervalIsExact(t *testing.T) {
	for _, test := range []struct {
		b, m      int
		low, high float64 // R: binom.test(b, m)$conf.int
	}{
		{0, 999, 0, 0.00368576286573938},
		{3, 10, 0.0667395111777345, 0.6524528500599973},
		{49, 999, 0.0365037834904580, 0.0643298644277164},
		{7, 7, 0.590383602774997, 1},
	} {
		low, high := MonteCarloInterval(test.b, test.m, 0.95)
		near(t, "low", low, test.low, 1e-9)
		near(t, "high", high, test.high, 1e-9)
	}
}

func BenchmarkWildCluster4096(b *testing.B) {
	p := benchProblem()
	p.clusters = NewClusters(35, 69, 60, 55, 79, 65, 52, 58, 66, 48, 65, 40)
	fit := p.fit(b)
	weights, err := NewWildWeights(12, 0, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("test", func(b *testing.B) {
		for b.Loop() {
			w, err := fit.WildCluster(0, WCR)
			if err != nil {
				b.Fatal(err)
			}
			w.Test(0, weights)
		}
	})
	b.Run("interval", func(b *testing.B) {
		w, err := fit.WildCluster(0, WCR)
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if _, _, err := w.Interval(0.95, weights); err != nil {
				b.Fatal(err)
			}
		}
	})
}
