package stats

import "fmt"

// DropReason says why a cluster tells nothing about a slope where every
// cluster has an effect of its own.
type DropReason int

// The reasons. A cluster that is both alone and constant counts as alone.
const (
	OneRow     DropReason = iota // its effect fits the row exactly
	AllLowest                    // no event, count or success: its effect is -∞
	AllHighest                   // nothing but events, or successes: its effect is +∞
)

func (r DropReason) String() string {
	return [...]string{"a single row", "the lowest outcome throughout", "the highest outcome throughout"}[r]
}

// DroppedCluster is a cluster that a fit leaves out.
type DroppedCluster struct {
	Cluster int // its index among the clusters given
	Reason  DropReason
}

func (d DroppedCluster) String() string {
	return fmt.Sprintf("cluster %d has %v", d.Cluster, d.Reason)
}

// OutcomeError says that an outcome is not one that the model is for.
type OutcomeError struct {
	Row  int
	Want string // what it should have been
}

func (e *OutcomeError) Error() string {
	return fmt.Sprintf("the outcome of row %d is not %s", e.Row, e.Want)
}

// informative drops the clusters of one row and those at the lowest or the
// highest outcome throughout, and returns what is left of the columns. It fails
// with ErrConstantOutcome where nothing is.
func informative(y []float64, lowest, highest func(i int) bool, c *Clusters, columns ...[]float64) (*Clusters, [][]float64, []DroppedCluster, error) {
	c.check(y)
	c.check(columns...)
	var dropped []DroppedCluster
	var sizes []int
	kept := make([][]float64, len(columns))
	for g := range c.Len() {
		from, to := c.starts[g], c.starts[g+1]
		reason, drop := whyDrop(from, to, lowest, highest)
		if drop {
			dropped = append(dropped, DroppedCluster{g, reason})
			continue
		}
		sizes = append(sizes, to-from)
		for j, column := range columns {
			kept[j] = append(kept[j], column[from:to]...)
		}
	}
	if len(sizes) == 0 {
		return nil, nil, dropped, ErrConstantOutcome
	}
	return NewClusters(sizes...), kept, dropped, nil
}

func whyDrop(from, to int, lowest, highest func(i int) bool) (DropReason, bool) {
	if to-from == 1 {
		return OneRow, true
	}
	all := func(is func(i int) bool) bool {
		for i := from; i < to; i++ {
			if !is(i) {
				return false
			}
		}
		return true
	}
	switch {
	case all(lowest):
		return AllLowest, true
	case all(highest):
		return AllHighest, true
	}
	return 0, false
}

func never(int) bool { return false }

// checkOutcome fails with *OutcomeError at the first row that is not fit.
func checkOutcome(y []float64, want string, fits func(v float64) bool) error {
	for i, v := range y {
		if !finite(v) {
			return ErrNotFinite
		}
		if !fits(v) {
			return &OutcomeError{i, want}
		}
	}
	return nil
}
