package associate

import (
	"math/rand/v2"

	"firmties/pipeline/seed"
	"firmties/pipeline/stats"
)

// dyadFit is a dyad model fitted, on the way to its rows.
type dyadFit struct {
	s    *pairsSample
	out  fitted
	base association

	pairs *stats.Pairs
	y     []float64
	x     [][]float64
}

// dyadModel makes the run of a model of pairs from what fits it.
func dyadModel(rows func(*dyadFit) (result, error)) func(*frame, *fit) result {
	return func(f *frame, m *fit) result {
		s := newPairsSample(f, m)
		d := &dyadFit{s: s, out: fitted{fit: m, nClusters: len(s.clusters), drops: s.drops, statistics: map[string]float64{}}}
		for _, firms := range s.firms {
			d.out.n += len(firms)
		}
		if gate := s.refusal(); gate != "" {
			return refused(d.out, gate)
		}
		d.pairs, d.y, d.x = s.matrices(every)
		d.out.statistics[pairsFitted] = float64(d.pairs.Len())
		d.base = association{fit: m, focal: true, nFirms: d.out.n, nClusters: d.out.nClusters, caveats: s.caveats()}
		r, err := rows(d)
		if err != nil {
			return refused(d.out, gateOf(err))
		}
		r.fitted = d.out
		if len(r.rows) == 0 { // all that was asked is of clusters like this one
			r.fitted.gate, r.fitted.statistics = tooFewClusters, nil
		}
		return r
	}
}

// row begins the row of a term.
func (d *dyadFit) row(j int, estimate float64, estimand, seType, pType string) association {
	row := d.base
	row.term, row.estimate = d.s.m.terms[j].String(), estimate
	row.estimand, row.seType, row.pType = estimand, seType, pType
	return row
}

// permuted fills in what a permutation of firms says.
func (a *association) permuted(test stats.PermutationTest) {
	a.statistic, a.p, a.headline = some(test.Statistic), some(test.P), true
	if test.Enumerated {
		a.pType = "exact"
		return
	}
	a.drawn(test.P, test.AsExtreme, test.Draws)
}

// permutations is where the draws of a term come from, and who makes them.
func (d *dyadFit) permutations(purpose string, j int) (draws, workers int, stream func(draw int) *rand.Rand) {
	m := d.s.m
	return m.draws, max(d.s.f.in.Workers, 1), seed.Draws(d.s.f.in.Seed, purpose, m.name, m.terms[j].String())
}

// qap correlates the outcome with each term.
func qap(d *dyadFit) (result, error) {
	var r result
	for j, x := range d.x {
		test, err := stats.NewQAP(d.pairs, d.y, x)
		if err != nil {
			return r, err
		}
		row := d.row(j, test.R, theseClusters, "none", "permutation")
		row.permuted(test.Test(d.permutations("qap", j)))
		r.rows = append(r.rows, row)
	}
	return r, nil
}

// pairsLinear fits mrqap_dsp and dyad_ols, which differ in the inference they
// make unasked.
func pairsLinear(d *dyadFit) (result, error) {
	var r result
	fit, err := stats.FitPairs(d.pairs, d.y, d.x)
	if err != nil {
		return r, err
	}
	d.out.statistics[rSquaredWithin], d.out.statistics[sigmaStatistic], d.out.statistics[dfResidual] = fit.RSquaredWithin, fit.Sigma, float64(fit.DF)
	if condition, ok := fit.Condition(); ok {
		d.out.statistics[conditionIndex] = condition
	}
	for _, kind := range d.s.m.inference {
		r.rows = append(r.rows, d.linearRows(kind, fit)...)
	}
	d.each(fit, &r)
	d.markLike(r.rows)
	d.influence(fit, &r)
	return r, nil
}

// linearRows are those of all terms by one kind of inference.
func (d *dyadFit) linearRows(kind string, fit *stats.PairsFit) []association {
	var rows []association
	between := d.out.nClusters > 1
	for j, b := range fit.Coef {
		switch {
		case kind == byDSP:
			row := d.row(j, b, theseClusters, "classical", "permutation")
			row.stdError = some(fit.ClassicalSE[j])
			row.permuted(fit.DSP(j).Test(d.permutations("dsp", j)))
			rows = append(rows, row)
		case kind == byModel:
			row := d.row(j, b, theseClusters, "classical", "t")
			row.simple(underModel(b, fit.ClassicalSE[j], float64(fit.DF)))
			rows = append(rows, row)
		case kind == byCR1 && between:
			row := d.row(j, b, clustersLikeThese, "CR1", "t")
			row.infer(fit.ByCluster()[j])
			rows = append(rows, row)
		case kind == byDyadic && between:
			robust := fit.Dyadic()[j]
			row := d.row(j, b, clustersLikeThese, "dyadic", "t")
			row.infer(robust.ClusterRobust)
			row.caveats = row.caveats.with(twoWay, robust.TwoWay)
			rows = append(rows, row)
		}
	}
	return rows
}

// each adds what every cluster says by itself, and where asked for the test of
// the mean of that.
func (d *dyadFit) each(fit *stats.PairsFit, r *result) {
	if len(d.s.clusters) > manyClusters {
		return
	}
	for j := range fit.Coef {
		own := fit.OfClusters(j)
		r.clusterwise = append(r.clusterwise, d.s.f.clusterwise(d.s.m, d.s.m.terms[j].String(), d.s.clusters, own)...)
		if d.s.m.asked(bySignFlip) {
			row := d.row(j, fit.Coef[j], clustersLikeThese, "none", "sign_flip")
			r.rows = append(r.rows, flipRows(row, own, d.s.f.in.Seed)...)
		}
	}
}

// markLike marks for each term the row that answers about clusters like these:
// that by cluster, else the mean of the clusters' own estimates.
func (d *dyadFit) markLike(rows []association) {
	best := map[string]int{}
	for i := range rows {
		rank := func(i int) int {
			switch r := &rows[i]; {
			case r.seType == "CR1" && r.p.ok:
				return 3
			case r.pType == "ibragimov_muller" && r.p.ok:
				return 2
			}
			return 1
		}
		if rows[i].estimand != clustersLikeThese {
			continue
		}
		if at, ok := best[rows[i].term]; !ok || rank(i) > rank(at) {
			best[rows[i].term] = i
		}
	}
	for _, i := range best {
		rows[i].headline = true
	}
}

// influence adds what each term is without each cluster.
func (d *dyadFit) influence(fit *stats.PairsFit, r *result) {
	clusters := d.s.clusters
	if len(clusters) < 2 || len(clusters) > manyClusters {
		return
	}
	coefs := make([][]float64, len(clusters))
	for g := range clusters {
		pairs, y, x := d.s.matrices(func(h int) bool { return h != g })
		if less, err := stats.FitPairs(pairs, y, x); err == nil {
			coefs[g] = less.Coef
		}
	}
	for j, whole := range fit.Coef {
		half := halfWidth(r.rows, d.s.m.terms[j].String())
		r.influence = append(r.influence, d.s.f.moved(d.s.m, d.s.m.terms[j].String(), clusters, coefs, j, whole, half)...)
	}
}

// pairsLogit fits mrqap_logit.
func pairsLogit(d *dyadFit) (result, error) {
	var r result
	fit, err := stats.FitPairsLogit(d.pairs, d.y, d.x)
	if err != nil {
		return r, err
	}
	d.out.statistics[logLikelihood], d.out.statistics[dfResidual], d.out.statistics[conditionIndex] = fit.LogLik, float64(fit.DF), fit.Condition
	if fit.FewTies() {
		return r, gateError(tooFewTies)
	}
	for j, b := range fit.Coef {
		row := d.row(j, b, theseClusters, "expected_information", "permutation")
		row.stdError = some(fit.SE[j])
		score, err := fit.DSP(j)
		if err != nil {
			return r, err
		}
		row.permuted(score.Test(d.permutations("dsp", j)))
		r.rows = append(r.rows, row)
		if d.s.m.asked(byModel) {
			row := d.row(j, b, theseClusters, "expected_information", "normal")
			row.simple(underModel(b, fit.SE[j], 0))
			r.rows = append(r.rows, row)
		}
	}
	return r, nil
}
