package associate

import (
	"maps"
	"slices"
)

// finite tells whether all numbers of a result can be written. Those of values
// near the largest number, or of differences near the smallest, may lie beyond
// what a number can hold.
func (r *result) finite() bool {
	numbers := slices.Collect(maps.Values(r.fitted.statistics))
	add := func(values ...value) {
		for _, v := range values {
			if v.ok {
				numbers = append(numbers, v.x)
			}
		}
	}
	for _, a := range r.rows {
		add(some(a.estimate), a.stdError, a.statistic, a.df, a.p, a.low, a.high)
	}
	for _, c := range r.clusterwise {
		add(c.estimate, c.stdError)
	}
	for _, i := range r.influence {
		add(i.without, i.change, i.p, i.cook, i.dfbeta, i.leverage)
	}
	for _, s := range r.specifications {
		add(some(s.answer.estimate), s.answer.stdError, s.answer.low, s.answer.high, s.answer.p)
	}
	return finite(numbers)
}
