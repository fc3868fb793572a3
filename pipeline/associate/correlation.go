package associate

import (
	"math"
	"math/rand/v2"
	"slices"

	"firmties/pipeline/seed"
	"firmties/pipeline/stats"
)

// Below 5 clusters no test is made: 5! pairings are the fewest whose extremes
// are below 0.05. Below 10 there is no interval, and below 20 a bootstrap's is
// indicative.
const (
	fewestClusters   = 5
	intervalClusters = 10
	bootClusters     = 20
)

// correlation is a way to correlate clusters.
type correlation struct {
	of       func(x, y []float64) (r float64, ok bool)
	exact    func(x, y []float64) (p float64)
	most     int // clusters of which all pairings are counted
	draw     func(x, y []float64, draws int, stream func(int) *rand.Rand) stats.PermutationTest
	interval func(r float64, n, others int) (low, high float64, ok bool) // nil: none
	confType string
	scale    func(x []float64) []float64 // of columns given others; nil: others are not served
}

var spearman = correlation{
	of:    stats.Spearman,
	exact: func(x, y []float64) float64 { return stats.SpearmanExact(x, y).P },
	most:  stats.SpearmanExactRows, draw: stats.SpearmanMonteCarlo,
	interval: func(r float64, n, others int) (low, high float64, ok bool) {
		return stats.BonettWright(r, n-others, confidence)
	},
	confType: "bonett_wright", scale: stats.Ranks,
}

var pearson = correlation{
	of: stats.Pearson,
	interval: func(r float64, n, others int) (low, high float64, ok bool) {
		return stats.FisherZ(r, n, others, confidence)
	},
	confType: "fisher_z", scale: slices.Clone[[]float64],
}.leaving(nil)

var kendall = correlation{
	of:    stats.Kendall,
	exact: func(x, y []float64) float64 { return stats.KendallExact(x, y).P },
	most:  stats.SpearmanExactRows, draw: stats.KendallMonteCarlo,
}

// given returns the same way to correlate what others leave of the columns.
func (c correlation) given(others [][]float64) correlation {
	if len(others) == 0 {
		return c
	}
	z := make([][]float64, len(others))
	for j, column := range others {
		z[j] = c.scale(column)
	}
	out := c.leaving(z)
	out.of = func(x, y []float64) (float64, bool) {
		p, err := stats.NewPartial(c.scale(x), c.scale(y), z...)
		if err != nil {
			return 0, false
		}
		return p.R, true
	}
	return out
}

// leaving returns the same correlation, judged by permuting what z leaves of the
// columns on their scale.
func (c correlation) leaving(z [][]float64) correlation {
	scale := c.scale
	c.most = stats.PairingsMost
	c.exact = func(x, y []float64) float64 {
		p, err := stats.NewPartial(scale(x), scale(y), z...)
		if err != nil {
			return 1
		}
		return p.Exact().P
	}
	c.draw = func(x, y []float64, draws int, stream func(int) *rand.Rand) stats.PermutationTest {
		p, err := stats.NewPartial(scale(x), scale(y), z...)
		if err != nil {
			return stats.PermutationTest{P: 1}
		}
		return p.MonteCarlo(draws, stream)
	}
	return c
}

// correlate makes the run of a correlation of clusters.
func correlate(bare correlation) func(*frame, *fit) result {
	return func(f *frame, m *fit) result {
		s := newClusterSample(f, m)
		out := fitted{fit: m, drops: s.drops, n: len(s.used), nClusters: len(s.used)}
		if gate := s.refusal(); gate != "" {
			return refused(out, gate)
		}
		if len(s.others) > 0 && bare.scale == nil {
			return refused(out, controlsNotServed)
		}
		c := bare.given(s.others)
		r, varies := c.of(s.x, s.y)
		if !varies {
			return refused(out, s.unvaried())
		}
		row := association{fit: m, term: m.metric, focal: true, headline: true, estimand: clustersLikeThese, seType: "none",
			estimate: r, statistic: some(r), nFirms: f.firmsIn(s.used), nClusters: len(s.used), caveats: f.networkCaveats(m.layer.Name, s.used)}
		row.permute(c, s.x, s.y, f.in.Seed)
		row.correlationInterval(c, len(s.others))
		if m.asked(byBCa) {
			row.bootstrap(bare, s, f.in.Seed)
		}
		without, ok := s.dropEach(bare)
		row.caveats = row.caveats.with(oneClusterDecides, out.dropOne(r, without, ok))
		return result{fitted: out, rows: []association{row}, influence: s.dropped(bare, r, row.p, without, ok), joint: s.joint(c, r)}
	}
}

// joint is what a correlation brings to the adjustment of its family; none
// where controls are held constant, which orders of the outcome would not.
func (s *clusterSample) joint(c correlation, r float64) *joint {
	if len(s.others) > 0 {
		return nil
	}
	return &joint{statistic: r, clusters: s.used, x: s.x, y: s.y, of: c.of}
}

// permute fills in the p-value: of all pairings, or of random ones where there
// are too many.
func (a *association) permute(c correlation, x, y []float64, studySeed uint64) {
	if len(x) <= c.most {
		a.pType, a.p = "exact", some(c.exact(x, y))
		return
	}
	test := c.draw(x, y, a.fit.draws, seed.Draws(studySeed, a.fit.model.Name, a.fit.name))
	a.pType = "permutation"
	a.drawn(test.P, test.AsExtreme, test.Draws)
}

// correlationInterval fills in an interval where it agrees with the p, which is
// the one to believe: with few clusters and long tails it covers too little.
func (a *association) correlationInterval(c correlation, others int) {
	if c.interval == nil {
		return
	}
	low, high, ok := c.interval(a.estimate, a.nClusters, others)
	if !ok || a.nClusters < intervalClusters || (low > 0 || high < 0) != (a.p.x < significance) {
		return
	}
	a.low, a.high, a.confType = some(low), some(high), c.confType
}

// bootstrap puts the interval of resampled clusters in the place of the other.
func (a *association) bootstrap(bare correlation, s *clusterSample, studySeed uint64) {
	statistic := func(rows []int) (float64, bool) {
		part := s.rows(rows)
		return bare.given(part.others).of(part.x, part.y)
	}
	b, ok := stats.Bootstrap(len(s.x), a.fit.draws, confidence, statistic, seed.Draws(studySeed, "bootstrap", a.fit.name))
	if !ok {
		return
	}
	a.low, a.high, a.confType = some(b.Low), some(b.High), "bca"
	a.caveats = a.caveats.with(indicative, len(s.x) < bootClusters)
}

// dropEach correlates without each cluster; nil where clusters are too many to
// look at one by one, and the correlation has no faster way.
func (s *clusterSample) dropEach(c correlation) (without []float64, ok []bool) {
	if c.confType == "bonett_wright" && len(s.others) == 0 {
		return stats.SpearmanDropOne(s.x, s.y)
	}
	if len(s.x) > manyClusters {
		return nil, nil
	}
	without, ok = make([]float64, len(s.x)), make([]bool, len(s.x))
	for i := range s.x {
		part := s.without(i)
		without[i], ok[i] = c.given(part.others).of(part.x, part.y)
	}
	return without, ok
}

// dropOne notes the range of the correlation without each cluster, and tells
// whether one of them decides it.
func (f *fitted) dropOne(r float64, without []float64, ok []bool) (decides bool) {
	for i, v := range without {
		if !ok[i] {
			decides = true
			continue
		}
		decides = decides || v*r < 0 || exceeds(math.Abs(v-r), 0.2)
		f.note(dropOneLow, v, func(a, b float64) bool { return a < b })
		f.note(dropOneHigh, v, func(a, b float64) bool { return a > b })
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

// dropExactClusters is how many clusters may be left for an exact p without
// each of them, which is as many enumerations.
const dropExactClusters = 11

// dropped lists what the correlation is without each cluster.
func (s *clusterSample) dropped(bare correlation, r float64, p value, without []float64, ok []bool) []influenceOf {
	if len(s.used) > manyClusters {
		return nil
	}
	rows := make([]influenceOf, len(without))
	for i := range rows {
		rows[i] = influenceOf{fit: s.m, term: s.m.metric, cluster: s.f.clusters[s.used[i]]}
		if !ok[i] {
			continue
		}
		v := without[i]
		rows[i].without, rows[i].change = some(v), some(v-r)
		crosses := false
		part := s.without(i)
		c := bare.given(part.others)
		if n := len(part.x); n >= fewestClusters && n <= min(dropExactClusters, c.most) {
			exact := c.exact(part.x, part.y)
			rows[i].p, crosses = some(exact), (exact < significance) != (p.x < significance)
		}
		rows[i].decides = flags(v*r < 0, exceeds(math.Abs(v-r), 0.2), crosses)
	}
	return rows
}
