package report

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// displayWidth is the number of columns that a terminal gives a text.
func displayWidth(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

// runeWidth is 2 for wide East Asian characters and 0 for marks that sit on
// the character before them. Characters whose width depends on the font
// ("ambiguous" in Unicode) count as 1, as terminals show them by default.
func runeWidth(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// prefixOf is as much of a text as fits into n columns; at least one
// character, so that cutting comes to an end.
func prefixOf(s string, n int) string {
	used := 0
	for i, r := range s {
		used += runeWidth(r)
		if used > n && i > 0 {
			return s[:i]
		}
	}
	return s
}

// clip shortens a text to n columns and marks that it did.
func clip(s string, n int) string {
	if displayWidth(s) <= n {
		return s
	}
	return prefixOf(s, n-1) + "…"
}

// pad fills a text with spaces up to n columns.
func pad(s string, n int) string {
	return s + strings.Repeat(" ", max(0, n-displayWidth(s)))
}

// padLeft fills a text with spaces before it, up to n columns.
func padLeft(s string, n int) string {
	return strings.Repeat(" ", max(0, n-displayWidth(s))) + s
}

// clean makes an analyst's text safe to print on one line: white space of any
// kind is a space, and control characters, which could steer a terminal, and
// characters that turn the direction of writing are replaced.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return unicode.ReplacementChar
		}
		return r
	}, s)
}
