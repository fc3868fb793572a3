package measure

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"firmties/graphs/graphtest"
	"firmties/pipeline/networks"
	"firmties/pipeline/study"
	"firmties/pipeline/table"
)

// pairTable is pair_metrics of a study as text, a row each.
func pairTable(t *testing.T, s *study.Study, nets [][]networks.Network) []string {
	t.Helper()
	_, got := measured(s, nets)
	if err := got.Pairs.CheckKey(); err != nil {
		t.Error(err)
	}
	return texts(got.Pairs)
}

// texts are the rows of a table, numbers to four places, "-" for null.
func texts(tb *table.Table) []string {
	var out []string
	for r := range tb.Len() {
		row := ""
		for i := range tb.Schema.Columns {
			v := tb.At(i)
			switch {
			case v.Null(r):
				row += " -"
			case v.Kind() == table.Text || v.Kind() == table.Category:
				row += " " + v.Str(r)
			default:
				x, _ := v.Float(r)
				row += fmt.Sprintf(" %.4g", x)
			}
		}
		out = append(out, row[1:])
	}
	return out
}

// TestPairsOfATie: a triangle with an isolate, without and with direction.
func TestPairsOfATie(t *testing.T) {
	s, nets := twoClusters()
	want := []string{
		"x meets f0 f1 1 1 0 1", "x meets f0 f2 1 1 0 1", "x meets f1 f2 1 1 0 1",
		"x advice f0 f1 1 1 1 1", "x advice f0 f2 1 1 1.732 1", "x advice f1 f2 1 1 1 1",
	}
	if got := pairTable(t, s, nets); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestAllPairs(t *testing.T) {
	s, nets := twoClusters()
	s.AllPairs = true
	got := pairTable(t, s, nets)
	if len(got) != 6+12 || got[2] != "x meets f0 f3 - 0 2 -" || !slices.Contains(got, "x advice f2 f0 - 1 1.732 -") {
		t.Errorf("%d rows: %q", len(got), got)
	}
	path := &study.Study{Clusters: []study.Cluster{{ID: "x", Firms: 4}}, Layers: []study.Layer{{Name: "meets"}}, AllPairs: true}
	for i := range 4 {
		path.Firms = append(path.Firms, study.Firm{ID: fmt.Sprint("f", i)})
	}
	want := []string{"x meets f0 f1 1 0 1.414 3", "x meets f0 f2 2 1 1.414 -", "x meets f0 f3 3 0 2 -",
		"x meets f1 f2 1 0 2 4", "x meets f1 f3 2 1 1.414 -", "x meets f2 f3 1 0 1.414 3"}
	if got := pairTable(t, path, [][]networks.Network{{network(0, graphtest.Path(4))}}); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestPairsOfLargeNetworks: tied pairs alone, and no edge betweenness unless
// all metrics are asked for.
func TestPairsOfLargeNetworks(t *testing.T) {
	for n, rows := range map[int]int{largestAllPairs: largestAllPairs * (largestAllPairs - 1) / 2, largestAllPairs + 1: largestAllPairs, largestEdges + 1: largestEdges} {
		s := &study.Study{Clusters: []study.Cluster{{ID: "x", Firms: int32(n)}}, Layers: []study.Layer{{Name: "meets"}}, AllPairs: true}
		for i := range n {
			s.Firms = append(s.Firms, study.Firm{ID: fmt.Sprintf("f%05d", i)})
		}
		m := pairMeter{plan: NewPlan(s, table.Levels{"cluster": s.ClusterIDs(), "layer": s.LayerNames()})}
		m.network(0, &networks.Network{Graph: graphtest.Star(n)})
		if len(m.rows) != rows {
			t.Errorf("%d firms: %d rows, want %d", n, len(m.rows), rows)
		}
		want := float64(n - 1)
		if n > largestEdges {
			want = -1
		}
		if got := m.rows[0]; got.between != want || math.Abs(got.equivalence-math.Sqrt(2*float64(n-2))) > 1e-9 {
			t.Errorf("%d firms: %+v", n, got)
		}
	}
}

// BenchmarkPairs40 is pair_metrics of the ties of a cluster of 40 firms.
func BenchmarkPairs40(b *testing.B) {
	s := &study.Study{Clusters: []study.Cluster{{ID: "x", Firms: 40}}, Layers: []study.Layer{{Name: "meets"}}}
	m := pairMeter{plan: NewPlan(s, table.Levels{"cluster": s.ClusterIDs(), "layer": s.LayerNames()})}
	net := &networks.Network{Graph: ring(40, 1)}
	for b.Loop() {
		m.network(0, net)
		m.rows = m.rows[:0]
	}
}
