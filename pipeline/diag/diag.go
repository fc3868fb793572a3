// Package diag owns findings: what is wrong or doubtful in the analyst's data
// or configuration, with its place, and how it is told. It refuses to know
// what the data mean.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity says whether a finding stops the run.
type Severity uint8

const (
	Error   Severity = iota // the run stops, exit code 3
	Warning                 // the run goes on; something was dropped or is doubtful
	Note                    // the run goes on; a choice the analyst should know of
)

var severityNames = [...]string{"error", "warning", "note"}

// String is the severity's name in tables and messages.
func (s Severity) String() string { return severityNames[s] }

// SeverityNames lists the severities, gravest first.
func SeverityNames() []string { return severityNames[:] }

// Place is where a finding is. Lines and columns count from 1; 0 is unknown.
// In a workbook the sheet is named and line and column are those of the cell.
type Place struct {
	File   string // relative to the data folder
	Sheet  string
	Line   int
	Column int
}

// String is `file:line:column`, or `survey.xlsx:Ties!C14` in a workbook.
func (p Place) String() string {
	switch {
	case p.Sheet != "" && p.Line > 0:
		return fmt.Sprintf("%s:%s!%s%d", p.File, p.Sheet, columnLetters(p.Column), p.Line)
	case p.Sheet != "":
		return p.File + ":" + p.Sheet
	case p.Line > 0 && p.Column > 0:
		return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
	case p.Line > 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	default:
		return p.File
	}
}

// columnLetters is a workbook's name of column n (1 is A); empty below 1.
func columnLetters(n int) string {
	var s string
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}

// Finding is one thing that is wrong or doubtful.
type Finding struct {
	Code     Code
	Severity Severity
	Place    Place
	Value    string // the offending value, empty where there is none
	Message  string // one line: what is wrong, and what was expected
	Hint     string // how to mend it; may have several lines
}

// List collects findings. The zero value is empty and ready.
//
// Of one code in one file at most keep findings are kept and the others are
// only counted, so that a hostile file cannot fill the memory.
type List struct {
	findings []Finding
	counts   map[group]int
}

// group is what is counted together. Severity is part of it, so that an error
// is not lost among ten thousand warnings of the same code.
type group struct {
	code     Code
	severity Severity
	file     string
}

func groupOf(f *Finding) group { return group{f.Code, f.Severity, f.Place.File} }

const keep = 10_000

// Add records a finding with its code's own severity.
func (l *List) Add(code Code, at Place, value, message, hint string) {
	l.AddAs(code.Severity(), code, at, value, message, hint)
}

// AddAs records a finding with another severity than its code's own: the
// analyst may have asked for an error where a warning is usual.
func (l *List) AddAs(s Severity, code Code, at Place, value, message, hint string) {
	l.add(Finding{code, s, at, value, message, hint})
}

func (l *List) add(f Finding) {
	if l.counts == nil {
		l.counts = map[group]int{}
	}
	g := groupOf(&f)
	l.counts[g]++
	if l.counts[g] <= keep {
		l.findings = append(l.findings, f)
	}
}

// Merge adds the findings of another list.
func (l *List) Merge(o List) {
	kept := map[group]int{}
	for _, f := range o.findings {
		l.add(f)
		kept[groupOf(&f)]++
	}
	for g, n := range o.counts { // sums of integers: the order does not matter
		l.counts[g] += n - kept[g]
	}
}

// Len is the number of findings, those counted only included.
func (l *List) Len() int {
	n := 0
	for _, c := range l.counts {
		n += c
	}
	return n
}

// Count is the number of findings of a code, over all files.
func (l *List) Count(code Code) int {
	n := 0
	for g, c := range l.counts {
		if g.code == code {
			n += c
		}
	}
	return n
}

// HasErrors reports whether a finding is an error.
func (l *List) HasErrors() bool {
	return slices.ContainsFunc(l.findings, func(f Finding) bool { return f.Severity == Error })
}

// Sorted returns the findings: errors first, then by file, sheet, line and
// column.
func (l *List) Sorted() []Finding {
	out := slices.Clone(l.findings)
	slices.SortStableFunc(out, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.Severity, b.Severity),
			strings.Compare(a.Place.File, b.Place.File),
			strings.Compare(a.Place.Sheet, b.Place.Sheet),
			cmp.Compare(a.Place.Line, b.Place.Line),
			cmp.Compare(a.Place.Column, b.Place.Column),
			strings.Compare(string(a.Code), string(b.Code)),
			strings.Compare(a.Message, b.Message))
	})
	return out
}

// Of returns the findings of one severity.
func (l *List) Of(s Severity) List {
	var out List
	for _, f := range l.findings {
		if f.Severity == s {
			out.add(f)
		}
	}
	for g := range out.counts {
		out.counts[g] = l.counts[g]
	}
	return out
}
