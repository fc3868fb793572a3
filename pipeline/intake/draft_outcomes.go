package intake

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// splits are marks that stand between several events in one cell.
func splits() []string { return []string{"、", ";", "；", "|", ","} }

// eventColumn is the column of events of a two-mode table, and the mark
// between several in one cell.
func (g *guesses) eventColumn(t *draftTable) (c *draftColumn, split string) {
	firms := g.firmColumns(t)
	if g.listed(t) || len(firms) != 1 || g.personColumn(t) != nil {
		return nil, ""
	}
	cluster := g.clusterColumn(t)
	for _, c := range t.columns {
		if c.header == "" || c == firms[0] || c == cluster || !c.textual() {
			continue
		}
		for _, mark := range splits() {
			if several(c, mark) {
				return c, mark
			}
		}
		if len(firms[0].distinct) < firms[0].filled && len(c.distinct)*2 <= c.filled {
			return c, ""
		}
	}
	return nil, ""
}

// several reports whether one cell in ten at least has the mark, with a text
// that other cells have too.
func several(c *draftColumn, mark string) bool {
	marked, events, all := 0, map[string]bool{}, 0
	for text, n := range c.distinct {
		parts := strings.Split(text, mark)
		if len(parts) > 1 {
			marked += n
		}
		for _, p := range parts {
			events[trim(p)] = true
			all += n
		}
	}
	return marked*10 >= c.filled && len(events)*2 <= all
}

func (g *guesses) isAffiliation(t *draftTable) bool {
	c, _ := g.eventColumn(t)
	return c != nil
}

func (d *draft) writeAffiliations() {
	var lines []string
	for _, t := range d.tables {
		c, split := d.eventColumn(t)
		if c == nil {
			continue
		}
		firm := d.firmColumn(t)
		text := fmt.Sprintf("  - {name: %s, dimension: other, table: %s", quote(d.name(t.base, "events")), quote(t.name))
		text += optional("firm", firm) + optional("event", c)
		if split != "" {
			text += ", split: " + quote(split)
		}
		text += "}   # guess: which firm takes part in which event; confirm"
		if t.rows == len(firm.distinct)*len(c.distinct) {
			text = "  #" + text[2:] + "\n  # it lists every firm with every event: add where: {column: value} for those that take part"
		}
		lines = append(lines, text)
	}
	if !slices.ContainsFunc(lines, func(l string) bool { return !strings.HasPrefix(l, "  #") }) {
		d.line("# no table of shared events was found; `affiliations:` maps one")
		d.line("")
		return
	}
	d.line("affiliations:")
	for _, l := range lines {
		d.line("%s", l)
	}
	d.line("")
}

// likelyOutcome are words in the names of outcomes.
func likelyOutcome() []string {
	return []string{"innov", "outcome", "perform", "sustain", "adopt", "toa", "wealth", "profit", "revenue", "sales",
		"growth", "patent", "product", "output", "success", "rating", "score", "total", "result"}
}

// outcomeTables are the tables that have one row a firm and the name of
// outcomes.
func (g *guesses) outcomeTables() (named, others []*draftTable) {
	for _, t := range g.tables {
		firm := g.firmColumn(t)
		if g.listed(t) || firm == nil || !t.unique(firm) || g.isAffiliation(t) || len(g.firmColumns(t)) != 1 {
			continue
		}
		if hinted(t.base, likelyOutcome()...) {
			named = append(named, t)
		} else {
			others = append(others, t)
		}
	}
	return named, others
}

// isRating reports whether a table holds what people say of the outcomes of
// one firm a row.
func (g *guesses) isRating(t *draftTable) bool {
	return !g.listed(t) && g.personColumn(t) != nil && len(g.firmColumns(t)) == 1 && len(g.ratings(t)) > 0
}

// ratings are the columns of numbers that a table's name, or their own, calls
// outcomes.
func (g *guesses) ratings(t *draftTable) []*draftColumn {
	rated := func(name string) bool { return hinted(name, "innov", "sustain", "outcome", "perform") }
	numeric := g.numericColumns(t)
	if rated(t.base) {
		return numeric
	}
	return slices.DeleteFunc(numeric, func(c *draftColumn) bool { return !rated(c.header) })
}

// outcomesOfFirms are the columns of the list of firms that are taken for
// outcomes because no table of them is there.
func (g *guesses) outcomesOfFirms() []*draftColumn {
	if named, others := g.outcomeTables(); len(named)+len(others) > 0 || slices.ContainsFunc(g.tables, g.isRating) {
		return nil
	}
	numeric := g.numericColumns(g.firms)
	likely := slices.DeleteFunc(slices.Clone(numeric), func(c *draftColumn) bool { return !hinted(c.header, likelyOutcome()...) })
	if len(likely) == 0 && len(numeric) > 0 {
		likely = numeric[:1]
	}
	return likely
}

// numericColumns are the columns of numbers that are no ids.
func (g *guesses) numericColumns(t *draftTable) []*draftColumn {
	var out []*draftColumn
	firms := g.firmColumns(t)
	for _, c := range t.columns {
		if c.header != "" && c.numeric() && len(c.distinct) > 1 && c != g.firm && c != g.clusterColumn(t) && !slices.Contains(firms, c) {
			out = append(out, c)
		}
	}
	return out
}

func (d *draft) writeOutcomes() {
	var lines []string
	if columns := d.outcomesOfFirms(); columns != nil {
		lines = d.firmOutcomes(d.firms, d.firm, columns)
	}
	named, others := d.outcomeTables()
	for _, t := range append(named, others...) {
		more := d.firmOutcomes(t, d.firmColumn(t), d.numericColumns(t))
		if len(named) > 0 && !slices.Contains(named, t) {
			continue
		}
		lines = append(lines, more...)
	}
	lines = append(lines, d.ratedOutcomes()...)
	lines = append(lines, d.clusterOutcomes()...)
	if len(lines) == 0 {
		d.line("# no outcomes were found; `outcomes:` maps reported innovation or sustainability")
		return
	}
	d.line("outcomes:   # reported innovation or sustainability; delete what is none")
	for _, l := range lines {
		d.line("%s", l)
	}
}

// firmOutcomes maps the columns of a table with one row a firm. Where some
// have likely names the others are written as comments.
func (d *draft) firmOutcomes(t *draftTable, firm *draftColumn, columns []*draftColumn) []string {
	likely := func(c *draftColumn) bool { return hinted(c.header, likelyOutcome()...) }
	some := slices.ContainsFunc(columns, likely)
	var out []string
	for _, c := range columns {
		name := slug(c.header, "outcome")
		if d.columns[name] {
			name = slug(t.base, "outcome") + "_" + name
		}
		if d.columns[name] {
			continue
		}
		d.columns[name] = true
		line := fmt.Sprintf("- {name: %s, level: firm, kind: %s, table: %s, id: %s, column: %s}   # guess: numbers by firm; confirm",
			quote(name), kindOf(c), quote(t.name), quote(firm.header), quote(c.header))
		if some && !likely(c) {
			line = "# " + line
		}
		out = append(out, "  "+line)
	}
	return out
}

// ratedOutcomes maps tables of what people say of firms' outcomes.
func (d *draft) ratedOutcomes() []string {
	var out []string
	for _, t := range d.tables {
		if !d.isRating(t) {
			continue
		}
		for _, c := range d.ratings(t) {
			name := slug(c.header, "outcome")
			if d.columns[name] {
				continue
			}
			d.columns[name] = true
			out = append(out, fmt.Sprintf("  - {name: %s, level: firm, kind: continuous, table: %s%s%s%s, combine: mean}   # guess: people's ratings of firms; confirm",
				quote(name), quote(t.name), optional("id", d.firmColumn(t)), optional("column", c), optional("respondent", d.personColumn(t))))
		}
	}
	return out
}

// kindOf guesses the scale of an outcome.
func kindOf(c *draftColumn) string {
	whole, low, high := true, math.Inf(1), math.Inf(-1)
	for text := range c.distinct {
		x, err := strconv.ParseFloat(text, 64)
		whole = whole && err == nil && x == math.Trunc(x)
		low, high = min(low, x), max(high, x)
	}
	switch {
	case !whole || low < 0:
		return "continuous"
	case low == 0 && high == 1:
		return "binary"
	case hinted(c.header, "rating", "likert", "scale", "grade"):
		return "ordinal"
	case hinted(c.header, "toa", "year", "month"):
		return "time"
	}
	return "count"
}

// clusterOutcomes maps tables of clusters' ratings.
func (d *draft) clusterOutcomes() []string {
	var out []string
	taken := map[string]bool{"cluster": true, "label": true, "firms": true, "interviewed": true}
	for _, t := range d.tables {
		id := d.clusterColumn(t)
		if d.listed(t) || id == nil || d.firmColumn(t) != nil {
			continue
		}
		who := d.personColumn(t)
		if who == nil && !t.unique(id) {
			continue
		}
		for _, c := range d.numericColumns(t) {
			name := slug(c.header, "outcome")
			if taken[name] || c == who {
				continue
			}
			taken[name] = true
			text := fmt.Sprintf("  - {name: %s, level: cluster, kind: continuous, table: %s, id: %s, column: %s", quote(name), quote(t.name), quote(id.header), quote(c.header))
			if who != nil {
				text += optional("respondent", who) + ", combine: mean"
			}
			out = append(out, text+"}   # guess: numbers by cluster; confirm")
		}
	}
	return out
}
