package associate

import (
	"fmt"
	"slices"
	"strings"

	"firmties/pipeline/table"
)

// The levels of outcomes and models.
const (
	firmLevel    = "firm"
	dyadLevel    = "dyad"
	clusterLevel = "cluster"
)

// Levels lists the levels of models.
func Levels() []string { return []string{firmLevel, dyadLevel, clusterLevel} }

// DeclaredDraws is how many permutations an entry draws that does not say.
const DeclaredDraws = 9999

// Entry is one entry of `models:`, or of the default grid: a fit for each of
// its layers and metrics.
type Entry struct {
	Name      string
	Level     string // firm, dyad or cluster
	Model     string // a name of Models; empty: the one for the outcome's kind
	Outcome   string
	Layers    []string
	Metrics   []string
	Pair      Term     // of a dyad model, in place of Outcome
	Terms     []Term   // of a dyad model, in place of layers and metrics
	Controls  []string // attributes of the level
	Scaling   string   // of the metric, at firm level; empty: z_within
	Exposure  string   // of a hazard: a name of Exposures, or empty
	Inference []string // kinds of inference; nil: those that the model makes unasked
	Draws     int      // of resampling; 0: DeclaredDraws
	Family    string   // whose p-values are adjusted together; empty: level and outcome
	Moderator string   // of a meta-analysis: a cluster metric, or firms
	Adjust    string   // how; empty: the best that the family's models offer
}

// Outcome is a declared outcome, a column of Firms or Clusters by its level.
type Outcome struct {
	Name         string
	Level        string
	Kind         string // continuous, count, binary, ordinal or time
	Of           int    // of a count: out of how many; 0: no limit
	ComponentsOf string // the affiliation whose events it counts, or empty
}

// Layer is a declared layer.
type Layer struct {
	Name       string
	Directed   bool
	Projection string // the affiliation it projects, or empty
	Dimension  string // of Communities of Practice
}

// Input is what Run reads. Tables are in key order.
type Input struct {
	Seed     uint64
	Outcomes []Outcome
	Layers   []Layer
	Entries  []Entry

	// Firms and Clusters are the tables of those names: attributes and
	// outcomes are columns. A firm that is outside the study is ignored.
	Firms, Clusters *table.Table
	// FirmMetrics and ClusterMetrics need only the columns that Needs lists,
	// with their keys, and `observed`.
	FirmMetrics, ClusterMetrics *table.Table
	// Comparisons and Coupling are the tables of those names; nil: none.
	Comparisons, Coupling *table.Table
	// Coupled lists the affiliations that coupling is made of.
	Coupled []string
	// Aliases marks the (level, metric) of metrics that are fixed functions of
	// others, which are no regressors.
	Aliases map[[2]string]bool
	// Affiliations is the table of that name: which firm takes part in which
	// event.
	Affiliations *table.Table
	// Edges is the table of that name; of layers that NeedsEdges lists.
	Edges *table.Table
	// LimitReached marks the (cluster, layer) of networks in which a third of
	// the respondents named as many as they were allowed.
	LimitReached map[[2]string]bool

	Workers int // fits worked on at once; below 1: one
}

// fit is one model to be fitted.
type fit struct {
	name      string // entry/outcome/layer/metric
	model     *Model
	outcome   Outcome
	layer     Layer
	second    Layer // of a model of complementarity: the other layer
	metric    string
	pair      Term   // the outcome of a dyad model
	terms     []Term // likewise
	controls  []string
	moderator string
	scaling   string // empty at cluster and dyad level
	exposure  string // empty: none
	inference []string
	draws     int
	family    string
	adjust    string
	curve     []*fit // of a specification curve: the ways to ask, but for samples
}

// plan lists the fits of the entries, in their order.
func plan(in *Input) ([]*fit, error) {
	var fits []*fit
	for i := range in.Entries {
		e := &in.Entries[i]
		if e.Level == dyadLevel {
			f, err := e.dyadFit(in)
			if err != nil {
				return nil, err
			}
			fits = append(fits, f)
			continue
		}
		o, ok := outcomeOf(in.Outcomes, e)
		if !ok {
			return nil, fmt.Errorf("model entry %q: no outcome %q about %ss", e.Name, e.Outcome, e.Level)
		}
		model, ok := e.model(o)
		if !ok {
			return nil, fmt.Errorf("model entry %q: no model %q at level %q", e.Name, e.Model, e.Level)
		}
		if e.Exposure != "" && (model.Name != exposedModel || !model.serves(o)) {
			return nil, fmt.Errorf("model entry %q: exposure is of the %s of a time", e.Name, exposedModel)
		}
		layers, err := e.layers(in)
		if err != nil {
			return nil, err
		}
		fits = append(fits, e.fits(model, o, layers)...)
	}
	return fits, nil
}

// layers finds the layers that an entry names; none is one without a name.
func (e *Entry) layers(in *Input) ([]Layer, error) {
	if len(e.Layers) == 0 {
		return []Layer{{}}, nil
	}
	var layers []Layer
	for _, name := range e.Layers {
		l := slices.IndexFunc(in.Layers, func(l Layer) bool { return l.Name == name })
		if l < 0 {
			return nil, fmt.Errorf("model entry %q: no layer %q", e.Name, name)
		}
		layers = append(layers, in.Layers[l])
	}
	return layers, nil
}

// fits are those of an entry about metrics: of every layer and metric, of every
// metric in two layers, or one that asks in all ways.
func (e *Entry) fits(model *Model, o Outcome, layers []Layer) []*fit {
	if model.TwoLayers && len(layers) == 2 {
		var fits []*fit
		for _, metric := range e.Metrics {
			f := e.fit(model, o, layers[0], metric)
			f.second = layers[1]
			f.name = e.Name + "/" + o.Name + "/" + layers[0].Name + " x " + layers[1].Name + "/" + metric
			fits = append(fits, f)
		}
		return fits
	}
	var fits []*fit
	for _, l := range layers {
		for _, metric := range e.Metrics {
			fits = append(fits, e.fit(model, o, l, metric))
		}
	}
	if model.Name == specificationCurve {
		return []*fit{e.curve(model, o, fits)}
	}
	return fits
}

// dyadFit is the one fit of an entry at dyad level.
func (e *Entry) dyadFit(in *Input) (*fit, error) {
	for _, t := range append([]Term{e.Pair}, e.Terms...) {
		known := slices.ContainsFunc(in.Layers, func(l Layer) bool { return l.Name == t.Name })
		if t.Func == "" && !known {
			return nil, fmt.Errorf("model entry %q: no layer %q", e.Name, t.Name)
		}
		if t.Func != "" && t.Func != "both" && in.Firms.Column(t.Name) == nil {
			return nil, fmt.Errorf("model entry %q: firms have no %q", e.Name, t.Name)
		}
	}
	o := Outcome{Name: e.Pair.String(), Level: dyadLevel}
	model, ok := e.model(o)
	if !ok {
		return nil, fmt.Errorf("model entry %q: no model %q at level %q", e.Name, e.Model, e.Level)
	}
	f := e.fit(model, o, Layer{}, "")
	f.name, f.pair, f.terms = e.Name+"/"+o.Name, e.Pair, e.Terms
	return f, nil
}

// outcomeOf finds the outcome that an entry names: that of its own level, or at
// cluster level a firm outcome, which stands for its mean.
func outcomeOf(outcomes []Outcome, e *Entry) (Outcome, bool) {
	for _, level := range []string{e.Level, firmLevel} {
		for _, o := range outcomes {
			if o.Name == e.Outcome && o.Level == level {
				return o, true
			}
		}
	}
	return Outcome{}, false
}

// model is the one that an entry names, or the first that serves its outcome.
// An outcome that no model of the level serves is refused by the first.
func (e *Entry) model(o Outcome) (*Model, bool) {
	if e.Model == "" {
		if m, ok := modelFor(e.Level, o); ok {
			return m, true
		}
	}
	for _, m := range Models() {
		if m.Level == e.Level && (e.Model == "" || e.Model == m.Name) {
			return &m, true
		}
	}
	return nil, false
}

// ofMetrics is the level of the metrics that an entry names: that of its model,
// or its own.
func (e *Entry) ofMetrics() string {
	if m := modelNamed(e.Model); m != nil {
		return m.Metrics
	}
	return e.Level
}

func (e *Entry) fit(m *Model, o Outcome, l Layer, metric string) *fit {
	f := &fit{
		name:  strings.Join(slices.DeleteFunc([]string{e.Name, o.Name, l.Name, metric}, func(part string) bool { return part == "" }), "/"),
		model: m, outcome: o, layer: l, metric: metric,
		controls: e.Controls, moderator: e.Moderator, exposure: e.Exposure, inference: e.Inference, draws: e.Draws, family: e.Family, adjust: e.Adjust,
	}
	if f.draws == 0 {
		f.draws = DeclaredDraws
	}
	if f.inference == nil {
		f.inference = m.Unasked
	}
	if f.family == "" {
		f.family = m.Level + "/" + o.Name
	}
	if e.Level == firmLevel {
		f.scaling = e.Scaling
		if f.scaling == "" {
			f.scaling = zWithin
		}
	}
	return f
}

// Needs lists the metrics of each level that entries name, each once and
// sorted: the columns that Run reads of the metric tables.
func Needs(entries []Entry) (firm, cluster []string) {
	for i := range entries {
		if e := &entries[i]; e.ofMetrics() == firmLevel {
			firm = append(firm, e.Metrics...)
			if e.Exposure != "" {
				firm = append(firm, namesOthers)
			}
			if e.Moderator != "" && e.Moderator != clusterSize {
				cluster = append(cluster, e.Moderator)
			}
		} else {
			cluster = append(cluster, e.Metrics...)
		}
	}
	return distinct(firm), distinct(cluster)
}

// NeedsEdges lists the layers whose ties entries read, each once and sorted: the
// terms of pairs, and the layers of network autocorrelations.
func NeedsEdges(entries []Entry) []string {
	var layers []string
	for i := range entries {
		e := &entries[i]
		if m := modelNamed(e.Model); e.Exposure != "" || m != nil && m.Ties != "" {
			layers = append(layers, e.Layers...)
		}
		if e.Level == dyadLevel {
			for _, t := range append([]Term{e.Pair}, e.Terms...) {
				if t.Func == "" {
					layers = append(layers, t.Name)
				}
			}
		}
	}
	return distinct(layers)
}

func distinct(names []string) []string {
	names = slices.Clone(names)
	slices.Sort(names)
	return slices.Compact(names)
}
