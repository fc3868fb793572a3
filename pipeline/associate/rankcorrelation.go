package associate

import (
	"math"
	"slices"

	"firmties/pipeline/seed"
	"firmties/pipeline/stats"
)

// Below 5 clusters no test is made: 5! pairings are the fewest whose extremes
// are below 0.05. Below 10 there is no interval.
const (
	fewestClusters   = 5
	intervalClusters = 10
)

// rankCorrelation fits spearman.
func rankCorrelation(f *frame, m *fit) result {
	out := fitted{fit: m, drops: drops{}}
	metric := numbers(f.in.ClusterMetrics, m.metric, f.clusterRows[m.layer.Name])
	outcome := f.clusterOutcome(m.outcome)
	var used []int
	for c := range f.clusters {
		switch {
		case !outcome[c].ok:
			out.drops[noOutcome]++
		case !metric[c].ok:
			out.drops[noMetric]++
		default:
			used = append(used, c)
		}
	}
	out.n, out.nClusters = len(used), len(used)
	x, y := pick(metric, used), pick(outcome, used)
	rho, varies := stats.Spearman(x, y)
	switch {
	case !anyValue(metric):
		return refused(out, metricUndefined)
	case !finite(y): // the mean of values near the largest number
		return refused(out, notFinite)
	case len(used) < fewestClusters:
		return refused(out, tooFewClusters)
	case !varies:
		return refused(out, noVariation)
	}
	row := association{fit: m, term: m.metric, focal: true, headline: true, estimand: clustersLikeThese, seType: "none",
		estimate: rho, statistic: some(rho), nFirms: f.firmsIn(used), nClusters: len(used),
		caveats: f.networkCaveats(m.layer.Name, used)}
	row.permute(x, y, f.in.Seed)
	row.rankInterval()
	row.caveats = row.caveats.with(oneClusterDecides, out.dropOne(rho, x, y))
	return result{fitted: out, rows: []association{row}, influence: m.dropped(f, used, rho, row.p, x, y),
		joint: &joint{statistic: rho, clusters: used, x: x, y: y}}
}

// permute fills in the p-value: of all pairings, or of random ones where there
// are too many.
func (a *association) permute(x, y []float64, studySeed uint64) {
	if len(x) <= stats.SpearmanExactRows {
		a.pType, a.p = "exact", some(stats.SpearmanExact(x, y).P)
		return
	}
	test := stats.SpearmanMonteCarlo(x, y, a.fit.draws, seed.Draws(studySeed, "spearman", a.fit.name))
	a.pType, a.p, a.draws = "permutation", some(test.P), test.Draws
	a.caveats = a.caveats.with(pAtResolution, test.AsExtreme == 0)
}

// rankInterval fills in an interval where it agrees with the p, which is the
// one to believe: with few clusters and long tails it covers too little.
func (a *association) rankInterval() {
	low, high, ok := stats.BonettWright(a.estimate, a.nClusters, confidence)
	if !ok || a.nClusters < intervalClusters || (low > 0 || high < 0) != (a.p.x < significance) {
		return
	}
	a.low, a.high, a.confType = some(low), some(high), "bonett_wright"
}

// dropOne notes the range of the correlation without each cluster, and tells
// whether one of them decides it.
func (f *fitted) dropOne(rho float64, x, y []float64) (decides bool) {
	without, ok := stats.SpearmanDropOne(x, y)
	for i, r := range without {
		if !ok[i] {
			decides = true
			continue
		}
		decides = decides || r*rho < 0 || exceeds(math.Abs(r-rho), 0.2)
		f.note(dropOneLow, r, func(a, b float64) bool { return a < b })
		f.note(dropOneHigh, r, func(a, b float64) bool { return a > b })
	}
	return decides
}

// note keeps the better of the values of a statistic.
func (f *fitted) note(name string, x float64, better func(a, b float64) bool) {
	if f.statistics == nil {
		f.statistics = map[string]float64{}
	}
	if before, ok := f.statistics[name]; !ok || better(x, before) {
		f.statistics[name] = x
	}
}

// dropped lists what the correlation is without each cluster.
func (m *fit) dropped(f *frame, used []int, rho float64, p value, x, y []float64) []influenceOf {
	if len(used) > manyClusters {
		return nil
	}
	without, ok := stats.SpearmanDropOne(x, y)
	rows := make([]influenceOf, len(used))
	for i, c := range used {
		rows[i] = influenceOf{fit: m, term: m.metric, cluster: f.clusters[c]}
		if !ok[i] {
			continue
		}
		r := without[i]
		rows[i].without, rows[i].change = some(r), some(r-rho)
		crosses := false
		if n := len(used) - 1; n >= fewestClusters && n <= dropExactClusters {
			exact := stats.SpearmanExact(slices.Delete(slices.Clone(x), i, i+1), slices.Delete(slices.Clone(y), i, i+1)).P
			rows[i].p, crosses = some(exact), (exact < significance) != (p.x < significance)
		}
		rows[i].decides = flags(r*rho < 0, exceeds(math.Abs(r-rho), 0.2), crosses)
	}
	return rows
}

// dropExactClusters is how many clusters may be left for an exact p without
// each of them, which is as many enumerations.
const dropExactClusters = 11

func (f *frame) firmsIn(clusters []int) int {
	in := make([]bool, len(f.clusters))
	for _, c := range clusters {
		in[c] = true
	}
	n := 0
	for _, c := range f.cluster {
		if in[c] {
			n++
		}
	}
	return n
}

func finite(x []float64) bool {
	for _, v := range x {
		if math.IsInf(v, 0) || math.IsNaN(v) {
			return false
		}
	}
	return true
}
