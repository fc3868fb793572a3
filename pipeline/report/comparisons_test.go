package report

import (
	"strings"
	"testing"

	"firmties/pipeline/table"
)

type comparedRow struct {
	cluster, layer, metric, reference string
	effect, rank, low, high, rhoWithN float64
	interval                          bool
}

func comparedTable(rows ...comparedRow) *table.Table {
	number := func(name string, get func(*comparedRow) float64) table.Field[comparedRow] {
		return table.NumberField(table.Column{Name: name}, func(r *comparedRow) (float64, bool) { return get(r), true })
	}
	maybe := func(name string, get func(*comparedRow) float64) table.Field[comparedRow] {
		return table.NumberField(table.Column{Name: name}, func(r *comparedRow) (float64, bool) { return get(r), r.interval })
	}
	return table.Define("comparisons", "", nil,
		table.TextField(table.Column{Name: "cluster"}, func(r *comparedRow) string { return r.cluster }),
		table.TextField(table.Column{Name: "layer"}, func(r *comparedRow) string { return r.layer }),
		table.TextField(table.Column{Name: "metric"}, func(r *comparedRow) string { return r.metric }),
		table.TextField(table.Column{Name: "reference"}, func(r *comparedRow) string { return r.reference }),
		number("effect", func(r *comparedRow) float64 { return r.effect }),
		number("rank", func(r *comparedRow) float64 { return r.rank }),
		number("rho_with_n", func(r *comparedRow) float64 { return r.rhoWithN }),
		maybe("rank_low", func(r *comparedRow) float64 { return r.low }),
		maybe("rank_high", func(r *comparedRow) float64 { return r.high }),
	).In(nil).Table(rows)
}

// TestComparisons: the clusters stand in the order of their rank, in the main
// layer, against the first reference that it has.
func TestComparisons(t *testing.T) {
	s := Summary{MainLayer: "union", Comparisons: comparedTable(
		comparedRow{"A", "union", "transitivity", "degree_sequence", 0.1, 2, 1, 3, 0.25, true},
		comparedRow{"A", "union", "transitivity", "size_density", 0.9, 1, 1, 1, 0, true},
		comparedRow{"B", "union", "transitivity", "degree_sequence", 0.3, 1, 1, 2, 0.25, false},
		comparedRow{"B", "other", "transitivity", "degree_sequence", 0.7, 1, 1, 2, 0.25, true},
	)}
	var p page
	s.comparisons(&p)
	text := p.String()
	b, a := strings.Index(text, "  B  "), strings.Index(text, "  A  ")
	if b < 0 || a < b || strings.Contains(text, "0.9") || strings.Contains(text, "0.7") {
		t.Errorf("order or rows:\n%s", text)
	}
	for _, want := range []string{"Raw values mislead", "2 (1-3)", "against degree_sequence", "number of firms 0.25"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "1 (1-2)") {
		t.Errorf("an interval that is null:\n%s", text)
	}
	s.MainLayer = "none"
	if s.comparisons(&p); p.String() != text {
		t.Error("a section without rows")
	}
}
