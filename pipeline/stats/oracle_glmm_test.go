package stats

import (
	"testing"
)

func glmmRows(t testing.TB, r reproduced) {
	f := readFrame(t, "brfarmers_firm.csv")
	x, c := f.columns(farmerTerms...), f.clusters()
	m, err := FitPoissonMixed(f["total"], x, c)
	if err != nil {
		t.Fatal(err)
	}
	glmmTermRows(r, "poisson_glmer_agq25", m)
	var best float64 // lme4 reports a quadrature relative to the saturated model
	for _, y := range f["total"] {
		_, b := LogMean.logDensity(y, 1, response{})
		best += b
	}
	r.put("poisson_glmer_agq25", "", "logLik_rel", m.LogLik-best, closedForm)
	m, err = FitLogitMixed(f["practA"], x, c)
	if err != nil {
		t.Fatal(err)
	}
	glmmTermRows(r, "logit_glmer_agq25", m)
}

func glmmTermRows(r reproduced, model string, m *GLMM) {
	for j, name := range farmerTerms {
		r.coefficients(model, name, m.Coef[j], m.SE[j], 0, iterated, glmNames...)
	}
	r.coefficients(model, "(Intercept)", m.Constant, m.ConstantSE, 0, iterated, glmNames...)
	r.put(model, "v", "var", m.SD*m.SD, iterated)
}
