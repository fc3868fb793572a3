package study

import (
	"strings"

	"firmties/pipeline/diag"
)

// LayerKind says how a layer's graphs are made.
type LayerKind string

const (
	OfRelation   LayerKind = "relation"
	OfUnion      LayerKind = "union"
	OfProjection LayerKind = "projection"
)

// LayerKinds lists the kinds of layers.
func LayerKinds() []string {
	return []string{string(OfRelation), string(OfUnion), string(OfProjection)}
}

// Layer is a named way of making a graph in every cluster.
type Layer struct {
	Name string
	Kind LayerKind
	// Members are indices of relations, or of one affiliation for a projection.
	Members   []int
	Directed  bool
	Dimension Dimension // of its members, where they agree; other otherwise
	// Weight of a union: relations (how many carry the tie) or strength
	// (their sum); of a projection: count, newman, jaccard or bonacich; of a relation:
	// strength, or none.
	Weight string
	// Backbone says that a projection keeps only the ties of firms that share
	// more events than chance gives: at Alpha, adjusted by Adjust. Empty: all.
	Backbone Backbone
	Alpha    float64
	Adjust   string
}

// Backbone is the model of chance that a backbone is against.
type Backbone string

const (
	SDSM Backbone = "sdsm" // participations drawn apart, with the margins on average
	FDSM Backbone = "fdsm" // participations with the very margins
)

// Backbones lists the models.
func Backbones() []string { return []string{string(SDSM), string(FDSM)} }

// MetricChoice says which metrics are computed.
type MetricChoice struct {
	All     bool     // everything, the expensive ones included
	Firm    []string // nil: the default catalogue
	Cluster []string
}

// Comparisons says which cluster metrics are compared with which random
// networks. A nil list is the default.
type Comparisons struct {
	Declared                    bool // the study asks for them, and means it whatever its size
	Metrics, References, Layers []string
	Draws                       int // 0: none
}

// Distances says for which layers the networks of every two clusters are held
// against each other. Nil Layers are all.
type Distances struct {
	Declared bool
	Layers   []string
	Draws    int // random pairs that match each; 0: none, and no distances
}

// Draws is how many networks are drawn, if the study says so.
type Draws struct {
	Declared bool
	Draws    int // 0: none
}

// Level is what an outcome or a model is about.
type Level string

const (
	AtFirm    Level = "firm"
	AtCluster Level = "cluster"
)

// Levels lists the levels of outcomes and models.
func Levels() []string { return []string{string(AtFirm), string(AtCluster)} }

// OutcomeKind is the scale of an outcome.
type OutcomeKind string

const (
	Continuous OutcomeKind = "continuous"
	Count      OutcomeKind = "count"
	Binary     OutcomeKind = "binary"
	Ordinal    OutcomeKind = "ordinal"
	Time       OutcomeKind = "time"
)

// OutcomeKinds lists the kinds of outcomes.
func OutcomeKinds() []string {
	return []string{string(Continuous), string(Count), string(Binary), string(Ordinal), string(Time)}
}

// Outcome is reported innovation or sustainability, by firm or by cluster.
type Outcome struct {
	Name  string
	Level Level
	Kind  OutcomeKind
	// Value by firm or cluster; NaN is missing. Binary is 0 or 1; ordinal is
	// the score of its level, 1 the lowest; time is the time of adoption, or
	// of the end of observation where Censored.
	Value    []float64
	Of       int      // of a count: out of how many; 0 where not bounded
	Scores   []string // of an ordinal outcome: its levels from the lowest
	Censored []bool   // of a time: not adopted by the end of observation
	Entry    []float64
	// ComponentsOf names the affiliation whose events the outcome counts.
	ComponentsOf string
	// Raters and Spread (largest less smallest rating) where respondents
	// rated it; nil otherwise.
	Raters []int64
	Spread []float64
}

// Model is one entry of `models:`.
type Model struct {
	Name      string // m1, m2, ... where the study gives none
	Level     string // of ModelLevels
	Kind      string // a name of associate's table of models; empty: the one for the outcome
	OfMetrics Level  // what Metrics describe: the model's level but for pooling, which is of firm metrics
	Outcome   Term
	Layers    []string
	Metrics   []string
	Terms     []Term
	Controls  []string
	Moderator string // of a meta-analysis: a cluster metric, or firms
	Scaling   string
	Exposure  string // of a hazard; empty: none
	Inference []string
	Draws     int
	Family    string
	Adjust    string
	At        diag.Place
}

// AtDyad is the level of models whose rows are pairs of firms. Nothing is
// reported at it.
const AtDyad = "dyad"

// ModelLevels lists what the rows of a model can be.
func ModelLevels() []string { return []string{string(AtFirm), AtDyad, string(AtCluster)} }

// Term is a name, or a function of one: `absdiff(age)`.
type Term struct {
	Func string // empty: the name itself
	Name string
}

func (t Term) String() string {
	if t.Func == "" {
		return t.Name
	}
	return t.Func + "(" + t.Name + ")"
}

// TermFuncs lists the functions that make a matrix of pairs from an attribute
// of firms (both: from an affiliation).
func TermFuncs() []string {
	return []string{"diff", "absdiff", "same", "sender", "receiver", "both"}
}

// ParseTerm reads a term. A text that is no function of a name is a name.
func ParseTerm(text string) Term {
	if f, rest, ok := strings.Cut(text, "("); ok {
		if name, ok := strings.CutSuffix(rest, ")"); ok {
			return Term{strings.TrimSpace(f), strings.TrimSpace(name)}
		}
	}
	return Term{Name: text}
}
