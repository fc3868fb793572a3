package intake

import (
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// isoDates makes every cell that shows a date show it as 2006-01-02, with the
// time where it has one; the number formats of the cells are changed for that.
func isoDates(x *excelize.File) {
	if x.Styles == nil {
		return
	}
	if x.Styles.NumFmts != nil {
		for _, f := range x.Styles.NumFmts.NumFmt {
			code := f.FormatCode16
			if code == "" {
				code = f.FormatCode
			}
			if iso := isoFormat(code); iso != "" {
				f.FormatCode, f.FormatCode16 = iso, ""
			}
		}
	}
	if x.Styles.CellXfs == nil {
		return
	}
	shortDate := 14 // shown by ShortDatePattern
	for i := range x.Styles.CellXfs.Xf {
		if id := x.Styles.CellXfs.Xf[i].NumFmtID; id != nil && slices.Contains(builtInDates(), *id) {
			x.Styles.CellXfs.Xf[i].NumFmtID = &shortDate
		}
	}
}

// builtInDates are the number formats with a date and no time that a workbook
// uses without spelling them out, those of East Asian programs included
// (ECMA-376, part 1, 18.8.30).
func builtInDates() []int {
	return []int{14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58}
}

// isoFormat is the format that shows a date as 2006-01-02 in place of another;
// empty where a format shows no date.
func isoFormat(code string) string {
	letters := formatLetters(code)
	clock := strings.ContainsAny(letters, "hs")
	switch {
	case letters == "general", !strings.ContainsAny(letters, "yd") && (clock || !strings.Contains(letters, "m")):
		return ""
	case clock:
		return "yyyy-mm-dd hh:mm:ss"
	}
	return "yyyy-mm-dd"
}

// formatLetters are the letters in the first section of a number format that
// stand for parts of a date or time: neither quoted, nor escaped, nor a colour
// or locale in brackets. An elapsed time, as in [h]:mm, keeps its brackets' letter.
func formatLetters(code string) string {
	var b strings.Builder
	code = strings.ToLower(code)
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == ';':
			return b.String()
		case c == '"' || c == '[':
			end := map[byte]byte{'"': '"', '[': ']'}[c]
			n := strings.IndexByte(code[i+1:], end)
			if n < 0 {
				return b.String()
			}
			if inner := code[i+1 : i+1+n]; c == '[' && strings.Trim(inner, "hms") == "" {
				b.WriteString("h")
			}
			i += n + 1
		case c == '\\' || c == '_' || c == '*':
			i++
		case 'a' <= c && c <= 'z':
			b.WriteByte(c)
		}
	}
	return b.String()
}
