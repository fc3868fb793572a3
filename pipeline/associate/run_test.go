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
		"m1/y/ties/m m clusters_like_these CR1 wild_cluster",
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

func column(tab *table.Table, name string) []string {
	var out []string
	for row := range tab.Len() {
		out = append(out, text(tab, name, row))
	}
	return out
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
	for _, scaling := range Scalings() {
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

// A row's numbers do not depend on workers, nor on what other families fit.
func TestSameForAnyWorkers(t *testing.T) {
	w := newWorld(0.3, slices.Repeat([]int{12}, 16)...)
	w.in.Entries[0].Metrics = []string{"m", "n"}
	w.in.Entries[0].Layers = []string{"ties", "projected"}
	in := w.input()
	want, wantFits := run(t, in)
	in.Workers = 8
	in.Entries = append([]Entry{{Name: "a", Level: "firm", Outcome: "y", Layers: []string{"ties"}, Metrics: []string{"n"}, Draws: 9, Family: "apart"}}, in.Entries...)
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
	if _, err := Run(ctx, newWorld(1, 9, 9, 9).input()); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
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
	out := runAll(t, newWorld(1, 5, 5).input())
	for _, test := range []struct {
		tab  *table.Table
		want string
	}{
		{out.Associations, "fit term estimand se_type p_type level outcome layer metric model scaling estimate std_error statistic df p_value p_low p_high p_adjusted p_adjusted_type headline draws conf_low conf_high conf_type n_firms n_clusters caveats"},
		{out.Fits, "fit level outcome layer metric model formula n dropped reason_dropped n_clusters r_squared_within sigma pairs df_residual log_likelihood dispersion icc breusch_pagan_p reset_p joint_f joint_df joint_p proportional_p threshold_mean effective_clusters largest_cluster_share tau2 tau2_low tau2_high i2 cochran_q cochran_p prediction_low prediction_high specifications curve_low curve_high drop_one_low drop_one_high moran_i moran_p geary_c geary_p first_stage_f condition converged gate"},
		{out.Clusterwise, "fit term cluster model outcome layer metric estimate std_error n"},
		{out.Specifications, "fit layer metric scaling controls left_out outcome declared place estimate std_error conf_low conf_high p_value n_firms n_clusters gate"},
		{out.Power, "level n model effect power"},
		{out.Influence, "fit term cluster model outcome layer metric estimate change p_value cooks_distance dfbetas leverage changes"},
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

// TestMonteCarloBounds: a p that rests on random draws stands between what all
// draws could make of it; one that rests on all of them has no bounds.
func TestMonteCarloBounds(t *testing.T) {
	w := newWorld(0.1, 10, 12, 14, 9, 14, 13)
	w.in.Entries[0].Inference = []string{byCR2, byWildCluster, byFreedmanLane, bySignFlip}
	associations, _ := w.run(t)
	met := map[string]bool{}
	for row := range associations.Len() {
		low, ok := associations.Column("p_low").Float(row)
		kind := text(associations, "p_type", row)
		met[kind] = met[kind] || ok
		if !ok {
			continue
		}
		p, high := num(associations, "p_value", row), num(associations, "p_high", row)
		draws := num(associations, "draws", row)
		if b := p*(1+draws) - 1; !(low <= b/draws && b/draws <= high) {
			t.Errorf("%s: %v of %g draws, between %v and %v", kind, p, draws, low, high)
		}
	}
	for kind, want := range map[string]bool{"freedman_lane": true, "wild_cluster": true, "sign_flip": false, "satterthwaite": false, "exact": false} {
		if met[kind] != want { // six clusters: Webb's weights are drawn, signs are all there
			t.Errorf("%s has bounds: %t", kind, met[kind])
		}
	}
}

// TestFamilyAdjusts: a family is adjusted as any of its entries asks, whichever
// comes first.
func TestFamilyAdjusts(t *testing.T) {
	for at := range 2 {
		w := newWorld(0.4, 10, 12, 14, 9, 14, 13)
		for i, metric := range []string{"m", "n"} {
			w.in.Entries[i] = Entry{Name: metric, Level: firmLevel, Outcome: "y", Layers: []string{"ties"}, Metrics: []string{metric}, Draws: 99}
		}
		w.in.Entries[at].Adjust = bh
		associations, _ := w.run(t)
		for _, metric := range []string{"m", "n"} {
			row := rowWhere(t, associations, "term", metric, "se_type", "CR2")
			if got := text(associations, "p_adjusted_type", row); got != bh {
				t.Errorf("asked for by entry %d: %s is adjusted by %q", at, metric, got)
			}
		}
	}
}
