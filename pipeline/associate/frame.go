package associate

import (
	"slices"
	"sync"

	"firmties/pipeline/stats"
	"firmties/pipeline/table"
)

// frame is the input with its tables joined: for every firm and cluster of the
// study, in key order, the rows that hold its values. But for weights drawn
// once for all it does not change once made, so fits share it.
type frame struct {
	in       *Input
	clusters []string // ids, by row of Clusters
	firms    []int    // rows of Firms that are firms of the study
	cluster  []int    // by firm: row of its cluster in Clusters
	// By layer: rows of FirmMetrics by firm, and of ClusterMetrics by cluster;
	// -1 where there is none.
	firmRows    map[string][]int
	clusterRows map[string][]int
	events      map[string][]float64       // by affiliation: number of events of each firm
	eventsOf    map[string][][]string      // likewise: the events
	ties        map[string]map[[2]int]bool // by layer: pairs of firms

	mutex sync.Mutex
	wild  map[[2]int]*stats.WildWeights // by number of clusters and of draws
}

type firmKey struct{ cluster, firm string }

func newFrame(in *Input) *frame {
	f := &frame{in: in, wild: map[[2]int]*stats.WildWeights{}}
	at := map[string]int{}
	ids := in.Clusters.Column("cluster")
	for row := range in.Clusters.Len() {
		at[ids.Str(row)] = row
		f.clusters = append(f.clusters, ids.Str(row))
	}
	cluster, outside := in.Firms.Column("cluster"), in.Firms.Column("outside")
	for row := range in.Firms.Len() {
		if out, _ := outside.Bool(row); !out {
			f.firms = append(f.firms, row)
			f.cluster = append(f.cluster, at[cluster.Str(row)])
		}
	}
	firmAt := f.firmIndex()
	f.joinFirmMetrics(firmAt)
	f.joinClusterMetrics(at)
	f.countEvents(firmAt)
	f.joinEdges(firmAt)
	return f
}

func (f *frame) firmIndex() map[firmKey]int {
	at := make(map[firmKey]int, len(f.firms))
	names := f.in.Firms.Column("firm")
	for i, row := range f.firms {
		at[firmKey{f.clusters[f.cluster[i]], names.Str(row)}] = i
	}
	return at
}

// countEvents counts the events of each firm, by affiliation.
func (f *frame) countEvents(at map[firmKey]int) {
	f.events, f.eventsOf = map[string][]float64{}, map[string][][]string{}
	t := f.in.Affiliations
	if t == nil {
		return
	}
	cluster, affiliation, firm, event := t.Column("cluster"), t.Column("affiliation"), t.Column("firm"), t.Column("event")
	for row := range t.Len() {
		i, ok := at[firmKey{cluster.Str(row), firm.Str(row)}]
		if !ok {
			continue
		}
		name := affiliation.Str(row)
		if f.events[name] == nil {
			f.events[name], f.eventsOf[name] = make([]float64, len(f.firms)), make([][]string, len(f.firms))
		}
		f.events[name][i]++
		f.eventsOf[name][i] = append(f.eventsOf[name][i], event.Str(row))
	}
}

// joinEdges notes the ties of the layers that NeedsEdges lists.
func (f *frame) joinEdges(at map[firmKey]int) {
	f.ties = map[string]map[[2]int]bool{}
	t := f.in.Edges
	if t == nil {
		return
	}
	cluster, layer := t.Column("cluster"), t.Column("layer")
	source, target := t.Column("source"), t.Column("target")
	for row := range t.Len() {
		c, name := cluster.Str(row), layer.Str(row)
		if f.ties[name] == nil {
			f.ties[name] = map[[2]int]bool{}
		}
		i, here := at[firmKey{c, source.Str(row)}]
		j, there := at[firmKey{c, target.Str(row)}]
		if here && there {
			f.ties[name][[2]int{i, j}] = true
		}
	}
}

// directed reports whether the ties of a layer have a direction.
func (f *frame) directed(layer string) bool {
	return slices.ContainsFunc(f.in.Layers, func(l Layer) bool { return l.Name == layer && l.Directed })
}

func (f *frame) joinFirmMetrics(at map[firmKey]int) {
	f.firmRows = f.rowsByLayer(len(f.firms))
	t := f.in.FirmMetrics
	cluster, layer, firm := t.Column("cluster"), t.Column("layer"), t.Column("firm")
	for row := range t.Len() {
		rows, known := f.firmRows[layer.Str(row)]
		if i, ok := at[firmKey{cluster.Str(row), firm.Str(row)}]; ok && known {
			rows[i] = row
		}
	}
}

func (f *frame) joinClusterMetrics(at map[string]int) {
	f.clusterRows = f.rowsByLayer(len(f.clusters))
	t := f.in.ClusterMetrics
	cluster, layer := t.Column("cluster"), t.Column("layer")
	for row := range t.Len() {
		rows, known := f.clusterRows[layer.Str(row)]
		if c, ok := at[cluster.Str(row)]; ok && known {
			rows[c] = row
		}
	}
}

// measured reports whether the metric of a fit was computed.
func (f *frame) measured(m *fit) bool {
	t := f.in.FirmMetrics
	if is, computed := f.derived(m.metric); is {
		return computed
	}
	if m.model.Metrics == clusterLevel {
		t = f.in.ClusterMetrics
	}
	return t.Column(m.metric) != nil
}

func (f *frame) rowsByLayer(n int) map[string][]int {
	byLayer := make(map[string][]int, len(f.in.Layers))
	for _, l := range f.in.Layers {
		rows := make([]int, n)
		for i := range rows {
			rows[i] = -1
		}
		byLayer[l.Name] = rows
	}
	return byLayer
}

// numbers returns a column of numbers at the given rows; a row below 0, a null
// and a missing column have none. NaN is not used: absent values are not ok.
func numbers(t *table.Table, column string, rows []int) []value {
	out := make([]value, len(rows))
	v := t.Column(column)
	if v == nil || v.Kind() != table.Number && v.Kind() != table.Count {
		return out
	}
	for i, row := range rows {
		if row >= 0 {
			out[i].x, out[i].ok = v.Float(row)
		}
	}
	return out
}

// clusterOutcome is an outcome by cluster: a firm outcome is the mean over the
// cluster's firms that have it.
func (f *frame) clusterOutcome(o Outcome) []value {
	if o.Level == clusterLevel {
		return f.clusterColumn(o.Name)
	}
	means := make([]value, len(f.clusters))
	counts := make([]int, len(f.clusters))
	for i, v := range numbers(f.in.Firms, o.Name, f.firms) {
		if v.ok {
			means[f.cluster[i]].x += v.x
			counts[f.cluster[i]]++
		}
	}
	for c, n := range counts {
		if n > 0 {
			means[c] = some(means[c].x / float64(n))
		}
	}
	return means
}

// networkCaveats are those of the networks that a fit uses, whatever the model.
func (f *frame) networkCaveats(layer string, clusters []int) caveatSet {
	set := caveatSet{}
	rows, ok := f.clusterRows[layer]
	if !ok { // what the fit is about is of no layer
		return set
	}
	observed := numbers(f.in.ClusterMetrics, "observed", rows)
	for _, c := range clusters {
		if observed[c].ok && observed[c].x < 0.8 {
			set[partlyObserved] = true
		}
		if f.in.LimitReached[[2]string{f.clusters[c], layer}] {
			set[limitReached] = true
		}
	}
	return set
}

func anyValue(values []value) bool {
	for _, v := range values {
		if v.ok {
			return true
		}
	}
	return false
}
