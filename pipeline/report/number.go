package report

import (
	"fmt"
	"strconv"
	"strings"

	"firmties/pipeline/table"
)

// none stands where a table has no value.
const none = "–"

// number writes three significant digits; whole numbers up to a million keep
// all of theirs.
func number(x float64) string {
	if x == 0 {
		return "0"
	}
	rounded := strconv.FormatFloat(x, 'e', 2, 64)
	_, exp, _ := strings.Cut(rounded, "e")
	e, _ := strconv.Atoi(exp) // of our own making: it is a number
	if e < -4 || e > 5 {
		return rounded
	}
	return strconv.FormatFloat(x, 'f', max(0, 2-e), 64)
}

// pValue writes a p-value as journals do: .012, <.001.
func pValue(p float64) string {
	switch {
	case p < .001:
		return "<.001"
	case p >= .9995:
		return "1"
	}
	return strings.TrimPrefix(strconv.FormatFloat(p, 'f', 3, 64), "0")
}

// text is a cell of a text column; empty where there is none.
func text(t *table.Table, column string, row int) string {
	if v := t.Column(column); v != nil {
		return clean(v.Str(row))
	}
	return ""
}

// cell is a number of a table in the given form, or the sign for none; below
// 0 there is no row.
func cell(t *table.Table, column string, row int, form func(float64) string) string {
	if v := t.Column(column); v != nil && row >= 0 {
		if x, ok := v.Float(row); ok {
			return form(x)
		}
	}
	return none
}

// whole writes a count.
func whole(x float64) string { return strconv.FormatFloat(x, 'f', 0, 64) }

// percent is a share in percent.
func percent(x float64) string { return whole(100*x) + " %" }

// rows is the length of a table; 0 if there is none.
func rows(t *table.Table) int {
	if t == nil {
		return 0
	}
	return t.Len()
}

// plural counts things: "1 row", "2 rows".
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
