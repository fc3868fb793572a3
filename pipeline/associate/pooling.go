package associate

import (
	"math"

	"firmties/pipeline/stats"
)

// pooledSample is what a meta-analysis starts from: an estimate of each cluster
// with its variance.
type pooledSample struct {
	clusters []int // rows of Clusters
	each     []stats.ClusterEstimate
}

// clusterFirmsLeast is how many firms a cluster needs to be pooled.
const clusterFirmsLeast = 8

// pool makes the run of a meta-analysis from what estimates one cluster: the
// estimates of all clusters, given each one's firms.
func pool(estimates func(*regression) []stats.ClusterEstimate) func(*frame, *fit) result {
	return func(f *frame, m *fit) result {
		s := newSample(f, m)
		out := fitted{fit: m, drops: drops{smallCluster: len(f.clusters)}, statistics: map[string]float64{}}
		if gate := s.gate(f, m); gate != "" {
			return refused(out, gate)
		}
		each := estimates(s.regression(f, m))
		p := pooledSample{}
		firms := 0
		for g, c := range each {
			if c.OK {
				p.clusters, p.each = append(p.clusters, s.clusters[g]), append(p.each, c)
				firms += c.N
			}
		}
		out.drops[smallCluster] = len(f.clusters) - len(p.clusters)
		out.n, out.nClusters = len(p.clusters), len(p.clusters)
		r := result{fitted: out, clusterwise: f.clusterwise(m, m.metric, s.clusters, each)}
		meta, err := p.pool(stats.TauREML, nil)
		if err != nil {
			r.fitted.gate = gateOf(err)
			return r
		}
		base := association{fit: m, focal: true, headline: true, term: "pooled", estimand: clustersLikeThese, seType: "hartung_knapp", pType: "t",
			nFirms: firms, nClusters: len(p.clusters), caveats: f.networkCaveats(m.layer.Name, p.clusters).with(clustersLeftOut, len(p.clusters) < len(s.sizes))}
		r.rows = append(r.rows, base.pooled(meta, 0))
		r.rows = append(r.rows, p.otherwise(base)...)
		r.fitted.heterogeneity(meta)
		r.influence = p.influence(f, m, meta, &r.rows[0])
		if m.moderator != "" {
			slope, ok := p.moderated(f, m, base)
			r.rows[0].caveats = r.rows[0].caveats.with(moderatorLeftOut, !ok)
			if ok {
				r.rows = append(r.rows, slope)
			}
		}
		return r
	}
}

// otherwise makes the rows of the pooled estimate by other estimators of how
// much clusters differ, to stand beside that by REML.
func (p *pooledSample) otherwise(base association) []association {
	var rows []association
	for _, by := range []struct {
		kind stats.TauKind
		term string
	}{{stats.PauleMandel, "pooled_paule_mandel"}, {stats.DerSimonianLaird, "pooled_dersimonian_laird"}} {
		if meta, err := p.pool(by.kind, nil); err == nil {
			base.term, base.focal, base.headline = by.term, false, false
			rows = append(rows, base.pooled(meta, 0))
		}
	}
	return rows
}

// pool pools the estimates, on a moderator where there is one.
func (p *pooledSample) pool(kind stats.TauKind, moderators [][]float64) (*stats.Meta, error) {
	var y, v []float64
	for _, c := range p.each {
		y, v = append(y, c.Estimate), append(v, c.SE*c.SE)
	}
	return stats.Pool(y, v, kind, stats.ModifiedHartungKnapp, moderators...)
}

// pooled fills in coefficient j of a meta-analysis. Below five clusters only
// the estimates of clusters are told.
func (a association) pooled(m *stats.Meta, j int) association {
	a.estimate = m.Coef[j]
	if a.nClusters <= fewClustersAtMost {
		a.caveats = a.caveats.with(fewClusters, true)
		return a
	}
	a.stdError, a.df, a.statistic, a.p = some(m.SE[j]), some(m.DF), some(m.Coef[j]/m.SE[j]), some(m.P[j])
	low, high := m.Interval(j, confidence)
	a.low, a.high, a.confType = some(low), some(high), "hartung_knapp"
	return a
}

// heterogeneity notes how much clusters differ, where they are enough to tell.
func (f *fitted) heterogeneity(m *stats.Meta) {
	f.statistics[tau2], f.statistics[i2], f.statistics[cochranQ], f.statistics[cochranP] = m.Tau2, m.I2, m.Q, m.QP
	if f.nClusters <= fewClustersAtMost {
		return
	}
	f.statistics[tau2Low], f.statistics[tau2High] = m.TauInterval(confidence)
	f.statistics[predictionLow], f.statistics[predictionHigh] = m.Prediction(confidence)
}

// influence lists what the pooled estimate is without each cluster.
func (p *pooledSample) influence(f *frame, m *fit, whole *stats.Meta, row *association) []influenceOf {
	if len(p.clusters) > manyClusters {
		return nil
	}
	half := math.Inf(1)
	if row.low.ok {
		half = (row.high.x - row.low.x) / 2
	}
	var out []influenceOf
	for g, less := range whole.WithoutEach() {
		r := influenceOf{fit: m, term: "pooled", cluster: f.clusters[p.clusters[g]]}
		if less != nil {
			b := less.Coef[0]
			r.without, r.change = some(b), some(b-whole.Coef[0])
			crosses := false
			if row.p.ok && len(p.clusters) > fewClustersAtMost+1 {
				r.p, crosses = some(less.P[0]), (less.P[0] < significance) != (row.p.x < significance)
			}
			r.decides = flags(b*whole.Coef[0] < 0, math.Abs(b-whole.Coef[0]) > half, crosses)
		}
		out = append(out, r)
	}
	return out
}

// moderated is the slope of the estimates on one metric of their clusters; false
// where too few of these have it, or it is the same for all.
func (p *pooledSample) moderated(f *frame, m *fit, base association) (slope association, ok bool) {
	x := f.clusterMetric(m.moderator, m.layer.Name)
	if m.moderator == clusterSize {
		x = f.clusterColumn(clusterSize)
	}
	known := pooledSample{}
	var column []float64
	base.nFirms = 0
	for g, c := range p.clusters {
		if x[c].ok {
			known.clusters, known.each, column = append(known.clusters, c), append(known.each, p.each[g]), append(column, x[c].x)
			base.nFirms += p.each[g].N
		}
	}
	base.term, base.focal, base.headline, base.nClusters = m.moderator, false, false, len(known.clusters)
	meta, err := known.pool(stats.TauREML, [][]float64{column})
	if err != nil {
		return base, false
	}
	return base.pooled(meta, 1), true
}

// correlations are those of the metric and the outcome in every cluster, as
// Fisher's z with variance 1/(n-k-3) given k controls.
func correlations(r *regression) []stats.ClusterEstimate {
	out := make([]stats.ClusterEstimate, r.clusters.Len())
	for g := range out {
		one := r.only(g)
		n, k := len(one.y), len(one.x)-1
		out[g].N = n
		if n < clusterFirmsLeast || n-k < 4 {
			continue
		}
		p, err := stats.NewPartial(one.x[0], one.y, one.x[1:]...)
		if err != nil || math.Abs(p.R) >= 1 {
			continue
		}
		out[g].Estimate, out[g].SE, out[g].OK = math.Atanh(p.R), 1/math.Sqrt(float64(n-k-3)), true
	}
	return out
}

// hc3Spare is how many firms beyond the terms a cluster needs for a variance of
// its own; the others share one residual variance.
const hc3Spare = 10

// slopes are those of the metric in every cluster, metric and outcome in
// standard deviations of its firms.
func slopes(r *regression) []stats.ClusterEstimate {
	out := make([]stats.ClusterEstimate, r.clusters.Len())
	fits := make([]*stats.FixedEffects, len(out))
	var squares, df float64
	for g := range out {
		one := r.only(g)
		out[g].N = len(one.y)
		if out[g].N < clusterFirmsLeast {
			continue
		}
		x := append([][]float64{stats.StandardiseWithin(one.x[0], one.clusters)}, one.x[1:]...)
		fit, err := stats.FitFixedEffects(stats.StandardiseWithin(one.y, one.clusters), x, one.clusters)
		if err != nil {
			continue
		}
		fits[g] = fit
		squares += fit.Sigma * fit.Sigma * float64(fit.DF)
		df += float64(fit.DF)
	}
	for g, fit := range fits {
		if fit == nil {
			continue
		}
		se, ok := fit.HC3(0)
		if !ok || out[g].N < len(fit.Coef)+hc3Spare {
			se = fit.ClassicalSE[0] / fit.Sigma * math.Sqrt(squares/df)
		}
		out[g].Estimate, out[g].SE, out[g].OK = fit.Coef[0], se, se > 0
	}
	return out
}
