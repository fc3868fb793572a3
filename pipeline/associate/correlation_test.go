package associate

import (
	"math"
	"slices"
	"strings"
	"testing"

	"firmties/pipeline/stats"
)

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
	a.correlationInterval(spearman, 0) // Bonett-Wright: 0.01 to 0.89
	if a.low.ok || a.confType != "" {
		t.Errorf("interval %v to %v beside p 0.06", a.low, a.high)
	}
	a.p = some(0.05) // as 500 of 10,000 draws give; 1-0.95 is larger
	if a.correlationInterval(spearman, 0); a.low.ok {
		t.Errorf("interval %v to %v beside p 0.05", a.low, a.high)
	}
	a.p = some(0.04)
	if a.correlationInterval(spearman, 0); !a.low.ok || a.low.x < 0 || a.confType != "bonett_wright" {
		t.Errorf("interval %v to %v beside p 0.04", a.low, a.high)
	}
}

// What one cluster can decide of a rank correlation.
func TestDropOne(t *testing.T) {
	tests := []struct {
		name    string
		x, y    []float64
		decides bool
	}{
		{"monotone", []float64{1, 2, 3, 4, 5, 6}, []float64{1, 2, 3, 4, 5, 7}, false},
		{"constant without the last", []float64{1, 1, 1, 1, 1, 6}, []float64{1, 2, 3, 4, 5, 7}, true},
		{"an outlier", []float64{1, 2, 3, 4, 5, 6}, []float64{2, 3, 4, 5, 6, 1}, true},
		// 0.8, and 0.6 without the last, whose difference in floats is above 0.2.
		{"moves by 0.2", []float64{1, 2, 3, 4, 5}, []float64{2, 1, 4, 3, 5}, false},
		{"a weak one changes sign", counted(24), zigzag(24), true}, // and moves by less than 0.2
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rho, _ := stats.Spearman(test.x, test.y)
			var f fitted
			without, ok := stats.SpearmanDropOne(test.x, test.y)
			if got := f.dropOne(rho, without, ok); got != test.decides {
				t.Errorf("rho %g, from %g to %g: decides %t", rho, f.statistics[dropOneLow], f.statistics[dropOneHigh], got)
			}
		})
	}
}

func counted(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(i)
	}
	return x
}

// zigzag goes ever further above and below the middle in turn.
func zigzag(n int) []float64 {
	x := counted(n)
	for i := range x {
		x[i] *= math.Pow(-1, float64(i+1))
	}
	return x
}
