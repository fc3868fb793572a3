package report

// word is a name of a closed list and what it means to a reader.
type word struct{ name, meaning string }

// words is the one table of readable names. A name without a row is shown as
// it is.
func words() []word {
	return []word{
		// fates of reports
		{unselected, "left out by `where`"},
		{"repeated", "the respondent had said it of the same pair before"},
		{"self", "names the firm itself"},
		{"outside", "names no firm of the study, or is said by nobody of it"},
		{"cross_cluster", "names a firm of another cluster"},
		{"ambiguous", "fits several firms"},
		{"no_answer", "names nobody, or has no answer that was understood"},
		{"filtered", "said by a respondent who was not asked"},

		// models and scalings
		{"ols_fe", "linear, within clusters"},
		{"lpm_fe", "difference in the probability, within clusters"},
		{"logit_fe", "log odds, within clusters"},
		{"firth_fe", "log odds by penalised likelihood, within clusters"},
		{"clogit", "log odds, given each cluster's number of events"},
		{"poisson_fe", "log of the mean count, within clusters"},
		{"quasibinomial_fe", "log odds of each of so many, within clusters"},
		{"ordinal_fe", "log odds of a higher rating, within clusters"},
		{"hazard", "log hazard of adopting in a period, within clusters"},
		{"cox_strata", "log hazard of adopting, within clusters"},
		{"mixed", "linear, clusters as random; within and between clusters apart"},
		{"logit_mixed", "log odds, clusters as random; within and between clusters apart"},
		{"poisson_mixed", "log of the mean count, clusters as random; within and between clusters apart"},
		{"cluster_wise", "the mean of each cluster's own linear slope"},
		{"lag", "linear, given the mean outcome of a firm's neighbours, within clusters"},
		{"error", "linear, what is left of neighbours going together, within clusters"},
		{"lag_2sls", "linear, given the mean outcome of a firm's neighbours by instruments, within clusters"},
		{"spearman", "rank correlation across clusters, the first question only"},
		{"kendall", "rank correlation tau-b across clusters"},
		{"pearson", "correlation across clusters"},
		{"ols_cluster", "linear, across clusters"},
		{"meta_correlation", "correlations inside clusters, pooled on the scale of Fisher's z"},
		{"meta_slope", "standardised slopes inside clusters, pooled"},
		{"complementarity", "linear, within clusters: a metric in two layers and their product"},
		{"specification_curve", "linear, within clusters, asked in every way"},
		{"mrqap_dsp", "linear over pairs of firms, within clusters"},
		{"dyad_ols", "linear over pairs of firms, within clusters"},
		{"mrqap_logit", "log odds of a tie over pairs of firms, within clusters"},
		{"qap", "correlation over pairs of firms, within clusters"},
		{"z_within", "per SD within the cluster"},
		{"raw", "per unit of the metric"},
		{"centred", "per unit of the metric, less its mean in the cluster"},
		{"rank_within", "from the lowest to the highest rank in the cluster"},
		{"share", "per share of the cluster's total"},

		// caveats
		{"few_clusters", "four clusters or fewer: no interval or p for clusters like these"},
		{"df_below_4", "fewer than 4 degrees of freedom: no interval or p for clusters like these"},
		{"one_cluster_decides", "one cluster, or a few of many, carry so much that without them the estimate may be another"},
		{"collinear_controls", "metric and controls go together so closely that they are hard to tell apart"},
		{"partly_observed", "under 80% of some network's pairs observed; others taken as absent"},
		{"limit_reached", "in some network a third of the respondents gave all the names allowed"},
		{"no_standard_error", "the residuals leave no standard error"},
		{"outcome_counts_events", "the outcome goes so closely with the firm's number of events that it may count them"},
		{"p_at_resolution", "the p is the smallest that its number of draws can show"},
		{"not_robust", "two ways to judge clusters like these disagree about .05: do not choose"},
		{"signs_too_few", "fewer than 6 clusters: changes of signs cannot show a p below .05"},
		{"clusters_left_out", "some clusters are too small or uniform for an estimate of their own"},
		{"above_0.083", "the p is above .083, where this test holds no level"},
		{"penalised", "penalised likelihood, as the outcomes are separated or events are few"},
		{"few_events", "fewer than 10 firms of the rarer outcome per coefficient"},
		{"incidental_parameters", "clusters are small: the log odds ratio is too large; clogit is not"},
		{"categories_merged", "rare levels of the outcome were merged with a neighbour"},
		{"not_proportional", "the coefficient is not one for all thresholds or times"},
		{"contagion_or_homophily", "adopting after alters can be contagion, likeness of those who tie, or what they share"},
		{"two_way", "the variance of pairs that share firms was negative: two-way clustering in its place"},
		{"indicative", "fewer than 20 clusters: the bootstrap interval is indicative"},
		{"biased_down", "a cluster is small or its network dense: rho and lambda are estimated too low"},
		{"weak_instruments", "the instruments say little of the neighbours' outcomes"},
		{"reflection", "likeness of neighbours has three reasons that the number does not tell apart: taking from each other, ties among like firms, what they share"},
		{"moderator_left_out", "the moderator is missing in most clusters, or the same in all: no slope on it"},
		{"boundary", "no variance between clusters was found"},

		// gates
		{"too_few_clusters", "fewer than 5 clusters with values, or one where all that is asked is of clusters like these"},
		{"too_few_firms", "too few firms for the number of terms"},
		{"no_variation", "metric or outcome does not vary where it would have to"},
		{"collinear", "a control is the same for all firms of a cluster, or metric and controls determine each other"},
		{"perfect_fit", "metric and controls reproduce the outcome exactly"},
		{"not_finite", "the values are too large, or too close to 0, to compute with"},
		{"separated", "the terms tell some outcomes without error"},
		{"too_few_events", "fewer than 2 firms of the rarer outcome per coefficient"},
		{"outcome_not_served", "the outcome has values that the model is not for"},
		{"too_many_effects", "too many clusters or periods for a coefficient each"},
		{"direction_needed", "sender, receiver and difference need pairs with a direction"},
		{"too_many_pairs", "too many pairs of firms"},
		{"too_few_ties", "too few ties for a logistic model; the linear one serves"},
		{"too_many_predictors", "more than one predictor for 10 clusters"},
		{"too_many_ways", "asks in more than 2,000 ways, of 200 clusters, or with too many draws"},
		{"no_ties", "no ties among the firms with values"},
		{"no_instruments", "neighbours' metric and controls follow from the firms' own"},
		{"large_cluster", "a cluster is too large for the eigenvalues of its network; lag_2sls serves"},
		{"not_converged", "the iterations found no maximum"},
		{"controls_not_supported", "the model takes no controls"},
		{"outcome_in_predictor", "the layer is made of the events that the outcome counts"},
		{"kind_not_supported", "the model does not serve outcomes of this kind"},
		{"metric_not_chosen", "`metrics:` leaves the metric out"},
		{"metric_is_alias", "the metric is a fixed function of others (`firmties metrics` says of which)"},
		{"metric_undefined", "the metric is not defined on this layer"},
	}
}

// Words says in plain language what a name of a closed list (fate, model,
// scaling, caveat, gate) means. It returns the name itself, and false, for one
// that it does not know.
func Words(name string) (string, bool) {
	for _, w := range words() {
		if w.name == name {
			return w.meaning, true
		}
	}
	return name, false
}

// explained is a name followed by its meaning in brackets.
func explained(name string) string {
	if meaning, ok := Words(name); ok {
		return name + " (" + meaning + ")"
	}
	return name
}
