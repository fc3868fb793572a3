package metrics

import (
	"math"
	"math/bits"
)

// componentsStrong is the number of strong components: groups of firms that
// all reach each other along arcs, as large as can be. Null on an undirected
// layer. Cost n+m. It is igraph's components(mode = "strong").
func componentsStrong(s *Shared, out []float64) { out[0] = float64(len(s.strongComponents().Sizes)) }

// largestStrongComponentShare is the share of firms that are in the largest
// strong component; 0 in a network without firms. Null on an undirected layer.
// Cost n+m.
func largestStrongComponentShare(s *Shared, out []float64) {
	largest := int32(0)
	for _, size := range s.strongComponents().Sizes {
		largest = max(largest, size)
	}
	out[0] = float64(largest) / float64(max(1, s.n))
}

// flowHierarchy is the share of arcs that lie on no cycle: those between strong
// components. Null on an undirected layer and without ties. Cost n+m. Luo &
// Magee 2011, doi:10.1002/cplx.20368. It is flow_hierarchy in NetworkX.
func flowHierarchy(s *Shared, out []float64) {
	of := s.strongComponents().Of
	between := 0
	for v := range s.n {
		for _, w := range s.graph.Out(v) {
			if of[v] != of[w] {
				between++
			}
		}
	}
	out[0] = float64(between) / float64(s.graph.Ties())
}

// krackhardtHierarchy is the share of the pairs joined by a path along arcs
// that are joined in one direction only: 1 in an outtree, 0 where every path
// can be returned. Null on an undirected layer and where there is no path.
// Cost as harmonic. Krackhardt 1994 (in Carley & Prietula, Computational
// Organization Theory). It is sna's hierarchy(measure = "krackhardt").
func krackhardtHierarchy(s *Shared, out []float64) {
	paths, _ := joinedPairs(s.outgoingDistances())
	bothWays := int64(0)
	for _, size := range s.strongComponents().Sizes {
		bothWays += int64(size) * int64(size-1) / 2
	}
	oneWay := paths - 2*bothWays
	out[0] = float64(oneWay) / float64(oneWay+bothWays)
}

// krackhardtEfficiency is how few arcs the network has beyond those that hold
// its components together: 1 less the arcs of components in excess of n_c-1,
// over the most there could be, the sum of (n_c-1)². An outtree has 1. Null on
// an undirected layer and where all firms are isolates. Cost n+m. Krackhardt
// 1994 (in Carley & Prietula, Computational Organization Theory). It is sna's
// efficiency.
func krackhardtEfficiency(s *Shared, out []float64) {
	needed, most := 0.0, 0.0
	parts := s.components()
	for c := range parts.Count() {
		links := float64(len(parts.Members(c)) - 1)
		needed += links
		most += links * links
	}
	out[0] = 1 - (float64(s.graph.Ties())-needed)/most
}

// krackhardtLUB is the share of the pairs of a component that have a least
// upper bound: a firm that reaches both (a firm reaches itself) and is reached
// by every other that does. It is 1 - V/sum of (n_c-1)(n_c-2)/2 over
// components of the undirected view, V the pairs of a component without one.
// An outtree has 1. Null on an undirected layer and where no component has
// three firms. Cost n³/128 at most. Krackhardt 1994 (in Carley & Prietula,
// Computational Organization Theory). sna's lubness asks that the bound reach
// every other, rather than be reached by it, and so differs.
func krackhardtLUB(s *Shared, out []float64) {
	u := &s.ofNetwork.bounds
	u.ancestors(s)
	most := 0.0
	parts := s.components()
	for c := range parts.Count() {
		size := float64(len(parts.Members(c)))
		most += (size - 1) * (size - 2) / 2
	}
	out[0] = 1 - float64(u.unbounded(s))/most
}

// upperBounds finds pairs of strong components without a least upper bound.
// What reaches a firm reaches its whole strong component, so that these stand
// for their firms.
type upperBounds struct {
	words int      // in a row
	above []uint64 // a row for each strong component, the set of those that reach it, itself included
	whole []int32  // the component of the undirected view that each belongs to
}

// ancestors sets the rows. A strong component comes after those that it has
// arcs to, so the last has no other above it.
func (u *upperBounds) ancestors(s *Shared) {
	strong, parts := s.strongComponents(), s.components()
	count := len(strong.Sizes)
	u.words = (count + 63) / 64
	u.above, u.whole = resized(u.above, count*u.words), resized(u.whole, count)
	clear(u.above)
	order := s.firmsByStrongComponent()
	for i := len(order) - 1; i >= 0; i-- {
		v := order[i]
		c := strong.Of[v]
		u.whole[c] = parts.Of[v]
		row := u.row(int(c))
		row[c/64] |= 1 << (c % 64)
		for _, w := range s.graph.In(int(v)) {
			for k, word := range u.row(int(strong.Of[w])) {
				row[k] |= word
			}
		}
	}
}

func (u *upperBounds) row(c int) []uint64 { return u.above[c*u.words : (c+1)*u.words] }

// unbounded counts the pairs of firms of one component that have no least
// upper bound. Two of one strong component have: themselves.
func (u *upperBounds) unbounded(s *Shared) int64 {
	sizes := s.strongComponents().Sizes
	pairs := int64(0)
	for a := range sizes {
		for b := range a {
			if u.whole[a] == u.whole[b] && !u.bounded(u.row(a), u.row(b)) {
				pairs += int64(sizes[a]) * int64(sizes[b])
			}
		}
	}
	return pairs
}

// bounded tells whether two sets of ancestors have a least upper bound. It can
// only be the first that they have in common, for the others are above it; it
// is, if all they have in common is above it.
func (u *upperBounds) bounded(a, b []uint64) bool {
	for k := range a {
		common := a[k] & b[k]
		if common == 0 {
			continue
		}
		least := u.row(64*k + bits.TrailingZeros64(common))
		for ; k < len(a); k++ {
			if a[k]&b[k] != least[k] {
				return false
			}
		}
		return true
	}
	return false
}

// firmsByStrongComponent lists the firms in the order of their strong
// components.
func (s *Shared) firmsByStrongComponent() []int32 {
	k := &s.ofNetwork
	strong := s.strongComponents()
	k.starts = resized(k.starts, len(strong.Sizes))
	k.order = resized(k.order, s.n)
	at := int32(0)
	for c, size := range strong.Sizes {
		k.starts[c] = at
		at += size
	}
	for v, c := range strong.Of {
		k.order[k.starts[c]] = int32(v)
		k.starts[c]++
	}
	return k.order
}

// meanDistanceDirected is the mean distance over ordered pairs joined by a
// path along arcs. Every arc has length 1. Pairs without a path are left out.
// Null on an undirected layer and without ties. Cost as harmonic. It is
// igraph's mean_distance(directed = TRUE).
func meanDistanceDirected(s *Shared, out []float64) {
	pairs, sum := joinedPairs(s.outgoingDistances())
	out[0] = float64(sum) / float64(pairs)
}

// diameterDirected is the longest distance along arcs among pairs joined by a
// path. Null on an undirected layer and without ties. Cost as harmonic. It is
// igraph's diameter(directed = TRUE).
func diameterDirected(s *Shared, out []float64) {
	out[0] = float64(len(s.outgoingDistances().Pairs) - 1)
}

// globalEfficiencyDirected is the mean of 1/distance along arcs over all
// ordered pairs, 0 for a pair without a path. Null on an undirected layer and
// if n < 2. Cost as harmonic. Latora & Marchiori 2001,
// doi:10.1103/PhysRevLett.87.198701. It is igraph's global_efficiency(directed
// = TRUE).
func globalEfficiencyDirected(s *Shared, out []float64) {
	out[0] = closenessOfPairs(s.outgoingDistances()) / s.orderedPairs()
}

// radius is the smallest eccentricity of a firm in the largest component, the
// smallest such value where several components are the largest. Undirected
// view. Null without ties. Cost as harmonic. It is igraph's radius of that
// component, and NetworkX's.
func radius(s *Shared, out []float64) {
	farthest := s.undirectedDistances().Eccentricity
	out[0] = s.leastOfLargest(func(members []int32) float64 {
		least := farthest[members[0]]
		for _, v := range members {
			least = min(least, farthest[v])
		}
		return float64(least)
	})
}

// wienerIndex is the sum of the distances over the unordered pairs of the
// largest component, the smallest such value where several components are the
// largest. Undirected view. Null without ties. Cost as harmonic. Wiener 1947,
// doi:10.1021/ja01193a005. It is wiener_index in NetworkX of that component.
func wienerIndex(s *Shared, out []float64) {
	farness := s.undirectedDistances().Farness
	out[0] = s.leastOfLargest(func(members []int32) float64 {
		sum := int64(0)
		for _, v := range members {
			sum += farness[v]
		}
		return float64(sum / 2)
	})
}

// reachWeightedMean is the mean over firms of the sum of 1/distance to the
// others, (n-1) times globalEfficiency. Undirected view. Null if n < 2. Cost as
// harmonic. Schilling & Phelps 2007, doi:10.1287/mnsc.1060.0624 (average
// distance-weighted reach).
func reachWeightedMean(s *Shared, out []float64) {
	out[0] = closenessOfPairs(s.undirectedDistances()) / float64(s.n)
}

// leastOfLargest returns the smallest value over the components with the most
// firms.
func (s *Shared) leastOfLargest(value func(members []int32) float64) float64 {
	parts, largest := s.components(), s.largestComponent()
	least := math.Inf(1)
	for c := range parts.Count() {
		if members := parts.Members(c); len(members) == largest {
			least = min(least, value(members))
		}
	}
	return least
}

// largestComponent is the number of firms in the largest component of the
// undirected view.
func (s *Shared) largestComponent() int {
	parts, largest := s.components(), 0
	for c := range parts.Count() {
		largest = max(largest, len(parts.Members(c)))
	}
	return largest
}
