package metrics

// Column is what a metric came to in one network.
type Column struct {
	// Values holds one value per firm, or a single one for the network; 0 where
	// undefined.
	Values []float64
	// Reasons says, for each value, why it is undefined, or that it is Defined.
	Reasons []Reason
	// Whole is the reason where the network as a whole has no value, for any of
	// its firms, and Defined otherwise. Reasons then repeats it.
	Whole Reason
}

// Runner computes a list of metrics over one network after another. It reuses
// its memory, so that after the largest network it allocates nothing. One
// goroutine may use it at a time.
type Runner struct {
	list    []Metric
	columns []Column
	shared  Shared
}

// NewRunner returns a runner for the given metrics.
func NewRunner(list []Metric) *Runner {
	return &Runner{list: list, columns: make([]Column, len(list))}
}

// Metrics returns the list that the runner was made for.
func (r *Runner) Metrics() []Metric { return r.list }

// Run measures a network and returns a column for each metric, in the order of
// the list. The columns are good until the next run. It panics if the input
// says something of another number of firms than the graph has.
func (r *Runner) Run(in Input) []Column {
	in.check()
	r.shared.reset(in)
	for i := range r.list {
		r.columns[i].fill(&r.list[i], &r.shared)
	}
	return r.columns
}

// fill decides where the metric is defined, and computes it there.
func (c *Column) fill(m *Metric, s *Shared) {
	s.param = m.param
	size := 1
	if m.Level == Firm {
		size = s.n
	}
	c.Values, c.Reasons = resized(c.Values, size), resized(c.Reasons, size)
	clear(c.Values)
	clear(c.Reasons)
	c.Whole = Defined
	if !c.check(m, s) {
		return
	}
	m.Run(s, c.Values)
	for v, reason := range c.Reasons {
		if reason != Defined {
			c.Values[v] = 0
		}
	}
}

// check sets the reasons, the first that holds for each value, and tells
// whether the network as a whole may be measured.
func (c *Column) check(m *Metric, s *Shared) bool {
	anyFirm := false
	for _, check := range m.Reasons {
		if check.Firm != nil {
			anyFirm = c.checkFirms(check, s) || anyFirm
			continue
		}
		if !check.Network(s) {
			continue
		}
		for v := range c.Reasons {
			if c.Reasons[v] == Defined {
				c.Reasons[v] = check.Reason
			}
		}
		if !anyFirm {
			c.Whole = check.Reason
		}
		return false
	}
	return true
}

// checkFirms gives the reason to every firm for which the check holds and that
// has none yet, and tells whether there is such a firm.
func (c *Column) checkFirms(check Check, s *Shared) bool {
	found := false
	for v := range c.Reasons {
		if c.Reasons[v] == Defined && check.Firm(s, v) {
			c.Reasons[v] = check.Reason
			found = true
		}
	}
	return found
}

// resized returns s with length n, its contents arbitrary, allocating only
// where its capacity does not do.
func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
