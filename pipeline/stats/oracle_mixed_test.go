package stats

import (
	"testing"

	"gonum.org/v1/gonum/floats"
)

var lmerNames = []string{"est", "se", "t", "p"}

func mixedTermRows(r reproduced, model string, m *Mixed, terms []string) {
	put := func(term string, b, se, df float64) {
		r.coefficients(model, term, b, se, df, iterated, lmerNames...)
		r.put(model, term, "df_Satt", df, iterated)
	}
	for j, name := range terms {
		put(name, m.Coef[j], m.SE[j], m.DF[j])
	}
	put("(Intercept)", m.Constant, m.ConstantSE, m.ConstantDF)
}

func mixedRows(t testing.TB, r reproduced) {
	f := readFrame(t, "brfarmers_firm.csv")
	x, c := f.columns(farmerTerms...), f.clusters()
	for _, kind := range []Likelihood{REML, ML} {
		model := map[Likelihood]string{REML: "lmer_REML", ML: "lmer_ML"}[kind]
		m, err := FitMixed(f["innov"], x, c, kind)
		if err != nil {
			t.Fatal(err)
		}
		mixedTermRows(r, model, m, farmerTerms)
		r.put(model, "v", "var_intercept", m.Between, iterated)
		r.put(model, "resid", "var_resid", m.Within, iterated)
		r.put(model, "", "icc", m.ICC, iterated)
		r.put(model, "", "logLik", m.LogLik, closedForm)
		r.put(model, "", "devcrit", -2*m.LogLik, closedForm)
		if kind == ML {
			continue
		}
		for g, name := range clusterNames(f) {
			r.put(model, name, "blup", m.Intercepts[g], iterated)
		}
		cr2 := m.ClusterRobust(CR2)
		names := append(farmerTerms[:5:5], "(Intercept)")
		for j, c := range append(cr2, m.inference(CR2, [][]float64{m.constant}, []float64{m.Constant})...) {
			r.put("lmer_REML_CR2", names[j], "se", c.SE, iterated)
			r.put("lmer_REML_CR2", names[j], "df", c.DF, iterated)
			r.put("lmer_REML_CR2", names[j], "p", c.P, iterated)
		}
	}
	within, between := WithinBetween(f["in_union"], c)
	m, err := FitMixed(f["innov"], append([][]float64{within, between}, x[1:]...), c, REML)
	if err != nil {
		t.Fatal(err)
	}
	mixedTermRows(r, "lmer_mundlak", m, append([]string{"in_c", "in_m"}, farmerTerms[1:]...))
	m, err = FitMixed(f["innov"], nil, c, REML)
	if err != nil {
		t.Fatal(err)
	}
	r.put("lmer_null", "", "icc", m.ICC, iterated)
	icc, typical, ok := ICC(f["innov"], c)
	if !ok {
		t.Error("no ICC")
	}
	r.put("icc_anova", "", "icc1", icc, closedForm)
	r.put("icc_anova", "", "n0", typical, closedForm)
	r.put("icc_anova", "", "deff_mean_n", DesignEffect(icc, c), closedForm)
}

func medMixedRows(t testing.TB, r reproduced) {
	f := physicians(t)
	m, err := FitMixed(f["toa"], f.columns(physicianTerms...), f.clusters(), REML)
	if err != nil {
		t.Fatal(err)
	}
	put := func(term string, b, se float64) {
		r.put("lmer_REML", term, "est", b, iterated)
		r.put("lmer_REML", term, "se", se, iterated)
		r.put("lmer_REML", term, "t", b/se, iterated)
	}
	for j, name := range physicianTerms {
		put(name, m.Coef[j], m.SE[j])
	}
	put("(Intercept)", m.Constant, m.ConstantSE)
	r.put("lmer_REML", "v", "var", m.Between, iterated)
	r.put("lmer_REML", "resid", "var", m.Within, iterated)
	if floats.HasNaN(m.DF) {
		t.Error("NaN degrees of freedom")
	}
}
