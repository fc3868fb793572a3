package reconcile

import (
	"math"
	"slices"

	"firmties/pipeline/study"
)

// strength is the strength of a tie from its yes reports: each respondent's
// first become one, then those of all respondents and the records do. Blanks
// are left out; where all are blank it is 1. A distance is combined as a
// distance, and the strength is the inverse.
func (w *work) strength(pair []said) float64 {
	if w.s.Weights == study.NoWeight {
		return 1
	}
	values := w.values[:0]
	for len(pair) > 0 {
		one := pair[:prefix(pair, func(a, b said) bool { return a.respondent == b.respondent })]
		pair = pair[len(one):]
		from := len(values)
		for _, x := range one {
			if s := w.reports[x.report].Strength; x.answer == study.Yes && !math.IsNaN(s) {
				values = append(values, s)
			}
		}
		if one[0].respondent >= 0 && len(values) > from+1 {
			values = append(values[:from], combine(ofOne(w.rel.Combine), values[from:]))
		}
	}
	w.values = values
	if len(values) == 0 {
		return 1
	}
	v := combine(w.rel.Combine, values)
	if w.s.Weights == study.Distance {
		return 1 / v
	}
	return v
}

// ofOne is how one respondent's reports of a pair are combined: saying it
// twice does not make a tie stronger.
func ofOne(c study.Combine) study.Combine {
	if c == study.Sum {
		return study.Mean
	}
	return c
}

// combine makes one value of several, which it sorts: the sum does not depend
// on the order of reports.
func combine(c study.Combine, values []float64) float64 {
	slices.Sort(values)
	switch c {
	case study.Max:
		return values[len(values)-1]
	case study.Min:
		return values[0]
	}
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	if c == study.Sum {
		return sum
	}
	return sum / float64(len(values))
}
