package stats

import "testing"

var firmRows = []func(testing.TB, reproduced){
	olsRows, olsLeaveOneOutRows, pooledRows, lpmRows, collinearityRows,
	fixedEffectDummyRows, poissonRows, logitRows, separatedRows,
	clogitRows, survivalRows, ordinalRows, mixedRows, glmmRows,
}

var firmGaps = []gap{
	{"ols_fe", "*", "se_HC4", "the battery offers HC3, not HC4"},
	{"ols_fe", "*", "p_saddle_*", "the battery refers CR2 to Satterthwaite's t, not to a saddlepoint"},
	{"ols_fe", "v", "GVIF*", "joint inflation of the dummies: the battery prints VIF inside clusters"},
	{"ols_fe_wald_in+school", "chi-sq", "df_*", "2 and infinite by definition"},
	{"ols_fe_wald_in+school", "Naive-F", "df_*", "2 and G-1 by definition"},
	{"logit_separated", "in_union", "glm_est_diverging", "where the reference stops on its way to infinity; FitLogit refuses"},
	{"polr_fe", "*", "se", "polr differentiates numerically, to four digits; those of clm_logit_fe, analytic, are reproduced"},
	{"clm_nominal_test_noFE", "<none>", "*", "NA: nothing is freed"},
	{"lmer_REML_KR", "*", "*", "not in the battery: practically equal to Satterthwaite"},
	{"lmer_random_slope", "*", "*", "the battery has random intercepts; slopes that differ go to the meta-analysis"},
	{"negbin_fe", "*", "*", "not in the battery, which takes Poisson quasi-likelihood"},
	{"poisson_glmer_laplace", "*", "[^l]*", "the battery integrates at 25 points; a Laplace fit is another estimate"},
	{"clmm_agq15", "*", "*", "not in the battery: ordinal models have effects of clusters"},
	{"cox_frailty_gauss_reml", "*", "*", "not in the battery: Cox models are stratified by cluster"},
}

var medRows = []func(testing.TB, reproduced){medOLSRows, medDummyRows, medLogitRows, medSurvivalRows, medMixedRows, medPairRows, medMetaRows, medNetworkRows}

var medGaps = []gap{
	{"wcr_*", "*", "*", "the wild bootstrap is resampling, and tested there"},
	{"netl*_discussion *", "(intercept)", "*", "an effect of every cluster stands in the place of the intercept"},
	{"netlm_discussion *", "*", "p_abs_mc", "drawn from the reference's stream"},
}

var resamplingRows = []func(testing.TB, reproduced){wildClusterRows, inversionRows, freedmanLaneRows, gridRows, maxTRows}

var resamplingGaps = []gap{
	{"grid", "*", "p_param_hommel", "Holm and Benjamini-Hochberg are the adjustments offered without draws"},
	{"grid", "*", "p_param_hochberg", "as hommel"},
	{"grid", "*", "p_param_bonferroni", "as hommel"},
	{"grid", "*", "p_param_BY", "as hommel"},
	{"grid", "*", "p_WY_singlestep", "the step-down procedure rejects at least as much"},
	{"mt.minP_welch_all70", "*", "*", "maxT is offered: statistics are on one scale"},
}
