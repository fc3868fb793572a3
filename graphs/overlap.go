package graphs

import (
	"fmt"
	"math"
	"slices"
)

// Overlap holds two graphs of the same nodes against each other, as they stand
// and with the nodes of one renamed. Of makes it ready; its memory is reused.
// Both graphs are directed or both are not; strengths are ignored.
type Overlap struct {
	// Cells is the number of pairs of nodes, ordered if the graphs are directed; A
	// and B how many of them are tied in each, Both in both.
	Cells, A, B, Both int64

	n        int
	words    int
	bits     []uint64 // of b, row by row
	from, to []int32  // the ties of a
}

// Of makes a and b the graphs. It panics if they have different numbers of nodes
// or one of them alone is directed.
func (o *Overlap) Of(a, b *Graph) {
	if a.N() != b.N() || a.directed != b.directed {
		panic(fmt.Sprintf("graphs: overlap of %d nodes, directed %t, and %d, directed %t", a.N(), a.directed, b.N(), b.directed))
	}
	o.n, o.words = a.N(), (a.N()+63)/64
	o.bits = resized(o.bits, o.n*o.words)
	clear(o.bits)
	for v := range o.n {
		for _, w := range b.Out(v) {
			o.bits[v*o.words+int(w>>6)] |= 1 << (w & 63)
		}
	}
	o.from, o.to = o.from[:0], o.to[:0]
	for t := range a.All() {
		o.from, o.to = append(o.from, t.From), append(o.to, t.To)
	}
	o.Cells = int64(o.n) * int64(o.n-1)
	if !a.directed {
		o.Cells /= 2
	}
	o.A, o.B = a.Ties(), b.Ties()
	o.Both = 0
	for i, v := range o.from {
		o.Both += o.tied(v, o.to[i])
	}
}

func (o *Overlap) tied(v, w int32) int64 {
	return int64(o.bits[int(v)*o.words+int(w>>6)] >> (w & 63) & 1)
}

// Renamed returns how many pairs are tied in both where node v of the first
// graph is called name[v].
func (o *Overlap) Renamed(name []int32) int64 {
	both := int64(0)
	for i, v := range o.from {
		both += o.tied(name[v], name[o.to[i]])
	}
	return both
}

// Phi is the correlation over all pairs of being tied in the one graph with
// being tied in the other, where both pairs are tied in both (Krackhardt 1987,
// doi:10.1016/0378-8733(87)90012-8: the QAP correlation). It is not ok where a
// graph has no tie, or all.
func (o *Overlap) Phi(both int64) (phi float64, ok bool) {
	n, a, b := float64(o.Cells), float64(o.A), float64(o.B)
	spread := a * (n - a) * b * (n - b)
	if spread == 0 {
		return 0, false
	}
	return (n*float64(both) - a*b) / math.Sqrt(spread), true
}

// Distance tells how far phi is from 0 where both pairs are tied in both, in
// whole numbers, so that equal ones are equal.
func (o *Overlap) Distance(both int64) int64 {
	d := o.Cells*both - o.A*o.B
	return max(d, -d)
}

// DegreeCorrelation is the rank correlation, over nodes, of the degrees in two
// undirected graphs of the same nodes, equal degrees sharing the mean rank
// (Nicosia & Latora 2015, doi:10.1103/PhysRevE.92.032805). It is not ok where
// all degrees of a graph are equal.
func DegreeCorrelation(a, b *Graph) (rho float64, ok bool) {
	mustBeUndirected("DegreeCorrelation", a)
	mustBeUndirected("DegreeCorrelation", b)
	x, y := degreeRanks(a), degreeRanks(b)
	mean := float64(len(x)+1) / 2
	xx, yy, xy := 0.0, 0.0, 0.0
	for v := range x {
		xx += (x[v] - mean) * (x[v] - mean)
		yy += (y[v] - mean) * (y[v] - mean)
		xy += (x[v] - mean) * (y[v] - mean)
	}
	if xx == 0 || yy == 0 {
		return 0, false
	}
	return min(1, max(-1, xy/math.Sqrt(xx*yy))), true
}

// degreeRanks are the ranks of the nodes by degree, from 1.
func degreeRanks(g *Graph) []float64 {
	order := make([]int, g.N())
	for v := range order {
		order[v] = v
	}
	degree := func(v int) int { return len(g.Out(v)) }
	slices.SortFunc(order, func(u, v int) int { return degree(u) - degree(v) })
	ranks := make([]float64, g.N())
	for i := 0; i < len(order); {
		end := i + 1
		for end < len(order) && degree(order[end]) == degree(order[i]) {
			end++
		}
		for _, v := range order[i:end] {
			ranks[v] = float64(i+1+end) / 2
		}
		i = end
	}
	return ranks
}
