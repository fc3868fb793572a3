package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// A verdict is what one test or interval says in one replication.
type verdict uint8

const (
	refused verdict = iota // it has no number
	no                     // does not reject, or does not cover
	yes
)

// verdictOf is that of a statement, where there is one.
func verdictOf(statement, ok bool) verdict {
	switch {
	case !ok:
		return refused
	case statement:
		return yes
	}
	return no
}

// rejects and covers are the verdicts at the level of the study.
func rejects(p float64, ok bool) verdict { return verdictOf(p <= level, ok) }

func covers(low, high, truth float64, ok bool) verdict {
	return verdictOf(low <= truth && truth <= high, ok)
}

// level is the nominal rate of rejection, confidence that of covering.
const (
	level      = 0.05
	confidence = 1 - level
)

// A bound is what a column promises.
type bound uint8

const (
	shown        bound = iota // nothing
	size                      // to reject at most sizeMost, in every cell
	sizeOfTheirs              // likewise where its null holds, that of these clusters
	coverage                  // to cover at least coverageLeast
)

const (
	sizeMost      = 0.065
	coverageLeast = 0.93
)

// A column is one test or interval; a view is a table of some columns.
type column struct {
	name  string
	bound bound
}

type view struct {
	heading string
	columns []column
}

// A cell is a scenario; replicate gives the verdicts of all columns of all
// views of its section, in their order, and depends on the number alone.
type cell struct {
	name         []string
	exchangeable bool // the null of tests about these clusters holds
	replicate    func(replication int) []verdict
}

type section struct {
	name  string
	keys  []string // what the parts of a cell's name are
	views []view
	cells []cell
}

// A count is how often a column said yes, and how often it had no number.
type count struct{ yes, refused, of int }

func (c *count) add(v verdict) {
	c.of++
	switch v {
	case yes:
		c.yes++
	case refused:
		c.refused++
	}
}

// String is the number of yes, and of refusals where there are any.
func (c count) String() string {
	if c.refused > 0 {
		return fmt.Sprintf("%d (%d refused)", c.yes, c.refused)
	}
	return strconv.Itoa(c.yes)
}

// rate is the share of yes among the replications that are not refused, and
// false where all are.
func (c count) rate() (share float64, ok bool) {
	if c.of == c.refused {
		return 0, false
	}
	return float64(c.yes) / float64(c.of-c.refused), true
}

// misses tells whether the rate is past the bound of its column in a cell.
func (c count) misses(b bound, exchangeable bool) bool {
	share, ok := c.rate()
	switch b {
	case size:
		return ok && share > sizeMost
	case sizeOfTheirs:
		return ok && exchangeable && share > sizeMost
	case coverage:
		return ok && share < coverageLeast
	}
	return false
}

// A runner makes cells.
type runner struct {
	replications, workers int
	progress              io.Writer
}

// counts makes the replications of a cell on all workers and adds up, whole
// numbers, what each column said.
func (r *runner) counts(c *cell) []count {
	parts := make([][]count, r.workers)
	var next atomic.Int64
	var pool sync.WaitGroup
	for w := range r.workers {
		pool.Go(func() {
			for {
				replication := int(next.Add(1)) - 1
				if replication >= r.replications {
					return
				}
				verdicts := c.replicate(replication)
				if parts[w] == nil {
					parts[w] = make([]count, len(verdicts))
				}
				for i, v := range verdicts {
					parts[w][i].add(v)
				}
			}
		})
	}
	pool.Wait()
	return sum(parts)
}

func sum(parts [][]count) []count {
	var total []count
	for _, p := range parts {
		if total == nil && p != nil { // a worker that came too late has made none
			total = make([]count, len(p))
		}
		for i, c := range p {
			total[i].yes += c.yes
			total[i].refused += c.refused
			total[i].of += c.of
		}
	}
	return total
}

// print makes the cells of a section and writes its tables.
func (r *runner) print(w io.Writer, s section) {
	if len(s.cells) == 0 {
		return
	}
	made := make([][]count, len(s.cells))
	for i := range s.cells {
		started := time.Now()
		made[i] = r.counts(&s.cells[i])
		fmt.Fprintf(r.progress, "%s: %s (%.0f s): yes %v\n", s.name, strings.Join(s.cells[i].name, ", "), time.Since(started).Seconds(), made[i])
	}
	first := 0
	for _, v := range s.views {
		v.print(w, &s, made, first)
		first += len(v.columns)
	}
}

// print writes one table: rates in per cent, in bold those past their bound,
// and which columns were refused how often.
func (v *view) print(w io.Writer, s *section, made [][]count, first int) {
	fmt.Fprintf(w, "## %s\n\n| %s |", v.heading, strings.Join(s.keys, " | "))
	for _, c := range v.columns {
		name := c.name
		if c.bound != shown {
			name += " *"
		}
		fmt.Fprintf(w, " %s |", name)
	}
	fmt.Fprintf(w, " refused |\n%s\n", strings.Repeat("|---", len(s.keys)+len(v.columns)+1)+"|")
	for i, c := range s.cells {
		fmt.Fprint(w, "|")
		for _, part := range c.name {
			fmt.Fprintf(w, " %s |", strings.ReplaceAll(part, "|", `\|`))
		}
		var without []string
		for j, column := range v.columns {
			n := made[i][first+j]
			fmt.Fprintf(w, " %s |", n.text(column.bound, c.exchangeable))
			if n.refused > 0 {
				without = append(without, fmt.Sprintf("%s %d", column.name, n.refused))
			}
		}
		if without == nil {
			without = []string{"0"}
		}
		fmt.Fprintf(w, " %s |\n", strings.Join(without, ", "))
	}
	fmt.Fprintln(w)
}

// text is the rate in per cent.
func (c count) text(b bound, exchangeable bool) string {
	share, ok := c.rate()
	if !ok {
		return "-"
	}
	text := strconv.FormatFloat(100*share, 'f', 2, 64)
	if c.misses(b, exchangeable) {
		return "**" + text + "**"
	}
	return text
}
