package metrics

import "firmties/graphs"

// networkShared holds the intermediate results that only metrics of the
// network as a whole draw on.
type networkShared struct {
	done     networkResult // those computed for this graph
	received []int
	sorted   []int
	strong   graphs.StrongComponents
	starts   []int32
	order    []int32
	scores   []float64
	bounds   upperBounds
	census   triadCensus
	parts    graphs.Components

	connectivity  graphs.Connectivity
	cliques       graphs.Cliques
	cliqueCount   int64
	largestClique int
	certainClique bool
	laplacian     laplacian
	draws         draws
	communities   graphs.Communities
	sizes         []int32
	worlds        smallWorld
}

// networkResult is a set of intermediate results.
type networkResult uint32

const (
	arcsReceived networkResult = 1 << iota
	strongComponents
	census
	largestClique
	allCliques
	partition
	worlds
)

// first tells whether a result is still to be computed, and marks it as done.
func (k *networkShared) first(r networkResult) bool {
	if k.done&r != 0 {
		return false
	}
	k.done |= r
	return true
}

// strongComponents are the parts whose firms all reach each other along arcs.
func (s *Shared) strongComponents() *graphs.StrongComponents {
	k := &s.ofNetwork
	if k.first(strongComponents) {
		k.strong.Find(s.graph)
	}
	return &k.strong
}
