package intake

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

// binding finds the columns that a section names in one part of its table.
type binding struct {
	*assembly
	p       *part
	lacking bool // a column is missing, so the part cannot be read
}

// column is the index of the column that a field names; -1 where the field is
// omitted, or names a column that the part does not have.
func (b *binding) column(field *string) int { return b.columnAt(field, *field) }

func (b *binding) columnAt(field any, name string) int {
	name = trim(name)
	if name == "" {
		return -1
	}
	i := b.p.column(name)
	if i < 0 {
		b.lacking = true
		b.tellColumn(field, name)
	}
	return i
}

// tellColumn tells of a field whose column a part lacks, of the first part.
func (b *binding) tellColumn(field any, name string) {
	if b.lacks[field] {
		return
	}
	b.lacks[field] = true
	where := b.p.file
	if b.p.sheet != "" {
		where += ", sheet " + b.p.sheet
	}
	hint := choiceHint(name, namedHeaders(b.p))
	if line := b.p.lineWith(name); line > 0 {
		hint = fmt.Sprintf("line %d has it; if the headers stand there, declare the table with `header_row: %d` under `tables:`", line, line)
	}
	b.fault(diag.ColumnMissing, field, name, fmt.Sprintf("%s has no column %q", where, name), hint)
}

// lineWith is the first line below the header, of a few, with a cell of this
// text: titles above the headers are often taken for them. 0 is none.
func (p *part) lineWith(text string) int {
	c := p.open()
	if c == nil {
		return 0
	}
	defer c.close()
	for range 10 {
		line, cells, ok := c.next()
		if !ok {
			break
		}
		if slices.ContainsFunc(cells, func(s string) bool { return trim(s) == text }) {
			return line
		}
	}
	return 0
}

func namedHeaders(p *part) []string {
	return slices.DeleteFunc(slices.Clone(p.header), func(h string) bool { return h == "" })
}

// tally counts the rows of a section.
type tally struct{ rows, excluded int64 }

// each calls what bind returns with every row that belongs to a section. A
// part that lacks a column is left out; the finding is an error.
func (a *assembly) each(rows *Rows, bind func(*binding) func(*row)) tally {
	weigh := func(b *binding) (func(*row), func(*row) int64) {
		return bind(b), func(*row) int64 { return 1 }
	}
	return a.eachWeighed(rows, weigh)
}

// eachWeighed is each for sheets one row of which holds several reports: the
// second function says how many, so that rows left to other sections are
// counted alike.
func (a *assembly) eachWeighed(rows *Rows, bind func(*binding) (func(*row), func(*row) int64)) tally {
	var t tally
	if !a.mayOpen(rows.Table) {
		return t
	}
	f := newFilter(rows.Where, a.c)
	for _, p := range a.r.parts(a.tableOptions(rows.Table), a.at(&rows.Table)) {
		b := &binding{assembly: a, p: p}
		columns := f.columns(b)
		use, weight := bind(b)
		if b.lacking {
			f.broken = true
		}
		if b.lacking || a.headersOnly {
			continue
		}
		p.each(func(r *row) {
			n := weight(r)
			t.rows += n
			if !f.holds(r, columns) {
				t.excluded += n
				return
			}
			use(r)
		})
	}
	a.tellFilter(rows, f)
	return t
}

// filter is a section's `where`. It remembers which values it met.
type filter struct {
	where  Where
	values [][]string
	met    [][]bool
	seen   []map[string]bool // the values that the column has, the first of them
	rows   bool
	held   bool // for one row at least
	broken bool // by a missing column
}

// mostSeen bounds how many values of a column are remembered for a hint.
const mostSeen = 50

func newFilter(where Where, c *Config) *filter {
	missing := missingTexts(c)
	f := &filter{where: where}
	for _, condition := range where {
		values := make([]string, len(condition.Values))
		for i, v := range condition.Values {
			values[i] = cellText(v, missing)
		}
		f.values = append(f.values, values)
		f.met = append(f.met, make([]bool, len(values)))
		f.seen = append(f.seen, map[string]bool{})
	}
	return f
}

// cellText is a text of study.yaml as a cell with it reads.
func cellText(s string, missing []string) string {
	if s = trim(s); slices.Contains(missing, s) {
		return ""
	}
	return s
}

func (f *filter) columns(b *binding) []int {
	columns := make([]int, len(f.where))
	for i := range f.where {
		columns[i] = b.columnAt(&f.where[i], f.where[i].Column)
	}
	return columns
}

func (f *filter) holds(r *row, columns []int) bool {
	f.rows = true
	all := true
	for i, column := range columns {
		text := r.text(column)
		j := slices.Index(f.values[i], text)
		if j >= 0 {
			f.met[i][j] = true
			continue
		}
		all = false
		if seen := f.seen[i]; len(seen) < mostSeen && !seen[text] {
			seen[strings.Clone(text)] = true
		}
	}
	f.held = f.held || all
	return all
}

// tellFilter tells of values that no row has: most likely they are misspelt.
func (a *assembly) tellFilter(rows *Rows, f *filter) {
	if !f.rows || f.broken || a.r.failure() != nil {
		return
	}
	told := false
	for i := range f.where {
		for j, met := range f.met[i] {
			if met {
				continue
			}
			told = true
			field := &f.where[i].Values[j]
			a.fault(diag.NothingSelected, field, *field, fmt.Sprintf("no row of %s has %q in column %q", rows.Table, *field, f.where[i].Column),
				choiceHint(*field, slices.Sorted(maps.Keys(f.seen[i]))))
		}
	}
	if !f.held && !told {
		a.fault(diag.NothingSelected, &rows.Where, "", fmt.Sprintf("no row of %s fulfils every condition of where:", rows.Table), "")
	}
}

// cluster is the cluster of a row: that of its column, else that of its sheet;
// -1 where neither says. An id that is no cluster is told.
func (a *assembly) cluster(r *row, column int) int32 {
	id := r.text(column)
	if id == "" {
		id = r.part.cluster
	}
	if id == "" {
		return -1
	}
	if c, ok := a.clusters[id]; ok {
		return c
	}
	message, hint := fmt.Sprintf("%q is not a cluster of the study", id), choiceHint(id, a.s.ClusterIDs())
	if r.text(column) == "" {
		a.tell(diag.ClusterUnknown, diag.Place{File: r.part.file, Sheet: r.part.sheet}, id, message, hint)
	} else {
		a.findings.Add(diag.ClusterUnknown, r.place(column), id, message, hint)
	}
	return -1
}

// number is a cell's number, or missing; text is told.
func (a *assembly) number(r *row, column int) (x float64, ok bool) {
	if column < 0 {
		return 0, false
	}
	x, ok, missing := r.number(column)
	if !ok && !missing {
		a.badNumber(r, column)
	}
	return x, ok
}

const decimalHint = "\nwhere the comma is the decimal mark, say so: tables: {name: {file: ..., decimal: \",\"}}"

func (a *assembly) badNumber(r *row, column int) {
	text := r.text(column)
	hint := "correct the cell, or list the text under `missing:`"
	if strings.Contains(text, ",") {
		hint += decimalHint
	}
	a.findings.Add(diag.NumberWrong, r.place(column), text,
		fmt.Sprintf("%s: %q is not a number", r.part.header[column], text), hint)
}

// sheet numbers the parts that reports and memberships come from.
func (a *assembly) sheet(p *part) uint16 {
	x := study.Sheet{File: p.file, Name: p.sheet}
	n, ok := a.sheets[x]
	if !ok && len(a.s.Sheets) > math.MaxUint16 {
		a.fault(diag.FileTooLarge, a.c, "", fmt.Sprintf("more than %d files and sheets", len(a.s.Sheets)), "join some of them")
		return 0
	}
	if !ok {
		n = uint16(len(a.s.Sheets))
		a.sheets[x] = n
		a.s.Sheets = append(a.s.Sheets, x)
	}
	return n
}
