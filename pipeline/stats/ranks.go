package stats

import (
	"slices"

	"gonum.org/v1/gonum/floats"
)

// Ranks returns the ranks of x from 1, ties sharing the mean of theirs. Only
// equal numbers tie, as in R's rank(x).
func Ranks(x []float64) []float64 {
	ranks := make([]float64, len(x))
	for i, c := range centredRanks(x) {
		ranks[i] = float64(c+len(x)+1) / 2
	}
	return ranks
}

// centredRanks returns 2·rank-(n+1): mid-ranks doubled, so that they are whole
// numbers, and centred, so that they sum to 0. Sums of their products compare
// exactly.
func centredRanks(x []float64) []int {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		switch {
		case x[i] < x[j]:
			return -1
		case x[i] > x[j]:
			return 1
		}
		return 0
	})
	centred := make([]int, len(x))
	for first := 0; first < len(x); {
		next := first + 1
		for next < len(x) && x[order[next]] == x[order[first]] {
			next++
		}
		for _, i := range order[first:next] {
			centred[i] = first + next - len(x) // 2·((first+1+next)/2) - (n+1)
		}
		first = next
	}
	return centred
}

// ShareWithin returns x divided by the sum of its cluster, and 0 where that is
// 0. For numbers that are not negative.
func ShareWithin(x []float64, c *Clusters) []float64 {
	c.check(x)
	shares := append([]float64(nil), x...)
	for g := range c.Len() {
		part := c.Of(shares, g)
		if total := floats.Sum(part); total != 0 {
			floats.Scale(1/total, part)
		}
	}
	return shares
}
