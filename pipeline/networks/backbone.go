package networks

import (
	"math/rand/v2"

	"firmties/graphs"
	"firmties/graphs/null"
	"firmties/pipeline/seed"
	"firmties/pipeline/study"
)

// backboneDraws is how many random participations an fdsm backbone draws.
const backboneDraws = 1000

// backbone is what of a projection is left where a tie must be of firms that
// share more events than their numbers of events, and the events' numbers of
// firms, lead to expect: among all pairs of firms of the cluster, those whose
// one-sided p is at most the layer's alpha, adjusted as it says.
func backbone(s *study.Study, c int, l *study.Layer, in *graphs.Incidence, g *graphs.Graph) *graphs.Graph {
	shared := graphs.Project(in, graphs.Count)
	var p []float64
	if l.Backbone == study.SDSM {
		p = stochastic(in, shared)
	} else {
		p = drawn(in, shared, seed.Draws(s.Seed, "backbone", s.Clusters[c].ID, l.Name))
	}
	kept := graphs.Significant(p, l.Alpha, graphs.Adjustment(l.Adjust))
	var arcs []graphs.Arc
	for a := range g.All() {
		if kept[pairOf(a.From, a.To)] {
			arcs = append(arcs, a)
		}
	}
	return graphs.New(g.N(), false, arcs)
}

// pairOf numbers the pairs of firms.
func pairOf(v, w int32) int {
	if v < w {
		v, w = w, v
	}
	return int(v)*int(v-1)/2 + int(w)
}

// stochastic is, for each pair, the chance to share as many events under the
// configuration model (Neal 2014).
func stochastic(in *graphs.Incidence, shared *graphs.Graph) []float64 {
	var fit graphs.Configuration
	fit.Fit(in)
	p := ones(in.N())
	for a := range shared.All() {
		p[pairOf(a.From, a.To)] = fit.SharesAtLeast(int(a.From), int(a.To), int(a.Strength))
	}
	return p
}

// drawn is, for each pair, the share of random participations with the same
// margins in which it shares as many events (Zweig & Kaufmann 2011,
// doi:10.1007/s13278-011-0021-0: the fixed degree sequence model).
func drawn(in *graphs.Incidence, shared *graphs.Graph, streams func(draw int) *rand.Rand) []float64 {
	n := in.N()
	observed, as := make([]int, n*(n-1)/2), make([]int, n*(n-1)/2)
	for a := range shared.All() {
		observed[pairOf(a.From, a.To)] = int(a.Strength)
	}
	var e null.Ensemble
	e.OfEvents(in)
	for draw := range backboneDraws {
		e.Draw(streams(draw))
		random := make([]int, len(observed))
		events := e.Incidence()
		for event := range events.M() {
			nodes := events.Nodes(event)
			for i, v := range nodes {
				for _, w := range nodes[:i] {
					random[pairOf(v, w)]++
				}
			}
		}
		for pair, count := range random {
			if count >= observed[pair] {
				as[pair]++
			}
		}
	}
	p := ones(n)
	for a := range shared.All() {
		pair := pairOf(a.From, a.To)
		p[pair] = float64(1+as[pair]) / float64(1+backboneDraws)
	}
	return p
}

// ones is a p-value of 1 for every pair.
func ones(n int) []float64 {
	p := make([]float64, n*(n-1)/2)
	for i := range p {
		p[i] = 1
	}
	return p
}
