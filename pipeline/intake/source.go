package intake

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"firmties/pipeline/diag"
)

// Input is a file that was read, for the manifest.
type Input struct {
	Name   string // relative to the data folder
	Size   int64
	SHA256 string // in hexadecimal
}

// Limits on what a data folder may hold. Each is far above any study and far
// below what would exhaust a machine.
const (
	maxFiles   = 10_000    // that one pattern may stand for
	maxText    = 4 << 30   // bytes of a text file; it is read as a stream
	maxBook    = 128 << 20 // bytes of a workbook, which is held in memory
	maxColumns = 100_000   // of a table
)

// reader opens the tables of a data folder. It collects what is wrong with
// them and remembers which files were read.
type reader struct {
	ctx      context.Context
	data     fs.FS
	missing  []string
	findings *diag.List

	files  map[string]*inputFile
	tables map[tableKey][]*part
	book   *workbook // the one opened last: only one is held in memory
	told   map[placedCode]bool
	err    error
}

type tableKey struct {
	file string
	opts TableOptions
}

type placedCode struct {
	code diag.Code
	at   diag.Place
}

// inputFile is a file as the first pass over all its bytes found it.
type inputFile struct {
	Input
	modified time.Time
	content
	refused bool // a finding says why it cannot be read
}

// newReader returns a reader of the tables in data; for a folder on disk that
// is os.Root.FS(), which no path or link leaves. Cells that equal an entry of
// missing are read as missing.
func newReader(ctx context.Context, data fs.FS, missing []string, findings *diag.List) *reader {
	return &reader{
		ctx: ctx, data: data, missing: missing, findings: findings,
		files: map[string]*inputFile{}, tables: map[tableKey][]*part{}, told: map[placedCode]bool{},
	}
}

// failure is why reading stopped: the context is done, or the environment does
// not let a file be read. Findings are no failure.
func (r *reader) failure() error { return r.err }

// stopped reports whether reading has to stop, and looks at the context.
func (r *reader) stopped() bool {
	if r.err == nil {
		r.err = r.ctx.Err()
	}
	return r.err != nil
}

// inputs lists the files that were read, by name.
func (r *reader) inputs() []Input {
	list := []Input{}
	for _, f := range r.files {
		list = append(list, f.Input)
	}
	slices.SortFunc(list, func(a, b Input) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

// parts opens every file and sheet of a table. What is wrong with their
// content is found once, however many sections name the table; what is wrong
// with the reference, such as a missing file, at every place that has it.
func (r *reader) parts(opts TableOptions, at diag.Place) []*part {
	if r.stopped() || !r.optionsFit(opts, at) {
		return nil
	}
	var parts []*part
	for _, name := range r.names(opts.File, at) {
		f := r.file(name, at)
		if r.stopped() {
			return nil
		}
		if f == nil || f.refused {
			continue
		}
		key := tableKey{name, opts}
		if _, ok := r.tables[key]; !ok {
			r.tables[key] = r.partsOf(f, opts, at)
		}
		parts = append(parts, r.tables[key]...)
	}
	return parts
}

// partsOf opens the parts of one file.
func (r *reader) partsOf(f *inputFile, opts TableOptions, at diag.Place) []*part {
	if f.kind == workbookFile {
		return r.sheets(f, opts, at)
	}
	if p := r.text(f, opts, at); p != nil {
		return []*part{p}
	}
	return nil
}

// optionsFit checks the options that no closed list checks.
func (r *reader) optionsFit(opts TableOptions, at diag.Place) bool {
	comma, ok := delimiter(opts)
	switch {
	case !ok:
		r.once(diag.SettingConflict, at, opts.Delimiter, fmt.Sprintf("delimiter %q is not one character", opts.Delimiter),
			`write one character, such as ";", or tab`)
	case opts.Decimal != "" && opts.Decimal != "." && opts.Decimal != ",":
		r.once(diag.SettingConflict, at, opts.Decimal, fmt.Sprintf("decimal %q is neither a point nor a comma", opts.Decimal), `write "." or ","`)
	case opts.Decimal != "" && opts.Decimal == string(comma) && !isWorkbookName(opts.File):
		r.once(diag.SettingConflict, at, opts.Decimal, "the decimal mark and the delimiter are the same character", `name the delimiter too, as in delimiter: ";"`)
	case opts.HeaderRow < 0:
		r.once(diag.SettingConflict, at, "", "header_row counts lines from 1", "")
	default:
		return true
	}
	return false
}

// once adds a finding unless its place has one of the same code.
func (r *reader) once(code diag.Code, at diag.Place, value, message, hint string) {
	key := placedCode{code, at}
	if !r.told[key] {
		r.told[key] = true
		r.findings.Add(code, at, value, message, hint)
	}
}

// names lists the files that a path or pattern stands for.
func (r *reader) names(pattern string, at diag.Place) []string {
	name := path.Clean(filepath.ToSlash(pattern))
	if !filepath.IsLocal(filepath.FromSlash(name)) || !fs.ValidPath(name) {
		r.outside(pattern, at)
		return nil
	}
	if !strings.ContainsAny(name, "*?[") {
		return []string{name}
	}
	if _, err := fs.Stat(r.data, name); err == nil {
		return []string{name}
	}
	matches, err := fs.Glob(folders{r.data}, name)
	matches = slices.DeleteFunc(matches, leftByEditor)
	switch {
	case err != nil:
		r.once(diag.FileMissing, at, pattern, fmt.Sprintf("%q is not a pattern of file names", pattern), "* stands for any text, ? for one character")
		return nil
	case len(matches) == 0:
		r.once(diag.FileMissing, at, pattern, fmt.Sprintf("no file of the data folder fits %q", pattern), r.neighbours(name))
	case len(matches) > maxFiles:
		r.once(diag.FileTooLarge, at, pattern, fmt.Sprintf("%q stands for %d files; the limit is %d", pattern, len(matches), maxFiles), "")
		return nil
	}
	return matches
}

// folders lists folders only: to open what is none, as the lists of os.Root
// do, waits for ever on a pipe.
type folders struct{ fs.FS }

// ReadDir lists a folder.
func (f folders) ReadDir(name string) ([]fs.DirEntry, error) {
	info, err := fs.Stat(f.FS, name)
	if err == nil && !info.IsDir() {
		err = &fs.PathError{Op: "readdir", Path: name, Err: syscall.ENOTDIR}
	}
	if err != nil {
		return nil, err
	}
	return fs.ReadDir(f.FS, name)
}

// leftByEditor reports whether a file is a lock or hidden file that an office
// program leaves beside an open one: no pattern means it.
func leftByEditor(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(base, "~$") || strings.HasPrefix(base, ".")
}

func (r *reader) outside(name string, at diag.Place) {
	r.once(diag.FileOutside, at, name, fmt.Sprintf("%q leaves the data folder", name),
		"paths are relative to the data folder and stay within it; name another folder with --data")
}

// file makes the first pass over a file, or recalls it. It returns nil where
// there is no such file.
func (r *reader) file(name string, at diag.Place) *inputFile {
	if f, ok := r.files[name]; ok {
		return f
	}
	info, err := fs.Stat(r.data, name)
	if err != nil {
		r.unopened(name, err, at)
		return nil
	}
	if !info.Mode().IsRegular() {
		r.notFile(name, info, at)
		return nil
	}
	handle, err := r.data.Open(name)
	if err != nil {
		r.unopened(name, err, at)
		return nil
	}
	defer handle.Close()
	f := &inputFile{Input: Input{Name: name, Size: info.Size()}, modified: info.ModTime()}
	if limit := maxSize(name); info.Size() > limit {
		r.once(diag.FileTooLarge, diag.Place{File: name}, "",
			fmt.Sprintf("%s has %d MB; the limit is %d MB", name, info.Size()>>20, limit>>20), "cut it into several files")
		return nil
	}
	f.content, err = survey(r.ctx, handle)
	if err != nil {
		r.fail(name, err)
		return nil
	}
	f.Size, f.SHA256 = f.content.size, f.content.sha256
	f.refused = !r.kindFits(f)
	r.files[name] = f
	return f
}

func maxSize(name string) int64 {
	if isWorkbookName(name) {
		return maxBook
	}
	return maxText
}

// notFile finds a folder, pipe or device where a file is expected.
func (r *reader) notFile(name string, info fs.FileInfo, at diag.Place) {
	if info.IsDir() {
		r.once(diag.FileKind, at, name, fmt.Sprintf("%q is a folder, where a table is expected", name),
			"name a file in it, or several with "+path.Join(name, "*.csv"))
		return
	}
	r.once(diag.FileKind, at, name, fmt.Sprintf("%q is no ordinary file", name), "copy what it gives into a file, and name that")
}

// unopened tells why a file cannot be opened: a finding where the study is
// wrong, the reader's failure where the environment is.
func (r *reader) unopened(name string, err error, at diag.Place) {
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrInvalid), errors.Is(err, syscall.ENOTDIR),
		errors.Is(err, syscall.EINVAL), errors.Is(err, syscall.ENAMETOOLONG):
		r.once(diag.FileMissing, at, name, fmt.Sprintf("there is no file %q in the data folder", name), r.neighbours(name))
	case errors.Is(err, syscall.ELOOP):
		r.once(diag.FileMissing, at, name, fmt.Sprintf("%q is a link that leads in a circle", name), "put the file itself in the place of the link")
	case escapes(err):
		r.outside(name, at)
	default:
		r.fail(name, err)
	}
}

// escapes recognises the error of os.Root about a link that leads out of it,
// for which package os has no name.
func escapes(err error) bool {
	var p *fs.PathError
	return errors.As(err, &p) && p.Err.Error() == "path escapes from parent"
}

func (r *reader) fail(name string, err error) {
	if r.err == nil {
		r.err = fmt.Errorf("read %s: %w", name, err)
	}
}

// neighbours is a hint: the files beside a name that does not exist.
func (r *reader) neighbours(name string) string {
	entries, err := folders{r.data}.ReadDir(path.Dir(name))
	if err != nil {
		return "there is no folder " + path.Dir(name)
	}
	var files []string
	for _, e := range entries {
		if !e.IsDir() && !leftByEditor(e.Name()) {
			files = append(files, path.Join(path.Dir(name), e.Name()))
		}
	}
	return choiceHint(name, files)
}

// reopen opens a file for another pass. A file that has changed since the
// first one is a failure: its findings and its hash would be those of another.
func (r *reader) reopen(f *inputFile) io.ReadCloser {
	handle, err := r.data.Open(f.Name)
	if err != nil {
		r.fail(f.Name, err)
		return nil
	}
	info, err := handle.Stat()
	if err == nil && (info.Size() != f.Size || !info.ModTime().Equal(f.modified)) {
		err = errors.New("the file changed while it was read")
	}
	if err != nil {
		handle.Close()
		r.fail(f.Name, err)
		return nil
	}
	return handle
}
