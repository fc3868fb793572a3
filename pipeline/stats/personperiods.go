package stats

import (
	"math"
	"slices"
)

// mostPeriods is how many periods a study may have for each to be a row of
// every firm at risk.
const mostPeriods = 200

// PersonPeriods is a row for every firm and period in which it was at risk, as
// FitHazard wants them: the rows of a firm stand together, in time.
type PersonPeriods struct {
	Event, Period []float64
	Row           []int // the spell of each row
	Clusters      *Clusters
	Shape         PeriodShape // dummies up to 10 periods that all have events
}

// dummyPeriods is the most periods that get a level of their own.
const dummyPeriods = 10

// NewPersonPeriods cuts spells into periods. Where all ends are whole numbers,
// as years, periods are all whole numbers from the first event to the last
// end, else the times of events: before the first event there is nothing to
// compare. A spell has a row in every period after its entry up to its end, an
// event in that of its end; without an event that period is none, for what it
// would have held is not known. A spell that is over before the first event has no
// row; a cluster with none is left out, and listed.
//
// Fails with *SpellError where a spell ends before it begins, with
// ErrConstantOutcome where there is no event, with ErrNotFinite, and with
// ErrTooLarge above 200 periods.
func NewPersonPeriods(spells []Spell, c *Clusters) (*PersonPeriods, []DroppedCluster, error) {
	periods, shape, err := periodsOf(spells)
	if err != nil {
		return nil, nil, err
	}
	p := &PersonPeriods{Shape: shape}
	var sizes []int
	var dropped []DroppedCluster
	for g := range c.Len() {
		before := len(p.Row)
		for i := c.starts[g]; i < c.starts[g+1]; i++ {
			p.add(i, spells[i], periods)
		}
		if len(p.Row) == before {
			dropped = append(dropped, DroppedCluster{g, AllLowest})
			continue
		}
		sizes = append(sizes, len(p.Row)-before)
	}
	p.Clusters = NewClusters(sizes...)
	return p, dropped, nil
}

func (p *PersonPeriods) add(row int, s Spell, periods []float64) {
	for _, t := range periods {
		if t <= s.Entry || t > s.Exit || t == s.Exit && !s.Event {
			continue
		}
		p.Row, p.Period = append(p.Row, row), append(p.Period, t)
		p.Event = append(p.Event, btof(s.Event && t == s.Exit))
	}
}

// Of returns a column of the spells by row.
func (p *PersonPeriods) Of(column []float64) []float64 {
	out := make([]float64, len(p.Row))
	for k, i := range p.Row {
		out[k] = column[i]
	}
	return out
}

func periodsOf(spells []Spell) ([]float64, PeriodShape, error) {
	var events []float64
	last, whole := math.Inf(-1), true
	for i, s := range spells {
		switch {
		case !finite(s.Exit) || math.IsNaN(s.Entry) || math.IsInf(s.Entry, 1):
			return nil, 0, ErrNotFinite
		case s.Exit <= s.Entry:
			return nil, 0, &SpellError{i}
		}
		if s.Event {
			events = append(events, s.Exit)
		}
		last, whole = max(last, s.Exit-1+btof(s.Event)), whole && s.Exit == math.Trunc(s.Exit)
	}
	if len(events) == 0 {
		return nil, 0, ErrConstantOutcome
	}
	slices.Sort(events)
	events = slices.Compact(events)
	periods := events
	if whole && last-events[0] < mostPeriods {
		periods = nil
		for t := events[0]; t <= last; t++ {
			periods = append(periods, t)
		}
	}
	switch {
	case len(periods) > mostPeriods:
		return nil, 0, ErrTooLarge
	case len(events) <= dummyPeriods:
		return events, PeriodDummies, nil // periods without an event say nothing
	}
	return periods, PeriodQuadratic, nil
}
