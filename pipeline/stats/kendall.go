package stats

import (
	"math"
	"math/bits"
	"math/rand/v2"
)

// Kendall returns tau-b, the excess of pairs of rows that x and y order alike
// over those that they order against each other, as a share of the geometric
// mean of the pairs that each orders; and false where one of them is constant.
//
// (gonum's stat.Kendall is tau-a, which ties make too small.)
//
// Kendall 1945, Biometrika 33. R: cor(x, y, method = "kendall").
func Kendall(x, y []float64) (tau float64, ok bool) {
	if len(x) != len(y) {
		panic("stats: columns of unequal length")
	}
	excess, inX, inY := kendallCounts(x, y)
	scale := math.Sqrt(float64(inX)) * math.Sqrt(float64(inY))
	if scale == 0 {
		return 0, false
	}
	return max(-1, min(1, float64(excess)/scale)), true
}

// kendallCounts are the pairs ordered alike less those ordered against each
// other, and the pairs that x and y order.
func kendallCounts(x, y []float64) (excess, inX, inY int) {
	for i := range x {
		for j := range i {
			a, b := sign(x[i]-x[j]), sign(y[i]-y[j])
			excess += a * b
			inX += a * a
			inY += b * b
		}
	}
	return excess, inX, inY
}

func sign(v float64) int { return btoi(v > 0) - btoi(v < 0) }

// KendallExact counts, over all pairings of x and y, those whose |tau| is at
// least the observed one, with ties and without; it panics beyond
// SpearmanExactRows.
//
// It gives the rows of x, in order, subsets of y: what a row adds to the excess
// depends on the set of those before it alone, so 2ⁿ sets do the work of n!
// pairings.
//
// R: cor.test(method = "kendall", exact = TRUE) without ties.
func KendallExact(x, y []float64) ExactTest {
	if len(x) != len(y) || len(x) > SpearmanExactRows {
		panic("stats: columns of unequal length, or too long to enumerate")
	}
	n := len(x)
	observed, _, _ := kendallCounts(x, y)
	_, runs := tabulate(x) // rows that share a value of x, lowest first
	above, below := orderBits(y)
	// excesses[set][s] pairings of the first rows with the set have excess s - centre.
	centre := n * (n - 1) / 2
	excesses := make([][]uint64, 1<<n)
	excesses[0] = make([]uint64, 2*centre+1)
	excesses[0][centre] = 1
	from := 0
	for _, length := range runs {
		next := from + length
		for set := range uint(1 << n) {
			if bits.OnesCount(set) == from && excesses[set] != nil {
				addRun(excesses, set, length, n, above, below)
				excesses[set] = nil
			}
		}
		from = next
	}
	var t ExactTest
	for s, count := range excesses[1<<n-1] {
		t.Total += count
		if magnitude(s-centre) >= magnitude(observed) {
			t.AsExtreme += count
		}
	}
	t.P = float64(t.AsExtreme) / float64(t.Total)
	return t
}

// orderBits are for each row the sets of rows above and below it.
func orderBits(y []float64) (above, below []uint) {
	above, below = make([]uint, len(y)), make([]uint, len(y))
	for i := range y {
		for j := range y {
			if y[j] > y[i] {
				above[i] |= 1 << j
			}
			if y[j] < y[i] {
				below[i] |= 1 << j
			}
		}
	}
	return above, below
}

// addRun gives so many rows of x, equal ones, each set of y that is left: they
// add to the excess by what was before them only, and in any order.
func addRun(excesses [][]uint64, set uint, length, n int, above, below []uint) {
	orders := uint64(1)
	for k := 2; k <= length; k++ {
		orders *= uint64(k)
	}
	counts := excesses[set]
	var choose func(first, left int, taken uint, shift int)
	choose = func(first, left int, taken uint, shift int) {
		if left == 0 {
			to := excesses[set|taken]
			if to == nil {
				to = make([]uint64, len(counts))
				excesses[set|taken] = to
			}
			for s, c := range counts {
				if c > 0 {
					to[s+shift] += c * orders
				}
			}
			return
		}
		for j := first; j < n; j++ {
			if set>>j&1 == 0 {
				choose(j+1, left-1, taken|1<<j, shift+bits.OnesCount(below[j]&set)-bits.OnesCount(above[j]&set))
			}
		}
	}
	choose(0, length, 0, 0)
}

// KendallMonteCarlo tests independence by random pairings of x and y, that of
// draw d from stream(d) alone.
func KendallMonteCarlo(x, y []float64, draws int, stream func(draw int) *rand.Rand) PermutationTest {
	tau, _ := Kendall(x, y)
	observed, _, _ := kendallCounts(x, y)
	paired := make([]float64, len(y))
	asExtreme := 0
	for draw := range draws {
		copy(paired, y)
		shuffle(paired, stream(draw))
		excess, _, _ := kendallCounts(x, paired)
		asExtreme += btoi(magnitude(excess) >= magnitude(observed))
	}
	return permutationTest(tau, asExtreme, draws)
}
