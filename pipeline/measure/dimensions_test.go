package measure

import (
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
	"firmties/pipeline/networks"
	"firmties/pipeline/study"
)

// severalLayers is a study of one cluster of five firms: a union of two
// relations, one layer of joint enterprise, two of shared repertoire.
func severalLayers() (*study.Study, []networks.Network) {
	s := &study.Study{Clusters: []study.Cluster{{ID: "x", Firms: 5}}, Layers: []study.Layer{
		{Name: "union", Kind: study.OfUnion, Dimension: study.Other},
		{Name: "tasks", Dimension: study.JointEnterprise},
		{Name: "tools", Directed: true, Dimension: study.SharedRepertoire},
		{Name: "words", Dimension: study.SharedRepertoire},
	}}
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		s.Firms = append(s.Firms, study.Firm{ID: id})
	}
	union := graphtest.Path(5)
	nets := []networks.Network{
		network(0, union),
		network(1, graphtest.Undirected(5, [2]int{0, 1}, [2]int{0, 2})),
		network(2, graphtest.Directed(5, [2]int{1, 0})),
		network(3, graphtest.Undirected(5, [2]int{0, 3})),
	}
	nets[0].Members = []*graphs.Graph{union, graphtest.Undirected(5, [2]int{0, 1})}
	return s, nets
}

// TestLayersAreCompared holds a value of each metric that needs more than its
// own layer: firm a works with b and c, and shares practices with b and d.
func TestLayersAreCompared(t *testing.T) {
	s, nets := severalLayers()
	_, got := measured(s, [][]networks.Network{nets})
	for _, c := range []struct {
		row    int
		column string
		want   float64
	}{
		{0, "multiplexity", 2}, {1, "multiplexity", 1.5}, {2, "multiplexity", 1}, {0, "layer_participation", 1},
		{5, "coupling_jaccard", 1. / 3}, {5, "coupling_z", 0},
	} {
		if x, ok := got.Firm.Column(c.column).Float(c.row); !ok || x != c.want {
			t.Errorf("%s of row %d is %v, %t, want %v", c.column, c.row, x, ok, c.want)
		}
	}
	if x, ok := got.Cluster.Column("multiplexity").Float(0); !ok || x != 1.25 {
		t.Errorf("multiplexity of the cluster is %v, %t", x, ok)
	}
	for row := range got.Firm.Len() {
		if !got.Firm.Column("coupling_z").Null(row) && row/5 != 1 {
			t.Errorf("row %d: coupling on a layer that is not of joint enterprise", row)
		}
		if !got.Firm.Column("multiplexity").Null(row) && row/5 != 0 {
			t.Errorf("row %d: multiplexity of a layer that is no union", row)
		}
	}
}
