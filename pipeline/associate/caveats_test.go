package associate

import (
	"slices"
	"strings"
	"testing"

	"firmties/pipeline/stats"
	"firmties/pipeline/table"
)

// caveated says what to do to a sound study, and the caveats of the metric's
// rows that follow: for clusters like these, and for these clusters.
var caveated = []struct {
	name        string
	change      func(*world)
	like, these string
}{
	{"sound", func(*world) {}, "", ""},
	{"four clusters", func(w *world) { w.keep("c00", "c01", "c02", "c03") }, "few_clusters", ""},
	{"one large contrast", func(w *world) {
		each(w.firmMetrics, func(i int, r cells) {
			if r["cluster"] == "c03" {
				r["m"] = r["m"].(float64) * 40
			}
		})
	}, "df_below_4;one_cluster_decides", ""},
	{"metric varies in few clusters", func(w *world) {
		each(w.firmMetrics, func(i int, r cells) {
			if r["cluster"].(string) > "c02" {
				r["m"] = r["m"].(float64) / 100
			}
		})
	}, "df_below_4;one_cluster_decides", ""},
	{"age follows the metric", func(w *world) {
		each(w.firms, func(i int, r cells) {
			r["age"] = w.firmMetrics[2*i]["m"].(float64) + r["age"].(float64)/100
		})
	}, "collinear_controls", "collinear_controls"},
	{"a network half observed", func(w *world) { w.clusterMetrics[4]["observed"] = 0.5 }, "partly_observed", "partly_observed"},
	{"another layer half observed", func(w *world) { w.clusterMetrics[5]["observed"] = 0.5 }, "", ""},
	{"observed to the limit", func(w *world) { w.clusterMetrics[4]["observed"] = 0.8 }, "", ""},
	{"no pair to observe", func(w *world) { delete(w.clusterMetrics[4], "observed") }, "", ""},
	{"limit reached", func(w *world) { w.in.LimitReached = map[[2]string]bool{{"c03", "ties"}: true} }, "limit_reached", "limit_reached"},
	{"limit reached elsewhere", func(w *world) { w.in.LimitReached = map[[2]string]bool{{"c03", "projected"}: true} }, "", ""},
	{"a clear slope", func(w *world) {
		each(w.firms, func(i int, r cells) { r["y"] = r["y"].(float64) + 9*w.firmMetrics[2*i]["m"].(float64) })
	}, "", "p_at_resolution"},
	{"an outcome of events", func(w *world) {
		w.in.Entries[0].Layers = []string{"projected"}
		w.affiliations = nil
		each(w.firms, func(i int, r cells) {
			for range int(3 + 2*r["y"].(float64)) {
				w.affiliations = append(w.affiliations, cells{"cluster": r["cluster"], "affiliation": "fairs", "firm": r["firm"], "event": "e"})
			}
		})
	}, "outcome_counts_events", "outcome_counts_events"},
	{"the slopes are equal", equalSlopes, "no_standard_error", ""},
	{"one firm has the metric", func(w *world) {
		each(w.firmMetrics, func(i int, r cells) { r["m"] = 0.0 })
		w.firmMetrics[0]["m"] = 1.0
	}, "none", "no_standard_error"},
}

// equalSlopes leaves residuals whose scores are zero in every cluster.
func equalSlopes(w *world) {
	w.in.Entries[0].Controls = nil
	x, left := []float64{1, 2, 4}, []float64{-2, 3, -1} // orthogonal to x and 1
	var firms, metrics []cells
	for i, r := range w.firms {
		if k := i % 1000; r["firm"].(string) <= "f02" {
			j := int(r["firm"].(string)[2] - '0')
			c := float64(r["cluster"].(string)[2]-'0') + 1
			r["y"] = 0.7*x[j] + c*left[j]
			w.firmMetrics[2*k]["m"] = x[j]
			firms, metrics = append(firms, r), append(metrics, w.firmMetrics[2*k])
		}
	}
	w.firms, w.firmMetrics = firms, metrics
}

// keep drops the firms of other clusters.
func (w *world) keep(clusters ...string) {
	w.firms = slices.DeleteFunc(w.firms, func(r cells) bool { return !slices.Contains(clusters, r["cluster"].(string)) })
}

func TestCaveats(t *testing.T) {
	seen := map[string]bool{notRobust: true, twoWay: true, indicative: true, contagionOrHomophily: true, moderatorLeftOut: true} // see TestNotRobust, TestPairsCaveats, TestClusterModels, TestRowsOfExposure and TestModeratorLeftOut
	for _, test := range modelCaveats {
		seen[test.want] = true
	}
	for _, test := range caveated {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(0.2, 10, 12, 14, 9, 14, 13, 12, 11)
			test.change(w)
			associations, _ := w.run(t)
			for p, want := range map[string]string{"satterthwaite": test.like, "freedman_lane": test.these} {
				if want == "none" {
					continue
				}
				row := rowWhere(t, associations, "term", "m", "p_type", p)
				if got := text(associations, "caveats", row); got != want {
					t.Errorf("%s: caveats %q, want %q", p, got, want)
				}
				for _, c := range strings.Split(want, ";") {
					seen[c] = true
				}
				checkWithheld(t, associations, row)
			}
		})
	}
	for _, w := range Caveats() {
		if !seen[w.Name] {
			t.Errorf("no case shows caveat %s", w.Name)
		}
	}
}

// TestCaveatsOfEveryLayer: where the metrics of several layers enter, so do the
// caveats of all of them.
func TestCaveatsOfEveryLayer(t *testing.T) {
	for _, model := range []string{complementarity, specificationCurve} {
		w := newWorld(0.2, 10, 12, 14, 9, 14, 13, 12, 11)
		w.affiliations = nil
		each(w.firms, func(i int, r cells) {
			w.firmMetrics[2*i+1]["m"] = w.firmMetrics[2*i+1]["n"] // of the second layer
			for range int(9 + 2*r["y"].(float64)) {
				w.affiliations = append(w.affiliations, cells{"cluster": r["cluster"], "affiliation": "fairs", "firm": r["firm"], "event": "e"})
			}
		})
		w.in.LimitReached = map[[2]string]bool{{"c03", "projected"}: true}
		w.clusterMetrics[5]["observed"] = 0.5
		w.in.Entries = w.in.Entries[:1]
		w.in.Entries[0].Model, w.in.Entries[0].Layers, w.in.Entries[0].Inference = model, []string{"ties", "projected"}, nil
		associations, _ := w.run(t)
		if associations.Len() == 0 {
			t.Fatalf("%s: no row", model)
		}
		for row := range associations.Len() {
			got := strings.Split(text(associations, "caveats", row), ";")
			for _, want := range []string{partlyObserved, limitReached, outcomeCountsEvents} {
				if !slices.Contains(got, want) {
					t.Errorf("%s: caveats %v lack %s", model, got, want)
				}
			}
		}
	}
}

// checkWithheld holds what a caveat takes away.
func checkWithheld(t *testing.T, associations *table.Table, row int) {
	t.Helper()
	caveats := strings.Split(text(associations, "caveats", row), ";")
	has := func(column string) bool { return !associations.Column(column).Null(row) }
	noError := slices.Contains(caveats, "few_clusters") || slices.Contains(caveats, "no_standard_error")
	noP := noError || slices.Contains(caveats, "df_below_4")
	if has("std_error") == noError || has("p_value") == noP {
		t.Errorf("standard error %t and p %t beside %v", has("std_error"), has("p_value"), caveats)
	}
	interval := !noP && text(associations, "estimand", row) == "clusters_like_these"
	if has("conf_low") != interval || has("conf_high") != interval || has("conf_type") != interval {
		t.Errorf("interval %t, want %t", has("conf_low"), interval)
	}
	if !has("estimate") {
		t.Error("no estimate")
	}
}

// The limits of what clusters can say, each on its own.
func TestLimitsOfClusters(t *testing.T) {
	sound := stats.ClusterRobust{SE: 1, DF: 4, P: 0.2, OK: true}
	for _, test := range []struct {
		name   string
		n      int
		robust stats.ClusterRobust
		want   string
	}{
		{"sound", 5, sound, ""},
		{"four clusters", 4, sound, "few_clusters"},
		{"below 4 df", 5, stats.ClusterRobust{SE: 1, DF: 3.99, P: 0.2, OK: true}, "df_below_4"},
		{"4 df but for rounding", 5, stats.ClusterRobust{SE: 1, DF: 3.9999999999999973, P: 0.2, OK: true}, ""},
		{"none", 5, stats.ClusterRobust{}, "no_standard_error"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := association{estimate: 2, nClusters: test.n, pType: "satterthwaite"}
			a.infer(test.robust)
			if got := a.caveats.String(); got != test.want {
				t.Errorf("caveats %q, want %q", got, test.want)
			}
		})
	}
}

// What one cluster may carry before it decides.
func TestOneClusterDecides(t *testing.T) {
	for _, test := range []struct {
		name string
		n    int
		c    stats.Concentration
		want bool
	}{
		{"even", 5, stats.Concentration{EffectiveClusters: 5, LargestShare: 0.2}, false},
		{"half of the leverage", 6, stats.Concentration{EffectiveClusters: 3.2, LargestShare: 0.5}, false},
		{"half but for rounding", 6, stats.Concentration{EffectiveClusters: 3.2, LargestShare: 0.5000000000000001}, false},
		{"more than half", 6, stats.Concentration{EffectiveClusters: 3.2, LargestShare: 0.52}, true},
		{"half of the clusters", 10, stats.Concentration{EffectiveClusters: 5, LargestShare: 0.4}, false},
		{"half of them but for rounding", 10, stats.Concentration{EffectiveClusters: 4.999999999999999, LargestShare: 0.4}, false},
		{"fewer than half", 10, stats.Concentration{EffectiveClusters: 4.9, LargestShare: 0.4}, true},
	} {
		if got := decides(test.c, test.n); got != test.want {
			t.Errorf("%s: %t", test.name, got)
		}
	}
}
