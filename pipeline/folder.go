package pipeline

import (
	"context"
	"encoding/json"
	"io"

	"firmties/pipeline/arrowio"
	"firmties/pipeline/outdir"
	"firmties/pipeline/table"
)

// The files of a results folder besides its tables.
const (
	SummaryFile  = "summary.txt"
	ManifestFile = "run.json"
)

// Folder is a sink that writes a results folder, which appears whole when it
// is committed or not at all.
type Folder struct {
	dir     *outdir.Dir
	formats []arrowio.Format
}

// NewFolder begins the results folder of a study at path. The error matches
// outdir.ErrNotOurs where something else lies there, or, unless force is set,
// the results of another study. Folders in keep are never replaced.
func NewFolder(path, study string, force bool, formats []arrowio.Format, keep ...string) (*Folder, error) {
	dir, err := outdir.Create(path, study, force, keep...)
	if err != nil {
		return nil, err
	}
	return &Folder{dir, formats}, nil
}

// Commit adds the summary and run.json and moves the folder to its place.
func (f *Folder) Commit(ctx context.Context, r *Result) error {
	for _, format := range f.formats {
		r.Manifest.Formats = append(r.Manifest.Formats, string(format))
	}
	text, err := json.MarshalIndent(r.Manifest, "", "  ")
	if err != nil {
		return err
	}
	if err := f.dir.WriteFile(ManifestFile, append(text, '\n')); err != nil {
		return err
	}
	if err := f.dir.WriteFile(SummaryFile, []byte(r.Summary)); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return f.dir.Commit()
}

// Discard removes what was written, unless it was committed.
func (f *Folder) Discard() { f.dir.Discard() }

// Table implements Sink: the table is written in every format at once.
func (f *Folder) Table(s *table.Schema) (TableWriter, error) {
	var w folderWriter
	for _, format := range f.formats {
		if err := w.open(f.dir, s, format); err != nil {
			w.Abandon()
			return nil, err
		}
	}
	return &w, nil
}

type folderWriter struct {
	files   []io.WriteCloser
	writers []*arrowio.Writer
}

func (w *folderWriter) open(dir *outdir.Dir, s *table.Schema, format arrowio.Format) error {
	file, err := dir.Create("tables/" + s.Name + "." + string(format))
	if err != nil {
		return err
	}
	w.files = append(w.files, file)
	writer, err := arrowio.NewWriter(file, s, format)
	if err != nil {
		return err
	}
	w.writers = append(w.writers, writer)
	return nil
}

func (w *folderWriter) Write(t *table.Table) error {
	for _, writer := range w.writers {
		if err := writer.Write(t); err != nil {
			return err
		}
	}
	return nil
}

func (w *folderWriter) Close() error {
	for i, writer := range w.writers {
		if err := writer.Close(); err != nil {
			w.Abandon()
			return err
		}
		if err := w.files[i].Close(); err != nil {
			return err
		}
	}
	return nil
}

// Abandon closes files whose content no longer matters.
func (w *folderWriter) Abandon() {
	for _, file := range w.files {
		file.Close()
	}
}
