package associate

import (
	"strings"
	"testing"
)

// models returns `model,term,stat` values of a reference file.
func models(t *testing.T, name string) map[string]float64 {
	_, rows := reference(t, name)
	values := map[string]float64{}
	for _, row := range rows {
		if row[3] != "NA" && row[3] != "NaN" && strings.Trim(row[3], "-+.0123456789e") == "" && row[3] != "" {
			values[strings.Join(row[:3], ",")] = parsed(t, row[3])
		}
	}
	return values
}

func TestFixedEffectsRowsAgreeWithR(t *testing.T) {
	associations, fits := run(t, farmers(t))
	want := models(t, "models_firm.csv")
	names := map[string]string{"degree_in": "in_union", "age": "age", "school": "school", "coop01": "coop01", "income": "income"}
	for term, reference := range names {
		row := rowWhere(t, associations, "fit", "ols/innov/union/degree_in", "term", term, "se_type", "CR2")
		at := func(stat string) float64 { return want["ols_fe,"+reference+","+stat] }
		near(t, term+" estimate", num(associations, "estimate", row), at("est"))
		near(t, term+" std_error", num(associations, "std_error", row), at("se_CR2"))
		near(t, term+" statistic", num(associations, "statistic", row), at("t_CR2"))
		near(t, term+" df", num(associations, "df", row), at("df_Satt_CR2"))
		near(t, term+" p_value", num(associations, "p_value", row), at("p_Satt_CR2"))
		near(t, term+" middle of the interval", (num(associations, "conf_low", row)+num(associations, "conf_high", row))/2, at("est"))
		for column, text := range map[string]string{"se_type": "CR2", "p_type": "satterthwaite", "conf_type": "satterthwaite_t", "scaling": "raw", "model": "ols_fe"} {
			if got := associations.Column(column).Str(row); got != text {
				t.Errorf("%s: %s is %q, want %q", term, column, got, text)
			}
		}
	}
	row := rowWhere(t, associations, "fit", "ols/innov/union/degree_in", "estimand", "these_clusters")
	near(t, "HC3", num(associations, "std_error", row), want["ols_fe,in_union,se_HC3"])
	near(t, "t", num(associations, "statistic", row), want["ols_fe,in_union,est"]/want["ols_fe,in_union,se_HC3"])
	if p := num(associations, "p_value", row); p < 0.001 || p > 0.03 { // 9,999 draws: 0.005
		t.Errorf("Freedman-Lane p = %g", p)
	}
	if low := num(associations, "conf_low", row); low == low {
		t.Errorf("these_clusters has an interval from %g", low)
	}
	fit := rowWhere(t, fits, "fit", "ols/innov/union/degree_in")
	near(t, "condition", num(fits, "condition", fit), want["ols_fe,,kappa_belsley_scaled_uncentered"])
	near(t, "sigma", num(fits, "sigma", fit), want["ols_fe,,sigma"])
	near(t, "n", num(fits, "n", fit), want["ols_fe,,n"])
	near(t, "df_residual", num(fits, "df_residual", fit), want["ols_fe,,df_resid"])
}

func TestRankCorrelationsAgreeWithEnumeration(t *testing.T) {
	associations, fits := run(t, farmers(t))
	want := models(t, "models_cluster.csv")
	for _, metric := range []string{"density", "cent_in", "recip", "trans", "conn", "globeff", "meandeg", "skew_in", "n"} {
		name := "rank/innov/union/" + metric
		row := rowWhere(t, associations, "fit", name)
		key := metric + "~m_innov,exact_all_permutations,"
		near(t, name+" estimate", num(associations, "estimate", row), want[key+"spearman_rho"])
		near(t, name+" p_value", num(associations, "p_value", row), want[key+"p_two_sided_spearman"])
		if got := text(associations, "p_type", row) + " " + text(associations, "se_type", row); got != "exact none" {
			t.Errorf("%s: p_type and se_type are %s", name, got)
		}
		if firms, clusters := num(associations, "n_firms", row), num(associations, "n_clusters", row); firms != 692 || clusters != 11 {
			t.Errorf("%s: %g firms in %g clusters", name, firms, clusters)
		}
	}
	fit := rowWhere(t, fits, "fit", "rank/innov/union/density")
	near(t, "lowest without a cluster", num(fits, "drop_one_low", fit), want["loo density m_innov spearman,10,drop_one_est"])
	near(t, "highest without a cluster", num(fits, "drop_one_high", fit), want["loo density m_innov spearman,43,drop_one_est"])
	// From 0.34 to 0.58 without cluster 43.
	if got := text(associations, "caveats", rowWhere(t, associations, "fit", "rank/innov/union/density")); got != "one_cluster_decides" {
		t.Errorf("caveats of density are %q", got)
	}
}
