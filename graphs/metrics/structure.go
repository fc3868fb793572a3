package metrics

import (
	"cmp"
	"slices"

	"firmties/graphs"
)

// coreIn is the largest k for which the firm belongs to a group whose members
// each receive k arcs or more from within it. Strengths are ignored. An isolate
// has 0. Null on an undirected layer. Cost n+m. Batagelj & Zaversnik 2003,
// arXiv:cs/0310049. It is igraph's coreness(mode = "in") and sna's kcores
// (cmode = "indegree").
func coreIn(s *Shared, out []float64) { s.arcCores(out, true, false) }

// coreOut is coreIn with the arcs that the members send to each other. Null
// also for a firm whose ties to others nobody was asked about.
func coreOut(s *Shared, out []float64) { s.arcCores(out, false, true) }

// coreTotal is coreIn with the arcs that the members send and receive: a mutual
// pair counts twice. It is igraph's coreness of a directed graph, NetworkX's
// core_number of one, and sna's kcores (cmode = "freeman").
func coreTotal(s *Shared, out []float64) { s.arcCores(out, true, true) }

func (s *Shared) arcCores(out []float64, incoming, outgoing bool) {
	f := &s.ofFirms
	f.arcCore = resized(f.arcCore, s.n)
	graphs.ArcCores(f.arcCore, s.graph, incoming, outgoing, &s.ws)
	for v, k := range f.arcCore {
		out[v] = float64(k)
	}
}

// coreMember is 1 if the firm is in the core and 0 if it is in the periphery,
// where the core is chosen so that as few pairs as can be are untied within it
// or tied within the periphery: of the one or more firms of highest degree,
// those of equal degree together, and the fewest where several cores are
// equally good. Undirected view, strengths ignored. Null without ties. Cost
// n·log n + m. Lip 2011, arXiv:1102.5511; Borgatti & Everett 2000,
// doi:10.1016/S0378-8733(99)00019-2.
func coreMember(s *Shared, out []float64) {
	for v, in := range s.coreMembers() {
		if in {
			out[v] = 1
		}
	}
}

// partCore sets core. With the k firms of highest degree in the core, the pairs
// that do not fit are k(k-1)/2 less the sum of the core's degrees, more all
// ties. order is scratch.
func partCore(core []bool, order []int32, degrees []int) {
	for v := range order {
		order[v] = int32(v)
	}
	slices.SortFunc(order, func(u, v int32) int { return cmp.Compare(degrees[v], degrees[u]) })
	size, least, misfits := 0, int64(0), int64(0)
	for i, v := range order {
		misfits += int64(i) - int64(degrees[v])
		last := i == len(order)-1 || degrees[order[i+1]] != degrees[v]
		if last && (size == 0 || misfits < least) {
			size, least = i+1, misfits
		}
	}
	clear(core)
	for _, v := range order[:size] {
		core[v] = true
	}
}
