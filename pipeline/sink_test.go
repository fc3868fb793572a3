package pipeline

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"firmties/pipeline/study"
	"firmties/pipeline/table"
)

// fussy is a sink whose writers fail: at a piece, at the end, or never to
// return.
type fussy struct{ write, end func() error }

func (f fussy) Table(*table.Schema) (TableWriter, error) { return f, nil }
func (f fussy) Write(*table.Table) error                 { return f.write() }
func (f fussy) Close() error                             { return f.end() }
func (f fussy) Abandon()                                 {}

var (
	errFull = errors.New("no space left")
	fine    = func() error { return nil }
	full    = func() error { return errFull }
)

func pieceOf(t *testing.T) *table.Table {
	t.Helper()
	return table.Define("ties", "", nil, table.TextField(table.Column{Name: "source"}, func(s *string) string { return *s })).
		In(nil).Table([]string{"a", "b"})
}

func TestFailedTableIsToldByName(t *testing.T) {
	for name, sink := range map[string]fussy{"piece": {full, fine}, "end": {fine, full}} {
		r := &run{study: &study.Study{}, sink: sink}
		piece := pieceOf(t)
		err := r.writeAll(t.Context(), piece, piece)
		if err == nil {
			err = r.finish(t.Context())
		}
		if !errors.Is(err, errFull) || !strings.HasPrefix(err.Error(), "write table ties: ") {
			t.Errorf("%s: got %v, want the sink's error with the table's name", name, err)
		}
	}
}

func TestWritingStopsAtAFailedPiece(t *testing.T) {
	r := &run{study: &study.Study{}, sink: fussy{full, fine}}
	piece := pieceOf(t)
	s, err := r.open(t.Context(), piece.Schema)
	for n := 0; err == nil; n++ {
		if n > 3 {
			t.Fatal("four pieces were taken after the first had failed")
		}
		err = s.write(piece)
	}
	if !errors.Is(err, errFull) {
		t.Error(err)
	}
}

func TestStuckTableDoesNotKeepAnInterruptWaiting(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	r := &run{study: &study.Study{}, sink: fussy{func() error { <-release; return nil }, fine}}
	ctx, cancel := context.WithCancel(t.Context())
	if err := r.writeAll(ctx, pieceOf(t)); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := r.finish(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that of the context", err)
	}
	if got := r.streams[0].written.Rows; got != 2 {
		t.Errorf("%d rows were noted, want 2", got)
	}
}

// held counts the tables that are neither closed nor abandoned.
type held struct {
	fussy
	open *atomic.Int32
}

func (h held) Table(*table.Schema) (TableWriter, error) { h.open.Add(1); return h, nil }
func (h held) Abandon()                                 { h.open.Add(-1) }

func TestFailedRunHoldsNoTable(t *testing.T) {
	sink := held{fussy{full, fine}, new(atomic.Int32)}
	r := &run{study: &study.Study{}, sink: sink}
	piece := pieceOf(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if _, err := r.open(ctx, piece.Schema); err != nil { // waits for pieces
		t.Fatal(err)
	}
	if err := r.writeAll(ctx, piece); err != nil { // fails at its piece
		t.Fatal(err)
	}
	cancel()
	r.abandoned(t.Context())
	if n := sink.open.Load(); n != 0 {
		t.Errorf("%d tables are held", n)
	}
}
