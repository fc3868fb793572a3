package associate

import (
	"math"
	"slices"

	"firmties/pipeline/stats"
)

// line is least squares over clusters.
type line struct {
	s   *clusterSample
	fit *stats.FixedEffects // of one group: a constant stands for its effect
	cr2 []stats.ClusterRobust
}

func newLine(s *clusterSample) (*line, error) {
	x := append([][]float64{s.x}, s.others...)
	fit, err := stats.FitFixedEffects(s.y, x, stats.NewClusters(len(s.y)))
	if err != nil {
		return nil, err
	}
	alone, err := stats.FitPooled(s.y, x, stats.NewClusters(slices.Repeat([]int{1}, len(s.y))...))
	if err != nil {
		return nil, err
	}
	return &line{s, fit, alone.ClusterRobust(stats.CR2)}, nil
}

// clusterLine fits ols_cluster.
func clusterLine(f *frame, m *fit) result {
	s := newClusterSample(f, m)
	out := fitted{fit: m, drops: s.drops, n: len(s.used), nClusters: len(s.used)}
	if gate := s.refusal(); gate != "" {
		return refused(out, gate)
	}
	l, err := newLine(s)
	if err != nil {
		return refused(out, gateOf(err))
	}
	out.statistics = map[string]float64{rSquaredWithin: l.fit.RSquaredWithin, sigmaStatistic: l.fit.Sigma, dfResidual: float64(l.fit.DF)}
	if condition, ok := stats.Condition(append([][]float64{s.x}, s.others...), stats.NewClusters(len(s.y))); ok {
		out.statistics[conditionIndex] = condition
	}
	base := association{fit: m, estimand: clustersLikeThese, nFirms: f.firmsIn(s.used), nClusters: len(s.used), caveats: f.networkCaveats(m.layer.Name, s.used)}
	var rows []association
	for _, kind := range m.inference {
		rows = append(rows, l.rows(base, kind)...)
	}
	influence := l.influence(rows)
	for i := range rows {
		rows[i].headline = rows[i].focal && rows[i].seType == "HC3"
		decides := slices.ContainsFunc(influence, func(r influenceOf) bool { return r.decides != "" })
		rows[i].caveats = rows[i].caveats.with(oneClusterDecides, rows[i].focal && decides)
	}
	return result{fitted: out, rows: rows, influence: influence}
}

// rows are those of all terms by one kind of standard error.
func (l *line) rows(base association, kind string) []association {
	names := append([]string{l.s.m.metric}, l.s.m.controls...)
	var rows []association
	for j, b := range l.fit.Coef {
		row := base
		row.term, row.estimate, row.focal = names[j], b, j == 0
		df := float64(l.fit.DF)
		switch kind {
		case byCR2:
			row.seType, row.pType = "CR2", "satterthwaite"
			row.infer(l.cr2[j])
		case byHC3:
			row.seType, row.pType = "HC3", "t"
			se, ok := l.fit.HC3(j)
			row.simple(stats.ClusterRobust{SE: se, DF: df, OK: ok})
		case byModel:
			row.seType, row.pType = "classical", "t"
			row.simple(underModel(b, l.fit.ClassicalSE[j], df))
		}
		rows = append(rows, row)
	}
	return rows
}

// influence lists what each cluster does to the line.
func (l *line) influence(rows []association) []influenceOf {
	n := float64(len(l.s.used))
	if len(l.s.used) > manyClusters {
		return nil
	}
	p := func(l *line) (float64, bool) {
		se, ok := l.fit.HC3(0)
		if !ok {
			return 0, false
		}
		return stats.TwoSidedT(l.fit.Coef[0]/se, float64(l.fit.DF)), true
	}
	whole, known := p(l)
	cook, moved := l.fit.Cook(), l.fit.DFBETAS(0)
	spent := n - float64(l.fit.DF)
	out := make([]influenceOf, len(l.s.used))
	for i, c := range l.s.used {
		out[i] = influenceOf{fit: l.s.m, term: l.s.m.metric, cluster: l.s.f.clusters[c],
			cook: some(cook[i]), dfbeta: some(moved[i]), leverage: some(l.fit.Leverage[i])}
		size := exceeds(cook[i], 4/n) || exceeds(math.Abs(moved[i]), 2/math.Sqrt(n)) || exceeds(l.fit.Leverage[i], 2*spent/n)
		less, err := newLine(l.s.without(i))
		if err != nil {
			out[i].decides = flags(false, size, false)
			continue
		}
		b := less.fit.Coef[0]
		out[i].without, out[i].change = some(b), some(b-l.fit.Coef[0])
		crosses := false
		if q, ok := p(less); ok {
			out[i].p, crosses = some(q), known && (q < significance) != (whole < significance)
		}
		out[i].decides = flags(b*l.fit.Coef[0] < 0, size, crosses)
	}
	return out
}
