package stats

import "gonum.org/v1/gonum/mathext"

// MonteCarloInterval returns the Clopper-Pearson interval of the p-value that
// all possible draws would give, from the draws that were as extreme as the
// data. If it holds the level of a test, more draws are needed to decide.
//
// R: binom.test(asExtreme, draws, conf.level = level)$conf.int.
func MonteCarloInterval(asExtreme, draws int, level float64) (low, high float64) {
	if asExtreme < 0 || asExtreme > draws || draws < 1 {
		panic("stats: more draws as extreme as there are")
	}
	tail := (1 - level) / 2
	b, m := float64(asExtreme), float64(draws)
	high = 1
	if asExtreme > 0 {
		low = mathext.InvRegIncBeta(b, m-b+1, tail)
	}
	if asExtreme < draws {
		high = mathext.InvRegIncBeta(b+1, m-b, 1-tail)
	}
	return low, high
}

// Interval returns the interval of P that chance in the draws leaves.
func (t PermutationTest) Interval(level float64) (low, high float64) {
	if t.Enumerated {
		return t.P, t.P
	}
	return MonteCarloInterval(t.AsExtreme, t.Draws, level)
}
