package stats

import (
	"fmt"
	"slices"
)

// PeriodShape says how the hazard may move with time.
type PeriodShape int

// The shapes.
const (
	PeriodDummies   PeriodShape = iota // a level of its own for every period
	PeriodQuadratic                    // linear and squared time
)

// EmptyPeriodError says that no event fell into a period, so that a dummy for
// it has no estimate.
type EmptyPeriodError struct{ Period float64 }

func (e *EmptyPeriodError) Error() string {
	return fmt.Sprintf("no event in period %v", e.Period)
}

// FitHazard fits the time of an event, as adoption, on one row for every firm
// and period in which it was at risk.
//
// Model: the event happens in period t to a firm that it has not yet happened
// to with probability 1 - exp(-exp(x_it β + α_g + γ_t)), a proportional hazard
// in grouped time (Prentice & Gloeckler 1978, Biometrics 34; Allison 1982,
// Sociol. Methodol. 13); exp β is a hazard ratio. x may vary with time, as
// exposure does (PersonPeriods.Exposure). Coef has the slopes of x, then what
// the shape adds: a dummy of every period but the first that is left, or t and
// t².
//
// Rows of a firm at risk from a later period on begin there (left truncation);
// rows end with the event or with what was last seen (censoring), which is not
// an event. Rows are in clusters as elsewhere; in time they may stand anyhow.
//
// Assumes that what is not seen does not depend on the hazard, and one slope
// for all clusters and periods. Clusters without an event are dropped and
// listed, since their effect is -∞.
//
// Inference: SE takes periods and firms as independent given x; ClusterRobust
// CR1S does not. CV3, refitting without each cluster (LeaveClustersOut), is
// what to print. DF is rows less columns.
//
// Fails as FitLogit does, and with *EmptyPeriodError for PeriodDummies.
//
// R: glm(y ~ x + factor(cluster) + factor(t), binomial("cloglog")).
func FitHazard(event, period []float64, x [][]float64, c *Clusters, shape PeriodShape) (*GLM, error) {
	if err := checkOutcome(event, "0 or 1", binary); err != nil {
		return nil, err
	}
	c.check(period)
	if !finite(period...) {
		return nil, ErrNotFinite
	}
	added, err := PeriodColumns(event, period, c, shape)
	if err != nil {
		return nil, err
	}
	return fitShares(CLogLog, event, nil, append(slices.Clone(x), added...), c)
}

// PeriodColumns returns the columns that a hazard model has for time. The
// periods are those of clusters with an event and something else. The first
// of them is the level that the effects of clusters stand for.
func PeriodColumns(event, period []float64, c *Clusters, shape PeriodShape) ([][]float64, error) {
	c.check(event, period)
	if shape == PeriodQuadratic {
		square := make([]float64, len(period))
		for i, t := range period {
			square[i] = t * t
		}
		return [][]float64{slices.Clone(period), square}, nil
	}
	none := func(i int) bool { return event[i] == 0 }
	all := func(i int) bool { return event[i] == 1 }
	_, kept, _, err := informative(event, none, all, c, period, event)
	if err != nil {
		return nil, err
	}
	periods := slices.Clone(kept[0])
	slices.Sort(periods)
	periods = slices.Compact(periods)
	seen := make([]bool, len(periods))
	for i, t := range kept[0] {
		at, _ := slices.BinarySearch(periods, t)
		seen[at] = seen[at] || kept[1][i] == 1
	}
	if at := slices.Index(seen, false); at >= 0 {
		return nil, &EmptyPeriodError{periods[at]}
	}
	columns := make([][]float64, len(periods)-1)
	for l := range columns {
		columns[l] = make([]float64, len(period))
		for i, t := range period {
			if t == periods[l+1] {
				columns[l][i] = 1
			}
		}
	}
	return columns, nil
}
