package stats

import (
	"math"
	"math/bits"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

func freedmanLaneRows(t testing.TB, r reproduced) {
	fit, f := farmers(t)
	x, c := f.columns(append([]string{"in_union"}, gridControls...)...), f.clusters()
	outcomes := exchangedOutcomes(t, f, x[1:], c)["innov"]
	classical := func(fit *FixedEffects) float64 { return fit.Coef[0] / fit.ClassicalSE[0] }
	clustered := func(fit *FixedEffects) float64 { return fit.Coef[0] / fit.ClusterRobust(CR1S)[0].SE }
	asExtreme, asExtremeClustered := 0, 0
	for draw, y := range outcomes {
		drawn, err := FitFixedEffects(y, x, c)
		if err != nil {
			t.Fatal(err)
		}
		r.put("freedman_lane_within_fe_in_union", strconv.Itoa(draw+1), "t_star", classical(drawn), closedForm)
		asExtreme += btoi(math.Abs(classical(drawn)) >= math.Abs(classical(fit)))
		asExtremeClustered += btoi(math.Abs(clustered(drawn)) >= math.Abs(clustered(fit)))
	}
	share := func(b int) float64 { return float64(1+b) / float64(1+len(outcomes)) }
	r.put("freedman_lane_within_fe_in_union", "", "t_obs", classical(fit), closedForm)
	r.put("freedman_lane_within_fe_in_union", "", "n_abs_ge", float64(asExtreme), 0)
	r.put("freedman_lane_within_fe_in_union", "", "p_(1+b)/(1+B)", share(asExtreme), closedForm)
	r.put("freedman_lane_within_fe_in_union_CR1S", "", "t_obs", clustered(fit), closedForm)
	r.put("freedman_lane_within_fe_in_union_CR1S", "", "p_(1+b)/(1+B)", share(asExtremeClustered), closedForm)
}

// gridRows adjusts the 28 cells by permutations common to all of them.
func gridRows(t testing.TB, r reproduced) {
	labels, fits := gridFits(t)
	f := readFrame(t, "brfarmers_firm.csv")
	c, controls := f.clusters(), f.columns(gridControls...)
	observed, parametric := make([]float64, len(fits)), make([]float64, len(fits))
	drawn := make([][]float64, len(fits))
	outcomes := exchangedOutcomes(t, f, controls, c)
	for k, fit := range fits {
		metric, outcome, _ := strings.Cut(labels[k], "~")
		observed[k] = fit.Coef[0] / fit.ClassicalSE[0]
		parametric[k] = TwoSidedT(observed[k], float64(fit.DF))
		asExtreme := 0
		for _, y := range outcomes[outcome] {
			again, err := FitFixedEffects(y, append(f.columns(metric), controls...), c)
			if err != nil {
				t.Fatal(err)
			}
			star := again.Coef[0] / again.ClassicalSE[0]
			drawn[k] = append(drawn[k], star)
			asExtreme += btoi(math.Abs(star) >= math.Abs(observed[k]))
		}
		r.put("grid", labels[k], "t", observed[k], closedForm)
		r.put("grid", labels[k], "p_param", parametric[k], closedForm)
		r.put("grid", labels[k], "p_perm", float64(1+asExtreme)/200, closedForm)
	}
	stepped, holm, bh := StepDown(observed, drawn, false), Holm(parametric), BenjaminiHochberg(parametric)
	for k, label := range labels {
		r.put("grid", label, "p_WY_stepdown", stepped[k], closedForm)
		r.put("grid", label, "p_param_holm", holm[k], closedForm)
		r.put("grid", label, "p_param_BH", bh[k], closedForm)
	}
}

// exchangedOutcomes are the stored permutations of each outcome.
func exchangedOutcomes(t testing.TB, f frame, controls [][]float64, c *Clusters) map[string][][]float64 {
	out := make(map[string][][]float64)
	orders := readOrders(t)
	for _, outcome := range gridOutcomes {
		null, err := FitFixedEffects(f[outcome], controls, c)
		if err != nil {
			t.Fatal(err)
		}
		for _, order := range orders {
			y := make([]float64, len(order))
			for i := range y {
				y[i] = f[outcome][i] - null.Residuals[i] + null.Residuals[order[i]]
			}
			out[outcome] = append(out[outcome], y)
		}
	}
	return out
}

// maxTRows adjusts five Welch statistics by all 70 splits of eight columns.
func maxTRows(t testing.TB, r reproduced) {
	_, rows := readCSV(t, "tiny_maxT_data.csv")
	observed, drawn := make([]float64, len(rows)), make([][]float64, len(rows))
	for k, row := range rows {
		var x []float64
		for _, text := range row[1:] {
			x = append(x, number(t, text))
		}
		observed[k] = welch(x, 0xf0)
		for set := range 256 {
			if bits.OnesCount(uint(set)) == 4 {
				drawn[k] = append(drawn[k], welch(x, set))
			}
		}
	}
	adjusted := StepDown(observed, drawn, true)
	for k := range rows {
		label := strconv.Itoa(k + 1)
		asExtreme := 0
		for _, star := range drawn[k] {
			asExtreme += btoi(math.Abs(star) >= math.Abs(observed[k])*(1-tieTolerance))
		}
		r.put("mt.maxT_welch_all70", label, "teststat", observed[k], closedForm)
		r.put("mt.maxT_welch_all70", label, "rawp", float64(asExtreme)/70, closedForm)
		r.put("mt.maxT_welch_all70", label, "adjp", adjusted[k], closedForm)
	}
}

// welch is the difference of means, those in the set less the others, over its
// standard error.
func welch(x []float64, set int) float64 {
	var in, out []float64
	for i, v := range x {
		if set>>i&1 != 0 {
			in = append(in, v)
		} else {
			out = append(out, v)
		}
	}
	return (stat.Mean(in, nil) - stat.Mean(out, nil)) / math.Sqrt(stat.Variance(in, nil)/4+stat.Variance(out, nil)/4)
}

// romanoWolfRows adjusts the 28 cells by wild bootstraps over common signs; the
// strict shares, which leave ties out, are counted here.
func romanoWolfRows(t testing.TB, r reproduced) {
	const model = "romano_wolf_wcr_enum2048_CR0scale"
	labels, fits := gridFits(t)
	weights := signs(t, 11)
	observed, drawn := make([]float64, len(fits)), make([][]float64, len(fits))
	for k, fit := range fits {
		w, err := fit.WildCluster(0, WCR)
		if err != nil {
			t.Fatal(err)
		}
		observed[k], drawn[k] = w.estimate/w.SE, w.Statistics(weights)
		test := w.Test(0, weights)
		r.put(model, labels[k], "t", w.estimate/w.se, closedForm)
		r.put(model, labels[k], "p_wcr_strict", float64(test.AbsGreater)/2048, closedForm)
		r.put(model, labels[k], "p_wcr_inclusive", test.P, closedForm)
	}
	for k, p := range StepDown(observed, drawn, true) {
		r.put(model, labels[k], "p_RW_inclusive", p, closedForm)
	}
}

// clusterMaxTRows adjusts rank correlations by stored orders of the clusters,
// of which the data are counted as one.
func clusterMaxTRows(t testing.TB, r reproduced) {
	const model = "cluster_maxT_spearman_999"
	f := readFrame(t, "brfarmers_cluster_table.csv")
	_, rows := readCSV(t, "perm_cluster_999x11.csv")
	var labels []string
	var observed []float64
	var drawn [][]float64
	for _, outcome := range []string{"m_innov", "m_total", "m_practA", "med_innov"} {
		for _, metric := range []string{"density", "cent_in", "recip", "trans", "conn", "globeff", "meandeg", "skew_in", "n"} {
			rho, _ := Spearman(f[metric], f[outcome])
			var star []float64
			for _, row := range rows {
				y := make([]float64, len(row))
				for i, text := range row {
					y[i] = f[outcome][int(number(t, text))-1]
				}
				v, _ := Spearman(f[metric], y)
				star = append(star, v)
			}
			labels, observed, drawn = append(labels, metric+"~"+outcome), append(observed, rho), append(drawn, star)
		}
	}
	adjusted := StepDown(observed, drawn, false)
	for k, label := range labels {
		asExtreme := 0
		for _, star := range drawn[k] {
			asExtreme += btoi(math.Abs(star) >= math.Abs(observed[k])*(1-tieTolerance))
		}
		r.put(model, label, "rho", observed[k], closedForm)
		r.put(model, label, "p_perm_(1+b)/(1+B)", float64(1+asExtreme)/1000, closedForm)
		r.put(model, label, "p_WY_(1+b)/(1+B)", adjusted[k], closedForm)
	}
}

// signFlipRows estimates the metric's slope in each village.
func signFlipRows(t testing.TB, r reproduced) {
	f := readFrame(t, "brfarmers_firm.csv")
	c, villages := f.clusters(), clusterNames(f)
	for _, metric := range []string{"in_union", "btw_union", "harm_union"} {
		for _, outcome := range []string{"innov", "total", "toa"} {
			model := "crs " + outcome + " " + metric
			var b []float64
			for g := range c.Len() {
				var x [][]float64
				for _, column := range f.columns(append([]string{metric}, gridControls...)...) {
					x = append(x, c.Of(column, g))
				}
				fit, err := FitFixedEffects(c.Of(f[outcome], g), x, NewClusters(len(x[0])))
				if err != nil {
					t.Fatal(err)
				}
				b = append(b, fit.Coef[0])
				r.put(model, villages[g], "slope", fit.Coef[0], closedForm)
			}
			mean, err := TestMean(b)
			if err != nil {
				t.Fatal(err)
			}
			half := QuantileT(0.95, mean.DF) * mean.SE
			flips := SignFlips(b, 0, nil)
			for stat, v := range map[string]float64{
				"mean": floats.Sum(b) / float64(len(b)), "im_t": mean.Statistic, "im_p": mean.P, "im_lo": mean.Mean - half, "im_hi": mean.Mean + half,
				"crs_n_ge_of_2048": float64(flips.AsExtreme), "crs_p": flips.P,
			} {
				r.put(model, "", stat, v, closedForm)
			}
		}
	}
}

var (
	randomizationGaps = []gap{
		{"crs *", "", "n_positive", "counted by the reader: clusterwise lists the estimates"},
		{"crs *", "", "sign_test_p", "sign flips use how large the estimates are"},
		{"crs *", "", "wilcoxon_exact_p", "as sign_test_p"},
	}
	stepDownGaps = []gap{
		{"romano_wolf*", "*", "p_RW_strict", "ties count as extreme: a strict p can be 0"},
	}
)
