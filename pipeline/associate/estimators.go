package associate

import (
	"errors"
	"math"
	"slices"

	"firmties/pipeline/stats"
)

// The names of fit statistics, columns of fits.
const (
	rSquaredWithin    = "r_squared_within"
	sigmaStatistic    = "sigma"
	dfResidual        = "df_residual"
	effectiveClusters = "effective_clusters"
	largestShare      = "largest_cluster_share"
	conditionIndex    = "condition"
	logLikelihood     = "log_likelihood"
	dispersion        = "dispersion"
	iccStatistic      = "icc"
	breuschPagan      = "breusch_pagan_p"
	resetP            = "reset_p"
	jointF            = "joint_f"
	jointDF           = "joint_df"
	jointP            = "joint_p"
	proportionalP     = "proportional_p"
	dropOneLow        = "drop_one_low"
	dropOneHigh       = "drop_one_high"
	pairsFitted       = "pairs"
	tau2              = "tau2"
	tau2Low           = "tau2_low"
	tau2High          = "tau2_high"
	i2                = "i2"
	cochranQ          = "cochran_q"
	cochranP          = "cochran_p"
	predictionLow     = "prediction_low"
	predictionHigh    = "prediction_high"
	waysFitted        = "specifications"
	curveLow          = "curve_low"
	curveHigh         = "curve_high"
	moranI            = "moran_i"
	moranP            = "moran_p"
	gearyC            = "geary_c"
	gearyP            = "geary_p"
	firstStageF       = "first_stage_f"
	thresholdMean     = "threshold_mean"
)

// leastSquares fits ols_fe and lpm_fe.
func leastSquares(r *regression) (*estimate, error) {
	fit, err := stats.FitFixedEffects(r.y, r.x, r.clusters)
	if err != nil {
		return nil, err
	}
	e := &estimate{
		coef: fit.Coef, robustSE: "CR2", robustP: "satterthwaite",
		vif: fit.VIF, concentration: fit.Concentration, linear: fit,
		wild:       func(j int) (*stats.WildCluster, error) { return fit.WildCluster(j, stats.WCR) },
		statistics: map[string]float64{rSquaredWithin: fit.RSquaredWithin, sigmaStatistic: fit.Sigma, dfResidual: float64(fit.DF)},
	}
	for j, b := range fit.Coef {
		e.model = append(e.model, underModel(b, fit.ClassicalSE[j], float64(fit.DF)))
	}
	e.modelSE, e.modelP = "classical", "t"
	e.more = func() {
		e.robust = fit.CR2()
		if condition, ok := stats.Condition(r.x, r.clusters); ok {
			e.statistics[conditionIndex] = condition
		}
		e.diagnose(fit, r)
	}
	return e, nil
}

// diagnose adds the checks of a linear model's assumptions and the joint test
// of its terms, so far as they exist.
func (e *estimate) diagnose(fit *stats.FixedEffects, r *regression) {
	if d, err := fit.BreuschPagan(); err == nil {
		e.statistics[breuschPagan] = d.P
	}
	if d, err := fit.RESET(r.y); err == nil {
		e.statistics[resetP] = d.P
	}
	if len(r.x) < 2 || r.clusters.Len() <= fewClustersAtMost {
		return
	}
	all := make([]int, len(r.x))
	for j := range all {
		all[j] = j
	}
	if w, err := fit.WaldHTZ(all...); err == nil {
		e.statistics[jointF], e.statistics[jointDF], e.statistics[jointP] = w.F, w.DF2, w.P
	}
}

// underModel is what a model that takes firms as independent says of a
// coefficient; df 0 stands for the normal distribution.
func underModel(b, se, df float64) stats.ClusterRobust {
	if !(se > 0) {
		return stats.ClusterRobust{}
	}
	p := stats.TwoSidedZ(b / se)
	if df > 0 {
		p = stats.TwoSidedT(b/se, df)
	}
	return stats.ClusterRobust{SE: se, DF: df, P: p, OK: true}
}

func (e *estimate) information(se []float64, name string) {
	for j, b := range e.coef {
		e.model = append(e.model, underModel(b, se[j], 0))
	}
	e.modelSE, e.modelP = name, "normal"
}

// The rows of the rarer outcome for each coefficient below which a logistic
// regression is refused, penalised, or comes with a caveat.
const (
	eventsRefused   = 2
	eventsPenalised = 5
	eventsFew       = 10
)

// logistic fits logit_fe, and Firth's fit in its place where the likelihood
// has no maximum or few events hold it up.
func logistic(r *regression) (*estimate, error) {
	events, err := r.events()
	if err != nil {
		return nil, err
	}
	if exceeds(eventsPenalised, events) {
		return firthInstead(r)
	}
	fit, err := stats.FitLogit(r.y, r.x, r.clusters)
	if separated := (*stats.SeparatedError)(nil); errors.As(err, &separated) {
		return firthInstead(r)
	}
	if err != nil {
		return nil, err
	}
	e := shares(fit, r)
	e.with(fewEvents, exceeds(eventsFew, events))
	e.with(incidentalParameters, 2*medianSize(r.clusters, r.y) < 2*40)
	return e, nil
}

// events is how many rows of the rarer outcome stand for each coefficient. The
// error says that they are too few for any.
func (r *regression) events() (float64, error) {
	events := stats.EventsPerCoefficient(r.y, len(r.x), r.clusters)
	switch levels := distinctNumbers(r.y); {
	case !slices.Equal(levels, []float64{0, 1}):
		return 0, gateError(outcomeNotServed)
	case exceeds(eventsRefused, events):
		return 0, gateError(tooFewEvents)
	}
	return events, nil
}

func (e *estimate) with(caveat string, holds bool) {
	if holds {
		e.caveats = append(e.caveats, caveat)
	}
}

func medianSize(c *stats.Clusters, y []float64) float64 {
	sizes := make([]int, c.Len())
	for g := range sizes {
		sizes[g] = len(c.Of(y, g))
	}
	slices.Sort(sizes)
	return float64(sizes[(len(sizes)-1)/2]+sizes[len(sizes)/2]) / 2
}

func firthInstead(r *regression) (*estimate, error) {
	e, err := firth(r)
	if err == nil {
		e.fallback = "firth_fe"
		e.with(penalised, true)
	}
	return e, err
}

// firth fits firth_fe.
func firth(r *regression) (*estimate, error) {
	events, err := r.events()
	if err != nil {
		return nil, err
	}
	fit, err := stats.FitFirth(r.y, r.x, r.clusters)
	if err != nil {
		return nil, err
	}
	e := &estimate{coef: fit.Coef, n: fit.N, clusters: fit.G, marginal: fit.MarginalEffects(r.x, r.clusters),
		statistics: map[string]float64{logLikelihood: fit.LogLik, dfResidual: float64(fit.DF), conditionIndex: fit.Condition}}
	for j := range fit.Coef {
		e.model = append(e.model, stats.ClusterRobust{SE: fit.SE[j], P: fit.P[j], OK: fit.SE[j] > 0})
	}
	e.modelSE, e.modelP = "observed_information", "likelihood_ratio"
	e.with(fewEvents, exceeds(eventsFew, events))
	return e, nil
}

func distinctNumbers(x []float64) []float64 {
	x = slices.Clone(x)
	slices.Sort(x)
	return slices.Compact(x)
}

// glm is what a generalised linear model says.
func glm(fit *stats.GLM) *estimate {
	e := &estimate{coef: fit.Coef, robustSE: "CR2", robustP: "satterthwaite", n: fit.N, clusters: fit.G,
		statistics: map[string]float64{logLikelihood: fit.LogLik, dfResidual: float64(fit.DF), dispersion: fit.Dispersion, conditionIndex: fit.Condition}}
	e.information(fit.SE, "expected_information")
	e.wild, e.scored = fit.WildCluster, true
	e.more = func() { e.robust = fit.ClusterRobust(stats.CR2) }
	return e
}

// shares is what such a model of probabilities says: average marginal effects
// too.
func shares(fit *stats.GLM, r *regression) *estimate {
	e := glm(fit)
	robust := e.more
	e.more = func() {
		robust()
		e.marginal = fit.MarginalEffects(r.x, r.clusters)
	}
	return e
}

// conditionalLogit fits clogit.
func conditionalLogit(r *regression) (*estimate, error) {
	fit, err := stats.FitConditionalLogit(r.y, r.x, r.clusters)
	if err != nil {
		return nil, err
	}
	e := &estimate{coef: fit.Coef, robust: fit.ClusterRobust(), robustSE: "CR1", robustP: "t", n: fit.N, clusters: fit.G,
		statistics: map[string]float64{logLikelihood: fit.LogLik, dfResidual: float64(fit.DF), conditionIndex: fit.Condition}}
	e.information(fit.SE, "observed_information")
	return e, nil
}

// poisson fits poisson_fe.
func poisson(r *regression) (*estimate, error) {
	fit, err := stats.FitPoisson(r.y, r.x, r.clusters)
	if err != nil {
		return nil, err
	}
	return glm(fit), nil
}

// quasibinomial fits quasibinomial_fe.
func quasibinomial(r *regression) (*estimate, error) {
	fit, err := stats.FitBinomial(r.y, r.size, r.x, r.clusters)
	if err != nil {
		return nil, err
	}
	return shares(fit, r), nil
}

// categoryRows is how many firms a category needs to stand alone.
const categoryRows = 5

// ordinal fits ordinal_fe.
func ordinal(r *regression) (*estimate, error) {
	y, merged := stats.MergeSparse(r.y, categoryRows)
	fit, err := stats.FitOrdinal(y, r.x, r.clusters)
	if err != nil {
		return nil, err
	}
	e := &estimate{coef: fit.Coef, robust: fit.ClusterRobust(), robustSE: "CR1", robustP: "t", n: fit.N, clusters: fit.G,
		statistics: map[string]float64{logLikelihood: fit.LogLik, dfResidual: float64(fit.DF), conditionIndex: fit.Condition}}
	e.information(fit.SE, "observed_information")
	e.with(categoriesMerged, len(merged) > 0)
	e.more = func() {
		checks, errs := fit.ProportionalOdds()
		if len(checks) > 0 && errs[0] == nil {
			e.statistics[proportionalP] = checks[0].P
			e.with(notProportional, checks[0].P < 0.01)
		}
	}
	return e, nil
}

// cox fits cox_strata.
func cox(r *regression) (*estimate, error) {
	fit, err := stats.FitCox(r.spells, r.x, r.clusters, stats.Efron)
	if err != nil {
		return nil, err
	}
	e := &estimate{coef: fit.Coef, robust: fit.ClusterRobust(), robustSE: "CR1", robustP: "t", n: fit.N, clusters: fit.G,
		statistics: map[string]float64{logLikelihood: fit.LogLik, conditionIndex: fit.Condition}}
	e.information(fit.SE, "observed_information")
	e.more = func() {
		if checks, _, err := fit.ProportionalHazards(logTime); err == nil {
			e.statistics[proportionalP] = checks[0].P
			e.with(notProportional, checks[0].P < 0.01)
		}
	}
	return e, nil
}

// mixed fits a linear model with random intercepts to the metric's deviation
// from its cluster's mean and that mean.
func mixed(r *regression) (*estimate, error) {
	x, names := r.withinBetween()
	fit, err := stats.FitMixed(r.y, x, r.clusters, stats.REML)
	if err != nil {
		return nil, err
	}
	e := &estimate{names: names, coef: fit.Coef, robustSE: "CR2", robustP: "satterthwaite",
		n: fit.N, clusters: fit.G,
		statistics: map[string]float64{logLikelihood: fit.LogLik, iccStatistic: fit.ICC, conditionIndex: fit.Condition}}
	for j, b := range fit.Coef {
		e.model = append(e.model, underModel(b, fit.SE[j], fit.DF[j]))
	}
	e.modelSE, e.modelP = "expected_information", "t"
	e.with(boundary, fit.Singular)
	e.more = func() { e.robust = fit.ClusterRobust(stats.CR2) }
	return e, nil
}

// withinBetween splits the metric: what the firms of a cluster differ by, and
// what clusters do, which may have opposite signs.
func (r *regression) withinBetween() (x [][]float64, names []string) {
	within, _ := stats.WithinBetween(r.x[0], r.clusters)
	_, between := stats.WithinBetween(r.unscaled, r.clusters)
	x = append([][]float64{within, between}, r.x[1:]...)
	names = append([]string{r.names[0] + "_within", r.names[0] + "_between"}, r.names[1:]...)
	return x, names
}

func logitMixed(r *regression) (*estimate, error)   { return glmm(r, stats.FitLogitMixed) }
func poissonMixed(r *regression) (*estimate, error) { return glmm(r, stats.FitPoissonMixed) }

// glmm fits logit_mixed and poisson_mixed.
func glmm(r *regression, fitTo func([]float64, [][]float64, *stats.Clusters) (*stats.GLMM, error)) (*estimate, error) {
	x, names := r.withinBetween()
	fit, err := fitTo(r.y, x, r.clusters)
	if err != nil {
		return nil, err
	}
	e := &estimate{names: names, coef: fit.Coef, robust: fit.ClusterRobust(), robustSE: "CR1", robustP: "t",
		n: fit.N, clusters: fit.G,
		statistics: map[string]float64{logLikelihood: fit.LogLik, dfResidual: float64(fit.DF), conditionIndex: fit.Condition}}
	e.information(fit.SE, "observed_information")
	e.with(boundary, fit.Singular)
	return e, nil
}

// logTime is the time scale on which proportional hazards are checked.
func logTime(t float64) float64 { return math.Log(t) }
