package arrowio

import (
	"fmt"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/compress"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"

	"firmties/pipeline/table"
)

// dataPage is the size of a Parquet page: with the library's default a million
// rows take twice as long, spent on growing level buffers.
const dataPage = 64 << 10

// batchFile is a file made of batches, with an end.
type batchFile struct {
	*batcher
	end func() error
}

func newIPC(w *sink, s *table.Schema) (encoder, error) {
	as := arrowSchema(s)
	out, err := ipc.NewFileWriter(w, ipc.WithSchema(as), ipc.WithZstd())
	if err != nil {
		return nil, err
	}
	return &batchFile{newBatcher(memory.DefaultAllocator, s, as, out.Write), out.Close}, nil
}

// newParquet writes a column of a row group in one piece (WithBatchSize): from
// its second piece on, the library cuts the codes of a nullable dictionary
// column at the wrong place.
func newParquet(w *sink, s *table.Schema) (encoder, error) {
	as := arrowSchema(s)
	out, err := pqarrow.NewFileWriter(as, w,
		parquet.NewWriterProperties(
			parquet.WithVersion(parquet.V2_LATEST),
			parquet.WithCompression(compress.Codecs.Zstd),
			parquet.WithBatchSize(maxBatch),
			parquet.WithDataPageSize(dataPage)),
		pqarrow.NewArrowWriterProperties(pqarrow.WithStoreSchema()))
	if err != nil {
		return nil, err
	}
	emit := func(rec arrow.Record) error { return writeRowGroup(out, rec) }
	return &batchFile{newBatcher(memory.DefaultAllocator, s, as, emit), out.Close}, nil
}

// writeRowGroup does what pqarrow's Write does, but for closing the file where
// a column fails: that would give a file with an end.
func writeRowGroup(w *pqarrow.FileWriter, rec arrow.Record) error {
	if rec.NumRows() == 0 {
		return nil
	}
	w.NewRowGroup()
	for i, column := range rec.Columns() {
		if err := w.WriteColumnData(column); err != nil {
			return fmt.Errorf("column %s: %w", rec.ColumnName(i), err)
		}
	}
	return nil
}

func (f *batchFile) close() error {
	defer f.release()
	if err := f.finish(); err != nil {
		return err
	}
	return f.end()
}
