package associate

import "slices"

// Model is a way to relate metrics to an outcome.
type Model struct {
	Name    string
	Level   string // firm, dyad or cluster
	Metrics string // the level of the metrics that enter; empty where terms do
	// TwoLayers: an entry names two layers, whose metrics enter together.
	TwoLayers bool
	Ties      string // of a network autocorrelation: its term of the layer's ties
	Doc       string
	Scale     string // what an estimate is
	Refuses   string // what it is refused for, besides what every model is
	Source    string
	Same      string // the call in R that gives the same number
	Kinds     []string
	// Unasked are the kinds of inference that it makes by itself, OnRequest
	// those that `inference:` may name besides.
	Unasked, OnRequest []string

	run func(*frame, *fit) result
}

// Models is the table of models. The first of a level that serves an outcome's
// kind is the one for outcomes of that kind.
func Models() []Model {
	all := []string{"continuous", "count", "binary", "ordinal"}
	linear := []string{byCV3, byHC3, byModel, bySignFlip}
	nonlinear := []string{byCV3, byModel}
	return []Model{
		{Name: "quasibinomial_fe", Level: firmLevel, Metrics: firmLevel,
			Doc:   "number out of so many (`of:`) by binomial quasi-likelihood, with an effect of every cluster; average marginal effects in further rows",
			Scale: "log odds", Refuses: "a count without `of:`", Source: "McCullagh & Nelder 1989", Same: "glm(cbind(y, of - y) ~ x + factor(cluster), quasibinomial)",
			Kinds: []string{boundedCount}, Unasked: []string{byCR2, byWildCluster, bySignFlip}, OnRequest: nonlinear, run: firmModel(quasibinomial, quasibinomial)},
		{Name: "poisson_fe", Level: firmLevel, Metrics: firmLevel,
			Doc:   "count by Poisson quasi-likelihood, with an effect of every cluster; right if the mean is, whatever the distribution",
			Scale: "log of the mean", Source: "Gourieroux, Monfort & Trognon 1984, Econometrica 52; Wooldridge 1999", Same: "fixest::fepois(y ~ x | cluster)",
			Kinds: []string{"count"}, Unasked: []string{byCR2, byWildCluster, bySignFlip}, OnRequest: nonlinear, run: firmModel(poisson, poisson)},
		{Name: "logit_fe", Level: firmLevel, Metrics: firmLevel,
			Doc:   "binary outcome by logistic regression, with an effect of every cluster; average marginal effects in further rows. Where the data separate the outcomes, or fewer than 5 events stand for each coefficient, Firth's fit takes its place, with its own errors in that of CR2",
			Scale: "log odds", Refuses: "fewer than 2 events a coefficient", Source: "Konis 2007; Firth 1993, Biometrika 80", Same: "glm(y ~ x + factor(cluster), binomial)",
			Kinds: []string{"binary"}, Unasked: []string{byCR2, byWildCluster, bySignFlip}, OnRequest: nonlinear, run: firmModel(logistic, logistic)},
		{Name: "lpm_fe", Level: firmLevel, Metrics: firmLevel,
			Doc:   "linear probability model: least squares of a binary outcome, with an effect of every cluster",
			Scale: "difference in the probability", Source: "as ols_fe", Same: "as ols_fe",
			Kinds: []string{"binary"}, Unasked: []string{byCR2, byWildCluster, byFreedmanLane}, OnRequest: linear, run: firmModel(leastSquares, leastSquares)},
		{Name: "firth_fe", Level: firmLevel, Metrics: firmLevel,
			Doc:   "logistic regression by penalised likelihood, with an effect of every cluster: finite where the data separate the outcomes; p by the penalised likelihood ratio",
			Scale: "log odds", Refuses: "fewer than 2 events a coefficient", Source: "Firth 1993, Biometrika 80; Heinze & Schemper 2002; Puhr et al. 2017", Same: "logistf::logistf(y ~ x + factor(cluster))",
			Kinds: []string{"binary"}, Unasked: []string{byModel, byCV3, bySignFlip}, run: firmModel(firth, firth)},
		{Name: "clogit", Level: firmLevel, Metrics: firmLevel,
			Doc:   "binary outcome by logistic regression given the number of events in each cluster: no bias where clusters are small",
			Scale: "log odds", Source: "Breslow & Day 1980", Same: `survival::clogit(y ~ x + strata(cluster), method = "exact")`,
			Kinds: []string{"binary"}, Unasked: []string{byCR1, bySignFlip}, OnRequest: nonlinear, run: firmModel(conditionalLogit, conditionalLogit)},
		{Name: "ordinal_fe", Level: firmLevel, Metrics: firmLevel,
			Doc:   "rating by cumulative logit (proportional odds), with an effect of every cluster; categories of fewer than 5 firms are merged with a neighbour",
			Scale: "log odds of a higher level", Source: "McCullagh 1980, JRSS B 42", Same: "ordinal::clm(factor(y) ~ x + factor(cluster))",
			Kinds: []string{"ordinal"}, Unasked: []string{byCR1, bySignFlip}, OnRequest: nonlinear, run: firmModel(ordinal, ordinal)},
		{Name: "hazard", Level: firmLevel, Metrics: firmLevel,
			Doc:   "time of adoption as a discrete-time hazard (complementary log-log), with an effect of every cluster, and of every period up to ten with adoptions, else time and its square; entry times are left truncation. `exposure:` adds the adoptions of alters in earlier periods (exposure), and where some firms have no alters a term for these (no_alters)",
			Scale: "log hazard", Source: "Allison 1982; Prentice & Gloeckler 1978, Biometrics 34; exposure: Burt 1987; Valente 1995", Same: `glm(event ~ x + factor(cluster) + factor(period), binomial("cloglog"))`,
			Kinds: []string{"time"}, Unasked: []string{byCV3, bySignFlip}, OnRequest: []string{byCR1, byModel}, run: firmModel(hazard, hazardAlone)},
		{Name: "ols_fe", Level: firmLevel, Metrics: firmLevel,
			Doc:   "least squares of the outcome on the metric and controls, with an effect of every cluster",
			Scale: "difference in the outcome, in its own unit", Refuses: "a regressor that does not vary inside clusters",
			Source: "Pustejovsky & Tipton 2018, JBES 36", Same: `clubSandwich::coef_test(lm(y ~ x + factor(cluster)), "CR2", cluster)`,
			Kinds: []string{"continuous", "count", "ordinal"}, Unasked: []string{byCR2, byWildCluster, byFreedmanLane}, OnRequest: linear,
			run: firmModel(leastSquares, leastSquares)},
		{Name: "cox_strata", Level: firmLevel, Metrics: firmLevel,
			Doc:   "time of adoption by proportional hazards within clusters, ties by Efron; entry times are left truncation",
			Scale: "log hazard", Source: "Cox 1972; Efron 1977", Same: `survival::coxph(Surv(entry, time, event) ~ x + strata(cluster), ties = "efron")`,
			Kinds: []string{"time"}, Unasked: []string{byCR1, bySignFlip}, OnRequest: nonlinear, run: firmModel(cox, cox)},
		{Name: "mixed", Level: firmLevel, Metrics: firmLevel,
			Doc:   "linear model with random intercepts of clusters, by restricted maximum likelihood; the metric enters as its deviation from the cluster's mean and that mean, which may have opposite signs",
			Scale: "difference in the outcome, in its own unit", Source: "Mundlak 1978; Laird & Ware 1982", Same: `clubSandwich::coef_test(lme4::lmer(y ~ within + between + (1 | cluster)), "CR2")`,
			Kinds: []string{"continuous", "count", "ordinal"}, Unasked: []string{byCR2, bySignFlip}, OnRequest: []string{byCV3, byModel}, run: firmModel(mixed, leastSquares)},
		{Name: "logit_mixed", Level: firmLevel, Metrics: firmLevel,
			Doc:   "logistic regression with random intercepts of clusters, by adaptive quadrature, the metric split as in mixed",
			Scale: "log odds, given the cluster", Source: "Pinheiro & Bates 1995", Same: "lme4::glmer(y ~ within + between + (1 | cluster), binomial, nAGQ = 25)",
			Kinds: []string{"binary"}, Unasked: []string{byCR1, bySignFlip}, OnRequest: []string{byCV3, byModel}, run: firmModel(logitMixed, logistic)},
		{Name: "poisson_mixed", Level: firmLevel, Metrics: firmLevel,
			Doc:   "Poisson regression with random intercepts of clusters, by adaptive quadrature, the metric split as in mixed",
			Scale: "log of the mean, given the cluster", Source: "Pinheiro & Bates 1995", Same: "lme4::glmer(y ~ within + between + (1 | cluster), poisson, nAGQ = 25)",
			Kinds: []string{"count"}, Unasked: []string{byCR1, bySignFlip}, OnRequest: []string{byCV3, byModel}, run: firmModel(poissonMixed, poisson)},
		{Name: "cluster_wise", Level: firmLevel, Metrics: firmLevel,
			Doc:   "least squares in every cluster by itself, and a test of the mean of the estimates: nothing that happens inside a cluster disturbs it",
			Scale: "difference in the outcome, in its own unit", Refuses: "fewer than 5 clusters of 8 firms and more",
			Source: "Ibragimov & Müller 2010, JBES 28; Canay, Romano & Shaikh 2017, Econometrica 85", Same: "t.test(sapply(split(d, d$cluster), function(d) coef(lm(y ~ x, d))[2]))",
			Kinds: all, Unasked: []string{bySignFlip}, run: firmModel(leastSquares, leastSquares)},
		{Name: complementarity, Level: firmLevel, Metrics: firmLevel, TwoLayers: true,
			Doc:   "least squares as in ols_fe on a metric in two layers, such as tasks and practices, and on their product, all less their means in the cluster: whether either goes with more of the outcome where there is more of the other; the product is what the fit is about",
			Scale: "difference in the outcome, in its own unit", Refuses: "an outcome that counts the events that a layer is made of", Source: "Gau 2023, whose qualitative conclusion it puts to a test",
			Same:  "as ols_fe, of y ~ a * b after centring both in each cluster",
			Kinds: []string{"continuous", "count", "ordinal", "binary"}, Unasked: []string{byCR2, byWildCluster, byFreedmanLane}, OnRequest: linear,
			run: firmModel(leastSquares, leastSquares)},
		{Name: specificationCurve, Level: firmLevel, Metrics: firmLevel,
			Doc:   "least squares as in ols_fe, once for every way to ask: each layer (relation) and metric of the entry (with the direction of ties, as betweenness_directed, or without, as betweenness), scaling (z_within, raw, rank_within, or that of the entry), set of controls (all, none, each one left out) and sample (all clusters, each one left out); median, share and sum of the answers are tested together by wild cluster bootstraps over common weights",
			Scale: "standard deviations of the outcome per standard deviation of the metric, inside clusters", Refuses: "more than 2,000 ways, 200 clusters, or 32 million draws of all ways",
			Source: "Simonsohn, Simmons & Nelson 2020, Nat. Hum. Behav. 4", Same: "specr::specr(), with clubSandwich's CR2",
			Kinds: []string{"continuous", "count", "binary", "ordinal"}, run: curve},
		{Name: "lag", Level: firmLevel, Metrics: firmLevel, Ties: lagTerm,
			Doc:   "network lag: the outcome on the mean outcome of the firms that a firm has ties with in the metric's layer (in a directed layer those that it nominates; none: 0), metric and controls, with an effect of every cluster, by maximum likelihood over the feasible interval; the term rho, each p by the likelihood ratio",
			Scale: "difference in the outcome, in its own unit, given the neighbours'; rho: per unit of their mean", Refuses: "a layer without ties among the firms; a cluster of more than 1500 firms",
			Source: "Ord 1975, JASA 70; Leenders 2002, Soc. Netw. 24", Same: `spatialreg::lagsarlm(y ~ x + factor(cluster), listw = W, method = "eigen", zero.policy = TRUE); sna::lnam(y, x, W1 = W), with errors by the observed information`,
			Kinds: []string{"continuous", "count", "ordinal"}, Unasked: []string{byModel}, OnRequest: []string{byCV3, bySignFlip}, run: firmModel(networkLag, networkLag)},
		{Name: "error", Level: firmLevel, Metrics: firmLevel, Ties: errorTerm,
			Doc:   "network error: least squares of the outcome on metric and controls, with an effect of every cluster, where what they leave goes with what they leave of the firms that a firm has ties with; ties as in lag; the term lambda",
			Scale: "difference in the outcome, in its own unit; lambda: per unit of the neighbours' mean error", Refuses: "as lag",
			Source: "as lag", Same: `spatialreg::errorsarlm(y ~ x + factor(cluster), listw = W, method = "eigen", zero.policy = TRUE); sna::lnam(y, x, W2 = W)`,
			Kinds: []string{"continuous", "count", "ordinal"}, Unasked: []string{byModel}, OnRequest: []string{byCV3, bySignFlip}, run: firmModel(networkError, networkError)},
		{Name: "lag_2sls", Level: firmLevel, Metrics: firmLevel, Ties: lagTerm,
			Doc:   "the lag by two-stage least squares: what neighbours, and theirs, have of metric and controls stands for their outcomes; less precise than lag, without its bias in dense networks",
			Scale: "as lag", Refuses: "a layer without ties among the firms; nothing that stands for the neighbours' outcomes",
			Source: "Kelejian & Prucha 1998, J. Real Estate Finance and Economics 17", Same: "spatialreg::stsls(y ~ x + factor(cluster), listw = W, zero.policy = TRUE, W2X = TRUE)",
			Kinds: []string{"continuous", "count", "ordinal"}, Unasked: []string{byModel}, OnRequest: []string{byCV3, bySignFlip}, run: firmModel(instrumented, instrumented)},
		{Name: "mrqap_dsp", Level: dyadLevel,
			Doc:   "least squares of ties on terms of pairs, with an effect of every cluster; each term judged by double semi-partialing: what the others leave of it, firms changing places inside their clusters",
			Scale: "difference in the outcome: of ties, in the probability", Refuses: "sender(), receiver() and diff() of an outcome without direction",
			Source: "Dekker, Krackhardt & Snijders 2007, Psychometrika 72", Same: `sna::netlm(y, x, nullhyp = "qapspp") of one cluster`,
			Unasked: []string{byDSP}, OnRequest: []string{byCR1, byDyadic, bySignFlip, byModel}, run: dyadModel(pairsLinear)},
		{Name: "dyad_ols", Level: dyadLevel,
			Doc:   "the same least squares, judged for clusters like these: by cluster, by errors that pairs with a firm in common share, and by the clusters' own estimates",
			Scale: "as mrqap_dsp", Refuses: "as mrqap_dsp", Source: "Aronow, Samii & Assenova 2015, Polit. Anal. 23", Same: "lm(y ~ x + factor(cluster)) over ordered pairs, with sandwich::vcovCL",
			Unasked: []string{byCR1, byDyadic, bySignFlip}, OnRequest: []string{byDSP, byModel}, run: dyadModel(pairsLinear)},
		{Name: "mrqap_logit", Level: dyadLevel,
			Doc:   "ties by logistic regression on terms of pairs, with an effect of every cluster; each term judged by the score with double semi-partialing",
			Scale: "log odds", Refuses: "fewer than 10 ties in a cluster or 5 a coefficient: the linear model serves these", Source: "Dekker, Krackhardt & Snijders 2007; Rao 1948", Same: `sna::netlogit(y, x, nullhyp = "qapspp") of one cluster, which takes Wald's z`,
			Unasked: []string{byDSP}, OnRequest: []string{byModel}, run: dyadModel(pairsLogit)},
		{Name: "qap", Level: dyadLevel,
			Doc:   "correlation of the outcome with each term by itself, over pairs less their cluster's mean; firms change places inside their clusters",
			Scale: "correlation", Source: "Krackhardt 1987, Soc. Netw. 9; Hubert & Schultz 1976", Same: "sna::qaptest of one cluster",
			Unasked: []string{byQAP}, run: dyadModel(qap)},
		{Name: "spearman", Level: clusterLevel, Metrics: clusterLevel,
			Doc:   "rank correlation of a cluster metric with a cluster outcome, or with the cluster mean of a firm outcome; the p-value counts all pairings of up to 14 clusters, and draws them for more; given controls, of what their ranks leave",
			Scale: "rank correlation", Refuses: "fewer than 5 clusters; more than one predictor for 10 clusters, their number of firms (`firms`) not counted", Source: "Spearman 1904", Same: `cor(x, y, method = "spearman")`,
			Kinds: all, OnRequest: []string{byBCa}, run: correlate(spearman)},
		{Name: "kendall", Level: clusterLevel, Metrics: clusterLevel,
			Doc:   "tau-b of the same; the p-value counts all pairings of up to 14 clusters",
			Scale: "rank correlation", Refuses: "fewer than 5 clusters; controls", Source: "Kendall 1945, Biometrika 33", Same: `cor(x, y, method = "kendall")`,
			Kinds: all, OnRequest: []string{byBCa}, run: correlate(kendall)},
		{Name: "pearson", Level: clusterLevel, Metrics: clusterLevel,
			Doc:   "product-moment correlation of the same, given controls of what they leave; the p-value counts all pairings of up to 10 clusters",
			Scale: "correlation", Refuses: "as spearman", Source: "Pearson 1895; Freedman & Lane 1983", Same: "cor(x, y)",
			Kinds: all, OnRequest: []string{byBCa}, run: correlate(pearson)},
		{Name: "ols_cluster", Level: clusterLevel, Metrics: clusterLevel,
			Doc:   "least squares over clusters, every cluster its own error variance",
			Scale: "difference in the outcome per unit of the metric", Refuses: "as spearman", Source: "Long & Ervin 2000; Pustejovsky & Tipton 2018", Same: "sandwich::vcovHC(lm(y ~ x), \"HC3\")",
			Kinds: all, Unasked: []string{byHC3, byCR2}, OnRequest: []string{byModel}, run: clusterLine},
		{Name: "meta_correlation", Level: clusterLevel, Metrics: firmLevel,
			Doc:   "random-effects meta-analysis of the correlations of a firm metric with an outcome inside clusters (with controls: partial ones), by REML with modified Hartung-Knapp errors, and beside it by Paule & Mandel and by DerSimonian & Laird; `moderator:` adds their slope on a cluster metric, or on `firms`",
			Scale: "Fisher's z", Refuses: "fewer than 2 clusters of 8 firms", Source: "Knapp & Hartung 2003; Röver, Knapp & Friede 2015", Same: `metafor::rma(yi, vi, method = "REML", test = "adhoc") of escalc("ZCOR", ri, ni)`,
			Kinds: all, run: pool(correlations)},
		{Name: "meta_slope", Level: clusterLevel, Metrics: firmLevel,
			Doc:   "the same of slopes, metric and outcome in standard deviations of the cluster's firms; a cluster with 10 firms beyond its terms has a variance of its own (HC3), the others one in common",
			Scale: "standard deviations of the outcome per standard deviation of the metric", Refuses: "as meta_correlation", Source: "as meta_correlation", Same: `metafor::rma(b, se^2, method = "REML", test = "adhoc")`,
			Kinds: all, run: pool(slopes)},
	}
}

// Inferences are the kinds of inference that a model can be asked for.
func (m *Model) Inferences() []string { return slices.Concat(m.Unasked, m.OnRequest) }

// boundedCount is the kind of a count that has `of:`.
const boundedCount = "count with of:"

// serves tells whether a model is for an outcome.
func (m *Model) serves(o Outcome) bool {
	for _, kind := range m.Kinds {
		if kind == o.Kind || kind == boundedCount && o.Kind == "count" && o.Of > 0 {
			return true
		}
	}
	return false
}

// modelFor returns the first model of a level that serves an outcome.
func modelFor(level string, o Outcome) (*Model, bool) {
	models := Models()
	for i := range models {
		if m := &models[i]; m.Level == level && (level == dyadLevel || m.serves(o)) {
			return m, true
		}
	}
	return nil, false
}

// DefaultFor lists the kinds of outcome for which a model is the one where an
// entry names none.
func DefaultFor(m *Model) []string {
	var kinds []string
	for _, kind := range m.Kinds {
		o := Outcome{Kind: kind}
		if kind == boundedCount {
			o = Outcome{Kind: "count", Of: 1}
		}
		if first, ok := modelFor(m.Level, o); ok && first.Name == m.Name {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// modelNamed returns the model of a name; nil where there is none.
func modelNamed(name string) *Model {
	models := Models()
	i := slices.IndexFunc(models, func(m Model) bool { return m.Name == name })
	if i < 0 {
		return nil
	}
	return &models[i]
}

func modelNames() []string {
	var names []string
	for _, m := range Models() {
		names = append(names, m.Name)
	}
	return names
}

// result is what one model says of one fit.
type result struct {
	fitted      fitted
	rows        []association
	clusterwise []clusterEstimate
	influence   []influenceOf
	// specifications are the ways in which a specification curve asks.
	specifications []specification
	joint          *joint // what a family needs to adjust its p
}

// refused is the result of a fit that a gate stopped.
func refused(f fitted, gate string) result {
	f.gate = gate
	return result{fitted: f}
}
