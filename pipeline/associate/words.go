package associate

// Word is a name of a closed list with its meaning.
type Word struct{ Name, Doc string }

// The gates.
const (
	kindNotSupported   = "kind_not_supported"
	controlsNotServed  = "controls_not_supported"
	outcomeInPredictor = "outcome_in_predictor"
	metricNotChosen    = "metric_not_chosen"
	metricIsAlias      = "metric_is_alias"
	metricUndefined    = "metric_undefined"
	tooFewFirms        = "too_few_firms"
	tooFewClusters     = "too_few_clusters"
	noVariation        = "no_variation"
	collinear          = "collinear"
	perfectFit         = "perfect_fit"
	notFinite          = "not_finite"
	notConverged       = "not_converged"
	isSeparated        = "separated"
	tooFewEvents       = "too_few_events"
	outcomeNotServed   = "outcome_not_served"
	tooManyEffects     = "too_many_effects"
	directionNeeded    = "direction_needed"
	tooManyPairs       = "too_many_pairs"
	tooFewTies         = "too_few_ties"
	tooManyPredictors  = "too_many_predictors"
	tooManyWays        = "too_many_ways"
	noTies             = "no_ties"
	noInstruments      = "no_instruments"
	largeCluster       = "large_cluster"
)

// Gates lists why a fit can be refused; the first that applies is given.
func Gates() []Word {
	return []Word{
		{kindNotSupported, "the model does not serve outcomes of this kind"},
		{controlsNotServed, "the model takes no controls, or none in words"},
		{outcomeInPredictor, "the layer is made of the events that the outcome counts (components_of)"},
		{metricNotChosen, "the metric is not among those that the study chooses to compute (metrics; of effect() comparisons, of coupling coupling)"},
		{metricIsAlias, "the metric is a fixed function of others of its level: it is printed, and those are the regressors"},
		{metricUndefined, "the metric has no value in any network of this layer"},
		{tooFewFirms, "fewer firms with all values than the model has terms and clusters"},
		{tooFewClusters, "fewer than 5 clusters with all values; or one, or fewer than 2 with an estimate of their own, where all the kinds of inference of the entry are about clusters like these (`inference: [classical]` is not)"},
		{noVariation, "outcome or metric does not vary where the model looks: inside any cluster, or between clusters"},
		{collinear, "a control, or exposure, does not vary inside any cluster, or follows from the metric and the other controls"},
		{perfectFit, "metric and controls reproduce the outcome exactly, so there is nothing to judge them by"},
		{notFinite, "the values are too large, or too close to 0, to compute with"},
		{isSeparated, "metric and controls tell some outcomes without error, so that the likelihood has no maximum"},
		{tooFewEvents, "fewer than 2 firms of the rarer outcome for each coefficient, effects of clusters included"},
		{outcomeNotServed, "the outcome has values that the model is not for: not 0 or 1, not a count, more than `of`, or a time before its entry"},
		{tooManyEffects, "the effects of clusters or periods are too many to be held one by one"},
		{directionNeeded, "sender(), receiver() and diff() say nothing of pairs without a direction"},
		{tooManyPairs, "more than 20 million cells of pairs"},
		{tooFewTies, "fewer than 10 ties (or pairs without) in a cluster, or than 5 for each coefficient: mrqap_dsp serves these"},
		{tooManyPredictors, "more than one predictor for 10 clusters, their number of firms not counted"},
		{tooManyWays, "more than 2,000 specifications, 200 clusters, or 32 million draws of all specifications: name fewer layers, metrics or controls, or fewer draws"},
		{noTies, "the layer has no ties among the firms with all values"},
		{noInstruments, "what neighbours have of metric and controls follows from the firms' own, so that it cannot stand for their outcomes"},
		{largeCluster, "a cluster has more than 1500 firms with all values: the eigenvalues of its network would take minutes; lag_2sls needs none"},
		{notConverged, "the iterations came to no maximum, or the likelihood rises to the end of the interval in which the model exists"},
	}
}

// The caveats.
const (
	fewClusters       = "few_clusters"
	dfBelow4          = "df_below_4"
	oneClusterDecides = "one_cluster_decides"
	collinearControls = "collinear_controls"
	partlyObserved    = "partly_observed"
	limitReached      = "limit_reached"
	pAtResolution     = "p_at_resolution"
	noStandardError   = "no_standard_error"

	contagionOrHomophily = "contagion_or_homophily"
	outcomeCountsEvents  = "outcome_counts_events"
	notRobust            = "not_robust"
	signsTooFew          = "signs_too_few"
	clustersLeftOut      = "clusters_left_out"
	above083             = "above_0.083"
	penalised            = "penalised"
	fewEvents            = "few_events"
	incidentalParameters = "incidental_parameters"
	categoriesMerged     = "categories_merged"
	notProportional      = "not_proportional"
	boundary             = "boundary"
	twoWay               = "two_way"
	indicative           = "indicative"
	biasedDown           = "biased_down"
	weakInstruments      = "weak_instruments"
	reflection           = "reflection"
	moderatorLeftOut     = "moderator_left_out"
)

// Caveats lists what can go with a number, in the order of a cell.
func Caveats() []Word {
	return []Word{
		{fewClusters, "4 clusters or fewer: no standard error or p for clusters like these"},
		{dfBelow4, "fewer than 4 Satterthwaite degrees of freedom: the p and interval would not hold their level and are null (Tipton 2015)"},
		{oneClusterDecides, "at firm level: one cluster has more than half of the partial leverage, or the effective number of clusters is below half of their number; at cluster level: without one of the clusters the correlation changes sign, moves by more than 0.2 or does not exist"},
		{collinearControls, "the variance inflation factor within clusters is above 5"},
		{partlyObserved, "in one of the networks less than 80 % of the pairs are observed; the others are taken as absent"},
		{limitReached, "in one of the networks a third of the respondents named as many as they were allowed"},
		{pAtResolution, "no permutation drawn was as extreme: the p is the smallest that the draws can show"},
		{outcomeCountsEvents, "inside clusters the outcome goes with the number of events of the layer's affiliation at a correlation above 0.8: it may be made of them"},
		{notRobust, "cluster-robust errors and the wild cluster bootstrap disagree about 0.05: do not choose between them"},
		{signsTooFew, "fewer than 6 clusters: changes of signs cannot show a p below 0.05"},
		{clustersLeftOut, "some clusters are too small, or too uniform, for an estimate of their own"},
		{above083, "the p is above 0.083, where this test does not hold a level: read it as > 0.083 (Ibragimov & Müller 2010)"},
		{penalised, "Firth's penalised likelihood in place of the model asked for: the data separate the outcomes, or fewer than 5 events stand for each coefficient"},
		{fewEvents, "fewer than 10 firms of the rarer outcome for each coefficient"},
		{incidentalParameters, "half of the clusters have fewer than 40 firms: effects of clusters inflate the log odds ratio by about n/(n-1); clogit does not, and marginal effects hold"},
		{categoriesMerged, "levels of the outcome with fewer than 5 firms were merged with a neighbour"},
		{notProportional, "the metric's coefficient is not one for all thresholds or times (p < 0.01)"},
		{boundary, "the variance between clusters is estimated as 0"},
		{twoWay, "the variance between pairs with a firm in common came out negative: that of two-way clustering, by either end, is in its place"},
		{indicative, "fewer than 20 clusters: an interval by resampling them is indicative"},
		{biasedDown, "in one of the clusters more than 30 % of the possible ties are there, or fewer than 30 firms: maximum likelihood estimates rho and lambda too low (Mizruchi & Neuman 2008; Neuman & Mizruchi 2010)"},
		{weakInstruments, "the F of the instruments is below 10: the estimate leans towards that of least squares, and its interval is too narrow (Staiger & Stock 1997)"},
		{reflection, "firms with ties are alike for three reasons that this number does not tell apart: what they take from each other, that like firms form ties, and what they share (Manski 1993; Shalizi & Thomas 2011)"},
		{contagionOrHomophily, "that a firm adopts after its alters can be contagion, that alike firms tie (homophily), or what they have in common: ties and times do not tell which (Manski 1993; Shalizi & Thomas 2011)"},
		{moderatorLeftOut, "the slope on the moderator is not told: fewer than 3 of the clusters have it, or it is the same in all"},
		{noStandardError, "the residuals leave no standard error of this kind"},
	}
}

// The reasons why a firm or cluster is not in a fit.
const (
	noOutcome         = "no_outcome"
	noMetric          = "no_metric"
	noControl         = "no_control"
	noExposure        = "no_exposure"
	loneFirm          = "lone_firm"
	constantInCluster = "constant_in_cluster"
	uninformative     = "uninformative"
	noTerm            = "no_term"
	smallCluster      = "small_cluster"
)

// Drops lists the reasons for which a fit leaves out firms or clusters; each
// is counted under the first that applies.
func Drops() []Word {
	return []Word{
		{noOutcome, "the outcome is missing"},
		{noMetric, "the metric is null"},
		{noControl, "a control is missing"},
		{noExposure, "of a model with exposure: nothing that the firm says of others is observed, or the time is missing of all its alters"},
		{noTerm, "what a term is made of is missing"},
		{loneFirm, "the only firm of its cluster with all values"},
		{constantInCluster, "outcome or metric does not vary among the cluster's firms, so that it says nothing within clusters; of a time, that nobody adopted"},
		{smallCluster, "the cluster has fewer than 8 firms with all values, or no estimate of its own"},
		{uninformative, "the outcome of the firm's cluster leaves the model nothing to compare"},
	}
}

func namesOf(words []Word) []string {
	names := make([]string, len(words))
	for i, w := range words {
		names[i] = w.Name
	}
	return names
}

// explained is a list of words with their meanings, for a column's definition.
func explained(words []Word) string {
	var text string
	for i, w := range words {
		if i > 0 {
			text += "; "
		}
		text += w.Name + ": " + w.Doc
	}
	return text
}
