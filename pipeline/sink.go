package pipeline

import (
	"context"
	"fmt"

	"firmties/pipeline/study"
	"firmties/pipeline/table"
)

// Sink takes the tables of a run.
type Sink interface {
	// Table opens a table; its pieces come in key order.
	Table(*table.Schema) (TableWriter, error)
}

// TableWriter takes one table in pieces.
type TableWriter interface {
	Write(*table.Table) error
	Close() error
	// Abandon lets go of what a table holds that is not to be finished.
	Abandon()
}

// Open makes the sink of a run, once the study has been read without errors.
type Open func(*study.Study) (Sink, error)

// Memory is a sink that keeps the tables: for tests, and for callers who go on
// computing with them.
type Memory struct {
	tables map[string]*table.Table
}

// NewMemory returns an empty one.
func NewMemory() *Memory { return &Memory{map[string]*table.Table{}} }

// Get returns a table by name, or nil.
func (m *Memory) Get(name string) *table.Table { return m.tables[name] }

// Table implements Sink.
func (m *Memory) Table(s *table.Schema) (TableWriter, error) {
	t := table.New(s, 0)
	m.tables[s.Name] = t
	return memoryWriter{t}, nil
}

type memoryWriter struct{ t *table.Table }

func (w memoryWriter) Write(t *table.Table) error { w.t.Append(t); return nil }
func (w memoryWriter) Close() error               { return nil }
func (w memoryWriter) Abandon()                   {}

// stream is a table on its way to the sink. A goroutine of its own writes it,
// so that tables are compressed beside one another and beside the clusters.
type stream struct {
	written *Written
	pieces  chan *table.Table
	done    chan struct{} // closed where nothing more is written
	err     error         // why it ended early; to be read once it is done
}

// open begins a table, which says whose it is, and notes its schema for the
// table `columns`. What writes it stops with ctx.
func (r *run) open(ctx context.Context, schema *table.Schema) (*stream, error) {
	own := *schema
	own.Study, own.Simulated = r.study.Name, r.study.Simulated
	w, err := r.sink.Table(&own)
	if err != nil {
		return nil, fmt.Errorf("write table %s: %w", own.Name, err)
	}
	s := &stream{&Written{Table: own.Name}, make(chan *table.Table, 1), make(chan struct{}), nil}
	r.schemas, r.streams = append(r.schemas, &own), append(r.streams, s)
	go s.run(ctx, w)
	return s, nil
}

func (s *stream) run(ctx context.Context, w TableWriter) {
	defer close(s.done)
	defer func() {
		if s.err != nil {
			w.Abandon()
		}
	}()
	for s.err == nil {
		select {
		case t, more := <-s.pieces:
			if !more {
				s.err = w.Close()
				return
			}
			s.err = w.Write(t)
		case <-ctx.Done():
			s.err = ctx.Err()
		}
	}
}

// write adds a piece, which must not change any more, and counts its rows.
func (s *stream) write(t *table.Table) error {
	s.written.Rows += t.Len()
	select {
	case s.pieces <- t:
		return nil
	case <-s.done:
		return s.failure()
	}
}

// end says that there are no more pieces.
func (s *stream) end() { close(s.pieces) }

// failure is why the table could not be written, once it is done.
func (s *stream) failure() error {
	if s.err != nil {
		return fmt.Errorf("write table %s: %w", s.written.Table, s.err)
	}
	return nil
}

// writeAll writes whole tables, which must not change any more.
func (r *run) writeAll(ctx context.Context, tables ...*table.Table) error {
	for _, t := range tables {
		s, err := r.open(ctx, t.Schema)
		if err != nil {
			return err
		}
		if err := s.write(t); err != nil {
			return err
		}
		s.end()
	}
	return nil
}

// finish waits until every table is written. Ended by its context the run has
// not finished, whatever was written by then.
func (r *run) finish(ctx context.Context) error {
	for _, s := range r.streams {
		select {
		case <-s.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := s.failure(); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// abandoned waits until nothing of a run that failed is written any more, and
// nothing is held, or until the context ends.
func (r *run) abandoned(ctx context.Context) {
	for _, s := range r.streams {
		select {
		case <-s.done:
		case <-ctx.Done():
			return
		}
	}
}
