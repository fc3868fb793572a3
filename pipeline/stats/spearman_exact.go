package stats

import (
	"math"
	"math/bits"
	"slices"
)

// SpearmanExactRows is the largest number of rows for which SpearmanExact
// counts: 14! pairings take a few tens of milliseconds, and each further row
// more than twice that.
const SpearmanExactRows = 14

// ExactTest is a p-value by enumeration.
type ExactTest struct {
	AsExtreme uint64 // arrangements at least as far from 0, the data's own included
	Total     uint64
	P         float64 // AsExtreme/Total, two-sided
}

// SpearmanExact counts, over all pairings of x and y, those whose |rho| is at
// least the observed one. It is exact with ties and without, in whole numbers
// throughout, and panics beyond SpearmanExactRows.
//
// R's cor.test(method = "spearman", exact = TRUE) is exact only to n = 9 and
// only without ties. R: coin::spearman_test(y ~ x, distribution = "exact")
// needs ties to be absent too; e1071 and pspearman tabulate the untied case.
func SpearmanExact(x, y []float64) ExactTest {
	if len(x) != len(y) || len(x) > SpearmanExactRows {
		panic("stats: columns of unequal length, or too long to enumerate")
	}
	a, b := compact(centredRanks(x)), compact(centredRanks(y))
	// The distance of a sum of products from its mean under the null, times
	// n, is proportional to rho for any affine change of the ranks.
	n, centre := len(a), sum(a)*sum(b)
	observed := magnitude(n*dot(a, b) - centre)
	lowest, counts := pairingSums(a, b)
	var t ExactTest
	for i, count := range counts {
		t.Total += count
		if magnitude(n*(lowest+i)-centre) >= observed {
			t.AsExtreme += count
		}
	}
	t.P = float64(t.AsExtreme) / float64(t.Total)
	return t
}

// compact moves whole numbers to start at 0 and divides out their common
// divisor, so that sums of products take few values.
func compact(ranks []int) []int {
	out := slices.Clone(ranks)
	divisor := 0
	for i := range out {
		out[i] -= slices.Min(ranks)
		divisor = gcd(divisor, out[i])
	}
	for i := range out {
		out[i] /= max(divisor, 1)
	}
	return out
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func sum(x []int) int {
	var s int
	for _, v := range x {
		s += v
	}
	return s
}

// pairingSums counts over all permutations π the sums Σ a_i b_π(i): counts[s]
// of them equal lowest+s.
//
// It pairs the first m elements of a with subsets of m elements of b, for
// growing m. A subset's sums depend only on those of the subsets one smaller,
// so 2ⁿ subsets do the work of n! permutations; and in order, a subset's sums
// lie close together. Among equal elements of b only the subsets that take the
// first of them count, and stand for the others.
func pairingSums(a, b []int) (lowest int, counts []uint64) {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	if bits.OnesCount(ties(a)) > bits.OnesCount(ties(b)) {
		a, b = b, a // the sums are the same, the subsets fewer
	}
	tied := ties(b)
	full := uint(1)<<len(b) - 1
	of := make([]sums, full+1) // by subset of b, as a bit mask
	of[0].counts = []uint64{orders(b)}
	for m, v := range a {
		for set := range full + 1 {
			if bits.OnesCount(set) == m+1 && set&tied&^(set<<1) == 0 {
				of[set] = extend(of, set, v, b)
			}
		}
		for set := range full + 1 {
			if bits.OnesCount(set) == m {
				of[set].counts = nil // not needed again, and most of the memory
			}
		}
	}
	return of[full].lowest, of[full].counts
}

// ties returns the positions, as bits, at which sorted numbers repeat.
func ties(sorted []int) uint {
	var tied uint
	for j := 1; j < len(sorted); j++ {
		if sorted[j] == sorted[j-1] {
			tied |= 1 << j
		}
	}
	return tied
}

// orders returns in how many ways equal ones among sorted numbers can change
// places.
func orders(sorted []int) uint64 {
	product, run := uint64(1), uint64(1)
	for j := 1; j < len(sorted); j++ {
		run++
		if sorted[j] != sorted[j-1] {
			run = 1
		}
		product *= run
	}
	return product
}

// sums holds how often each sum occurs, from the lowest on; no counts for a
// subset that another stands for.
type sums struct {
	lowest int
	counts []uint64
}

// extend gathers the sums of a set: v times each of its members, added to the
// sums of the set without that member.
func extend(of []sums, set uint, v int, b []int) sums {
	low, high := math.MaxInt, math.MinInt
	for j, w := range b {
		if rest := of[set&^(1<<j)]; set>>j&1 == 1 && rest.counts != nil {
			low = min(low, rest.lowest+v*w)
			high = max(high, rest.lowest+v*w+len(rest.counts))
		}
	}
	s := sums{low, make([]uint64, high-low)}
	for j, w := range b {
		if rest := of[set&^(1<<j)]; set>>j&1 == 1 && rest.counts != nil {
			into := s.counts[rest.lowest+v*w-low:]
			for i, count := range rest.counts {
				into[i] += count
			}
		}
	}
	return s
}
