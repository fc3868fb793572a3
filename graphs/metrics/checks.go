package metrics

import "math"

// The conditions that the rows of the catalogue name in Reasons.
var (
	undirectedLayer = Check{Reason: UndirectedLayer, Network: func(s *Shared) bool { return !s.graph.IsDirected() }}
	outNotObserved  = Check{Reason: NotObserved, Firm: func(s *Shared, v int) bool { return s.observed.Out != nil && !s.observed.Out[v] }}
	noPairObserved  = Check{Reason: NotObserved, Network: func(s *Shared) bool { return s.observed.Pairs == 0 }}
	noDyadBothWays  = Check{Reason: NotObserved, Network: func(s *Shared) bool { return s.observed.DyadsBothWays == 0 }}
	noArcBothWays   = Check{Reason: NoTies, Network: func(s *Shared) bool { return s.observed.ArcsBothWays == 0 }}
	noTies          = Check{Reason: NoTies, Network: func(s *Shared) bool { return s.graph.Ties() == 0 }}
	isolate         = Check{Reason: Isolate, Firm: func(s *Shared, v int) bool { return s.degrees()[v] == 0 }}
	onePartner      = Check{Reason: TooFewPartners, Firm: func(s *Shared, v int) bool { return s.degrees()[v] < 2 }}
	noPairAnywhere  = Check{Reason: TooFewPartners, Network: func(s *Shared) bool { return s.pairsOfPartners() == 0 }}
	noTwoPath       = Check{Reason: NoTwoPath, Network: func(s *Shared) bool { return s.pairsOfPartners() == 0 }}
	equalDegrees    = Check{Reason: NoVariation, Network: equalDegreesAtTies}
	sameDegree      = Check{Reason: NoVariation, Network: func(s *Shared) bool { return allEqual(s.degrees()) }}
	sameDegreeIn    = Check{Reason: NoVariation, Network: func(s *Shared) bool { return allEqual(s.inDegrees()) }}
	allTiedOrNone   = Check{Reason: NoVariation, Network: func(s *Shared) bool {
		return s.graph.Ties() == 0 || float64(s.graph.Ties()) == s.orderedPairs()
	}}
	disconnected    = Check{Reason: Disconnected, Network: func(s *Shared) bool { return s.components().Count() > 1 }}
	equalArcDegrees = Check{Reason: NoVariation, Network: equalDegreesAtArcs}
	noTwoPathAlong  = Check{Reason: NoTwoPath, Network: func(s *Shared) bool { return s.triads().total(&twoPathsIn) == 0 }}
	fewDegrees      = Check{Reason: TooSmall, Network: func(s *Shared) bool { return s.n-s.isolateCount() < 3 }}
	noCorePattern   = Check{Reason: NoVariation, Network: noCoreOrPeriphery}
	manyCliques     = Check{Reason: TooLarge, Network: func(s *Shared) bool { return s.cliqueCount() >= tooManyCliques && !s.expensive }}
	longCliqueHunt  = Check{Reason: TooLarge, Network: func(s *Shared) bool { _, certain := s.largestClique(); return !certain }}
	noWorldBetween  = Check{Reason: NoVariation, Network: func(s *Shared) bool { return math.IsNaN(s.smallWorld().propensity) }}
	noTriangleDrawn = Check{Reason: NoVariation, Network: func(s *Shared) bool { return math.IsNaN(s.smallWorld().q) }}
	repeatedLeading = Check{Reason: Degenerate, Network: func(s *Shared) bool { return s.leading().repeated }}
)

// componentsBelow holds where no component has n firms.
func componentsBelow(n int) Check {
	return Check{Reason: TooSmall, Network: func(s *Shared) bool { return s.largestComponent() < n }}
}

// largestPaths is the number of firms up to which metrics that search paths from
// every firm, n·m steps, are computed unless more is asked for.
const largestPaths = 20_000

// upTo holds in networks of more than n firms, unless expensive metrics are
// asked for.
func upTo(n int) Check {
	return Check{Reason: TooLarge, Network: func(s *Shared) bool { return s.n > n && !s.expensive }, largest: n}
}

// fewerThan holds in networks of fewer than n firms.
func fewerThan(n int) Check {
	return Check{Reason: TooSmall, Network: func(s *Shared) bool { return s.n < n }}
}

// allEqual tells whether there are no two different values.
func allEqual(values []int) bool {
	for _, x := range values {
		if x != values[0] {
			return false
		}
	}
	return true
}

// equalDegreesAtTies tells whether all firms with a tie have the same degree,
// in particular where there is no tie.
func equalDegreesAtTies(s *Shared) bool {
	common := 0
	for _, d := range s.degrees() {
		if d == 0 {
			continue
		}
		if common != 0 && d != common {
			return false
		}
		common = d
	}
	return true
}
