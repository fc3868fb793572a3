package intake

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

// readOutcomes reads reported innovation and sustainability.
func (a *assembly) readOutcomes() {
	for i := range a.c.Outcomes {
		a.s.Outcomes = append(a.s.Outcomes, a.readOutcome(&a.c.Outcomes[i]))
	}
}

// gathered collects the values of an outcome by firm or cluster.
type gathered struct {
	*assembly
	c      *Outcome
	out    *study.Outcome
	values [][]float64
	first  map[rating]diag.Place
	levels []string
	yes    []string
}

// rating is who rated what; without raters nobody did.
type rating struct {
	unit int32
	who  string
}

func (a *assembly) readOutcome(c *Outcome) study.Outcome {
	n := len(a.s.Firms)
	if c.Level == string(study.AtCluster) {
		n = len(a.s.Clusters)
	}
	out := study.Outcome{Name: c.Name, Level: study.Level(c.Level), Kind: study.OutcomeKind(c.Kind),
		Of: c.Of, ComponentsOf: c.ComponentsOf, Value: missing(n)}
	g := &gathered{assembly: a, c: c, out: &out, values: make([][]float64, n), first: map[rating]diag.Place{},
		levels: a.cells(c.Levels), yes: a.cells(c.Yes)}
	if out.Kind == study.Ordinal {
		out.Scores = g.levels
	}
	if len(g.yes) == 0 {
		g.yes = []string{"1"}
	}
	if c.Entry != "" {
		out.Entry = missing(n)
	}
	t := a.each(&c.Rows, g.bind)
	g.combine()
	if t.rows > 0 && !slices.ContainsFunc(out.Value, func(x float64) bool { return !math.IsNaN(x) }) {
		a.fault(diag.OutcomeMissing, &c.Column, c.Name, fmt.Sprintf("outcome %q has no value", c.Name), "its models have no complete row")
	}
	return out
}

func missing(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = math.NaN()
	}
	return out
}

func (g *gathered) bind(b *binding) func(*row) {
	id, value := b.column(&g.c.ID), b.column(&g.c.Column)
	cluster, respondent := b.column(&g.c.Cluster), b.column(&g.c.Respondent)
	entry := g.entryColumn(b)
	return func(r *row) {
		unit := g.unit(r, id, cluster)
		if unit < 0 || g.repeated(r, unit, id, respondent) {
			return
		}
		if x, ok := g.value(r, value); ok {
			g.values[unit] = append(g.values[unit], x)
		}
		if x, ok := g.number(r, entry); ok {
			g.out.Entry[unit] = x
		}
	}
}

// entryColumn is the column of `entry`. Where the table has none of that name
// a numeric firm attribute may be meant.
func (g *gathered) entryColumn(b *binding) int {
	name := trim(g.c.Entry)
	if name == "" || b.p.column(name) >= 0 || g.c.Level != string(study.AtFirm) {
		return b.column(&g.c.Entry)
	}
	if x := findAttribute(g.s.FirmAttributes, name); x != nil && x.Numeric {
		copy(g.out.Entry, x.Number)
		return -1
	}
	return b.column(&g.c.Entry) // tells
}

// unit is the firm or cluster of a row; -1 where it is blank, or not of the
// study, which is told.
func (g *gathered) unit(r *row, id, cluster int) int32 {
	text := r.text(id)
	if text == "" {
		return -1
	}
	if g.out.Level == study.AtCluster {
		if c, ok := g.clusters[text]; ok {
			return c
		}
		g.tellUnknown(r, id, text, "cluster", choiceHint(text, g.s.ClusterIDs()))
		return -1
	}
	k := g.assembly.cluster(r, cluster)
	f := g.firm(k, text)
	if f < 0 || k >= 0 && g.s.Firms[f].Cluster != k {
		g.tellUnknown(r, id, text, "firm", g.nearestFirm(text, k))
		return -1
	}
	return f
}

func (g *gathered) tellUnknown(r *row, id int, text, kind, hint string) {
	g.findings.Add(diag.OutcomeIDUnknown, r.place(id), text, fmt.Sprintf("%s: %q is not a %s of the study", g.c.Name, text, kind), hint)
}

// repeated reports whether a row repeats an id, or a rater's rating of it.
func (g *gathered) repeated(r *row, unit int32, id, respondent int) bool {
	k := rating{unit, strings.Clone(r.text(respondent))}
	if respondent >= 0 && k.who == "" {
		return false // several who are not named may have rated
	}
	if first, ok := g.first[k]; ok {
		hint := "it already has one at " + first.String()
		if respondent < 0 {
			hint += "\nwhere several people rated it, name the column of who: `respondent: column`"
		}
		g.findings.Add(diag.IDRepeated, r.place(id), r.text(id), fmt.Sprintf("%s: a second value of %q", g.c.Name, r.text(id)), hint)
		return true
	}
	g.first[k] = r.place(id)
	return false
}

// value is a cell on the scale of the outcome.
func (g *gathered) value(r *row, column int) (float64, bool) {
	switch g.out.Kind {
	case study.Binary:
		text := r.text(column)
		if slices.Contains(g.yes, text) && text != "" {
			return 1, true
		}
		return 0, text != ""
	case study.Ordinal:
		return g.score(r, column)
	case study.Count:
		x, ok := g.number(r, column)
		if ok && (x < 0 || x != math.Trunc(x) || g.out.Of > 0 && x > float64(g.out.Of)) {
			g.tellNumber(r, column, "a count", g.countRange())
			return 0, false
		}
		return x, ok
	}
	return g.number(r, column)
}

func (g *gathered) countRange() string {
	if g.out.Of > 0 {
		return fmt.Sprintf("a count out of %d is a whole number from 0 to %d", g.out.Of, g.out.Of)
	}
	return "a count is a whole number from 0; other numbers are `kind: continuous`"
}

func (g *gathered) tellNumber(r *row, column int, what, hint string) {
	text := r.text(column)
	g.findings.Add(diag.NumberWrong, r.place(column), text, fmt.Sprintf("%s: %q is not %s", r.part.header[column], text, what), hint)
}

// score is the place of a level among the levels, the lowest 1; without
// levels the rating itself, a whole number.
func (g *gathered) score(r *row, column int) (float64, bool) {
	text := r.text(column)
	if text == "" {
		return 0, false
	}
	if len(g.levels) == 0 {
		x, ok := g.number(r, column)
		if ok && x != math.Trunc(x) {
			g.tellNumber(r, column, "a whole number", "name the levels from the lowest: `levels: [low, mid, high]`")
			return 0, false
		}
		return x, ok
	}
	i := slices.Index(g.levels, text)
	if i < 0 {
		g.findings.Add(diag.LevelUnknown, r.place(column), text, fmt.Sprintf("%s: %q is not in levels:", r.part.header[column], text), choiceHint(text, g.levels))
	}
	return float64(i + 1), i >= 0
}

// combine makes one value of the ratings of each firm or cluster.
func (g *gathered) combine() {
	if g.out.Kind == study.Time {
		g.out.Censored = make([]bool, len(g.values))
	}
	if g.c.Respondent != "" {
		g.out.Raters, g.out.Spread = make([]int64, len(g.values)), missing(len(g.values))
	}
	for i, ratings := range g.values {
		if g.out.Raters != nil {
			g.out.Raters[i] = int64(len(ratings))
		}
		if len(ratings) == 0 {
			continue
		}
		slices.Sort(ratings)
		x := middle(ratings, g.c.Combine)
		if g.out.Spread != nil {
			g.out.Spread[i] = ratings[len(ratings)-1] - ratings[0]
		}
		if end := g.c.CensoredAt; g.out.Censored != nil && end != nil && x >= *end {
			x, g.out.Censored[i] = *end, true
		}
		g.out.Value[i] = x
	}
}

// middle is the median or mean of sorted numbers.
func middle(sorted []float64, combine string) float64 {
	n := len(sorted)
	if combine == "median" {
		return (sorted[(n-1)/2] + sorted[n/2]) / 2
	}
	var sum float64
	for _, x := range sorted {
		sum += x
	}
	return sum / float64(n)
}
