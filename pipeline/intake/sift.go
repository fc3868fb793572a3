package intake

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// The workbook library decodes some parts of a workbook into memory whole,
// takes what it cannot decode as the end of a sheet, and keeps little of what a
// cell is. So every part that it gets has been read once before: it is
// complete and well-formed, small enough, and its sheets' cells are in order.
// The parts that hold no cells (pictures, comments, drawings) are left out.

// Limits on the content of a workbook.
const (
	maxUnzipped = 512 << 20 // bytes of the parts that hold cells
	maxEntries  = 10_000    // files in the archive
	maxElements = 6_000_000 // elements outside of sheets, which are decoded whole
	maxFormats  = 5_000     // number formats, which are searched for every cell
	maxFormat   = 1_000     // bytes of a number format, which is parsed for every cell
	maxDepth    = 64        // of nested elements
	maxMerged   = 200_000   // merged areas of a sheet
	maxRounded  = 20_000    // long numbers of a sheet that are remembered
)

// tooLargeError is about a workbook that exceeds a limit.
type tooLargeError string

func (e tooLargeError) Error() string { return string(e) }

// sheetFacts is what the first pass over a sheet finds.
type sheetFacts struct {
	name    string
	hidden  bool
	merged  []area          // sorted by first line
	rounded map[cellAt]bool // cells whose number has more than 15 digits
	shared  int             // the largest index of a shared text; -1: none
	// uncomputed are cells with a formula whose value was never stored: the
	// file was written by a program that does not compute.
	uncomputed map[cellAt]bool
}

// cellAt is a cell by its line, counted from 1, and column, counted from 0.
type cellAt struct{ line, column int }

// area is a merged area of cells, with what its first cell holds.
type area struct {
	top, bottom   int // lines, counted from 1
	left, right   int // columns, counted from 0
	shown, stored string
}

// partFacts is what the pass over any part of a workbook finds.
type partFacts struct {
	sheetFacts
	texts     int               // shared texts
	sheets    []namedSheet      // of the workbook part
	relations map[string]string // of a part of relations: id to target
}

type namedSheet struct {
	name, relation string
	hidden         bool
}

// sift reads the parts of a workbook that hold cells, checks them, and returns
// a workbook of these alone with the facts of its sheets.
func sift(ctx context.Context, data []byte) ([]byte, []*sheetFacts, error) {
	if n := bytes.Count(data, []byte("PK\x01\x02")); n > maxEntries {
		return nil, nil, tooLargeError(fmt.Sprintf("the workbook has %d parts; the limit is %d", n, maxEntries))
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, nil, err
	}
	var out bytes.Buffer
	kept := zip.NewWriter(&out)
	parts := map[string]*partFacts{}
	walk := walker{ctx: ctx}
	size := uint64(0)
	for _, f := range archive.File {
		name := strings.ReplaceAll(f.Name, `\`, "/")
		if !holdsCells(name) {
			continue
		}
		if size += f.UncompressedSize64; f.UncompressedSize64 > maxUnzipped || size > maxUnzipped {
			return nil, nil, tooLargeError(fmt.Sprintf("the workbook unpacks to more than %d MB", maxUnzipped>>20))
		}
		if parts[name], err = walk.part(name, f); err != nil {
			return nil, nil, err
		}
		if err := kept.Copy(f); err != nil {
			return nil, nil, err
		}
	}
	if err := kept.Close(); err != nil {
		return nil, nil, err
	}
	sheets, err := sheetsOf(parts)
	return out.Bytes(), sheets, err
}

// holdsCells reports whether a part is needed to read cells.
func holdsCells(name string) bool {
	name = strings.ToLower(name)
	base := path.Base(name)
	switch {
	case strings.HasPrefix(name, "xl/worksheets/"):
		return strings.HasSuffix(name, ".xml")
	case strings.HasPrefix(base, "workbook") || strings.HasPrefix(base, "styles") || strings.HasPrefix(base, "sharedstrings"):
		return strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels")
	}
	return name == "[content_types].xml" || name == "_rels/.rels"
}

// sheetsOf puts the sheets in the workbook's order under their names.
func sheetsOf(parts map[string]*partFacts) ([]*sheetFacts, error) {
	var book *partFacts
	var folder, base string
	texts := 0
	for name, p := range parts {
		if p.sheets != nil {
			book = p
			folder, base = path.Split(name)
		}
		texts += p.texts
	}
	if book == nil {
		return nil, errors.New("it has no list of sheets")
	}
	relations := parts[folder+"_rels/"+base+".rels"]
	if relations == nil {
		return nil, errors.New("it does not say where its sheets are")
	}
	var sheets []*sheetFacts
	named := map[string]bool{}
	for _, s := range book.sheets {
		key := strings.ToLower(s.name)
		if named[key] {
			return nil, fmt.Errorf("two sheets are called %s", s.name)
		}
		named[key] = true
		target := relations.relations[s.relation]
		if strings.HasPrefix(target, "/") {
			target = target[1:]
		} else {
			target = path.Join(folder, target)
		}
		p := parts[target]
		if p == nil {
			continue // a sheet that is a chart
		}
		if p.shared >= texts {
			return nil, fmt.Errorf("a cell of sheet %s has a text that is not there", s.name)
		}
		facts := p.sheetFacts
		facts.name, facts.hidden = s.name, s.hidden
		sheets = append(sheets, &facts)
	}
	if sheets == nil {
		return nil, errors.New("it has no sheet of cells")
	}
	return sheets, nil
}

// walker reads the parts of one workbook.
type walker struct {
	ctx      context.Context
	elements int // outside of sheets
}

// part reads a part to its end.
func (w *walker) part(name string, f *zip.File) (*partFacts, error) {
	text, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer text.Close()
	p := &partWalk{walker: w, decoder: xml.NewDecoder(text), facts: partFacts{sheetFacts: sheetFacts{shared: -1}}}
	p.sheet = strings.HasPrefix(strings.ToLower(name), "xl/worksheets/")
	for tokens := 0; ; tokens++ {
		token, err := p.decoder.Token()
		if err == io.EOF {
			slices.SortStableFunc(p.facts.merged, func(a, b area) int { return cmp.Compare(a.top, b.top) })
			return &p.facts, nil
		}
		if err == nil && tokens%4096 == 0 {
			err = w.ctx.Err()
		}
		if err == nil {
			err = p.take(token)
		}
		if _, ok := err.(tooLargeError); ok {
			return nil, err
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
}

// partWalk is the pass over one part.
type partWalk struct {
	*walker
	decoder *xml.Decoder
	facts   partFacts
	sheet   bool
	depth   int
	formats int

	line   int // of the last row
	column int // of the last cell, counted from 0
	kind   string
	value  bool // within a cell's value

	formula, computed bool // of the last cell: it has a formula, and a value
}

func (p *partWalk) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		return p.begin(t)
	case xml.EndElement:
		p.depth--
		p.value = false
		if p.sheet && t.Name.Local == "c" {
			p.endCell()
		}
	case xml.CharData:
		if p.value && p.sheet {
			return p.takeValue(string(t))
		}
	}
	return nil
}

func (p *partWalk) begin(e xml.StartElement) error {
	if p.depth++; p.depth > maxDepth {
		return tooLargeError("the workbook's XML is nested too deeply")
	}
	if !p.sheet {
		if p.elements++; p.elements > maxElements {
			return tooLargeError(fmt.Sprintf("the workbook has more than %d million texts and styles", maxElements/1_000_000))
		}
		return p.beginElsewhere(e)
	}
	switch e.Name.Local {
	case "row":
		return p.beginRow(attribute(e, "r"))
	case "c":
		p.kind, p.formula, p.computed = attribute(e, "t"), false, false
		return p.beginCell(attribute(e, "r"))
	case "f":
		p.formula = true
	case "v":
		p.value = true
	case "mergeCell":
		return p.merge(attribute(e, "ref"))
	}
	return nil
}

// beginElsewhere takes an element of a part that is not a sheet.
func (p *partWalk) beginElsewhere(e xml.StartElement) error {
	switch e.Name.Local {
	case "si":
		p.facts.texts++
	case "numFmt":
		if p.formats++; p.formats > maxFormats || len(attribute(e, "formatCode")) > maxFormat {
			return tooLargeError("the workbook has too many or too long number formats")
		}
	case "sheet":
		p.facts.sheets = append(p.facts.sheets, namedSheet{
			name: attribute(e, "name"), relation: attribute(e, "id"), hidden: strings.HasSuffix(strings.ToLower(attribute(e, "state")), "hidden"),
		})
	case "Relationship":
		if p.facts.relations == nil {
			p.facts.relations = map[string]string{}
		}
		p.facts.relations[attribute(e, "Id")] = attribute(e, "Target")
	}
	if len(p.facts.sheets) > maxEntries || len(p.facts.relations) > maxEntries {
		return tooLargeError(fmt.Sprintf("the workbook has more than %d sheets", maxEntries))
	}
	return nil
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// beginRow and beginCell hold a sheet to the order of its rows and cells.
func (p *partWalk) beginRow(reference string) error {
	line := p.line + 1
	if reference != "" {
		n, err := strconv.Atoi(reference)
		if err != nil || n < line {
			return fmt.Errorf("row %s after row %d", reference, p.line)
		}
		line = n
	}
	if line > excelize.TotalRows {
		return fmt.Errorf("row %d", line)
	}
	p.line, p.column = line, -1
	return nil
}

func (p *partWalk) beginCell(reference string) error {
	column := p.column + 1
	if reference != "" {
		n, _, err := excelize.CellNameToCoordinates(reference)
		if err != nil || n-1 < column {
			return fmt.Errorf("cell %s out of order in row %d", reference, p.line)
		}
		column = n - 1
	}
	if column >= excelize.MaxColumns {
		return fmt.Errorf("row %d has too many cells", p.line)
	}
	p.column = column
	return nil
}

func (p *partWalk) endCell() {
	if !p.formula || p.computed || len(p.facts.uncomputed) >= maxRounded {
		return
	}
	if p.facts.uncomputed == nil {
		p.facts.uncomputed = map[cellAt]bool{}
	}
	p.facts.uncomputed[cellAt{p.line, p.column}] = true
}

// takeValue takes the stored value of a cell.
func (p *partWalk) takeValue(v string) error {
	p.computed = true
	switch p.kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(v))
		if err != nil {
			return fmt.Errorf("text %q in row %d", v, p.line)
		}
		p.facts.shared = max(p.facts.shared, n)
	case "", "n":
		if isRounded(v) && len(p.facts.rounded) < maxRounded {
			if p.facts.rounded == nil {
				p.facts.rounded = map[cellAt]bool{}
			}
			p.facts.rounded[cellAt{p.line, p.column}] = true
		}
	}
	return nil
}

// isRounded reports whether a stored number is whole and has more than the 15
// digits that a spreadsheet keeps.
func isRounded(v string) bool {
	if len(v) < 16 && !strings.ContainsAny(v, "eE") {
		return false
	}
	x, err := strconv.ParseFloat(v, 64)
	return err == nil && math.Abs(x) >= 1e15 && x == math.Trunc(x)
}

// merge takes a merged area, such as B2:B9.
func (p *partWalk) merge(reference string) error {
	first, last, _ := strings.Cut(reference, ":")
	left, top, err := excelize.CellNameToCoordinates(first)
	if err != nil {
		return fmt.Errorf("merged area %q", reference)
	}
	right, bottom, err := excelize.CellNameToCoordinates(cmp.Or(last, first))
	if err != nil {
		return fmt.Errorf("merged area %q", reference)
	}
	if len(p.facts.merged) >= maxMerged {
		return tooLargeError(fmt.Sprintf("a sheet has more than %d merged areas", maxMerged))
	}
	p.facts.merged = append(p.facts.merged, area{top: top, bottom: bottom, left: left - 1, right: right - 1})
	return nil
}
