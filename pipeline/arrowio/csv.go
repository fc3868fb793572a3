package arrowio

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"firmties/pipeline/table"
)

// csvBuffer is how many bytes are gathered before they are written.
const csvBuffer = 1 << 16

// csvFile writes the CSV twin. encoding/csv quotes only where it must, which
// makes an empty text and a null the same; hence this one.
type csvFile struct {
	w      *sink
	source *table.Schema
	levels [][]string // quoted, by column
	buf    []byte
}

func newCSV(w *sink, s *table.Schema) (encoder, error) {
	c := &csvFile{w: w, source: s, levels: make([][]string, len(s.Columns))}
	for i, column := range s.Columns {
		c.separate(i)
		c.buf = appendQuoted(c.buf, column.Name)
		for _, l := range column.Levels {
			c.levels[i] = append(c.levels[i], string(appendQuoted(nil, l)))
		}
	}
	c.buf = append(c.buf, '\n')
	return c, c.flush()
}

func (c *csvFile) write(t *table.Table) error {
	for r := range t.Len() {
		for i := range c.source.Columns {
			c.separate(i)
			if err := c.cell(i, t.At(i), r); err != nil {
				return err
			}
		}
		c.buf = append(c.buf, '\n')
		if len(c.buf) >= csvBuffer {
			if err := c.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *csvFile) close() error { return c.flush() }

func (c *csvFile) flush() error {
	_, err := c.w.Write(c.buf)
	c.buf = c.buf[:0]
	return err
}

func (c *csvFile) separate(column int) {
	if column > 0 {
		c.buf = append(c.buf, ',')
	}
}

func (c *csvFile) cell(column int, v *table.Vector, r int) error {
	if v.Null(r) {
		if !nullable(c.source.Columns[column]) {
			return fmt.Errorf("column %s: %w", c.source.Columns[column].Name, errNull)
		}
		return nil
	}
	switch v.Kind() {
	case table.Text:
		c.buf = appendQuoted(c.buf, v.Str(r))
	case table.Category:
		c.buf = append(c.buf, c.levels[column][v.Code(r)]...)
	case table.Number:
		x, _ := v.Float(r)
		c.buf = appendNumber(c.buf, x)
	case table.Count:
		x, _ := v.Int(r)
		c.buf = strconv.AppendInt(c.buf, x, 10)
	case table.Flag:
		x, _ := v.Bool(r)
		c.buf = strconv.AppendBool(c.buf, x)
	}
	return nil
}

func appendQuoted(buf []byte, s string) []byte {
	buf = append(buf, '"')
	buf = append(buf, strings.ReplaceAll(validText(s), `"`, `""`)...)
	return append(buf, '"')
}

// appendNumber writes the fewest digits that read back the same, with an
// exponent only where the number would be long (as in JSON).
func appendNumber(buf []byte, x float64) []byte {
	form := byte('f')
	if a := math.Abs(x); a != 0 && (a < 1e-6 || a >= 1e21) {
		form = 'e'
	}
	return strconv.AppendFloat(buf, x, form, -1, 64)
}
