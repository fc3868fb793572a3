package arrowio

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"

	"firmties/pipeline/table"
)

var errNull = errors.New("a null in a column that is never null")

// A batch holds at most maxBatch rows, fewer in a wide table, so that one
// takes tens of megabytes at most.
const (
	maxBatch   = 1 << 16
	minBatch   = 1 << 10
	batchCells = 1 << 22
)

func batchRows(columns int) int {
	return min(maxBatch, max(minBatch, batchCells/max(columns, 1)))
}

// batcher cuts the rows of tables into record batches of one length.
type batcher struct {
	source   *table.Schema
	schema   *arrow.Schema
	builders []array.Builder
	dicts    []arrow.Array // by column; nil where it is no category
	size     int           // rows of a full batch
	rows     int           // pending
	batches  int
	emit     func(arrow.Record) error
}

func newBatcher(mem memory.Allocator, s *table.Schema, as *arrow.Schema, emit func(arrow.Record) error) *batcher {
	b := &batcher{source: s, schema: as, size: batchRows(len(s.Columns)), emit: emit}
	b.builders = make([]array.Builder, len(s.Columns))
	b.dicts = make([]arrow.Array, len(s.Columns))
	for i, c := range s.Columns {
		if c.Kind == table.Category {
			b.builders[i], b.dicts[i] = array.NewInt32Builder(mem), levelArray(mem, c.Levels)
		} else {
			b.builders[i] = array.NewBuilder(mem, as.Field(i).Type)
		}
	}
	return b
}

func levelArray(mem memory.Allocator, levels []string) arrow.Array {
	b := array.NewStringBuilder(mem)
	defer b.Release()
	for _, l := range levels {
		b.Append(validText(l))
	}
	return b.NewArray()
}

// write adds a table's rows and emits the batches that they fill.
func (b *batcher) write(t *table.Table) error {
	for from := 0; from < t.Len(); {
		to := min(t.Len(), from+b.size-b.rows)
		for i := range b.builders {
			if err := appendRows(b.builders[i], t.At(i), from, to, nullable(b.source.Columns[i])); err != nil {
				return fmt.Errorf("column %s: %w", b.source.Columns[i].Name, err)
			}
		}
		b.rows += to - from
		from = to
		if b.rows == b.size {
			if err := b.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// finish emits what is pending. A table without rows still has one batch, of
// no rows: it carries the dictionaries.
func (b *batcher) finish() error {
	if b.rows == 0 && b.batches > 0 {
		return nil
	}
	return b.flush()
}

func (b *batcher) flush() error {
	columns := make([]arrow.Array, len(b.builders))
	for i, builder := range b.builders {
		columns[i] = builder.NewArray()
		if b.dicts[i] != nil {
			codes := columns[i]
			columns[i] = array.NewDictionaryArray(b.schema.Field(i).Type, codes, b.dicts[i])
			codes.Release()
		}
		defer columns[i].Release()
	}
	rec := array.NewRecord(b.schema, columns, int64(b.rows))
	defer rec.Release()
	b.rows = 0
	b.batches++
	return b.emit(rec)
}

func (b *batcher) release() {
	for i := range b.builders {
		b.builders[i].Release()
		if b.dicts[i] != nil {
			b.dicts[i].Release()
		}
	}
}

// appendRows adds the values from (inclusive) to to (exclusive).
func appendRows(b array.Builder, v *table.Vector, from, to int, nullable bool) error {
	if !nullable && anyNull(v, from, to) {
		return errNull
	}
	switch b := b.(type) {
	case *array.StringBuilder:
		return appendText(b, v, from, to)
	case *array.Int32Builder:
		for i := from; i < to; i++ {
			appendValue(b, v.Code(i), !v.Null(i))
		}
	case *array.Float64Builder:
		for i := from; i < to; i++ {
			x, ok := v.Float(i)
			appendValue(b, x, ok)
		}
	case *array.Int64Builder:
		for i := from; i < to; i++ {
			x, ok := v.Int(i)
			appendValue(b, x, ok)
		}
	case *array.BooleanBuilder:
		for i := from; i < to; i++ {
			x, ok := v.Bool(i)
			appendValue(b, x, ok)
		}
	}
	return nil
}

func anyNull(v *table.Vector, from, to int) bool {
	for i := from; i < to; i++ {
		if v.Null(i) {
			return true
		}
	}
	return false
}

type builderOf[T any] interface {
	Append(T)
	AppendNull()
}

func appendValue[T any](b builderOf[T], x T, ok bool) {
	if ok {
		b.Append(x)
	} else {
		b.AppendNull()
	}
}

// appendText refuses a batch of more than 2 GB of text: the offsets of a
// utf8 column are int32, and the builder would overflow them in silence.
func appendText(b *array.StringBuilder, v *table.Vector, from, to int) error {
	size := b.DataLen()
	for i := from; i < to; i++ {
		s := validText(v.Str(i))
		if size += len(s); size > math.MaxInt32 {
			return fmt.Errorf("more than 2 GB of text in %d rows", batchRows(1))
		}
		appendValue(b, s, !v.Null(i))
	}
	return nil
}

// validText replaces what is not UTF-8 (a file's name may be anything): one
// wrong byte makes a file unreadable for some readers.
func validText(s string) string {
	if utf8.ValidString(s) { // mostly, and much faster told
		return s
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}
