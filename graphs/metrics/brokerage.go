package metrics

// The kinds of brokerage of a firm j between i and k, where i names j, j names
// k, and i does not name k.
const (
	coordinator    = iota // all three in one group
	itinerant             // i and k in one group, j in another
	representative        // i and j in one group, k in another
	gatekeeping           // j and k in one group, i in another
	liaison               // three groups
	brokerKinds
)

// brokerage counts, for each firm, the triads that it brokers, by kind.
type brokerage struct {
	done bool
	of   [][brokerKinds]int64
}

// brokerage counts the triads by the present row's groups.
func (s *Shared) brokerage() [][brokerKinds]int64 {
	f := &s.ofGroups
	for len(f.brokerages) <= s.param {
		f.brokerages = append(f.brokerages, brokerage{})
	}
	b := &f.brokerages[s.param]
	if !b.done {
		b.done = true
		b.of = resized(b.of, s.n)
		clear(b.of)
		f.named = resized(f.named, s.n)
		clear(f.named)
		for i := range s.n {
			s.brokeredFrom(i, b.of)
		}
	}
	return b.of
}

// brokeredFrom counts the triads that begin at firm i.
func (s *Shared) brokeredFrom(i int, of [][brokerKinds]int64) {
	groups, named := s.groups(), s.ofGroups.named
	if groups[i] < 0 {
		return
	}
	named[i] = true
	for _, j := range s.graph.Out(i) {
		named[j] = true
	}
	for _, j := range s.graph.Out(i) {
		if groups[j] < 0 {
			continue
		}
		for _, k := range s.graph.Out(int(j)) {
			if !named[k] && groups[k] >= 0 {
				of[j][brokerKind(groups[i], groups[j], groups[k])]++
			}
		}
	}
	named[i] = false
	for _, j := range s.graph.Out(i) {
		named[j] = false
	}
}

func brokerKind(i, j, k int32) int {
	switch {
	case i == j && j == k:
		return coordinator
	case i == k:
		return itinerant
	case i == j:
		return representative
	case j == k:
		return gatekeeping
	default:
		return liaison
	}
}

// brokered returns the metric that counts the triads of one kind that the firm
// brokers: it is named by a firm, names another, and the one does not name the
// other. Along arcs, strengths ignored; triads with a firm whose group is not
// known are left out. Null on an undirected layer, and where the firm's own
// group is not known. Cost the number of two-paths. Gould & Fernandez 1989,
// doi:10.2307/270949. It is sna's brokerage, whose columns are w_I
// (coordinator), w_O (itinerant), b_IO (representative), b_OI (gatekeeper) and
// b_O (liaison).
func brokered(kind int) func(s *Shared, out []float64) {
	return func(s *Shared, out []float64) {
		for v, counts := range s.brokerage() {
			out[v] = float64(counts[kind])
		}
	}
}

// brokeredInAll is the number of triads of all five kinds; column t of sna's
// brokerage.
func brokeredInAll(s *Shared, out []float64) {
	for v, counts := range s.brokerage() {
		for _, n := range counts {
			out[v] += float64(n)
		}
	}
}
