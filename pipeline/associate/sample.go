package associate

import (
	"slices"

	"firmties/pipeline/stats"
	"firmties/pipeline/table"
)

// sample is what a firm model is fitted on: the firms with all values, in
// clusters in which outcome and metric vary.
type sample struct {
	y, x     []float64
	second   []float64 // of a model of complementarity: the metric in the other layer
	firms    []int     // of the frame
	clusters []int     // rows of Clusters, those of the sample
	sizes    []int
	drops    drops

	censored []bool   // by firm of the frame; nil unless the outcome is a time
	entry    []value  // likewise
	exposed  *exposed // nil: no term
}

// newSample drops firms by reason. A firm alone in its cluster, and a cluster
// in which outcome or metric is constant, would be fitted exactly by the
// cluster's effect: they say nothing within clusters, and counting them as
// clusters would flatter the inference.
func newSample(f *frame, m *fit) *sample {
	s := &sample{drops: drops{}}
	s.adoption(f, m.outcome)
	y := numbers(f.in.Firms, m.outcome.Name, f.firms)
	x := numbers(f.in.FirmMetrics, m.metric, f.firmRows[m.layer.Name])
	second := x
	if m.second.Name != "" {
		second = numbers(f.in.FirmMetrics, m.metric, f.firmRows[m.second.Name])
	}
	controlled := hasControls(f, m.controls)
	if m.exposure != "" {
		s.exposed = f.expose(m, y, s.censored)
	}
	var complete []int
	for i := range f.firms {
		switch {
		case !y[i].ok:
			s.drops[noOutcome]++
		case !x[i].ok || !second[i].ok:
			s.drops[noMetric]++
		case !controlled[i]:
			s.drops[noControl]++
		case s.exposed != nil && !s.exposed.known[i]:
			s.drops[noExposure]++
		default:
			complete = append(complete, i)
		}
	}
	for len(complete) > 0 {
		c := f.cluster[complete[0]]
		n := slices.IndexFunc(complete, func(i int) bool { return f.cluster[i] != c })
		if n < 0 {
			n = len(complete)
		}
		s.addCluster(c, complete[:n], y, x, second)
		complete = complete[n:]
	}
	if m.second.Name != "" {
		s.second = pick(second, s.firms)
	}
	return s
}

func (s *sample) addCluster(c int, firms []int, y, x, second []value) {
	if len(firms) == 1 {
		s.drops[loneFirm]++
		return
	}
	outcome, metric := pick(y, firms), pick(x, firms)
	one := stats.NewClusters(len(firms))
	if s.constant(outcome, firms, one) || stats.ConstantWithin(metric, one)[0] || stats.ConstantWithin(pick(second, firms), one)[0] {
		s.drops[constantInCluster] += len(firms)
		return
	}
	s.y, s.x = append(s.y, outcome...), append(s.x, metric...)
	s.firms = append(s.firms, firms...)
	s.clusters = append(s.clusters, c)
	s.sizes = append(s.sizes, len(firms))
}

// constant tells whether the outcome says nothing among the firms of one
// cluster: it is the same for all, or, of a time, nobody adopted.
func (s *sample) constant(outcome []float64, firms []int, one *stats.Clusters) bool {
	if s.censored == nil {
		return stats.ConstantWithin(outcome, one)[0]
	}
	return !slices.ContainsFunc(firms, func(i int) bool { return !s.censored[i] })
}

// adoption notes, for an outcome that is a time, whose time is the end of
// observation, and when each firm came under it.
func (s *sample) adoption(f *frame, o Outcome) {
	if o.Kind != "time" {
		return
	}
	s.censored, s.entry = make([]bool, len(f.firms)), numbers(f.in.Firms, o.Name+"_entry", f.firms)
	if v := f.in.Firms.Column(o.Name + "_censored"); v != nil {
		for i, row := range f.firms {
			s.censored[i], _ = v.Bool(row)
		}
	}
}

// regression is what a model is fitted to.
func (s *sample) regression(f *frame, m *fit) *regression {
	r := &regression{y: s.y, unscaled: s.x, clusters: stats.NewClusters(s.sizes...), names: []string{m.metric}}
	r.x = [][]float64{scaled(m.scaling, s.x, r.clusters)}
	if s.second != nil {
		s.complement(m, r)
	}
	s.expose(r)
	for _, t := range s.controlTerms(f, m) {
		r.x, r.names = append(r.x, t.values), append(r.names, t.name)
	}
	if m.model.Ties != "" {
		r.weights = s.weights(f, m.layer, r.clusters)
	}
	if m.outcome.Of > 0 {
		r.size = make([]float64, len(s.y))
		for i := range r.size {
			r.size[i] = float64(m.outcome.Of)
		}
	}
	if s.censored != nil {
		r.spells = make([]stats.Spell, len(s.y))
		before := slices.Min(s.y) - 1
		for i, k := range s.firms {
			r.spells[i] = stats.Spell{Entry: before, Exit: s.y[i], Event: !s.censored[k]}
			if s.entry[k].ok {
				r.spells[i].Entry = s.entry[k].x
			}
		}
	}
	return r
}

// caveats are those of the networks whose metrics enter, and of an outcome that
// may be made of the events of one.
func (s *sample) caveats(f *frame, m *fit) caveatSet {
	set := f.networkCaveats(m.layer.Name, s.clusters).with(outcomeCountsEvents, s.countsEvents(f, m.layer))
	if m.second.Name == "" {
		return set
	}
	return set.join(f.networkCaveats(m.second.Name, s.clusters)).with(outcomeCountsEvents, s.countsEvents(f, m.second))
}

// countsEvents reports whether the outcome goes so closely with the number of
// events that a firm takes part in, of the affiliation that the layer
// projects, that it may be made of them.
func (s *sample) countsEvents(f *frame, l Layer) bool {
	events := f.events[l.Projection]
	if events == nil {
		return false
	}
	counts := make([]float64, len(s.firms))
	for i, k := range s.firms {
		counts[i] = events[k]
	}
	r, ok := stats.CorrelationWithin(counts, s.y, stats.NewClusters(s.sizes...))
	return ok && exceeds(r, 0.8)
}

func pick(values []value, at []int) []float64 {
	out := make([]float64, len(at))
	for i, k := range at {
		out[i] = values[k].x
	}
	return out
}

// The scalings of a metric in a firm model.
const (
	zWithin    = "z_within"
	raw        = "raw"
	centred    = "centred"
	rankWithin = "rank_within"
	share      = "share"
)

// Scalings lists the scales on which a metric can enter a firm model.
func Scalings() []string { return []string{zWithin, raw, centred, rankWithin, share} }

// scaled returns a metric on the scale of the fit.
func scaled(scaling string, x []float64, c *stats.Clusters) []float64 {
	switch scaling {
	case zWithin:
		return stats.StandardiseWithin(x, c)
	case centred:
		return stats.CentreWithin(x, c)
	case rankWithin:
		return stats.RankWithin(x, c)
	case share:
		return stats.ShareWithin(x, c)
	}
	return x
}

// complement puts the metric in two layers, and in front their product, in the
// place of the one metric: all less their means in the cluster.
func (s *sample) complement(m *fit, r *regression) {
	first := stats.CentreWithin(r.x[0], r.clusters)
	second := stats.CentreWithin(scaled(m.scaling, s.second, r.clusters), r.clusters)
	product := make([]float64, len(first))
	for i := range product {
		product[i] = first[i] * second[i]
	}
	a, b := m.layer.Name, m.second.Name
	r.x, r.names = [][]float64{product, first, second}, []string{a + " x " + b, m.metric + "(" + a + ")", m.metric + "(" + b + ")"}
}

// hasControls tells for every firm whether it has a value of all controls.
func hasControls(f *frame, controls []string) []bool {
	all := make([]bool, len(f.firms))
	for i := range all {
		all[i] = true
	}
	for _, name := range controls {
		v := f.in.Firms.Column(name)
		for i, row := range f.firms {
			all[i] = all[i] && v != nil && !v.Null(row)
		}
	}
	return all
}

// term is a regressor beside the metric.
type term struct {
	name   string
	values []float64
}

// controlTerms are the columns of the controls: a numeric one as it is, one in
// words as a dummy of every level but the first, bytewise, of those that occur
// in the sample.
func (s *sample) controlTerms(f *frame, m *fit) []term {
	var terms []term
	for _, control := range m.controls {
		name := control
		if name == m.metric || m.exposure != "" && (name == exposureTerm || name == noAltersTerm) {
			name += " (attribute)" // the metric's own row bears the plain name
		}
		v := f.in.Firms.Column(control)
		if v.Kind() == table.Number || v.Kind() == table.Count {
			values := numbers(f.in.Firms, control, f.firms)
			terms = append(terms, term{name, pick(values, s.firms)})
			continue
		}
		terms = append(terms, s.dummies(f, name, v)...)
	}
	return terms
}

func (s *sample) dummies(f *frame, name string, v *table.Vector) []term {
	words := make([]string, len(s.firms))
	for i, k := range s.firms {
		words[i] = v.Str(f.firms[k])
	}
	var terms []term
	for _, level := range distinct(words)[1:] {
		dummy := make([]float64, len(words))
		for i, w := range words {
			if w == level {
				dummy[i] = 1
			}
		}
		terms = append(terms, term{name + "=" + level, dummy})
	}
	return terms
}
