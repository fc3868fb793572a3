package stats

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Of pairs with one event only those whose x differ tell: for a dummy, the odds
// ratio is the ratio of discordant pairs (McNemar).
func TestConditionalLogitOfPairs(t *testing.T) {
	var y, x []float64
	var sizes []int
	for _, pair := range []struct {
		count          int
		event, control float64
	}{{7, 1, 0}, {3, 0, 1}, {5, 1, 1}, {2, 0, 0}} {
		for range pair.count {
			y, x, sizes = append(y, 1, 0), append(x, pair.event, pair.control), append(sizes, 2)
		}
	}
	m, err := FitConditionalLogit(y, [][]float64{x}, NewClusters(sizes...))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "slope", m.Coef[0], math.Log(7/3.), 1e-12)
	near(t, "SE", m.SE[0], math.Sqrt(1/7.+1/3.), 1e-12)
	// The same pairs are one risk set each of a Cox model.
	var spells []Spell
	for _, v := range y {
		spells = append(spells, Spell{0, 2 - v, v == 1})
	}
	cox, err := FitCox(spells, [][]float64{x}, NewClusters(sizes...), Efron)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "Cox", cox.Coef[0], m.Coef[0], 1e-12)
	near(t, "Cox likelihood", cox.LogLik, m.LogLik, 1e-12)
}

// The recursion is the sum over all choices.
func TestConditionalLikelihoodByEnumeration(t *testing.T) {
	y := []float64{1, 0, 0, 1, 0, 1, 0}
	x := [][]float64{{2, -1, 0, 3, 1, 4, -2}, {1, 5, 2, 2, 0, 1, 3}}
	c := NewClusters(7)
	b, err := newBasis(x, c)
	if err != nil {
		t.Fatal(err)
	}
	at := []float64{0.7, -1.3}
	eta := times(b.q, at)
	var total, value float64
	for choice := range 1 << 7 {
		var sum float64
		size := 0
		for i := range 7 {
			if choice>>i&1 == 1 {
				sum += eta[i]
				size++
			}
		}
		if size == 3 {
			total += math.Exp(sum)
		}
	}
	for i, v := range y {
		value += v * eta[i]
	}
	l := newChoices(y, b, c).likelihood
	near(t, "likelihood", l(at, nil, nil), value-math.Log(total), 1e-13)
	checkDerivatives(t, "conditional", l, at)
}

// checkDerivatives compares gradient and information with differences.
func checkDerivatives(t *testing.T, name string, f slopeAt, at []float64) {
	t.Helper()
	k := len(at)
	gradient, information := make([]float64, k), mat.NewSymDense(k, nil)
	f(at, gradient, information)
	for l := range k {
		want := central(func(b []float64) float64 { return f(b, nil, nil) }, at, l)
		if math.Abs(gradient[l]-want) > 1e-7*(1+math.Abs(want)) {
			t.Errorf("%s: gradient %d = %.12g, want %.12g", name, l, gradient[l], want)
		}
		for n := range k {
			want := -central(func(b []float64) float64 {
				g := make([]float64, k)
				f(b, g, mat.NewSymDense(k, nil))
				return g[n]
			}, at, l)
			if math.Abs(information.At(l, n)-want) > 1e-7*(1+math.Abs(want)) {
				t.Errorf("%s: information %d,%d = %.12g, want %.12g", name, l, n, information.At(l, n), want)
			}
		}
	}
}

// randomSpells have ties, late entries and censoring.
func randomSpells(seed uint64, sizes ...int) ([]Spell, [][]float64, *Clusters) {
	r := rand.New(rand.NewPCG(seed, 5))
	c := NewClusters(sizes...)
	x := make([][]float64, 2)
	var spells []Spell
	for range c.Rows() {
		for j := range x {
			x[j] = append(x[j], r.NormFloat64())
		}
		i := len(spells)
		entry := float64(r.IntN(3))
		exit := entry + 1 + math.Floor(8*r.ExpFloat64()*math.Exp(-0.5*x[0][i]))
		spells = append(spells, Spell{entry, min(exit, 15), exit <= 15})
	}
	return spells, x, c
}

func TestCoxDerivatives(t *testing.T) {
	spells, x, c := randomSpells(1, 20, 15)
	for _, ties := range []Ties{Efron, Breslow} {
		m, err := FitCox(spells, x, c, ties)
		if err != nil {
			t.Fatal(err)
		}
		checkDerivatives(t, "Cox", m.likelihood, []float64{0.3, -0.8})
	}
}

// A spell cut in two says the same, and so do times that are stretched.
func TestCoxSpells(t *testing.T) {
	spells, x, c := randomSpells(2, 20, 15)
	m, err := FitCox(spells, x, c, Efron)
	if err != nil {
		t.Fatal(err)
	}
	var cut []Spell
	columns := make([][]float64, len(x))
	sizes := make([]int, c.Len())
	for g := range c.Len() {
		for i := c.starts[g]; i < c.starts[g+1]; i++ {
			s := spells[i]
			pieces := []Spell{s}
			if s.Exit-s.Entry > 1 {
				middle := s.Entry + 1
				pieces = []Spell{{s.Entry, middle, false}, {middle, s.Exit, s.Event}}
			}
			for _, p := range pieces {
				p.Entry, p.Exit = math.Sqrt(p.Entry), math.Sqrt(p.Exit)
				cut = append(cut, p)
				sizes[g]++
				for j := range x {
					columns[j] = append(columns[j], x[j][i])
				}
			}
		}
	}
	n, err := FitCox(cut, columns, NewClusters(sizes...), Efron)
	if err != nil {
		t.Fatal(err)
	}
	for j := range x {
		near(t, "slope", n.Coef[j], m.Coef[j], 1e-9)
		near(t, "SE", n.SE[j], m.SE[j], 1e-9)
		near(t, "robust", n.ClusterRobust()[j].SE, m.ClusterRobust()[j].SE, 1e-9)
	}
	near(t, "likelihood", n.LogLik, m.LogLik, 1e-12)
	near(t, "concordance", n.Concordance, m.Concordance, 1e-12)
}

func TestCoxRefusesSpellsThatDoNotEnd(t *testing.T) {
	spells, x, c := randomSpells(2, 20, 15)
	spells[4].Exit = spells[4].Entry
	var spell *SpellError
	if _, err := FitCox(spells, x, c, Efron); !errors.As(err, &spell) || spell.Row != 4 {
		t.Errorf("error %v", err)
	}
}

// Where the first to go always has the highest x, the slope is infinite.
func TestCoxMonotoneLikelihood(t *testing.T) {
	spells := []Spell{{0, 1, true}, {0, 2, true}, {0, 3, true}, {0, 4, false}, {0, 5, false}}
	x := []float64{5, 4, 3, 2, 1}
	var separated *SeparatedError
	if _, err := FitCox(spells, [][]float64{x}, NewClusters(5), Efron); !errors.As(err, &separated) {
		t.Errorf("error %v, want separation", err)
	}
}

// With one period and no regressor but a dummy, the hazard ratio is that of the
// complementary log-logs of the shares.
func TestHazardOfShares(t *testing.T) {
	y := repeat([]float64{0, 1, 0, 1}, 12, 4, 5, 9)
	x := repeat([]float64{0, 1}, 16, 14)
	period := make([]float64, 30)
	m, err := FitHazard(y, period, [][]float64{x}, NewClusters(30), PeriodDummies)
	if err != nil {
		t.Fatal(err)
	}
	cloglog := func(p float64) float64 { return math.Log(-math.Log1p(-p)) }
	near(t, "log hazard ratio", m.Coef[0], cloglog(9/14.)-cloglog(4/16.), 1e-9)
}

// In continuous time cut into periods, the hazard's slope is that of the
// underlying model: splitting a period changes nothing.
func TestHazardPeriods(t *testing.T) {
	y, x, c := randomGLM(11, CLogLog, 40, 30)
	period := make([]float64, len(y))
	for i := range period {
		period[i] = float64(1 + i%3)
	}
	m, err := FitHazard(y, period, x, c, PeriodDummies)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Coef) != 4 {
		t.Fatalf("%d coefficients, want 2 slopes and 2 periods", len(m.Coef))
	}
	quadratic, err := FitHazard(y, period, x, c, PeriodQuadratic)
	if err != nil {
		t.Fatal(err)
	}
	// Three levels and a parabola through three points are one model.
	near(t, "slope", quadratic.Coef[0], m.Coef[0], 1e-8)
	near(t, "likelihood", quadratic.LogLik, m.LogLik, 1e-11)
	for i := range period {
		if period[i] == 2 {
			y[i] = 0
		}
	}
	var empty *EmptyPeriodError
	if _, err := FitHazard(y, period, x, c, PeriodDummies); !errors.As(err, &empty) || empty.Period != 2 {
		t.Errorf("error %v, want an empty period 2", err)
	}
}

// A test of proportional hazards finds a slope that changes sign half-way, and
// not one that does not.
func TestProportionalHazardsByExtension(t *testing.T) {
	spells, x, c := randomSpells(3, 60, 50)
	m, err := FitCox(spells, x, c, Efron)
	if err != nil {
		t.Fatal(err)
	}
	each, joint, err := m.ProportionalHazards(math.Log)
	if err != nil {
		t.Fatal(err)
	}
	for j, d := range each {
		if !(d.P > 0.001) {
			t.Errorf("regressor %d: p = %g under the null", j, d.P)
		}
	}
	if joint.DF1 != 2 || joint.Statistic < floats.Max([]float64{each[0].Statistic, each[1].Statistic})-1e-9 {
		t.Errorf("joint %v of %v", joint, each)
	}
	// A test is indifferent to the origin and the unit of g.
	moved, _, err := m.ProportionalHazards(func(t float64) float64 { return 7 - 3*math.Log(t) })
	if err != nil {
		t.Fatal(err)
	}
	near(t, "moved", moved[0].Statistic, each[0].Statistic, 1e-8)
	if _, _, err := m.ProportionalHazards(func(float64) float64 { return 1 }); !errors.Is(err, ErrFlatLikelihood) {
		t.Errorf("error %v for a constant", err)
	}
}
