package associate

import (
	"context"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"firmties/pipeline/table"
)

// exposedWorld has a time of adoption, and a hazard with exposure.
func exposedWorld(kind, layer string) *world {
	w := newWorld(0.7, 24, 26, 28, 30, 22, 27)
	shaped["time"](w)
	each(w.firmMetrics, func(_ int, r cells) {
		if r["layer"] == "ties" {
			r["degree_out"] = 1.0
		}
	})
	w.in.Entries = []Entry{{Name: "e", Level: "firm", Outcome: "y", Layers: []string{layer}, Metrics: []string{"m"},
		Controls: []string{"age"}, Exposure: kind, Draws: 199}}
	return w
}

// unnamed takes from some firms of each cluster whom they name.
func (w *world) unnamed() {
	w.edges = slices.DeleteFunc(w.edges, func(r cells) bool { return r["source"].(string) < "f03" && r["layer"] == "ties" })
}

func TestRowsOfExposure(t *testing.T) {
	w := exposedWorld(cohesion, "ties")
	w.unnamed()
	out := runAll(t, w.input())
	var got []string
	for row := range out.Associations.Len() {
		h, _ := out.Associations.Column("headline").Bool(row)
		got = append(got, strings.TrimSpace(strings.Join([]string{text(out.Associations, "term", row), text(out.Associations, "se_type", row),
			text(out.Associations, "p_type", row), map[bool]string{true: "headline"}[h], text(out.Associations, "caveats", row)}, " ")))
		if p := num(out.Associations, "p_value", row); !(p > 0) || h != (num(out.Associations, "p_adjusted", row) > 0) {
			t.Errorf("%s: p %g", got[row], p)
		}
	}
	want := []string{
		"age CV3 t",
		"exposure CV3 t headline contagion_or_homophily",
		"exposure none ibragimov_muller  above_0.083;contagion_or_homophily",
		"exposure none sign_flip  contagion_or_homophily",
		"m CV3 t headline",
		"m none ibragimov_muller",
		"m none sign_flip",
		"no_alters CV3 t",
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("rows\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got := text(out.Fits, "formula", 0); got != "y ~ z_within(m) + age + exposure(cohesion) | cluster" {
		t.Errorf("formula %q", got)
	}
	if threshold := num(out.Fits, "threshold_mean", 0); !(threshold > 0 && threshold < 1) {
		t.Errorf("mean threshold %g", threshold)
	}
	for _, term := range []string{"m", "exposure"} {
		rowWhere(t, out.Clusterwise, "term", term, "cluster", "c05")
		rowWhere(t, out.Influence, "term", term, "cluster", "c05")
	}
}

// no_alters is a term only where some firms have alters and some have not;
// other firms are always in a place of some likeness.
func TestNoAltersIsATerm(t *testing.T) {
	for _, test := range []struct {
		name, kind, layer string
		change            func(*world)
		want              bool
	}{
		{"all name others", cohesion, "ties", func(*world) {}, false},
		{"some name nobody", cohesion, "ties", (*world).unnamed, true},
		{"some name nobody, numbers", alterCount, "ties", (*world).unnamed, true},
		{"some name nobody, places", structuralEquivalence, "ties", (*world).unnamed, false},
		{"a tie without direction is both ends'", cohesion, "projected", func(w *world) {
			w.edges = slices.DeleteFunc(w.edges, func(r cells) bool { return r["source"] != "f00" || r["target"].(string) < "f03" })
		}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := exposedWorld(test.kind, test.layer)
			test.change(w)
			associations, fits := w.run(t)
			rowWhere(t, associations, "term", "exposure", "se_type", "CV3")
			if got := slices.Contains(column(associations, "term"), "no_alters"); got != test.want {
				t.Errorf("no_alters %t, want %t", got, test.want)
			}
			if n := num(fits, "n", 0); n != 157 {
				t.Errorf("n = %g", n)
			}
		})
	}
}

// A firm is out where its exposure is not known, for want of its ties or of the
// times of those it names; one that names nobody is not.
func TestUnknownExposure(t *testing.T) {
	w := exposedWorld(cohesion, "ties")
	w.unnamed()
	w.edges = append(w.edges, cells{"cluster": "c00", "layer": "ties", "source": "f01", "target": "f05"})
	delete(w.firmMetrics[0], "degree_out") // c00 f00 was not asked
	delete(w.firms[5], "y")                // c00 f05, whom alone f01 names
	_, fits := w.run(t)
	if got := text(fits, "reason_dropped", 0); got != "no_outcome=1;no_exposure=2" {
		t.Errorf("dropped %q", got)
	}
	w.in.Entries[0].Exposure = ""
	_, fits = w.run(t)
	if got := text(fits, "reason_dropped", 0); got != "no_outcome=1" {
		t.Errorf("without exposure dropped %q", got)
	}
}

// A firm that has no value of a control is no row, and yet somebody's alter.
func TestAltersOutsideTheSample(t *testing.T) {
	exposure := func(w *world) float64 {
		associations, _ := w.run(t)
		return num(associations, "estimate", rowWhere(t, associations, "term", "exposure", "se_type", "CV3"))
	}
	w := exposedWorld(cohesion, "ties")
	delete(w.firms[1], "age")
	with := exposure(w)
	delete(w.firms[1], "y")
	if without := exposure(w); with == without {
		t.Errorf("exposure %g with and without the alter's time", with)
	}
}

// Exposures by other weights are other terms.
func TestKindsOfExposureDiffer(t *testing.T) {
	seen := map[float64]string{}
	for _, word := range Exposures() {
		associations, _ := exposedWorld(word.Name, "ties").run(t)
		b := num(associations, "estimate", rowWhere(t, associations, "term", "exposure", "se_type", "CV3"))
		if other, ok := seen[b]; ok {
			t.Errorf("%s is %g, as %s", word.Name, b, other)
		}
		seen[b] = word.Name
	}
}

// exposureOf is what the firms of a cluster are exposed to at a time.
func exposureOf(t *testing.T, w *world, cluster string, at float64) map[string]float64 {
	t.Helper()
	in := w.input()
	fits, err := plan(&in)
	if err != nil {
		t.Fatal(err)
	}
	f := newFrame(&in)
	s := newSample(f, fits[0])
	of := map[string]float64{}
	for i, row := range f.firms {
		if in.Firms.Column("cluster").Str(row) == cluster {
			of[in.Firms.Column("firm").Str(row)] = s.exposed.of[i].At(at)
		}
	}
	return of
}

// A cluster is a world of its own: others before it change nothing in it.
func TestExposureStaysInTheCluster(t *testing.T) {
	for _, word := range Exposures() {
		w := exposedWorld(word.Name, "ties")
		among := exposureOf(t, w, "c03", 6)
		w.keep("c03")
		if alone := exposureOf(t, w, "c03", 6); len(alone) != 30 || !maps.Equal(among, alone) {
			t.Errorf("%s: %v among others, %v alone", word.Name, among, alone)
		}
	}
}

// Ties without direction count for both ends, whichever names the other.
func TestExposureWithoutDirection(t *testing.T) {
	w := exposedWorld(alterCount, "projected")
	w.edges = []cells{
		{"cluster": "c00", "layer": "projected", "source": "f00", "target": "f01"},
		{"cluster": "c00", "layer": "projected", "source": "f00", "target": "f02"},
	}
	each(w.firms, func(i int, r cells) { r["y"], r["y_censored"] = float64(1+i%3), false }) // f00 at 1, f01 at 2
	for at, want := range map[float64][2]float64{1: {0, 0}, 2: {0, 1}, 3: {1, 1}, 4: {2, 1}} {
		of := exposureOf(t, w, "c00", at)
		if got := [2]float64{of["f00"], of["f01"]}; got != want {
			t.Errorf("at %g: %v, want %v", at, got, want)
		}
	}
}

// An attribute may bear the name of a term that exposure adds.
func TestControlOfATermsName(t *testing.T) {
	w := exposedWorld(cohesion, "ties")
	in := w.input()
	in.Entries[0].Controls = []string{"exposure"}
	each(w.firms, func(_ int, r cells) { r["exposure"] = r["age"] })
	kinds := map[string]table.Kind{"outside": table.Flag, "y": table.Number, "y_censored": table.Flag, "y_entry": table.Number, "exposure": table.Number}
	in.Firms = tableOf("firms", kinds, []string{"cluster", "firm", "outside", "y", "y_censored", "y_entry", "exposure"}, w.firms)
	associations, _ := run(t, in)
	rowWhere(t, associations, "term", "exposure", "p_type", "sign_flip")
	rowWhere(t, associations, "term", "exposure (attribute)", "se_type", "CV3")
}

func TestExposureIsOfAHazard(t *testing.T) {
	w := exposedWorld(cohesion, "ties")
	for _, model := range []string{"cox_strata", "ols_fe"} {
		w.in.Entries[0].Model = model
		if _, err := Run(context.Background(), w.input()); err == nil || !strings.Contains(err.Error(), "exposure is of the hazard") {
			t.Errorf("%s: %v", model, err)
		}
	}
	w.in.Entries[0].Model, w.in.Outcomes[0].Kind = "hazard", "continuous"
	if _, err := Run(context.Background(), w.input()); err == nil {
		t.Error("no error for an outcome that is no time")
	}
}

func TestExposureNeedsTies(t *testing.T) {
	entries := exposedWorld(cohesion, "ties").in.Entries
	if got := NeedsEdges(entries); !slices.Equal(got, []string{"ties"}) {
		t.Errorf("ties of %v", got)
	}
	if firm, _ := Needs(entries); !slices.Equal(firm, []string{"degree_out", "m"}) {
		t.Errorf("metrics %v", firm)
	}
}

// Where nobody was exposed, exposure says nothing: the fit is refused, and a
// cluster of that kind speaks of the metric only.
func TestNobodyExposed(t *testing.T) {
	w := exposedWorld(cohesion, "ties")
	alone := func(clusters ...string) {
		w.edges = slices.DeleteFunc(w.edges, func(r cells) bool { return slices.Contains(clusters, r["cluster"].(string)) })
	}
	alone("c02")
	out := runAll(t, w.input())
	of := func(term string) float64 {
		return num(out.Clusterwise, "estimate", rowWhere(t, out.Clusterwise, "term", term, "cluster", "c02"))
	}
	if m, exposure := of("m"), of("exposure"); math.IsNaN(m) || !math.IsNaN(exposure) {
		t.Errorf("metric %g, exposure %g", m, exposure)
	}
	alone("c00", "c01", "c03", "c04", "c05")
	_, fits := w.run(t)
	if gate := text(fits, "gate", 0); gate != collinear {
		t.Errorf("gate %q", gate)
	}
}

// TestExposureForAnyWorkers: ties come from a map, whose order is another in
// every run.
func TestExposureForAnyWorkers(t *testing.T) {
	w := exposedWorld(structuralEquivalence, "ties")
	w.in.Entries[0].Metrics = []string{"m", "n"}
	in := w.input()
	want, _ := run(t, in)
	in.Workers = 4
	got, _ := run(t, in)
	for row := range want.Len() {
		if a, b := cellText(got.Column("estimate"), row), cellText(want.Column("estimate"), row); a != b {
			t.Errorf("row %d: %s and %s", row, a, b)
		}
	}
}
