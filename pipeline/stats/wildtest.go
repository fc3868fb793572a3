package stats

import (
	"slices"

	"gonum.org/v1/gonum/floats"
)

// WildTest is the outcome of a wild cluster bootstrap at one null.
type WildTest struct {
	Statistic   float64 // (estimate - null)/SE
	Draws       int     // all 2^G by enumeration
	Enumerated  bool
	AbsGreater  int     // draws farther from 0 than the data
	AbsTied     int     // as far, to a relative 1e-10
	Greater     int     // above the data's statistic; below it Less, as close Draws-Greater-Less
	Less        int     //
	P           float64 // two-sided, symmetric, ties included
	EqualTailed float64 // twice the smaller tail, ties included
}

// Interval returns the Clopper-Pearson interval of what P would be with all
// draws there are; by enumeration it is P.
func (t WildTest) Interval(level float64) (low, high float64) {
	if t.Enumerated {
		return t.P, t.P
	}
	return MonteCarloInterval(t.AbsGreater+t.AbsTied, t.Draws, level)
}

// Test tests the null that the coefficient is b0.
func (w *WildCluster) Test(b0 float64, weights *WildWeights) WildTest {
	w.check(weights)
	observed := (w.estimate - b0) / w.se
	return newWildTest(w.at(b0).tally(weights, observed), (w.estimate-b0)/w.SE, weights)
}

func newWildTest(tally wildTally, statistic float64, weights *WildWeights) WildTest {
	t := WildTest{
		Statistic: statistic, Draws: tally.draws, Enumerated: weights.enumerated,
		AbsGreater: tally.beyond, AbsTied: tally.tied, Greater: tally.greater, Less: tally.lesser,
	}
	tail := min(t.Draws-t.Greater, t.Draws-t.Less)
	if t.Enumerated {
		// Under WCRS the data are not one of the draws; p is at least 2/2^G all the same.
		t.P = float64(max(2, t.AbsGreater+t.AbsTied)) / float64(t.Draws)
		t.EqualTailed = min(1, 2*float64(max(1, tail))/float64(t.Draws))
		return t
	}
	t.P = float64(1+t.AbsGreater+t.AbsTied) / float64(1+t.Draws)
	t.EqualTailed = min(1, 2*float64(1+tail)/float64(1+t.Draws))
	return t
}

// Statistic returns that of the data under the null that the coefficient is 0,
// on CR1S.
func (w *WildCluster) Statistic() float64 { return w.estimate / w.SE }

// Statistics returns the statistic of each draw under the null that the
// coefficient is 0, on CR1S: one row of a TestFamily. By enumeration only one
// of two draws that differ in sign is listed.
func (w *WildCluster) Statistics(weights *WildWeights) []float64 {
	_, statistics := w.Drawn(weights)
	return statistics
}

// Drawn returns the estimate of each draw under the null that the coefficient
// is 0, beside the statistic that Statistics returns.
func (w *WildCluster) Drawn(weights *WildWeights) (estimates, statistics []float64) {
	w.check(weights)
	return w.at(0).drawn(weights, w.se/w.SE)
}

func (w *WildCluster) check(weights *WildWeights) {
	if weights.clusters != w.clusters {
		panic("stats: weights for another number of clusters")
	}
}

// at returns the form at a null: everything is linear in it.
func (w *WildCluster) at(b0 float64) *wildForm {
	d := w.estimate - b0
	f := &wildForm{contrast: w.atFit.contrast, parts: w.atFit.parts, moved: w.atFit.moved}
	f.scores = slices.Clone(w.atFit.scores)
	f.own = slices.Clone(w.atFit.own)
	floats.AddScaled(f.scores, d, w.perUnit.scores)
	floats.AddScaled(f.own, d, w.perUnit.own)
	return f
}
