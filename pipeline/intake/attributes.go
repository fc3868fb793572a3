package intake

import (
	"fmt"
	"math"
	"strings"
	"time"

	"firmties/pipeline/diag"
	"firmties/pipeline/study"
)

// attributeColumn collects the cells of one attribute, in the order of the
// rows, until it is known whether all of them are numbers.
type attributeColumn struct {
	column  *AttributeColumn
	text    []string
	number  []float64
	textual bool
	coded   bool // a number is written like an id, so text is meant
	numbers int  // cells that are numbers, by either decimal mark
	texts   int  // other cells, the first of them
	first   string
	firstAt diag.Place
	index   int // in the part at hand
}

func attributeColumns(attributes Attributes) []attributeColumn {
	out := make([]attributeColumn, len(attributes))
	for i := range out {
		out[i].column = &attributes[i]
	}
	return out
}

func bindAttributes(b *binding, columns []attributeColumn) {
	for i := range columns {
		columns[i].index = b.column(&columns[i].column.Column)
	}
}

func readAttributes(r *row, columns []attributeColumn) {
	for i := range columns {
		columns[i].read(r)
	}
}

// read takes one cell. A column is text as soon as one cell is no number, or
// is a number written like an id (007).
func (c *attributeColumn) read(r *row) {
	text := r.text(c.index)
	x := math.NaN()
	if text != "" {
		n, ok, _ := r.number(c.index)
		if ok {
			x = n
		}
		c.coded = c.coded || leadingZero(text)
		if !ok || storedOnly(text) {
			c.readText(r, text)
		} else {
			c.numbers++
		}
		c.textual = c.coded || c.texts > 0
	}
	c.text = append(c.text, strings.Clone(text))
	c.number = append(c.number, x)
}

// readText counts a cell that is no number as the table writes numbers.
func (c *attributeColumn) readText(r *row, text string) {
	if _, ok := parseNumber(text, ','); ok {
		c.numbers++ // with a decimal comma that is not declared
	}
	if c.texts++; c.texts == 1 {
		c.first, c.firstAt = strings.Clone(text), r.place(c.index)
	}
}

// tellMixed tells of columns that are text for the sake of a few cells, as a
// comment or a date among numbers makes them: as a control each of their
// values would be a kind of its own.
func (a *assembly) tellMixed(columns []attributeColumn) {
	for i := range columns {
		c := &columns[i]
		if c.coded || c.texts == 0 || c.numbers*2 <= len(c.text)-c.blanks() {
			continue
		}
		hint := "correct the cell, or list the text under `missing:`"
		if strings.Contains(c.first, ",") {
			hint += decimalHint
		}
		a.findings.Add(diag.AttributeMixed, c.firstAt, c.first,
			fmt.Sprintf("%s: %q is no number, so the whole column is taken as text; most of its cells are numbers", c.column.Name, c.first), hint)
	}
}

func (c *attributeColumn) blanks() int {
	n := 0
	for _, t := range c.text {
		if t == "" {
			n++
		}
	}
	return n
}

// leadingZero reports whether a number starts with a zero before another
// digit.
func leadingZero(s string) bool {
	s = strings.TrimLeft(s, "+-")
	return len(s) > 1 && s[0] == '0' && s[1] >= '0' && s[1] <= '9'
}

// storedOnly reports whether a cell that a workbook stores as a number shows
// none: a date, or true or false.
func storedOnly(s string) bool {
	if s == "TRUE" || s == "FALSE" {
		return true
	}
	_, err := time.Parse(time.DateOnly, s[:min(len(s), len(time.DateOnly))])
	return err == nil
}

// attributes are the columns with their rows in another order: order[i] is
// the row that becomes the i-th.
func attributes(columns []attributeColumn, order []int) []study.Attribute {
	var out []study.Attribute
	for i := range columns {
		c := &columns[i]
		at := study.Attribute{Name: c.column.Name, Column: trim(c.column.Column), Numeric: !c.textual}
		for _, from := range order {
			if at.Numeric {
				at.Number = append(at.Number, c.number[from])
			} else {
				at.Text = append(at.Text, c.text[from])
			}
		}
		out = append(out, at)
	}
	return out
}

func findAttribute(list []study.Attribute, name string) *study.Attribute {
	for i := range list {
		if list[i].Name == name {
			return &list[i]
		}
	}
	return nil
}

// blank reports whether an attribute has no value at all.
func blankAttribute(a *study.Attribute) bool {
	for _, x := range a.Number {
		if !math.IsNaN(x) {
			return false
		}
	}
	return strings.Join(a.Text, "") == ""
}

// checkControls tells of controls that would drop every row.
func (a *assembly) checkControls() {
	for i := range a.c.Models {
		m := &a.c.Models[i]
		list := a.s.FirmAttributes
		if m.Level == string(study.AtCluster) && a.v.ofMetrics(m) == study.AtCluster {
			list = a.s.ClusterAttributes
		}
		for j := range m.Controls {
			if x := findAttribute(list, m.Controls[j]); x != nil && !a.headersOnly && blankAttribute(x) {
				a.fault(diag.ControlMissing, &m.Controls[j], x.Name, fmt.Sprintf("the control %q has no value", x.Name),
					fmt.Sprintf("column %q is blank in every row; a model with it has no complete row", x.Column))
			}
		}
	}
}

// checkHomophily: what `homophily:` names is numeric.
func (a *assembly) checkHomophily() {
	for i := range a.c.Homophily {
		name := &a.c.Homophily[i]
		if x := findAttribute(a.s.FirmAttributes, *name); x != nil && !x.Numeric {
			a.fault(diag.TypeWrong, name, *name, fmt.Sprintf("homophily: attribute %q is text", *name),
				"it needs numbers; an attribute of kinds belongs under groups:")
		}
	}
}

// checkNumericTerms: what a term of pairs takes differences or values of is
// numeric.
func (a *assembly) checkNumericTerms() {
	check := func(field *string) {
		t := study.ParseTerm(*field)
		if t.Func == "" || t.Func == "same" || t.Func == "both" {
			return
		}
		if x := findAttribute(a.s.FirmAttributes, t.Name); x != nil && !x.Numeric {
			a.fault(diag.TypeWrong, field, *field, fmt.Sprintf("%s: attribute %q is text", *field, t.Name), "it needs numbers; of kinds there is same("+t.Name+")")
		}
	}
	for i := range a.c.Models {
		if m := &a.c.Models[i]; m.Level == study.AtDyad {
			check(&m.Outcome)
			for j := range m.Terms {
				check(&m.Terms[j])
			}
		}
	}
}
