package metrics

import "firmties/graphs"

// Shared is the network being measured, with the intermediate results that
// several metrics draw on, each computed when first asked for.
type Shared struct {
	in        Input
	graph     *graphs.Graph
	observed  Observed
	n         int
	param     int  // of the present row, the index of its group or attribute
	expensive bool // expensive metrics are wanted on large networks too
	key       [32]byte
	done      result // those computed for this graph
	ofFirms   firmShared

	ws        graphs.Workspace
	und       *graphs.Graph
	partners  []int
	both      []int
	distances [3]graphs.Distances
	between   [2][]float64
	closed    graphs.Closure
	core      []int32
	parts     graphs.Components
	cut       graphs.Cuts
	perron    perron
	rank      rankScratch

	ofNetwork networkShared
	ofGroups  groupShared
	ofEvents  eventShared
	ofLayers  layerShared
}

// result is a set of intermediate results.
type result uint64

const (
	undirectedGraph result = 1 << iota
	partnerCounts
	mutualCounts
	undirectedDistances
	incomingDistances
	outgoingDistances
	undirectedBetweenness
	directedBetweenness
	closure
	cores
	components
	cuts
	leadingEigenvector
)

func (s *Shared) reset(in Input) {
	s.in, s.graph, s.observed, s.n = in, in.Graph, in.Observed, in.Graph.N()
	s.expensive, s.key, s.done = in.Expensive, in.Key, 0
	s.ofFirms.done = 0
	s.ofNetwork.done = 0
	s.ws.Workers = in.Workers
	s.ofLayers.done = false
	s.ofGroups.reset()
	s.ofEvents.done = false
}

// first tells whether a result is still to be computed, and marks it as done.
func (s *Shared) first(r result) bool {
	if s.done&r != 0 {
		return false
	}
	s.done |= r
	return true
}

// undirected is the undirected view of the graph.
func (s *Shared) undirected() *graphs.Graph {
	if s.first(undirectedGraph) {
		s.und = graphs.Symmetrized(s.graph, &s.ws)
	}
	return s.und
}

// degrees are the numbers of partners, whichever way the ties go.
func (s *Shared) degrees() []int {
	if s.first(partnerCounts) {
		g := s.undirected()
		s.partners = resized(s.partners, s.n)
		for v := range s.partners {
			s.partners[v] = len(g.Out(v))
		}
	}
	return s.partners
}

// mutuals are the numbers of partners with arcs in both directions.
func (s *Shared) mutuals() []int {
	if s.first(mutualCounts) {
		s.both = resized(s.both, s.n)
		for v := range s.both {
			s.both[v] = mutual(s.graph, v)
		}
	}
	return s.both
}

func (s *Shared) undirectedDistances() *graphs.Distances {
	d := &s.distances[0]
	if s.first(undirectedDistances) {
		d.Measure(s.undirected(), graphs.Incoming, &s.ws)
	}
	return d
}

func (s *Shared) incomingDistances() *graphs.Distances {
	d := &s.distances[1]
	if s.first(incomingDistances) {
		d.Measure(s.graph, graphs.Incoming, &s.ws)
	}
	return d
}

func (s *Shared) outgoingDistances() *graphs.Distances {
	d := &s.distances[2]
	if s.first(outgoingDistances) {
		d.Measure(s.graph, graphs.Outgoing, &s.ws)
	}
	return d
}

// undirectedBetweenness counts unordered pairs, directedBetweenness ordered
// ones; neither is normalised.
func (s *Shared) undirectedBetweenness() []float64 {
	if s.first(undirectedBetweenness) {
		s.between[0] = resized(s.between[0], s.n)
		graphs.Betweenness(s.between[0], s.undirected(), &s.ws)
	}
	return s.between[0]
}

func (s *Shared) directedBetweenness() []float64 {
	if s.first(directedBetweenness) {
		s.between[1] = resized(s.between[1], s.n)
		graphs.Betweenness(s.between[1], s.graph, &s.ws)
	}
	return s.between[1]
}

// closure holds the triangles and constraint of the undirected view.
func (s *Shared) closure() *graphs.Closure {
	if s.first(closure) {
		s.closed.Measure(s.undirected(), &s.ws)
	}
	return &s.closed
}

func (s *Shared) cores() []int32 {
	if s.first(cores) {
		s.core = resized(s.core, s.n)
		graphs.Cores(s.core, s.undirected(), &s.ws)
	}
	return s.core
}

func (s *Shared) components() *graphs.Components {
	if s.first(components) {
		s.parts.Find(s.undirected())
	}
	return &s.parts
}

// cuts are what removing a firm or a tie does to the undirected view.
func (s *Shared) cuts() *graphs.Cuts {
	if s.first(cuts) {
		s.cut.Find(s.undirected())
	}
	return &s.cut
}

// leading is the leading eigenvector of the undirected view.
func (s *Shared) leading() *perron {
	if s.first(leadingEigenvector) {
		s.perron.solve(s.undirected(), s.components(), false)
	}
	return &s.perron
}
