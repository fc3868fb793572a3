package report

import (
	"fmt"
	"slices"
	"strings"
)

// unselected is what becomes of rows that a section's `where` leaves out; it
// is no fate, because they make no report.
const unselected = "unselected"

// accounts writes what became of every row, one line per relation or
// affiliation, and what the fates that occur mean.
func (s *Summary) accounts(p *page) {
	if len(s.Accounts) == 0 {
		return
	}
	p.section("From sheet to tie (rows; where a cell of a sheet is a report, cells)")
	lines := make([]Choice, len(s.Accounts))
	for i := range s.Accounts {
		lines[i] = Choice{s.Accounts[i].Name, s.Accounts[i].sum()}
	}
	p.list(lines)
	if fates := s.fatesMet(); len(fates) > 0 {
		p.paragraph("  ", strings.Join(fates, "; "))
	}
}

// sum is `807 rows = 640 kept + 120 repeated + 47 self → 612 ties`.
func (a *Account) sum() string {
	var parts []string
	for _, f := range a.Fates {
		if f.Rows > 0 || f.Name == "kept" {
			parts = append(parts, fmt.Sprintf("%d %s", f.Rows, f.Name))
		}
	}
	if a.Excluded > 0 {
		parts = append(parts, fmt.Sprintf("%d %s", a.Excluded, unselected))
	}
	line := plural(int(a.Rows), "row")
	if len(parts) > 0 {
		line += " = " + strings.Join(parts, " + ")
	}
	if a.Relation {
		return line + " → " + plural(int(a.Ties), "tie")
	}
	return line
}

// fatesMet explains what happened to rows of the study, but for those kept.
func (s *Summary) fatesMet() []string {
	var out, seen []string
	for i := range s.Accounts {
		a := &s.Accounts[i]
		for _, f := range append(slices.Clone(a.Fates), Fate{unselected, a.Excluded}) {
			if f.Rows == 0 || slices.Contains(seen, f.Name) {
				continue
			}
			seen = append(seen, f.Name)
			if meaning, ok := Words(f.Name); ok {
				out = append(out, f.Name+": "+meaning)
			}
		}
	}
	return out
}
