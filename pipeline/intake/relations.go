package intake

import (
	"cmp"
	"math"
	"slices"

	"firmties/pipeline/study"
)

// readRelations reads the reports of every relation, in file order.
func (a *assembly) readRelations() {
	for i := range a.c.Relations {
		r := &a.c.Relations[i]
		out := study.Relation{
			Name: r.Name, Directed: r.Directed,
			Dimension: study.Dimension(cmp.Or(r.Dimension, string(study.Other))),
			Combine:   study.Combine(cmp.Or(r.Combine, string(study.Mean))),
			Rule:      cmp.Or(r.Reconcile, a.c.Reconcile, "any"),
			Unmatched: study.Unmatched(cmp.Or(r.Unmatched, string(study.Drop))),
		}
		for j, s := range r.sections() {
			out.Sections = append(out.Sections, a.readSection(&s, uint8(i), uint8(j)))
		}
		a.s.Relations = append(a.s.Relations, out)
	}
	a.s.Reports = slices.Concat(a.reports.blocks...)
	a.reports.blocks = nil
}

// readSection reads one sheet of a relation.
func (a *assembly) readSection(s *section, relation, number uint8) study.Section {
	asked := s.told.Asked
	asked.Kind = cmp.Or(asked.Kind, "recall")
	asked.About = cmp.Or(asked.About, "own")
	asked.Unnamed = cmp.Or(asked.Unnamed, "no")
	out := study.Section{
		Asked: asked, Roles: a.cells(s.told.Roles),
		Record: s.told.Respondent == "", HasSource: s.asksBothEnds(), HasStrength: s.strengthAt() != nil,
	}
	var t tally
	switch {
	case s.reports != nil:
		t = a.readReports(s, relation, number)
	case s.nominations != nil:
		t = a.readNominations(s, relation, number)
	default:
		t = a.readMatrix(s, relation, number)
	}
	out.Rows, out.Excluded = t.rows, t.excluded
	return out
}

// teller makes the reports of one part of a section: it holds the columns
// that say who speaks.
type teller struct {
	*assembly
	blank                      study.Report // what all reports of the part share
	respondent, cluster        int
	confidence, wave, evidence int
	answers                    *answers
	values                     Values
	weighed                    bool // strengths are used
}

func (a *assembly) teller(b *binding, s *section, relation, number uint8) *teller {
	t := &teller{assembly: a, values: a.cellValues(s.told.Values), answers: a.answers(s.answers()), weighed: a.s.Weights != study.NoWeight}
	t.blank = study.Report{
		Relation: relation, Section: number, Sheet: a.sheet(b.p),
		Cluster: -1, Respondent: -1, Source: -1, Target: -1, Strength: math.NaN(), Confidence: math.NaN(),
	}
	t.respondent, t.cluster = b.column(&s.told.Respondent), b.column(&s.told.Cluster)
	t.confidence, t.wave, t.evidence = b.column(&s.told.Confidence), b.column(&s.told.Wave), b.column(&s.told.Evidence)
	return t
}

// report begins a report of a row: who says it, where and when.
func (t *teller) report(r *row) study.Report {
	out := t.blank
	texts := &t.s.Texts
	out.Cluster = t.assembly.cluster(r, t.cluster)
	if t.respondent >= 0 {
		out.RespondentName = texts.Intern(r.text(t.respondent))
		out.Respondent = t.speaker(out.Cluster, out.RespondentName)
	}
	if x, ok := t.number(r, t.confidence); ok {
		out.Confidence = x
	}
	out.Wave, out.Evidence = texts.Intern(r.text(t.wave)), texts.Intern(r.text(t.evidence))
	return out
}

func (a *assembly) speaker(cluster int32, name study.Text) int32 {
	if p, ok := a.respondents[a.key(cluster, name)]; ok && name != 0 {
		return p
	}
	return -1
}

// add adds a report about what stands in a cell.
func (t *teller) add(r *row, out study.Report, column int) {
	line, position := r.position(column)
	out.Line, out.Column = int32(min(line, math.MaxInt32)), uint16(min(position, math.MaxUint16))
	t.reports.add(out)
}

// reportList collects reports in blocks, so that a million of them are not
// copied over and over while the list grows.
type reportList struct{ blocks [][]study.Report }

const reportBlock = 8192

func (l *reportList) add(r study.Report) {
	last := len(l.blocks) - 1
	if last < 0 || len(l.blocks[last]) == reportBlock {
		l.blocks = append(l.blocks, make([]study.Report, 0, reportBlock))
		last++
	}
	l.blocks[last] = append(l.blocks[last], r)
}

// readReports reads a sheet with one report a row.
func (a *assembly) readReports(s *section, relation, number uint8) tally {
	x := s.reports
	return a.each(&x.Rows, func(b *binding) func(*row) {
		t := a.teller(b, s, relation, number)
		source, target := b.column(&x.Source), b.column(&x.Target)
		answer, strength := b.column(&x.Answer), b.column(&x.Strength)
		return func(r *row) {
			out := t.report(r)
			out.SourceName = a.s.Texts.Intern(r.text(source))
			out.TargetName = a.s.Texts.Intern(r.text(target))
			out.Answer = t.answer(r, answer, out.TargetName)
			out.Strength = t.strength(r, strength, out.Answer)
			t.add(r, out, target)
		}
	})
}

// readNominations reads a sheet with one row a respondent: every slot is a
// report, also a blank one, which names nobody.
func (a *assembly) readNominations(s *section, relation, number uint8) tally {
	x := s.nominations
	return a.eachWeighed(&x.Rows, func(b *binding) (func(*row), func(*row) int64) {
		t := a.teller(b, s, relation, number)
		var targets, strengths []int
		for i := range x.Columns {
			targets = append(targets, b.column(&x.Columns[i].Target))
			strengths = append(strengths, b.column(&x.Columns[i].Strength))
		}
		read := func(r *row) {
			all := t.report(r)
			for i, target := range targets {
				out := all
				out.TargetName = a.s.Texts.Intern(r.text(target))
				out.Answer = t.answer(r, -1, out.TargetName)
				out.Strength = t.strength(r, strengths[i], out.Answer)
				t.add(r, out, target)
			}
		}
		return read, func(*row) int64 { return int64(len(targets)) }
	})
}

// readMatrix reads a sheet with one column a firm: every cell off the
// diagonal that is not blank is a report.
func (a *assembly) readMatrix(s *section, relation, number uint8) tally {
	x := s.matrix
	return a.eachWeighed(&x.Rows, func(b *binding) (func(*row), func(*row) int64) {
		t := a.teller(b, s, relation, number)
		m := matrixPart{rowColumn: b.column(&x.Row)}
		m.columns = matrixColumns(b, x)
		for _, c := range m.columns {
			m.names = append(m.names, a.s.Texts.Intern(trim(b.p.header[max(c, 0)])))
		}
		read := func(r *row) {
			all := t.report(r)
			all.SourceName = a.s.Texts.Intern(r.text(m.rowColumn))
			m.cells(a, r, func(i, column int) {
				out := all
				out.TargetName = m.names[i]
				out.Answer = t.cellAnswer(r, column)
				if len(t.values) > 0 {
					out.Strength = t.strength(r, column, out.Answer)
				}
				t.add(r, out, column)
			})
		}
		return read, func(r *row) (n int64) {
			m.cells(a, r, func(int, int) { n++ })
			return n
		}
	})
}

// matrixPart is one part of a matrix: which columns are firms, and which
// column the row's firm.
type matrixPart struct {
	rowColumn int
	columns   []int
	names     []study.Text
}

// cells visits the cells of a row that say something of a pair.
func (m *matrixPart) cells(a *assembly, r *row, visit func(i, column int)) {
	own := a.s.Texts.Intern(r.text(m.rowColumn))
	for i, column := range m.columns {
		if r.text(column) != "" && (m.names[i] != own || own == 0) {
			visit(i, column)
		}
	}
}

// matrixColumns are the columns of a matrix: those listed, or all that have a
// header and that no section maps otherwise.
func matrixColumns(b *binding, x *Matrix) []int {
	var out []int
	if !x.Columns.Rest {
		for i := range x.Columns.Names {
			out = append(out, b.column(&x.Columns.Names[i]))
		}
		return out
	}
	mapped := b.mappedIn(x.Table)
	for i, h := range b.p.header {
		if h != "" && !mapped[h] {
			out = append(out, i)
		}
	}
	return out
}
