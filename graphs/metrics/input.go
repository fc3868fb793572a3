package metrics

import "firmties/graphs"

// Input is one network to be measured.
type Input struct {
	Graph    *graphs.Graph
	Observed Observed
	// Expensive asks for the metrics that take more than n·m steps in networks
	// of any size; otherwise they are undefined above their [Metric.Largest].
	Expensive bool
	// Key is the key of the random streams of the metrics that draw: the same key
	// gives the same values. It should come from the study's seed and from what
	// network this is.
	Key [32]byte
}

// Observed says how much of a network somebody was asked about. Only density,
// reciprocity and the metrics of a firm's outgoing ties use it; for all others
// an unobserved pair is a pair without a tie.
type Observed struct {
	// Pairs is the number of pairs observed: ordered pairs if the graph is
	// directed, unordered if not.
	Pairs int64
	// DyadsBothWays is the number of pairs observed in both directions. It and
	// the two below are not used if the graph is undirected.
	DyadsBothWays int64
	// ArcsBothWays is the number of arcs within those pairs.
	ArcsBothWays int64
	// ReturnedArcs is the number of those arcs whose opposite is also a tie: two
	// for each mutual pair.
	ReturnedArcs int64
	// Out tells for each firm whether one of its outgoing pairs is observed; nil
	// where all firms have one.
	Out []bool
}

// AllObserved returns what is observed of g where every pair is.
func AllObserved(g *graphs.Graph) Observed {
	n := int64(g.N())
	pairs := n * (n - 1) / 2
	o := Observed{Pairs: pairs, DyadsBothWays: pairs}
	if !g.IsDirected() {
		return o
	}
	o.Pairs *= 2
	o.ArcsBothWays = g.Ties()
	for v := range g.N() {
		o.ReturnedArcs += int64(mutual(g, v))
	}
	return o
}
