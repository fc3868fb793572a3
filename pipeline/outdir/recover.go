package outdir

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

func workPrefix(at string) string { return "." + filepath.Base(at) + ".firmties-" }

func lockIn(work string) string { return filepath.Join(work, "lock") }

func oldIn(work string) string { return filepath.Join(work, "old") }

// makeWork makes a locked working folder. Another run that clears up may take
// it for a dead one's before the lock is ours: then another is made.
func makeWork(at string) (string, *flock.Flock, error) {
	pattern := fmt.Sprintf("%s%d-*", workPrefix(at), os.Getpid())
	for range 100 {
		work, err := os.MkdirTemp(filepath.Dir(at), pattern)
		if err != nil {
			return "", nil, err
		}
		lock, ok, err := hold(work, os.O_RDWR|os.O_CREATE)
		if ok {
			return work, lock, nil
		}
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			os.RemoveAll(work)
			return "", nil, err
		}
	}
	return "", nil, errors.New("other runs are clearing up there without end")
}

// hold takes the lock of a working folder. It is false where another run has
// it, or has removed it. A file system without locks is used without.
func hold(work string, flag int) (*flock.Flock, bool, error) {
	lock := flock.New(lockIn(work), flock.SetFlag(flag))
	ok, err := lock.TryLock()
	switch {
	case errors.Is(err, errors.ErrUnsupported):
		return lock, true, nil
	case err != nil || !ok:
		return nil, false, err
	}
	if !sameFile(lock) {
		lock.Unlock()
		return nil, false, nil
	}
	return lock, true, nil
}

// sameFile reports whether the locked file is still the one of that name.
func sameFile(lock *flock.Flock) bool {
	mine, err := lock.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(lock.Path())
	return err == nil && os.SameFile(mine, named)
}

// recoverDead puts back or clears what runs that died left beside a place.
func recoverDead(at string) error {
	works, err := leftBeside(at)
	if err != nil {
		return err
	}
	for _, work := range works {
		if err := recoverWork(work, at); err != nil {
			return fmt.Errorf("put back what a run that was killed had moved aside: %w", err)
		}
	}
	return nil
}

// leftBeside lists the working folders for a place, in order of name; whether
// their runs are dead is for the lock to say.
func leftBeside(at string) ([]string, error) {
	parent := filepath.Dir(at)
	entries, err := os.ReadDir(parent)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	var works []string
	for _, e := range entries {
		rest, ok := strings.CutPrefix(e.Name(), workPrefix(at))
		if ok && e.IsDir() && strings.Trim(rest, "0123456789-") == "" {
			works = append(works, filepath.Join(parent, e.Name()))
		}
	}
	return works, err
}

// recoverWork leaves alone what it cannot lock: its run lives, or it belongs
// to somebody else. Without a lock file there is nothing in it yet.
func recoverWork(work, at string) error {
	lock, ok, err := hold(work, os.O_RDWR)
	if errors.Is(err, os.ErrNotExist) {
		os.Remove(work)
	}
	if err != nil || !ok || !lock.Locked() {
		return nil
	}
	if err := putBack(work, at); err != nil {
		lock.Unlock()
		return err
	}
	sweep(work, lock)
	return nil
}

// putBack moves an old folder back to its place, unless that is taken: then
// the old one has been replaced.
func putBack(work, at string) error {
	if !isFolder(oldIn(work)) {
		return nil
	}
	switch entries, err := os.ReadDir(at); {
	case err == nil && len(entries) == 0:
		if err := os.Remove(at); err != nil {
			return err
		}
	case !errors.Is(err, os.ErrNotExist):
		return nil
	}
	if err := os.Rename(oldIn(work), at); err != nil {
		return err
	}
	return syncDir(filepath.Dir(at))
}

// sweep removes a working folder. What it cannot remove the next run will. A
// folder that was replaced is renamed first: half removed it must never be
// taken for one to be put back. The lock's file goes before the lock, and the
// folder only when empty, for another run may just be taking it over.
func sweep(work string, lock *flock.Flock) {
	os.Rename(oldIn(work), filepath.Join(work, "done"))
	for _, name := range []string{"new", "done"} {
		os.RemoveAll(filepath.Join(work, name))
	}
	if os.Remove(lockIn(work)) != nil { // Windows removes no open file
		lock.Unlock()
		os.Remove(lockIn(work))
	}
	os.Remove(work)
	lock.Unlock()
}
