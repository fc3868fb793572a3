// Package outdir owns the results folder as a thing on a disk: it appears
// whole or not at all, and it replaces only what firmties made for the same
// study. It refuses to know what the files hold, but for the two words of
// run.json that say whose folder it is.
//
// A folder is written in a working folder beside its place,
//
//	.<name>.firmties-<pid>-<random>/
//	    lock   held by the living run
//	    new/   the results, until they are whole
//	    old/   what stood in the place, between two renames
//	    done/  what was replaced, on its way to be removed
//
// and takes its place by a rename: on Linux in exchange with the old one, in
// one step; elsewhere the old one moves aside first. A run that is killed
// leaves its working folder behind; the next run finds it unlocked, puts an
// old/ back whose place is empty, and clears the rest.
package outdir

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/gofrs/flock"
)

// manifest is the file by which a results folder is known as one.
const manifest = "run.json"

// Dir is a results folder in the making.
type Dir struct {
	place
	parents []string // folders made to hold it, the outermost first
	work    string
	lock    *flock.Flock
	swap    func(a, b string) error // exchange

	mu   sync.Mutex
	open int   // files not yet closed
	err  error // the first that a file met
}

// Create prepares the results folder path for a study: it clears what dead
// runs left, looks at what is there (ErrNotOurs: it may not be replaced) and
// makes the working folder beside it. Results of another study are replaced
// only with force, and never a folder that holds one of keep (the study's own
// folders) or the current folder. Discard is to be called in any case.
func Create(path, study string, force bool, keep ...string) (*Dir, error) {
	p, err := locate(path, study, force, keep)
	if err != nil {
		return nil, err
	}
	d := &Dir{place: p, swap: exchange}
	if err := d.prepare(); err != nil {
		d.Discard()
		return nil, fmt.Errorf("results folder %s: %w", path, err)
	}
	return d, nil
}

func (d *Dir) prepare() error {
	if err := recoverDead(d.at); err != nil {
		return err
	}
	if _, err := d.check(); err != nil {
		return err
	}
	var err error
	if d.parents, err = makeParents(filepath.Dir(d.at)); err != nil {
		return err
	}
	if d.work, d.lock, err = makeWork(d.at); err != nil {
		return err
	}
	return os.Mkdir(d.fresh(), 0o777)
}

func (d *Dir) fresh() string { return filepath.Join(d.work, "new") }

// Commit puts the finished folder, with its run.json, in its place. After an
// error the place is as it was, unless the error is that of syncing it.
func (d *Dir) Commit() error {
	if err := d.commit(); err != nil {
		return fmt.Errorf("put results folder %s in its place: %w", d.path, err)
	}
	d.parents = nil
	d.Discard()
	return nil
}

func (d *Dir) commit() error {
	if err := d.complete(); err != nil {
		return err
	}
	if err := syncTree(d.fresh()); err != nil {
		return err
	}
	err := d.take()
	for range 100 { // another run may have been there between the look and the move
		if !errors.Is(err, os.ErrExist) && !errors.Is(err, os.ErrNotExist) {
			break
		}
		err = d.take()
	}
	if err != nil {
		return err
	}
	return syncDir(filepath.Dir(d.at))
}

// take looks again at the place and moves the new folder in.
func (d *Dir) take() error {
	there, err := d.check()
	if err != nil {
		return err
	}
	switch there {
	case results:
		return d.replace()
	case empty:
		if err := os.Remove(d.at); err != nil {
			return err
		}
	}
	return d.moveIn()
}

// complete makes sure that no file is missing its end, and that the next run
// will know the folder as ours.
func (d *Dir) complete() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.err != nil {
		return d.err
	}
	if d.open > 0 {
		return fmt.Errorf("files not closed: %d", d.open)
	}
	if study, ok := madeFor(d.fresh()); !ok || study != d.study {
		return fmt.Errorf("%s does not name the study %q", manifest, d.study)
	}
	return nil
}

// replace puts the new folder where the old one is.
func (d *Dir) replace() error {
	if d.swap(d.fresh(), d.at) == nil {
		return nil
	}
	if err := d.moveAside(); err != nil {
		return err
	}
	if err := d.moveIn(); err != nil {
		return errors.Join(err, os.Rename(oldIn(d.work), d.at))
	}
	return nil
}

func (d *Dir) moveAside() error { return os.Rename(d.at, oldIn(d.work)) }

func (d *Dir) moveIn() error { return os.Rename(d.fresh(), d.at) }

// Discard removes everything that Create made and Commit did not keep. After
// Commit it does nothing.
func (d *Dir) Discard() {
	if d.work != "" {
		sweep(d.work, d.lock)
		d.work = ""
	}
	for len(d.parents) > 0 {
		last := len(d.parents) - 1
		os.Remove(d.parents[last]) // stays where another run uses it
		d.parents = d.parents[:last]
	}
}

// makeParents makes dir and what it lies in, and returns what was missing.
func makeParents(dir string) ([]string, error) {
	var missing []string
	for at := dir; ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); !errors.Is(err, os.ErrNotExist) || at == filepath.Dir(at) {
			break
		}
		missing = append([]string{at}, missing...)
	}
	return missing, os.MkdirAll(dir, 0o777)
}
