package associate

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// rising has clusters whose rating rises with their density.
func rising(n int, e Entry) *world {
	w := newWorld(0.7, slices.Repeat([]int{12}, n)...)
	each(w.clusterMetrics, func(i int, r cells) { r["density"] = float64(i/2) + 0.3*float64(i%5) })
	each(w.clusters, func(i int, r cells) { r["rating"] = float64(i) + 2*math.Sin(float64(3*i)) })
	e.Name, e.Level, e.Layers, e.Draws = "e", "cluster", []string{"ties"}, 199
	if e.Outcome == "" {
		e.Outcome = "rating"
	}
	w.in.Entries = []Entry{e}
	return w
}

// TestClusterModels: each cluster model tells of a rising line, with and
// without the size of clusters, and what each cluster does.
func TestClusterModels(t *testing.T) {
	for _, m := range Models() {
		if m.Level != clusterLevel || m.Metrics != clusterLevel {
			continue
		}
		for _, controls := range [][]string{nil, {"firms"}} {
			if m.Name == "kendall" && controls != nil {
				continue
			}
			t.Run(m.Name+" "+strings.Join(controls, ""), func(t *testing.T) {
				w := rising(12, Entry{Model: m.Name, Metrics: []string{"density"}, Controls: controls, Inference: m.Inferences()})
				each(w.clusters, func(i int, r cells) { r["firms"] = 10 + i%4 })
				out := runAll(t, w.input())
				if gate := text(out.Fits, "gate", 0); gate != "" {
					t.Fatalf("refused: %s", gate)
				}
				row := rowWhere(t, out.Associations, "term", "density", "estimand", clustersLikeThese)
				if !(num(out.Associations, "estimate", row) > 0.5) || !(num(out.Associations, "p_value", row) < 0.05) {
					t.Errorf("estimate %g, p %g", num(out.Associations, "estimate", row), num(out.Associations, "p_value", row))
				}
				if slices.Contains(m.OnRequest, byBCa) {
					if text(out.Associations, "conf_type", row) != "bca" || !strings.Contains(text(out.Associations, "caveats", row), indicative) {
						t.Errorf("interval %s, caveats %s", text(out.Associations, "conf_type", row), text(out.Associations, "caveats", row))
					}
				}
				if out.Influence.Len() != 12 || out.Power.Len() != 14 {
					t.Errorf("%d rows of influence, %d of power", out.Influence.Len(), out.Power.Len())
				}
				for i := range out.Influence.Len() {
					if math.IsNaN(num(out.Influence, "estimate", i)) || (m.Name == "ols_cluster") == math.IsNaN(num(out.Influence, "cooks_distance", i)) {
						t.Errorf("influence of %s: estimate %g, Cook %g", text(out.Influence, "cluster", i), num(out.Influence, "estimate", i), num(out.Influence, "cooks_distance", i))
					}
				}
			})
		}
	}
}

// TestPoolings: correlations and slopes inside clusters, pooled, with their
// moderator; of four clusters no p is told.
func TestPoolings(t *testing.T) {
	for _, model := range []string{"meta_correlation", "meta_slope"} {
		for _, n := range []int{4, 8} {
			w := rising(n, Entry{Model: model, Outcome: "y", Metrics: []string{"m"}, Controls: []string{"age"}, Moderator: "density"})
			out := runAll(t, w.input())
			row := rowWhere(t, out.Associations, "term", "pooled")
			if !(num(out.Associations, "estimate", row) > 0.2) {
				t.Errorf("%s: estimate %g", model, num(out.Associations, "estimate", row))
			}
			if told := !math.IsNaN(num(out.Associations, "p_value", row)); told != (n > 4) {
				t.Errorf("%s of %d clusters: p %g", model, n, num(out.Associations, "p_value", row))
			}
			rowWhere(t, out.Associations, "term", "density")
			if out.Clusterwise.Len() != n || out.Influence.Len() != n {
				t.Errorf("%d estimates, %d rows of influence", out.Clusterwise.Len(), out.Influence.Len())
			}
			if told := !math.IsNaN(num(out.Fits, "prediction_low", 0)); told != (n > 4) {
				t.Errorf("%s of %d clusters: predicted from %g", model, n, num(out.Fits, "prediction_low", 0))
			}
			if got := text(out.Fits, "formula", 0); got != "y ~ m + age in each cluster" {
				t.Errorf("formula %q", got)
			}
		}
	}
}

// TestModeratorLeftOut: a moderator that says nothing is told to, and its slope
// is of the firms of the clusters that have it.
func TestModeratorLeftOut(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(int, cells)
		firms  float64 // 0: no slope
	}{
		{"all have it", func(int, cells) {}, 8 * 12},
		{"six have it", func(i int, r cells) {
			if i >= 2*6 {
				delete(r, "density")
			}
		}, 6 * 12},
		{"two have it", func(i int, r cells) {
			if i >= 2*2 {
				delete(r, "density")
			}
		}, 0},
		{"the same in all", func(_ int, r cells) { r["density"] = 0.25 }, 0},
	} {
		w := newWorld(0.5, 12, 12, 12, 12, 12, 12, 12, 12)
		w.in.Entries = []Entry{{Name: "m", Level: "cluster", Model: "meta_correlation", Outcome: "y", Layers: []string{"ties"}, Metrics: []string{"m"}, Moderator: "density"}}
		each(w.clusterMetrics, test.change)
		associations, _ := w.run(t)
		pooled := text(associations, "caveats", rowWhere(t, associations, "term", "pooled"))
		if has := slices.Contains(strings.Split(pooled, ";"), moderatorLeftOut); has != (test.firms == 0) {
			t.Errorf("%s: caveats %q", test.name, pooled)
		}
		if slope := slices.Index(column(associations, "term"), "density"); (slope >= 0) != (test.firms > 0) {
			t.Errorf("%s: row of the slope %d", test.name, slope)
		} else if slope >= 0 && num(associations, "n_firms", slope) != test.firms {
			t.Errorf("%s: slope of %g firms", test.name, num(associations, "n_firms", slope))
		}
	}
}

// The table of power rises with the effect, and with the number of clusters.
func TestPowerRises(t *testing.T) {
	w := rising(12, Entry{Model: "spearman", Metrics: []string{"density"}})
	w.in.Entries = append(w.in.Entries, w.in.Entries[0])
	w.in.Entries[1].Name, w.in.Entries[1].Outcome = "f", "y"
	each(w.firms, func(i int, r cells) {
		if r["cluster"].(string) > "c07" {
			delete(r, "y")
		}
	})
	power := runAll(t, w.input()).Power
	at := map[[3]string]float64{}
	for row := range power.Len() {
		at[[3]string{text(power, "model", row), cellText(power.Column("n"), row), cellText(power.Column("effect"), row)}] = num(power, "power", row)
	}
	for _, model := range []string{"pearson", "spearman"} {
		if few, many := at[[3]string{model, "8", "0.6"}], at[[3]string{model, "12", "0.6"}]; !(few < many && many < at[[3]string{model, "12", "0.8"}]) {
			t.Errorf("%s: %v", model, at)
		}
	}
	if got := at[[3]string{"pearson", "12", "0.6"}]; math.Abs(got-0.59) > 0.015 { // published to two digits
		t.Errorf("power of 0.6 among 12 clusters: %g", got)
	}
}
