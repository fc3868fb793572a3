package outdir

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// file is one file of the folder. Close puts it on the disk.
type file struct {
	dir    *Dir
	f      *os.File
	w      *bufio.Writer
	closed bool
}

// Create begins a file of the folder, such as "tables/ties.arrow". It must be
// closed; after an error from any file, Commit refuses. Files may be written
// at the same time.
func (d *Dir) Create(name string) (io.WriteCloser, error) {
	f, err := d.create(name)
	if err != nil {
		return nil, d.fail(err)
	}
	d.mu.Lock()
	d.open++
	d.mu.Unlock()
	return &file{dir: d, f: f, w: bufio.NewWriterSize(f, 1<<16)}, nil
}

func (d *Dir) create(name string) (*os.File, error) {
	if !filepath.IsLocal(name) {
		return nil, fmt.Errorf("%q is no name of a file in the results folder", name)
	}
	path := filepath.Join(d.fresh(), filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return nil, err
	}
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
}

// WriteFile writes a whole file of the folder.
func (d *Dir) WriteFile(name string, data []byte) error {
	f, err := d.Create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// fail keeps the first error for Commit.
func (d *Dir) fail(err error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.err == nil {
		d.err = err
	}
	return err
}

// Write implements io.Writer.
func (f *file) Write(p []byte) (int, error) {
	n, err := f.w.Write(p)
	return n, f.dir.fail(err)
}

// Close implements io.Closer; it may be called again.
func (f *file) Close() error {
	if f.closed {
		return nil
	}
	f.closed = true
	err := f.w.Flush()
	if err == nil {
		err = f.f.Sync()
	}
	if cerr := f.f.Close(); err == nil {
		err = cerr
	}
	f.dir.mu.Lock()
	f.dir.open--
	f.dir.mu.Unlock()
	return f.dir.fail(err)
}

// syncTree puts the entries of all folders in root on the disk; the files are
// there since they were closed.
func syncTree(root string) error {
	return filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() {
			return err
		}
		return syncDir(path)
	})
}

// syncDir puts a folder's entries on the disk, where the system can.
func syncDir(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	defer d.Close()
	err = d.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	return err
}
