package associate

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"firmties/pipeline/stats"
	"firmties/pipeline/table"
)

// compared is the input of a world with coupling and comparisons of its
// clusters; those of one kind are told from those of others by their values.
func compared(w *world) Input {
	in := w.input()
	kinds := map[string]table.Kind{"effect": table.Number, "value": table.Number}
	var comparisons, coupling []cells
	for c, cluster := range w.clusters {
		at := float64(c*c%7) + 0.1
		for i, reference := range []string{"degree_sequence", "size_density", "two_mode"} {
			for j, layer := range []string{"ties", "projected"} {
				comparisons = append(comparisons, cells{"cluster": cluster["cluster"], "layer": layer, "metric": "transitivity", "reference": reference, "effect": at + float64(100*i+1000*j)*at})
			}
		}
		for _, null := range []string{"fixed_margins", "relabelled"} {
			row := cells{"cluster": cluster["cluster"], "measure": "coupling", "null_model": null, "value": -at}
			if null == "relabelled" || c == 2 {
				delete(row, "value") // saturated
			}
			coupling = append(coupling, row)
		}
	}
	in.Comparisons = tableOf("comparisons", kinds, []string{"cluster", "layer", "metric", "reference", "effect"}, comparisons)
	in.Coupling = tableOf("coupling", kinds, []string{"cluster", "measure", "null_model", "value"}, coupling)
	return in
}

// TestDerivedMetrics: effects come from the comparison with networks of one
// size, coupling from its headline, and both go with outcomes as other metrics
// do.
func TestDerivedMetrics(t *testing.T) {
	w := newWorld(0.5, 9, 10, 12, 9, 11, 10, 9)
	w.in.Entries = []Entry{
		{Name: "e", Level: clusterLevel, Outcome: "rating", Layers: []string{"ties", "projected"}, Metrics: []string{"effect(transitivity)", "effect(reciprocity)"}},
		{Name: "c", Level: clusterLevel, Outcome: "rating", Metrics: []string{couplingMetric}},
	}
	in := compared(w)
	f := newFrame(&in)
	for layer, want := range map[string]float64{"ties": 0.1 + 100*0.1, "projected": 0.1 + 1200*0.1} {
		if got := f.clusterMetric("effect(transitivity)", layer)[0]; !got.ok || math.Abs(got.x-want) > 1e-12 {
			t.Errorf("effect in %s is %v, want %v", layer, got, want)
		}
	}
	out := runAll(t, in)
	for fit, want := range map[string]string{"e/rating/ties/effect(transitivity)": "", "e/rating/ties/effect(reciprocity)": "metric_not_chosen", "c/rating/coupling": ""} {
		if got := text(out.Fits, "gate", rowWhere(t, out.Fits, "fit", fit)); got != want {
			t.Errorf("%s: gate %q, want %q", fit, got, want)
		}
	}
	rho := num(out.Associations, "estimate", rowWhere(t, out.Associations, "fit", "c/rating/coupling"))
	var x, y []float64
	for c, cluster := range w.clusters {
		if c != 2 {
			x, y = append(x, -float64(c*c%7)), append(y, cluster["rating"].(float64))
		}
	}
	if want, _ := stats.Spearman(x, y); rho != want {
		t.Errorf("rank correlation with coupling %v, want %v", rho, want)
	}
	if drops := text(out.Fits, "reason_dropped", rowWhere(t, out.Fits, "fit", "c/rating/coupling")); drops != "no_metric=1" {
		t.Errorf("dropped %q", drops)
	}
}

// TestCouplingOfItsOwnOutcome: an outcome that counts practices or tasks is not
// set beside their coupling.
func TestCouplingOfItsOwnOutcome(t *testing.T) {
	w := newWorld(0.5, 9, 10, 12, 9, 11, 10, 9)
	w.in.Outcomes[0].ComponentsOf, w.in.Coupled = "fairs", []string{"fairs"}
	w.in.Entries = []Entry{
		{Name: "c", Level: clusterLevel, Outcome: "y", Metrics: []string{couplingMetric}},
		{Name: "b", Level: firmLevel, Model: complementarity, Outcome: "y", Layers: []string{"ties", "projected"}, Metrics: []string{"m"}},
	}
	out := runAll(t, compared(w))
	for row := range out.Fits.Len() {
		if got := text(out.Fits, "gate", row); got != outcomeInPredictor {
			t.Errorf("%s: gate %q", text(out.Fits, "fit", row), got)
		}
	}
}

// TestComplementarity: the model is least squares of the outcome on the metric
// in both layers and their product, after centring in each cluster; and it
// finds a product that is there.
func TestComplementarity(t *testing.T) {
	w := newWorld(0, 20, 22, 24, 21, 20, 23, 22, 21)
	firms := map[string]cells{}
	for _, r := range w.firms {
		firms[fmt.Sprint(r["cluster"], r["firm"])] = r
	}
	for i := 0; i < len(w.firmMetrics); i += 2 {
		ties, projected := w.firmMetrics[i], w.firmMetrics[i+1]
		projected["m"] = projected["n"]
		a, b := ties["m"].(float64), projected["n"].(float64)
		firm := firms[fmt.Sprint(ties["cluster"], ties["firm"])]
		firm["y"] = firm["y"].(float64) + 4*a*(b-0.5)
	}
	w.in.Entries = []Entry{{Name: "b", Level: firmLevel, Model: complementarity, Outcome: "y", Layers: []string{"ties", "projected"}, Metrics: []string{"m"}, Controls: []string{"age"}, Scaling: raw, Draws: 99}}
	out := runAll(t, w.input())
	fit := "b/y/ties x projected/m"
	product := rowWhere(t, out.Associations, "fit", fit, "term", "ties x projected", "se_type", "CR2")
	if p := num(out.Associations, "p_value", product); !(p < 0.01) {
		t.Errorf("p of the product is %v", p)
	}
	// The same by the formula.
	var y []float64
	x := make([][]float64, 4)
	var sizes []int
	for _, cluster := range w.clusters {
		n := 0
		for i := 0; i < len(w.firmMetrics); i += 2 {
			if w.firmMetrics[i]["cluster"] != cluster["cluster"] {
				continue
			}
			n++
			firm := w.firms[i/2]
			y, x[1], x[2], x[3] = append(y, firm["y"].(float64)), append(x[1], w.firmMetrics[i]["m"].(float64)), append(x[2], w.firmMetrics[i+1]["m"].(float64)), append(x[3], firm["age"].(float64))
		}
		sizes = append(sizes, n)
	}
	c := stats.NewClusters(sizes...)
	a, b := stats.CentreWithin(x[1], c), stats.CentreWithin(x[2], c)
	for i := range a {
		x[0] = append(x[0], a[i]*b[i])
	}
	want, err := stats.FitFixedEffects(y, x, c)
	if err != nil {
		t.Fatal(err)
	}
	for j, term := range []string{"ties x projected", "m(ties)", "m(projected)", "age"} {
		row := rowWhere(t, out.Associations, "fit", fit, "term", term, "se_type", "CR2")
		if got := num(out.Associations, "estimate", row); math.Abs(got-want.Coef[j]) > 1e-10 {
			t.Errorf("%s is %v, want %v", term, got, want.Coef[j])
		}
	}
}

func TestDefaultGridOfACoupledStudy(t *testing.T) {
	outcomes := []Outcome{{Name: "y", Level: firmLevel, Kind: "count"}, {Name: "when", Level: firmLevel, Kind: "time"}, {Name: "rating", Level: clusterLevel, Kind: "ordinal"}}
	layers := []Layer{{Name: "tasks", Dimension: "joint_enterprise"}, {Name: "practices", Dimension: "shared_repertoire"}}
	families := map[string][]string{}
	for _, e := range coupledEntries(outcomes, layers, 99) {
		families[e.Family] = append(families[e.Family], e.Name)
	}
	for family, want := range map[string][]string{
		"coupling/firm/y": {"default_coupling", "default_complementarity"}, "coupling/cluster/y": {"default_coupling"},
		"coupling/firm/when": {"default_coupling"}, "coupling/cluster/rating": {"default_coupling"},
	} {
		if !slices.Equal(families[family], want) {
			t.Errorf("family %s has %v, want %v", family, families[family], want)
		}
	}
	in := Input{Outcomes: outcomes, Layers: layers, Entries: DefaultGrid(outcomes, layers, 99)}
	planned, err := plan(&in)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range planned {
		if !f.model.serves(f.outcome) {
			t.Errorf("%s is asked of %s unasked, which serves no %s", f.name, f.model.Name, f.outcome.Kind)
		}
	}
	if len(coupledEntries(outcomes, layers[:1], 99)) != 0 {
		t.Error("a study without practices is asked about coupling")
	}
}
