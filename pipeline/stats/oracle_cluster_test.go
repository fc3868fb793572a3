package stats

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"sync"
	"testing"
)

var (
	clusterMetrics  = []string{"density", "cent_in", "recip", "trans", "conn", "globeff", "meandeg", "skew_in", "n"}
	clusterOutcomes = []string{"m_innov", "m_total", "m_practA", "med_innov"}
)

// correlationRows are the correlations of each metric with each outcome.
func correlationRows(t testing.TB, got reproduced) {
	f := readFrame(t, "brfarmers_cluster_table.csv")
	var pool sync.WaitGroup
	parts := make([]reproduced, len(clusterMetrics))
	for k, metric := range clusterMetrics {
		parts[k] = make(reproduced)
		pool.Go(func() {
			for _, outcome := range clusterOutcomes {
				correlationsOf(t, parts[k], metric+"~"+outcome, f[metric], f[outcome])
			}
		})
	}
	pool.Wait()
	for _, part := range parts {
		maps.Copy(got, part)
	}
}

func correlationsOf(t testing.TB, got reproduced, model string, x, y []float64) {
	r, err := NewPartial(x, y)
	if err != nil {
		t.Error(err)
		return
	}
	statistic, p := r.TTest()
	low, high, _ := FisherZ(r.R, len(x), 0, 0.95)
	rho, _ := Spearman(x, y)
	tau, _ := Kendall(x, y)
	got.put(model, "pearson", "r", r.R, closedForm)
	got.put(model, "pearson", "t", statistic, closedForm)
	got.put(model, "pearson", "p_t", p, closedForm)
	got.put(model, "pearson", "ci_lo", low, closedForm)
	got.put(model, "pearson", "ci_hi", high, closedForm)
	got.put(model, "spearman", "rho", rho, closedForm)
	got.put(model, "kendall", "tau_b", tau, closedForm)
	const exact = "exact_all_permutations"
	excess, _, _ := kendallCounts(x, y)
	ofRho, ofTau := SpearmanExact(x, y), KendallExact(x, y)
	got.put(model, exact, "n", float64(len(x)), 0)
	got.put(model, exact, "perms", float64(ofTau.Total), 0)
	got.put(model, exact, "pearson_r", r.R, closedForm)
	got.put(model, exact, "spearman_rho", rho, closedForm)
	got.put(model, exact, "kendall_tau_b", tau, closedForm)
	got.put(model, exact, "kendall_S", float64(excess), 0)
	got.put(model, exact, "n_abs_ge_spearman", float64(ofRho.AsExtreme), 0)
	got.put(model, exact, "n_abs_ge_kendall", float64(ofTau.AsExtreme), 0)
	got.put(model, exact, "p_two_sided_spearman", ofRho.P, closedForm)
	got.put(model, exact, "p_two_sided_kendall", ofTau.P, closedForm)
	ofR := r.Exact()
	got.put(model, exact, "n_abs_ge_pearson", float64(ofR.AsExtreme), 0)
	got.put(model, exact, "p_two_sided_pearson", ofR.P, closedForm)
}

// correlationBy names the statistics that are dropped and resampled.
func correlationBy(kind string) func(x, y []float64) (float64, bool) {
	return map[string]func(x, y []float64) (float64, bool){"pearson": Pearson, "spearman": Spearman, "kendall": Kendall}[kind]
}

// dropAndBootRows are the estimates without each cluster, and the bootstrap
// with the stored resamples.
func dropAndBootRows(t testing.TB, got reproduced) {
	f := readFrame(t, "brfarmers_cluster_table.csv")
	_, stored := readCSV(t, "boot_indices_1999x11.csv")
	for _, c := range [][3]string{{"density", "m_innov", "spearman"}, {"density", "m_innov", "pearson"}, {"cent_in", "m_total", "spearman"}, {"meandeg", "m_total", "kendall"}} {
		x, y, of := f[c[0]], f[c[1]], correlationBy(c[2])
		name := c[0] + " " + c[1] + " " + c[2]
		estimate, _ := of(x, y)
		var without []float64
		for i := range x {
			less, _ := of(slices.Delete(slices.Clone(x), i, i+1), slices.Delete(slices.Clone(y), i, i+1))
			without = append(without, less)
			got.put("loo "+name, fmt.Sprintf("%g", f["cluster"][i]), "drop_one_est", less, closedForm)
		}
		n := float64(len(x))
		_, sd := meanSD(without)
		got.put("loo "+name, "", "est", estimate, closedForm)
		got.put("loo "+name, "", "jack_se", (n-1)/math.Sqrt(n)*sd, closedForm)
		var drawn []float64
		degenerate := 0
		for _, row := range stored {
			var a, b []float64
			for _, cell := range row {
				i := int(number(t, cell)) - 1
				a, b = append(a, x[i]), append(b, y[i])
			}
			if v, ok := of(a, b); ok {
				drawn = append(drawn, v)
			} else {
				degenerate++
			}
		}
		interval, ok := newBCa(estimate, drawn, without, 0.95)
		if !ok {
			t.Fatalf("%s: no interval", name)
		}
		middle, spread := meanSD(drawn)
		got.put("boot "+name, "", "t0", estimate, closedForm)
		got.put("boot "+name, "", "n_nan", float64(degenerate), 0)
		got.put("boot "+name, "", "boot_se", spread, closedForm)
		got.put("boot "+name, "", "boot_mean", middle, closedForm)
		got.put("boot "+name, "", "z0", interval.Bias, closedForm)
		got.put("boot "+name, "", "acc_jack_centred(Efron)", interval.Acceleration, closedForm)
		got.put("boot "+name, "bca_centred", "lo", interval.Low, closedForm)
		got.put("boot "+name, "bca_centred", "hi", interval.High, closedForm)
	}
}

// partialRows are correlations given the size of clusters.
func partialRows(t testing.TB, got reproduced) {
	f := readFrame(t, "brfarmers_cluster_table.csv")
	for _, metric := range []string{"density", "cent_in"} {
		model := "partial " + metric + " m_innov|n"
		r, err := NewPartial(f[metric], f["m_innov"], f["n"])
		if err != nil {
			t.Fatal(err)
		}
		_, p := r.TTest()
		got.put(model, "pearson", "r", r.R, closedForm)
		got.put(model, "pearson", "p_t_df8", p, closedForm)
		rho, err := NewPartial(Ranks(f[metric]), Ranks(f["m_innov"]), Ranks(f["n"]))
		if err != nil {
			t.Fatal(err)
		}
		got.put(model, "spearman", "r", rho.R, closedForm)
	}
}

// clusterLineRows are the line over clusters, with what each of them does.
func clusterLineRows(t testing.TB, got reproduced) {
	f := readFrame(t, "brfarmers_cluster_table.csv")
	const model = "ols_m_innov~density"
	n := len(f["density"])
	fit, err := FitFixedEffects(f["m_innov"], f.columns("density"), NewClusters(n))
	if err != nil {
		t.Fatal(err)
	}
	got.put(model, "density", "est", fit.Coef[0], closedForm)
	got.put(model, "density", "se", fit.ClassicalSE[0], closedForm)
	for kind, name := range map[HCKind]string{HC0: "se_HC0", HC1: "se_HC1", HC2: "se_HC2"} {
		se, _ := fit.HC(kind, 0)
		got.put(model, "density", name, se, closedForm)
	}
	hc3, _ := fit.HC3(0)
	got.put(model, "density", "se_HC3", hc3, closedForm)
	pooled, err := FitPooled(f["m_innov"], f.columns("density"), NewClusters(slices.Repeat([]int{1}, n)...))
	if err != nil {
		t.Fatal(err)
	}
	cr2 := pooled.ClusterRobust(CR2)[0]
	got.put(model, "density", "df_Satt_HC2", cr2.DF, closedForm)
	near(t, "CR2 of clusters of one", cr2.SE, got[model+",density,se_HC2"].value, closedForm)
	cook, moved, studentised := fit.Cook(), fit.DFBETAS(0), fit.Studentised()
	for i, c := range f["cluster"] {
		name := fmt.Sprintf("%g", c)
		got.put(model, name, "cooks", cook[i], closedForm)
		got.put(model, name, "dfbetas_density", moved[i], closedForm)
		got.put(model, name, "hat", fit.Leverage[i], closedForm)
		got.put(model, name, "rstudent", studentised[i], closedForm)
	}
}

// effects are what a meta-analysis starts from, by its name in the reference.
func effects(t testing.TB) (frame, map[string][2][]float64) {
	f := readFrame(t, "meta_inputs.csv")
	out := map[string][2][]float64{}
	put := func(name string, y, v func(i int) float64) {
		var a, b []float64
		for i := range f["n"] {
			a, b = append(a, y(i)), append(b, v(i))
		}
		out[name] = [2][]float64{a, b}
	}
	n := f["n"]
	z := func(column string) func(int) float64 {
		return func(i int) float64 { return math.Atanh(f[column][i]) }
	}
	put("zcor_pearson", z("r"), func(i int) float64 { return 1 / (n[i] - 3) })
	put("zcor_spearman_v1.06", z("rho"), func(i int) float64 { return 1.06 / (n[i] - 3) })
	put("zcor_spearman_bonettwright", z("rho"), func(i int) float64 { return (1 + f["rho"][i]*f["rho"][i]/2) / (n[i] - 3) })
	put("slope", func(i int) float64 { return f["b"][i] }, func(i int) float64 { return f["se"][i] * f["se"][i] })
	// The reference takes 1/(n-m-1) of m regressors, the focal one among them;
	// the classical variance is 1/(n-k-3) of k others.
	put("zpcor", z("pr"), func(i int) float64 { return 1 / (n[i] - 5 - 1) })
	return f, out
}

func pool(t testing.TB, e [2][]float64, kind TauKind, se MetaKind, moderators ...[]float64) *Meta {
	t.Helper()
	m, err := Pool(e[0], e[1], kind, se, moderators...)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func metaRows(t testing.TB, got reproduced) {
	f, inputs := effects(t)
	got.put("meta zpcor", "", "yi_first", inputs["zpcor"][0][0], closedForm)
	defer delete(got, "meta slope PM z,,p")
	for name, e := range inputs {
		for method, kind := range map[string]TauKind{"REML": TauREML, "PM": PauleMandel, "DL": DerSimonianLaird} {
			tolerance := iterated
			if kind == DerSimonianLaird {
				tolerance = closedForm
			}
			for test, se := range map[string]MetaKind{"z": WaldZ, "knha": HartungKnapp, "adhoc": ModifiedHartungKnapp} {
				putMeta(got, "meta "+name+" "+method+" "+test, pool(t, e, kind, se), tolerance)
			}
		}
		m := pool(t, e, TauREML, HartungKnapp)
		low, high := m.TauInterval(0.95)
		got.put("meta "+name+" REML knha", "", "tau2_Qprofile_lo", low, iterated)
		got.put("meta "+name+" REML knha", "", "tau2_Qprofile_hi", high, iterated)
		for g, less := range m.WithoutEach() {
			model, cluster := "meta "+name+" REML knha leave1out", fmt.Sprintf("%g", f["cluster"][g])
			got.put(model, cluster, "est", less.Coef[0], iterated)
			got.put(model, cluster, "tau2", less.Tau2, iterated)
			got.put(model, cluster, "p", less.P[0], iterated)
		}
		line := pool(t, e, TauREML, HartungKnapp, f["density"])
		for j, term := range []string{"intrcpt", "density"} {
			got.put("metareg "+name+" REML knha", term, "est", line.Coef[j], iterated)
			got.put("metareg "+name+" REML knha", term, "se", line.SE[j], iterated)
			got.put("metareg "+name+" REML knha", term, "p", line.P[j], iterated)
		}
		got.put("metareg "+name+" REML knha", "", "tau2", line.Tau2, iterated)
		if share, ok := line.Explained(m); ok {
			got.put("metareg "+name+" REML knha", "", "R2", share, iterated)
		}
	}
}

func putMeta(got reproduced, model string, m *Meta, tolerance float64) {
	low, high := m.Interval(0, 0.95)
	under, over := m.Prediction(0.95)
	for stat, v := range map[string]float64{"est": m.Coef[0], "se": m.SE[0], "stat": m.Coef[0] / m.SE[0], "p": m.P[0], "ci_lo": low, "ci_hi": high,
		"tau2": m.Tau2, "I2": m.I2, "H2": m.H2, "Q": m.Q, "Qp": m.QP, "pi_lo": under, "pi_hi": over} {
		got.put(model, "", stat, v, tolerance)
	}
	if m.DF > 0 {
		got.put(model, "", "df", m.DF, 0)
	}
}

// medMetaRows pools the correlations of four cities.
func medMetaRows(t testing.TB, got reproduced) {
	f := readFrame(t, "med_firm.csv")
	c := f.clusters()
	var y, v []float64
	for g := range c.Len() {
		r, ok := Pearson(c.Of(f["toa"], g), c.Of(f["in_union"], g))
		if !ok {
			t.Fatal("no correlation")
		}
		got.put("meta_inputs", fmt.Sprint(g+1), "r", r, closedForm)
		y, v = append(y, math.Atanh(r)), append(v, 1/(float64(len(c.Of(f["toa"], g)))-3))
	}
	m := pool(t, [2][]float64{y, v}, TauREML, HartungKnapp)
	got.put("meta_REML_knha", "", "est", m.Coef[0], iterated)
	got.put("meta_REML_knha", "", "se", m.SE[0], iterated)
	got.put("meta_REML_knha", "", "tau2", m.Tau2, iterated)
	got.put("meta_REML_knha", "", "p", m.P[0], iterated)
}

var clusterRows = []func(testing.TB, reproduced){correlationRows, dropAndBootRows, partialRows, clusterLineRows, metaRows}

var clusterGaps = []gap{
	{"*~*", "spearman", "S", "a function of rho"},
	{"*~*", "spearman", "p_R_*", "the exact p is in its place: R's is not exact beyond 9 rows, nor with ties"},
	{"*~*", "kendall", "p_R_*", "the exact p is in its place"},
	{"*~*", "kendall", "T_or_z_exactTRUE", "a function of tau, with ties an approximation"},
	{"*~*", "kendall", "z", "the exact p is in its place"},
	{"*~*", "exact_all_permutations", "n_ge_*", "one-sided"},
	{"meta zpcor", "", "vi_first", "what the reference starts from, one more than the classical variance: what follows is reproduced from it"},
	{"meta slope PM z", "", "p", "7e-20, which the reference's tolerance moves by 2 %"},
	{"boot *", "normal", "*", "BCa is the interval offered"},
	{"boot *", "basic", "*", "as normal"},
	{"boot *", "percent", "*", "as normal"},
	{"boot *", "bca", "*", "with the acceleration not centred"},
	{"boot *", "", "acc_jack", "not centred"},
	{"wls_m_innov~density_wn", "*", "*", "clusters are not weighted by their firms: what differs between them does not shrink with size"},
	{"meta * FE z", "*", "*", "no variance between clusters: not about clusters like these"},
	{"meta * ML *", "*", "*", "REML, Paule-Mandel and DerSimonian-Laird are offered"},
	{"meta * SJ *", "*", "*", "as ML"},
	{"meta * HE *", "*", "*", "as ML"},
	{"meta * EB *", "*", "*", "as ML"},
	{"meta * HS *", "*", "*", "as ML"},
	{"meta *", "", "se_tau2", "the interval by Q's profile is in its place"},
	{"meta * z", "", "df", "none: normal"},
}
