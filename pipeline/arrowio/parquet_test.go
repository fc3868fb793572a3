package arrowio

import (
	"bytes"
	"context"
	"testing"

	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"

	"firmties/pipeline/table"
)

// A nullable closed list of more rows than the library writes at once comes
// back as it was, with and without nulls.
func TestParquetLongNullableCategory(t *testing.T) {
	levels := []string{"a", "b", "c", "d", "e"}
	schema := &table.Schema{Name: "long", Columns: []table.Column{
		{Name: "c", Kind: table.Category, Doc: "a closed list", NullWhen: "unknown", Levels: levels},
	}}
	for _, every := range []int{0, 7} {
		rows := table.New(schema, 0)
		for i := range 5000 {
			if every > 0 && i%every == 0 {
				rows.At(0).AppendNull()
			} else {
				rows.At(0).AppendCode(int32(i % 5))
			}
		}
		got := readLevels(t, writeParquet(t, rows))
		for i := range got {
			if want := rows.At(0).Str(i); got[i] != want {
				t.Fatalf("a null in every %d: row %d is %q, want %q", every, i, got[i], want)
			}
		}
	}
}

func writeParquet(t *testing.T, rows *table.Table) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := NewWriter(&b, rows.Schema, Parquet)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// readLevels reads the one category column of a file; a null is empty.
func readLevels(t *testing.T, data []byte) []string {
	t.Helper()
	got, err := pqarrow.ReadTable(context.Background(), bytes.NewReader(data), parquet.NewReaderProperties(memory.DefaultAllocator),
		pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Release()
	var levels []string
	for _, chunk := range got.Column(0).Data().Chunks() {
		d := chunk.(*array.Dictionary)
		for i := range d.Len() {
			if d.IsNull(i) {
				levels = append(levels, "")
			} else {
				levels = append(levels, d.Dictionary().(*array.String).Value(d.GetValueIndex(i)))
			}
		}
	}
	return levels
}
