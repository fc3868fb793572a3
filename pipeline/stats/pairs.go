package stats

import (
	"slices"

	"gonum.org/v1/gonum/floats"
)

// Pairs are the pairs of firms inside clusters. A matrix of pairs has the n×n
// cells of each cluster by rows, cluster after cluster; its diagonal is not
// looked at, nor, where pairs are unordered, what lies above it.
type Pairs struct {
	directed bool
	sizes    []int
	firms    []int // first firm of each cluster, and their number at the end
	cells    []int // likewise of cells
	clusters *Clusters
}

// NewPairs returns the pairs of clusters with so many firms, each at least two:
// ordered pairs where directed, else unordered ones.
func NewPairs(directed bool, sizes ...int) *Pairs {
	p := &Pairs{directed: directed, sizes: sizes, firms: make([]int, 1), cells: make([]int, 1)}
	var pairs []int
	for g, n := range sizes {
		if n < 2 {
			panic("stats: a cluster without pairs")
		}
		p.firms = append(p.firms, p.firms[g]+n)
		p.cells = append(p.cells, p.cells[g]+n*n)
		if directed {
			pairs = append(pairs, n*(n-1))
		} else {
			pairs = append(pairs, n*(n-1)/2)
		}
	}
	p.clusters = NewClusters(pairs...)
	return p
}

// Len returns the number of pairs.
func (p *Pairs) Len() int { return p.clusters.Rows() }

// Cells returns the length of a matrix of pairs.
func (p *Pairs) Cells() int { return p.cells[len(p.sizes)] }

// each calls visit with the pairs in order: the cluster, the two firms there,
// and the cell.
func (p *Pairs) each(visit func(g, i, j, cell int)) {
	for g, n := range p.sizes {
		for i := range n {
			to := n
			if !p.directed {
				to = i
			}
			for j := range to {
				if i != j {
					visit(g, i, j, p.cells[g]+i*n+j)
				}
			}
		}
	}
}

// list returns the cells of a matrix that are pairs.
func (p *Pairs) list(matrix []float64) []float64 {
	if len(matrix) != p.Cells() {
		panic("stats: a matrix has not as many cells as the clusters")
	}
	out := make([]float64, 0, p.Len())
	p.each(func(_, _, _, cell int) { out = append(out, matrix[cell]) })
	return out
}

// matrix is the reverse of list: the diagonal is 0, and unordered pairs stand
// on both sides of it.
func (p *Pairs) matrix(list []float64) []float64 {
	out := make([]float64, p.Cells())
	next := 0
	p.each(func(g, i, j, cell int) {
		out[cell] = list[next]
		if !p.directed {
			out[p.cells[g]+j*p.sizes[g]+i] = list[next]
		}
		next++
	})
	return out
}

// only returns the pairs of one cluster, and its part of matrices.
func (p *Pairs) only(g int, matrices ...[]float64) (*Pairs, [][]float64) {
	parts := make([][]float64, len(matrices))
	for k, m := range matrices {
		parts[k] = m[p.cells[g]:p.cells[g+1]]
	}
	return NewPairs(p.directed, p.sizes[g]), parts
}

// products sums over the pairs what fixed matrices have times what another has
// once its firms have changed places. A matrix of few entries is gone through
// by these, a symmetric one below the diagonal only.
type products struct {
	pairs     *Pairs
	moves     []float64 // the matrix whose firms change places
	mirrored  []float64 // it plus its transpose; of unordered pairs itself
	sparse    []entries
	symmetric [][]float64
	other     [][]float64
	place     []int // of each matrix, among those of its kind
	kind      []int
}

const (
	isSparse = iota
	isSymmetric
	isOther
)

// entries are the cells of a matrix that are not 0, by cluster.
type entries struct {
	starts []int
	i, j   []int32
	value  []float64
}

// newProducts prepares the sums for matrices with diagonals of 0.
func newProducts(p *Pairs, moves []float64, fixed [][]float64) *products {
	s := &products{pairs: p, moves: moves, mirrored: moves}
	if p.directed {
		s.mirrored = slices.Clone(moves)
		p.each(func(g, i, j, cell int) { s.mirrored[cell] += moves[p.cells[g]+j*p.sizes[g]+i] })
	}
	for _, m := range fixed {
		s.add(m)
	}
	return s
}

// sparseShare is the share of the cells that entries may be to be gone through
// one by one: a sum of products goes through whole rows several times faster.
const sparseShare = 8

func (s *products) add(m []float64) {
	e := s.pairs.entries(m)
	switch {
	case len(e.value)*sparseShare < s.pairs.Len():
		s.kind, s.place = append(s.kind, isSparse), append(s.place, len(s.sparse))
		s.sparse = append(s.sparse, e)
	case !s.pairs.directed || s.pairs.isSymmetric(m):
		s.kind, s.place = append(s.kind, isSymmetric), append(s.place, len(s.symmetric))
		s.symmetric = append(s.symmetric, m)
	default:
		s.kind, s.place = append(s.kind, isOther), append(s.place, len(s.other))
		s.other = append(s.other, m)
	}
}

func (p *Pairs) entries(m []float64) entries {
	e := entries{starts: []int{0}}
	last := 0
	p.each(func(g, i, j, cell int) {
		for ; last < g; last++ {
			e.starts = append(e.starts, len(e.value))
		}
		if m[cell] != 0 {
			e.i, e.j, e.value = append(e.i, int32(i)), append(e.j, int32(j)), append(e.value, m[cell])
		}
	})
	for len(e.starts) <= len(p.sizes) {
		e.starts = append(e.starts, len(e.value))
	}
	return e
}

func (p *Pairs) isSymmetric(m []float64) bool {
	same := true
	p.each(func(g, i, j, cell int) { same = same && m[cell] == m[p.cells[g]+j*p.sizes[g]+i] })
	return same
}

// sumTo fills in the sums of all matrices, with firm order[i] of a cluster in
// the place of its firm i. The scratch is as long as the largest cluster.
func (s *products) sumTo(sums []float64, order []int32, scratch []float64) {
	clear(sums)
	for g, n := range s.pairs.sizes {
		own := order[s.pairs.firms[g]:s.pairs.firms[g+1]]
		from := s.pairs.cells[g]
		for k, kind := range s.kind {
			if kind == isSparse {
				sums[k] += s.sparse[s.place[k]].sum(g, s.moves[from:], own)
			}
		}
		for i, at := range own {
			row := from + int(at)*n
			if len(s.symmetric) > 0 {
				s.sumRow(sums, isSymmetric, s.symmetric, from+i*n, gather(scratch, s.mirrored[row:row+n], own[:i]))
			}
			if len(s.other) > 0 {
				s.sumRow(sums, isOther, s.other, from+i*n, gather(scratch, s.moves[row:row+n], own))
			}
		}
	}
}

// gather puts the cells of a row in another order.
func gather(scratch, row []float64, order []int32) []float64 {
	scratch = scratch[:len(order)]
	for j, at := range order {
		scratch[j] = row[at]
	}
	return scratch
}

// sumRow adds what one row, moved, gives with the matrices of a kind.
func (s *products) sumRow(sums []float64, kind int, fixed [][]float64, cell int, row []float64) {
	for k := range s.kind {
		if s.kind[k] == kind {
			sums[k] += floats.Dot(fixed[s.place[k]][cell:cell+len(row)], row)
		}
	}
}

func (e *entries) sum(g int, moves []float64, order []int32) float64 {
	var sum float64
	n := len(order)
	for at := e.starts[g]; at < e.starts[g+1]; at++ {
		sum += e.value[at] * moves[int(order[e.i[at]])*n+int(order[e.j[at]])]
	}
	return sum
}
