package report

import "strings"

// align is how the cells of a column stand below each other.
type align uint8

const (
	left    align = iota
	right         // on their last character
	decimal       // on the decimal point
)

// heading is a column of a grid: a name in one or two lines.
type heading struct {
	above string
	name  string
	align align
}

// grid is cells in aligned columns, with lines of text between them that
// stand out to the left.
type grid struct {
	indent   string
	headings []heading
	rows     []gridRow
	space    int // between columns, by fit
}

type gridRow struct {
	text  string // a line across the columns; the cells are then empty
	cells []string
}

func (g *grid) add(cells ...string) { g.rows = append(g.rows, gridRow{cells: cells}) }

func (g *grid) across(text string) { g.rows = append(g.rows, gridRow{text: text}) }

// has reports whether a cell holds the text.
func (g *grid) has(text string) bool {
	for _, r := range g.rows {
		for _, c := range r.cells {
			if strings.TrimSpace(c) == text {
				return true
			}
		}
	}
	return false
}

// write puts the grid on the page, no wider than the page.
func (g *grid) write(p *page) {
	for c := range g.headings {
		if g.headings[c].align == decimal {
			g.alignPoints(c)
		}
	}
	widths := g.fit()
	above, names := make([]string, len(widths)), make([]string, len(widths))
	for c, h := range g.headings {
		above[c], names[c] = h.above, h.name
	}
	if strings.Join(above, "") != "" {
		g.line(p, widths, above)
	}
	g.line(p, widths, names)
	for _, r := range g.rows {
		if r.text != "" {
			p.paragraph(strings.TrimPrefix(g.indent, "  "), r.text)
		} else {
			g.line(p, widths, r.cells)
		}
	}
}

func (g *grid) line(p *page, widths []int, cells []string) {
	var b strings.Builder
	b.WriteString(g.indent)
	for c, s := range cells {
		b.WriteString(strings.Repeat(" ", g.gap(c)))
		if g.headings[c].align == left {
			b.WriteString(pad(clip(s, widths[c]), widths[c]))
		} else {
			b.WriteString(padLeft(s, widths[c]))
		}
	}
	p.line(b.String())
}

// gap is the space before a column; after text, which ends unevenly, it is
// always the wider one.
func (g *grid) gap(c int) int {
	switch {
	case c == 0:
		return 0
	case g.headings[c-1].align == left:
		return 2
	}
	return g.space
}

// alignPoints pads the cells of a column on the right until their decimal
// points stand in one place.
func (g *grid) alignPoints(c int) {
	after := func(s string) int { return displayWidth(s[len(beforePoint(s)):]) }
	most := 0
	for _, r := range g.rows {
		if r.cells != nil {
			most = max(most, after(r.cells[c]))
		}
	}
	for _, r := range g.rows {
		if r.cells != nil {
			s := r.cells[c]
			r.cells[c] = s + strings.Repeat(" ", most-after(s))
		}
	}
}

func beforePoint(s string) string {
	before, _, _ := strings.Cut(s, ".")
	return before
}

// fit chooses the columns' widths and the space between them. Where the page
// is too narrow for all, the space gives way first and then the widest column
// of text.
func (g *grid) fit() []int {
	const least = 6
	widths := g.widths()
	g.space = 2
	if g.total(widths) > pageWidth {
		g.space = 1
	}
	for over := g.total(widths) - pageWidth; over > 0; over-- {
		c := g.widestText(widths)
		if c < 0 || widths[c] <= least {
			break
		}
		widths[c]--
	}
	return widths
}

// widths are those that the columns would like.
func (g *grid) widths() []int {
	widths := make([]int, len(g.headings))
	for c, h := range g.headings {
		widths[c] = max(displayWidth(h.above), displayWidth(h.name))
		for _, r := range g.rows {
			if r.cells != nil {
				widths[c] = max(widths[c], displayWidth(r.cells[c]))
			}
		}
	}
	return widths
}

func (g *grid) total(widths []int) int {
	total := len(g.indent)
	for c, w := range widths {
		total += g.gap(c) + w
	}
	return total
}

func (g *grid) widestText(widths []int) int {
	widest := -1
	for c, h := range g.headings {
		if h.align == left && (widest < 0 || widths[c] > widths[widest]) {
			widest = c
		}
	}
	return widest
}
