package report

import "fmt"

// pooledTerm is the term of what a meta-analysis pools, as `associations` has
// it: the metric is in a column of its own.
const pooledTerm = "pooled"

// pooled says what clusters say together, and where the estimate of another
// cluster would lie, where they are enough to tell.
func (s *Summary) pooled(p *page, all []headline) {
	fits := map[string]int{}
	for r := range rows(s.Fits) {
		fits[text(s.Fits, "fit", r)] = r
	}
	var said []string
	for i := range all {
		h := &all[i]
		r, ok := fits[h.fit]
		if h.term != pooledTerm || !ok {
			continue
		}
		low, high := cell(s.Fits, "prediction_low", r, number), cell(s.Fits, "prediction_high", r, number)
		if low == none {
			continue
		}
		said = append(said, fmt.Sprintf("%s %s, another cluster between %s and %s",
			h.among(all), cell(s.Associations, "estimate", h.row(), number), low, high))
	}
	p.each("Where another cluster would lie (95% prediction interval; of a dozen clusters it covers 87%): ", said)
}
