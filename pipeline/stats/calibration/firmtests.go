package main

import (
	"math/rand/v2"

	"firmties/pipeline/stats"
)

// permutationDraws is how many permutations one replication makes. That they
// are few costs power and no level: p is exact for any number. wildDraws is not
// looked at up to 14 clusters, where all signs are taken.
const (
	permutationDraws = 199
	wildDraws        = 9999
)

// The columns of firm cells, in the order of their verdicts.
var (
	sizeViews = []view{{"Firm level, mean slope 0: rejections in per cent at 5 %", []column{
		{"**headline**", size}, {"CR2", size}, {"wild", size}, {"IM t", size}, {"sign flips", size},
		{"Freedman-Lane HC3", sizeOfTheirs},
		{"classical t", shown}, {"HC3 t", shown}, {"CR1 t(G-1)", shown}, {"Freedman-Lane classical", shown},
	}}}
	slopeViews = []view{
		{"Firm level, mean slope 0.1: power in per cent", []column{
			{"headline", shown}, {"CR2", shown}, {"wild", shown}, {"IM t", shown}, {"sign flips", shown},
			{"classical t", shown}, {"HC3 t", shown}, {"CR1 t(G-1)", shown},
		}},
		{"Firm level, mean slope 0.1: intervals that cover it, in per cent at 95 %", []column{
			{"CR2", coverage}, {"wild, inverted", coverage},
			{"IM t", shown}, {"classical", shown}, {"HC3", shown}, {"CR1 t(G-1)", shown},
		}},
	}
)

// An answer is what one way of inference says of the slope: its p, and the
// interval of half the width about the estimate.
type answer struct {
	estimate, p, half float64
	ok                bool
}

func (a answer) rejects() verdict { return rejects(a.p, a.ok) }

func (a answer) covers(truth float64) verdict {
	return covers(a.estimate-a.half, a.estimate+a.half, truth, a.ok)
}

// byT is the answer of an estimate with a standard error.
func byT(estimate, se, df float64, ok bool) answer {
	if !ok {
		return answer{}
	}
	return answer{estimate, stats.TwoSidedT(estimate/se, df), stats.QuantileT(confidence, df) * se, true}
}

// firmAnswers are all that the functions of pipeline/stats say of one outcome.
type firmAnswers struct {
	fit                             *stats.FixedEffects
	classical, hc3, cr1, cr2, means answer
	cr2DF                           float64
	flips                           answer
	wild                            *stats.WildCluster
	wildP                           answer
	headline                        answer
}

// The columns of the metric are the first of the design.
const focal = 0

// answers fits one outcome; false where there is no fit.
func (d *firmDesign) answers(y []float64, stream func(draw int) *rand.Rand) (*firmAnswers, bool) {
	fit, err := stats.FitFixedEffects(y, d.x, d.clusters)
	if err != nil {
		return nil, false
	}
	a := &firmAnswers{fit: fit}
	b, df, between := fit.Coef[focal], float64(fit.DF), float64(d.clusters.Len()-1)
	a.classical = byT(b, fit.ClassicalSE[focal], df, true)
	se, ok := fit.HC3(focal)
	a.hc3 = byT(b, se, df, ok)
	cr1 := fit.ClusterRobust(stats.CR1S)[focal]
	a.cr1 = byT(b, cr1.SE, between, cr1.OK)
	cr2 := fit.CR2()[focal]
	a.cr2, a.cr2DF = byT(b, cr2.SE, cr2.DF, cr2.OK), cr2.DF
	if wild, err := fit.WildCluster(focal, stats.WCR); err == nil {
		a.wild, a.wildP = wild, answer{p: wild.Test(0, d.signs).P, ok: true}
	}
	a.means, a.flips = d.clusterwise(y, stream)
	a.headline = a.headlineOf(d.clusters.Len())
	return a, true
}

// The least degrees of freedom and clusters of the headline rule.
const (
	leastDF       = 4
	leastClusters = 6
)

// headlineOf is the rule by which models mark the row that answers for clusters
// like these: CR2 on four degrees of freedom or more, else the wild cluster
// bootstrap from six clusters on, else the t of the clusters' own estimates.
func (a *firmAnswers) headlineOf(clusters int) answer {
	switch {
	case a.cr2.ok && a.cr2DF >= leastDF:
		return a.cr2
	case a.wildP.ok && clusters >= leastClusters:
		return a.wildP
	}
	return a.means
}

// clusterwise are the t of the clusters' own estimates and their sign changes.
func (d *firmDesign) clusterwise(y []float64, stream func(draw int) *rand.Rand) (means, flips answer) {
	var estimates []float64
	for g, one := range d.each {
		if fit, err := stats.FitFixedEffects(d.clusters.Of(y, g), one.x, one.clusters); err == nil {
			estimates = append(estimates, fit.Coef[focal])
		}
	}
	return ofEstimates(estimates, stream)
}

// ofEstimates are the two tests of the mean of one estimate a cluster.
func ofEstimates(estimates []float64, stream func(draw int) *rand.Rand) (means, flips answer) {
	test, err := stats.TestMean(estimates)
	if err != nil {
		return answer{}, answer{}
	}
	means = byT(test.Mean, test.SE, test.DF, true)
	return means, answer{p: stats.SignFlips(estimates, permutationDraws, stream).P, ok: true}
}

// freedmanLane is the permutation test about these clusters.
func (a *firmAnswers) freedmanLane(stream func(draw int) *rand.Rand) answer {
	test, err := stats.NewFreedmanLane(a.fit, focal)
	if err != nil {
		return answer{}
	}
	return answer{p: test.Test(permutationDraws, stream).P, ok: true}
}

// sizes are the verdicts of sizeViews on one outcome.
func (d *firmDesign) sizes(y []float64, classical *classicalPermutation, stream func(draw int) *rand.Rand) []verdict {
	a, ok := d.answers(y, stream)
	if !ok {
		return make([]verdict, len(sizeViews[0].columns))
	}
	return []verdict{
		a.headline.rejects(), a.cr2.rejects(), a.wildP.rejects(), a.means.rejects(), a.flips.rejects(),
		a.freedmanLane(stream).rejects(),
		a.classical.rejects(), a.hc3.rejects(), a.cr1.rejects(),
		rejects(classical.p(y, permutationDraws, stream), true),
	}
}

// slopes are the verdicts of slopeViews on one outcome.
func (d *firmDesign) slopes(y []float64, stream func(draw int) *rand.Rand) []verdict {
	a, ok := d.answers(y, stream)
	if !ok {
		return make([]verdict, len(slopeViews[0].columns)+len(slopeViews[1].columns))
	}
	inverted := refused
	if a.wild != nil {
		low, high, err := a.wild.Interval(confidence, d.signs)
		inverted = covers(low, high, slope, err == nil)
	}
	return []verdict{
		a.headline.rejects(), a.cr2.rejects(), a.wildP.rejects(), a.means.rejects(), a.flips.rejects(),
		a.classical.rejects(), a.hc3.rejects(), a.cr1.rejects(),
		a.cr2.covers(slope), inverted, a.means.covers(slope), a.classical.covers(slope), a.hc3.covers(slope), a.cr1.covers(slope),
	}
}
