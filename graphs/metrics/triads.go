package metrics

import "firmties/graphs"

// The sixteen types of triad, in the order of Davis & Leinhardt: the numbers of
// mutual, asymmetric and null pairs among three firms, and a letter where they
// can be arranged in several ways (down, up, transitive, cyclic).
const (
	triad003 = iota
	triad012
	triad102
	triad021D
	triad021U
	triad021C
	triad111D
	triad111U
	triad030T
	triad030C
	triad201
	triad120D
	triad120U
	triad120C
	triad210
	triad300
	triadTypes
)

// triadOf is the type of three firms u, v, w by the arcs among them: 1 for
// u>v, 2 for v>u, 4 for u>w, 8 for w>u, 16 for v>w and 32 for w>v, added
// (Batagelj & Mrvar 2001, doi:10.1016/S0378-8733(01)00035-1, table 1).
var triadOf = [64]uint8{
	0, 1, 1, 2, 1, 3, 5, 7, 1, 5, 4, 6, 2, 7, 6, 10,
	1, 5, 3, 7, 4, 8, 8, 12, 5, 9, 8, 13, 6, 13, 11, 14,
	1, 4, 5, 6, 5, 8, 9, 13, 3, 8, 8, 11, 7, 12, 13, 14,
	2, 6, 7, 10, 6, 11, 13, 14, 7, 13, 12, 14, 10, 14, 14, 15,
}

// triadCensus counts the types of triad.
type triadCensus struct {
	count [triadTypes]int64
	arcs  []uint8 // for the pair u, v being looked at, the arcs of triadOf between either and each other firm w
}

// take counts the triads with two or three tied pairs at their first tied pair, those with one
// tied pair by how many firms are left, and those with none by what is left of
// all: m times the highest degree steps (Batagelj & Mrvar 2001).
func (t *triadCensus) take(s *Shared) {
	t.count = [triadTypes]int64{}
	t.arcs = resized(t.arcs, s.n)
	clear(t.arcs)
	n := int64(s.n)
	g := s.undirected()
	for u := range s.n {
		t.mark(s.graph, u, 4, 8)
		for _, v := range g.Out(u) {
			if int(v) > u {
				t.pair(s, u, int(v))
			}
		}
		for _, v := range g.Out(u) {
			t.arcs[v] = 0
		}
	}
	t.count[triad003] = n * (n - 1) * (n - 2) / 6
	for _, c := range t.count[1:] {
		t.count[triad003] -= c
	}
}

// mark notes the arcs between v and the others: sent for v>w, received for w>v.
func (t *triadCensus) mark(g *graphs.Graph, v int, sent, received uint8) {
	for _, w := range g.Out(v) {
		t.arcs[w] |= sent
	}
	for _, w := range g.In(v) {
		t.arcs[w] |= received
	}
}

// pair counts the triads of the tied firms u < v and a third that are not
// counted at another pair: if w is tied to u, where w comes after v; if only to
// v, where w comes after u; and if to neither, all.
func (t *triadCensus) pair(s *Shared, u, v int) {
	g := s.undirected()
	between := int(t.arcs[v]) / 4
	t.mark(s.graph, v, 16, 32)
	touched := int64(0)
	for _, w := range g.Out(u) {
		if int(w) == v {
			continue
		}
		touched++
		if int(w) > v {
			t.count[triadOf[between|int(t.arcs[w])]]++
		}
	}
	for _, w := range g.Out(v) {
		if int(w) == u || t.arcs[w]&12 != 0 {
			continue
		}
		touched++
		if int(w) > u {
			t.count[triadOf[between|int(t.arcs[w])]]++
		}
	}
	for _, w := range g.Out(v) {
		t.arcs[w] &= 12
	}
	one := triad012
	if between == 3 {
		one = triad102
	}
	t.count[one] += int64(s.n) - 2 - touched
}

// triads is the census of the network.
func (s *Shared) triads() *triadCensus {
	k := &s.ofNetwork
	if k.first(census) {
		if s.n <= 64 {
			k.census.takeWords(s)
		} else {
			k.census.take(s)
		}
	}
	return &k.census
}

// triadsOf is the number of threes of firms of the given type. All pairs count,
// observed or not. Null on an undirected layer and if n < 3. Cost m times the
// highest degree. Davis & Leinhardt 1972 (in Berger et al., Sociological
// Theories in Progress 2). It is one number of triad_census in igraph, of
// triadic_census in NetworkX and of sna's triad.census.
func triadsOf(kind int) func(s *Shared, out []float64) {
	return func(s *Shared, out []float64) { out[0] = float64(s.triads().count[kind]) }
}

// What the types hold of i>j>k with i and k not the same, and how many of
// these are closed by i>k.
var (
	twoPathsIn = [triadTypes]int64{triad021C: 1, triad111D: 1, triad111U: 1, triad030T: 1, triad030C: 3, triad201: 2, triad120D: 2, triad120U: 2, triad120C: 3, triad210: 4, triad300: 6}
	closedIn   = [triadTypes]int64{triad030T: 1, triad120D: 2, triad120U: 2, triad120C: 1, triad210: 3, triad300: 6}
)

// transitivityDirected is the share of the paths i>j>k that are closed by an
// arc i>k, i and k not being the same. Strengths are ignored. Null on an
// undirected layer and where there is no such path. Cost m times the highest
// degree. Wasserman & Faust 1994, doi:10.1017/CBO9780511815478. It is sna's
// gtrans(measure = "weak"), which gives 1 where there is no path; igraph
// ignores directions, and NetworkX's transitivity of a DiGraph is another
// number.
func transitivityDirected(s *Shared, out []float64) {
	out[0] = float64(s.triads().total(&closedIn)) / float64(s.triads().total(&twoPathsIn))
}

// total adds what each triad holds.
func (t *triadCensus) total(in *[triadTypes]int64) int64 {
	sum := int64(0)
	for kind, count := range t.count {
		sum += count * in[kind]
	}
	return sum
}
