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
	plan    *Plan
	runner  *metrics.Runner // the firm metrics, then the cluster metrics
	firm    *table.Table
	cluster *table.Table

	ofNetworks, ofFirms []Undefined
	pairs               pairMeter
	compare             *comparer
	layers              layerMeter
	couple              coupler
	sign                signer

	groups     [][]int32 // those of the cluster in hand
	attributes [][]float64
	repertoire *graphs.Graph // partners in shared repertoire; nil where the study has no layer of it
}

// Tables are the rows of the clusters measured since the last Take, in the
// order in which they were added. The undefined metrics of networks and those
// of firms are apart, each in key order: in the table all of the former come
// first.
type Tables struct {
	Firm, Cluster, Pairs *table.Table
	LayerPairs, Coupling *table.Table
	OfNetworks           []Undefined
	OfFirms              []Undefined
	Compared             []Compared
	Signatures           []Signatures
}

// All lists the tables, in the order of [Plan.Schemas].
func (t *Tables) All() []*table.Table {
	return []*table.Table{t.Firm, t.Cluster, t.Pairs, t.LayerPairs, t.Coupling}
}

// NewWorker returns a worker for the plan.
func (p *Plan) NewWorker() *Worker {
	w := &Worker{plan: p, runner: metrics.NewRunner(slices.Concat(p.firm, p.cluster)), pairs: pairMeter{plan: p}, compare: newComparer(p), layers: layerMeter{plan: p}, couple: coupler{plan: p}, sign: signer{plan: p},
		groups: make([][]int32, len(p.groups)), attributes: make([][]float64, len(p.attributes))}
	w.start(0, 0)
	return w
}

// start begins new tables, with room for as many rows as the last ones had:
// blocks of clusters are much alike.
func (w *Worker) start(firms, clusters int) {
	w.firm, w.cluster = table.New(w.plan.Firm, firms), table.New(w.plan.Cluster, clusters)
	w.ofNetworks, w.ofFirms = nil, nil
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
	w.layers.cluster(int32(c), nets)
	w.couple.measure(int32(c), nets)
	for i := range nets {
		w.network(int32(c), &nets[i])
		w.pairs.network(int32(c), &nets[i])
		w.compare.network(int32(c), &nets[i])
		w.sign.network(int32(c), &nets[i])
	}
}

// Take returns the rows so far and starts anew.
func (w *Worker) Take() Tables {
	t := Tables{w.firm, w.cluster, w.pairs.take(), w.layers.take(), w.couple.take(), w.ofNetworks, w.ofFirms, w.compare.take(), w.sign.take()}
	w.start(w.firm.Len(), w.cluster.Len())
	return t
}

func (w *Worker) network(c int32, net *networks.Network) {
	firms := w.plan.study.FirmsOf(int(c))
	columns := w.runner.Run(w.input(c, net))
	networksBefore := len(w.ofNetworks)
	for i := range firms {
		w.firm.At(0).AppendCode(c)
		w.firm.At(1).AppendCode(int32(net.Layer))
		w.firm.At(2).AppendStr(firms[i].ID)
	}
	w.cluster.At(0).AppendCode(c)
	w.cluster.At(1).AppendCode(int32(net.Layer))
	appendNumber(w.cluster.At(2), net.Share)

	at := Undefined{Cluster: c, Layer: uint16(net.Layer), Firm: -1}
	for i := range w.plan.firm {
		fill(w.firm.At(3+i), &columns[i])
	}
	w.reasonsOfFirms(at, columns[:len(w.plan.firm)])
	at.Level = metrics.Cluster
	for i := range w.plan.cluster {
		column := &columns[len(w.plan.firm)+i]
		fill(w.cluster.At(3+i), column)
		if at.Metric, at.Reason = uint16(i), column.Whole; at.Reason != metrics.Defined {
			w.ofNetworks = append(w.ofNetworks, at)
		}
	}
	w.plan.sort(w.ofNetworks[networksBefore:])
}

// input is a network of cluster c as the metrics read it.
func (w *Worker) input(c int32, net *networks.Network) metrics.Input {
	s := w.plan.study
	in := metrics.Input{
		Graph: net.Graph, Observed: metrics.Observed(net.Observed), Groups: w.groups, Attributes: w.attributes, Events: net.Events, Members: net.Members,
		Expensive: s.Metrics.All, Workers: w.plan.Workers,
		Key: seed.Key(s.Seed, "metrics", []string{s.Clusters[c].ID, s.Layers[net.Layer].Name}, 0),
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

// reasonsOfFirms records the nulls of a network's firm metrics.
func (w *Worker) reasonsOfFirms(at Undefined, columns []metrics.Column) {
	before := len(w.ofFirms)
	first := w.plan.study.Clusters[at.Cluster].FirstFirm
	for i := range columns {
		c := &columns[i]
		at.Metric = uint16(i)
		if c.Whole != metrics.Defined {
			at.Firm, at.Reason = -1, c.Whole
			w.ofFirms = append(w.ofFirms, at)
			continue
		}
		for v, r := range c.Reasons {
			if r != metrics.Defined {
				at.Firm, at.Reason = first+int32(v), r
				w.ofFirms = append(w.ofFirms, at)
			}
		}
	}
	w.plan.sort(w.ofFirms[before:])
}

// sort puts the undefined metrics of one network, of one level, in key order:
// by firm, which are sorted by id and of which -1 is null, then by name.
func (p *Plan) sort(rows []Undefined) {
	if len(rows) == 0 {
		return
	}
	list := p.list(rows[0].Level)
	slices.SortFunc(rows, func(a, b Undefined) int {
		return cmp.Or(cmp.Compare(a.Firm, b.Firm), strings.Compare(list[a.Metric].Name, list[b.Metric].Name))
	})
}

// UndefinedTable returns a piece of the table of undefined metrics.
func (p *Plan) UndefinedTable(rows []Undefined) *table.Table { return p.undefined.Table(rows) }

func appendNumber(v *table.Vector, number func() (float64, bool)) {
	if x, ok := number(); ok {
		v.AppendFloat(x)
	} else {
		v.AppendNull()
	}
}
