package pipeline

import (
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

// stream is a table on its way to the sink.
type stream struct {
	TableWriter
	written *Written
}

// open begins a table, which says whose it is, and notes its schema for the
// table `columns`.
func (r *run) open(schema *table.Schema) (stream, error) {
	s := *schema
	s.Study, s.Simulated = r.study.Name, r.study.Simulated
	w, err := r.sink.Table(&s)
	if err != nil {
		return stream{}, fmt.Errorf("write table %s: %w", s.Name, err)
	}
	r.schemas = append(r.schemas, &s)
	r.written = append(r.written, &Written{Table: s.Name})
	return stream{w, r.written[len(r.written)-1]}, nil
}

// Write implements TableWriter, and counts the rows.
func (s stream) Write(t *table.Table) error {
	s.written.Rows += t.Len()
	if err := s.TableWriter.Write(t); err != nil {
		return fmt.Errorf("write table %s: %w", s.written.Table, err)
	}
	return nil
}

// Close implements TableWriter.
func (s stream) Close() error {
	if err := s.TableWriter.Close(); err != nil {
		return fmt.Errorf("write table %s: %w", s.written.Table, err)
	}
	return nil
}

// writeAll writes whole tables.
func (r *run) writeAll(tables ...*table.Table) error {
	for _, t := range tables {
		w, err := r.open(t.Schema)
		if err != nil {
			return err
		}
		if err := w.Write(t); err != nil {
			return err
		}
		if err := w.Close(); err != nil {
			return err
		}
	}
	return nil
}
