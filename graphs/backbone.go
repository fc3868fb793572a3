package graphs

import "slices"

// SharesAtLeast returns the chance that nodes v and w share count events or more
// under the configuration model, where the memberships of the two are drawn
// apart: the upper tail of a Poisson-binomial distribution (Neal 2014,
// doi:10.1016/j.socnet.2014.06.001: the stochastic degree sequence model).
func (c *Configuration) SharesAtLeast(v, w, count int) float64 {
	// chance[k] is that of k shared events among those seen so far; all that would
	// be beyond count is in the last.
	c.chance = resized(c.chance, count+1)
	clear(c.chance)
	c.chance[0] = 1
	for e := range c.m {
		p := c.P(v, e) * c.P(w, e)
		if count > 0 {
			c.chance[count] += c.chance[count-1] * p
		}
		for k := count - 1; k > 0; k-- {
			c.chance[k] = c.chance[k]*(1-p) + c.chance[k-1]*p
		}
		if count > 0 {
			c.chance[0] *= 1 - p
		}
	}
	return min(1, c.chance[count])
}

// Adjustment is how p-values of many pairs are adjusted for being many.
type Adjustment string

const (
	NoAdjustment      Adjustment = "none"
	Bonferroni        Adjustment = "bonferroni"
	Holm              Adjustment = "holm"
	BenjaminiHochberg Adjustment = "bh"
)

// Adjustments lists them.
func Adjustments() []string {
	return []string{string(NoAdjustment), string(Bonferroni), string(Holm), string(BenjaminiHochberg)}
}

// Significant tells of each p-value whether it is at most alpha, adjusted
// (Dunn 1961; Holm 1979; Benjamini & Hochberg 1995).
func Significant(p []float64, alpha float64, a Adjustment) []bool {
	n := float64(len(p))
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case p[i] < p[j]:
			return -1
		case p[i] > p[j]:
			return 1
		}
		return 0
	})
	kept := 0 // how many of the smallest
	for rank, i := range order {
		ok := false
		switch a {
		case Bonferroni:
			ok = p[i]*n <= alpha
		case Holm:
			ok = p[i]*(n-float64(rank)) <= alpha
		case BenjaminiHochberg:
			if p[i]*n <= alpha*float64(rank+1) {
				kept = rank + 1 // and all before it
			}
			continue
		default:
			ok = p[i] <= alpha
		}
		if !ok {
			break
		}
		kept = rank + 1
	}
	out := make([]bool, len(p))
	for _, i := range order[:kept] {
		out[i] = true
	}
	return out
}
