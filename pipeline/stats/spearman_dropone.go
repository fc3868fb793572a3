package stats

import (
	"cmp"
	"slices"
)

// SpearmanDropOne returns the rank correlation without each row in turn, and
// where it is defined. The cost is that of sorting, not of as many rank
// correlations: with thousands of rows those would take minutes.
//
// A centred rank a_k is the sum over rows j of the sign of x_k - x_j, so that
// without row i it is a_k - s_k, s_k the sign of x_k - x_i. Of the products
// that make the correlation there remains
//
//	Σ (a_k - s_k)(b_k - t_k) - a_i b_i = Σ ab - Σ at - Σ sb + Σ st - a_i b_i,
//
// and of the squares Σ a² - n(n-1) + q(q-1), q rows sharing x_i. All are whole
// numbers, so the result is to the last digit that of leaving the row out.
func SpearmanDropOne(x, y []float64) (rho []float64, ok []bool) {
	if len(x) != len(y) {
		panic("stats: columns of unequal length")
	}
	n := len(x)
	a, b := newRanking(x), newRanking(y)
	squaresA, squaresB, products := dot(a.centred, a.centred), dot(b.centred, b.centred), dot(a.centred, b.centred)
	at, sb, st := b.tilt(a.centred), a.tilt(b.centred), concordance(a, b)
	rho, ok = make([]float64, n), make([]bool, n)
	for i := range n {
		ofA := squaresA - n*(n-1) + a.sharing(i)*(a.sharing(i)-1)
		ofB := squaresB - n*(n-1) + b.sharing(i)*(b.sharing(i)-1)
		product := products - at[i] - sb[i] + st[i] - a.centred[i]*b.centred[i]
		rho[i], ok[i] = correlationOf(product, ofA, ofB)
	}
	return rho, ok
}

// ranking is a column's rows in order, in groups of equal values.
type ranking struct {
	centred []int // 2·rank-(n+1) of each row
	group   []int // of each row, the lowest first
	order   []int // rows by group
	starts  []int // of each group in order, and the number of rows at the end
}

func newRanking(x []float64) *ranking {
	r := &ranking{centred: centredRanks(x), group: make([]int, len(x)), order: make([]int, len(x))}
	for i := range r.order {
		r.order[i] = i
	}
	slices.SortFunc(r.order, func(i, j int) int { return cmp.Compare(r.centred[i], r.centred[j]) })
	for k, i := range r.order {
		if k == 0 || r.centred[i] != r.centred[r.order[k-1]] {
			r.starts = append(r.starts, k)
		}
		r.group[i] = len(r.starts) - 1
	}
	r.starts = append(r.starts, len(x))
	return r
}

// rows returns the rows of a group.
func (r *ranking) rows(group int) []int { return r.order[r.starts[group]:r.starts[group+1]] }

func (r *ranking) groups() int { return len(r.starts) - 1 }

// sharing returns how many rows have the value of row i, itself included.
func (r *ranking) sharing(i int) int { return len(r.rows(r.group[i])) }

// tilt returns for each row the weights of the rows above it less those of the
// rows below it. The weights sum to 0.
func (r *ranking) tilt(weights []int) []int {
	out := make([]int, len(weights))
	below := 0
	for g := range r.groups() {
		own := 0
		for _, i := range r.rows(g) {
			own += weights[i]
		}
		for _, i := range r.rows(g) {
			out[i] = -2*below - own
		}
		below += own
	}
	return out
}

// concordance returns for each row how many rows differ from it in the same
// direction in both columns, less how many differ in opposite ones.
func concordance(a, b *ranking) []int {
	out := make([]int, len(a.order))
	seen := newTally(b.groups())
	for g := range a.groups() {
		rows := a.rows(g)
		// Of the rows above in a, those above in b less those below: what is
		// left of all rows, -centred, after those up to here.
		for _, i := range rows {
			out[i] = -b.centred[i] - seen.tilt(b.group[i])
		}
		for _, i := range rows {
			seen.add(b.group[i])
		}
		for _, i := range rows {
			out[i] -= seen.tilt(b.group[i])
		}
	}
	return out
}

// tally counts entries by group, and sums ranges of them in logarithmic time
// (Fenwick 1994).
type tally struct {
	tree  []int
	total int
}

func newTally(groups int) *tally { return &tally{tree: make([]int, groups+1)} }

func (t *tally) add(group int) {
	t.total++
	for k := group + 1; k < len(t.tree); k += k & -k {
		t.tree[k]++
	}
}

// upTo returns the number of entries in groups below the given one.
func (t *tally) upTo(group int) int {
	sum := 0
	for k := group; k > 0; k -= k & -k {
		sum += t.tree[k]
	}
	return sum
}

// tilt returns the number of entries above a group less those below it.
func (t *tally) tilt(group int) int { return t.total - t.upTo(group+1) - t.upTo(group) }
