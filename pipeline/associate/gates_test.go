package associate

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"firmties/pipeline/stats"
)

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// gated says what to do to a sound study, and how its fit is then refused.
var gated = []struct {
	name   string
	fit    string
	change func(*world)
	gate   string
	n      float64
	drops  string
}{
	{"sound firms", "m1/y/ties/m", func(*world) {}, "", 72, ""},
	{"sound clusters", "m2/rating/ties/density", func(*world) {}, "", 6, ""},
	{"a binary outcome of a linear model", "m1/y/ties/m", func(w *world) {
		w.in.Outcomes[0].Kind, w.in.Entries[0].Model = "binary", "ols_fe"
	}, "kind_not_supported", 0, ""},
	{"a binary outcome with other values", "m1/y/ties/m", func(w *world) { w.in.Outcomes[0].Kind = "binary" }, "outcome_not_served", 72, ""},
	{"a count below zero", "m1/y/ties/m", func(w *world) { w.in.Outcomes[0].Kind = "count" }, "outcome_not_served", 72, ""},
	{"one event a cluster", "m1/y/ties/m", func(w *world) {
		w.in.Outcomes[0].Kind = "binary"
		each(w.firms, func(_ int, r cells) { r["y"] = float64(b2i(r["firm"] == "f03")) })
	}, "too_few_events", 72, ""},
	{"the metric tells the outcome", "m1/y/ties/m", func(w *world) {
		w.in.Outcomes[0].Kind, w.in.Entries[0].Model = "binary", "clogit"
		each(w.firms, func(i int, r cells) { r["y"] = float64(b2i(w.firmMetrics[2*i]["m"].(float64) > 0)) })
	}, "separated", 72, ""},
	{"a time of adoption", "m2/rating/ties/density", func(w *world) { w.in.Outcomes[1].Kind = "time" }, "kind_not_supported", 0, ""},
	{"a control of clusters in words", "m2/rating/ties/density", func(w *world) { w.in.Entries[1].Controls = []string{"kind"} }, "controls_not_supported", 0, "no_control=6"},
	{"two predictors of six clusters", "m2/rating/ties/density", func(w *world) { w.in.Entries[1].Controls = []string{"size"} }, "too_many_predictors", 6, ""},
	{"their number of firms is none", "m2/rating/ties/density", func(w *world) { w.in.Entries[1].Controls = []string{"firms"} }, "", 6, ""},
	{"tau given others", "m2/rating/ties/density", func(w *world) {
		w.in.Entries[1].Model, w.in.Entries[1].Controls = "kendall", []string{"firms"}
	}, "controls_not_supported", 6, ""},
	{"direction of pairs without", "m1/absdiff(age)", func(w *world) { w.pairs("dyad_ols", Term{"absdiff", "age"}, Term{"sender", "y"}) }, "direction_needed", 72, ""},
	{"a tie that is its own term", "m1/ties", func(w *world) { w.pairs("qap", Term{"", "ties"}, Term{"", "ties"}) }, "outcome_in_predictor", 0, ""},
	{"logistic of a difference", "m1/absdiff(age)", func(w *world) { w.pairs("mrqap_logit", Term{"absdiff", "age"}, Term{"", "ties"}) }, "kind_not_supported", 0, ""},
	{"few ties", "m1/ties", func(w *world) {
		w.pairs("mrqap_logit", Term{"", "ties"}, Term{"absdiff", "age"})
		w.edges = slices.DeleteFunc(w.edges, func(r cells) bool { return r["cluster"] == "c01" && r["source"].(string) > "f01" })
	}, "too_few_ties", 72, ""},
	{"no ties at all", "m1/ties", func(w *world) {
		w.pairs("dyad_ols", Term{"", "ties"}, Term{"absdiff", "age"})
		w.edges = nil
	}, "no_variation", 0, "constant_in_cluster=72"},
	{"nobody's age", "m1/ties", func(w *world) {
		w.pairs("dyad_ols", Term{"", "ties"}, Term{"absdiff", "age"})
		each(w.firms, func(_ int, r cells) { delete(r, "age") })
	}, "too_few_firms", 0, "no_term=72"},
	{"a term of clusters", "m1/ties", func(w *world) {
		w.pairs("dyad_ols", Term{"", "ties"}, Term{"same", "sector"})
		each(w.firms, func(_ int, r cells) { r["sector"] = "salt" })
	}, "collinear", 72, ""},
	{"a lag without ties", "m1/y/ties/m", func(w *world) { w.in.Entries[0].Model, w.edges = "lag", nil }, "no_ties", 72, ""},
	{"ties among firms without values", "m1/y/ties/m", func(w *world) {
		w.in.Entries[0].Model = "error"
		each(w.firms, func(_ int, r cells) {
			if r["firm"].(string) > "f02" {
				delete(r, "y")
			}
		})
		w.edges = slices.DeleteFunc(w.edges, func(r cells) bool { return r["source"].(string) <= "f02" && r["target"].(string) <= "f02" })
	}, "no_ties", 18, "no_outcome=54"},
	{"instruments where all are tied", "m1/y/ties/m", func(w *world) {
		w.in.Entries[0].Model = "lag_2sls"
		each(w.firms, func(_ int, r cells) {
			if r["cluster"] != "c00" {
				delete(r, "y")
			}
		})
		w.edges = nil
		for _, a := range w.firms[:10] {
			for _, b := range w.firms[:10] {
				if a["firm"] != b["firm"] {
					w.edges = append(w.edges, cells{"cluster": "c00", "layer": "ties", "source": a["firm"], "target": b["firm"]})
				}
			}
		}
	}, "no_instruments", 10, "no_outcome=62"},
	{"clusters of seven firms, pooled", "m1/y/ties/m", func(w *world) {
		w.in.Entries[0] = Entry{Name: "m1", Level: "cluster", Model: "meta_correlation", Outcome: "y", Layers: []string{"ties"}, Metrics: []string{"m"}}
		w.firms = slices.DeleteFunc(w.firms, func(r cells) bool { return r["firm"].(string) > "f06" })
	}, "too_few_clusters", 0, "small_cluster=6"},
	{"the outcome counts the layer's events", "m1/y/projected/m", func(w *world) {
		w.in.Outcomes[0].ComponentsOf = "fairs"
		w.in.Entries[0].Layers = []string{"projected"}
	}, "outcome_in_predictor", 0, ""},
	{"the outcome counts another layer's events", "m1/y/projected/m", func(w *world) {
		w.in.Outcomes[0].ComponentsOf = "other"
		w.in.Entries[0].Layers = []string{"projected"}
	}, "", 72, ""},
	{"a curve of one way in three scalings", "m1/y", func(w *world) { w.in.Entries[0].Model = "specification_curve" }, "", 72, ""},
	{"a curve of too many ways", "m1/y", func(w *world) {
		w.in.Entries[0].Model, w.in.Entries[0].Metrics = "specification_curve", slices.Repeat([]string{"m"}, 100)
		w.in.Entries[0].Scaling = ""
	}, "too_many_ways", 72, ""},
	{"a curve of too many draws", "m1/y", func(w *world) {
		w.in.Entries[0].Model, w.in.Entries[0].Draws = "specification_curve", 700_000
		w.in.Entries[0].Scaling = ""
		more := newWorld(0.8, slices.Repeat([]int{3}, 24)...) // of so many not all signs are counted
		w.firms, w.firmMetrics, w.clusters, w.clusterMetrics = more.firms, more.firmMetrics, more.clusters, more.clusterMetrics
	}, "too_many_ways", 72, ""},
	{"a curve of nothing", "m1/y", func(w *world) {
		w.in.Entries[0].Model = "specification_curve"
		each(w.firms, func(_ int, r cells) { r["y"] = 4.0 })
	}, "no_variation", 0, "constant_in_cluster=72"},
	{"a curve of a time of adoption", "m1/y", func(w *world) {
		w.in.Entries[0].Model, w.in.Outcomes[0].Kind = "specification_curve", "time"
		each(w.firmMetrics, func(_ int, r cells) { r["m"] = 1.0 })
	}, "kind_not_supported", 0, "constant_in_cluster=72"},
	{"pairs of one cluster", "m1/ties", func(w *world) {
		w.pairs("dyad_ols", Term{"", "ties"}, Term{"absdiff", "y"})
		each(w.firms, func(_ int, r cells) {
			if r["cluster"] != "c02" {
				delete(r, "y")
			}
		})
	}, "too_few_clusters", 14, "no_term=58"},
	{"counts of one cluster", "m1/y/ties/m", func(w *world) {
		w.in.Outcomes[0].Kind = "count"
		each(w.firms, func(i int, r cells) {
			if r["y"] = float64(i % 4); r["cluster"] != "c02" {
				delete(r, "y")
			}
		})
	}, "too_few_clusters", 14, "no_outcome=58"},
	{"clusters too small for estimates of their own", "m1/y/ties/m", func(w *world) {
		w.in.Entries[0].Model = "cluster_wise"
		each(w.firms, func(_ int, r cells) {
			if r["firm"].(string) > "f06" {
				delete(r, "y")
			}
		})
	}, "too_few_clusters", 42, "no_outcome=30"},
	{"the other layer's metric is constant in a cluster", "m1/y/ties x projected/m", func(w *world) {
		w.in.Entries[0].Model, w.in.Entries[0].Layers = "complementarity", []string{"ties", "projected"}
		each(w.firmMetrics, func(_ int, r cells) {
			if r["layer"] == "projected" {
				r["m"] = r["n"]
			}
			if r["layer"] == "projected" && r["cluster"] == "c00" {
				r["m"] = 1.0
			}
		})
	}, "", 62, "constant_in_cluster=10"},
	{"pooling what does not vary", "m2/y/ties/m", func(w *world) {
		w.in.Entries[1] = Entry{Name: "m2", Level: "cluster", Model: "meta_slope", Outcome: "y", Layers: []string{"ties"}, Metrics: []string{"m"}}
		each(w.firms, func(_ int, r cells) { r["y"] = 2.0 })
	}, "no_variation", 0, "small_cluster=6"},
	{"pairs whose errors have squares beyond the largest number", "m1/absdiff(y)", func(w *world) {
		w.pairs("dyad_ols", Term{"absdiff", "y"}, Term{"", "ties"})
		each(w.firms, func(_ int, r cells) { r["y"] = r["y"].(float64) * 1e300 })
	}, "not_finite", 72, ""},
	{"a line of clusters near the largest number", "m2/y/ties/density", func(w *world) {
		w.in.Entries[1] = Entry{Name: "m2", Level: "cluster", Model: "ols_cluster", Outcome: "y", Layers: []string{"ties"}, Metrics: []string{"density"}}
		each(w.firms, func(_ int, r cells) { r["y"] = r["y"].(float64) * 1e300 })
	}, "", 6, ""},
	{"a firm metric that is not computed", "m1/y/ties/degree", func(w *world) { w.in.Entries[0].Metrics = []string{"degree"} }, "metric_not_chosen", 0, ""},
	{"a cluster metric that is not computed", "m2/rating/ties/ties", func(w *world) { w.in.Entries[1].Metrics = []string{"ties"} }, "metric_not_chosen", 0, ""},
	{"a metric that is a function of others", "m1/y/ties/m", func(w *world) { w.in.Aliases = map[[2]string]bool{{"firm", "m"}: true} }, "metric_is_alias", 0, ""},
	{"a metric of that name at the other level", "m1/y/ties/m", func(w *world) { w.in.Aliases = map[[2]string]bool{{"cluster", "m"}: true} }, "", 72, ""},
	{"metric null everywhere", "m1/y/ties/m", func(w *world) {
		each(w.firmMetrics, func(_ int, r cells) { delete(r, "m") })
	}, "metric_undefined", 0, "no_metric=72"},
	{"cluster metric null everywhere", "m2/rating/ties/density", func(w *world) {
		each(w.clusterMetrics, func(_ int, r cells) { delete(r, "density") })
	}, "metric_undefined", 0, "no_metric=6"},
	{"no outcome", "m1/y/ties/m", func(w *world) {
		each(w.firms, func(_ int, r cells) { delete(r, "y") })
	}, "too_few_firms", 0, "no_outcome=72"},
	{"one firm of each cluster has an outcome", "m1/y/ties/m", func(w *world) {
		each(w.firms, func(i int, r cells) {
			if r["firm"] != "f00" {
				delete(r, "y")
			}
		})
	}, "too_few_firms", 0, "no_outcome=66;lone_firm=6"},
	{"two firms of each cluster", "m1/y/ties/m", func(w *world) {
		w.in.Entries[0].Controls = []string{"age", "sector"}
		each(w.firms, func(i int, r cells) {
			if (r["cluster"] != "c00" && r["cluster"] != "c01") || r["firm"] != "f00" && r["firm"] != "f01" {
				delete(r, "y")
			}
		})
	}, "too_few_firms", 4, "no_outcome=68"},
	{"constant outcome", "m1/y/ties/m", func(w *world) {
		each(w.firms, func(i int, r cells) { r["y"] = 0.1 })
	}, "no_variation", 0, "constant_in_cluster=72"},
	{"metric constant in every cluster", "m1/y/ties/m", func(w *world) {
		each(w.firmMetrics, func(i int, r cells) { r["m"] = float64(len(r["cluster"].(string))) })
	}, "no_variation", 0, "constant_in_cluster=72"},
	{"outcome constant in one cluster", "m1/y/ties/m", func(w *world) {
		each(w.firms, func(i int, r cells) {
			if r["cluster"] == "c00" {
				r["y"] = 5
			}
		})
	}, "", 62, "constant_in_cluster=10"},
	{"missing values", "m1/y/ties/m", func(w *world) {
		delete(w.firms[0], "y")
		delete(w.firms[0], "age") // counted once, by the first reason
		delete(w.firms[1], "age")
		delete(w.firmMetrics[2*2], "m")
	}, "", 69, "no_outcome=1;no_metric=1;no_control=1"},
	{"a control of clusters", "m1/y/ties/m", func(w *world) {
		each(w.firms, func(i int, r cells) { r["age"] = float64(r["cluster"].(string)[2]) })
	}, "collinear", 72, ""},
	{"a control that is the metric", "m1/y/ties/m", func(w *world) {
		each(w.firms, func(i int, r cells) { r["age"] = w.firmMetrics[2*i]["m"].(float64)*3 - 1 })
	}, "collinear", 72, ""},
	{"an outcome that is the metric", "m1/y/ties/m", func(w *world) {
		each(w.firms, func(i int, r cells) { r["y"] = w.firmMetrics[2*i]["m"].(float64)*3 - 1 })
	}, "perfect_fit", 72, ""},
	{"outcomes near the largest number", "m1/y/ties/m", func(w *world) {
		each(w.firms, func(i int, r cells) { r["y"] = math.Copysign(1.7e308, float64(i%2)-0.5) })
	}, "not_finite", 72, ""},
	{"means beyond the largest number", "m3/y/ties/density", func(w *world) {
		w.in.Entries[1] = Entry{Name: "m3", Level: "cluster", Outcome: "y", Layers: []string{"ties"}, Metrics: []string{"density"}}
		each(w.firms, func(i int, r cells) { r["y"] = 1.7e308 })
	}, "not_finite", 6, ""},
	{"four clusters with ratings", "m2/rating/ties/density", func(w *world) {
		delete(w.clusters[0], "rating")
		delete(w.clusters[1], "rating")
	}, "too_few_clusters", 4, "no_outcome=2"},
	{"five clusters with ratings", "m2/rating/ties/density", func(w *world) {
		delete(w.clusters[0], "rating")
	}, "", 5, "no_outcome=1"},
	{"equal ratings", "m2/rating/ties/density", func(w *world) {
		each(w.clusters, func(i int, r cells) { r["rating"] = 3 })
	}, "no_variation", 6, ""},
}

// pairs makes the first entry one of pairs.
func (w *world) pairs(model string, outcome Term, terms ...Term) {
	w.in.Entries[0] = Entry{Name: "m1", Level: "dyad", Model: model, Pair: outcome, Terms: terms, Draws: 99}
}

// What no small study shows is held on the errors themselves.
func TestGateOfErrors(t *testing.T) {
	for err, want := range map[error]string{
		stats.ErrTooLarge: tooManyEffects, stats.ErrNoConvergence: notConverged, stats.ErrOneCluster: tooFewClusters,
		stats.ErrFlatLikelihood: collinear, stats.ErrNotFinite: notFinite, &stats.EmptyPeriodError{}: outcomeNotServed,
		stats.ErrLargeCluster: largeCluster,
	} {
		if got := gateOf(fmt.Errorf("fit: %w", err)); got != want {
			t.Errorf("%v: gate %s, want %s", err, got, want)
		}
	}
}

func TestGatesAndDrops(t *testing.T) {
	seen := map[string]bool{tooManyEffects: true, notConverged: true, tooManyPairs: true, largeCluster: true}
	for _, test := range gated {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(0.8, 10, 12, 14, 9, 14, 13)
			test.change(w)
			associations, fits := w.run(t)
			row := rowWhere(t, fits, "fit", test.fit)
			if got := text(fits, "gate", row); got != test.gate {
				t.Fatalf("gate %q, want %q", got, test.gate)
			}
			seen[test.gate] = true
			if got := num(fits, "n", row); got != test.n {
				t.Errorf("n = %g, want %g", got, test.n)
			}
			if got := text(fits, "reason_dropped", row); got != test.drops {
				t.Errorf("dropped %q, want %q", got, test.drops)
			}
			if n, dropped := num(fits, "n", row), num(fits, "dropped", row); n+dropped != 0 && n+dropped != 72 && n+dropped != 6 {
				t.Errorf("%g + %g rows, of 72 firms or 6 clusters", n, dropped)
			}
			converged, ok := fits.Column("converged").Bool(row)
			if ok != (test.gate == "") || ok && !converged {
				t.Errorf("converged is %t, %t", converged, ok)
			}
			if has := slices.Contains(column(associations, "fit"), test.fit); has != (test.gate == "") {
				t.Errorf("associations has rows of the fit: %t", has)
			}
		})
	}
	for _, w := range Gates() {
		if !seen[w.Name] {
			t.Errorf("no case shows gate %s", w.Name)
		}
	}
}
