// Package arrowio owns how a table becomes a file: the Arrow schema derived
// from the table's own, the Arrow IPC file, Parquet, and the CSV twin. It is
// the only importer of Arrow, writes and never reads, and refuses to know
// which tables there are and where their files lie.
//
// The three formats hold the same values. A closed list is a dictionary, fixed
// before the first batch; every other text is plain UTF-8. In the CSV twin
// every string is quoted, those of the header too, so that a null (a bare
// empty cell) is never taken for a text.
package arrowio

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"firmties/pipeline/table"
)

// Format names a file format; it is also the extension of its files.
type Format string

// The formats.
const (
	Arrow   Format = "arrow"   // Arrow IPC file, zstd
	Parquet Format = "parquet" // Parquet, zstd, with the Arrow schema inside
	CSV     Format = "csv"     // comma-separated UTF-8, LF
)

// Formats lists the formats, the default first.
func Formats() []string {
	return []string{string(Arrow), string(Parquet), string(CSV)}
}

// Writer writes one table. The bytes depend on the rows alone, not on the
// pieces in which they come.
type Writer struct {
	schema *table.Schema
	sink   *sink
	enc    encoder
	closed bool
}

// encoder is one format at work on one table.
type encoder interface {
	write(*table.Table) error
	close() error // writes what is pending and the file's end
}

// NewWriter returns a writer of tables with schema s. After an error from any
// of the writer's methods the file is to be thrown away: it has no end, and no
// reader takes it for a whole one.
func NewWriter(w io.Writer, s *table.Schema, f Format) (*Writer, error) {
	out := &Writer{schema: s, sink: &sink{w: w}}
	err := out.do("begin", func() (err error) {
		switch f {
		case Arrow:
			out.enc, err = newIPC(out.sink, s)
		case Parquet:
			out.enc, err = newParquet(out.sink, s)
		case CSV:
			out.enc, err = newCSV(out.sink, s)
		default:
			err = fmt.Errorf("no format %q", f)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Write adds the rows of a piece of the table.
func (w *Writer) Write(t *table.Table) error {
	return w.do("write", func() error {
		if !sameColumns(w.schema, t.Schema) {
			return fmt.Errorf("a piece has the columns of table %s", t.Schema.Name)
		}
		return w.enc.write(t)
	})
}

// Close ends the file; it does not close the underlying writer. The file is
// whole only where Close returns nil.
func (w *Writer) Close() error {
	if w.closed {
		return nil
	}
	w.closed = true
	return w.do("end", w.enc.close)
}

// do runs one step. Whatever goes wrong in it, a panic of the Arrow library
// too, spoils the sink, so that no later step can complete the file.
func (w *Writer) do(step string, f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("gave up: %v", r)
		}
		if err = w.sink.spoil(err); err != nil {
			err = fmt.Errorf("%s table %s: %w", step, w.schema.Name, err)
		}
	}()
	if w.sink.err != nil {
		return w.sink.err
	}
	return f()
}

// sink remembers the first error and writes nothing after it: the libraries
// drop some of the errors that their writer gives them.
type sink struct {
	w   io.Writer
	n   int64
	err error
}

// Write implements io.Writer.
func (s *sink) Write(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.w.Write(p)
	s.n += int64(n)
	if err == nil && n < len(p) {
		err = io.ErrShortWrite
	}
	s.err = err
	return n, err
}

// Seek tells the position, which is all that the IPC writer asks of it.
func (s *sink) Seek(offset int64, whence int) (int64, error) {
	if offset != 0 || whence != io.SeekCurrent {
		return 0, errors.ErrUnsupported
	}
	return s.n, s.err
}

// spoil keeps err, unless the sink had failed before: the cause is worth more
// than what the libraries made of it.
func (s *sink) spoil(err error) error {
	if s.err == nil {
		s.err = err
	}
	return s.err
}

// sameColumns reports whether rows of b can stand under schema a.
func sameColumns(a, b *table.Schema) bool {
	return a == b || slices.EqualFunc(a.Columns, b.Columns, func(x, y table.Column) bool {
		return x.Name == y.Name && x.Kind == y.Kind && sameLevels(x.Levels, y.Levels)
	})
}

func sameLevels(a, b []string) bool {
	if len(a) == len(b) && len(a) > 0 && &a[0] == &b[0] {
		return true
	}
	return slices.Equal(a, b)
}
