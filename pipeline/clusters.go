package pipeline

import (
	"context"
	"slices"

	"firmties/pipeline/diag"
	"firmties/pipeline/measure"
	"firmties/pipeline/networks"
	"firmties/pipeline/reconcile"
	"firmties/pipeline/study"
	"firmties/pipeline/table"
)

// Clusters are worked on in blocks, so that a study of a million small ones
// does not pass a million tables around. The blocks are cut by the data alone.
const (
	blockClusters = 64
	blockFirms    = 4096
)

// block is a range of clusters.
type block struct{ from, to int }

func (st *clusterStage) blocks() []block {
	var list []block
	firms, from := int64(0), 0
	clusters := st.run.study.Clusters
	for c := range clusters {
		firms += st.weight(c)
		if c+1-from == blockClusters || firms >= blockFirms || c+1 == len(clusters) {
			list = append(list, block{from, c + 1})
			firms, from = 0, c+1
		}
	}
	return list
}

// weight is how many firms a cluster counts for: where all pairs of firms are
// wanted, more the larger it is.
func (st *clusterStage) weight(c int) int64 {
	n := int64(st.run.study.Clusters[c].Firms)
	switch {
	case st.plan.Draws():
		return blockFirms // its networks are drawn a thousand times: each cluster is a block
	case st.run.study.AllPairs:
		return n + n*n/16
	}
	return n
}

// worked is what a block of clusters comes to.
type worked struct {
	ties, reports, edges *table.Table
	metrics              measure.Tables
	tieCount             []int64 // by relation
	limited              []limited
	findings             diag.List
}

// limited is a network whose respondents named as many as they were allowed.
type limited struct{ cluster, layer int32 }

// measured is what the statistics need of the clusters' networks: the columns
// that models name.
type measured struct {
	firm, cluster *table.Table
	edges         *table.Table // of the layers that models of pairs name
	coupling      *table.Table
	compared      []measure.Compared
	signatures    []measure.Signatures
	limited       []limited
}

// clusterStage is the part of a run that goes cluster by cluster.
type clusterStage struct {
	run       *run
	plan      *measure.Plan
	reconcile *reconcile.Tables
	networks  *networks.Tables

	ties, reports, edges, undefined *stream
	measured                        []*stream // in the order of the plan's schemas

	modelled                    bool // a model looks at firms
	firmColumns, clusterColumns []string
	edgeLayers                  []string
	undefinedOfFirms            [][]measure.Undefined // by block; the table has those of networks first
	out                         measured
}

// clusters runs reconcile, networks and measure on every cluster.
func (r *run) clusters(ctx context.Context) (*measured, error) {
	st := &clusterStage{
		run: r, plan: measure.NewPlan(r.study, r.levels),
		reconcile: reconcile.NewTables(r.study), networks: networks.NewTables(r.study),
	}
	if len(r.study.Clusters) < r.cfg.Workers {
		st.plan.Workers = r.cfg.Workers
	}
	st.keep()
	if err := st.open(ctx); err != nil {
		return nil, err
	}
	blocks := st.blocks()
	err := inOrder(ctx, len(blocks), r.cfg.Workers, st.plan.NewWorker,
		func(w *measure.Worker, i int) *worked { return st.work(w, blocks[i]) },
		func(i int, b *worked) error {
			r.progress("clusters", blocks[i].to, len(r.study.Clusters))
			return st.deliver(b)
		})
	if err != nil {
		return nil, err
	}
	if err := st.close(); err != nil {
		return nil, err
	}
	r.clock.stage("clusters")
	return &st.out, nil
}

func (st *clusterStage) open(ctx context.Context) error {
	tieSchema, reportSchema := st.reconcile.Schemas()
	for _, o := range []struct {
		to     **stream
		schema *table.Schema
	}{
		{&st.ties, tieSchema}, {&st.reports, reportSchema}, {&st.edges, st.networks.Edges},
		{&st.undefined, st.plan.Undefined},
	} {
		var err error
		if *o.to, err = st.run.open(ctx, o.schema); err != nil {
			return err
		}
	}
	for _, schema := range st.plan.Schemas() {
		s, err := st.run.open(ctx, schema)
		if err != nil {
			return err
		}
		st.measured = append(st.measured, s)
	}
	return st.reports.write(st.reconcile.Reports(-1, 0)) // of no known cluster: null comes first
}

// work does one block; it runs on many goroutines at once.
func (st *clusterStage) work(w *measure.Worker, b block) *worked {
	s := st.run.study
	out := &worked{tieCount: make([]int64, len(s.Relations))}
	relations, nets := make([][]study.Reconciled, b.to-b.from), make([][]networks.Network, b.to-b.from)
	for k := range relations {
		c := b.from + k
		var found diag.List
		relations[k], found = reconcile.Cluster(s, c)
		out.findings.Merge(found)
		for i := range relations[k] {
			out.tieCount[relations[k][i].Relation] += int64(len(relations[k][i].Ties))
		}
		nets[k] = networks.Build(s, c, relations[k])
		w.Add(c, nets[k])
		for i := range nets[k] {
			if nets[k][i].LimitReached {
				out.limited = append(out.limited, limited{int32(c), int32(nets[k][i].Layer)})
			}
		}
	}
	out.ties = st.reconcile.Ties(b.from, relations)
	out.reports = st.reconcile.Reports(b.from, b.to)
	out.edges = st.networks.EdgesOf(b.from, nets)
	out.metrics = w.Take()
	return out
}

// deliver takes the blocks in cluster order.
func (st *clusterStage) deliver(b *worked) error {
	for _, p := range []struct {
		to    *stream
		piece *table.Table
	}{
		{st.ties, b.ties}, {st.reports, b.reports}, {st.edges, b.edges},
		{st.undefined, st.plan.UndefinedTable(b.metrics.OfNetworks)},
	} {
		if err := p.to.write(p.piece); err != nil {
			return err
		}
	}
	for i, piece := range b.metrics.All() {
		if err := st.measured[i].write(piece); err != nil {
			return err
		}
	}
	st.undefinedOfFirms = append(st.undefinedOfFirms, b.metrics.OfFirms)
	if st.modelled {
		st.out.firm.Append(b.metrics.Firm.Select(st.firmColumns...))
	}
	st.out.cluster.Append(b.metrics.Cluster.Select(st.clusterColumns...))
	st.keepEdges(b.edges)
	st.out.limited = append(st.out.limited, b.limited...)
	st.out.coupling.Append(b.metrics.Coupling)
	st.out.signatures = append(st.out.signatures, b.metrics.Signatures...)
	st.out.compared = append(st.out.compared, b.metrics.Compared...)
	for i, n := range b.tieCount {
		st.run.ties[i] += n
	}
	st.run.findings.Merge(b.findings)
	return nil
}

// keepEdges keeps the ties of the layers that models of pairs name.
func (st *clusterStage) keepEdges(edges *table.Table) {
	if len(st.edgeLayers) == 0 {
		return
	}
	var rows []int
	layer := edges.Column("layer")
	for row := range edges.Len() {
		if slices.Contains(st.edgeLayers, layer.Str(row)) {
			rows = append(rows, row)
		}
	}
	st.out.edges.Append(edges.Rows(rows))
}

func (st *clusterStage) close() error {
	for _, rows := range st.undefinedOfFirms {
		if err := st.undefined.write(st.plan.UndefinedTable(rows)); err != nil {
			return err
		}
	}
	for _, s := range append([]*stream{st.ties, st.reports, st.edges, st.undefined}, st.measured...) {
		s.end()
	}
	return nil
}

// reconcileAll is the cluster stage of a check: reconcile alone.
func (r *run) reconcileAll(ctx context.Context) error {
	type part struct {
		ties     []int64
		findings diag.List
	}
	return inOrder(ctx, len(r.study.Clusters), r.cfg.Workers, func() struct{} { return struct{}{} },
		func(_ struct{}, c int) part {
			relations, found := reconcile.Cluster(r.study, c)
			p := part{make([]int64, len(r.study.Relations)), found}
			for i := range relations {
				p.ties[relations[i].Relation] += int64(len(relations[i].Ties))
			}
			return p
		},
		func(c int, p part) error {
			r.progress("clusters", c+1, len(r.study.Clusters))
			for i, n := range p.ties {
				r.ties[i] += n
			}
			r.findings.Merge(p.findings)
			return nil
		})
}
