package stats

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/floats"
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
	laplaceRow(t, r, f)
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

// laplaceRow has the integral at one point, the Laplace approximation, at the
// estimates that the reference found with it.
func laplaceRow(t testing.TB, r reproduced, f frame) {
	const model = "poisson_glmer_laplace"
	want := readModels(t, "models_firm.csv")
	c := f.clusters()
	b, err := newBasis(f.columns(farmerTerms...), NewClusters(c.Rows()))
	if err != nil {
		t.Fatal(err)
	}
	in := newIntercepts(LogMean, f["total"], b, c, 1)
	eta := make([]float64, c.Rows())
	floats.AddConst(want[model+",(Intercept),est"], eta)
	for _, name := range farmerTerms {
		floats.AddScaled(eta, want[model+","+name+",est"], f[name])
	}
	at := project(b.q, eta) // centred, so without the level
	level := mean(eta)
	sd := math.Sqrt(want[model+",v,var"])
	r.put(model, "", "logLik", in.likelihood(append(at, level, sd), nil, nil), closedForm)
}
