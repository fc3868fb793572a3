package report

import "strings"

// pageWidth is the columns of a line.
const pageWidth = 100

// page collects lines.
type page struct{ b strings.Builder }

func (p *page) String() string { return p.b.String() }

func (p *page) line(s string) {
	p.b.WriteString(strings.TrimRight(s, " ") + "\n")
}

// section starts a part of the text with its heading.
func (p *page) section(heading string) {
	p.line("")
	p.paragraph("", heading)
}

// paragraph writes text after its prefix, in as many lines as it needs; those
// after the first are indented by the width of the prefix.
func (p *page) paragraph(prefix, text string) {
	indent := strings.Repeat(" ", displayWidth(prefix))
	for _, l := range wrap(clean(text), pageWidth-len(indent)) {
		p.line(prefix + l)
		prefix = indent
	}
}

// list writes names and what is said of each in two columns.
func (p *page) list(items []Choice) {
	const most = 30
	width := 0
	for _, it := range items {
		width = max(width, min(most, displayWidth(clean(it.What))))
	}
	for _, it := range items {
		p.paragraph("  "+pad(clip(clean(it.What), most), width)+"  ", it.Value)
	}
}

// wrap cuts text at spaces into lines of at most width columns; a word that is
// wider is cut where it must be. Empty text is one empty line.
func wrap(text string, width int) []string {
	var lines []string
	current := ""
	for _, word := range strings.Fields(text) {
		switch {
		case current == "":
			current = word
		case displayWidth(current)+1+displayWidth(word) <= width:
			current += " " + word
		default:
			lines = append(lines, current)
			current = word
		}
		for displayWidth(current) > width {
			head := prefixOf(current, width)
			lines = append(lines, head)
			current = current[len(head):]
		}
	}
	if current != "" || len(lines) == 0 {
		lines = append(lines, current)
	}
	return lines
}
