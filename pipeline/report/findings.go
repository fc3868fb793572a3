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
		p.paragraph(prefix, string(m.Code)+": "+m.Doc+file(m.first.Place))
	}
	if more := len(met) - shownFindings; more > 0 {
		p.line("  ... and " + plural(more, "code") + " more")
	}
}

type codeMet struct {
	diag.Info
	first diag.Finding
}

// codesMet lists the codes met, gravest first, then in the order of the table
// of codes: the order of lines in a file must not matter.
func codesMet(l *diag.List) []codeMet {
	sorted := l.Sorted()
	var met []codeMet
	for _, in := range diag.Infos() {
		i := slices.IndexFunc(sorted, func(f diag.Finding) bool { return f.Code == in.Code })
		if i >= 0 {
			met = append(met, codeMet{in, sorted[i]})
		}
	}
	slices.SortStableFunc(met, func(a, b codeMet) int { return cmp.Compare(a.first.Severity, b.first.Severity) })
	return met
}

// file names the file, and the sheet of a workbook, but not the line, which is
// another one when rows change places.
func file(at diag.Place) string {
	if at.File == "" {
		return ""
	}
	return " (" + diag.Place{File: at.File, Sheet: at.Sheet}.String() + ")"
}
