package associate

import (
	"math"
	"slices"

	"firmties/pipeline/table"
)

// clusterSample is what a cluster model is fitted on: the clusters with all
// values.
type clusterSample struct {
	f      *frame
	m      *fit
	used   []int // rows of Clusters
	x, y   []float64
	others [][]float64 // controls
	drops  drops

	noMetric bool // in any network
	texts    bool // a control is in words
}

// clusterSize is the control that stands for a cluster's number of firms.
const clusterSize = "firms"

func newClusterSample(f *frame, m *fit) *clusterSample {
	s := &clusterSample{f: f, m: m, drops: drops{}}
	metric := f.clusterMetric(m.metric, m.layer.Name)
	outcome := f.clusterOutcome(m.outcome)
	s.noMetric = !anyValue(metric)
	controls := make([][]value, len(m.controls))
	for j, name := range m.controls {
		controls[j] = f.clusterColumn(name)
		v := f.in.Clusters.Column(name)
		s.texts = s.texts || v != nil && (v.Kind() == table.Text || v.Kind() == table.Category)
	}
	for c := range f.clusters {
		switch {
		case !outcome[c].ok:
			s.drops[noOutcome]++
		case !metric[c].ok:
			s.drops[noMetric]++
		case slices.ContainsFunc(controls, func(v []value) bool { return !v[c].ok }):
			s.drops[noControl]++
		default:
			s.used = append(s.used, c)
		}
	}
	s.x, s.y = pick(metric, s.used), pick(outcome, s.used)
	for _, v := range controls {
		s.others = append(s.others, pick(v, s.used))
	}
	return s
}

// clusterColumn is a column of Clusters, of numbers.
func (f *frame) clusterColumn(name string) []value {
	rows := make([]int, len(f.clusters))
	for i := range rows {
		rows[i] = i
	}
	return numbers(f.in.Clusters, name, rows)
}

// refusal names why the clusters bear no model; empty where they do.
func (s *clusterSample) refusal() string {
	predictors := 1
	for _, name := range s.m.controls {
		if name != clusterSize {
			predictors++
		}
	}
	switch n := len(s.used); {
	case s.texts:
		return controlsNotServed
	case s.noMetric:
		return metricUndefined
	case !finite(s.y): // the mean of values near the largest number
		return notFinite
	case n < fewestClusters:
		return tooFewClusters
	case predictors > 1 && predictors > n/10:
		return tooManyPredictors
	}
	return ""
}

// unvaried is why there is no correlation: something does not vary, or nothing
// is left of it beside the controls.
func (s *clusterSample) unvaried() string {
	if constant(s.x) || constant(s.y) {
		return noVariation
	}
	return collinear
}

func constant(x []float64) bool { return slices.Min(x) == slices.Max(x) }

// rows returns the sample of some clusters, by their place.
func (s *clusterSample) rows(at []int) *clusterSample {
	out := &clusterSample{f: s.f, m: s.m}
	take := func(x []float64) []float64 {
		part := make([]float64, len(at))
		for k, i := range at {
			part[k] = x[i]
		}
		return part
	}
	out.x, out.y = take(s.x), take(s.y)
	for _, z := range s.others {
		out.others = append(out.others, take(z))
	}
	return out
}

// without returns the sample less one cluster.
func (s *clusterSample) without(i int) *clusterSample {
	var at []int
	for k := range s.x {
		if k != i {
			at = append(at, k)
		}
	}
	return s.rows(at)
}

func (f *frame) firmsIn(clusters []int) int {
	in := make([]bool, len(f.clusters))
	for _, c := range clusters {
		in[c] = true
	}
	n := 0
	for _, c := range f.cluster {
		if in[c] {
			n++
		}
	}
	return n
}

func finite(x []float64) bool {
	for _, v := range x {
		if math.IsInf(v, 0) || math.IsNaN(v) {
			return false
		}
	}
	return true
}
