package pipeline_test

import (
	"math"
	"testing"

	"firmties/pipeline"
)

// What a study that asks for models by name gives is what R gives: closed
// forms to 1e-9, iterated estimates to 1e-6.
func TestDeclaredModelsAgreeWithTheReferences(t *testing.T) {
	const closedForm, iterated = 1e-9, 1e-6
	_, memory := runConfigured(t, "brfarmers", "models.yaml")
	for _, c := range []struct {
		fit, term, seType, pType string
		file, model, theirs      string // theirs: the reference's term
		tolerance                float64
		stats                    map[string]string // by our column
	}{
		{"ols/innov/union/degree_in", "degree_in", "CR2", "satterthwaite", "models_firm.csv", "ols_fe", "in_union", closedForm,
			map[string]string{"estimate": "est", "std_error": "se_CR2", "df": "df_Satt_CR2", "p_value": "p_Satt_CR2"}},
		{"ols/innov/union/degree_in", "degree_in", "CV3", "t", "models_firm.csv", "ols_fe", "in_union", closedForm,
			map[string]string{"std_error": "se_CV3_absorbed_(G-1)/G", "p_value": "p_CV3_t(G-1)"}},
		{"ols/innov/union/degree_in", "degree_in", "HC3", "t", "models_firm.csv", "ols_fe", "in_union", closedForm,
			map[string]string{"std_error": "se_HC3"}},
		{"ols/innov/union/degree_in", "degree_in", "classical", "t", "models_firm.csv", "ols_fe", "in_union", closedForm,
			map[string]string{"std_error": "se_classical", "statistic": "t", "p_value": "p"}},
		{"ols/innov/union/degree_in", "degree_in", "CR1", "wild_cluster", "models_resampling.csv", "wcr_fe_in_union_rademacher_enum2048", "", closedForm,
			map[string]string{"statistic": "t_obs", "p_value": "p_sym_inclusive", "draws": "draws"}},
		{"ols/innov/union/degree_in", "degree_in", "none", "ibragimov_muller", "models_cluster_randomization.csv", "crs innov in_union", "", closedForm,
			map[string]string{"estimate": "mean", "statistic": "im_t", "p_value": "im_p", "conf_low": "im_lo", "conf_high": "im_hi"}},
		{"ols/innov/union/degree_in", "degree_in", "none", "sign_flip", "models_cluster_randomization.csv", "crs innov in_union", "", closedForm,
			map[string]string{"estimate": "mean", "p_value": "crs_p"}},
		{"lpm/practice_a/union/degree_in", "degree_in", "CR2", "satterthwaite", "models_firm.csv", "lpm_fe", "in_union", closedForm,
			map[string]string{"estimate": "est", "std_error": "se_CR2", "df": "df_Satt_CR2", "p_value": "p_Satt_CR2"}},
		{"logit/practice_a/union/degree_in", "degree_in", "CR2", "satterthwaite", "models_firm.csv", "logit_fe", "in_union", iterated,
			map[string]string{"estimate": "est", "std_error": "se_CR2", "df": "df_Satt_CR2", "p_value": "p_Satt_CR2"}},
		{"logit/practice_a/union/degree_in", "ame(degree_in)", "CR2", "satterthwaite", "models_firm.csv", "logit_fe", "in_union", iterated,
			map[string]string{"estimate": "AME_derivative"}},
		{"clogit/practice_a/union/degree_in", "degree_in", "CR1", "t", "models_firm.csv", "clogit", "in_union", iterated,
			map[string]string{"estimate": "est"}},
		{"firth/practice_a/union/degree_in", "degree_in", "observed_information", "likelihood_ratio", "models_firm.csv", "logit_firth_fe", "in_union", iterated,
			map[string]string{"estimate": "est", "std_error": "se"}},
		{"poisson/total/union/degree_in", "degree_in", "CR2", "satterthwaite", "models_firm.csv", "poisson_fe", "in_union", iterated,
			map[string]string{"estimate": "est", "std_error": "se_CR2", "df": "df_Satt_CR2", "p_value": "p_Satt_CR2"}},
		{"bounded/total/union/degree_in", "degree_in", "CR2", "satterthwaite", "models_firm.csv", "quasibinomial12_fe", "in_union", iterated,
			map[string]string{"estimate": "est"}},
		{"mixed/innov/union/degree_in", "degree_in_within", "CR2", "satterthwaite", "models_firm.csv", "lmer_mundlak", "in_c", iterated,
			map[string]string{"estimate": "est"}},
		{"mixed/innov/union/degree_in", "degree_in_between", "CR2", "satterthwaite", "models_firm.csv", "lmer_mundlak", "in_m", iterated,
			map[string]string{"estimate": "est"}},
		{"cox/year_adopted/union/degree_in", "degree_in", "CR1", "t", "models_firm.csv", "cox_strata_efron", "in_union", iterated,
			map[string]string{"estimate": "est"}},
		{"advice_dsp/advice", "friend", "classical", "permutation", "models_dyad.csv", "mrqap_pooled_advice_fe", "friend", closedForm,
			map[string]string{"estimate": "est", "statistic": "t"}},
		{"advice_dsp/advice", "absdiff(income)", "classical", "permutation", "models_dyad.csv", "mrqap_pooled_advice_fe", "d_income", closedForm,
			map[string]string{"estimate": "est", "statistic": "t"}},
		{"advice_dyads/advice", "coop", "dyadic", "t", "models_dyad.csv", "dyad_robust_advice_fe", "coop", closedForm,
			map[string]string{"std_error": "se_dyadic"}},
		{"advice_dyads/advice", "absdiff(age)", "dyadic", "t", "models_dyad.csv", "dyad_robust_advice_fe", "d_age", closedForm,
			map[string]string{"std_error": "se_dyadic"}},
		{"pooled/innov/union/degree_in", "pooled", "hartung_knapp", "t", "models_cluster.csv", "meta zcor_pearson REML adhoc", "", iterated,
			map[string]string{"estimate": "est", "std_error": "se", "df": "df", "p_value": "p", "conf_low": "ci_lo", "conf_high": "ci_hi"}},
		{"pooled/innov/union/degree_in", "pooled_paule_mandel", "hartung_knapp", "t", "models_cluster.csv", "meta zcor_pearson PM adhoc", "", iterated,
			map[string]string{"estimate": "est"}}, // metafor's errors stop early: see stats, testdata/converged.R
		{"pooled/innov/union/degree_in", "pooled_dersimonian_laird", "hartung_knapp", "t", "models_cluster.csv", "meta zcor_pearson DL adhoc", "", closedForm,
			map[string]string{"estimate": "est", "std_error": "se", "p_value": "p"}},
	} {
		want := oracle(t, c.file, c.model)
		row := find(t, memory.Get("associations"), map[string]string{"fit": c.fit, "term": c.term, "se_type": c.seType, "p_type": c.pType})
		for column, stat := range c.stats {
			w, ok := want[c.theirs+","+stat]
			if !ok {
				t.Fatalf("%s has no %s of %s in %s", c.file, stat, c.theirs, c.model)
			}
			within(t, c.fit+" "+c.term+" "+column, memory, "associations", column, row, w, c.tolerance)
		}
	}
	want := oracle(t, "models_cluster.csv", "meta zcor_pearson REML adhoc")
	row := find(t, memory.Get("fits"), map[string]string{"fit": "pooled/innov/union/degree_in"})
	for column, stat := range map[string]string{"tau2": "tau2", "i2": "I2", "cochran_q": "Q", "cochran_p": "Qp", "prediction_low": "pi_lo", "prediction_high": "pi_hi"} {
		within(t, "pooled "+column, memory, "fits", column, row, want[","+stat], iterated)
	}
}

// The declared way of a specification curve is the model that R fits, in
// standard deviations.
func TestSpecificationsAgreeWithTheReference(t *testing.T) {
	_, memory := runConfigured(t, "brfarmers", "models.yaml",
		"model: ols_fe", "model: specification_curve", "inference: [CR2, wild_cluster, freedman_lane, CV3, HC3, classical, sign_flip]", "draws: 999")
	want := oracle(t, "models_firm.csv", "ols_fe")
	row := find(t, memory.Get("specifications"), map[string]string{"fit": "ols/innov", "controls": "age;school;coop;income", "left_out": ""})
	b, standardised := want["in_union,est"], want["in_union,beta_std_within_sd"]
	for column, w := range map[string]float64{"estimate": standardised, "std_error": want["in_union,se_CR2"] * standardised / b, "p_value": want["in_union,p_Satt_CR2"]} {
		within(t, "declared way: "+column, memory, "specifications", column, row, w, 1e-9)
	}
	if n := memory.Get("specifications").Len(); n != 6*12 { // sets of controls, and samples
		t.Errorf("%d specifications, want 72", n)
	}
}

// within holds a cell to a relative tolerance.
func within(t *testing.T, what string, memory *pipeline.Memory, table, column string, row int, want, tolerance float64) {
	t.Helper()
	got, ok := memory.Get(table).Column(column).Float(row)
	if !ok || math.Abs(got-want) > 1e-11+tolerance*math.Abs(want) {
		t.Errorf("%s is %v (defined: %t), want %v", what, got, ok, want)
	}
}
