package intake

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"firmties/pipeline/diag"
)

// maxRow is the most bytes that one row of a text file may have. A quote that
// is not closed makes a row of the rest of the file.
const maxRow = 4 << 20

// delimiter is the character between the cells of a text file.
func delimiter(opts TableOptions) (rune, bool) {
	switch opts.Delimiter {
	case "":
		if ext := strings.ToLower(path.Ext(opts.File)); ext == ".tsv" || ext == ".tab" {
			return '\t', true
		}
		return ',', true
	case "tab", `\t`:
		return '\t', true
	}
	c, size := utf8.DecodeRuneInString(opts.Delimiter)
	return c, size == len(opts.Delimiter) && !strings.ContainsRune("\"\r\n\x00\uFFFD", c)
}

// text opens a text file as a part: it decides the encoding, reads the header
// and checks every row. It returns nil where the file is no table.
func (r *reader) text(f *inputFile, opts TableOptions, at diag.Place) *part {
	if opts.Sheet != "" && opts.Sheet != "*" {
		r.once(diag.SettingConflict, at, opts.Sheet, fmt.Sprintf("%s is a text file and has no sheets", f.Name), "remove sheet:")
		return nil
	}
	e, declared := f.encodingOf(opts.Encoding)
	if !r.checkText(f, e, declared, opts) {
		return nil
	}
	comma, _ := delimiter(TableOptions{File: f.Name, Delimiter: opts.Delimiter})
	t := textTable{reader: r, file: f, encoding: e, comma: comma, skip: max(opts.HeaderRow-1, 0)}
	p := &part{file: f.Name, reader: r, decimal: opts.decimal()}
	if opts.Cluster != "" {
		p.cluster = baseName(f.Name)
	}
	if !t.check(p, opts) {
		return nil
	}
	p.open = func() cursor {
		if c := t.begin(); c != nil {
			c.header()
			return c
		}
		return nil
	}
	return p
}

// textTable is a text file and how it is read.
type textTable struct {
	reader   *reader
	file     *inputFile
	encoding textEncoding
	comma    rune
	skip     int // lines above the header's
}

// check reads the whole table once, sets the part's header and finds every
// malformed row.
func (t *textTable) check(p *part, opts TableOptions) bool {
	c := t.begin()
	if c == nil {
		return false
	}
	defer c.close()
	c.findings = t.reader.findings
	line, header, ok := c.header()
	if !ok {
		if !c.broken {
			t.reader.once(diag.TableEmpty, diag.Place{File: t.file.Name}, "", "the table has no header", "a table has a line of column headers and rows below it")
		}
		return false
	}
	if !t.delimiterFits(c, header, opts) || !p.setHeader(line, slices.Clone(header), c.position) {
		return false
	}
	rows := 0
	for n := 1; n%4096 != 0 || !t.reader.stopped(); n++ {
		_, cells, ok := c.next()
		if !ok {
			break
		}
		if !blank(cells) {
			rows++
		}
	}
	p.rows = rows
	if rows == 0 && !c.broken && !t.reader.stopped() {
		t.reader.once(diag.TableEmpty, p.headerPlace(), "", "the table has a header and no rows", noRowsHint)
		return false
	}
	return true
}

// noRowsHint is the way out of a table that says nothing.
const noRowsHint = "fill it, or remove the section of study.yaml that names it"

// delimiterFits finds a header that is one cell because the cells are
// separated by another character. A quoted header means what it says.
func (t *textTable) delimiterFits(c *textCursor, header []string, opts TableOptions) bool {
	if len(header) != 1 || bytes.HasPrefix(c.record(), []byte(`"`)) {
		return true
	}
	for _, other := range []string{",", ";", "\t", "|"} {
		if strings.Contains(header[0], other) {
			opts.File, opts.Delimiter = t.file.Name, other
			if other == "\t" {
				opts.Delimiter = "tab"
			}
			line, column := c.position(0)
			t.reader.once(diag.DelimiterWrong, diag.Place{File: t.file.Name, Line: line, Column: column}, header[0],
				fmt.Sprintf("the header is one cell: its columns seem to be separated by %q", other),
				"declare it under `tables:`, and name that table in the section:\n    "+opts.line())
			return false
		}
	}
	return true
}

// textCursor is one pass over a text file.
type textCursor struct {
	table    *textTable
	file     io.Closer
	window   *window
	csv      *csv.Reader
	width    int        // cells of the header; 0 before it is read
	above    int        // lines before the record
	first    int        // the line on which the record's row begins
	findings *diag.List // where malformed rows are told; nil after the first pass
	broken   bool       // a malformed row was met
}

// begin opens the file for a pass, above its header.
func (t *textTable) begin() *textCursor {
	file := t.reader.reopen(t.file)
	if file == nil {
		return nil
	}
	text := t.encoding.decoded(file, t.file.head)
	if t.skip > 0 {
		text = belowLines(text, t.skip)
	}
	c := &textCursor{table: t, file: file, window: &window{src: text}, above: t.skip}
	c.csv = csv.NewReader(bufio.NewReaderSize(c.window, readAhead))
	c.csv.Comma = t.comma
	c.csv.FieldsPerRecord = -1
	c.csv.ReuseRecord = true
	return c
}

// belowLines leaves out the first lines of a text.
func belowLines(text io.Reader, lines int) io.Reader {
	b := bufio.NewReader(text)
	for lines > 0 {
		_, err := b.ReadSlice('\n')
		if err == nil {
			lines--
		} else if err != bufio.ErrBufferFull {
			break // the next read tells it
		}
	}
	return b
}

func (c *textCursor) close() { c.file.Close() }

// header reads the first row that is not blank.
func (c *textCursor) header() (line int, cells []string, ok bool) {
	for {
		line, cells, ok = c.next()
		if !ok || !blank(cells) {
			c.width = len(cells)
			return line, cells, ok
		}
	}
}

// next returns the next well-formed row. Malformed ones are told in the first
// pass and left out of every one.
func (c *textCursor) next() (line int, cells []string, ok bool) {
	for {
		c.above += bytes.Count(c.record(), []byte("\n"))
		c.window.keep = c.csv.InputOffset()
		cells, err := c.csv.Read()
		c.first = c.above + 1 + len(c.record()) - len(c.row())
		switch {
		case err == nil && (c.width == 0 || len(cells) == c.width || blank(cells)):
			return c.first, cells, true
		case err == nil:
			c.ragged(cells)
		case err == io.EOF || !c.malformed(err):
			return 0, nil, false
		}
	}
}

// record is the text of the current row with the empty lines above it, which
// package csv passes over.
func (c *textCursor) record() []byte { return c.window.until(c.csv.InputOffset()) }

func (c *textCursor) row() []byte { return bytes.TrimLeft(c.record(), "\n") }

func (c *textCursor) stored(int) string { return "" }

func (c *textCursor) rounded(int) bool { return false }

func (c *textCursor) uncomputed(int) bool { return false }

func (c *textCursor) position(i int) (line, column int) {
	line, column = c.csv.FieldPos(i)
	return c.characters(line+c.table.skip, column)
}

// characters turns a column that counts bytes into one that counts characters.
func (c *textCursor) characters(line, column int) (int, int) {
	text := c.row()
	for n := c.first; n < line; n++ {
		_, text, _ = bytes.Cut(text, []byte("\n"))
	}
	return line, utf8.RuneCount(text[:min(column-1, len(text))]) + 1
}

// tell adds a finding about the current row in the first pass.
func (c *textCursor) tell(line, column int, message, hint string) {
	c.broken = true
	if c.findings != nil {
		c.findings.Add(diag.TableSyntax, diag.Place{File: c.table.file.Name, Line: line, Column: column}, "", message, hint)
	}
}

func (c *textCursor) ragged(cells []string) {
	line, column := c.first, 0
	hint := "cells of which some are empty need their delimiters all the same"
	if len(cells) > c.width {
		line, column = c.position(c.width)
		hint = "put a cell that contains the delimiter in quotes"
	}
	c.tell(line, column, fmt.Sprintf("cells in this row: %d, in the header: %d", len(cells), c.width), hint)
}

// malformed tells what package csv cannot parse, and reports whether reading
// can go on.
func (c *textCursor) malformed(err error) bool {
	var parse *csv.ParseError
	switch {
	case errors.Is(err, errRowTooLong):
		c.tell(c.first, 0, fmt.Sprintf("the row has more than %d MB", maxRow>>20), "is a quote not closed, or is this no table?")
		return false
	case !errors.As(err, &parse):
		c.table.reader.fail(c.table.file.Name, err)
		return false
	}
	line, column := c.characters(parse.Line+c.table.skip, parse.Column)
	if errors.Is(parse.Err, csv.ErrBareQuote) {
		c.tell(line, column, `a quote within a cell that does not begin with one`, `write the cell as "...""..."`)
	} else if at := openQuote(c.row(), c.table.comma); at >= 0 {
		before := c.row()[:at]
		line = c.first + bytes.Count(before, []byte("\n"))
		before = before[bytes.LastIndexByte(before, '\n')+1:]
		c.tell(line, utf8.RuneCount(before)+1, "the quote that opens here is never closed; nothing below it could be read", "close the quote at the end of its cell")
	} else {
		hint := `write a quote within a quoted cell twice`
		if line > c.first {
			hint = fmt.Sprintf("%s; or close the quote of a cell from line %d on", hint, c.first)
		}
		c.tell(line, column, "a quote that ends a cell before the cell's end", hint)
	}
	return true
}

// openQuote is where the quoted cell begins that no quote closes; -1 where
// there is none.
func openQuote(row []byte, comma rune) int {
	delimiter := []byte(string(comma))
	for at := 0; at < len(row); {
		if row[at] != '"' {
			end := bytes.Index(row[at:], delimiter)
			if end < 0 {
				return -1
			}
			at += end + len(delimiter)
			continue
		}
		end := at + 1
		for {
			i := bytes.IndexByte(row[end:], '"')
			if i < 0 {
				return at
			}
			if end += i + 1; end == len(row) || row[end] != '"' {
				break
			}
			end++
		}
		at = end + len(delimiter)
	}
	return -1
}

const readAhead = 64 << 10

var errRowTooLong = errors.New("row too long")

// window passes a text on and keeps what was passed since an offset, so that
// bytes can be counted as characters. It ends where that is more than a row
// can have.
type window struct {
	src   io.Reader
	kept  []byte
	start int64 // offset of kept
	keep  int64 // offset from which text is needed
}

func (w *window) Read(p []byte) (int, error) {
	w.kept = w.kept[:copy(w.kept, w.kept[w.keep-w.start:])]
	w.start = w.keep
	if len(w.kept) > maxRow+readAhead {
		return 0, errRowTooLong
	}
	n, err := w.src.Read(p)
	w.kept = append(w.kept, p[:n]...)
	return n, err
}

// until is the text from keep to an offset.
func (w *window) until(offset int64) []byte {
	return w.kept[w.keep-w.start : offset-w.start]
}
