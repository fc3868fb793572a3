package stats

import (
	"math"
	"slices"
	"strconv"
	"testing"
)

// storedWeights are the weights of Webb's six points that the reference drew.
func storedWeights(t testing.TB) *WildWeights {
	_, rows := readCSV(t, "webb_weight_index_999x11.csv")
	points := []float64{-math.Sqrt(1.5), -1, -math.Sqrt(0.5), math.Sqrt(0.5), 1, math.Sqrt(1.5)}
	w := &WildWeights{clusters: len(rows[0])}
	for _, row := range rows {
		for _, text := range row {
			w.values = append(w.values, points[int(number(t, text))])
		}
	}
	return w
}

func signs(t testing.TB, clusters int) *WildWeights {
	w, err := NewWildWeights(clusters, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// wildRows writes what the reference lists of one test; strict shares leave
// ties out.
func (r reproduced) wildRows(model string, w *WildCluster, weights *WildWeights, scale float64) {
	put := func(stat string, v float64) { r.put(model, "", stat, v, closedForm) }
	test := w.Test(0, weights)
	draws := float64(test.Draws)
	put("t_obs", test.Statistic*scale)
	put("draws", draws)
	put("n_abs_gt", float64(test.AbsGreater))
	put("n_abs_tie", float64(test.AbsTied))
	put("n_gt", float64(test.Greater))
	put("n_lt", float64(test.Less))
	put("p_sym_strict", float64(test.AbsGreater)/draws)
	put("p_sym_inclusive", float64(test.AbsGreater+test.AbsTied)/draws)
	put("p_equal_tail_strict", 2*float64(min(test.Greater, test.Less))/draws)
	statistics := w.Statistics(weights)
	if test.Enumerated {
		for _, v := range slices.Clone(statistics) {
			statistics = append(statistics, -v)
		}
	} else {
		put("p_(1+b)/(1+B)", test.P)
	}
	slices.Sort(statistics)
	for _, p := range []float64{.025, .05, .5, .95, .975} {
		at := p * float64(len(statistics)-1)
		low := int(at)
		v := statistics[low] + (at-float64(low))*(statistics[low+1]-statistics[low])
		r.put(model, strconv.FormatFloat(p, 'g', -1, 64), "quantile_type7", v*scale, closedForm)
	}
}

func wildClusterRows(t testing.TB, r reproduced) {
	fit, f := farmers(t)
	f["dens"] = densities(t, f)
	pooled, err := FitPooled(f["innov"], f.columns("in_union", "dens", "age", "school", "coop01", "income"), f.clusters())
	if err != nil {
		t.Fatal(err)
	}
	enumerated, stored := signs(t, 11), storedWeights(t)
	for model, prepare := range map[string]func() (*WildCluster, error){
		"wcr_fe_in_union":   func() (*WildCluster, error) { return fit.WildCluster(0, WCR) },
		"wcr_fe_school":     func() (*WildCluster, error) { return fit.WildCluster(2, WCR) },
		"wcr_dens_in_union": func() (*WildCluster, error) { return pooled.WildCluster(0, WCR) },
		"wcr_dens_dens":     func() (*WildCluster, error) { return pooled.WildCluster(1, WCR) },
	} {
		w, err := prepare()
		if err != nil {
			t.Fatal(err)
		}
		r.wildRows(model+"_rademacher_enum2048", w, enumerated, 1)
		r.wildRows(model+"_webb999_fixed", w, stored, 1)
	}
	w, err := fit.WildCluster(0, WCRS)
	if err != nil {
		t.Fatal(err)
	}
	r.wildRows("wcrS_absorbed_in_union_rademacher_enum2048_CR0scale", w, enumerated, w.SE/w.se)
}

func inversionRows(t testing.TB, r reproduced) {
	fit, _ := farmers(t)
	w, err := fit.WildCluster(0, WCR)
	if err != nil {
		t.Fatal(err)
	}
	_, rows := readCSV(t, "models_resampling.csv")
	for _, row := range rows {
		if row[0] != "wcr_fe_in_union_inversion" || row[2] != "t" {
			continue
		}
		test := w.Test(number(t, row[1]), signs(t, 11))
		r.put(row[0], row[1], "t", test.Statistic, closedForm)
		r.put(row[0], row[1], "p_sym_inclusive", test.P, 0)
		r.put(row[0], row[1], "p_sym_strict", float64(test.AbsGreater)/float64(test.Draws), 0)
	}
}

// The interval ends where the reference's grid says that p crosses 0.05.
func TestWildIntervalLiesInTheReferenceGrid(t *testing.T) {
	fit, _ := farmers(t)
	w, err := fit.WildCluster(0, WCR)
	if err != nil {
		t.Fatal(err)
	}
	low, high, err := w.Interval(0.95, signs(t, 11))
	if err != nil || low < 0.0125 || low > 0.025 || high < 0.125 || high > 0.1375 {
		t.Errorf("interval %g to %g, %v; want ends in 0.0125..0.025 and 0.125..0.1375", low, high, err)
	}
}

// stepColumns are the 28 cells of metrics and outcomes of the reference grid.
var (
	gridMetrics  = []string{"in_union", "out_union", "harm_union", "btw_union", "eig_union", "pr_union", "core_union"}
	gridOutcomes = []string{"innov", "total", "practA", "toa"}
	gridControls = []string{"age", "school", "coop01", "income"}
)

// gridFits fits every cell, the metric first.
func gridFits(t testing.TB) (labels []string, fits []*FixedEffects) {
	f := readFrame(t, "brfarmers_firm.csv")
	for _, outcome := range gridOutcomes {
		for _, metric := range gridMetrics {
			fit, err := FitFixedEffects(f[outcome], f.columns(append([]string{metric}, gridControls...)...), f.clusters())
			if err != nil {
				t.Fatal(err)
			}
			labels = append(labels, metric+"~"+outcome)
			fits = append(fits, fit)
		}
	}
	return labels, fits
}
