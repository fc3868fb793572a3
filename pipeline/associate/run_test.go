package associate

import (
	"context"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"firmties/pipeline/table"
)

func TestRowsOfAFit(t *testing.T) {
	w := newWorld(0.8, 10, 12, 14, 9, 11, 13, 10)
	w.in.Entries[0].Controls = []string{"age", "sector"}
	associations, fits := w.run(t)
	var got []string
	for row := range associations.Len() {
		got = append(got, strings.Join([]string{text(associations, "fit", row), text(associations, "term", row),
			text(associations, "estimand", row), text(associations, "se_type", row), text(associations, "p_type", row)}, " "))
	}
	want := []string{
		"m1/y/ties/m age clusters_like_these CR2 satterthwaite",
		"m1/y/ties/m m clusters_like_these CR2 satterthwaite",
		"m1/y/ties/m m these_clusters HC3 freedman_lane",
		"m1/y/ties/m sector=oil clusters_like_these CR2 satterthwaite", // base: fish
		"m1/y/ties/m sector=salt clusters_like_these CR2 satterthwaite",
		"m2/rating/ties/density density clusters_like_these none exact",
	}
	if !slices.Equal(got, want) {
		t.Errorf("rows\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	these := rowWhere(t, associations, "term", "m", "estimand", "these_clusters")
	if draws := num(associations, "draws", these); draws != 199 {
		t.Errorf("draws = %g, want 199", draws)
	}
	for row, formula := range []string{"y ~ m + age + sector | cluster", "rank(rating) ~ rank(density)"} {
		if got := text(fits, "formula", row); got != formula {
			t.Errorf("formula %q, want %q", got, formula)
		}
	}
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
	{"a binary outcome", "m1/y/ties/m", func(w *world) { w.in.Outcomes[0].Kind = "binary" }, "kind_not_supported", 0, ""},
	{"a time of adoption", "m2/rating/ties/density", func(w *world) { w.in.Outcomes[1].Kind = "time" }, "kind_not_supported", 0, ""},
	{"controls of clusters", "m2/rating/ties/density", func(w *world) { w.in.Entries[1].Controls = []string{"age"} }, "controls_not_supported", 0, ""},
	{"the outcome counts the layer's events", "m1/y/projected/m", func(w *world) {
		w.in.Outcomes[0].ComponentsOf = "fairs"
		w.in.Entries[0].Layers = []string{"projected"}
	}, "outcome_in_predictor", 0, ""},
	{"the outcome counts another layer's events", "m1/y/projected/m", func(w *world) {
		w.in.Outcomes[0].ComponentsOf = "other"
		w.in.Entries[0].Layers = []string{"projected"}
	}, "", 72, ""},
	{"no such metric", "m1/y/ties/degree", func(w *world) { w.in.Entries[0].Metrics = []string{"degree"} }, "metric_undefined", 0, "no_metric=72"},
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

func TestGatesAndDrops(t *testing.T) {
	seen := map[string]bool{}
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

func column(tab *table.Table, name string) []string {
	var out []string
	for row := range tab.Len() {
		out = append(out, text(tab, name, row))
	}
	return out
}

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
	seen := map[string]bool{}
	for _, test := range caveated {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(0.2, 10, 12, 14, 9, 14, 13, 12, 11)
			test.change(w)
			associations, _ := w.run(t)
			for estimand, want := range map[string]string{"clusters_like_these": test.like, "these_clusters": test.these} {
				if want == "none" {
					continue
				}
				row := rowWhere(t, associations, "term", "m", "estimand", estimand)
				if got := text(associations, "caveats", row); got != want {
					t.Errorf("%s: caveats %q, want %q", estimand, got, want)
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

// One cluster says nothing about clusters like it: there is no such row.
func TestOneCluster(t *testing.T) {
	associations, _ := newWorld(0.8, 30).run(t)
	if got := column(associations, "estimand"); !slices.Equal(got, []string{"these_clusters"}) {
		t.Errorf("rows for %v", got)
	}
}

// The slope on a scale is the raw slope times the scale, where the scale is
// the same in every cluster.
func TestScalings(t *testing.T) {
	slopes := map[string]float64{}
	for _, scaling := range scalings() {
		w := newWorld(0.8, 10, 10, 10, 10, 10, 10)
		each(w.firmMetrics, func(i int, r cells) { // 0 to 9 in some order, times 5, plus the cluster's own level
			f, c := int(r["firm"].(string)[2]-'0'), int(r["cluster"].(string)[2]-'0')
			r["m"] = float64(5*((7*f+c)%10) + 100*c)
		})
		w.in.Entries[0].Scaling = scaling
		associations, _ := w.run(t)
		row := rowWhere(t, associations, "term", "m", "estimand", "clusters_like_these")
		slopes[scaling] = num(associations, "estimate", row)
		if got := text(associations, "scaling", row); got != scaling {
			t.Errorf("scaling is %q, want %q", got, scaling)
		}
	}
	near(t, "centred", slopes["centred"], slopes["raw"])
	near(t, "rank_within", slopes["rank_within"], slopes["raw"]*50)
	near(t, "z_within", slopes["z_within"], slopes["raw"]*5*math.Sqrt(82.5/9))
}

func TestDefaultsOfAnEntry(t *testing.T) {
	w := newWorld(0.2, 10, 12, 14, 9, 14, 13)
	w.in.Entries[0].Scaling, w.in.Entries[0].Draws = "", 0
	associations, _ := w.run(t)
	row := rowWhere(t, associations, "term", "m", "estimand", "these_clusters")
	if s, d := text(associations, "scaling", row), num(associations, "draws", row); s != "z_within" || d != 9999 {
		t.Errorf("scaling %q, %g draws", s, d)
	}
}

// A firm outcome at cluster level is the mean over the firms that have it, and
// a firm outside the study is not there.
func TestClusterMeans(t *testing.T) {
	w := newWorld(0, 3, 3, 3, 3, 3)
	w.in.Entries = []Entry{{Name: "means", Level: "cluster", Outcome: "y", Layers: []string{"ties"}, Metrics: []string{"density"}}}
	each(w.firms, func(i int, r cells) { r["y"] = float64(i / 3) }) // the means rise with the cluster
	delete(w.firms[4], "y")
	w.firms = append(w.firms, cells{"cluster": "c04", "firm": "z", "outside": true, "y": -1000.0})
	each(w.clusterMetrics, func(i int, r cells) { r["density"] = -float64(i) })
	associations, fits := w.run(t)
	near(t, "rho", num(associations, "estimate", 0), -1)
	near(t, "p", num(associations, "p_value", 0), 2.0/120)
	if got := num(associations, "n_firms", 0); got != 15 {
		t.Errorf("%g firms, want 15", got)
	}
	if got := text(fits, "formula", 0); got != "rank(mean(y)) ~ rank(density)" {
		t.Errorf("formula %q", got)
	}
}

// From 10 clusters on there is an interval, where it agrees with the p; above
// 14 the p is drawn.
func TestRankIntervalAndDraws(t *testing.T) {
	for _, test := range []struct {
		clusters      int
		pType         string
		slope         float64
		interval, end bool
	}{
		{9, "exact", 1, false, false},
		{10, "exact", 1, true, false},
		{14, "exact", 0, true, false},
		{15, "permutation", 1, true, true},
	} {
		w := newWorld(0, slices.Repeat([]int{2}, test.clusters)...)
		each(w.clusters, func(i int, r cells) {
			r["rating"] = float64((i*7 + 3) % 15)
			if test.slope > 0 {
				r["rating"] = float64(i ^ 1) // ranks but for neighbours changing places
			}
		})
		each(w.clusterMetrics, func(i int, r cells) { r["density"] = float64(i / 2) })
		associations, _ := w.run(t)
		row := rowWhere(t, associations, "fit", "m2/rating/ties/density")
		p, low, high := num(associations, "p_value", row), num(associations, "conf_low", row), num(associations, "conf_high", row)
		if got := text(associations, "p_type", row); got != test.pType {
			t.Errorf("%d clusters: p_type %s, want %s", test.clusters, got, test.pType)
		}
		if (low == low) != test.interval {
			t.Errorf("%d clusters: interval from %g, p %g", test.clusters, low, p)
		}
		if test.interval && (low > 0 || high < 0) != (p < 0.05) {
			t.Errorf("%d clusters: interval %g to %g beside p %g", test.clusters, low, high, p)
		}
		if drawn := num(associations, "draws", row); (drawn == 199) != test.end {
			t.Errorf("%d clusters: %g draws", test.clusters, drawn)
		}
		if got := strings.Contains(text(associations, "caveats", row), "p_at_resolution"); got != test.end {
			t.Errorf("%d clusters: p %g, caveats %q", test.clusters, p, text(associations, "caveats", row))
		}
	}
}

// The cluster-level row keeps its interval back where the two would tell
// different stories.
func TestRankIntervalThatDisagrees(t *testing.T) {
	a := association{estimate: 0.62, nClusters: 12, p: some(0.06)}
	a.rankInterval() // Bonett-Wright: 0.01 to 0.89
	if a.low.ok || a.confType != "" {
		t.Errorf("interval %v to %v beside p 0.06", a.low, a.high)
	}
	a.p = some(0.04)
	if a.rankInterval(); !a.low.ok || a.low.x < 0 || a.confType != "bonett_wright" {
		t.Errorf("interval %v to %v beside p 0.04", a.low, a.high)
	}
}

func TestDefaultGrid(t *testing.T) {
	outcomes := []Outcome{{Name: "y", Level: "firm", Kind: "count"}, {Name: "rating", Level: "cluster", Kind: "ordinal"}}
	layers := []Layer{{Name: "ties", Directed: true}, {Name: "projected"}}
	in := Input{Outcomes: outcomes, Layers: layers, Entries: DefaultGrid(outcomes, layers, 999)}
	planned, err := plan(&in)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range planned {
		got = append(got, f.name)
		if f.draws != 999 {
			t.Errorf("%s draws %d", f.name, f.draws)
		}
	}
	var want []string
	for _, fit := range []string{"default_firm/y", "default_cluster/y", "default_cluster/rating"} {
		for _, layer := range []string{"ties", "projected"} {
			metrics := []string{"degree_in", "harmonic", "betweenness", "constraint"}
			if layer == "projected" {
				metrics[0] = "degree"
			}
			if !strings.HasPrefix(fit, "default_firm") {
				metrics = []string{"degree_mean", "transitivity", "centralization_degree", "connectedness", "reciprocity"}
				if layer == "projected" {
					metrics = metrics[:4]
				}
			}
			for _, m := range metrics {
				want = append(want, fit+"/"+layer+"/"+m)
			}
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("grid\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	firm, cluster := Needs(in.Entries)
	if !slices.Equal(firm, []string{"betweenness", "constraint", "degree", "degree_in", "harmonic"}) {
		t.Errorf("needs of firms %v", firm)
	}
	if !slices.Equal(cluster, []string{"centralization_degree", "connectedness", "degree_mean", "reciprocity", "transitivity"}) {
		t.Errorf("needs of clusters %v", cluster)
	}
}

// A row's numbers do not depend on workers, nor on what else is fitted.
func TestSameForAnyWorkers(t *testing.T) {
	w := newWorld(0.3, slices.Repeat([]int{12}, 16)...)
	w.in.Entries[0].Metrics = []string{"m", "n"}
	w.in.Entries[0].Layers = []string{"ties", "projected"}
	in := w.input()
	want, wantFits := run(t, in)
	in.Workers = 8
	in.Entries = append([]Entry{{Name: "a", Level: "firm", Outcome: "y", Layers: []string{"ties"}, Metrics: []string{"n"}, Draws: 9}}, in.Entries...)
	got, gotFits := run(t, in)
	for _, pair := range [][2]*table.Table{{got, want}, {gotFits, wantFits}} {
		extra := pair[0].Len() - pair[1].Len() // rows of the entry "a" come first
		for row := range pair[1].Len() {
			for _, c := range pair[1].Schema.Columns {
				a, b := cellText(pair[0].Column(c.Name), row+extra), cellText(pair[1].Column(c.Name), row)
				if a != b {
					t.Errorf("%s of row %d: %s and %s", c.Name, row, a, b)
				}
			}
		}
	}
}

// cellText tells a cell to the last bit.
func cellText(v *table.Vector, row int) string {
	if v.Null(row) {
		return "null"
	}
	switch v.Kind() {
	case table.Text, table.Category:
		return v.Str(row)
	case table.Flag:
		x, _ := v.Bool(row)
		return strconv.FormatBool(x)
	}
	x, _ := v.Float(row)
	return strconv.FormatFloat(x, 'g', -1, 64)
}

func TestRunStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := Run(ctx, newWorld(1, 9, 9, 9).input()); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
}

func TestEntriesThatNameWhatIsNotThere(t *testing.T) {
	good := Entry{Name: "e", Level: "firm", Outcome: "y", Layers: []string{"ties"}, Metrics: []string{"m"}}
	tests := []struct {
		name   string
		change func(*Entry)
		want   string
	}{
		{"outcome", func(e *Entry) { e.Outcome = "z" }, `no outcome "z"`},
		{"level of the outcome", func(e *Entry) { e.Outcome = "rating" }, `outcome "rating" is not about firms`},
		{"layer", func(e *Entry) { e.Layers = []string{"z"} }, `no layer "z"`},
		{"model", func(e *Entry) { e.Model = "spearman" }, `no model "spearman" at level "firm"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(1, 9, 9)
			e := good
			test.change(&e)
			w.in.Entries = []Entry{e}
			_, _, err := Run(context.Background(), w.input())
			if err == nil || err.Error() != `model entry "e": `+test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

// A study without outcomes, firms or layers has empty tables.
func TestNothingToFit(t *testing.T) {
	w := newWorld(1)
	w.in = Input{}
	associations, fits := w.run(t)
	if associations.Len() != 0 || fits.Len() != 0 {
		t.Errorf("%d associations, %d fits", associations.Len(), fits.Len())
	}
}

// An attribute may bear a metric's name: its row bears another.
func TestControlOfTheMetricsName(t *testing.T) {
	w := newWorld(1, 9, 9, 9, 9, 9)
	w.in.Entries[0].Metrics, w.in.Entries[0].Controls = []string{"age"}, []string{"age"}
	in := w.input()
	each(w.firmMetrics, func(_ int, r cells) { r["age"] = r["m"] })
	in.FirmMetrics = tableOf("firm_metrics", map[string]table.Kind{"age": table.Number}, []string{"cluster", "layer", "firm", "age"}, w.firmMetrics)
	associations, _ := run(t, in)
	rowWhere(t, associations, "term", "age", "estimand", "clusters_like_these")
	rowWhere(t, associations, "term", "age (attribute)", "estimand", "clusters_like_these")
}

// The published columns, in their order.
func TestColumns(t *testing.T) {
	associations, fits := newWorld(1, 5, 5).run(t)
	for _, test := range []struct {
		tab  *table.Table
		want string
	}{
		{associations, "fit term estimand se_type p_type level outcome layer metric model scaling estimate std_error statistic df p_value p_adjusted p_adjusted_type draws conf_low conf_high conf_type n_firms n_clusters caveats"},
		{fits, "fit level outcome layer metric model formula n n_clusters dropped reason_dropped r_squared_within sigma df_residual effective_clusters largest_cluster_share drop_one_low drop_one_high condition converged gate"},
	} {
		var names []string
		for _, c := range test.tab.Schema.Columns {
			names = append(names, c.Name)
			if c.Doc == "" || c.NullWhen == "" {
				t.Errorf("%s.%s lacks a definition or says not when it is null", test.tab.Schema.Name, c.Name)
			}
		}
		if got := strings.Join(names, " "); got != test.want {
			t.Errorf("%s has columns\n%s\nwant\n%s", test.tab.Schema.Name, got, test.want)
		}
	}
}
