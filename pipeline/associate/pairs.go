package associate

import (
	"math"
	"slices"

	"firmties/pipeline/stats"
	"firmties/pipeline/table"
)

// Term is a matrix of pairs of firms: a layer by its name, or a function of an
// attribute or outcome of firms, or of an affiliation.
type Term struct {
	Func string // diff, absdiff, same, sender, receiver, both; empty: a layer
	Name string
}

func (t Term) String() string {
	if t.Func == "" {
		return t.Name
	}
	return t.Func + "(" + t.Name + ")"
}

// mostCells bounds the matrices of a dyad model, that of every term.
const mostCells = 20_000_000

// pairsSample is what a dyad model is fitted to: the pairs of the firms with
// all values.
type pairsSample struct {
	f        *frame
	m        *fit
	directed bool
	clusters []int   // rows of Clusters
	firms    [][]int // of the frame, by cluster
	drops    drops
}

// newPairsSample drops firms by reason; of a cluster whose outcome does not
// vary all of them.
func newPairsSample(f *frame, m *fit) *pairsSample {
	s := &pairsSample{f: f, m: m, drops: drops{}}
	s.directed = m.pair.Func == "" && f.directed(m.pair.Name)
	known := s.complete()
	for i := 0; i < len(f.firms); {
		c, to := f.cluster[i], i
		var firms []int
		for ; to < len(f.firms) && f.cluster[to] == c; to++ {
			if known[to] {
				firms = append(firms, to)
			}
		}
		s.addCluster(c, firms)
		i = to
	}
	return s
}

func (s *pairsSample) addCluster(c int, firms []int) {
	if len(firms) < 2 {
		s.drops[loneFirm] += len(firms)
		return
	}
	outcome := s.of(s.m.pair)
	first, varies := outcome(firms[1], firms[0]), false
	for i, a := range firms {
		for _, b := range firms[:i] {
			varies = varies || outcome(a, b) != first || outcome(b, a) != first
		}
	}
	if !varies {
		s.drops[constantInCluster] += len(firms)
		return
	}
	s.clusters, s.firms = append(s.clusters, c), append(s.firms, firms)
}

// complete tells for every firm whether it has what the outcome and the terms
// are made of.
func (s *pairsSample) complete() []bool {
	known := make([]bool, len(s.f.firms))
	for i := range known {
		known[i] = true
	}
	for k, t := range append([]Term{s.m.pair}, s.m.terms...) {
		v := s.f.in.Firms.Column(t.Name)
		if t.Func == "" || t.Func == "both" || v == nil {
			continue
		}
		reason := noTerm
		if k == 0 {
			reason = noOutcome
		}
		for i, row := range s.f.firms {
			if known[i] && v.Null(row) {
				known[i] = false
				s.drops[reason]++
			}
		}
	}
	return known
}

// of is what a term says of a pair of firms of one cluster.
func (s *pairsSample) of(t Term) func(a, b int) float64 {
	number := func(i int) float64 {
		x, _ := s.f.in.Firms.Column(t.Name).Float(s.f.firms[i])
		return x
	}
	switch t.Func {
	case "diff":
		return func(a, b int) float64 { return number(a) - number(b) }
	case "absdiff":
		return func(a, b int) float64 { return math.Abs(number(a) - number(b)) }
	case "sender":
		return func(a, _ int) float64 { return number(a) }
	case "receiver":
		return func(_, b int) float64 { return number(b) }
	case "same":
		return s.same(t.Name)
	case "both":
		return s.both(t.Name)
	}
	ties := s.f.ties[t.Name]
	if s.directed {
		return func(a, b int) float64 { return flag(ties[[2]int{a, b}]) }
	}
	return func(a, b int) float64 { return flag(ties[[2]int{a, b}] || ties[[2]int{b, a}]) }
}

func flag(holds bool) float64 {
	if holds {
		return 1
	}
	return 0
}

func (s *pairsSample) same(name string) func(a, b int) float64 {
	v, rows := s.f.in.Firms.Column(name), s.f.firms
	if v.Kind() == table.Number || v.Kind() == table.Count {
		return func(a, b int) float64 {
			x, _ := v.Float(rows[a])
			y, _ := v.Float(rows[b])
			return flag(x == y)
		}
	}
	return func(a, b int) float64 { return flag(v.Str(rows[a]) == v.Str(rows[b])) }
}

// both tells whether two firms take part in one event together.
func (s *pairsSample) both(affiliation string) func(a, b int) float64 {
	events := s.f.eventsOf[affiliation]
	return func(a, b int) float64 {
		return flag(a < len(events) && b < len(events) && slices.ContainsFunc(events[a], func(e string) bool { return slices.Contains(events[b], e) }))
	}
}

// cells is how long the matrices of some clusters are.
func (s *pairsSample) cells() int {
	cells := 0
	for _, firms := range s.firms {
		cells += len(firms) * len(firms)
	}
	return cells
}

// matrices are those of the outcome and the terms, in the clusters kept.
func (s *pairsSample) matrices(keep func(g int) bool) (*stats.Pairs, []float64, [][]float64) {
	var sizes []int
	for g, firms := range s.firms {
		if keep(g) {
			sizes = append(sizes, len(firms))
		}
	}
	all := make([][]float64, 1+len(s.m.terms))
	for k, t := range append([]Term{s.m.pair}, s.m.terms...) {
		of := s.of(t)
		for g, firms := range s.firms {
			if !keep(g) {
				continue
			}
			for _, a := range firms {
				for _, b := range firms {
					all[k] = append(all[k], of(a, b))
				}
			}
		}
	}
	return stats.NewPairs(s.directed, sizes...), all[0], all[1:]
}

func every(int) bool { return true }

// refusal names why the pairs bear no model; empty where they do.
func (s *pairsSample) refusal() string {
	for _, t := range s.m.terms {
		if !s.directed && (t.Func == "diff" || t.Func == "sender" || t.Func == "receiver") {
			return directionNeeded
		}
	}
	switch {
	case len(s.firms) == 0 && s.drops[constantInCluster] > 0:
		return noVariation
	case len(s.firms) == 0:
		return tooFewFirms
	case s.cells() > mostCells:
		return tooManyPairs
	}
	return ""
}

// caveats are those of the networks that enter.
func (s *pairsSample) caveats() caveatSet {
	set := caveatSet{}
	for _, t := range append([]Term{s.m.pair}, s.m.terms...) {
		if t.Func == "" {
			for name, holds := range s.f.networkCaveats(t.Name, s.clusters) {
				set[name] = set[name] || holds
			}
		}
	}
	return set
}
