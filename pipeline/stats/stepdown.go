package stats

import (
	"cmp"
	"math"
	"slices"
)

// StepDown adjusts the p-values of a family of hypotheses for their number, by
// the joint distribution of their statistics under the null: it keeps the
// chance that any true null of the family is rejected at the level, and as
// hypotheses that go together are not counted twice, rejects more than Holm.
//
// The statistics are tried from the largest on; each is judged by the largest
// of itself and all that follow, draw by draw, and no p is below one before it.
// With draws of WildCluster.Statistics over common weights it is Romano &
// Wolf's procedure (2005, Econometrica 73), with permutations common to all
// hypotheses Westfall & Young's maxT (1993; Ge, Dudoit & Speed 2003, Test 12).
// Statistics must be on one scale: t, or correlations of as many rows.
//
// drawn[k] are hypothesis k's draws, draw i of all hypotheses belonging
// together. Ties count as extreme, to a relative 1e-10. Where the draws are all
// there are (enumerated) the p is b/m, else (1+b)/(1+m). A missing statistic,
// NaN, has no p, and stands in no maximum.
//
// R: multtest::mt.maxT; see also wildrwolf.
func StepDown(observed []float64, drawn [][]float64, enumerated bool) []float64 {
	p := make([]float64, len(observed))
	order := make([]int, 0, len(observed))
	for k, t := range observed {
		p[k] = math.NaN()
		if !math.IsNaN(t) {
			order = append(order, k)
		}
	}
	if len(order) == 0 {
		return p
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(math.Abs(observed[b]), math.Abs(observed[a])) })
	draws := len(drawn[order[0]])
	extreme := make([]int, len(order))
	for i := range draws {
		largest := 0.0
		for at := len(order) - 1; at >= 0; at-- {
			k := order[at]
			largest = max(largest, math.Abs(drawn[k][i]))
			if largest >= math.Abs(observed[k])*(1-tieTolerance) {
				extreme[at]++
			}
		}
	}
	before := 0.0
	for at, k := range order {
		share := float64(1+extreme[at]) / float64(1+draws)
		if enumerated {
			share = float64(extreme[at]) / float64(draws)
		}
		before = max(before, share)
		p[k] = before
	}
	return p
}

// Holm adjusts p-values for their number, whatever their dependence (Holm 1979,
// Scand. J. Stat. 6). NaN is no hypothesis. R: p.adjust(p, "holm").
func Holm(p []float64) []float64 {
	order := ascendingP(p)
	out := blankP(p)
	before := 0.0
	for at, k := range order {
		before = max(before, min(1, float64(len(order)-at)*p[k]))
		out[k] = before
	}
	return out
}

// BenjaminiHochberg adjusts p-values so that those below a level hold, on
// average, at most that share of false ones (Benjamini & Hochberg 1995, JRSS B
// 57), for lists that explore. NaN is no hypothesis. R: p.adjust(p, "BH").
func BenjaminiHochberg(p []float64) []float64 {
	order := ascendingP(p)
	out := blankP(p)
	after := 1.0
	for at := len(order) - 1; at >= 0; at-- {
		k := order[at]
		after = min(after, float64(len(order))/float64(at+1)*p[k])
		out[k] = after
	}
	return out
}

// ascendingP lists the hypotheses from the smallest p on.
func ascendingP(p []float64) []int {
	var order []int
	for k, v := range p {
		if !math.IsNaN(v) {
			order = append(order, k)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	return order
}

func blankP(p []float64) []float64 {
	out := make([]float64, len(p))
	for k := range out {
		out[k] = math.NaN()
	}
	return out
}
