package associate

import (
	"slices"

	"firmties/pipeline/seed"
	"firmties/pipeline/stats"
)

// confidence is the level of every interval, and significance what is below it.
const (
	confidence   = 0.95
	significance = 0.05 // 1-confidence is not: rounding takes it above
)

// manyClusters is where looking at clusters one by one ends: with more, no
// cluster decides anything, and cluster-robust inference needs no check.
const manyClusters = 200

// exceeds tells whether x is above a limit by more than rounding: five equal
// clusters give 4 degrees of freedom, two equal ones half of the leverage
// each, and no last digit may decide what is said of them.
func exceeds(x, limit float64) bool { return x-limit > 1e-9*limit }

// The kinds of inference, as `inference:` names them.
const (
	byCR2          = "CR2"
	byCR1          = "CR1"
	byCV3          = "CV3"
	byWildCluster  = "wild_cluster"
	bySignFlip     = "sign_flip"
	byFreedmanLane = "freedman_lane"
	byHC3          = "HC3"
	byModel        = "classical"
	byDSP          = "dsp"
	byDyadic       = "dyadic"
	byQAP          = "qap"
	byBCa          = "bca"
)

// Inferences lists the kinds of inference that models can be asked for.
func Inferences() []Word {
	return []Word{
		{byCR2, "clusters like these: cluster-robust standard error, bias-reduced, with Satterthwaite degrees of freedom (Bell & McCaffrey 2002; Pustejovsky & Tipton 2018)"},
		{byCR1, "clusters like these: cluster-robust standard error with t on clusters less 1, for models that have no CR2"},
		{byCV3, "clusters like these: jackknife over clusters, t on clusters less 1 (MacKinnon, Nielsen & Webb 2023)"},
		{byWildCluster, "clusters like these: restricted wild cluster bootstrap, all signs up to 14 clusters, and the interval of what it does not reject (Cameron, Gelbach & Miller 2008); of counts and binary outcomes that of the score, without an interval (Kline & Santos 2012)"},
		{bySignFlip, "clusters like these: one estimate per cluster; t of their mean (Ibragimov & Müller 2010), and all changes of their signs (Canay, Romano & Shaikh 2017)"},
		{byFreedmanLane, "these clusters: permutation of what the controls leave of the outcome, inside clusters, studentised by HC3 (Freedman & Lane 1983; DiCiccio & Romano 2017)"},
		{byDyadic, "clusters like these: errors of pairs with a firm in common are correlated, t on clusters less 1 (Fafchamps & Gubert 2007)"},
		{byDSP, "these clusters: double semi-partialing of pairs (Dekker, Krackhardt & Snijders 2007)"},
		{byQAP, "these clusters: permutation of firms, rows and columns together (Krackhardt 1987)"},
		{byBCa, "clusters like these: in place of the interval, one by resampling clusters (Efron 1987)"},
		{byHC3, "these clusters: each firm its own error variance, firms independent"},
		{byModel, "these clusters: as the model has it, firms independent but for the ties of a network autocorrelation; shown beside the others, not to be relied on"},
	}
}

// firmFit is a firm model fitted, on the way to its rows.
type firmFit struct {
	f    *frame
	m    *fit
	s    *sample
	r    *regression
	e    *estimate
	out  fitted
	base association

	estimate, single estimator

	wild  *stats.WildCluster // of the metric; nil until asked for
	alone []alone            // by cluster; nil until asked for
	leave *stats.LeaveOneOut
}

// result makes the rows of a fit.
func (x *firmFit) result() result {
	x.describe()
	var rows []association
	for _, kind := range x.m.inference {
		rows = append(rows, x.rows(kind)...)
	}
	out := result{joint: x.jointOf()}
	for _, j := range x.focal() {
		rows = x.markHeadline(j, rows)
		out.clusterwise = append(out.clusterwise, x.f.clusterwise(x.m, x.e.names[j], x.s.clusters, x.perCluster(j))...)
	}
	if len(rows) == 0 { // the clusters are too few for every kind that is wanted
		x.out.statistics, x.out.gate = nil, tooFewClusters
		return result{fitted: x.out, clusterwise: out.clusterwise}
	}
	for _, j := range x.focal() {
		out.influence = append(out.influence, x.influence(j, rows)...)
	}
	out.fitted, out.rows = x.out, append(rows, x.marginal()...)
	return out
}

// describe fills in the fit's own row, and what its rows have in common.
func (x *firmFit) describe() {
	e := x.e
	if e.names == nil {
		e.names = x.r.names
	}
	if e.n > 0 { // the model left out clusters that say nothing
		x.out.drops[uninformative] += x.out.n - e.n
		x.out.n, x.out.nClusters = e.n, e.clusters
	}
	x.out.statistics = e.statistics
	if e.concentration != nil {
		c := e.concentration(0)
		e.statistics[effectiveClusters], e.statistics[largestShare] = c.EffectiveClusters, c.LargestShare
	}
	x.base = association{fit: x.m, model: e.fallback, nFirms: x.out.n, nClusters: x.out.nClusters, caveats: x.s.caveats(x.f, x.m)}
	if e.moran != nil {
		e.statistics[moranI] = e.moran.Value
		e.statistics[gearyC] = e.geary.Value
		e.statistics[gearyP] = e.geary.Test(x.m.draws, 1, seed.Draws(x.f.in.Seed, "geary", x.m.name)).P
		e.statistics[moranP] = e.moran.Test(x.m.draws, 1, seed.Draws(x.f.in.Seed, "moran", x.m.name)).P
	}
	for _, caveat := range e.caveats {
		x.base.caveats = x.base.caveats.with(caveat, true)
	}
}

// row begins the row of a term.
func (x *firmFit) row(j int, estimand, seType, pType string) association {
	row := x.base
	row.term, row.estimate, row.focal = x.e.names[j], x.e.coef[j], slices.Contains(x.focal(), j)
	row.caveats = row.caveats.with(contagionOrHomophily, j > 0 && row.focal)
	row.estimand, row.seType, row.pType = estimand, seType, pType
	row.caveats = row.caveats.with(reflection, x.e.reflected && j == len(x.e.coef)-1)
	if x.e.vif != nil {
		row.caveats = row.caveats.with(collinearControls, exceeds(x.e.vif[j], 5))
	}
	return row
}

// rows makes the rows of one kind of inference.
func (x *firmFit) rows(kind string) []association {
	one := x.out.nClusters < 2
	switch {
	case kind == byFreedmanLane:
		return x.freedmanLane()
	case kind == byHC3:
		return x.hc3()
	case kind == byModel, kind == byCR2 && len(x.e.robust) == 0 && !x.m.asked(byModel):
		return x.underModel() // a penalised likelihood, in another's place, has no sandwich
	case one: // one cluster says nothing about clusters like it
		return nil
	case kind == byCV3:
		return x.jackknife()
	case kind == byWildCluster:
		return x.wildCluster()
	case kind == bySignFlip:
		var rows []association
		for _, j := range x.focal() {
			rows = append(rows, x.signFlips(j)...)
		}
		return rows
	}
	return x.betweenClusters()
}

// betweenClusters makes the rows of all terms by cluster-robust errors.
func (x *firmFit) betweenClusters() []association {
	rows := make([]association, len(x.e.robust))
	for j, robust := range x.e.robust {
		rows[j] = x.row(j, clustersLikeThese, x.e.robustSE, x.e.robustP)
		if x.e.concentration != nil {
			rows[j].caveats = rows[j].caveats.with(oneClusterDecides, decides(x.e.concentration(j), x.out.nClusters))
		}
		rows[j].infer(robust)
	}
	return rows
}

// decides tells whether one of the clusters carries so much of a slope that it
// may decide it.
func decides(c stats.Concentration, clusters int) bool {
	return exceeds(c.LargestShare, 0.5) || exceeds(float64(clusters)/2, c.EffectiveClusters)
}

// infer fills in what the clusters say, so far as they are enough to say it.
func (a *association) infer(robust stats.ClusterRobust) {
	switch {
	case a.nClusters <= fewClustersAtMost:
		a.caveats = a.caveats.with(fewClusters, true)
		return
	case !robust.OK:
		a.caveats = a.caveats.with(noStandardError, true)
		return
	}
	a.stdError, a.df = some(robust.SE), some(robust.DF)
	a.statistic = some(a.estimate / robust.SE)
	if a.pType == "satterthwaite" && exceeds(4, robust.DF) {
		a.caveats = a.caveats.with(dfBelow4, true)
		return
	}
	a.p = some(robust.P)
	a.interval(robust.DF, map[string]string{"satterthwaite": "satterthwaite_t", "t": "t"}[a.pType])
}

// interval fills in the interval by t; df 0 stands for the normal distribution.
func (a *association) interval(df float64, kind string) {
	half := stats.QuantileZ(confidence) * a.stdError.x
	if df > 0 {
		half = stats.QuantileT(confidence, df) * a.stdError.x
	}
	a.low, a.high, a.confType = some(a.estimate-half), some(a.estimate+half), kind
}

// jackknife makes the rows of all terms by leaving out clusters.
func (x *firmFit) jackknife() []association {
	leave := x.leftOut()
	if leave == nil {
		return nil
	}
	var rows []association
	for j, robust := range leave.Jackknife(x.e.coef) {
		row := x.row(j, clustersLikeThese, "CV3", "t")
		row.infer(robust)
		rows = append(rows, row)
	}
	return rows
}

// leftOut fits the model without each cluster; nil where they are too many to
// be looked at one by one, or too few to leave one out.
func (x *firmFit) leftOut() *stats.LeaveOneOut {
	clusters := x.r.clusters
	if x.leave == nil && clusters.Len() > 1 && clusters.Len() <= manyClusters {
		leave := stats.LeaveClustersOut(clusters, func(g int) ([]float64, error) {
			e, err := x.estimate(x.r.without(g))
			if err != nil {
				return nil, err
			}
			return e.coef, nil
		})
		x.leave = &leave
	}
	return x.leave
}

// drawn fills in a p-value that rests on random draws, and what it can be.
func (a *association) drawn(p float64, asExtreme, draws int) {
	a.p, a.draws = some(p), draws
	low, high := stats.MonteCarloInterval(asExtreme, draws, confidence)
	a.pLow, a.pHigh = some(low), some(high)
	a.caveats = a.caveats.with(pAtResolution, asExtreme == 0)
}

// wildCluster makes the metric's row by the wild cluster bootstrap.
func (x *firmFit) wildCluster() []association {
	if x.e.wild == nil || x.r.clusters.Len() > manyClusters {
		return nil
	}
	row := x.row(0, clustersLikeThese, "CR1", "wild_cluster")
	test, err := x.wildTest()
	weights, few := x.f.weights(x.r.clusters.Len(), x.m.draws)
	switch {
	case few != nil:
		row.caveats = row.caveats.with(fewClusters, true)
		return []association{row}
	case err != nil:
		row.caveats = row.caveats.with(noStandardError, true)
		return []association{row}
	}
	outcome := test.Test(0, weights)
	row.statistic, row.p, row.draws = some(outcome.Statistic), some(outcome.P), outcome.Draws
	if !outcome.Enumerated {
		row.drawn(outcome.P, outcome.AbsGreater+outcome.AbsTied, outcome.Draws)
	}
	row.caveats = row.caveats.with(signsTooFew, x.r.clusters.Len() < 6)
	if x.e.scored {
		return []association{row}
	}
	row.stdError = some(test.SE)
	if low, high, err := test.Interval(confidence, weights); err == nil {
		row.low, row.high, row.confType = some(low), some(high), "wild_cluster"
	}
	return []association{row}
}

// wildTest prepares the wild cluster bootstrap of the metric, once.
func (x *firmFit) wildTest() (*stats.WildCluster, error) {
	if x.wild != nil {
		return x.wild, nil
	}
	var err error
	x.wild, err = x.e.wild(0)
	return x.wild, err
}

// freedmanLane makes the metric's row about these clusters.
func (x *firmFit) freedmanLane() []association {
	if x.e.linear == nil {
		return nil
	}
	row := x.row(0, theseClusters, "HC3", "freedman_lane")
	permutation, err := stats.NewFreedmanLane(x.e.linear, 0)
	if err != nil {
		row.caveats = row.caveats.with(noStandardError, true)
		return []association{row}
	}
	se, _ := x.e.linear.HC3(0)
	test := permutation.Test(x.m.draws, seed.Draws(x.f.in.Seed, "freedman_lane", x.m.name))
	row.stdError, row.statistic, row.p, row.draws = some(se), some(test.Statistic), some(test.P), test.Draws
	if !test.Enumerated {
		row.drawn(test.P, test.AsExtreme, test.Draws)
	}
	return []association{row}
}

// hc3 makes the rows of all terms with an error variance of every firm.
func (x *firmFit) hc3() []association {
	if x.e.linear == nil {
		return nil
	}
	var rows []association
	for j := range x.e.coef {
		row := x.row(j, theseClusters, "HC3", "t")
		se, ok := x.e.linear.HC3(j)
		row.simple(stats.ClusterRobust{SE: se, DF: float64(x.e.linear.DF), OK: ok})
		rows = append(rows, row)
	}
	return rows
}

// underModel makes the rows of all terms as the model has them.
func (x *firmFit) underModel() []association {
	var rows []association
	for j, inferred := range x.e.model {
		row := x.row(j, theseClusters, x.e.modelSE, x.e.modelP)
		row.simple(inferred)
		rows = append(rows, row)
	}
	return rows
}

// simple fills in what takes firms as independent. A p that is given stays:
// it may be by likelihood ratio.
func (a *association) simple(inferred stats.ClusterRobust) {
	if !inferred.OK {
		a.caveats = a.caveats.with(noStandardError, true)
		return
	}
	a.stdError = some(inferred.SE)
	switch a.pType {
	case "likelihood_ratio":
		a.p = some(inferred.P)
		return
	case "t":
		a.df = some(inferred.DF)
	}
	a.statistic = some(a.estimate / inferred.SE)
	a.p = some(underModel(a.estimate, inferred.SE, inferred.DF).P)
	a.interval(inferred.DF, a.pType)
}

// marginal makes the rows of average marginal effects, in the outcome's own
// unit.
func (x *firmFit) marginal() []association {
	var rows []association
	for j, effect := range x.e.marginal {
		row := x.row(j, clustersLikeThese, "CR2", "satterthwaite")
		row.term, row.estimate, row.focal = "ame("+row.term+")", effect.Estimate, false
		if len(x.e.robust) == 0 { // by penalised likelihood: no sandwich
			row.estimand, row.seType, row.pType = theseClusters, x.e.modelSE, "normal"
			row.simple(underModel(effect.Estimate, effect.SE, 0))
		} else if x.out.nClusters > 1 {
			row.infer(effect.CR2)
		}
		rows = append(rows, row)
	}
	return rows
}

// weights returns those of wild bootstraps over so many clusters. All signs are
// the same for every fit; random ones are drawn once for all fits with as many
// clusters, so that hypotheses can be adjusted for each other.
func (f *frame) weights(clusters, draws int) (*stats.WildWeights, error) {
	key := [2]int{clusters, draws}
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if w, ok := f.wild[key]; ok {
		return w, nil
	}
	w, err := stats.NewWildWeights(clusters, draws, seed.Draws(f.in.Seed, "wild_cluster"))
	if err == nil {
		f.wild[key] = w
	}
	return w, err
}

// asked tells whether a kind of inference is wanted.
func (m *fit) asked(kind string) bool { return slices.Contains(m.inference, kind) }
