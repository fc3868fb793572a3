package associate

import (
	"context"
	"slices"
	"strings"
	"testing"
)

func TestDefaultsOfAnEntry(t *testing.T) {
	w := newWorld(0.2, 10, 12, 14, 9, 14, 13)
	w.in.Entries[0].Scaling, w.in.Entries[0].Draws = "", 0
	associations, _ := w.run(t)
	row := rowWhere(t, associations, "term", "m", "estimand", "these_clusters")
	if s, d := text(associations, "scaling", row), num(associations, "draws", row); s != "z_within" || d != 9999 {
		t.Errorf("scaling %q, %g draws", s, d)
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
		if fit == "default_firm/y" {
			want = append(want, "default_curve/y")
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

func TestEntriesThatNameWhatIsNotThere(t *testing.T) {
	good := Entry{Name: "e", Level: "firm", Outcome: "y", Layers: []string{"ties"}, Metrics: []string{"m"}}
	tests := []struct {
		name   string
		change func(*Entry)
		want   string
	}{
		{"outcome", func(e *Entry) { e.Outcome = "z" }, `no outcome "z" about firms`},
		{"level of the outcome", func(e *Entry) { e.Outcome = "rating" }, `no outcome "rating" about firms`},
		{"layer", func(e *Entry) { e.Layers = []string{"z"} }, `no layer "z"`},
		{"model", func(e *Entry) { e.Model = "spearman" }, `no model "spearman" at level "firm"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(1, 9, 9)
			e := good
			test.change(&e)
			w.in.Entries = []Entry{e}
			_, err := Run(context.Background(), w.input())
			if err == nil || err.Error() != `model entry "e": `+test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

// TestOutcomeOfBothLevels: a name may stand for an outcome of firms and for one
// of clusters; an entry means that of its own level.
func TestOutcomeOfBothLevels(t *testing.T) {
	both := []Outcome{{Name: "y", Level: firmLevel, Kind: "count"}, {Name: "y", Level: clusterLevel, Kind: "ordinal"}}
	for _, level := range []string{firmLevel, clusterLevel} {
		if o, ok := outcomeOf(both, &Entry{Level: level, Outcome: "y"}); !ok || o.Level != level {
			t.Errorf("at %s level: %+v", level, o)
		}
	}
	if o, ok := outcomeOf(both[:1], &Entry{Level: clusterLevel, Outcome: "y"}); !ok || o.Level != firmLevel {
		t.Errorf("the mean of a firm outcome: %+v", o)
	}
	seen := map[string]bool{}
	for _, e := range DefaultGrid(both, []Layer{{Name: "l"}}, 9) {
		key := e.Name + "/" + e.Outcome
		if seen[key] {
			t.Errorf("the grid has %s twice", key)
		}
		seen[key] = true
	}
}
