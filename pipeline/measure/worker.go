package measure

import (
	"cmp"
	"slices"
	"strings"

	"firmties/graphs"
	"firmties/graphs/metrics"
	"firmties/pipeline/networks"
	"firmties/pipeline/seed"
	"firmties/pipeline/study"
	"firmties/pipeline/table"
)

// Worker measures one network after another; one goroutine may use it.
type Worker struct {
	plan      *Plan
	runner    *metrics.Runner // the firm metrics, then the cluster metrics
	firm      *table.Table
	cluster   *table.Table
	undefined []Undefined

	groups     [][]int32 // those of the cluster in hand
	attributes [][]float64
	repertoire *graphs.Graph // partners in shared repertoire; nil where the study has no layer of it
}

// Tables are the rows of the clusters measured since the last Take, in the
// order in which they were added.
type Tables struct {
	Firm, Cluster *table.Table
	Undefined     []Undefined
}

// NewWorker returns a worker for the plan.
func (p *Plan) NewWorker() *Worker {
	w := &Worker{plan: p, runner: metrics.NewRunner(slices.Concat(p.firm, p.cluster)),
		groups: make([][]int32, len(p.groups)), attributes: make([][]float64, len(p.attributes))}
	w.start(0, 0)
	return w
}

// start begins new tables, with room for as many rows as the last ones had:
// blocks of clusters are much alike.
func (w *Worker) start(firms, clusters int) {
	w.firm, w.cluster, w.undefined = table.New(w.plan.Firm, firms), table.New(w.plan.Cluster, clusters), nil
}

// Add measures the networks of cluster c.
func (w *Worker) Add(c int, nets []networks.Network) {
	k := &w.plan.study.Clusters[c]
	for i := range w.groups {
		w.groups[i] = w.plan.groups[i][k.FirstFirm : k.FirstFirm+k.Firms]
	}
	for i := range w.attributes {
		w.attributes[i] = w.plan.attributes[i][k.FirstFirm : k.FirstFirm+k.Firms]
	}
	w.repertoire = w.plan.partnersIn(study.SharedRepertoire, nets)
	for i := range nets {
		w.network(int32(c), &nets[i])
	}
}

// Take returns the rows so far and starts anew.
func (w *Worker) Take() Tables {
	t := Tables{w.firm, w.cluster, w.undefined}
	w.start(w.firm.Len(), w.cluster.Len())
	return t
}

func (w *Worker) network(c int32, net *networks.Network) {
	firms := w.plan.study.FirmsOf(int(c))
	columns := w.runner.Run(w.input(c, net))
	for i := range firms {
		w.firm.At(0).AppendCode(c)
		w.firm.At(1).AppendCode(int32(net.Layer))
		w.firm.At(2).AppendStr(firms[i].ID)
	}
	w.cluster.At(0).AppendCode(c)
	w.cluster.At(1).AppendCode(int32(net.Layer))
	appendNumber(w.cluster.At(2), net.Share)

	first := w.plan.study.Clusters[c].FirstFirm
	at := Undefined{Cluster: c, Layer: uint16(net.Layer)}
	for i := range w.plan.firm {
		at.Level, at.Metric = metrics.Firm, uint16(i)
		fill(w.firm.At(3+i), &columns[i])
		w.reasons(at, first, &columns[i])
	}
	for i := range w.plan.cluster {
		column := &columns[len(w.plan.firm)+i]
		at.Level, at.Metric = metrics.Cluster, uint16(i)
		fill(w.cluster.At(3+i), column)
		w.reasons(at, -1, column)
	}
}

// input is a network of cluster c as the metrics read it.
func (w *Worker) input(c int32, net *networks.Network) metrics.Input {
	s := w.plan.study
	in := metrics.Input{
		Graph: net.Graph, Observed: metrics.Observed(net.Observed), Groups: w.groups, Attributes: w.attributes, Events: net.Events, Members: net.Members,
		Expensive: s.Metrics.All,
		Key:       seed.Key(s.Seed, "metrics", []string{s.Clusters[c].ID, s.Layers[net.Layer].Name}, 0),
	}
	if s.Layers[net.Layer].Dimension == study.JointEnterprise {
		in.Repertoire = w.repertoire
	}
	if net.Nominees != nil {
		in.Nominees = (*metrics.Nominees)(net.Nominees)
	}
	return in
}

func fill(v *table.Vector, c *metrics.Column) {
	for i, x := range c.Values {
		if c.Reasons[i] != metrics.Defined {
			v.AppendNull()
		} else {
			v.AppendFloat(x)
		}
	}
}

// reasons records the nulls of a column; first is the index of the network's
// first firm, or -1 for the column of a network.
func (w *Worker) reasons(at Undefined, first int32, c *metrics.Column) {
	if first >= 0 && c.Whole != metrics.Defined {
		at.Firm, at.Reason = -1, c.Whole
		w.undefined = append(w.undefined, at)
		return
	}
	for i, r := range c.Reasons {
		if r == metrics.Defined {
			continue
		}
		at.Firm, at.Reason = -1, r
		if first >= 0 {
			at.Firm = first + int32(i)
		}
		w.undefined = append(w.undefined, at)
	}
}

// UndefinedTable returns the table of all undefined metrics, in key order. The
// rows come in any order and are sorted in place.
func (p *Plan) UndefinedTable(rows []Undefined) *table.Table {
	slices.SortFunc(rows, func(a, b Undefined) int {
		return cmp.Or(
			strings.Compare(a.Level.String(), b.Level.String()),
			cmp.Compare(a.Cluster, b.Cluster),
			cmp.Compare(a.Layer, b.Layer),
			cmp.Compare(a.Firm, b.Firm), // firms are sorted by id, and -1 is null
			strings.Compare(p.list(a.Level)[a.Metric].Name, p.list(b.Level)[b.Metric].Name))
	})
	return p.undefined.Table(rows)
}

func appendNumber(v *table.Vector, number func() (float64, bool)) {
	if x, ok := number(); ok {
		v.AppendFloat(x)
	} else {
		v.AppendNull()
	}
}
