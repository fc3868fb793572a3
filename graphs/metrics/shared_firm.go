package metrics

import "firmties/graphs"

// firmShared are the intermediate results that only metrics of firms draw on.
type firmShared struct {
	done firmResult // those computed for this graph

	counted  *graphs.Graph
	mutual   *graphs.Graph
	weighted graphs.WeightedPaths
	arcs     graphs.ArcPaths
	currents graphs.Currents
	holes    [3]graphs.Holes
	corners  [2]graphs.Corners
	egos     graphs.Egos
	squares  []int64
	strong   perron // of the undirected view with strengths
	hits     perron // of the double cover
	cover    graphs.Components
	along    alongArcs
	arcCore  []int32
	byDegree []int32
	inCore   []bool
}

// firmResult is a set of intermediate results.
type firmResult uint16

const (
	weightedPaths firmResult = 1 << iota
	arcPaths
	currents
	plainHoles
	weightedHoles
	arcHoles
	arcCorners
	weightedCorners
	egos
	leadingWeighted
	leadingSingular
	leadingAlong
	coreMembers
	countedArcs
	mutualTies
)

// first tells whether a result is still to be computed, and marks it as done.
func (f *firmShared) first(r firmResult) bool {
	if f.done&r != 0 {
		return false
	}
	f.done |= r
	return true
}

// weightedPaths are the shortest paths of the undirected view with lengths
// 1/strength.
func (s *Shared) weightedPaths() *graphs.WeightedPaths {
	if f := &s.ofFirms; f.first(weightedPaths) {
		f.weighted.Measure(s.undirected(), &s.ws)
	}
	return &s.ofFirms.weighted
}

func (s *Shared) pathsOfArcs() *graphs.ArcPaths {
	if f := &s.ofFirms; f.first(arcPaths) {
		f.arcs.Measure(s.graph, &s.ws)
	}
	return &s.ofFirms.arcs
}

// resistors are the currents in the undirected view.
func (s *Shared) resistors() *graphs.Currents {
	if f := &s.ofFirms; f.first(currents) {
		f.currents.Measure(s.undirected(), s.components(), &s.ws)
	}
	return &s.ofFirms.currents
}

// plainHoles are Burt's measures of the undirected view, every strength 1;
// weightedHoles with its strengths.
func (s *Shared) plainHoles() *graphs.Holes {
	if f := &s.ofFirms; f.first(plainHoles) {
		f.holes[0].Measure(s.undirected(), false, &s.ws)
	}
	return &s.ofFirms.holes[0]
}

func (s *Shared) weightedHoles() *graphs.Holes {
	if f := &s.ofFirms; f.first(weightedHoles) {
		f.holes[1].Measure(s.undirected(), true, &s.ws)
	}
	return &s.ofFirms.holes[1]
}

// arcCounts is the undirected view in which the strength of a pair is its number
// of arcs.
func (s *Shared) arcCounts() *graphs.Graph {
	if f := &s.ofFirms; f.first(countedArcs) {
		f.counted = graphs.ArcCounts(s.graph, &s.ws)
	}
	return s.ofFirms.counted
}

// mutualGraph has the pairs with arcs in both directions.
func (s *Shared) mutualGraph() *graphs.Graph {
	if f := &s.ofFirms; f.first(mutualTies) {
		f.mutual = graphs.Mutual(s.graph, &s.ws)
	}
	return s.ofFirms.mutual
}

// arcHoles are Burt's measures where the strength of a pair is its number of
// arcs.
func (s *Shared) arcHoles() *graphs.Holes {
	if f := &s.ofFirms; f.first(arcHoles) {
		f.holes[2].Measure(s.arcCounts(), true, &s.ws)
	}
	return &s.ofFirms.holes[2]
}

// arcCorners are the triangles where the strength of a pair is its number of
// arcs; weightedCorners those of the undirected view with its strengths.
func (s *Shared) arcCorners() *graphs.Corners {
	if f := &s.ofFirms; f.first(arcCorners) {
		f.corners[0].Measure(s.arcCounts(), &s.ws)
	}
	return &s.ofFirms.corners[0]
}

func (s *Shared) weightedCorners() *graphs.Corners {
	if f := &s.ofFirms; f.first(weightedCorners) {
		f.corners[1].Measure(s.undirected(), &s.ws)
	}
	return &s.ofFirms.corners[1]
}

// partnersGraphs are the measures of the graph that each firm's partners
// induce.
func (s *Shared) partnersGraphs() *graphs.Egos {
	if f := &s.ofFirms; f.first(egos) {
		f.egos.Measure(s.undirected(), &s.ws)
	}
	return &s.ofFirms.egos
}

// leadingWeighted is the leading eigenvector of the undirected view with its
// strengths.
func (s *Shared) leadingWeighted() *perron {
	if f := &s.ofFirms; f.first(leadingWeighted) {
		f.strong.solve(s.undirected(), s.components(), true)
	}
	return &s.ofFirms.strong
}

// leadingSingular is the leading eigenvector of the double cover: the hubs,
// then the authorities.
func (s *Shared) leadingSingular() *perron {
	if f := &s.ofFirms; f.first(leadingSingular) {
		cover := graphs.DoubleCover(s.graph, &s.ws)
		f.cover.Find(cover)
		f.hits.solveCover(cover, &f.cover)
	}
	return &s.ofFirms.hits
}

// leadingAlong is the leading eigenvector along arcs.
func (s *Shared) leadingAlong() *alongArcs {
	if f := &s.ofFirms; f.first(leadingAlong) {
		f.along.solve(s.graph)
	}
	return &s.ofFirms.along
}

// coreMembers tells of each firm whether it is in the core, where firms are
// parted into a core and a periphery.
func (s *Shared) coreMembers() []bool {
	f := &s.ofFirms
	if f.first(coreMembers) {
		f.inCore, f.byDegree = resized(f.inCore, s.n), resized(f.byDegree, s.n)
		partCore(f.inCore, f.byDegree, s.degrees())
	}
	return f.inCore
}
