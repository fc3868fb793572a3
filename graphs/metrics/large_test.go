package metrics

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// directedStar has arcs both ways between firm 0 and all others.
func directedStar(n int) *graphs.Graph {
	var arcs []graphs.Arc
	for v := int32(1); v < int32(n); v++ {
		arcs = append(arcs, graphs.Arc{From: 0, To: v, Strength: 2}, graphs.Arc{From: v, To: 0, Strength: 1})
	}
	return graphs.New(n, true, arcs)
}

// TestExpensiveFirmMetricsWaitToBeAskedFor on a star one firm larger than they
// are computed for, whose centre they know in closed form.
func TestExpensiveFirmMetricsWaitToBeAskedFor(t *testing.T) {
	pairs := func(n float64) float64 { return (n - 1) * (n - 2) / 2 }
	one := func(float64) float64 { return 1 }
	centre := map[string]func(n float64) float64{
		"harmonic_weighted":            func(float64) float64 { return 3 },
		"closeness_component_weighted": func(float64) float64 { return 3 },
		"betweenness_weighted":         one,
		"flow_betweenness":             pairs,
		"current_flow_betweenness":     pairs,
		"information":                  func(n float64) float64 { return n / (n - 1) },
		"eigenvector_in":               func(float64) float64 { return math.Sqrt(0.5) },
		"subgraph":                     func(n float64) float64 { return math.Cosh(math.Sqrt(n - 1)) },
		"ego_betweenness":              pairs,
		"local_efficiency":             func(float64) float64 { return 0 },
		"community":                    one,
		"participation":                func(float64) float64 { return 0 },
	}
	for _, m := range Catalogue {
		if m.Level != Firm || m.Largest() == 0 {
			continue
		}
		n := m.Largest() + 1
		in := Input{Graph: directedStar(n)}
		runner := NewRunner([]Metric{m})
		if c := runner.Run(in)[0]; c.Whole != TooLarge {
			t.Errorf("%s of %d firms: %q, want too large", m.Name, n, c.Whole)
		}
		if m.Largest() == largestPaths && centre[m.Name] == nil {
			continue // it takes long, and is the same for all sizes
		}
		in.Expensive = true
		c, want := runner.Run(in)[0], centre[m.Name](float64(n))
		if c.Reasons[0] != Defined || !(math.Abs(c.Values[0]-want) <= 1e-10*max(1, want)) {
			t.Errorf("%s of %d firms, asked for: %v %s, want %v", m.Name, n, c.Values[0], c.Reasons[0], want)
		}
		in = Input{Graph: graphtest.Star(m.Largest())}
		if c := runner.Run(in)[0]; c.Whole == TooLarge {
			t.Errorf("%s of %d firms is too large", m.Name, m.Largest())
		}
	}
}

// TestStarOf5000Firms: no metric stumbles over a firm with 4,999 partners.
func TestStarOf5000Firms(t *testing.T) {
	if testing.Short() {
		t.Skip("slow: distances and paths between 5,000 firms")
	}
	var firm []Metric
	for _, m := range Catalogue {
		if m.Level == Firm {
			firm = append(firm, m)
		}
	}
	for _, g := range []*graphs.Graph{graphtest.Star(5000), directedStar(5000)} {
		for i, c := range NewRunner(firm).Run(Input{Graph: g, Observed: AllObserved(g)}) {
			checkColumn(t, firm[i], g, c)
			for v, x := range c.Values {
				if c.Reasons[v] == Defined && (x < firm[i].Range.Min || x > firm[i].Range.Max) {
					t.Errorf("%s of firm %d: %v, outside %v", firm[i].Name, v, x, firm[i].Range)
					break
				}
			}
		}
	}
}

// TestExtremeStrengths: sums, products and shares of strengths from the smallest
// to the largest float64 are numbers, and the shares in range.
func TestExtremeStrengths(t *testing.T) {
	tiny, huge := math.SmallestNonzeroFloat64, math.MaxFloat64
	g := graphs.New(7, true, []graphs.Arc{
		{From: 0, To: 1, Strength: huge}, {From: 1, To: 0, Strength: huge}, {From: 1, To: 2, Strength: tiny},
		{From: 2, To: 0, Strength: huge}, {From: 3, To: 4, Strength: tiny}, {From: 4, To: 5, Strength: tiny},
		{From: 5, To: 3, Strength: tiny}, {From: 3, To: 0, Strength: 1}, {From: 5, To: 6, Strength: huge},
	})
	for _, m := range Catalogue {
		t.Run(m.Level.String()+"/"+m.Name, func(t *testing.T) {
			graphtest.CheckRange(t, g, measured(t, m), m.Range.Min, m.Range.Max)
		})
	}
}

// TestMillionFirms: a network of a million firms and five million arcs has every
// metric that takes linear time, in less than 4 GB, and says of the others that
// it is too large for them. It takes a minute and a half.
func TestMillionFirms(t *testing.T) {
	if testing.Short() {
		t.Skip("a million firms")
	}
	const n, named = 1_000_000, 5
	rng := rand.New(rand.NewPCG(1, 2))
	arcs := make([]graphs.Arc, 0, named*n)
	for v := range int32(n) {
		for first := len(arcs); len(arcs) < first+named; {
			w := rng.Int32N(n)
			if w != v && !slices.ContainsFunc(arcs[first:], func(a graphs.Arc) bool { return a.To == w }) {
				arcs = append(arcs, graphs.Arc{From: v, To: w, Strength: 1})
			}
		}
	}
	g := graphs.New(n, true, arcs)
	arcs = nil
	in := Input{Graph: g, Observed: AllObserved(g)}
	var s Shared
	s.reset(in)
	tooLarge, computed := 0, 0
	var c Column
	for _, m := range byDefault() {
		c.fill(&m, &s)
		switch {
		case c.Whole == TooLarge:
			tooLarge++
		case slices.Contains(c.Reasons, Defined):
			computed++
		}
	}
	if computed < 90 || tooLarge < 40 {
		t.Errorf("%d metrics computed, %d too large", computed, tooLarge)
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	if memory.Sys > 4<<30 {
		t.Errorf("%d MB taken", memory.Sys>>20)
	}
}
