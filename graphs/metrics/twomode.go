package metrics

import "math/bits"

// eventShared holds the intermediate results that metrics of firms and events
// draw on.
type eventShared struct {
	done   bool
	counts twoMode
	shared []int64
	sets   []uint64
}

// twoMode counts the small patterns of firms and events.
type twoMode struct {
	threePaths int64 // firm - event - firm - event
	fourCycles int64 // two firms in the same two events
	nested     float64
	pairs      float64
}

// The conditions under which metrics of firms and events are undefined.
var (
	noEvents    = Check{Reason: NoEvents, Network: func(s *Shared) bool { return s.in.Events == nil || s.in.Events.Memberships() == 0 }}
	noThreePath = Check{Reason: NoTwoPath, Network: func(s *Shared) bool { return s.in.Events == nil || s.twoMode().threePaths == 0 }}
)

// twoMode counts over pairs of firms and pairs of events.
func (s *Shared) twoMode() *twoMode {
	f := &s.ofEvents
	if f.done {
		return &f.counts
	}
	f.done = true
	f.counts = twoMode{}
	in := s.in.Events
	if in.N() <= 64 && in.M() <= 64 {
		f.pairUpSets(in.N(), in.Events, true)
		f.pairUpSets(in.M(), in.Nodes, false)
	} else {
		f.pairUp(in.N(), in.Events, in.Nodes, true)
		f.pairUp(in.M(), in.Nodes, in.Events, false)
	}
	for e := range in.M() {
		nodes := in.Nodes(e)
		for _, v := range nodes {
			f.counts.threePaths += int64(len(nodes)-1) * int64(len(in.Events(int(v)))-1)
		}
	}
	return &f.counts
}

// pairUp goes over the pairs of one mode: entries are those of the other mode
// that one of n takes part in, and members those of this mode in an entry.
// Four-cycles are counted over pairs of firms alone.
func (f *eventShared) pairUp(n int, entries, members func(int) []int32, cycles bool) {
	f.shared = resized(f.shared, n)
	clear(f.shared)
	f.counts.pairs += float64(n) * float64(n-1) / 2
	for v := range n {
		own := entries(v)
		for _, e := range own {
			for _, u := range members(int(e)) {
				if int(u) > v {
					f.shared[u]++
				}
			}
		}
		for _, e := range own {
			for _, u := range members(int(e)) {
				overlap := f.shared[u]
				if overlap == 0 || int(u) <= v {
					continue
				}
				f.shared[u] = 0
				f.counts.pair(overlap, int64(len(own)), int64(len(entries(int(u)))), cycles)
			}
		}
	}
}

// pairUpSets is pairUp where the other mode has up to 64.
func (f *eventShared) pairUpSets(n int, entries func(int) []int32, cycles bool) {
	f.sets, f.shared = resized(f.sets, n), resized(f.shared, n)
	f.counts.pairs += float64(n) * float64(n-1) / 2
	for v := range n {
		own := uint64(0)
		for _, e := range entries(v) {
			own |= 1 << e
		}
		f.sets[v], f.shared[v] = own, int64(len(entries(v)))
		for u, other := range f.sets[:v] {
			f.counts.pair(int64(bits.OnesCount64(own&other)), f.shared[v], f.shared[u], cycles)
		}
	}
}

// pair counts two that take part in overlap together, and in a and b each.
func (c *twoMode) pair(overlap, a, b int64, cycles bool) {
	if cycles {
		c.fourCycles += overlap * (overlap - 1) / 2
	}
	uneven := int64(0)
	if a != b {
		uneven = 1
	}
	c.nested += float64(overlap*uneven) / float64(max(1, min(a, b)))
}

// twoModeDensity is the share of firm-event pairs in which the firm takes part.
// Events are those that a firm of the cluster takes part in. Null where there
// is none, and on layers that are not made from events. Cost the number of
// participations. Borgatti & Everett 1997, doi:10.1016/S0378-8733(96)00301-2.
func twoModeDensity(s *Shared, out []float64) {
	in := s.in.Events
	out[0] = float64(in.Memberships()) / (float64(in.N()) * float64(in.M()))
}

// twoModeReinforcement is how often firms that share an event share another:
// four times the four-cycles over the paths of length three. Null where there
// is no such path. Cost the two-paths of firms and events. Robins & Alexander
// 2004, doi:10.1023/B:CMOT.0000032580.12184.c0. It is NetworkX's
// robins_alexander_clustering, which is 0 where there is no path.
func twoModeReinforcement(s *Shared, out []float64) {
	c := s.twoMode()
	out[0] = 4 * float64(c.fourCycles) / float64(c.threePaths)
}

// twoModeNODF is nestedness, in percent: the mean, over pairs of firms and pairs
// of events, of the share of the smaller one's participations that the larger
// has too; 0 for a pair of the same size. 100 where the sizes all differ and
// each is contained in the next. Null where there is no event. Cost the
// two-paths of firms and events. Almeida-Neto et al. 2008,
// doi:10.1111/j.0030-1299.2008.16644.x. It is vegan's nestednodf.
func twoModeNODF(s *Shared, out []float64) {
	c := s.twoMode()
	if c.pairs > 0 { // one firm in one event has none, and nothing nested
		out[0] = 100 * c.nested / c.pairs
	}
}

// twoModeCommonShare is the share of events that at least half the firms take
// part in: practices that are common to the cluster, not shared by a pair. Null
// where there is no event. Cost the number of events.
func twoModeCommonShare(s *Shared, out []float64) {
	in := s.in.Events
	for e := range in.M() {
		if 2*len(in.Nodes(e)) >= in.N() {
			out[0]++
		}
	}
	out[0] /= float64(in.M())
}
