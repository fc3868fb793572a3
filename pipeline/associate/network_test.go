package associate

import (
	"math"
	"slices"
	"strings"
	"testing"

	"firmties/pipeline/stats"
	"firmties/pipeline/table"
)

// tiedFarmers is the input of the reference models with the ties of union.
func tiedFarmers(t testing.TB, models ...string) Input {
	t.Helper()
	in := farmers(t)
	header, rows := reference(t, "brfarmers_arcs.csv")
	at := func(row []string, column string) string { return row[slices.Index(header, column)] }
	var edges []cells
	for _, row := range rows {
		if at(row, "relation") == "union" {
			edges = append(edges, cells{"cluster": "V" + at(row, "cluster"), "layer": "union", "source": at(row, "ego"), "target": at(row, "alter")})
		}
	}
	in.Edges = tableOf("edges", map[string]table.Kind{}, []string{"cluster", "layer", "source", "target"}, edges)
	first := in.Entries[0]
	in.Entries = nil
	for _, model := range models {
		e := first
		e.Name, e.Model = model, model
		in.Entries = append(in.Entries, e)
	}
	return in
}

// iterated compares with what another program found by iteration.
func iterated(t testing.TB, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-6*math.Abs(want)) {
		t.Errorf("%s = %.17g, want %.17g", what, got, want)
	}
}

// TestNetworkRowsAgreeWithR holds lag and error against spatialreg.
func TestNetworkRowsAgreeWithR(t *testing.T) {
	associations, fits := run(t, tiedFarmers(t, "lag", "error", "lag_2sls"))
	want := models(t, "models_netauto.csv")
	least := want["ols_pooled_fe,,logLik"]
	for _, m := range []struct{ fit, reference, term, formula string }{
		{"lag", "spreg_lag_pooled_fe", "rho", "innov ~ degree_in + age + school + coop01 + income | cluster, rho W innov"},
		{"error", "spreg_err_pooled_fe", "lambda", "innov ~ degree_in + age + school + coop01 + income | cluster, lambda W error"},
	} {
		name := m.fit + "/innov/union/degree_in"
		for term, reference := range map[string]string{"degree_in": "in_union", "age": "age", "school": "school", "coop01": "coop01", "income": "income", m.term: m.term} {
			row := rowWhere(t, associations, "fit", name, "term", term, "estimand", "these_clusters", "se_type", "expected_information", "p_type", "likelihood_ratio")
			iterated(t, m.fit+" "+term, num(associations, "estimate", row), want[m.reference+","+reference+",est"])
			if se, ok := want[m.reference+","+reference+",se"]; ok {
				iterated(t, m.fit+" std_error of "+term, num(associations, "std_error", row), se)
			}
			caveats := strings.Split(text(associations, "caveats", row), ";")
			if has := slices.Contains(caveats, reflection); has != (term == "rho") {
				t.Errorf("%s: caveats of %s are %v", m.fit, term, caveats)
			}
		}
		row := rowWhere(t, associations, "fit", name, "term", m.term)
		iterated(t, m.fit+" p of "+m.term, num(associations, "p_value", row), stats.UpperChiSquared(2*(want[m.reference+",,logLik"]-least), 1))
		fit := rowWhere(t, fits, "fit", name)
		near(t, m.fit+" log_likelihood", num(fits, "log_likelihood", fit), want[m.reference+",,logLik"])
		if got := text(fits, "formula", fit); got != m.formula {
			t.Errorf("formula %s", got)
		}
		if p := num(fits, "moran_p", fit); !(p > 0 && p < 0.05) || !(num(fits, "moran_i", fit) > 0) {
			t.Errorf("%s: Moran's I %g, p %g", m.fit, num(fits, "moran_i", fit), p)
		}
		headline, _ := associations.Column("headline").Bool(rowWhere(t, associations, "fit", name, "term", "degree_in", "estimand", "these_clusters"))
		if !headline {
			t.Errorf("%s: no row answers about these clusters", m.fit)
		}
	}
	row := rowWhere(t, associations, "fit", "lag_2sls/innov/union/degree_in", "term", "rho")
	fit := rowWhere(t, fits, "fit", "lag_2sls/innov/union/degree_in")
	if rho := num(associations, "estimate", row); !(rho > 0.03 && rho < 0.13) || num(fits, "first_stage_f", fit) < 10 {
		t.Errorf("by instruments rho %g, F %g", rho, num(fits, "first_stage_f", fit))
	}
	if low, high := num(associations, "conf_low", row), num(associations, "conf_high", row); !(low < high) {
		t.Errorf("interval %g to %g", low, high)
	}
}

// TestWeightsOfALayer: the row of a firm has those that it nominates, of a
// layer without direction all ties; firms without values are not there.
func TestWeightsOfALayer(t *testing.T) {
	f := &frame{firms: []int{0, 1, 2, 3}, in: &Input{Layers: []Layer{{Name: "ties", Directed: true}, {Name: "projected"}}}}
	pairs := map[[2]int]bool{{0, 2}: true, {3, 0}: true, {0, 3}: true, {1, 2}: true}
	f.ties = map[string]map[[2]int]bool{"ties": pairs, "projected": pairs}
	s := &sample{firms: []int{0, 2, 3}}
	x := []float64{1, 10, 100}
	want := map[string][]float64{"ties": {55, 0, 1}, "projected": {55, 1, 1}}
	for _, layer := range f.in.Layers {
		if got := s.weights(f, layer, stats.NewClusters(3)).Lag(x); !slices.Equal(got, want[layer.Name]) {
			t.Errorf("%s: means of neighbours %v, want %v", layer.Name, got, want[layer.Name])
		}
	}
}

// The layers of network autocorrelations need ties, those of other models not.
func TestNetworkModelsNeedEdges(t *testing.T) {
	entries := []Entry{
		{Level: "firm", Model: "lag_2sls", Layers: []string{"b", "a"}}, {Level: "firm", Model: "error", Layers: []string{"a"}},
		{Level: "firm", Model: "ols_fe", Layers: []string{"c"}}, {Level: "firm", Layers: []string{"d"}},
	}
	if got := NeedsEdges(entries); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("layers %v", got)
	}
}

// Large clusters of few ties bear no caveat of bias, and a control may be
// called as the network's term is.
func TestNetworkCaveatsAndNames(t *testing.T) {
	w := newWorld(0.7, 34, 36, 38, 30)
	w.edges = slices.DeleteFunc(w.edges, func(r cells) bool { return r["source"].(string)[2]%3 == 0 })
	w.in.Entries[0].Model = "lag"
	associations, _ := w.run(t)
	row := rowWhere(t, associations, "term", "rho")
	if got := text(associations, "caveats", row); got != reflection {
		t.Errorf("caveats %q", got)
	}
	r := &regression{names: []string{"m", "rho"}, y: []float64{1, 2, 3}}
	r.weights = stats.NewWeights(stats.NewClusters(3), [][]int{{1}, nil, nil})
	e := &estimate{}
	e.addNetwork(r, lagTerm, 0.1, stats.ClusterRobust{})
	if got := strings.Join(e.names, ","); got != "m,rho,rho (network)" {
		t.Errorf("terms %s", got)
	}
}
