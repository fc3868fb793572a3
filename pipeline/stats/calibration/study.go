package main

import (
	"context"
	"fmt"
	"math"
	"os"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"firmties/pipeline"
	"firmties/pipeline/intake"
	"firmties/pipeline/stats"
	"firmties/pipeline/study"
	"firmties/pipeline/table"
)

// The layer, metrics and controls that scenarios are made over. The reference
// simulation has the same columns.
const layer = "union"

var (
	metricNames  = []string{"degree_in", "betweenness", "eigenvector"}
	controlNames = []string{"age", "school", "coop", "income"}
)

// firms are those of a study with all values, cluster by cluster.
type firms struct {
	clusters *stats.Clusters
	sizes    []int
	metrics  [][]float64 // as metricNames
	controls [][]float64 // as controlNames
	partners [][]float64 // by cluster the n×n matrix, by rows, of ties in either direction
}

// withoutDraws ends the configuration of a study: no network is held against
// random ones, which scenarios have no use for.
const withoutDraws = "\ncomparisons: {draws: 0}\ndistances: {draws: 0}\ncoupling: {draws: 0}\n"

// readFirms runs the study in a folder through the pipeline and takes from its
// tables what scenarios need.
func readFirms(ctx context.Context, folder string) (*firms, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	config, err := root.ReadFile("study.yaml")
	if err != nil {
		return nil, err
	}
	memory := pipeline.NewMemory()
	source := intake.Source{Config: append(config, withoutDraws...), ConfigName: "study.yaml", Data: root.FS()}
	_, err = pipeline.Run(ctx, pipeline.Config{Source: source, Version: "calibration"},
		func(*study.Study) (pipeline.Sink, error) { return memory, nil })
	if err != nil {
		return nil, fmt.Errorf("run the study in %s: %w", folder, err)
	}
	return newFirms(memory.Get("firm_metrics"), memory.Get("firms"), memory.Get("edges"))
}

// newFirms joins the metrics of the layer with the firms' attributes, and fails
// where a column is not there.
func newFirms(metrics, attributes, edges *table.Table) (*firms, error) {
	attributeRow := map[string]int{}
	for i := range attributes.Len() {
		attributeRow[attributes.Column("firm").Str(i)] = i
	}
	f := &firms{metrics: make([][]float64, len(metricNames)), controls: make([][]float64, len(controlNames))}
	places := map[[2]string]place{} // by cluster and firm
	last := ""
	for i := range metrics.Len() {
		if metrics.Column("layer").Str(i) != layer {
			continue
		}
		firm, cluster := metrics.Column("firm").Str(i), metrics.Column("cluster").Str(i)
		x, err := rowOf(metrics, metricNames, i)
		if err != nil {
			return nil, err
		}
		z, err := rowOf(attributes, controlNames, attributeRow[firm])
		if err != nil {
			return nil, err
		}
		if x == nil || z == nil {
			continue
		}
		if cluster != last {
			f.sizes, last = append(f.sizes, 0), cluster
		}
		g := len(f.sizes) - 1
		places[[2]string{cluster, firm}] = place{g, f.sizes[g]}
		f.sizes[g]++
		appendTo(f.metrics, x)
		appendTo(f.controls, z)
	}
	if len(f.sizes) == 0 {
		return nil, fmt.Errorf("no firm with all values in the layer %s", layer)
	}
	f.clusters = stats.NewClusters(f.sizes...)
	f.tie(edges, places)
	return f, nil
}

func appendTo(columns [][]float64, row []float64) {
	for j, v := range row {
		columns[j] = append(columns[j], v)
	}
}

// rowOf returns the values of some columns in a row, and nil where one is null.
func rowOf(t *table.Table, names []string, row int) ([]float64, error) {
	values := make([]float64, len(names))
	complete := true
	for j, name := range names {
		v := t.Column(name)
		if v == nil {
			return nil, fmt.Errorf("the table %s has no column %s", t.Schema.Name, name)
		}
		x, ok := v.Float(row)
		values[j], complete = x, complete && ok
	}
	if !complete {
		return nil, nil
	}
	return values, nil
}

// A place is that of a firm: its cluster, and its row there.
type place struct{ cluster, row int }

// tie fills in who is a partner of whom.
func (f *firms) tie(edges *table.Table, places map[[2]string]place) {
	for _, n := range f.sizes {
		f.partners = append(f.partners, make([]float64, n*n))
	}
	for i := range edges.Len() {
		if edges.Column("layer").Str(i) != layer {
			continue
		}
		cluster := edges.Column("cluster").Str(i)
		from, okFrom := places[[2]string{cluster, edges.Column("source").Str(i)}]
		to, okTo := places[[2]string{cluster, edges.Column("target").Str(i)}]
		if okFrom && okTo {
			matrix, n := f.partners[from.cluster], f.sizes[from.cluster]
			matrix[from.row*n+to.row], matrix[to.row*n+from.row] = 1, 1
		}
	}
}

// inWithinSD returns a metric in units of its standard deviation inside
// clusters, one for all of them.
func (f *firms) inWithinSD(x []float64) []float64 {
	spare := float64(f.clusters.Rows() - f.clusters.Len())
	sd := floats.Norm(stats.CentreWithin(x, f.clusters), 2) / math.Sqrt(spare)
	out := make([]float64, len(x))
	return floats.ScaleTo(out, 1/sd, x)
}

// networkShare is the share of its partners' mean error that a firm's own
// takes over in scenarios with errors along ties.
const networkShare = 0.4

// spill factorises I - ρW of every cluster, W the partners' mean.
func (f *firms) spill() []*mat.LU {
	out := make([]*mat.LU, len(f.sizes))
	for g, n := range f.sizes {
		left := mat.NewDense(n, n, nil)
		for i := range n {
			row := f.partners[g][i*n : (i+1)*n]
			partners := max(1, floats.Sum(row))
			for j, a := range row {
				left.Set(i, j, -networkShare*a/partners)
			}
			left.Set(i, i, left.At(i, i)+1)
		}
		out[g] = new(mat.LU)
		out[g].Factorize(left)
	}
	return out
}
