package stats

import (
	"math"
	"slices"
	"strconv"
	"testing"

	"gonum.org/v1/gonum/floats"
)

var netautoRows = []func(testing.TB, reproduced){villageNetworkRows, pooledNetworkRows}

var netautoGaps = []gap{
	{"*", "", "sigma_se_as_printed_by_sna", "lnam prints the variance of sigma as its standard error; sigma_se_delta is reproduced"},
	{"lnam_lag+err_*", "*", "*", "not in the battery: a lag and an error on two networks at once"},
	{"spreg_err_pooled_fe", "[^l]*", "se", "NA: errorsarlm names the terms otherwise than the recipe asks for"},
}

// wholeOf returns the networks of a study's clusters: of ties as they are, and
// of those in either direction.
func (v *villages) wholeOf(relation string, g int) (directed, either *Weights, x frame) {
	sizes, start := v.sizes, 0
	x = v.frame
	if g >= 0 {
		sizes, start, x = v.sizes[g:g+1], v.start[g], frame{}
		for name, column := range v.frame {
			x[name] = column[start : start+v.sizes[g]]
		}
	}
	c := NewClusters(sizes...)
	ties, m := make([][]int, c.Rows()), v.of(relation)
	weak := make([][]int, c.Rows())
	for h := range c.Len() {
		for i := c.starts[h]; i < c.starts[h+1]; i++ {
			for j := c.starts[h]; j < c.starts[h+1]; j++ {
				to, back := m[v.cell(start+i, start+j)] > 0, m[v.cell(start+j, start+i)] > 0
				if to && i != j {
					ties[i] = append(ties[i], j)
				}
				if (to || back) && i != j {
					weak[i] = append(weak[i], j)
				}
			}
		}
	}
	return NewWeights(c, ties), NewWeights(c, weak), x
}

func villageNetworkRows(t testing.TB, r reproduced) {
	v := readVillages(t, "brfarmers_arcs.csv", readFrame(t, "brfarmers_firm.csv"))
	for _, village := range []float64{10, 23, 30, 82} {
		g := slices.IndexFunc(v.start, func(s int) bool { return v.frame["cluster"][s] == village })
		ties, either, f := v.wholeOf("union", g)
		w, tag := ties.RowNormalised(), "_v"+strconv.Itoa(int(village))
		y, x := f["innov"], f.columns(farmerTerms[1:]...)
		lag, err := FitLag(y, x, w)
		if err != nil {
			t.Fatal(err)
		}
		lambda, err := FitError(y, x, w)
		if err != nil {
			t.Fatal(err)
		}
		observedRows(r, "lnam_lag"+tag, "rho1", lag)
		observedRows(r, "lnam_err"+tag, "rho2", lambda)
		r.put("lnam_lag"+tag, "rho", "feasible_lo_1/min_real_eig", lag.Low, closedForm)
		r.put("lnam_lag"+tag, "rho", "feasible_hi_1/max_real_eig", lag.High, closedForm)
		expectedRows(r, "spreg_lag"+tag, "rho", "", lag, true)
		r.put("spreg_lag"+tag, "", "s2", lag.Variance, iterated)
		expectedRows(r, "spreg_err"+tag, "lambda", "I(x - lambda * WX)", lambda, false)
		screeningRows(t, r, tag, y, x, w)
		alikeRows(t, r, tag, y, either)
	}
}

// networkTerms are the coefficients of a fit to one cluster, the intercept first.
func networkTerms(f *NetworkFit, visit func(name string, b, se, observedSE float64)) {
	b, se, observed := f.contrast(f.design.effect(0))
	visit("(Intercept)", b, se, observed)
	for j, name := range farmerTerms[1:] {
		visit(name, f.Coef[j], f.SE[j], f.ObservedSE[j])
	}
}

func observedRows(r reproduced, model, rho string, f *NetworkFit) {
	networkTerms(f, func(name string, b, _, se float64) {
		r.put(model, name, "est", b, iterated)
		r.put(model, name, "se", se, iterated)
	})
	r.put(model, rho, "est", f.Rho, iterated)
	r.put(model, rho, "se", f.RhoObservedSE, iterated)
	r.put(model, "", "sigmasq", f.Variance, iterated)
	r.put(model, "", "sigmasq_se", f.VarianceObservedSE, iterated)
	r.put(model, "", "sigma_se_delta", f.VarianceObservedSE/(2*math.Sqrt(f.Variance)), iterated)
	r.put(model, "", "logLik", f.LogLik, closedForm)
}

func expectedRows(r reproduced, model, rho, before string, f *NetworkFit, estimates bool) {
	networkTerms(f, func(name string, b, se, _ float64) {
		if estimates {
			r.put(model, name, "est", b, iterated)
		}
		r.put(model, before+name, "se", se, iterated)
	})
	r.put(model, rho, "est", f.Rho, iterated)
	r.put(model, rho, "se", f.RhoSE, iterated)
	r.put(model, "", "logLik", f.LogLik, closedForm)
}

func screeningRows(t testing.TB, r reproduced, tag string, y []float64, x [][]float64, w *Weights) {
	tests, err := TestLeastSquares(y, x, w)
	if err != nil {
		t.Fatal(err)
	}
	for name, statistic := range map[string]float64{"LMerr": tests.Error, "LMlag": tests.Lag, "RLMerr": tests.ErrorGivenLag, "RLMlag": tests.LagGivenError} {
		r.put("LMtests"+tag, name, "stat", statistic, closedForm)
		r.put("LMtests"+tag, name, "p", UpperChiSquared(statistic, 1), closedForm)
	}
	inSpdep(r, "moran_resid"+tag, tests.Moran, len(x)+1)
}

// inSpdep writes Moran's I of the residuals of k coefficients as lm.morantest
// has it: with zero.policy it takes the number of rows that have neighbours for
// the number of rows, which for the residuals' degrees of freedom it is not. The
// traces behind the moments are the same; TestMoranOfResiduals holds ours.
func inSpdep(r reproduced, model string, m *Autocorrelation, k int) {
	n, tied := float64(len(m.z)), 0.0
	for i := range m.z {
		tied += float64(btoi(m.weights.from[i+1] > m.weights.from[i]))
	}
	df, theirs, factor := n-float64(k), tied-float64(k), tied/n
	expectation := factor * m.Expectation * df / theirs
	second := factor * factor * (m.Variance + m.Expectation*m.Expectation) * df * (df + 2) / (theirs * (theirs + 2))
	r.put(model, "", "I", factor*m.Value, closedForm)
	r.put(model, "", "EI", expectation, closedForm)
	r.put(model, "", "VI", second-expectation*expectation, closedForm)
}

func alikeRows(t testing.TB, r reproduced, tag string, y []float64, either *Weights) {
	moran, ok := Moran(y, either.RowNormalised())
	plain, okPlain := Moran(y, either)
	geary, okGeary := Geary(y, either)
	if !ok || !okPlain || !okGeary {
		t.Fatal("no autocorrelation")
	}
	r.put("moran_innov_und"+tag, "", "I", moran.Value, closedForm)
	r.put("moran_innov_und"+tag, "", "I_by_formula_S0", moran.Value, closedForm)
	r.put("moran_innov_und"+tag, "", "EI", moran.Expectation, closedForm)
	r.put("moran_innov_und"+tag, "", "VI_rand", moran.Variance, closedForm)
	r.put("nacf_moran"+tag, "lag1", "I", plain.Value, closedForm)
	r.put("nacf_geary"+tag, "lag1", "C", geary.Value, closedForm)
}

func pooledNetworkRows(t testing.TB, r reproduced) {
	v := readVillages(t, "brfarmers_arcs.csv", readFrame(t, "brfarmers_firm.csv"))
	ties, _, f := v.wholeOf("union", -1)
	w, y, x := ties.RowNormalised(), f["innov"], f.columns(farmerTerms...)
	lag, err := FitLag(y, x, w)
	if err != nil {
		t.Fatal(err)
	}
	lambda, err := FitError(y, x, w)
	if err != nil {
		t.Fatal(err)
	}
	pooledTerms(lag, f, func(name string, b, se float64) {
		r.put("spreg_lag_pooled_fe", name, "est", b, iterated)
		r.put("spreg_lag_pooled_fe", name, "se", se, iterated)
	})
	pooledTerms(lambda, f, func(name string, b, _ float64) { r.put("spreg_err_pooled_fe", name, "est", b, iterated) })
	r.put("spreg_lag_pooled_fe", "rho", "est", lag.Rho, iterated)
	r.put("spreg_lag_pooled_fe", "rho", "se", lag.RhoSE, iterated)
	r.put("spreg_lag_pooled_fe", "", "s2", lag.Variance, iterated)
	r.put("spreg_lag_pooled_fe", "", "logLik", lag.LogLik, closedForm)
	r.put("spreg_err_pooled_fe", "lambda", "est", lambda.Rho, iterated)
	r.put("spreg_err_pooled_fe", "lambda", "se", lambda.RhoSE, iterated)
	r.put("spreg_err_pooled_fe", "", "logLik", lambda.LogLik, closedForm)
	r.put("ols_pooled_fe", "", "logLik", lag.LeastLik, closedForm)

	// What a regression on the neighbours' mean gives, which is biased.
	naive, err := FitFixedEffects(y, append([][]float64{w.Lag(y)}, x...), f.clusters())
	if err != nil {
		t.Fatal(err)
	}
	r.put("ols_exposure_endogenous(biased)", "Wy", "est", naive.Coef[0], closedForm)
	two, err := FitLag2SLS(y, x, x[1:], w)
	if err != nil {
		t.Fatal(err)
	}
	r.put("s2sls_lag_fe(W X, W^2 X instruments)", "rho", "est", two.Rho, closedForm)
	r.put("s2sls_lag_fe(W X, W^2 X instruments)", "rho", "first_stage_F", two.FirstStageF, closedForm)
}

// pooledTerms are the coefficients of a fit to all clusters as R has them: an
// intercept, and dummies of all clusters but the first.
func pooledTerms(f *NetworkFit, data frame, visit func(name string, b, se float64)) {
	first := f.design.effect(0)
	b, se, _ := f.contrast(first)
	visit("(Intercept)", b, se)
	for j, name := range farmerTerms {
		visit(name, f.Coef[j], f.SE[j])
	}
	for g := 1; g < f.G; g++ {
		c := f.design.effect(g)
		floats.Sub(c, first)
		b, se, _ := f.contrast(c)
		visit("v"+strconv.Itoa(int(f.design.groups.Of(data["cluster"], g)[0])), b, se)
	}
}

// medNetworkRows has the lag in each city that has all values.
func medNetworkRows(t testing.TB, r reproduced) {
	whole := readFrame(t, "med_firm.csv")
	f := frame{}
	for i, v := range whole["proage"] {
		if !math.IsNaN(v) {
			for name := range whole {
				f[name] = append(f[name], whole[name][i])
			}
		}
	}
	v := readVillages(t, "med_arcs.csv", f)
	for g := range v.sizes {
		ties, _, city := v.wholeOf("discussion", g)
		model := "lnam_lag " + strconv.Itoa(g+1)
		fit, err := FitLag(city["toa"], city.columns("proage", "attend"), ties.RowNormalised())
		if err != nil {
			t.Fatal(err)
		}
		b, _, se := fit.contrast(fit.design.effect(0))
		r.put(model, "int", "est", b, iterated)
		r.put(model, "int", "se", se, iterated)
		for j, name := range []string{"proage", "attend"} {
			r.put(model, name, "est", fit.Coef[j], iterated)
			r.put(model, name, "se", fit.ObservedSE[j], iterated)
		}
		r.put(model, "rho1", "est", fit.Rho, iterated)
		r.put(model, "rho1", "se", fit.RhoObservedSE, iterated)
		r.put(model, "", "logLik", fit.LogLik, closedForm)
	}
}
