package associate

import (
	"cmp"
	"slices"
	"strings"

	"firmties/pipeline/stats"
	"firmties/pipeline/table"
)

const specificationCurve = "specification_curve"

// waysAtMost is how many specifications a curve may have, and drawnAtMost how
// many draws of all of them, which are held until all are there: what all signs
// of 14 clusters come to.
const (
	waysAtMost  = 2000
	drawnAtMost = waysAtMost << 14
)

// curve is the one fit of an entry that asks for a specification curve, out
// of those of its layers and metrics.
func (e *Entry) curve(m *Model, o Outcome, pairs []*fit) *fit {
	scalings := []string{zWithin, raw, rankWithin}
	if e.Scaling != "" {
		scalings = []string{e.Scaling}
	}
	whole := e.fit(m, o, Layer{}, "")
	whole.scaling = ""
	for _, pair := range pairs {
		for _, scaling := range scalings {
			for _, controls := range controlSets(e.Controls) {
				one := *pair
				one.scaling, one.controls = scaling, controls
				whole.curve = append(whole.curve, &one)
			}
		}
	}
	return whole
}

// controlSets lists all controls, none, and all but each one, every set once.
func controlSets(controls []string) [][]string {
	sets := [][]string{controls}
	if len(controls) > 0 {
		sets = append(sets, nil)
	}
	if len(controls) > 1 {
		for i := range controls {
			sets = append(sets, slices.Delete(slices.Clone(controls), i, i+1))
		}
	}
	return sets
}

// specification is a row of `specifications`: one way to ask.
type specification struct {
	curve   *fit
	way     *fit // layer, metric, scaling and controls
	without string
	place   int // in the order of the estimates, from 1; 0: refused
	answer  association
	gate    string

	drawn stats.CurveSpecification
}

// curve fits specification_curve.
func curve(f *frame, m *fit) result {
	c := &curveFit{f: f, m: m, samples: make([]*sample, len(m.curve)), caveats: caveatSet{}}
	for i, way := range m.curve {
		c.samples[i] = newSample(f, way)
		c.clusters = append(c.clusters, c.samples[i].clusters...)
	}
	slices.Sort(c.clusters)
	c.clusters = slices.Compact(c.clusters)
	first := c.samples[0] // of the way that the entry names first
	out := fitted{fit: m, n: len(first.y), nClusters: len(first.sizes), drops: first.drops}
	if len(m.curve)*(1+len(c.clusters)) > waysAtMost || len(c.clusters) > manyClusters {
		return refused(out, tooManyWays)
	}
	if len(c.clusters) == 0 {
		return refused(out, c.gate(0))
	}
	var err error
	if c.weights, err = f.weights(len(c.clusters), m.draws); err != nil {
		return refused(out, tooFewClusters)
	}
	if len(m.curve)*(1+len(c.clusters)) > drawnAtMost/c.weights.Draws() {
		return refused(out, tooManyWays)
	}
	for i := range m.curve {
		c.ask(i)
	}
	rows := c.together(&out)
	if rows == nil {
		out.gate = c.asked[0].gate
	}
	for i := range rows {
		smallest := 1 / float64(1+c.weights.Draws())
		rows[i].caveats = c.caveats.with(pAtResolution, !c.weights.Enumerated() && !exceeds(rows[i].p.x, smallest))
	}
	return result{fitted: out, rows: rows, specifications: c.asked}
}

// curveFit is a specification curve on the way to its rows.
type curveFit struct {
	f        *frame
	m        *fit
	samples  []*sample // by way
	clusters []int     // those of any sample, in order
	weights  *stats.WildWeights
	asked    []specification
	caveats  caveatSet // of the networks and samples of all ways that are not refused
}

// gate names why way i is refused before it is fitted; empty where it is not.
func (c *curveFit) gate(i int) string {
	way := c.m.curve[i]
	if gate := way.gate(c.f); gate != "" {
		return gate
	}
	return c.samples[i].gate(c.f, way)
}

// ask asks in one way of all clusters, and without each.
func (c *curveFit) ask(i int) {
	way, s := c.m.curve[i], c.samples[i]
	if gate := c.gate(i); gate != "" {
		c.asked = append(c.asked, specification{curve: c.m, way: way, gate: gate})
		return
	}
	r := s.regression(c.f, way)
	whole := c.answer(way, r, s.clusters)
	c.asked = append(c.asked, whole)
	if whole.gate != "" {
		return
	}
	c.caveats = c.caveats.join(s.caveats(c.f, way))
	for g, left := range s.clusters {
		without := slices.Delete(slices.Clone(s.clusters), g, g+1)
		one := c.answer(way, r.without(g), without)
		one.without = c.f.clusters[left]
		c.asked = append(c.asked, one)
	}
}

// answer fits one specification, and draws what it would be if there were
// nothing to find.
func (c *curveFit) answer(way *fit, r *regression, clusters []int) specification {
	s := specification{curve: c.m, way: way}
	fit, err := stats.FitFixedEffects(r.y, r.x, r.clusters)
	if err != nil {
		s.gate = gateOf(err)
		return s
	}
	wild, err := fit.WildCluster(0, stats.WCR)
	if err != nil {
		s.gate = gateOf(err)
		return s
	}
	unit := fit.Unit(0)
	s.answer = association{fit: way, estimate: fit.Coef[0] / unit, seType: "CR2", pType: "satterthwaite", nFirms: len(r.y), nClusters: len(clusters)}
	robust := fit.CR2()[0]
	robust.SE /= unit
	s.answer.infer(robust)
	s.drawn = stats.CurveSpecification{Estimate: s.answer.estimate, T: fit.Coef[0] / wild.SE, DF: float64(len(clusters) - 1)}
	s.drawn.DrawnEstimate, s.drawn.DrawnT = wild.Drawn(c.weights.Of(placesIn(c.clusters, clusters)))
	for i := range s.drawn.DrawnEstimate {
		s.drawn.DrawnEstimate[i] /= unit
	}
	return s
}

// placesIn finds the clusters of a fit in a sorted list that holds them.
func placesIn(all, some []int) []int {
	at := make([]int, len(some))
	for k, c := range some {
		at[k], _ = slices.BinarySearch(all, c)
	}
	return at
}

// The terms of a curve's rows.
const (
	curveMedian   = "median"
	curveShare    = "share_significant"
	curveStouffer = "stouffer"
)

// together makes the rows of the curve as a whole, and numbers the ways from
// the lowest estimate on. Nil where no way has an answer.
func (c *curveFit) together(out *fitted) []association {
	var ways []*specification
	for i := range c.asked {
		if c.asked[i].gate == "" {
			ways = append(ways, &c.asked[i])
		}
	}
	if len(ways) == 0 {
		return nil
	}
	slices.SortStableFunc(ways, func(a, b *specification) int { return cmp.Compare(a.answer.estimate, b.answer.estimate) })
	drawn := make([]stats.CurveSpecification, len(ways))
	for i, w := range ways {
		w.place, drawn[i] = i+1, w.drawn
		w.drawn = stats.CurveSpecification{} // they are many
	}
	test := stats.TestCurve(drawn, c.weights.Enumerated())
	out.statistics = map[string]float64{waysFitted: float64(len(ways)), curveLow: test.Low, curveHigh: test.High}
	var rows []association
	for _, line := range []struct {
		term        string
		estimate, p float64
	}{{curveMedian, test.Median, test.MedianP}, {curveShare, test.Share, test.ShareP}, {curveStouffer, test.Stouffer, test.StoufferP}} {
		rows = append(rows, association{fit: c.m, term: line.term, estimand: clustersLikeThese, seType: "none", pType: "wild_cluster",
			estimate: line.estimate, p: some(line.p), draws: c.weights.Draws(), nFirms: out.n, nClusters: out.nClusters})
	}
	return rows
}

var specificationFields = table.Define("specifications",
	"Every way in which a specification curve asks one question, and its answer: read the median and the range, never the best.",
	[]string{"fit", "layer", "metric", "scaling", "controls", "left_out"},
	fitField(func(s *specification) *fit { return s.curve }),
	table.CategoryField(table.Column{Name: "layer", Doc: "the layer whose networks the metric describes", NullWhen: "never", LevelOrder: true},
		func(s *specification) string { return s.way.layer.Name }),
	table.CategoryField(table.Column{Name: "metric", Doc: "the metric, a column of firm_metrics", NullWhen: "never"},
		func(s *specification) string { return s.way.metric }),
	table.CategoryField(table.Column{Name: "scaling", Doc: "how the metric enters", NullWhen: "never", Levels: Scalings()},
		func(s *specification) string { return s.way.scaling }),
	table.TextField(table.Column{Name: "controls", Doc: "what is held constant, joined by `;`", NullWhen: "nothing is"},
		func(s *specification) string { return strings.Join(s.way.controls, ";") }),
	table.CategoryField(table.Column{Name: "left_out", Doc: "the cluster left out", NullWhen: "all clusters are in"},
		func(s *specification) string { return s.without }),
	outcomeField(func(s *specification) *fit { return s.curve }),
	table.FlagField(table.Column{Name: "declared", Doc: "the way that the entry of models: names first: its first layer and metric, all controls, all clusters", NullWhen: "never"},
		func(s *specification) (bool, bool) { return s.way == s.curve.curve[0] && s.without == "", true }),
	table.CountField(table.Column{Name: "place", Doc: "place of the estimate among those of the curve, from the lowest", Range: ">= 1", NullWhen: "refused"},
		func(s *specification) (int64, bool) { return int64(s.place), s.place > 0 }),
	table.NumberField(table.Column{Name: "estimate", Doc: "standard deviations of the outcome per standard deviation of the metric, both inside clusters, by least squares with an effect of every cluster", NullWhen: "refused"},
		func(s *specification) (float64, bool) { return s.answer.estimate, s.gate == "" }),
	table.NumberField(table.Column{Name: "std_error", Doc: "its standard error between clusters (CR2)", Range: "> 0", NullWhen: "refused, or 4 clusters or fewer"},
		func(s *specification) (float64, bool) { return s.answer.stdError.get() }),
	table.NumberField(table.Column{Name: "conf_low", Doc: "lower end of its 95 % interval", NullWhen: "std_error is null, or fewer than 4 Satterthwaite degrees of freedom"},
		func(s *specification) (float64, bool) { return s.answer.low.get() }),
	table.NumberField(table.Column{Name: "conf_high", Doc: "upper end", NullWhen: "conf_low is null"},
		func(s *specification) (float64, bool) { return s.answer.high.get() }),
	table.NumberField(table.Column{Name: "p_value", Doc: "its p (CR2 with Satterthwaite degrees of freedom), of this way alone", Range: "0 to 1", NullWhen: "conf_low is null"},
		func(s *specification) (float64, bool) { return s.answer.p.get() }),
	table.CountField(table.Column{Name: "n_firms", Unit: "firms", Doc: "firms fitted", Range: ">= 0", NullWhen: "never"},
		func(s *specification) (int64, bool) { return int64(s.answer.nFirms), true }),
	table.CountField(table.Column{Name: "n_clusters", Unit: "clusters", Doc: "clusters fitted", Range: ">= 0", NullWhen: "never"},
		func(s *specification) (int64, bool) { return int64(s.answer.nClusters), true }),
	table.CategoryField(table.Column{Name: "gate", Doc: "why it was refused, as in `fits`", NullWhen: "it was fitted", Levels: namesOf(Gates())},
		func(s *specification) string { return s.gate }),
)
