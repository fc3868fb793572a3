package arrowio

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"

	"firmties/pipeline/table"
)

type row struct {
	cluster int32
	firm    string
	degree  float64
	reports int64
	outside bool
	null    bool
	layer   string
}

func definition() table.Definition[row] {
	return table.Define("sample", "A sample.", []string{"cluster", "firm"},
		table.CodeField(table.Column{Name: "cluster", Doc: "the cluster", NullWhen: "never"}, func(r *row) int32 { return r.cluster }),
		table.TextField(table.Column{Name: "firm", Doc: "the firm", NullWhen: "it is not known"}, func(r *row) string {
			if r.null {
				return ""
			}
			return r.firm
		}),
		table.NumberField(table.Column{Name: "degree", Unit: "firms", Doc: "partners", Range: "[0, n-1]", NullWhen: "never observed", Source: "Freeman 1978", Convention: "undirected"},
			func(r *row) (float64, bool) { return r.degree, !r.null }),
		table.CountField(table.Column{Name: "reports", Doc: "reports", NullWhen: "none was asked"}, func(r *row) (int64, bool) { return r.reports, !r.null }),
		table.FlagField(table.Column{Name: "outside", Doc: "outside", NullWhen: "it is not known"}, func(r *row) (bool, bool) { return r.outside, !r.null }),
		table.CategoryField(table.Column{Name: "layer", Doc: "the layer", NullWhen: "there is none"}, func(r *row) string { return r.layer }),
		table.CodeField(table.Column{Name: "place", Doc: "never null, but might be", NullWhen: "it is unknown"}, func(r *row) int32 { return r.cluster }))
}

var levels = table.Levels{"cluster": {"salt", "鹽", `lime "9"`}, "layer": {"unused", "advice", "meets"}, "place": {"a", "b", "c"}}

var layers = []string{"advice", "meets", "", "meets", "advice", "advice", ""}

var numbers = []float64{0, math.Copysign(0, -1), 1, -2.5, 0.1, 1.0 / 3, 1e21, 1e-7, 5e-324, math.MaxFloat64, 123456789}

var texts = []string{"0012", "水坑", `a "b", c`, "two\nlines", " blank ", "NA", "x"}

func sample(n int) *table.Table {
	rows := make([]row, n)
	for i := range rows {
		rows[i] = row{int32(i * 3 / max(n, 1)), texts[i%len(texts)] + strconv.Itoa(i/len(texts)), numbers[i%len(numbers)], int64(i) << 33, i%2 == 0, i%5 == 4, layers[i%len(layers)]}
	}
	return definition().In(levels).Table(rows)
}

func piece(t *table.Table, from, to int) *table.Table {
	rows := make([]row, to-from)
	for i := range rows {
		k := from + i
		rows[i] = row{cluster: t.At(0).Code(k), firm: t.At(1).Str(k), null: t.At(1).Null(k), layer: t.At(5).Str(k)}
		rows[i].degree, _ = t.At(2).Float(k)
		rows[i].reports, _ = t.At(3).Int(k)
		rows[i].outside, _ = t.At(4).Bool(k)
	}
	return definition().In(levels).Table(rows)
}

func encode(t testing.TB, f Format, s *table.Schema, pieces ...*table.Table) []byte {
	t.Helper()
	var buf bytes.Buffer
	w, err := NewWriter(&buf, s, f)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pieces {
		if err := w.Write(p); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// read reads a file back as text cells, null as the word null, with the schema.
func read(t testing.TB, f Format, data []byte) (*arrow.Schema, [][]string) {
	t.Helper()
	switch f {
	case Arrow:
		return readIPC(t, data)
	case Parquet:
		return readParquet(t, data)
	default:
		return nil, readCSV(t, data)
	}
}

func readIPC(t testing.TB, data []byte) (*arrow.Schema, [][]string) {
	t.Helper()
	r, err := ipc.NewFileReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var rows [][]string
	for i := range r.NumRecords() {
		rec, err := r.Record(i)
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, cells(rec)...)
	}
	return r.Schema(), rows
}

func readParquet(t testing.TB, data []byte) (*arrow.Schema, [][]string) {
	t.Helper()
	pf, err := file.NewParquetReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	fr, err := pqarrow.NewFileReader(pf, pqarrow.ArrowReadProperties{BatchSize: 1000}, memory.DefaultAllocator)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for group := range pf.NumRowGroups() { // one by one: this reader gives up where dictionaries change
		rr, err := fr.GetRecordReader(context.Background(), nil, []int{group})
		if err != nil {
			t.Fatal(err)
		}
		for rr.Next() {
			rows = append(rows, cells(rr.Record())...)
		}
		if err := rr.Err(); err != nil && !errors.Is(err, io.EOF) {
			t.Fatal(err)
		}
		rr.Release()
	}
	schema, err := fr.Schema()
	if err != nil {
		t.Fatal(err)
	}
	return schema, rows
}

func cells(rec arrow.Record) [][]string {
	rows := make([][]string, rec.NumRows())
	for i := range rows {
		for _, c := range rec.Columns() {
			rows[i] = append(rows[i], cell(c, i))
		}
	}
	return rows
}

func cell(c arrow.Array, i int) string {
	if c.IsNull(i) {
		return "null"
	}
	switch c := c.(type) {
	case *array.Dictionary:
		return cell(c.Dictionary(), c.GetValueIndex(i))
	case *array.Float64:
		return strconv.FormatUint(math.Float64bits(c.Value(i)), 16)
	default:
		return c.ValueStr(i)
	}
}

func readCSV(t testing.TB, data []byte) [][]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:] {
		for i := range r {
			if x, err := strconv.ParseFloat(r[i], 64); i == 2 && err == nil {
				r[i] = strconv.FormatUint(math.Float64bits(x), 16)
			}
			if r[i] == "" {
				r[i] = "null"
			}
		}
	}
	return rows[1:]
}

func want(t *table.Table) [][]string {
	rows := make([][]string, t.Len())
	for r := range rows {
		for i := range t.Schema.Columns {
			rows[r] = append(rows[r], wantCell(t.At(i), r))
		}
	}
	return rows
}

func wantCell(v *table.Vector, r int) string {
	if v.Null(r) {
		return "null"
	}
	switch v.Kind() {
	case table.Number:
		x, _ := v.Float(r)
		return strconv.FormatUint(math.Float64bits(x), 16)
	case table.Count:
		x, _ := v.Int(r)
		return strconv.FormatInt(x, 10)
	case table.Flag:
		x, _ := v.Bool(r)
		return strconv.FormatBool(x)
	default:
		return v.Str(r)
	}
}

func TestRoundTrip(t *testing.T) {
	for _, n := range []int{0, 1, 100, maxBatch + 5} {
		in := sample(n)
		for _, f := range Formats() {
			t.Run(fmt.Sprint(f, n), func(t *testing.T) {
				_, got := read(t, Format(f), encode(t, Format(f), in.Schema, in))
				expect := want(in)
				if len(got) != len(expect) {
					t.Fatalf("got %d rows, want %d", len(got), len(expect))
				}
				for r := range expect {
					if g, w := strings.Join(got[r], "|"), strings.Join(expect[r], "|"); g != w {
						t.Fatalf("row %d: got %s, want %s", r, g, w)
					}
				}
			})
		}
	}
}

func TestSchemaTravels(t *testing.T) {
	in := sample(10)
	for _, f := range []Format{Arrow, Parquet} {
		t.Run(string(f), func(t *testing.T) {
			s, _ := read(t, f, encode(t, f, in.Schema, in))
			for key, want := range map[string]string{versionKey: table.SchemaVersion, tableKey: "sample", docKey: "A sample.", keyKey: "cluster;firm"} {
				if got, _ := s.Metadata().GetValue(key); got != want {
					t.Errorf("%s: got %q, want %q", key, got, want)
				}
			}
			if got, want := s.Field(0).Type.String(), dictionaryType().String(); got != want {
				t.Errorf("cluster: got %s, want %s", got, want)
			}
			if s.Field(0).Nullable || !s.Field(1).Nullable {
				t.Error("cluster is never null, firm may be")
			}
			wantMeta := map[string]string{"type": "number", "unit": "firms", "definition": "partners (undirected)", "range": "[0, n-1]",
				"null_when": "never observed", "source": "Freeman 1978", "convention": "undirected"}
			for key, want := range wantMeta {
				if got, _ := s.Field(2).Metadata.GetValue(key); got != want {
					t.Errorf("degree: %s: got %q, want %q", key, got, want)
				}
			}
			if i := s.Field(1).Metadata.FindKey("unit"); i >= 0 {
				t.Error("firm has a unit")
			}
		})
	}
}

// The levels are published whole and in order, used or not.
func TestDictionaryHoldsEveryLevel(t *testing.T) {
	for _, n := range []int{0, 10} {
		in := sample(n)
		r, err := ipc.NewFileReader(bytes.NewReader(encode(t, Arrow, in.Schema, in)))
		if err != nil {
			t.Fatal(err)
		}
		rec, err := r.Record(0)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := rec.Column(5).(*array.Dictionary).Dictionary().String(), `["unused" "advice" "meets"]`; got != want {
			t.Errorf("%d rows: got %s, want %s", n, got, want)
		}
	}
}

func TestNoLevelsNoRows(t *testing.T) {
	d := table.Define("empty", "Empty.", nil,
		table.CategoryField(table.Column{Name: "c", NullWhen: "always"}, func(*row) string { return "" })).In(table.Levels{"c": nil})
	for _, rows := range [][]row{nil, make([]row, 3)} {
		for _, f := range []Format{Arrow, Parquet} {
			if _, got := read(t, f, encode(t, f, d.Schema, d.Table(rows))); len(got) != len(rows) {
				t.Errorf("%s: got %d rows, want %d", f, len(got), len(rows))
			}
		}
		if got, want := string(encode(t, CSV, d.Schema, d.Table(rows))), "\"c\"\n"+strings.Repeat("\n", len(rows)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestBytesDoNotDependOnPieces(t *testing.T) {
	n := maxBatch + 1000
	in := sample(n)
	for _, f := range Formats() {
		t.Run(f, func(t *testing.T) {
			whole := encode(t, Format(f), in.Schema, in)
			var pieces []*table.Table
			for from := 0; from < n; from += 9973 {
				pieces = append(pieces, piece(in, from, min(n, from+9973)))
			}
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			if cut := encode(t, Format(f), in.Schema, pieces...); !bytes.Equal(whole, cut) {
				t.Errorf("%d bytes in one piece, %d other bytes in %d pieces", len(whole), len(cut), len(pieces))
			}
		})
	}
}

func TestCSVText(t *testing.T) {
	d := table.Define("t", "", nil,
		table.TextField(table.Column{Name: "text"}, func(r *row) string { return r.firm }),
		table.NumberField(table.Column{Name: "number"}, func(r *row) (float64, bool) { return r.degree, !r.null }),
		table.FlagField(table.Column{Name: "flag"}, func(r *row) (bool, bool) { return r.outside, !r.null })).In(nil)
	rows := []row{{firm: `say "yes"`, degree: math.Copysign(0, -1)}, {firm: "a\nb", degree: 1e6, outside: true}, {null: true},
		{firm: "\xff", degree: 1e-7}, {firm: "é", degree: 0.1}, {firm: "x", degree: 1e21}}
	want := "\"text\",\"number\",\"flag\"\n" +
		"\"say \"\"yes\"\"\",0,false\n" + "\"a\nb\",1000000,true\n" + ",,\n" +
		"\"\uFFFD\",1e-07,false\n" + "\"é\",0.1,false\n" + "\"x\",1e+21,false\n"
	if got := string(encode(t, CSV, d.Schema, d.Table(rows))); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestWidthOfBatches(t *testing.T) {
	for _, c := range []struct{ columns, want int }{{1, 65536}, {64, 65536}, {256, 16384}, {10000, 1024}} {
		if got := batchRows(c.columns); got != c.want {
			t.Errorf("%d columns: got %d rows, want %d", c.columns, got, c.want)
		}
	}
}

func TestRefused(t *testing.T) {
	never := definition().In(levels)
	never.Schema.Columns[1].NullWhen = "never"
	other := table.Define("other", "", nil, table.TextField(table.Column{Name: "x"}, func(*row) string { return "" })).In(nil)
	relevelled := definition().In(table.Levels{"cluster": {"salt"}, "layer": {"advice", "unused"}, "place": nil})
	cases := []struct {
		name, message string
		s             *table.Schema
		t             *table.Table
	}{
		{"null where never", "column firm: a null in a column that is never null", never.Schema, never.Table([]row{{null: true}})},
		{"columns of another table", "a piece has the columns of table other", sample(0).Schema, other.Table(nil)},
		{"other levels", "a piece has the columns of table sample", sample(0).Schema, relevelled.Table(nil)},
	}
	for _, c := range cases {
		for _, f := range Formats() {
			t.Run(c.name+" "+f, func(t *testing.T) {
				var buf bytes.Buffer
				w, err := NewWriter(&buf, c.s, Format(f))
				if err != nil {
					t.Fatal(err)
				}
				if err := w.Write(c.t); err == nil || !strings.Contains(err.Error(), c.message) {
					t.Errorf("got %v, want %s", err, c.message)
				}
				if w.Close() == nil {
					t.Error("the file could be closed after a failed write")
				}
			})
		}
	}
	if _, err := NewWriter(io.Discard, sample(0).Schema, "xlsx"); err == nil {
		t.Error("xlsx is no format")
	}
}

var errFull = errors.New("no space left on device")

// disk takes room bytes and fails from then on; with recover it fails once
// and takes the rest again, as a disk does on which somebody makes room.
type disk struct {
	room    int
	recover bool
	buf     bytes.Buffer
}

func (d *disk) Write(p []byte) (int, error) {
	if d.room < 0 || len(p) <= d.room {
		if d.room >= 0 {
			d.room -= len(p)
		}
		return d.buf.Write(p)
	}
	n, _ := d.buf.Write(p[:d.room])
	d.room = 0
	if d.recover {
		d.room = -1
	}
	return n, errFull
}

// A disk that fills up at or within any write gives an error that names the
// cause, and a file that no reader takes for a whole one.
func TestDiskFull(t *testing.T) {
	in := sample(50)
	for _, f := range Formats() {
		c := &cuts{}
		if err := writeAll(c, Format(f), in); err != nil {
			t.Fatal(err)
		}
		for _, again := range []bool{false, true} {
			t.Run(fmt.Sprint(f, " recovers ", again), func(t *testing.T) {
				for _, room := range c.at {
					d := &disk{room: room, recover: again}
					if err := writeAll(d, Format(f), in); !errors.Is(err, errFull) {
						t.Fatalf("room for %d of %d bytes: got error %v", room, c.size, err)
					}
					if d.buf.Len() >= c.size || f != string(CSV) && readable(Format(f), d.buf.Bytes()) {
						t.Fatalf("room for %d of %d bytes: a file that reads as whole", room, c.size)
					}
				}
			})
		}
	}
}

// cuts notes where each write begins and where its middle is.
type cuts struct {
	size int
	at   []int
}

func (c *cuts) Write(p []byte) (int, error) {
	if len(p) > 0 {
		c.at = append(c.at, c.size)
	}
	if len(p) > 1 {
		c.at = append(c.at, c.size+len(p)/2)
	}
	c.size += len(p)
	return len(p), nil
}

func writeAll(w io.Writer, f Format, t *table.Table) error {
	out, err := NewWriter(w, t.Schema, f)
	if err != nil {
		return err
	}
	return errors.Join(out.Write(t), out.Close())
}

func readable(f Format, data []byte) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	if f == Arrow {
		_, err := ipc.NewFileReader(bytes.NewReader(data))
		return err == nil
	}
	_, err := file.NewParquetReader(bytes.NewReader(data))
	return err == nil
}

func TestCloseTwice(t *testing.T) {
	w, err := NewWriter(io.Discard, sample(0).Schema, Arrow)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestBatchesAreReleased(t *testing.T) {
	mem := memory.NewCheckedAllocator(memory.DefaultAllocator)
	defer mem.AssertSize(t, 0)
	in := sample(maxBatch + 10)
	var rows []int64
	b := newBatcher(mem, in.Schema, arrowSchema(in.Schema), func(r arrow.Record) error {
		rows = append(rows, r.NumRows())
		return nil
	})
	defer b.release()
	if err := errors.Join(b.write(in), b.finish()); err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(rows), "[65536 10]"; got != want {
		t.Errorf("got batches of %s rows, want %s", got, want)
	}
}

func BenchmarkWrite(b *testing.B) {
	for _, n := range []int{100, 1_000_000} {
		in := sample(n)
		for _, f := range Formats() {
			b.Run(fmt.Sprintf("%s/rows=%d", f, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					b.SetBytes(int64(len(encode(b, Format(f), in.Schema, in))))
				}
			})
		}
	}
}
