package measure

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"firmties/graphs"
	"firmties/graphs/metrics"
	"firmties/pipeline/networks"
	"firmties/pipeline/study"
	"firmties/pipeline/table"
)

// twoClusters is a study of a triangle with an isolate and of a single firm,
// in a directed and an undirected layer.
func twoClusters() (*study.Study, [][]networks.Network) {
	s := &study.Study{
		Clusters: []study.Cluster{{ID: "x", Firms: 4}, {ID: "y", FirstFirm: 4, Firms: 1}},
		Layers:   []study.Layer{{Name: "meets"}, {Name: "advice", Directed: true}},
	}
	for i := range 5 {
		s.Firms = append(s.Firms, study.Firm{ID: fmt.Sprint("f", i), Cluster: int32(i / 4)})
	}
	arcs := []graphs.Arc{{From: 0, To: 1, Strength: 1}, {From: 1, To: 2, Strength: 2}, {From: 0, To: 2, Strength: 1}}
	nets := make([][]networks.Network, 2)
	for layer := range s.Layers {
		directed := s.Layers[layer].Directed
		nets[0] = append(nets[0], network(layer, graphs.New(4, directed, arcs)))
		nets[1] = append(nets[1], network(layer, graphs.New(1, directed, nil)))
	}
	return s, nets
}

func network(layer int, g *graphs.Graph) networks.Network {
	return networks.Network{Layer: layer, Graph: g, Observed: networks.Observed(metrics.AllObserved(g))}
}

func measured(s *study.Study, nets [][]networks.Network) (*Plan, Tables) {
	p := NewPlan(s, table.Levels{"cluster": s.ClusterIDs(), "layer": s.LayerNames()})
	w := p.NewWorker()
	for c := range nets {
		w.Add(c, nets[c])
	}
	return p, w.Take()
}

// TestEveryNullHasItsReason: a cell is null exactly where `undefined` has a
// row for it, or one for all firms of its network.
func TestEveryNullHasItsReason(t *testing.T) {
	p, got := measured(twoClusters())
	undefined := p.UndefinedTable(slices.Concat(got.OfNetworks, got.OfFirms))
	if err := undefined.CheckKey(); err != nil {
		t.Error(err)
	}
	type cell struct{ level, cluster, layer, firm, metric string }
	reasons := map[cell]bool{}
	for r := range undefined.Len() {
		at := func(column string) string { return undefined.Column(column).Str(r) }
		if at("reason") == "" {
			t.Errorf("row %d has no reason", r)
		}
		reasons[cell{at("level"), at("cluster"), at("layer"), at("firm"), at("metric")}] = true
	}
	used := map[cell]bool{}
	for level, tb := range map[string]*table.Table{"firm": got.Firm, "cluster": got.Cluster} {
		if err := tb.CheckKey(); err != nil {
			t.Error(err)
		}
		for r := range tb.Len() {
			for i := 3; i < len(tb.Schema.Columns); i++ {
				one := cell{level, tb.Column("cluster").Str(r), tb.Column("layer").Str(r), "", tb.Schema.Columns[i].Name}
				whole := one
				if level == "firm" {
					one.firm = tb.Column("firm").Str(r)
				}
				if null := tb.At(i).Null(r); null != (reasons[one] || reasons[whole]) {
					t.Errorf("%+v: null %t, reason %t", one, null, !null)
				}
				used[one], used[whole] = true, true
			}
		}
	}
	for c := range reasons {
		if !used[c] {
			t.Errorf("a reason for no cell: %+v", c)
		}
	}
}

// TestValues holds some cells, so that columns cannot be exchanged.
func TestValues(t *testing.T) {
	_, got := measured(twoClusters())
	for _, c := range []struct {
		tb     *table.Table
		row    int
		column string
		want   float64
	}{
		{got.Firm, 1, "degree", 2},     // meets: f1
		{got.Firm, 1, "strength", 3},   // ties of 1 and 2
		{got.Firm, 3, "degree", 0},     // the isolate
		{got.Firm, 4, "degree_out", 2}, // advice: f0
		{got.Cluster, 0, "density", 0.5},
		{got.Cluster, 0, "observed", 1},
		{got.Cluster, 1, "density", 0.25},
		{got.Cluster, 0, "triangles", 1},
		{got.Cluster, 0, "isolates", 1},
	} {
		if x, ok := c.tb.Column(c.column).Float(c.row); !ok || x != c.want {
			t.Errorf("%s of row %d is %v, %t, want %v", c.column, c.row, x, ok, c.want)
		}
	}
	if !got.Cluster.Column("observed").Null(2) {
		t.Error("a cluster of one firm has no pairs, and yet a share of them")
	}
}

// TestPlanTakesTheStudysChoice: the list of the study, and what its models
// name besides.
func TestPlanTakesTheStudysChoice(t *testing.T) {
	s, _ := twoClusters()
	s.Metrics = study.MetricChoice{Firm: []string{"degree"}, Cluster: []string{}}
	s.Models = []study.Model{{OfMetrics: study.AtCluster, Metrics: []string{"density"}}}
	p := NewPlan(s, table.Levels{"cluster": s.ClusterIDs(), "layer": s.LayerNames()})
	if p.Firm.Index("degree") < 0 || p.Firm.Index("core") >= 0 || len(p.Cluster.Columns) != 4 || p.Cluster.Index("density") < 0 {
		t.Errorf("columns %d and %d", len(p.Firm.Columns), len(p.Cluster.Columns))
	}
	s.Metrics.All = true
	p = NewPlan(s, table.Levels{"cluster": s.ClusterIDs(), "layer": s.LayerNames()})
	if n := len(p.Firm.Columns) + len(p.Cluster.Columns); n != len(metrics.Expand(nil, nil))+6 {
		t.Errorf("%d columns with `metrics: all`", n)
	}
}

// TestNeverNullHolds: a column that is said to be never null is not, in a
// network that is too large for the expensive metrics too.
func TestNeverNullHolds(t *testing.T) {
	const n = 1100
	s := &study.Study{Clusters: []study.Cluster{{ID: "x", Firms: n}}, Layers: []study.Layer{{Name: "meets"}}}
	for i := range n {
		s.Firms = append(s.Firms, study.Firm{ID: fmt.Sprintf("f%04d", i)})
	}
	_, got := measured(s, [][]networks.Network{{network(0, ring(n, 1))}})
	tooLarge := 0
	for _, tb := range []*table.Table{got.Firm, got.Cluster} {
		for i, c := range tb.Schema.Columns {
			null := tb.At(i).Null(0)
			if null && c.NullWhen == "never" {
				t.Errorf("%s is null and said to be never", c.Name)
			}
			if null && strings.Contains(c.NullWhen, "metrics: all") {
				tooLarge++
			}
		}
	}
	if tooLarge == 0 {
		t.Error("no metric is too large: the test says nothing")
	}
}

// BenchmarkThousandClusters is measure of 1,000 clusters of 40 firms, tables
// included.
func BenchmarkThousandClusters(b *testing.B) {
	s := &study.Study{Layers: []study.Layer{{Name: "meets"}}, Comparisons: study.Comparisons{Declared: true}}
	var nets []networks.Network
	for c := range 1000 {
		s.Clusters = append(s.Clusters, study.Cluster{ID: fmt.Sprintf("c%04d", c), FirstFirm: int32(40 * c), Firms: 40})
		for i := range 40 {
			s.Firms = append(s.Firms, study.Firm{ID: fmt.Sprintf("c%04df%02d", c, i), Cluster: int32(c)})
		}
		nets = append(nets, network(0, ring(40, c)))
	}
	p := NewPlan(s, table.Levels{"cluster": s.ClusterIDs(), "layer": s.LayerNames()})
	w := p.NewWorker()
	b.ReportAllocs()
	for b.Loop() {
		for c := range nets {
			w.Add(c, nets[c:c+1])
		}
		w.Take()
	}
}

// ring is a ring of n firms with chords that differ from cluster to cluster.
func ring(n, seed int) *graphs.Graph {
	var arcs []graphs.Arc
	for i := range n {
		arcs = append(arcs, graphs.Arc{From: int32(i), To: int32((i + 1) % n), Strength: 1})
		if j := (i*i + seed) % n; (j-i+n)%n > 1 && (i-j+n)%n > 1 && i < j {
			arcs = append(arcs, graphs.Arc{From: int32(i), To: int32(j), Strength: 1})
		}
	}
	return graphs.New(n, false, arcs)
}
