package metrics

import (
	"math"
)

// bridges is the number of ties whose removal leaves the two firms without a
// path between them. Undirected view. Never null. Cost n+m. It is bridges in
// igraph and NetworkX of the undirected graph.
func bridges(s *Shared, out []float64) { out[0] = float64(s.cuts().Bridges) }

// fragmentationMaxRise is how much of the network hangs on a single firm: the
// largest difference between fragmentation without a firm, over the pairs of
// the n-1 others, and with it. It is below 0 where every removal, of an
// isolate say, leaves a better joined network. Undirected view. Null if n < 3.
// Cost n+m. Borgatti 2006, doi:10.1007/s10588-006-7084-x (KPP-Neg for one key
// player).
func fragmentationMaxRise(s *Shared, out []float64) {
	joined := int64(0) // pairs joined by a path
	parts := s.components()
	for c := range parts.Count() {
		size := int64(len(parts.Members(c)))
		joined += size * (size - 1) / 2
	}
	fewest := int64(math.MaxInt64) // pairs joined without some firm
	for v, left := range s.cuts().Joined {
		size := int64(len(parts.Members(int(parts.Of[v]))))
		fewest = min(fewest, joined-size*(size-1)/2+left)
	}
	n := float64(s.n)
	out[0] = float64(joined)/(n*(n-1)/2) - float64(fewest)/((n-1)*(n-2)/2)
}

// componentsMutual is the number of components of the ties that are named from
// both sides, an isolate of these being one. Null on an undirected layer. Cost
// n+m. It is igraph's count_components of as.undirected(mode = "mutual").
func componentsMutual(s *Shared, out []float64) {
	k := &s.ofNetwork
	k.parts.Find(s.mutualGraph())
	out[0] = float64(k.parts.Count())
}

// cliqueSteps is how many sets of firms the search for the largest clique looks
// at, about a second of it, before it gives up; the networks of a study take a
// hundred.
const cliqueSteps = 1_000_000

// tooManyCliques is the number of cliques at which the count of them stops.
const tooManyCliques = 1_000_000

// cliqueNumber is the number of firms in the largest group whose members are
// all tied: 1 without ties, 0 without firms. Undirected view, strengths
// ignored. Null only where the search takes too long. Cost exponential in
// theory, little above n+m in networks of this kind. It is igraph's clique_num.
func cliqueNumber(s *Shared, out []float64) {
	size, _ := s.largestClique()
	out[0] = float64(size)
}

// largestClique returns the size of the largest clique found, and whether
// there is certainly no larger one.
func (s *Shared) largestClique() (size int, certain bool) {
	k := &s.ofNetwork
	if k.first(largestClique) {
		steps := int64(cliqueSteps)
		if s.expensive {
			steps = math.MaxInt64
		}
		k.largestClique, k.certainClique = k.cliques.Number(s.undirected(), steps, &s.ws)
	}
	return k.largestClique, k.certainClique
}

// maximalCliques is the number of groups of three firms or more whose members
// are all tied and that no other firm is tied to all of. Undirected view,
// strengths ignored. Null where there are a million or more. Cost some n for
// each clique. Bron & Kerbosch 1973, doi:10.1145/362342.362367. It is igraph's
// count_max_cliques(min = 3) and UCINET's number of cliques.
func maximalCliques(s *Shared, out []float64) { out[0] = float64(s.cliqueCount()) }

func (s *Shared) cliqueCount() int64 {
	k := &s.ofNetwork
	if k.first(allCliques) {
		most := int64(tooManyCliques)
		if s.expensive {
			most = math.MaxInt64
		}
		k.cliqueCount = k.cliques.Maximal(s.undirected(), most, &s.ws)
	}
	return k.cliqueCount
}

// vertexConnectivity is the number of firms whose removal would leave the
// largest component in pieces, or of k firms that are all tied k-1; the
// smallest such number where several components are the largest. 0 without
// ties. Undirected view. Null if n < 2. Cost n·m times the least degree. White
// & Harary 2001, doi:10.1111/0081-1750.00098. It is vertex_connectivity in
// igraph and node_connectivity in NetworkX of that component.
func vertexConnectivity(s *Shared, out []float64) {
	out[0] = s.leastOfLargest(func(members []int32) float64 {
		return float64(s.ofNetwork.connectivity.Of(s.undirected(), members))
	})
}

// kComponentsMax is the largest k for which there is a k-component: a group of
// more than k firms that stays together whichever k-1 of them leave. 1 in a
// tree, n-1 where all are tied. Undirected view. Null without ties. Cost n·m
// times the least degree for each piece. Moody & White 2003,
// doi:10.2307/3088904. It is the deepest level of igraph's cohesive_blocks.
func kComponentsMax(s *Shared, out []float64) {
	out[0] = float64(s.ofNetwork.connectivity.Deepest(s.undirected()))
}

// clusteringDirectedMean is the mean of clusteringDirected over all firms, 0
// for those with fewer than two partners; 0 in a network without firms. Null on
// an undirected layer. Cost: pairs of ties with a firm in common. Fagiolo 2007,
// doi:10.1103/PhysRevE.76.026107. It is NetworkX's average_clustering of a
// DiGraph.
func clusteringDirectedMean(s *Shared, out []float64) {
	scores := s.scratch()
	clear(scores)
	clusteringDirected(s, scores)
	for _, x := range scores {
		out[0] += x / float64(s.n)
	}
}

// localEfficiencyMean is the mean of localEfficiency over all firms, 0 for
// those with fewer than two partners. Undirected view. Null without firms. Cost
// d³/64 for a firm of d partners. Latora & Marchiori 2001,
// doi:10.1103/PhysRevLett.87.198701. It is NetworkX's local_efficiency;
// igraph's average_local_efficiency lets paths leave the partners.
func localEfficiencyMean(s *Shared, out []float64) {
	for _, x := range s.partnersGraphs().Efficiency {
		out[0] += x / float64(s.n)
	}
}

// constraintDirectedMean is the mean of constraintDirected over firms with a
// partner. Null on an undirected layer and without ties. Cost m·sqrt(m). Burt
// 1992, ISBN 9780674843714. It is igraph's mean(constraint, na.rm = TRUE) of
// the directed graph.
func constraintDirectedMean(s *Shared, out []float64) {
	out[0] = s.meanOfTied(s.arcHoles().Constraint)
}

// corePeripheryFit is how well the network is a core whose firms are all tied
// and a periphery whose firms are not: the correlation, over pairs within the
// core of coreMember and pairs within the periphery, of being tied with being
// in the core. Pairs of one of each are left out. Undirected view, strengths
// ignored. Null without ties and where either does not vary, as in a star,
// whose core has no pair. Cost n·log(n)+m. Borgatti & Everett 2000,
// doi:10.1016/S0378-8733(99)00019-2.
func corePeripheryFit(s *Shared, out []float64) {
	c := s.corePairs()
	core, tied, all := float64(c.core), float64(c.coreTied+c.peripheryTied), float64(c.core+c.periphery)
	covariance := float64(c.coreTied) - core*tied/all
	fit := covariance / math.Sqrt(core*(1-core/all)*tied*(1-tied/all))
	out[0] = min(1, max(-1, fit)) // rounding can overshoot
}

// corePairs counts pairs within the core and within the periphery, and those of
// them that are tied.
type corePairs struct{ core, periphery, coreTied, peripheryTied int64 }

func (s *Shared) corePairs() corePairs {
	in := s.coreMembers()
	members, c := int64(0), corePairs{}
	for v := range in {
		if in[v] {
			members++
		}
		for _, w := range s.undirected().Out(v) {
			switch {
			case int(w) > v || in[w] != in[v]:
			case in[v]:
				c.coreTied++
			default:
				c.peripheryTied++
			}
		}
	}
	others := int64(s.n) - members
	c.core, c.periphery = members*(members-1)/2, others*(others-1)/2
	return c
}

// noCoreOrPeriphery tells whether all pairs that count for corePeripheryFit are
// of one kind, or all or none are tied.
func noCoreOrPeriphery(s *Shared) bool {
	c := s.corePairs()
	tied := c.coreTied + c.peripheryTied
	return c.core == 0 || c.periphery == 0 || tied == 0 || tied == c.core+c.periphery
}
