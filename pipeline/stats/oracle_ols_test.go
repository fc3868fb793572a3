package stats

import (
	"math"
	"slices"
	"strconv"
	"testing"

	"gonum.org/v1/gonum/floats"
)

var kinds = []struct {
	name string
	kind SandwichKind
}{{"CR0", CR0}, {"CR1", CR1}, {"CR1S", CR1S}, {"CR2", CR2}, {"CR3", CR3}}

// coefficients writes what summary.lm prints of one coefficient.
func (r reproduced) coefficients(model, term string, b, se, df, tolerance float64, names ...string) {
	p := TwoSidedZ(b / se)
	if df > 0 {
		p = TwoSidedT(b/se, df)
	}
	for i, v := range []float64{b, se, b / se, p} {
		r.put(model, term, names[i], v, tolerance)
	}
}

// clusterRobust writes what coef_test prints of one coefficient.
func (r reproduced) clusterRobust(model, term, kind string, c ClusterRobust, tolerance float64) {
	r.put(model, term, "se_"+kind, c.SE, tolerance)
	r.put(model, term, "df_Satt_"+kind, c.DF, tolerance)
	r.put(model, term, "p_Satt_"+kind, c.P, tolerance)
}

// fixedEffectsRows writes what all linear models with effects share.
func fixedEffectsRows(r reproduced, model string, fit *FixedEffects, terms []string, names []string, kinds ...string) {
	for j, term := range terms {
		r.coefficients(model, term, fit.Coef[j], fit.ClassicalSE[j], float64(fit.DF), closedForm, names...)
	}
	for _, name := range kinds {
		for j, c := range fit.ClusterRobust(kindNamed(name)) {
			r.clusterRobust(model, terms[j], name, c, closedForm)
		}
	}
}

func kindNamed(name string) SandwichKind {
	for _, k := range kinds {
		if k.name == name {
			return k.kind
		}
	}
	panic("no such kind")
}

var lmNames = []string{"est", "se_classical", "t", "p"}
var glmNames = []string{"est", "se", "z", "p"}
var quasiNames = []string{"est", "se", "t", "p"}

func olsRows(t testing.TB, r reproduced) {
	fit, f := farmers(t)
	fixedEffectsRows(r, "ols_fe", fit, farmerTerms, lmNames, "CR0", "CR1", "CR1S", "CR2")
	for _, kind := range []string{"CR0", "CR1", "CR1S", "CR2"} {
		for j, c := range fit.ClusterRobust(kindNamed(kind)) {
			ratio := fit.Coef[j] / c.SE
			r.put("ols_fe", farmerTerms[j], "t_"+kind, ratio, closedForm)
			r.put("ols_fe", farmerTerms[j], "p_naive_t_"+kind, TwoSidedT(ratio, 10), closedForm)
		}
	}
	jackknife, cr3, cr2 := fit.Jackknife(), fit.ClusterRobust(CR3), fit.CR2()
	standardised := fit.Standardised()
	for j, term := range farmerTerms {
		put := func(stat string, v float64) { r.put("ols_fe", term, stat, v, closedForm) }
		for kind, name := range []string{"se_HC0", "se_HC1", "se_HC2"} {
			se, _ := fit.HC(HCKind(kind), j)
			put(name, se)
		}
		hc3, _ := fit.HC3(j)
		put("se_HC3", hc3)
		put("se_CR3_absorbed", cr3[j].SE)
		put("se_CV3_absorbed_(G-1)/G", jackknife[j].SE)
		put("p_CV3_t(G-1)", jackknife[j].P)
		put("se_CR2_absorbed", cr2[j].SE)
		put("df_Satt_CR2_absorbed", cr2[j].DF)
		within := floats.Norm(CentreWithin(f[term], f.clusters()), 2)
		overall := floats.Norm(CentreWithin(f[term], NewClusters(fit.clusters.Rows())), 2)
		put("GVIF", fit.VIF[j]*overall*overall/within/within)
		put("GVIF_df", 1)
		y := floats.Norm(CentreWithin(f["innov"], NewClusters(fit.clusters.Rows())), 2)
		put("beta_std_pooled_sd", fit.Coef[j]*overall/y)
		put("beta_std_within_sd", standardised[j])
		partial, f2 := PartialR(fit.Coef[j]/fit.ClassicalSE[j], float64(fit.DF))
		put("partial_r", partial)
		put("f2", f2)
	}
	olsFitRows(t, r, fit, f)
	wald, err := fit.WaldHTZ(0, 2)
	if err != nil {
		t.Fatal(err)
	}
	for stat, v := range map[string]float64{"Fstat": wald.F, "df_num": wald.DF1, "df_denom": wald.DF2, "p": wald.P} {
		r.put("ols_fe_wald_in+school", "HTZ", stat, v, closedForm)
	}
	r.put("ols_fe_wald_in+school", "Naive-F", "Fstat", wald.Q/2, closedForm)
	r.put("ols_fe_wald_in+school", "chi-sq", "Fstat", wald.Q/2, closedForm)
	r.put("ols_fe_wald_in+school", "Naive-F", "p", UpperF(wald.Q/2, 2, 10), closedForm)
	r.put("ols_fe_wald_in+school", "chi-sq", "p", UpperChiSquared(wald.Q, 2), closedForm)
}

// olsFitRows writes the statistics of the whole fit; those that the package
// does not print follow from the residual sum of squares.
func olsFitRows(t testing.TB, r reproduced, fit *FixedEffects, f frame) {
	put := func(stat string, v float64) { r.put("ols_fe", "", stat, v, closedForm) }
	n, df := float64(fit.clusters.Rows()), float64(fit.DF)
	total := floats.Norm(CentreWithin(f["innov"], NewClusters(int(n))), 2)
	rss := fit.Sigma * fit.Sigma * df
	r2 := 1 - rss/total/total
	put("n", n)
	put("df_resid", df)
	put("r2", r2)
	put("adj_r2", 1-(1-r2)*(n-1)/df)
	put("sigma", fit.Sigma)
	put("F", r2/(1-r2)*df/15)
	logLik := -n / 2 * (math.Log(2*math.Pi*rss/n) + 1)
	put("logLik", logLik)
	put("AIC", -2*logLik+2*17)
	put("BIC", -2*logLik+17*math.Log(n))
	condition, _ := Condition(f.columns(farmerTerms...), f.clusters())
	put("kappa_belsley_scaled_uncentered", condition)
	cook := fit.Cook()
	put("max_hat", slices.Max(fit.Leverage))
	put("max_cooks", slices.Max(cook))
	put("which_max_cooks_uid", f["uid"][floats.MaxIdx(cook)])
	pagan, err := fit.BreuschPagan()
	if err != nil {
		t.Fatal(err)
	}
	put("BP_studentized", pagan.Statistic)
	put("BP_p", pagan.P)
	reset, err := fit.RESET(f["innov"])
	if err != nil {
		t.Fatal(err)
	}
	put("RESET_F", reset.Statistic)
	put("RESET_p", reset.P)
}

func olsLeaveOneOutRows(t testing.TB, r reproduced) {
	f := readFrame(t, "brfarmers_firm.csv")
	c := f.clusters()
	LeaveClustersOut(c, func(g int) ([]float64, error) {
		rest, columns := c.Without(g, append(f.columns(farmerTerms...), f["innov"])...)
		fit, err := FitFixedEffects(columns[5], columns[:5], rest)
		if err != nil {
			t.Fatal(err)
		}
		cluster := strconv.Itoa(int(c.Of(f["cluster"], g)[0]))
		r.put("ols_fe_loo_cluster", cluster, "in_union_est", fit.Coef[0], closedForm)
		r.put("ols_fe_loo_cluster", cluster, "in_union_se_CR2", fit.ClusterRobust(CR2)[0].SE, closedForm)
		return fit.Coef, nil
	})
}

func pooledRows(t testing.TB, r reproduced) {
	f := readFrame(t, "brfarmers_firm.csv")
	f["dens"] = densities(t, f)
	terms := []string{"in_union", "dens", "age", "school", "coop01", "income"}
	fit, err := FitPooled(f["innov"], f.columns(terms...), f.clusters())
	if err != nil {
		t.Fatal(err)
	}
	for j, term := range terms {
		r.coefficients("ols_dens", term, fit.Coef[j], fit.ClassicalSE[j], float64(fit.DF), closedForm, lmNames...)
	}
	r.coefficients("ols_dens", "(Intercept)", fit.Constant, fit.ConstantSE, float64(fit.DF), closedForm, lmNames...)
	for _, k := range kinds {
		for j, c := range fit.ClusterRobust(k.kind) {
			r.clusterRobust("ols_dens", terms[j], k.name, c, closedForm)
		}
		constant := fit.contrast(fit.design.effect(0))
		c := fit.inference(k.kind, [][]float64{constant}, []float64{fit.Constant})[0]
		r.clusterRobust("ols_dens", "(Intercept)", k.name, c, closedForm)
	}
}

// densities returns the density of the union of each firm's cluster.
func densities(t testing.TB, f frame) (dens []float64) {
	graphs := readFrame(t, "brfarmers_graphs.csv")
	header, rows := readCSV(t, "brfarmers_graphs.csv")
	density := make(map[float64]float64)
	for i, row := range rows {
		if row[slices.Index(header, "relation")] == "union" {
			density[graphs["cluster"][i]] = graphs["density_dir"][i]
		}
	}
	for _, cluster := range f["cluster"] {
		dens = append(dens, density[cluster])
	}
	return dens
}

func lpmRows(t testing.TB, r reproduced) {
	f := readFrame(t, "brfarmers_firm.csv")
	fit, err := FitFixedEffects(f["practA"], f.columns(farmerTerms...), f.clusters())
	if err != nil {
		t.Fatal(err)
	}
	fixedEffectsRows(r, "lpm_fe", fit, farmerTerms, quasiNames, "CR0", "CR1", "CR2")
}

func collinearityRows(t testing.TB, r reproduced) {
	f := readFrame(t, "brfarmers_firm.csv")
	names := []string{"in_union", "und_union", "harm_union", "btw_union", "eig_union", "pr_union", "core_union"}
	for model, c := range map[string]*Clusters{
		"collin": NewClusters(len(f["uid"])), "collin_within": f.clusters(),
	} {
		fit, err := FitFixedEffects(f["innov"], f.columns(names...), c)
		if err != nil {
			t.Fatal(err)
		}
		for j, name := range names {
			r.put(model, name, "VIF", fit.VIF[j], closedForm)
			for _, other := range names {
				if model == "collin_within" && name < other {
					v, _ := CorrelationWithin(f[name], f[other], c)
					r.put(model, name+" "+other, "pearson_within", v, closedForm)
				}
			}
		}
	}
	index, err := ConditionIndices(f.columns(names...))
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range index {
		r.put("collin", strconv.Itoa(i+1), "cond_index", v, closedForm)
	}
	r.put("collin", "", "kappa_corr", index[6]*index[6], closedForm)
}

// physicians are the complete rows of the second study.
func physicians(t testing.TB) frame {
	all := readFrame(t, "med_firm.csv")
	f := make(frame)
	for i, v := range all["attend"] {
		if !math.IsNaN(v) && !math.IsNaN(all["proage"][i]) {
			for name, column := range all {
				f[name] = append(f[name], column[i])
			}
		}
	}
	return f
}

var physicianTerms = []string{"in_union", "proage", "attend"}

func medOLSRows(t testing.TB, r reproduced) {
	f := physicians(t)
	fit, err := FitFixedEffects(f["toa"], f.columns(physicianTerms...), f.clusters())
	if err != nil {
		t.Fatal(err)
	}
	fixedEffectsRows(r, "ols_fe", fit, physicianTerms, lmNames, "CR0", "CR1", "CR1S", "CR2")
	r.put("ols_fe", "", "n", float64(fit.clusters.Rows()), 0)
}
