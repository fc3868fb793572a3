package intake

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"firmties/pipeline/diag"
)

// TableOptions is one entry of `tables:`: a sheet, or a file that needs
// options. A file that a section names directly has none.
type TableOptions struct {
	File      string `yaml:"file" jsonschema:"required" jsonschema_description:"path of the file in the data folder; * and ? stand for several files of the same columns"`
	Sheet     string `yaml:"sheet" jsonschema_description:"of a workbook: the sheet, or * for every visible one; may be omitted where there is only one"`
	HeaderRow int    `yaml:"header_row" jsonschema_description:"the line that holds the column headers; 1 where omitted"`
	Cluster   string `yaml:"cluster" jsonschema:"enum=sheet,enum=file" jsonschema_description:"the cluster of all rows is the name of their sheet, or of their file without its ending"`
	Encoding  string `yaml:"encoding" jsonschema:"enum=utf-8,enum=utf-16le,enum=utf-16be,enum=big5,enum=latin1,enum=iso-8859-1,enum=windows-1252" jsonschema_description:"of a text file that is not UTF-8: its encoding"`
	Delimiter string `yaml:"delimiter" jsonschema_description:"of a text file: the character between its cells, or tab; where omitted the comma, and the tab in .tsv files"`
	Decimal   string `yaml:"decimal" jsonschema_description:"the decimal mark of numbers written as text: a point, where omitted, or a comma"`
}

func (o TableOptions) decimal() byte {
	if o.Decimal == "," {
		return ','
	}
	return '.'
}

// line is the entry as a line of study.yaml.
func (o TableOptions) line() string {
	name := strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) || c == '_' {
			return c
		}
		return '_'
	}, baseName(o.File))
	parts := []string{"file: " + yamlText(o.File)}
	add := func(key, value string) {
		if value != "" {
			parts = append(parts, key+": "+yamlText(value))
		}
	}
	add("sheet", o.Sheet)
	if o.HeaderRow > 0 {
		parts = append(parts, fmt.Sprintf("header_row: %d", o.HeaderRow))
	}
	add("cluster", o.Cluster)
	add("encoding", o.Encoding)
	add("delimiter", o.Delimiter)
	add("decimal", o.Decimal)
	return name + ": {" + strings.Join(parts, ", ") + "}"
}

// yamlText is a text as YAML in a flow mapping, quoted where it has to be.
func yamlText(s string) string {
	plain := func(c rune) bool {
		return unicode.IsLetter(c) || unicode.IsDigit(c) || strings.ContainsRune("._-/", c)
	}
	if strings.IndexFunc(s, func(c rune) bool { return !plain(c) }) < 0 && unicode.IsLetter([]rune(s)[0]) {
		return s
	}
	return fmt.Sprintf("%q", s)
}

// part is one file or one sheet of a table. Its header has been checked, and
// of a text file every row.
type part struct {
	file       string
	sheet      string   // empty for a text file
	header     []string // trimmed; blank headers are columns that nobody can name
	headerLine int
	rows       int    // of a text file, those that are not blank
	cluster    string // of `cluster: sheet` or `file`; else empty

	reader  *reader
	columns map[string]int
	decimal byte
	open    func() cursor // begins a pass over the rows; nil where it cannot
}

// setHeader checks and sets the header of a part. Positions tells where its
// cells are.
func (p *part) setHeader(line int, cells []string, position func(int) (int, int)) bool {
	p.header, p.headerLine, p.columns = cells, line, make(map[string]int, len(cells))
	if len(cells) > maxColumns {
		p.reader.once(diag.FileTooLarge, p.headerPlace(), "", fmt.Sprintf("the table has %d columns; the limit is %d", len(cells), maxColumns), "")
		return false
	}
	fine := true
	for i := range cells {
		name := strings.TrimSpace(cells[i])
		cells[i] = name
		first, known := p.columns[name]
		switch {
		case name == "":
		case known:
			fine = false
			l, c := position(i)
			_, column := position(first)
			p.reader.once(diag.HeaderRepeated, diag.Place{File: p.file, Sheet: p.sheet, Line: l, Column: c}, name,
				fmt.Sprintf("the header %q stands twice", name), fmt.Sprintf("it stands first in column %d of the line; rename one of them", column))
		default:
			p.columns[name] = i
		}
	}
	return fine
}

// cursor is one pass over the rows below the header of a part.
type cursor interface {
	// next returns the next well-formed row, blank ones too, as it is shown.
	// The slice is valid until the next call.
	next() (line int, cells []string, ok bool)
	// stored is the value behind a cell of the row, for numbers.
	stored(i int) string
	// rounded reports whether a cell of the row holds a number of more digits
	// than a spreadsheet keeps.
	rounded(i int) bool
	// uncomputed reports whether a cell of the row has a formula and no value.
	uncomputed(i int) bool
	// position is the line and the column of a cell of the row.
	position(i int) (line, column int)
	close()
}

// column is the index of a header, -1 where there is none.
func (p *part) column(name string) int {
	if i, ok := p.columns[name]; ok {
		return i
	}
	return -1
}

// headerPlace is where the header is.
func (p *part) headerPlace() diag.Place {
	return diag.Place{File: p.file, Sheet: p.sheet, Line: p.headerLine, Column: 1}
}

// each calls f with every row that is not blank, in the order of the file. The
// row is valid during the call only. Where the files cannot be read any more,
// or the context is done, it stops, and the reader's failure tells.
func (p *part) each(f func(*row)) {
	if p.reader.stopped() {
		return
	}
	c := p.open()
	if c == nil {
		return
	}
	defer c.close()
	r := row{part: p, cursor: c}
	for n := 1; n%4096 != 0 || !p.reader.stopped(); n++ {
		var ok bool
		if r.line, r.shown, ok = c.next(); !ok {
			return
		}
		if !blank(r.shown) {
			f(&r)
		}
	}
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// row is one row of a part.
type row struct {
	part   *part
	cursor cursor
	line   int
	shown  []string
}

// text is the cell as it is shown, trimmed, or empty where it is missing.
func (r *row) text(i int) string {
	s := r.plain(i)
	if s == "" || r.part.sheet == "" || !r.cursor.rounded(i) {
		return s
	}
	r.part.reader.once(diag.IDTooLong, r.place(i), s,
		"a number of more than 15 digits, which spreadsheets round: as an id it may be wrong",
		"format the column as text and enter the ids again from their source")
	if stored := r.cursor.stored(i); strings.Trim(stored, "0123456789") == "" {
		return stored
	}
	return s
}

// plain is the text of a cell of any type. A cell that shows an error is
// missing, with a finding.
func (r *row) plain(i int) string {
	s := ""
	if i >= 0 && i < len(r.shown) {
		s = strings.TrimSpace(r.shown[i])
	}
	if s == "" && r.part.sheet != "" && i >= 0 && r.cursor.uncomputed(i) {
		r.part.reader.once(diag.CellUncomputed, r.place(i), "", "the cell has a formula whose value is not in the file",
			"it is read as missing; open the workbook in a spreadsheet program and save it")
	}
	if s == "" || slices.Contains(r.part.reader.missing, s) {
		return ""
	}
	if r.part.sheet != "" && s[0] == '#' && slices.Contains(cellErrors(), s) {
		r.part.reader.once(diag.CellError, r.place(i), s, "the cell shows "+s,
			"mend its formula, or list "+strconv.Quote(s)+" under `missing:`")
		return ""
	}
	return s
}

// cellErrors lists what spreadsheets show where a formula fails.
func cellErrors() []string {
	return []string{"#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
}

// number is the cell's finite number: as stored in a workbook, with the
// table's decimal mark in text. Where the cell is missing, or is no finite
// number, ok is false.
func (r *row) number(i int) (x float64, ok, missing bool) {
	s := r.plain(i)
	if s == "" {
		return 0, false, true
	}
	if stored := strings.TrimSpace(r.cursor.stored(i)); stored != s {
		if x, ok = parseNumber(stored, '.'); ok {
			return x, true, false
		}
	}
	x, ok = parseNumber(s, r.part.decimal)
	return x, ok, false
}

// place is where a cell is.
func (r *row) place(i int) diag.Place {
	line, column := r.position(i)
	return diag.Place{File: r.part.file, Sheet: r.part.sheet, Line: line, Column: column}
}

// position is the line and the column of a cell: in a text file the column
// counts characters, in a workbook cells.
func (r *row) position(i int) (line, column int) {
	if i < 0 || i >= len(r.shown) {
		return r.line, max(i+1, 0)
	}
	return r.cursor.position(i)
}

// parseNumber reads a finite decimal number as people write it: strconv alone
// would take hexadecimal, "inf" and underscores too.
func parseNumber(s string, decimal byte) (float64, bool) {
	for i := range len(s) {
		c := s[i]
		if (c < '0' || c > '9') && c != decimal && c != '-' && c != '+' && c != 'e' && c != 'E' {
			return 0, false
		}
	}
	if decimal != '.' {
		s = strings.Replace(s, string(decimal), ".", 1)
	}
	x, err := strconv.ParseFloat(s, 64)
	return x, err == nil && !math.IsInf(x, 0)
}
