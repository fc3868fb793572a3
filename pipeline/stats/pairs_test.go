package stats

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// randomPairs has ties that go with the first of k terms.
func randomPairs(seed uint64, directed bool, k int, sizes ...int) (*Pairs, []float64, [][]float64) {
	r := rand.New(rand.NewPCG(seed, 11))
	p := NewPairs(directed, sizes...)
	x := make([][]float64, k)
	for j := range x {
		x[j] = make([]float64, p.Cells())
	}
	y := make([]float64, p.Cells())
	p.each(func(_, _, _, cell int) {
		for j := range x {
			x[j][cell] = r.NormFloat64()
		}
		y[cell] = float64(btoi(x[0][cell]/2+r.NormFloat64() > 0.4))
	})
	for j := range x {
		x[j] = p.matrix(p.list(x[j]))
	}
	return p, p.matrix(p.list(y)), x
}

// Moving nobody gives the data's own statistic.
func TestOrderInPlaceGivesTheObserved(t *testing.T) {
	for _, directed := range []bool{true, false} {
		p, y, x := randomPairs(1, directed, 3, 12, 15, 9)
		fit, err := FitPairs(p, y, x)
		if err != nil {
			t.Fatal(err)
		}
		logit, err := FitPairsLogit(p, y, x)
		if err != nil {
			t.Fatal(err)
		}
		for j := range x {
			dsp := fit.DSP(j)
			near(t, "t", dsp.Statistic(p.inPlace()), dsp.observed, 1e-10)
			score, err := logit.DSP(j)
			if err != nil {
				t.Fatal(err)
			}
			// The score test and Wald's agree at this size, but not to the last digit.
			near(t, "z", score.observed, logit.Coef[j]/logit.SE[j], 0.15+0.2/math.Abs(score.observed))
		}
	}
}

// The score with firms moved is that of its definition: the moved matrix in
// the restricted fit, by a design with a dummy a cluster.
func TestScoreIsItsDefinition(t *testing.T) {
	p, y, x := randomPairs(2, true, 3, 8, 9)
	fit, err := FitPairsLogit(p, y, x)
	if err != nil {
		t.Fatal(err)
	}
	score, err := fit.DSP(1)
	if err != nil {
		t.Fatal(err)
	}
	order := p.inPlace()
	p.shuffle(order, pcg(3)(1))
	moved := make([]float64, p.Cells())
	p.each(func(g, i, j, cell int) {
		own := order[p.firms[g]:]
		moved[cell] = score.moves[p.cells[g]+int(own[i])*p.sizes[g]+int(own[j])]
	})
	lists := [][]float64{p.list(x[0]), p.list(x[2])}
	restricted, err := FitLogit(p.list(y), lists, p.clusters)
	if err != nil {
		t.Fatal(err)
	}
	others := append(lists, dummies(p.clusters)...)
	e, outcome := p.list(moved), p.list(y)
	var top float64
	root := make([]float64, len(e))
	for i, mean := range restricted.Fitted {
		top += e[i] * (outcome[i] - mean)
		root[i] = math.Sqrt(mean * (1 - mean))
	}
	weighted := make([][]float64, len(others))
	for k, column := range others {
		for i, v := range column {
			weighted[k] = append(weighted[k], v*root[i])
		}
	}
	target := make([]float64, len(e))
	for i := range e {
		target[i] = e[i] * root[i]
	}
	var squares float64
	for _, r := range fitNaively(target, weighted).residuals {
		squares += r * r
	}
	near(t, "score", score.Statistic(order), top/math.Sqrt(squares), 1e-9)
}

// The outcome does not depend on workers, and p counts the data.
func TestPairsForAnyWorkers(t *testing.T) {
	p, y, x := randomPairs(4, true, 2, 12, 15, 9)
	fit, err := FitPairs(p, y, x)
	if err != nil {
		t.Fatal(err)
	}
	dsp := fit.DSP(1)
	one := dsp.Test(500, 1, pcg(5))
	if one.Enumerated || one.P != float64(1+one.AsExtreme)/501 {
		t.Errorf("%+v", one)
	}
	for _, workers := range []int{0, 2, 7} {
		if got := dsp.Test(500, workers, pcg(5)); got != one {
			t.Errorf("%d workers: %+v, one: %+v", workers, got, one)
		}
	}
	logit, _ := FitPairsLogit(p, y, x)
	score, _ := logit.DSP(1)
	q, _ := NewQAP(p, y, x[1])
	if a, b := score.Test(200, 1, pcg(6)), score.Test(200, 3, pcg(6)); a != b {
		t.Errorf("%+v and %+v", a, b)
	}
	if a, b := q.Test(200, 1, pcg(6)), q.Test(200, 3, pcg(6)); a != b {
		t.Errorf("%+v and %+v", a, b)
	}
}

// Where terms do not matter, about 5 % of p-values are at most 0.05, reciprocal
// ties and firms that differ in activity notwithstanding.
func TestDSPHoldsItsLevel(t *testing.T) {
	if testing.Short() {
		t.Skip("simulation")
	}
	rejected := 0
	const studies = 600
	for s := range uint64(studies) {
		p := NewPairs(true, 12, 14, 10)
		r := rand.New(rand.NewPCG(s, 12))
		n := p.firms[len(p.sizes)]
		active, own := make([]float64, n), make([]float64, n)
		for i := range active {
			active[i], own[i] = r.NormFloat64(), r.NormFloat64()
		}
		y, x, z := make([]float64, p.Cells()), make([]float64, p.Cells()), make([]float64, p.Cells())
		p.each(func(g, i, j, cell int) {
			a, b := p.firms[g]+i, p.firms[g]+j
			z[cell] = active[a]
			x[cell] = math.Abs(own[a] - own[b])
			y[cell] = active[a] + active[b] + r.NormFloat64()
		})
		fit, err := FitPairs(p, y, [][]float64{x, z})
		if err != nil {
			t.Fatal(err)
		}
		rejected += btoi(fit.DSP(0).Test(199, 2, pcg(s)).P <= 0.05)
	}
	if share := float64(rejected) / studies; share < 0.025 || share > 0.08 {
		t.Errorf("rejects %.3f at 0.05", share)
	}
}

// What cannot be judged is an error, never a number that is none.
func TestDegeneratePairs(t *testing.T) {
	p, y, x := randomPairs(7, true, 2, 6, 5)
	constant, byCluster := make([]float64, p.Cells()), make([]float64, p.Cells())
	p.each(func(g, _, _, cell int) { constant[cell], byCluster[cell] = 1, float64(g) })
	var aliased *AliasedError
	if _, err := FitPairs(p, constant, x); !errors.Is(err, ErrConstantOutcome) {
		t.Errorf("constant outcome: %v", err)
	}
	if _, err := FitPairs(p, y, [][]float64{x[0], byCluster}); !errors.As(err, &aliased) || !aliased.Constant || aliased.Column != 1 {
		t.Errorf("a term of clusters: %v", err)
	}
	if _, err := FitPairs(p, y, [][]float64{x[0], x[0]}); !errors.As(err, &aliased) {
		t.Errorf("a term twice: %v", err)
	}
	if _, err := NewQAP(p, constant, y); !errors.Is(err, ErrConstantOutcome) {
		t.Errorf("a constant matrix: %v", err)
	}
	if _, err := NewQAP(p, y, byCluster); !errors.As(err, &aliased) {
		t.Errorf("the other constant: %v", err)
	}
	if _, err := FitPairsLogit(p, constant, x); err == nil {
		t.Error("all are ties, and yet there is a fit")
	}
	two := NewPairs(true, 2)
	if _, err := FitPairs(two, []float64{0, 1, 0, 0}, [][]float64{{0, 2, 3, 0}}); !errors.Is(err, ErrTooFewRows) {
		t.Errorf("two firms: %v", err)
	}
	one, parts := p.only(0, append([][]float64{y}, x...)...)
	fit, err := FitPairs(one, parts[0], parts[1:])
	if err != nil {
		t.Fatal(err)
	}
	if fit.ByCluster()[0].OK || fit.Dyadic()[0].OK {
		t.Error("one cluster has no degrees of freedom between clusters")
	}
}
