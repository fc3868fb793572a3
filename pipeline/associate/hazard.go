package associate

import (
	"errors"
	"slices"

	"firmties/pipeline/stats"
)

// hazard fits the time of adoption in discrete time. Exposure is its last term.
func hazard(r *regression) (*estimate, error) {
	p, _, err := stats.NewPersonPeriods(r.spells, r.clusters)
	if err != nil {
		return nil, err
	}
	x := make([][]float64, len(r.x))
	for j, column := range r.x {
		x[j] = p.Of(column)
	}
	names := r.names
	if r.exposure != nil {
		x, names = append(x, p.Exposure(r.exposure)), append(slices.Clone(names), exposureTerm)
	}
	fit, err := stats.FitHazard(p.Event, p.Period, x, p.Clusters, p.Shape)
	if err != nil {
		return nil, err
	}
	k := len(x)
	e := &estimate{names: names, coef: fit.Coef[:k], robust: fit.ClusterRobust(stats.CR1)[:k], robustSE: "CR1", robustP: "t",
		statistics: map[string]float64{logLikelihood: fit.LogLik, dfResidual: float64(fit.DF), conditionIndex: fit.Condition}}
	e.information(fit.SE[:k], "expected_information")
	if r.exposure == nil {
		return e, nil
	}
	if threshold, ok := stats.MeanThreshold(r.spells, r.exposure); ok {
		e.statistics[thresholdMean] = threshold
	}
	return e, nil
}

// hazardAlone is hazard in one cluster, where exposure may say nothing: nobody
// in it was exposed, or all were alike.
func hazardAlone(r *regression) (*estimate, error) {
	e, err := hazard(r)
	if aliased := (*stats.AliasedError)(nil); r.exposure == nil || !errors.As(err, &aliased) {
		return e, err
	}
	without := *r
	without.exposure = nil
	return hazard(&without)
}
