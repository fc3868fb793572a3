package metrics

import (
	"fmt"

	"firmties/graphs"
)

// Input is one network to be measured.
type Input struct {
	Graph    *graphs.Graph
	Observed Observed
	// Groups holds, for each categorical attribute, every firm's group, and
	// Attributes, for each numeric one, every firm's value. Groups are numbered
	// from 0; below 0, and NaN, is missing. The orders are those given to
	// [Expand]; what is not there is missing for all firms.
	Groups     [][]int32
	Attributes [][]float64
	// Nominees counts whom the firms named; nil where that is not known.
	Nominees *Nominees
	// Events is the two-mode graph that the network is a projection of; nil where
	// it is none.
	Events *graphs.Incidence
	// Members are the networks of the relations that a union unites, over the same
	// firms; fewer than two where the layer is no union of several.
	Members []*graphs.Graph
	// Repertoire is the undirected network of the firms that are partners in a
	// layer of shared repertoire, if Graph is one of joint enterprise; nil where
	// it is not, or where the study has no such layer.
	Repertoire *graphs.Graph
	// Workers is how many goroutines a large network may use; below 2 it is one.
	Workers int
	// Expensive asks for the metrics that take more than n·m steps in networks
	// of any size; otherwise they are undefined above their [Metric.Largest].
	Expensive bool
	// Key is the key of the random streams of the metrics that draw: the same key
	// gives the same values. It should come from the study's seed and from what
	// network this is.
	Key [32]byte
}

// check panics if a slice of the input is of another length than the graph.
func (in *Input) check() {
	length := func(what string, n int) {
		if n != in.Graph.N() {
			panic(fmt.Sprintf("metrics: %s has %d firms, the graph %d", what, n, in.Graph.N()))
		}
	}
	if in.Observed.Out != nil {
		length("Observed.Out", len(in.Observed.Out))
	}
	for _, groups := range in.Groups {
		length("an entry of Groups", len(groups))
	}
	for _, values := range in.Attributes {
		length("an entry of Attributes", len(values))
	}
	if in.Nominees != nil {
		length("Nominees.Outside", len(in.Nominees.Outside))
		length("Nominees.All", len(in.Nominees.All))
	}
	if in.Events != nil {
		length("Events", in.Events.N())
	}
	for _, g := range in.Members {
		length("an entry of Members", g.N())
	}
	if in.Repertoire != nil {
		length("Repertoire", in.Repertoire.N())
		if in.Repertoire.IsDirected() {
			panic("metrics: Repertoire is directed")
		}
	}
}

// Nominees counts, for each firm, the distinct firms and people that its
// respondents named as partners: those outside its cluster, and all of them.
type Nominees struct {
	Outside, All []int32
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
