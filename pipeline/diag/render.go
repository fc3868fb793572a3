package diag

import (
	"fmt"
	"strings"
)

// shown is how many findings of one code in one file are told on a terminal.
const shown = 20

// Render writes findings for a reader, in the order of Sorted: each with its
// place, value, code and hint. With all false, at most 20 of one code in one
// file are shown, and a warning or note that repeats in a file is one line
// with its first place and the count.
func (l *List) Render(all bool) string {
	var b strings.Builder
	done := map[group]int{}
	for _, f := range l.Sorted() {
		g := groupOf(&f)
		done[g]++
		n := l.counts[g]
		switch {
		case all && done[g] == keep && n > keep:
			f.render(&b, fmt.Sprintf(" (and %d more like it in %s)", n-keep, f.Place.File))
		case all || n == 1:
			f.render(&b, "")
		case f.Severity != Error && done[g] == 1:
			f.render(&b, fmt.Sprintf(" (and %d more like it in %s)", n-1, f.Place.File))
		case f.Severity == Error && done[g] < shown:
			f.render(&b, "")
		case f.Severity == Error && done[g] == shown:
			f.render(&b, "")
			if n > shown {
				fmt.Fprintf(&b, "%s: %d more [%s]\n", f.Place.File, n-shown, f.Code)
			}
		}
	}
	return b.String()
}

// String is the finding as `check` prints it, its hint indented below.
func (f Finding) String() string {
	var b strings.Builder
	f.render(&b, "")
	return b.String()
}

func (f Finding) render(b *strings.Builder, more string) {
	if at := f.Place.String(); at != "" {
		b.WriteString(at + ": ")
	}
	if f.Severity != Error {
		b.WriteString(f.Severity.String() + ": ")
	}
	fmt.Fprintf(b, "%s%s [%s]\n", printable(f.Message), more, f.Code)
	for line := range strings.Lines(f.Hint) {
		b.WriteString("    " + printable(strings.TrimSuffix(line, "\n")) + "\n")
	}
}

// printable keeps a hostile cell from steering the terminal: control
// characters become their escapes.
func printable(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if r < ' ' || r == 0x7f {
			fmt.Fprintf(&b, `\x%02x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
