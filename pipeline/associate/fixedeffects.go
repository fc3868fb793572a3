package associate

import (
	"errors"

	"firmties/pipeline/seed"
	"firmties/pipeline/stats"
)

// confidence is the level of every interval, and significance what is below it.
const (
	confidence   = 0.95
	significance = 0.05 // 1-confidence is not: rounding takes it above
)

// exceeds tells whether x is above a limit by more than rounding: five equal
// clusters give 4 degrees of freedom, two equal ones half of the leverage
// each, and no last digit may decide what is said of them.
func exceeds(x, limit float64) bool { return x-limit > 1e-9*limit }

// fixedEffects fits ols_fe.
func fixedEffects(f *frame, m *fit) result {
	s := newSample(f, m)
	out := fitted{fit: m, n: len(s.y), nClusters: len(s.sizes), drops: s.drops}
	switch {
	case !anyValue(numbers(f.in.FirmMetrics, m.metric, f.firmRows[m.layer.Name])):
		return refused(out, metricUndefined)
	case out.n == 0 && s.drops[constantInCluster] > 0:
		return refused(out, noVariation)
	case out.n == 0:
		return refused(out, tooFewFirms)
	}
	clusters := stats.NewClusters(s.sizes...)
	terms := append([]term{{m.metric, s.scaled(m.scaling, clusters)}}, s.controlTerms(f, m)...)
	x := make([][]float64, len(terms))
	for i := range terms {
		x[i] = terms[i].values
	}
	estimates, err := stats.FitFixedEffects(s.y, x, clusters)
	if err != nil {
		return refused(out, gateOf(err))
	}
	out.describe(estimates)
	out.condition.x, out.condition.ok = stats.Condition(x, clusters)
	base := association{fit: m, nFirms: out.n, nClusters: out.nClusters,
		caveats: f.networkCaveats(m.layer.Name, s.clusters).with(outcomeCountsEvents, s.countsEvents(f, m, clusters))}
	var rows []association
	if out.nClusters > 1 {
		rows = betweenClusters(base, estimates, terms)
	}
	rows = append(rows, withinClusters(base, estimates, f.in.Seed))
	return result{out, rows}
}

// gateOf names why least squares has no answer.
func gateOf(err error) string {
	var aliased *stats.AliasedError
	switch {
	case errors.As(err, &aliased):
		return collinear
	case errors.Is(err, stats.ErrTooFewRows):
		return tooFewFirms
	case errors.Is(err, stats.ErrConstantOutcome):
		return noVariation
	case errors.Is(err, stats.ErrPerfectFit):
		return perfectFit
	}
	return notFinite
}

func (f *fitted) describe(e *stats.FixedEffects) {
	f.rSquaredWithin, f.sigma = some(e.RSquaredWithin), some(e.Sigma)
	f.dfResidual = some(float64(e.DF))
	c := e.Concentration(0)
	f.effectiveClusters, f.largestShare = some(c.EffectiveClusters), some(c.LargestShare)
}

// betweenClusters makes the rows of all terms about clusters like these.
func betweenClusters(base association, e *stats.FixedEffects, terms []term) []association {
	rows := make([]association, len(terms))
	for j, robust := range e.CR2() {
		row := base
		row.term, row.estimate = terms[j].name, e.Coef[j]
		row.estimand, row.seType, row.pType = clustersLikeThese, "CR2", "satterthwaite"
		row.caveats = base.caveats.with(collinearControls, exceeds(e.VIF[j], 5))
		row.infer(robust, e.Concentration(j))
		rows[j] = row
	}
	return rows
}

// infer fills in what the clusters say, so far as they are enough to say it.
func (a *association) infer(robust stats.ClusterRobust, c stats.Concentration) {
	decides := exceeds(c.LargestShare, 0.5) || exceeds(float64(a.nClusters)/2, c.EffectiveClusters)
	a.caveats = a.caveats.with(oneClusterDecides, decides)
	switch {
	case a.nClusters <= 4:
		a.caveats = a.caveats.with(fewClusters, true)
		return
	case !robust.OK:
		a.caveats = a.caveats.with(noStandardError, true)
		return
	}
	a.stdError, a.df = some(robust.SE), some(robust.DF)
	a.statistic = some(a.estimate / robust.SE)
	if exceeds(4, robust.DF) {
		a.caveats = a.caveats.with(dfBelow4, true)
		return
	}
	a.p = some(robust.P)
	half := stats.QuantileT(confidence, robust.DF) * robust.SE
	a.low, a.high = some(a.estimate-half), some(a.estimate+half)
	a.confType = "satterthwaite_t"
}

// withinClusters makes the metric's row about these clusters.
func withinClusters(base association, e *stats.FixedEffects, studySeed uint64) association {
	row := base
	row.term, row.estimate = base.fit.metric, e.Coef[0]
	row.estimand, row.seType, row.pType = theseClusters, "HC3", "freedman_lane"
	row.caveats = base.caveats.with(collinearControls, exceeds(e.VIF[0], 5))
	permutation, err := stats.NewFreedmanLane(e, 0)
	if err != nil {
		row.caveats = row.caveats.with(noStandardError, true)
		return row
	}
	se, _ := e.HC3(0)
	test := permutation.Test(base.fit.draws, seed.Draws(studySeed, "freedman_lane", base.fit.name))
	row.stdError, row.statistic, row.p = some(se), some(test.Statistic), some(test.P)
	row.draws = test.Draws
	row.caveats = row.caveats.with(pAtResolution, test.AsExtreme == 0)
	return row
}
