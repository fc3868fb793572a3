package metrics

import (
	"fmt"
	"math"
	"slices"
)

// Level says what a metric is about.
type Level uint8

// A metric is about each firm of a network, or about the network of a cluster.
const (
	Firm Level = iota
	Cluster
)

// String returns "firm" or "cluster".
func (l Level) String() string {
	if l == Cluster {
		return "cluster"
	}
	return "firm"
}

// Applies says on which layers a metric has a meaning.
type Applies uint8

const (
	// Any layer, directed or not.
	Any Applies = iota
	// Directed layers only.
	Directed
	// Weighted is any layer, the metric being about the strengths of ties; where
	// a layer has none, each is 1.
	Weighted
	// DirectedWeighted is directed layers only, otherwise as Weighted.
	DirectedWeighted
	// Projected is layers that project an affiliation, the metric being about
	// the firms and events themselves.
	Projected
	// United is layers that unite several relations.
	United
	// JointEnterprise is layers of that dimension in studies that have layers of
	// shared repertoire too.
	JointEnterprise
)

// String returns "any", "directed", "weighted", "directed,weighted",
// "two-mode", "union" or "joint enterprise".
func (a Applies) String() string {
	return [...]string{"any", "directed", "weighted", "directed,weighted", "two-mode", "union", "joint enterprise"}[a]
}

// directed tells whether the metric has no meaning on an undirected layer.
func (a Applies) directed() bool { return a == Directed || a == DirectedWeighted }

// Range is the interval that a metric's values lie in, ends included.
type Range struct {
	Min, Max float64 // may be infinite
}

// share is the range of shares and flags.
var share = Range{0, 1}

// atLeast is a range without an upper end.
func atLeast(least float64) Range { return Range{least, math.Inf(1)} }

// anyNumber is the range of what may be as low or as high as you like.
var anyNumber = Range{math.Inf(-1), math.Inf(1)}

// String returns the range in words, "0 to 1", "0 or more" or "any number".
func (r Range) String() string {
	if r == anyNumber {
		return "any number"
	}
	if math.IsInf(r.Max, 1) {
		return fmt.Sprintf("%v or more", r.Min)
	}
	return fmt.Sprintf("%v to %v", r.Min, r.Max)
}

// Metric is one number with one definition and one convention, about a firm or
// about a cluster's network.
type Metric struct {
	Level      Level
	Name       string // the column; unique within its level
	Family     Family
	Applies    Applies
	Param      Param // what it takes besides the network
	Definition string
	Convention string // direction, weights, normalisation
	Unit       string // what is counted; "1" for a pure number
	Range      Range
	NullWhen   string // the rule of Reasons in words
	Source     string // author and year
	Elsewhere  string // what igraph, sna, NetworkX and UCINET call it, or how they differ
	// Alias names the metrics of its level that this one is a fixed function of,
	// if it is: it is printed, and is no regressor beside them.
	Alias string
	// OnRequest: it is not computed unless it is asked for by name, or all are.
	OnRequest bool

	// Reasons are checked in order before Run; the first that holds is given.
	Reasons []Check
	// Run sets out, one value per firm or a single one for the network. What it
	// leaves where a reason holds is discarded, and it does not run where one
	// holds for the whole network.
	Run func(s *Shared, out []float64)

	param int // of an expanded row, the index of its parameter in the input
}

// Check is a condition under which a metric is undefined, either for a whole
// network or for one firm; exactly one of its functions is set.
type Check struct {
	Reason  Reason
	Network func(s *Shared) bool
	Firm    func(s *Shared, v int) bool

	largest int // of a check for size, the firms up to which it lets pass
}

// Largest returns the number of firms up to which an expensive metric is
// computed unless [Input.Expensive] asks for it on larger networks too, and 0
// if it is computed on all.
func (m Metric) Largest() int {
	for _, c := range m.Reasons {
		if c.largest > 0 {
			return c.largest
		}
	}
	return 0
}

// Catalogue lists every metric, firm level first. The order is that of the
// columns in the tables. A row that takes a parameter stands for one metric per
// parameter, which [Expand] makes of it.
var Catalogue = slices.Concat(firmMetrics, nearMetrics, betweenMetrics, aroundMetrics, firmGroupMetrics, nomineeMetrics, couplingMetrics, firmLayerMetrics,
	clusterMetrics, spreadMetrics, pathMetrics, clusterGroupMetrics, structureMetrics, twoModeMetrics, triadMetrics, clusterLayerMetrics)

// Lookup returns the metric of that level and name, as the catalogue has it,
// and whether there is one.
func Lookup(level Level, name string) (Metric, bool) {
	i := slices.IndexFunc(Catalogue, func(m Metric) bool { return m.Level == level && m.Name == name })
	if i < 0 {
		return Metric{}, false
	}
	return Catalogue[i], true
}
