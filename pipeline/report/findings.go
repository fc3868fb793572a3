package report

import (
	"cmp"
	"fmt"
	"slices"

	"firmties/pipeline/diag"
)

// shownFindings is how many codes the summary tells.
const shownFindings = 12

// findings counts what is wrong or doubtful by code, gravest first, with what
// the code means and the first file it was met in.
func (s *Summary) findings(p *page) {
	if s.Findings == nil || s.Findings.Len() == 0 {
		p.section("Findings: none")
		return
	}
	p.section("Findings (`firmties check STUDY` prints every one with its place)")
	met := codesMet(s.Findings)
	for _, m := range met[:min(len(met), shownFindings)] {
		prefix := fmt.Sprintf("  %-7s %5d  ", m.first.Severity, s.Findings.Count(m.Code))
		p.paragraph(prefix, string(m.Code)+": "+m.Doc+m.file())
	}
	if more := len(met) - shownFindings; more > 0 {
		p.line("  ... and " + plural(more, "code") + " more")
	}
}

type codeMet struct {
	diag.Info
	first  diag.Finding
	others bool // met in other files or sheets too
}

// codesMet lists the codes met, gravest first, then in the order of the table
// of codes: the order of lines in a file must not matter.
func codesMet(l *diag.List) []codeMet {
	sorted := l.Sorted()
	var met []codeMet
	for _, in := range diag.Infos() {
		i := slices.IndexFunc(sorted, func(f diag.Finding) bool { return f.Code == in.Code })
		if i >= 0 {
			first := sorted[i]
			others := slices.ContainsFunc(sorted, func(f diag.Finding) bool {
				return f.Code == in.Code && inFile(f.Place) != inFile(first.Place)
			})
			met = append(met, codeMet{in, first, others})
		}
	}
	slices.SortStableFunc(met, func(a, b codeMet) int { return cmp.Compare(a.first.Severity, b.first.Severity) })
	return met
}

// file names the file, and the sheet of a workbook, but not the line, which is
// another one when rows change places.
func (m *codeMet) file() string {
	switch {
	case m.first.Place.File == "":
		return ""
	case m.others:
		return " (" + inFile(m.first.Place).String() + " and others)"
	}
	return " (" + inFile(m.first.Place).String() + ")"
}

// inFile is a place without its line.
func inFile(at diag.Place) diag.Place { return diag.Place{File: at.File, Sheet: at.Sheet} }
