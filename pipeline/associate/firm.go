package associate

import (
	"errors"

	"firmties/pipeline/stats"
)

// regression is what a firm model is fitted to: the metric is the first
// column, the controls follow.
type regression struct {
	y        []float64
	size     []float64        // of a bounded count: out of how many
	spells   []stats.Spell    // of a time of adoption
	exposure []stats.Exposure // nil: no term
	x        [][]float64
	unscaled []float64 // the metric as it was computed
	names    []string
	clusters *stats.Clusters
	weights  *stats.Weights // of a network autocorrelation: the layer's ties
}

// estimate is what a firm model says of a regression.
type estimate struct {
	names []string // of the terms, where they are not the regression's own
	coef  []float64

	robust          []stats.ClusterRobust // between clusters
	robustSE        string                // their kind
	robustP         string
	model           []stats.ClusterRobust // under the model, firms independent
	modelSE, modelP string
	vif             []float64 // nil: none
	concentration   func(j int) stats.Concentration
	wild            func(j int) (*stats.WildCluster, error) // nil: none
	scored          bool                                    // wild tests the score: its standard error is not the estimate's
	marginal        []stats.MarginalEffect
	linear          *stats.FixedEffects    // of a linear model: permutation and HC3
	more            func()                 // fills in what only the fit of all clusters is asked for; nil: nothing
	moran           *stats.Autocorrelation // of the residuals of least squares; nil: none
	geary           *stats.Autocorrelation // likewise
	reflected       bool                   // the last term is the lag of the outcome

	n, clusters int // fitted, where clusters are left out
	caveats     []string
	fallback    string // the model that was fitted instead of the one asked for
	statistics  map[string]float64
}

// estimator fits a firm model.
type estimator func(*regression) (*estimate, error)

// gateError is an error of an estimator that is a gate by itself.
type gateError string

func (e gateError) Error() string { return string(e) }

// firmModel makes the run of a model at firm level; single is what it is in
// one cluster alone.
func firmModel(estimate, single estimator) func(*frame, *fit) result {
	return func(f *frame, m *fit) result {
		s := newSample(f, m)
		out := fitted{fit: m, n: len(s.y), nClusters: len(s.sizes), drops: s.drops}
		if gate := s.gate(f, m); gate != "" {
			return refused(out, gate)
		}
		r := s.regression(f, m)
		e, err := estimate(r)
		if err != nil {
			return refused(out, gateOf(err))
		}
		if e.more != nil {
			e.more()
		}
		return (&firmFit{f: f, m: m, s: s, r: r, e: e, estimate: estimate, single: single, out: out}).result()
	}
}

// gate names why nothing is left to fit; empty where something is.
func (s *sample) gate(f *frame, m *fit) string {
	switch {
	case !anyValue(numbers(f.in.FirmMetrics, m.metric, f.firmRows[m.layer.Name])),
		m.second.Name != "" && !anyValue(numbers(f.in.FirmMetrics, m.metric, f.firmRows[m.second.Name])):
		return metricUndefined
	case len(s.y) == 0 && s.drops[constantInCluster] > 0:
		return noVariation
	case len(s.y) == 0:
		return tooFewFirms
	}
	return ""
}

// gateOf names why a model has no answer.
func gateOf(err error) string {
	var (
		gate      gateError
		aliased   *stats.AliasedError
		separated *stats.SeparatedError
		outcome   *stats.OutcomeError
		spell     *stats.SpellError
		empty     *stats.EmptyPeriodError
		few       *stats.TooFewClustersError
		treated   *stats.FewTreatedError
	)
	switch {
	case errors.As(err, &gate):
		return string(gate)
	case errors.As(err, &aliased), errors.Is(err, stats.ErrFlatLikelihood):
		return collinear
	case errors.As(err, &separated):
		return isSeparated
	case errors.As(err, &outcome), errors.As(err, &spell), errors.As(err, &empty):
		return outcomeNotServed
	case errors.Is(err, stats.ErrTooFewRows):
		return tooFewFirms
	case errors.Is(err, stats.ErrOneCluster), errors.As(err, &few), errors.As(err, &treated):
		return tooFewClusters
	case errors.Is(err, stats.ErrConstantOutcome):
		return noVariation
	case errors.Is(err, stats.ErrPerfectFit), errors.Is(err, stats.ErrNoStandardError):
		return perfectFit
	case errors.Is(err, stats.ErrNoConvergence):
		return notConverged
	case errors.Is(err, stats.ErrNoTies):
		return noTies
	case errors.Is(err, stats.ErrNoInstruments):
		return noInstruments
	case errors.Is(err, stats.ErrLargeCluster):
		return largeCluster
	case errors.Is(err, stats.ErrTooLarge):
		return tooManyEffects
	}
	return notFinite
}

// part returns the rows of some clusters.
func (r *regression) part(keep func(g int) bool) *regression {
	out := &regression{names: r.names, x: make([][]float64, len(r.x))}
	var sizes []int
	at := 0
	for g := range r.clusters.Len() {
		from := at
		at += len(r.clusters.Of(r.y, g))
		if !keep(g) {
			continue
		}
		sizes = append(sizes, at-from)
		out.y = append(out.y, r.y[from:at]...)
		if r.size != nil {
			out.size = append(out.size, r.size[from:at]...)
		}
		if r.spells != nil {
			out.spells = append(out.spells, r.spells[from:at]...)
		}
		if r.exposure != nil {
			out.exposure = append(out.exposure, r.exposure[from:at]...)
		}
		out.unscaled = append(out.unscaled, r.unscaled[from:at]...)
		for j, column := range r.x {
			out.x[j] = append(out.x[j], column[from:at]...)
		}
	}
	out.clusters = stats.NewClusters(sizes...)
	if r.weights != nil {
		out.weights = r.weights.Only(keep)
	}
	return out
}

// without returns the regression less one cluster.
func (r *regression) without(g int) *regression { return r.part(func(h int) bool { return h != g }) }

// only returns the regression in one cluster, with the controls that vary
// there.
func (r *regression) only(g int) *regression {
	one := r.part(func(h int) bool { return h == g })
	varying := &regression{y: one.y, size: one.size, spells: one.spells, exposure: one.exposure, unscaled: one.unscaled, clusters: one.clusters, weights: one.weights}
	for j, column := range one.x {
		if j == 0 || !stats.ConstantWithin(column, one.clusters)[0] {
			varying.x, varying.names = append(varying.x, column), append(varying.names, one.names[j])
		}
	}
	return varying
}
