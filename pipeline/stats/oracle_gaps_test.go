package stats

import "testing"

var firmRows = []func(testing.TB, reproduced){
	olsRows, olsLeaveOneOutRows, pooledRows, lpmRows, collinearityRows,
	fixedEffectDummyRows, poissonRows, logitRows, separatedRows,
	clogitRows, survivalRows, ordinalRows, mixedRows, glmmRows,
}

var firmGaps = []gap{
	{"ols_fe", "*", "se_HC4", "the battery offers HC3; HC4 is not in MODELS.md"},
	{"ols_fe", "*", "p_saddle_*", "the battery refers CR2 to Satterthwaite's t; the saddlepoint is not in MODELS.md"},
	{"ols_fe", "v", "GVIF*", "joint inflation of the dummies: the battery prints VIF inside clusters"},
	{"ols_fe_wald_in+school", "chi-sq", "df_*", "2 and infinite by definition"},
	{"ols_fe_wald_in+school", "Naive-F", "df_*", "2 and G-1 by definition"},
	{"logit_separated", "in_union", "glm_est_diverging", "where the reference stops on its way to infinity; FitLogit refuses"},
}

var medRows = []func(testing.TB, reproduced){medOLSRows, medDummyRows, medLogitRows, medSurvivalRows, medMixedRows}

var medGaps = []gap{}
