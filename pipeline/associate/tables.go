package associate

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"firmties/pipeline/table"
)

// value is a number that may not exist.
type value struct {
	x  float64
	ok bool
}

func some(x float64) value { return value{x, true} }

func (v value) get() (float64, bool) { return v.x, v.ok }

// association is a row of `associations`.
type association struct {
	fit       *fit
	model     string // the one fitted, where not the fit's own
	focal     bool   // the term is what the fit is about, not a control
	headline  bool
	term      string
	estimand  string
	seType    string
	pType     string
	estimate  float64
	stdError  value
	statistic value
	df        value
	p         value
	pLow      value // of a p from draws: where that of all draws there are would lie
	pHigh     value
	adjusted  value
	draws     int // 0: none

	adjustedType string

	low, high value
	confType  string
	nFirms    int
	nClusters int
	caveats   caveatSet
}

// caveatSet is a list of caveats, each once, told in the order of Caveats.
type caveatSet map[string]bool

func (s caveatSet) String() string {
	var names []string
	for _, w := range Caveats() {
		if s[w.Name] {
			names = append(names, w.Name)
		}
	}
	return strings.Join(names, ";")
}

// join returns the caveats of both.
func (s caveatSet) join(other caveatSet) caveatSet {
	out := maps.Clone(s)
	for name, holds := range other {
		out[name] = out[name] || holds
	}
	return out
}

// with returns the set and, where it holds, one more caveat.
func (s caveatSet) with(name string, holds bool) caveatSet {
	out := caveatSet{name: holds}
	for k, v := range s {
		out[k] = out[k] || v
	}
	return out
}

// The two estimands, and the types of standard errors, p-values and intervals
// of the whole battery, so that rows keep their names when more models come.
const (
	clustersLikeThese = "clusters_like_these"
	theseClusters     = "these_clusters"
)

var (
	estimands = []string{clustersLikeThese, theseClusters}
	seTypes   = []string{"classical", "HC1", "HC3", "CR1", "CR2", "CV3", "dyadic", "hartung_knapp", "observed_information", "expected_information", "none"}
	pTypes    = []string{"t", "normal", "satterthwaite", "wild_cluster", "freedman_lane", "permutation", "exact", "sign_flip", "ibragimov_muller", "likelihood_ratio"}
	confTypes = []string{"satterthwaite_t", "t", "normal", "wild_cluster", "bonett_wright", "fisher_z", "bca", "hartung_knapp"}
)

var associationFields = table.Define("associations",
	"Estimated associations of metrics with outcomes: one row per term, question and kind of inference. An association says that two things go together, not why.",
	[]string{"fit", "term", "estimand", "se_type", "p_type"},
	fitField(func(a *association) *fit { return a.fit }),
	table.TextField(table.Column{Name: "term", Doc: "the metric, a control, or control=level of a control in words (its first level is the base); rho or lambda of a network autocorrelation; of a model with exposure also exposure, and no_alters: 1 for a firm without alters, whose exposure is 0; of complementarity metric(layer) twice, and layer x layer for their product; of a specification curve median, share_significant and stouffer", NullWhen: "never"},
		func(a *association) string { return a.term }),
	table.CategoryField(table.Column{Name: "estimand", Doc: "the question: these_clusters asks whether the association is stronger than if outcomes were exchanged among firms of a cluster; clusters_like_these whether it would hold in another cluster", NullWhen: "never", Levels: estimands},
		func(a *association) string { return a.estimand }),
	table.CategoryField(table.Column{Name: "se_type", Doc: "kind of standard error", NullWhen: "never", Levels: seTypes},
		func(a *association) string { return a.seType }),
	table.CategoryField(table.Column{Name: "p_type", Doc: "kind of p-value", NullWhen: "never", Levels: pTypes},
		func(a *association) string { return a.pType }),
	levelField(func(a *association) *fit { return a.fit }),
	outcomeField(func(a *association) *fit { return a.fit }),
	layerField(func(a *association) *fit { return a.fit }),
	metricField(func(a *association) *fit { return a.fit }),
	table.CategoryField(table.Column{Name: "model", Doc: "the model fitted; another than the one asked for where caveats say so", NullWhen: "never", Levels: modelNames()},
		func(a *association) string { return cmp.Or(a.model, a.fit.model.Name) }),
	table.CategoryField(table.Column{Name: "scaling", Doc: "scale of the metric: z_within, in standard deviations of its cluster's firms; centred, less its cluster's mean; rank_within, from 0 to 1 in its cluster; raw, as it is", NullWhen: "the model is about clusters", Levels: Scalings()},
		func(a *association) string { return a.fit.scaling }),
	table.NumberField(table.Column{Name: "estimate", Doc: "ols_fe: difference in the outcome, in its own unit, per unit of the term; spearman: rank correlation", Range: "spearman: -1 to 1", NullWhen: "never"},
		func(a *association) (float64, bool) { return a.estimate, true }),
	table.NumberField(table.Column{Name: "std_error", Doc: "standard error of the estimate, of kind se_type", Range: "> 0", NullWhen: "se_type is none, it does not exist (see caveats), or a wild cluster bootstrap tests the score"},
		func(a *association) (float64, bool) { return a.stdError.get() }),
	table.NumberField(table.Column{Name: "statistic", Doc: "number that the p-value judges: estimate over standard error; spearman: the correlation", NullWhen: "std_error is null, but for spearman; the p-value is by likelihood ratio"},
		func(a *association) (float64, bool) { return a.statistic.get() }),
	table.NumberField(table.Column{Name: "df", Doc: "degrees of freedom of the statistic", Range: "> 0", NullWhen: "the p-value needs none, or std_error is null"},
		func(a *association) (float64, bool) { return a.df.get() }),
	table.NumberField(table.Column{Name: "p_value", Doc: "two-sided p-value: by permutation (1+b)/(1+draws), by enumeration b/total, b the arrangements at least as extreme; not adjusted for the number of associations looked at", Range: "0 to 1", NullWhen: "a caveat says why"},
		func(a *association) (float64, bool) { return a.p.get() }),
	table.NumberField(table.Column{Name: "p_low", Doc: "lower end of the 95 % interval of what the p would be with all draws that there are", Range: "0 to 1", NullWhen: "p_value is null, or rests on no draws, or on all", Source: "Clopper & Pearson 1934"},
		func(a *association) (float64, bool) { return a.pLow.get() }),
	table.NumberField(table.Column{Name: "p_high", Doc: "upper end", Range: "0 to 1", NullWhen: "p_low is null"},
		func(a *association) (float64, bool) { return a.pHigh.get() }),
	table.NumberField(table.Column{Name: "p_adjusted", Doc: "p-value adjusted for the number of headlines of its family: `family:` of the model entry, or all fits of its level and outcome, one question at a time", Range: "0 to 1", NullWhen: "not a headline, or p_value is null"},
		func(a *association) (float64, bool) { return a.adjusted.get() }),
	table.CategoryField(table.Column{Name: "p_adjusted_type", Doc: "kind of adjustment. " + explained(Adjustments()), NullWhen: "p_adjusted is null", Levels: namesOf(Adjustments())},
		func(a *association) string { return a.adjustedType }),
	table.FlagField(table.Column{Name: "headline", Doc: "the row that answers its question (estimand) for the fit, and for exposure where it is a term; about clusters like these the cluster-robust one where its degrees of freedom are 4 or more, else the wild cluster bootstrap with 6 clusters or more, else the t of the clusters' own estimates", NullWhen: "never"},
		func(a *association) (bool, bool) { return a.headline, true }),
	table.CountField(table.Column{Name: "draws", Unit: "permutations", Doc: "permutations drawn", Range: ">= 1", NullWhen: "none were drawn"},
		func(a *association) (int64, bool) { return int64(a.draws), a.draws > 0 }),
	table.NumberField(table.Column{Name: "conf_low", Doc: "lower end of the 95 % interval of the estimate", NullWhen: "there is no interval: these_clusters but for the normal or t of a model, a caveat that withholds the p, or a rank correlation of fewer than 10 clusters or whose interval and p disagree at 0.05"},
		func(a *association) (float64, bool) { return a.low.get() }),
	table.NumberField(table.Column{Name: "conf_high", Doc: "upper end of the 95 % interval", NullWhen: "conf_low is null"},
		func(a *association) (float64, bool) { return a.high.get() }),
	table.CategoryField(table.Column{Name: "conf_type", Doc: "kind of interval", NullWhen: "conf_low is null", Levels: confTypes},
		func(a *association) string { return a.confType }),
	table.CountField(table.Column{Name: "n_firms", Unit: "firms", Doc: "firms fitted; at cluster level the firms of the clusters fitted", Range: ">= 0", NullWhen: "never"},
		func(a *association) (int64, bool) { return int64(a.nFirms), true }),
	table.CountField(table.Column{Name: "n_clusters", Unit: "clusters", Doc: "clusters fitted", Range: ">= 1", NullWhen: "never"},
		func(a *association) (int64, bool) { return int64(a.nClusters), true }),
	table.TextField(table.Column{Name: "caveats", Doc: "what to know before the number is used, joined by `;`. " + explained(Caveats()), NullWhen: "there is none"},
		func(a *association) string { return a.caveats.String() }),
)

// fitted is a row of `fits`.
type fitted struct {
	fit       *fit
	n         int
	nClusters int
	drops     drops

	statistics map[string]float64 // by a name of fitStatistics
	gate       string
}

// drops counts what a fit leaves out, by reason.
type drops map[string]int

func (d drops) total() int {
	var n int
	for _, k := range d {
		n += k
	}
	return n
}

func (d drops) String() string {
	var parts []string
	for _, w := range Drops() {
		if d[w.Name] > 0 {
			parts = append(parts, fmt.Sprintf("%s=%d", w.Name, d[w.Name]))
		}
	}
	return strings.Join(parts, ";")
}

var fitFields = table.Define("fits",
	"Every model that was fitted or refused, with what went into it.",
	[]string{"fit"},
	slices.Concat(fitIdentity, statisticFields(), fitEnd)...)

var fitIdentity = []table.Field[fitted]{
	fitField(func(f *fitted) *fit { return f.fit }),
	levelField(func(f *fitted) *fit { return f.fit }),
	outcomeField(func(f *fitted) *fit { return f.fit }),
	layerField(func(f *fitted) *fit { return f.fit }),
	metricField(func(f *fitted) *fit { return f.fit }),
	modelField(func(f *fitted) *fit { return f.fit }),
	table.TextField(table.Column{Name: "formula", Doc: "outcome ~ terms | effects, and the lag over the layer's ties (W) of a network autocorrelation; the scaling of the metric stands around it", NullWhen: "never"},
		func(f *fitted) string { return f.fit.formula() }),
	table.CountField(table.Column{Name: "n", Doc: "firms with all that the model needs, or clusters at cluster level; n + dropped is their number in the study, or both are 0 where the fit was refused before the data were looked at", Range: ">= 0", NullWhen: "never"},
		func(f *fitted) (int64, bool) { return int64(f.n), true }),
	table.CountField(table.Column{Name: "dropped", Doc: "firms, or clusters at cluster level, that were left out", Range: ">= 0", NullWhen: "never"},
		func(f *fitted) (int64, bool) { return int64(f.drops.total()), true }),
	table.TextField(table.Column{Name: "reason_dropped", Doc: "how many were left out for which reason, reason=count joined by `;`. " + explained(Drops()), NullWhen: "none was"},
		func(f *fitted) string { return f.drops.String() }),
	table.CountField(table.Column{Name: "n_clusters", Unit: "clusters", Doc: "clusters of the rows fitted", Range: ">= 0", NullWhen: "never"},
		func(f *fitted) (int64, bool) { return int64(f.nClusters), true }),
}

var fitEnd = []table.Field[fitted]{
	table.FlagField(table.Column{Name: "converged", Doc: "the estimates were found; always so for models with a closed form", NullWhen: "refused"},
		func(f *fitted) (bool, bool) { return true, f.gate == "" }),
	table.CategoryField(table.Column{Name: "gate", Doc: "why the fit was refused. " + explained(Gates()), NullWhen: "it was fitted", Levels: namesOf(Gates())},
		func(f *fitted) string { return f.gate }),
}

// fitStatistics are the columns of fits that say how a model does. A new one
// is a row here, and a value under its name.
var fitStatistics = []table.Column{
	{Name: rSquaredWithin, Unit: "1", Doc: "share of the outcome's variation inside clusters that is fitted", Range: "0 to 1"},
	{Name: sigmaStatistic, Doc: "residual standard deviation, in the outcome's unit", Range: "> 0"},
	{Name: pairsFitted, Unit: "pairs", Doc: "pairs of firms fitted, at dyad level", Range: ">= 1"},
	{Name: dfResidual, Doc: "rows less terms less effects", Range: ">= 0"},
	{Name: logLikelihood, Doc: "log likelihood at the estimate: restricted, partial, conditional or penalised as the model's is"},
	{Name: dispersion, Doc: "Pearson's: 1 where the variance is the model's", Range: "> 0"},
	{Name: iccStatistic, Unit: "1", Doc: "share of the variance that lies between clusters, given the terms", Range: "0 to 1"},
	{Name: breuschPagan, Doc: "p of the studentised Breusch-Pagan test that the variance is the same for all firms", Range: "0 to 1", Source: "Koenker 1981"},
	{Name: resetP, Doc: "p of the test that squares and cubes of the fitted values add nothing", Range: "0 to 1", Source: "Ramsey 1969"},
	{Name: jointF, Doc: "joint test that metric and controls all have coefficient 0 (HTZ, on CR2)", Range: ">= 0", Source: "Pustejovsky & Tipton 2018"},
	{Name: jointDF, Doc: "its denominator degrees of freedom", Range: "> 0"},
	{Name: jointP, Doc: "its p", Range: "0 to 1"},
	{Name: proportionalP, Doc: "p of the test that the metric's coefficient is one for all thresholds of a rating, or all times", Range: "0 to 1"},
	{Name: thresholdMean, Doc: "of a model with exposure: mean exposure at which the firms with alters that adopted did so; low where they go ahead of their alters, high where they follow", Range: ">= 0", Source: "Valente 1996"},
	{Name: effectiveClusters, Unit: "clusters", Doc: "number of equally informative clusters that would identify the metric's slope as well: G over 1 plus the squared coefficient of variation of their partial leverage", Range: "1 to n_clusters", Source: "Carter, Schnepel & Steigerwald 2017"},
	{Name: largestShare, Unit: "1", Doc: "share of the metric's partial leverage in the cluster that has most", Range: "0 to 1"},
	{Name: tau2, Doc: "variance of the estimates between clusters, of a meta-analysis (REML); 0 of a dozen clusters is no evidence that they are alike", Range: ">= 0", Source: "Viechtbauer 2005"},
	{Name: tau2Low, Doc: "lower end of its 95 % interval, by the profile of Q", Range: ">= 0", Source: "Viechtbauer 2007"},
	{Name: tau2High, Doc: "upper end", Range: ">= 0"},
	{Name: i2, Unit: "%", Doc: "share of the variance of a typical estimate that lies between clusters", Range: "0 to 100", Source: "Higgins & Thompson 2002"},
	{Name: cochranQ, Doc: "weighted squares of the estimates about their mean", Range: ">= 0"},
	{Name: cochranP, Doc: "its p where clusters are alike", Range: "0 to 1"},
	{Name: predictionLow, Doc: "lower end of where the estimate of another cluster would lie (95 %, clusters less 1 degrees of freedom); of a dozen clusters it covers 87 %", Source: "Higgins, Thompson & Spiegelhalter 2009"},
	{Name: predictionHigh, Doc: "upper end"},
	{Name: waysFitted, Unit: "specifications", Doc: "specifications of a curve that were fitted", Range: ">= 1"},
	{Name: curveLow, Doc: "lowest estimate of a specification curve"},
	{Name: curveHigh, Doc: "highest"},
	{Name: dropOneLow, Doc: "lowest correlation without one of the clusters", Range: "-1 to 1"},
	{Name: dropOneHigh, Doc: "highest correlation without one of the clusters", Range: "-1 to 1"},
	{Name: moranI, Unit: "1", Doc: "Moran's I over the layer's ties of what metric and controls leave of the outcome: above 0 firms with ties are alike", Source: "Moran 1950, Biometrika 37"},
	{Name: moranP, Doc: "its two-sided p, what is left changing places inside clusters", Range: "0 to 1", Source: "Cliff & Ord 1981"},
	{Name: gearyC, Unit: "1", Doc: "Geary's C of the same: below 1 firms with ties are alike", Range: ">= 0", Source: "Geary 1954, The Incorporated Statistician 5"},
	{Name: gearyP, Doc: "its two-sided p, as moran_p", Range: "0 to 1"},
	{Name: firstStageF, Doc: "F of the instruments in two-stage least squares; below 10 they are weak", Range: ">= 0", Source: "Staiger & Stock 1997"},
	{Name: conditionIndex, Doc: "largest condition index of the design, effects of clusters included, columns at unit length and not centred; above 30 terms are hard to tell apart", Range: ">= 1", Source: "Belsley, Kuh & Welsch 1980"},
}

func statisticFields() []table.Field[fitted] {
	var fields []table.Field[fitted]
	for _, column := range fitStatistics {
		column.NullWhen = "the model has none, or it was refused"
		fields = append(fields, table.NumberField(column, func(f *fitted) (float64, bool) {
			v, ok := f.statistics[column.Name]
			return v, ok
		}))
	}
	return fields
}

func fitField[R any](of func(*R) *fit) table.Field[R] {
	return table.TextField(table.Column{Name: "fit", Doc: "the fit, as in `fits`: model entry/outcome/layer/metric; of a dyad model and a specification curve entry/outcome", NullWhen: "never"},
		func(r *R) string { return of(r).name })
}

func levelField[R any](of func(*R) *fit) table.Field[R] {
	return table.CategoryField(table.Column{Name: "level", Doc: "what the rows of the model are", NullWhen: "never", Levels: Levels()},
		func(r *R) string { return of(r).model.Level })
}

func outcomeField[R any](of func(*R) *fit) table.Field[R] {
	return table.CategoryField(table.Column{Name: "outcome", Doc: "the declared outcome; at cluster level a firm outcome stands for its mean over the cluster's firms that have it; at dyad level a layer, 1 where there is a tie, or absdiff() of an attribute", NullWhen: "never"},
		func(r *R) string { return of(r).outcome.Name })
}

func layerField[R any](of func(*R) *fit) table.Field[R] {
	return table.CategoryField(table.Column{Name: "layer", Doc: "the layer whose networks the metric describes; of complementarity the first of two", NullWhen: "at dyad level, of a specification curve, and where it describes none (coupling)", LevelOrder: true},
		func(r *R) string { return of(r).layer.Name })
}

func metricField[R any](of func(*R) *fit) table.Field[R] {
	return table.CategoryField(table.Column{Name: "metric", Doc: "the metric: a column of firm_metrics or cluster_metrics, effect(X) of comparisons, or coupling", NullWhen: "at dyad level, and of a specification curve"},
		func(r *R) string { return of(r).metric })
}

func modelField[R any](of func(*R) *fit) table.Field[R] {
	return table.CategoryField(table.Column{Name: "model", Doc: "the model asked for", NullWhen: "never", Levels: modelNames()},
		func(r *R) string { return of(r).model.Name })
}

// levels are the closed lists that depend on the input.
func levels(in *Input) table.Levels {
	l := table.Levels{"outcome": {}, "layer": {}, "cluster": {}}
	if ids := in.Clusters.Column("cluster"); ids != nil {
		for row := range in.Clusters.Len() {
			l["cluster"] = append(l["cluster"], ids.Str(row))
		}
	}
	l["left_out"] = l["cluster"]
	for _, o := range in.Outcomes {
		l["outcome"] = append(l["outcome"], o.Name)
	}
	for _, layer := range in.Layers {
		l["layer"] = append(l["layer"], layer.Name)
	}
	for i := range in.Entries {
		if e := &in.Entries[i]; e.Level == dyadLevel && !slices.Contains(l["outcome"], e.Pair.String()) {
			l["outcome"] = append(l["outcome"], e.Pair.String())
		}
	}
	firm, cluster := Needs(in.Entries)
	l["metric"] = distinct(append(firm, cluster...))
	return l
}
