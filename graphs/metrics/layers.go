package metrics

import (
	"math"

	"firmties/graphs"
)

// layerShared holds what a firm's partners in the relations of a union come to.
type layerShared struct {
	done    bool
	total   []int64 // the sum over relations of the firm's partners in each
	squares []int64 // the sum of their squares
}

// The conditions under which metrics that compare layers are undefined.
var (
	notUnion        = Check{Reason: NotUnion, Network: func(s *Shared) bool { return len(s.in.Members) < 2 }}
	noRepertoire    = Check{Reason: NoRepertoire, Network: func(s *Shared) bool { return s.in.Repertoire == nil }}
	alone           = Check{Reason: NoRepertoire, Firm: func(s *Shared, v int) bool { return len(s.in.Repertoire.Out(v)) == 0 }}
	tiedWithAll     = Check{Reason: Saturated, Firm: func(s *Shared, v int) bool { return s.degrees()[v] == s.n-1 }}
	repertoireOfAll = Check{Reason: Saturated, Firm: func(s *Shared, v int) bool { return len(s.in.Repertoire.Out(v)) == s.n-1 }}
	uncoupled       = []Check{noRepertoire, isolate, alone, tiedWithAll, repertoireOfAll}
)

// relations are the sums over the relations of a union.
func (s *Shared) relations() *layerShared {
	l := &s.ofLayers
	if l.done {
		return l
	}
	l.done = true
	l.total, l.squares = resized(l.total, s.n), resized(l.squares, s.n)
	clear(l.total)
	clear(l.squares)
	for _, g := range s.in.Members {
		for v := range s.n {
			k := int64(partnersIn(g, v))
			l.total[v] += k
			l.squares[v] += k * k
		}
	}
	return l
}

// partnersIn counts the firms with a tie to or from v, each once.
func partnersIn(g *graphs.Graph, v int) int {
	if !g.IsDirected() {
		return len(g.Out(v))
	}
	return len(g.Out(v)) + len(g.In(v)) - graphs.Common(g.Out(v), g.In(v))
}

// multiplexity is how many of the union's relations join the firm with a
// partner, on average over its partners: 1 where every partner is one in a
// single relation only. The sum over relations of its partners, over its
// partners in any. It follows no direction and ignores strengths. Null for an
// isolate, and on layers that do not unite several relations. Cost n+m of each
// relation. Provan, Fish & Sydow 2007, doi:10.1177/0149206307302554. On unions
// whose weight is `relations`, without direction, it is strength over degree.
func multiplexity(s *Shared, out []float64) {
	total := s.relations().total
	for v, d := range s.degrees() {
		if d > 0 {
			out[v] = float64(total[v]) / float64(d)
		}
	}
}

// layerParticipation is how evenly the firm's partners are spread over the
// union's relations: M/(M-1)·(1 - sum over relations of (k/o)²), of M
// relations, k the firm's partners in one and o the sum of k. It is 0 where all
// are in one relation and 1 where each has as many. It describes, and is no
// coupling: the same partners in every relation and others in each both give 1.
// It follows no direction and ignores strengths. Null for an isolate, and on
// layers that do not unite several relations. Cost n+m of each relation.
// Battiston, Nicosia & Latora 2014, doi:10.1103/PhysRevE.89.032804.
func layerParticipation(s *Shared, out []float64) {
	m, l := float64(len(s.in.Members)), s.relations()
	for v, o := range l.total {
		if o > 0 {
			out[v] = m / (m - 1) * (1 - float64(l.squares[v])/(float64(o)*float64(o)))
		}
	}
}

// clusterMultiplexity is how many of the union's relations carry a tie, on
// average over the tied pairs. It follows no direction and ignores strengths.
// Null without ties, and on layers that do not unite several relations. Cost
// n+m of each relation. Provan, Fish & Sydow 2007,
// doi:10.1177/0149206307302554.
func clusterMultiplexity(s *Shared, out []float64) {
	total, partners := int64(0), 0
	for v, o := range s.relations().total {
		total += o
		partners += s.degrees()[v]
	}
	out[0] = float64(total) / float64(partners)
}

// repertoirePartners are the numbers of the firm's partners in this layer, in
// the layers of shared repertoire, and in both.
func repertoirePartners(s *Shared, v int) (joint, shared, both float64) {
	mine, theirs := s.undirected().Out(v), s.in.Repertoire.Out(v)
	return float64(len(mine)), float64(len(theirs)), float64(graphs.Common(mine, theirs))
}

// couplingZ is how far the firms that it works with are the firms that it
// shares practices with: o = |N_J ∩ N_S| less what drawing as many partners
// k_J, k_S at random among the n-1 others makes, over its standard deviation
// (of the hypergeometric distribution):
//
//	(o - k_J·k_S/(n-1)) / √(k_J·k_S·(n-1-k_J)·(n-1-k_S) / ((n-1)²·(n-2)))
//
// N_J are the partners in this layer, N_S those in the union of the study's
// layers of shared repertoire, both without direction or strength. Null where
// the firm has none or all of the others as partners on either side, on layers
// not of joint enterprise, and in studies without a shared repertoire. Cost n+m.
// It measures the coupling of tasks and practices of Gau 2023, and is not
// Wenger's duality of participation and reification.
func couplingZ(s *Shared, out []float64) {
	n := float64(s.n)
	for v := range out {
		joint, shared, both := repertoirePartners(s, v)
		variance := joint * shared * (n - 1 - joint) * (n - 1 - shared) / ((n - 1) * (n - 1) * (n - 2))
		if variance > 0 {
			out[v] = (both - joint*shared/(n-1)) / math.Sqrt(variance)
		}
	}
}

// couplingJaccard is the share of a firm's partners in this layer or in a layer
// of shared repertoire who are so in both: |N_J ∩ N_S| / |N_J ∪ N_S|. Partners,
// nulls and what it is not as couplingZ; unlike that it grows with both numbers
// of partners. Cost n+m. Jaccard 1912 on the sets of Gau 2023.
func couplingJaccard(s *Shared, out []float64) {
	for v := range out {
		joint, shared, both := repertoirePartners(s, v)
		if joint+shared > 0 {
			out[v] = both / (joint + shared - both)
		}
	}
}
