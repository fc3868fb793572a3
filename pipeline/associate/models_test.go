package associate

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"firmties/pipeline/stats"
)

// shaped makes of the outcome y of a world, which rises with m, an outcome of
// another kind.
var shaped = map[string]func(*world){
	"continuous": func(*world) {},
	"count":      func(w *world) { w.shape("count", func(y float64) float64 { return math.Round(math.Exp(0.4*y + 1)) }) },
	boundedCount: func(w *world) {
		w.shape("count", func(y float64) float64 { return math.Round(math.Max(0, math.Min(8, 4+2*y))) })
		w.in.Outcomes[0].Of = 8
	},
	"binary": func(w *world) { w.shape("binary", func(y float64) float64 { return float64(b2i(y > 0)) }) },
	"ordinal": func(w *world) {
		w.shape("ordinal", func(y float64) float64 { return math.Round(math.Max(1, math.Min(5, 3+y))) })
	},
	"time": func(w *world) {
		w.shape("time", func(y float64) float64 { return math.Round(math.Max(1, math.Min(9, 5-2*y))) })
		each(w.firms, func(i int, r cells) {
			r["y_censored"] = r["y"] == 9.0
			r["y_entry"] = 0.0
		})
	},
}

// shape changes the outcome, less its cluster's level.
func (w *world) shape(kind string, change func(float64) float64) {
	w.in.Outcomes[0].Kind = kind
	each(w.firms, func(i int, r cells) {
		level := float64(r["cluster"].(string)[2] - '0')
		r["y"] = change(r["y"].(float64) - level)
	})
}

// TestEveryFirmModel: each model finds that the outcome rises with the metric,
// each inference that it makes or can be asked for has rows, and one row
// answers each question.
func TestEveryFirmModel(t *testing.T) {
	for _, m := range Models() {
		if m.Level != firmLevel {
			continue
		}
		if m.Name == specificationCurve {
			continue // many fits in one: see curve_test.go
		}
		for _, kind := range m.Kinds {
			t.Run(m.Name+"/"+kind, func(t *testing.T) {
				w := newWorld(0.7, 24, 26, 28, 30, 22, 27, 25, 24)
				shaped[kind](w)
				w.in.Entries = []Entry{{Name: "e", Level: "firm", Model: m.Name, Outcome: "y", Layers: []string{"ties"}, Metrics: []string{"m"},
					Controls: []string{"age"}, Inference: m.Inferences(), Draws: 199}}
				out := runAll(t, w.input())
				if gate := text(out.Fits, "gate", 0); gate != "" {
					t.Fatalf("refused: %s", gate)
				}
				var met []string
				headlines := map[string]int{}
				for row := range out.Associations.Len() {
					term, estimate := text(out.Associations, "term", row), num(out.Associations, "estimate", row)
					if (term == "m" || term == "m_within") && !(estimate > 0) && kind != "time" || (term == "m" || term == "m_within") && math.IsNaN(num(out.Associations, "p_value", row)) {
						t.Errorf("%s: estimate %g, p %g, caveats %s", term, estimate, num(out.Associations, "p_value", row), text(out.Associations, "caveats", row))
					}
					if term == "m" || term == "m_within" {
						met = append(met, text(out.Associations, "se_type", row)+" "+text(out.Associations, "p_type", row))
					}
					if h, _ := out.Associations.Column("headline").Bool(row); h {
						headlines[text(out.Associations, "estimand", row)]++
						if p := num(out.Associations, "p_adjusted", row); !(p > 0) {
							t.Errorf("headline of %s: adjusted p %g", term, p)
						}
					}
				}
				if headlines[clustersLikeThese] != 1 || headlines[theseClusters] > 1 {
					t.Errorf("headlines %v", headlines)
				}
				if n := len(met); n < len(m.Inferences()) {
					t.Errorf("rows %v for inferences %v", met, m.Inferences())
				}
				if out.Clusterwise.Len() != 8 || out.Influence.Len() != 8 {
					t.Errorf("%d rows by cluster, %d of influence", out.Clusterwise.Len(), out.Influence.Len())
				}
			})
		}
	}
}

// TestModelOfAKind: the outcome's kind decides where the entry does not.
func TestModelOfAKind(t *testing.T) {
	for kind, want := range map[string]string{"continuous": "ols_fe", "count": "poisson_fe", boundedCount: "quasibinomial_fe",
		"binary": "logit_fe", "ordinal": "ordinal_fe", "time": "hazard"} {
		w := newWorld(0.7, 24, 26, 28, 30, 22, 27)
		shaped[kind](w)
		_, fits := w.run(t)
		if got := text(fits, "model", rowWhere(t, fits, "fit", "m1/y/ties/m")); got != want {
			t.Errorf("%s: %s, want %s", kind, got, want)
		}
	}
}

// modelCaveats says what to do to a study so that a model's own caveats show.
var modelCaveats = []struct {
	name, kind, model, want string
	sizes                   []int
	change                  func(*world)
}{
	{"separated", "binary", "logit_fe", penalised, []int{24, 26, 28, 30, 22, 27}, func(w *world) {
		each(w.firms, func(i int, r cells) { r["y"] = float64(b2i(w.firmMetrics[2*i]["m"].(float64) > 0)) })
	}},
	{"few events", "binary", "logit_fe", fewEvents, []int{24, 26, 28, 30, 22, 27}, func(w *world) {
		each(w.firms, func(i int, r cells) { r["y"] = float64(b2i(i%3 == 0)) })
	}},
	{"small clusters", "binary", "logit_fe", incidentalParameters, []int{24, 26, 28, 30, 22, 27}, func(w *world) {}},
	{"a rare level", "ordinal", "ordinal_fe", categoriesMerged, []int{24, 26, 28, 30, 22, 27}, func(w *world) { w.firms[0]["y"] = 9.0 }},
	{"a slope at one threshold alone", "ordinal", "ordinal_fe", notProportional, []int{64, 66, 68, 60, 62, 67}, func(w *world) {
		each(w.firms, func(i int, r cells) {
			high := float64(i * 7 % 3) // no matter the metric
			r["y"] = high + 1
			if w.firmMetrics[2*i]["m"].(float64) < 0 && i%5 > 0 {
				r["y"] = 1.0
			} else if high == 0 {
				r["y"] = 2.0
			}
		})
	}},
	{"no variance between clusters", "continuous", "mixed", boundary, []int{24, 26, 28, 30, 22, 27}, func(w *world) {
		each(w.firms, func(i int, r cells) { r["y"] = float64((i*37)%11) + w.firmMetrics[2*i]["m"].(float64) })
		w.centre()
	}},
	{"a small cluster", "continuous", "cluster_wise", clustersLeftOut, []int{24, 26, 28, 30, 22, 7}, func(w *world) {}},
	{"slopes around zero", "continuous", "cluster_wise", above083, []int{24, 26, 28, 30, 22, 27}, func(w *world) {
		each(w.firms, func(i int, r cells) { r["y"] = float64((i * 53) % 13) })
	}},
	{"a small cluster of a network", "continuous", "lag", biasedDown, []int{34, 36, 38, 29}, func(w *world) {}},
	{"a dense network", "continuous", "error", biasedDown, []int{34, 36, 38, 30}, func(w *world) {
		for i := range 34 {
			for j := range 12 {
				if i != j+1 {
					w.edges = append(w.edges, cells{"cluster": "c00", "layer": "ties", "source": fmt.Sprintf("f%02d", i), "target": fmt.Sprintf("f%02d", j+1)})
				}
			}
		}
	}},
	{"neighbours say nothing", "continuous", "lag_2sls", weakInstruments, []int{34, 36, 38, 30}, func(w *world) {}},
	{"a lag", "continuous", "lag", reflection, []int{34, 36, 38, 30}, func(w *world) {}},
	{"five clusters", "continuous", "cluster_wise", signsTooFew, []int{24, 26, 28, 30, 22}, func(w *world) {}},
}

// centre takes its mean from every cluster.
func (w *world) centre() {
	sum, n := map[any]float64{}, map[any]float64{}
	each(w.firms, func(_ int, r cells) { sum[r["cluster"]] += r["y"].(float64); n[r["cluster"]]++ })
	each(w.firms, func(_ int, r cells) { r["y"] = r["y"].(float64) - sum[r["cluster"]]/n[r["cluster"]] })
}

func TestCaveatsOfModels(t *testing.T) {
	for _, test := range modelCaveats {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(0.7, test.sizes...)
			shaped[test.kind](w)
			test.change(w)
			w.in.Entries = []Entry{{Name: "e", Level: "firm", Model: test.model, Outcome: "y", Layers: []string{"ties"}, Metrics: []string{"m"}, Scaling: "raw", Draws: 199}}
			associations, fits := w.run(t)
			var all []string
			for row := range associations.Len() {
				all = append(all, strings.Split(text(associations, "caveats", row), ";")...)
			}
			if !slices.Contains(all, test.want) {
				t.Errorf("caveats %v, gate %s", all, text(fits, "gate", 0))
			}
		})
	}
}

// TestPenalisedSpeaks: a penalised likelihood that takes the place of another
// has no sandwich; its own errors are told, in one cluster too.
func TestPenalisedSpeaks(t *testing.T) {
	for _, sizes := range [][]int{{24, 26, 28, 30, 22, 27}, {40}} {
		for _, inference := range [][]string{nil, {byCR2}, {byCR2, byModel}} {
			w := newWorld(0.7, sizes...)
			w.in.Outcomes[0].Kind = "binary"
			each(w.firms, func(i int, r cells) { r["y"] = float64(b2i(w.firmMetrics[2*i]["m"].(float64) > 0)) })
			w.in.Entries = []Entry{
				{Name: "asked", Level: firmLevel, Model: "logit_fe", Outcome: "y", Layers: []string{"ties"}, Metrics: []string{"m"}, Inference: inference, Draws: 99},
				{Name: "firth", Level: firmLevel, Model: "firth_fe", Outcome: "y", Layers: []string{"ties"}, Metrics: []string{"m"}, Draws: 99},
			}
			associations, _ := w.run(t)
			got := rowWhere(t, associations, "fit", "asked/y/ties/m", "term", "m", "p_type", "likelihood_ratio")
			want := rowWhere(t, associations, "fit", "firth/y/ties/m", "term", "m", "p_type", "likelihood_ratio")
			for _, column := range []string{"estimate", "std_error", "p_value"} {
				if a, b := num(associations, column, got), num(associations, column, want); a != b {
					t.Errorf("%d clusters, %v: %s %v, by firth_fe %v", len(sizes), inference, column, a, b)
				}
			}
		}
	}
}

// TestHeadline: which row answers about clusters like these.
func TestHeadline(t *testing.T) {
	for _, test := range []struct {
		name  string
		sizes []int
		big   float64 // how much more the metric varies in the first cluster
		want  string
	}{
		{"enough degrees of freedom", []int{24, 26, 28, 30, 22, 27, 25}, 1, "satterthwaite"},
		{"one cluster has it all", []int{24, 26, 28, 30, 22, 27, 25}, 100, "wild_cluster"},
		{"and five clusters", []int{24, 26, 28, 30, 22}, 100, "ibragimov_muller"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(0.7, test.sizes...)
			each(w.firmMetrics, func(i int, r cells) {
				if r["cluster"] == "c00" {
					r["m"] = r["m"].(float64) * test.big
				}
			})
			associations, _ := w.run(t)
			for row := range associations.Len() {
				h, _ := associations.Column("headline").Bool(row)
				if h && text(associations, "estimand", row) == clustersLikeThese && text(associations, "level", row) == "firm" {
					if got := text(associations, "p_type", row); got != test.want {
						t.Errorf("%s answers, want %s", got, test.want)
					}
					return
				}
			}
			t.Error("no row answers")
		})
	}
}

// TestNotRobust: where two ways to judge clusters disagree across 0.05, both
// say so.
func TestNotRobust(t *testing.T) {
	x := &firmFit{m: &fit{}, e: &estimate{robustSE: "CR2", names: []string{""}}, r: &regression{clusters: stats.NewClusters(3, 3, 3, 3, 3, 3)}, out: fitted{nClusters: 6}}
	rows := x.markHeadline(0, []association{
		{focal: true, estimand: clustersLikeThese, seType: "CR2", pType: "satterthwaite", p: some(0.04)},
		{focal: true, estimand: clustersLikeThese, seType: "CR1", pType: "wild_cluster", p: some(0.06)},
	})
	for _, r := range rows {
		if r.caveats.String() != notRobust {
			t.Errorf("%s: caveats %q", r.pType, r.caveats)
		}
	}
	rows[1].p, rows[0].caveats = some(0.049), nil
	if got := x.markHeadline(0, rows)[0].caveats.String(); got != "" {
		t.Errorf("they agree: caveats %q", got)
	}
}
