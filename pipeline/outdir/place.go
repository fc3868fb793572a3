package outdir

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// ErrNotOurs says that what stands in the results folder's place may not be
// replaced.
var ErrNotOurs = errors.New("not ours to replace")

// place is where a results folder is to be, and for whom.
type place struct {
	path  string // as the caller wrote it, for messages
	at    string // absolute, links resolved
	study string
	force bool
	keep  []string // absolute, links resolved
}

// state is what stands in a place that may be used.
type state int

const (
	absent state = iota
	empty
	results // of firmties, to be replaced
)

func locate(path, study string, force bool, keep []string) (place, error) {
	p := place{path: path, study: study, force: force}
	var err error
	if p.at, err = resolve(path); err != nil {
		return p, fmt.Errorf("find results folder %s: %w", path, err)
	}
	for _, k := range append([]string{"."}, keep...) {
		folder, err := resolve(k)
		if err != nil {
			return p, fmt.Errorf("find %s: %w", k, err)
		}
		p.keep = append(p.keep, folder)
	}
	return p, nil
}

// resolve follows the links of a path that need not exist.
func resolve(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	found, err := filepath.EvalSymlinks(abs)
	if !errors.Is(err, os.ErrNotExist) {
		return found, err
	}
	if abs == filepath.Dir(abs) {
		return "", err
	}
	parent, err := resolve(filepath.Dir(abs))
	if err != nil {
		return "", err
	}
	at := filepath.Join(parent, filepath.Base(abs))
	target, err := os.Readlink(at)
	if err != nil {
		return at, nil // nothing is there
	}
	if !filepath.IsAbs(target) { // a link to what is not there
		target = filepath.Join(parent, target)
	}
	return resolve(target)
}

// check says what stands in the place, or why it may not be replaced.
func (p *place) check() (state, error) {
	entries, err := os.ReadDir(p.at)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return absent, nil
	case err != nil && !isFolder(p.at):
		return 0, p.refuse("it is a file")
	case err != nil:
		return 0, err
	}
	for _, k := range p.keep {
		if within(k, p.at) {
			return 0, p.refuse("it is or holds the folder " + k + ", and a results folder is replaced as a whole: choose another with -o")
		}
	}
	if isMount(p.at) {
		return 0, p.refuse("it is a mount point; name a folder in it")
	}
	if len(entries) == 0 {
		return empty, nil
	}
	switch study, ok := madeFor(p.at); {
	case !ok:
		return 0, p.refuse("it holds something else than results of firmties")
	case study != p.study && !p.force:
		return 0, p.refuse(fmt.Sprintf("it holds results of another study, %q (--force replaces them)", study))
	}
	return results, nil
}

func (p *place) refuse(why string) error {
	return fmt.Errorf("%w: %s", ErrNotOurs, why)
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// within reports whether path is dir or lies in it.
func within(path, dir string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// madeFor returns the study that a results folder of firmties is for.
func madeFor(dir string) (study string, ok bool) {
	data, err := os.ReadFile(filepath.Join(dir, manifest))
	if err != nil {
		return "", false
	}
	var run struct{ Program, Study string }
	if json.Unmarshal(data, &run) != nil {
		return "", false
	}
	return run.Study, run.Program == "firmties"
}
