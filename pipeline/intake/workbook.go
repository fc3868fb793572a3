package intake

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"firmties/pipeline/diag"
)

// maxCells is the most cells, empty ones between full ones included, that a
// pass over one sheet visits.
const maxCells = 100_000_000

// workbook is an open workbook.
type workbook struct {
	file   *inputFile
	excel  *excelize.File
	sheets []*sheetFacts
}

// sheets opens the sheets of a workbook that the options mean.
func (r *reader) sheets(f *inputFile, opts TableOptions, at diag.Place) []*part {
	if opts.Encoding != "" || opts.Delimiter != "" {
		r.once(diag.SettingConflict, at, "", fmt.Sprintf("%s is a workbook: it has no encoding and no delimiter", f.Name), "remove encoding: and delimiter:")
		return nil
	}
	book := r.workbook(f)
	if book == nil {
		return nil
	}
	var parts []*part
	empty := 0
	chosen := r.chosen(book, opts, at)
	for _, s := range chosen {
		p, filled := r.sheet(f, s, opts)
		if p != nil {
			parts = append(parts, p)
		} else if !filled {
			empty++
		}
	}
	if empty > 0 && empty == len(chosen) {
		r.once(diag.TableEmpty, diag.Place{File: f.Name, Sheet: chosen[0].name}, "", "the sheet has no header", "a table has a line of column headers and rows below it")
	}
	return parts
}

// chosen lists the sheets that the options mean: the one named, every visible
// one, or the only one.
func (r *reader) chosen(book *workbook, opts TableOptions, at diag.Place) []*sheetFacts {
	var names []string
	var visible []*sheetFacts
	for _, s := range book.sheets {
		names = append(names, s.name)
		if !s.hidden {
			visible = append(visible, s)
		}
	}
	switch {
	case opts.Sheet == "*":
		for _, s := range book.sheets {
			if s.hidden {
				r.once(diag.SheetHidden, diag.Place{File: book.file.Name, Sheet: s.name}, "", "the hidden sheet is left out", "show it in the workbook, or name it in an entry of `tables:`")
			}
		}
		return visible
	case opts.Sheet != "":
		for _, s := range book.sheets {
			if strings.EqualFold(s.name, strings.TrimSpace(opts.Sheet)) {
				return []*sheetFacts{s}
			}
		}
		r.once(diag.SheetMissing, at, opts.Sheet, fmt.Sprintf("%s has no sheet %q", book.file.Name, opts.Sheet), choiceHint(opts.Sheet, names))
	case len(visible) == 1:
		return visible
	default:
		opts.File, opts.Sheet = book.file.Name, names[0]
		r.once(diag.SheetMissing, at, "", fmt.Sprintf("%s has %d visible sheets, and none is named", book.file.Name, len(visible)),
			"they are: "+strings.Join(names, ", ")+"\nname one under `tables:`, and name that table in the section:\n    "+opts.line()+
				"\nwhere every sheet is a cluster: sheet: \"*\", cluster: sheet")
	}
	return nil
}

// sheet opens a sheet as a part. Filled is false where the sheet is blank.
func (r *reader) sheet(f *inputFile, s *sheetFacts, opts TableOptions) (p *part, filled bool) {
	p = &part{file: f.Name, sheet: s.name, reader: r, decimal: opts.decimal()}
	switch opts.Cluster {
	case "sheet":
		p.cluster = strings.TrimSpace(s.name)
	case "file":
		p.cluster = baseName(f.Name)
	}
	c := p.beginSheet(f)
	if c == nil {
		return nil, true
	}
	defer c.close()
	line, header, ok := c.filledRow(max(opts.HeaderRow, 1))
	if !ok {
		return nil, c.broken
	}
	if !p.setHeader(line, slices.Clone(header), c.position) {
		return nil, true
	}
	if _, _, ok := c.filledRow(line + 1); !ok {
		if !c.broken {
			hint := noRowsHint
			if opts.Sheet == "*" {
				hint = "`sheet: \"*\"` takes every visible sheet for a part of the table: hide a sheet of notes"
			}
			r.once(diag.TableEmpty, p.headerPlace(), "", "the table has a header and no rows", hint)
		}
		return nil, true
	}
	p.open = func() cursor {
		c := p.beginSheet(f)
		if c == nil {
			return nil
		}
		c.filledRow(line)
		c.merged = slices.Clone(c.facts.merged)
		return c
	}
	return p, true
}

// workbook opens a workbook, or recalls the one opened last.
func (r *reader) workbook(f *inputFile) *workbook {
	if r.book != nil && r.book.file == f {
		return r.book
	}
	r.book = nil // before another one takes memory
	handle := r.reopen(f)
	if handle == nil {
		return nil
	}
	defer handle.Close()
	data, err := io.ReadAll(handle)
	if err != nil {
		r.fail(f.Name, err)
		return nil
	}
	book := &workbook{file: f}
	err = guarded(func() error { return book.open(r, data) })
	switch {
	case r.stopped():
		return nil
	case err != nil:
		r.refuseBook(f, err)
		return nil
	}
	r.book = book
	return book
}

// open takes from a workbook the parts that hold cells, after they have been
// checked, and opens these.
func (b *workbook) open(r *reader, data []byte) error {
	cells, sheets, err := sift(r.ctx, data)
	if err != nil {
		return err
	}
	b.excel, err = excelize.OpenReader(bytes.NewReader(cells), excelize.Options{
		UnzipSizeLimit:    2 * maxUnzipped,
		UnzipXMLSizeLimit: maxUnzipped, // larger ones would go to temporary files
		ShortDatePattern:  "yyyy-mm-dd",
	})
	if err != nil {
		return err
	}
	b.sheets = sheets
	isoDates(b.excel)
	return nil
}

// refuseBook finds that a workbook cannot be read.
func (r *reader) refuseBook(f *inputFile, err error) {
	at := diag.Place{File: f.Name}
	if tooLarge, ok := err.(tooLargeError); ok {
		r.once(diag.FileTooLarge, at, "", tooLarge.Error(), "save the sheets that are needed as CSV")
		return
	}
	r.once(diag.FileCorrupt, at, "", fmt.Sprintf("the workbook is damaged: %v", err), "open it in a spreadsheet program and save it again as .xlsx")
}

// guarded calls the workbook library, whose panics on a damaged file become
// errors.
func guarded(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("it cannot be decoded (%v)", p)
		}
	}()
	return f()
}

// sheetCursor is one pass over a sheet.
type sheetCursor struct {
	part   *part
	book   *workbook
	facts  *sheetFacts
	rows   *excelize.Rows
	line   int
	cells  []string
	merged []area // that begin below the row; sorted by first line
	active []area // that the row is part of
	budget int
	broken bool

	raw      *excelize.Rows // the same rows with stored values; opened when one is asked for
	rawLine  int
	rawCells []string
}

// beginSheet begins a pass above the first row of a part's sheet.
func (p *part) beginSheet(f *inputFile) *sheetCursor {
	book := p.reader.workbook(f)
	if book == nil {
		return nil
	}
	c := &sheetCursor{part: p, book: book, budget: maxCells}
	i := slices.IndexFunc(book.sheets, func(s *sheetFacts) bool { return s.name == p.sheet })
	c.facts = book.sheets[i]
	var err error
	if c.rows, err = book.rows(p.sheet); err != nil {
		p.reader.refuseBook(f, err)
		return nil
	}
	return c
}

func (b *workbook) rows(sheet string) (rows *excelize.Rows, err error) {
	err = guarded(func() error {
		rows, err = b.excel.Rows(sheet)
		return err
	})
	return rows, err
}

func (c *sheetCursor) close() {
	c.rows.Close()
	if c.raw != nil {
		c.raw.Close()
	}
}

// filledRow returns the first row from a line on that is not blank.
func (c *sheetCursor) filledRow(from int) (line int, cells []string, ok bool) {
	for n := 1; n%4096 != 0 || !c.part.reader.stopped(); n++ {
		line, cells, ok = c.next()
		if !ok || line >= from && !blank(cells) {
			return line, cells, ok
		}
	}
	return 0, nil, false
}

func (c *sheetCursor) next() (line int, cells []string, ok bool) {
	err := guarded(func() (err error) {
		if ok = c.rows.Next(); ok {
			c.cells, err = c.rows.Columns()
		} else {
			err = c.rows.Error()
		}
		return err
	})
	c.line++
	c.budget -= len(c.cells) + len(c.active) + 1
	if err == nil && ok && !blank(c.cells) {
		c.fillMerged()
	}
	if err == nil && c.budget < 0 {
		err = tooLargeError(fmt.Sprintf("the sheet %s reaches over more than %d million cells", c.part.sheet, maxCells/1_000_000))
	}
	if err != nil {
		c.broken = true
		c.part.reader.refuseBook(c.book.file, err)
		return 0, nil, false
	}
	return c.line, c.cells, ok
}

// fillMerged gives every cell of a merged area below the header what the area
// shows, as a reader of the sheet sees it.
func (c *sheetCursor) fillMerged() {
	for len(c.merged) > 0 && c.merged[0].top <= c.line {
		a := c.merged[0]
		c.merged = c.merged[1:]
		if a.top > c.part.headerLine && a.top == c.line && a.left < len(c.cells) {
			a.shown, a.stored = c.cells[a.left], c.stored(a.left)
			c.active = append(c.active, a)
		}
	}
	c.active = slices.DeleteFunc(c.active, func(a area) bool { return a.bottom < c.line })
	for _, a := range c.active {
		for i := a.left; i <= min(a.right, len(c.part.header)-1) && c.budget >= 0; i++ {
			c.budget--
			for len(c.cells) <= i {
				c.cells = append(c.cells, "")
			}
			if c.cells[i] == "" {
				c.cells[i] = a.shown
			}
		}
	}
}

// stored is the value in the file behind what a cell shows.
func (c *sheetCursor) stored(i int) string {
	for _, a := range c.active {
		if a.left <= i && i <= a.right && a.top < c.line {
			return a.stored
		}
	}
	err := guarded(func() (err error) {
		if c.raw == nil {
			c.raw, err = c.book.excel.Rows(c.part.sheet)
		}
		for err == nil && c.rawLine < c.line {
			c.rawLine++
			c.raw.Next()
			if c.rawLine == c.line {
				c.rawCells, err = c.raw.Columns(excelize.Options{RawCellValue: true})
			}
		}
		return err
	})
	if err != nil {
		c.part.reader.refuseBook(c.book.file, err)
		return ""
	}
	if i < len(c.rawCells) {
		return c.rawCells[i]
	}
	return ""
}

func (c *sheetCursor) rounded(i int) bool { return c.facts.rounded[cellAt{c.line, i}] }

func (c *sheetCursor) position(i int) (line, column int) { return c.line, i + 1 }

func (c *sheetCursor) uncomputed(i int) bool { return c.facts.uncomputed[cellAt{c.line, i}] }
