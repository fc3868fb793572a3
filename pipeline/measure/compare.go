package measure

import (
	"fmt"
	"math"
	"slices"

	"firmties/graphs/metrics"
	"firmties/graphs/null"
	"firmties/pipeline/networks"
	"firmties/pipeline/seed"
	"firmties/pipeline/study"
)

// Comparisons are made, where the study does not ask for them, in studies of up
// to comparedClusters clusters and networks of up to comparedFirms firms.
const (
	defaultDraws     = 1000
	comparedClusters = 200
	comparedFirms    = 500
	bootstrapDraws   = 199
)

// tolerance is how far apart, relative to them, two values that are equal may be
// computed.
const tolerance = 1e-10

// comparedByDefault are the metrics of cohesion that are compared where the
// study does not say.
func comparedByDefault() []string {
	return []string{"reciprocity", "transitivity", "clustering_mean", "connectedness", "global_efficiency", "centralization_degree", "centralization_degree_in"}
}

// Comparable lists the metrics that can be compared with random networks: those
// of a network's ties alone, without strengths and attributes.
func Comparable() []string {
	var names []string
	for _, m := range metrics.Catalogue {
		if m.Level == metrics.Cluster && m.Param == metrics.NoParam && m.Family != metrics.Layers && (m.Applies == metrics.Any || m.Applies == metrics.Directed || m.Applies == metrics.Projected) {
			names = append(names, m.Name)
		}
	}
	return names
}

// comparison is what is compared with what.
type comparison struct {
	draws      int
	metrics    []metrics.Metric
	references []null.Reference // nil: those of the layer's kind
	layers     []bool           // by layer
	largest    int              // firms of a network
}

// newComparison reads the study's choice. Draws of 0 compares nothing.
func newComparison(s *study.Study) comparison {
	c := comparison{draws: defaultDraws, largest: comparedFirms, layers: make([]bool, len(s.Layers))}
	asked := s.Comparisons
	if len(s.Clusters) > comparedClusters {
		c.draws = 0
	}
	if asked.Declared {
		c.draws, c.largest = asked.Draws, null.Largest
	}
	names := asked.Metrics
	if names == nil {
		names = comparedByDefault()
	}
	for _, m := range metrics.Catalogue {
		if m.Level == metrics.Cluster && slices.Contains(names, m.Name) {
			c.metrics = append(c.metrics, m)
		}
	}
	for _, r := range null.References() {
		if slices.Contains(asked.References, string(r)) {
			c.references = append(c.references, r)
		}
	}
	for i := range s.Layers {
		c.layers[i] = asked.Layers == nil || slices.Contains(asked.Layers, s.Layers[i].Name)
	}
	return c
}

// Draws tells whether networks are drawn at all.
func (p *Plan) Draws() bool { return p.compared.draws > 0 }

// DefaultComparisonDraws is how many networks are drawn where the study asks
// for comparisons and does not say.
const DefaultComparisonDraws = defaultDraws

// ComparisonChoice says in words what of the study's networks is compared.
func ComparisonChoice(s *study.Study) string {
	c := newComparison(s)
	switch {
	case c.draws == 0 && !s.Comparisons.Declared:
		return fmt.Sprintf("none: more than %d clusters (`comparisons:` asks for them)", comparedClusters)
	case c.draws == 0:
		return "none"
	}
	return fmt.Sprintf("%d metrics against %d random networks of each reference", len(c.metrics), c.draws)
}

// of lists the references for a network: those asked for that serve it, or by
// default size and density, degrees, and where each may name so many the
// numbers named; for a projection its events.
func (c *comparison) of(net *networks.Network, limited bool) []null.Reference {
	list := c.references
	if list == nil {
		list = []null.Reference{null.SizeDensity, null.DegreeSequence, null.TwoMode}
		if limited {
			list = append(list, null.OutDegree)
		}
	}
	return slices.DeleteFunc(slices.Clone(list), func(r null.Reference) bool { return !r.Serves(net.Graph.IsDirected(), net.Events != nil) })
}

// Compared is a metric of one network against a reference. NaN is missing.
type Compared struct {
	Cluster, Layer int32
	Metric         string
	Reference      null.Reference

	Value, Expected, SD, Z  float64
	Effect                  float64
	EffectKind              string
	Percentile, P           float64
	Draws                   int
	Reason                  string
	EffectLow, EffectHigh   float64
	Rank, RankLow, RankHigh float64 // among the clusters, filled in once all are known
	RhoWithN                float64
	Resampled               []float64 // the effect in networks of firms drawn from this one's
}

// comparer compares one network after another; one goroutine may use it.
type comparer struct {
	plan     *Plan
	runner   *metrics.Runner
	ensemble null.Ensemble
	boot     null.Bootstrap
	drawn    [][]float64 // by metric, its values in the networks drawn
	resample [][]float64 // by metric, its values in those of firms drawn, NaN where undefined
	rows     []Compared
}

func newComparer(p *Plan) *comparer {
	n := len(p.compared.metrics)
	return &comparer{plan: p, runner: metrics.NewRunner(p.compared.metrics), drawn: make([][]float64, n), resample: make([][]float64, n)}
}

// network compares a network of cluster c.
func (k *comparer) network(c int32, net *networks.Network) {
	p := &k.plan.compared
	if p.draws == 0 || !p.layers[net.Layer] || k.plan.study.Layers[net.Layer].Backbone != "" {
		return
	}
	s := k.plan.study
	references := p.of(net, limited(s, net.Layer))
	if len(references) == 0 {
		return
	}
	parts := []string{s.Clusters[c].ID, s.Layers[net.Layer].Name}
	observed := slices.Clone(k.measure(c, net))
	small := net.Graph.N() <= p.largest
	if small {
		k.resampled(net, parts)
	}
	for _, r := range references {
		if small {
			k.draw(net, r, parts)
		}
		for i := range p.metrics {
			row := Compared{Cluster: c, Layer: int32(net.Layer), Metric: p.metrics[i].Name, Reference: r}
			row.clear()
			switch {
			case observed[i].reason != metrics.Defined:
				row.Reason = observed[i].reason.String()
			case !small:
				row.Value, row.Reason = observed[i].value, metrics.TooLarge.String()
			case fixedBy(r, p.metrics[i].Name, net.Graph.IsDirected()):
				row.Value, row.Reason = observed[i].value, "fixed_by_reference"
			default:
				row.Value = observed[i].value
				row.judge(k.drawn[i], &p.metrics[i])
				row.interval(k.resample[i], &p.metrics[i])
			}
			k.rows = append(k.rows, row)
		}
	}
}

// limited tells whether a relation of the layer was asked about with a limit.
func limited(s *study.Study, layer int) bool {
	l := &s.Layers[layer]
	if l.Kind == study.OfProjection {
		return false
	}
	return slices.ContainsFunc(l.Members, func(i int) bool {
		return slices.ContainsFunc(s.Relations[i].Sections, func(x study.Section) bool { return x.Asked.Limit > 0 })
	})
}

// outcome is a metric of a network.
type outcome struct {
	value  float64
	reason metrics.Reason
}

// measure computes the metrics with every pair taken as observed, as it is in
// the networks drawn.
func (k *comparer) measure(c int32, net *networks.Network) []outcome {
	s := k.plan.study
	in := metrics.Input{Graph: net.Graph, Observed: metrics.AllObserved(net.Graph), Events: net.Events,
		Key: seed.Key(s.Seed, "metrics", []string{s.Clusters[c].ID, s.Layers[net.Layer].Name}, 0)}
	var out []outcome
	for _, column := range k.runner.Run(in) {
		out = append(out, outcome{column.Values[0], column.Whole})
	}
	return out
}

// draw fills in the metrics of the networks drawn, leaving out those in which
// one is undefined.
func (k *comparer) draw(net *networks.Network, r null.Reference, parts []string) {
	if r == null.TwoMode {
		k.ensemble.OfEvents(net.Events)
	} else {
		k.ensemble.Of(net.Graph, r)
	}
	for i := range k.drawn {
		k.drawn[i] = k.drawn[i][:0]
	}
	streams := seed.Draws(k.plan.study.Seed, "comparison", append([]string{string(r)}, parts...)...)
	for draw := range k.plan.compared.draws {
		g := k.ensemble.Draw(streams(draw))
		in := metrics.Input{Graph: g, Observed: metrics.AllObserved(g)}
		if r == null.TwoMode {
			in.Events = k.ensemble.Incidence()
		}
		for i, column := range k.runner.Run(in) {
			if column.Whole == metrics.Defined {
				k.drawn[i] = append(k.drawn[i], column.Values[0])
			}
		}
	}
}

// resampled fills in the metrics of networks of firms drawn from this one's.
func (k *comparer) resampled(net *networks.Network, parts []string) {
	k.boot.Of(net.Graph)
	streams := seed.Draws(k.plan.study.Seed, "vertex_bootstrap", parts...)
	for i := range k.resample {
		k.resample[i] = k.resample[i][:0]
	}
	for draw := range bootstrapDraws {
		g := k.boot.Draw(streams(draw))
		for i, column := range k.runner.Run(metrics.Input{Graph: g, Observed: metrics.AllObserved(g)}) {
			x := column.Values[0]
			if column.Whole != metrics.Defined {
				x = math.NaN()
			}
			k.resample[i] = append(k.resample[i], x)
		}
	}
}

func (k *comparer) take() []Compared {
	rows := k.rows
	k.rows = nil
	return rows
}

// fixedBy tells whether a metric is the same in all networks of a reference.
func fixedBy(r null.Reference, metric string, directed bool) bool {
	if slices.Contains([]string{"firms", "ties", "density"}, metric) {
		return r != null.TwoMode || metric == "firms"
	}
	partners := []string{"degree_mean", "ties_undirected", "density_undirected"} // pairs tied, either way
	degrees := []string{"degree_max", "isolates", "degree_skewness", "degree_gini", "degree_entropy", "degree_hierarchy", "centralization_degree"}
	switch r {
	case null.SizeDensity:
		return !directed && slices.Contains(partners, metric)
	case null.DyadCensus:
		dyads := []string{"dyads_mutual", "dyads_asymmetric", "dyads_null", "reciprocity", "reciprocity_dyad", "reciprocity_rho"}
		return slices.Contains(partners, metric) || slices.Contains(dyads, metric)
	case null.DegreeSequence:
		if !directed {
			return slices.Contains(partners, metric) || slices.Contains(degrees, metric)
		}
		arcs := []string{"degree_in_sd", "degree_in_max", "degree_in_skewness", "degree_in_gini", "isolates", "centralization_degree_in", "centralization_degree_out", "centralization_degree_total"}
		return slices.Contains(arcs, metric)
	case null.OutDegree:
		return metric == "centralization_degree_out"
	default:
		return metric == "two_mode_density" || metric == "two_mode_common_share"
	}
}
