package report

import (
	"strings"
	"testing"
)

// twoFits are two of one metric and outcome; the first is shown by the mean of
// the clusters' own estimates, .9, where the model says .8.
func twoFits() *Summary {
	s := example()
	lag, other := firmFit("innov", "advice", "degree_in", .9, .0163, .0004, ""), firmFit("innov", "union", "degree_in", .5, .0163, .0004, "")
	delete(other[1], "headline") // what is left is about these clusters
	other[2]["conf_low"], other[2]["conf_high"] = .41, .59
	s.Associations = associationsTable(joined(lag, other)...)
	s.Influence = influenceTable(
		cells{"fit": "m1/innov/advice/degree_in", "term": "degree_in", "cluster": "01", "changes": "size", "estimate": .3, "change": -.5},
		cells{"fit": "m1/innov/union/degree_in", "term": "degree_in", "cluster": "02", "estimate": .6, "change": .1})
	return s
}

// TestMovesFromTheFitsOwnEstimate: what is left out of a fit moves that fit's
// estimate, which need not be the one shown.
func TestMovesFromTheFitsOwnEstimate(t *testing.T) {
	said := strings.Join(strings.Fields(twoFits().Text()), " ")
	for _, want := range []string{
		"degree_in of innov (m1/innov/union/degree_in) from 0.500 to 0.600 without 02; degree_in of innov (m1/innov/advice/degree_in) from 0.800 to 0.300 without 01.",
		"degree_in of innov (m1/innov/advice/degree_in) on cluster 01.",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in\n%s", want, said)
		}
	}
}

// TestIntervalIsOfClustersLikeThese: one that takes firms as independent does
// not stand in its column.
func TestIntervalIsOfClustersLikeThese(t *testing.T) {
	text := twoFits().Text()
	if strings.Contains(text, "0.410") || strings.Contains(text, "0.590") {
		t.Errorf("an interval about these clusters in\n%s", text)
	}
	if !strings.Contains(text, "0.840, 0.960") {
		t.Errorf("no interval about clusters like these in\n%s", text)
	}
}
