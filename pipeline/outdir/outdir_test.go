package outdir

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const names = 5 // files of a test's results folder, besides run.json

// fill writes results whose every file holds the same mark.
func fill(d *Dir, study, mark string) error {
	for i := range names {
		if err := d.WriteFile(fmt.Sprintf("tables/t%d.csv", i), []byte(strings.Repeat(mark, 10000))); err != nil {
			return err
		}
	}
	return d.WriteFile(manifest, fmt.Appendf(nil, `{"program":"firmties","study":%q,"mark":%q}`, study, mark))
}

func publish(path, study, mark string, force bool, keep ...string) error {
	d, err := Create(path, study, force, keep...)
	if err != nil {
		return err
	}
	defer d.Discard()
	if err := fill(d, study, mark); err != nil {
		return err
	}
	return d.Commit()
}

func mustPublish(t *testing.T, path, study, mark string) {
	t.Helper()
	if err := publish(path, study, mark, false); err != nil {
		t.Fatal(err)
	}
}

// mark returns the mark of a whole results folder, empty where there is none.
// Anything between fails the test.
func mark(t *testing.T, path string) string {
	t.Helper()
	run, err := os.ReadFile(filepath.Join(path, manifest))
	if _, serr := os.Stat(path); errors.Is(serr, os.ErrNotExist) {
		return ""
	}
	if err != nil {
		t.Fatalf("a results folder without %s: %v", manifest, err)
	}
	mark := strings.Split(string(run), `"`)[11]
	for i := range names {
		data, err := os.ReadFile(filepath.Join(path, "tables", fmt.Sprintf("t%d.csv", i)))
		if err != nil || string(data) != strings.Repeat(mark, 10000) {
			t.Fatalf("table %d is not that of run %s: %d bytes, %v", i, mark, len(data), err)
		}
	}
	return mark
}

func entries(t *testing.T, dir string) []string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

func wantEntries(t *testing.T, dir string, want ...string) {
	t.Helper()
	if got := entries(t, dir); !slices.Equal(got, want) {
		t.Errorf("%s holds %q, want %q", filepath.Base(dir), got, want)
	}
}

func wantMark(t *testing.T, path, want string) {
	t.Helper()
	if got := mark(t, path); got != want {
		t.Errorf("got the results of run %q, want %q", got, want)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsThere(t *testing.T) {
	cases := []struct {
		name    string
		prepare func(t *testing.T, path string)
		force   bool
		refused string
	}{
		{"nothing", func(*testing.T, string) {}, false, ""},
		{"empty folder", func(t *testing.T, p string) { must(t, os.Mkdir(p, 0o777)) }, false, ""},
		{"same study", func(t *testing.T, p string) { mustPublish(t, p, "salt", "1") }, false, ""},
		{"another study", func(t *testing.T, p string) { mustPublish(t, p, "lime", "1") }, false, `results of another study, "lime" (--force`},
		{"another study by force", func(t *testing.T, p string) { mustPublish(t, p, "lime", "1") }, true, ""},
		{"a file", func(t *testing.T, p string) { must(t, os.WriteFile(p, nil, 0o666)) }, true, "it is a file"},
		{"other files", func(t *testing.T, p string) {
			must(t, os.Mkdir(p, 0o777))
			must(t, os.WriteFile(filepath.Join(p, "thesis.doc"), nil, 0o666))
		}, true, "something else than results of firmties"},
		{"run.json of another program", func(t *testing.T, p string) {
			must(t, os.Mkdir(p, 0o777))
			must(t, os.WriteFile(filepath.Join(p, manifest), []byte(`{"program":"other","study":"salt"}`), 0o666))
		}, true, "something else than results of firmties"},
		{"run.json that is none", func(t *testing.T, p string) {
			must(t, os.Mkdir(p, 0o777))
			must(t, os.WriteFile(filepath.Join(p, manifest), []byte(`firmties`), 0o666))
		}, true, "something else than results of firmties"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			parent := t.TempDir()
			path := filepath.Join(parent, "r")
			c.prepare(t, path)
			err := publish(path, "salt", "2", c.force)
			if c.refused == "" {
				must(t, err)
				wantMark(t, path, "2")
			} else if !errors.Is(err, ErrNotOurs) || !strings.Contains(err.Error(), c.refused) {
				t.Errorf("got %v, want %s", err, c.refused)
			}
			wantEntries(t, parent, "r")
		})
	}
}

func TestPlaces(t *testing.T) {
	parent := t.TempDir()
	t.Chdir(parent)
	must(t, os.MkdirAll("study/data", 0o777))
	must(t, os.Mkdir("far", 0o777))
	must(t, os.Symlink("far", "link"))
	must(t, os.Symlink("../later", "far/dangling"))
	mustPublish(t, "far/made", "salt", "1")
	must(t, os.Symlink("far/made", "tomade"))

	for _, path := range []string{"slash/", "deep/er/r", "study/results", "./study/../dots", "link/r", "far/dangling", "tomade", filepath.Join(parent, "absolute"), "üñ [*] x"} {
		t.Run("made "+path, func(t *testing.T) {
			for _, m := range []string{"1", "2"} {
				must(t, publish(path, "salt", m, false, "study"))
				wantMark(t, path, m)
			}
		})
	}
	wantMark(t, "later", "2")
	for _, link := range []string{"link", "tomade", "far/dangling"} {
		if _, err := os.Readlink(link); err != nil {
			t.Errorf("%s is no longer a link", link)
		}
	}
	for _, path := range []string{".", "", "/", "..", "study", "link", "far"} {
		t.Run("refused "+path, func(t *testing.T) {
			if err := publish(path, "salt", "3", true, "study"); !errors.Is(err, ErrNotOurs) {
				t.Errorf("got %v", err)
			}
		})
	}
	t.Run("below a file", func(t *testing.T) {
		must(t, os.WriteFile("file", nil, 0o666))
		if err := publish("file/r", "salt", "3", true); err == nil || !strings.Contains(err.Error(), "file/r") {
			t.Errorf("got %v", err)
		}
	})
}

// A study that was put into a results folder is not thrown away with it.
func TestNeverReplacesTheStudy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r")
	mustPublish(t, path, "salt", "1")
	study := filepath.Join(path, "study")
	must(t, os.Mkdir(study, 0o777))
	if err := publish(path, "salt", "2", true, study); !errors.Is(err, ErrNotOurs) {
		t.Errorf("got %v", err)
	}
	wantMark(t, path, "1")
}

func TestMountPoint(t *testing.T) {
	if !isMount("/proc") {
		t.Skip("no mount point is known here")
	}
	if isMount(t.TempDir()) {
		t.Error("a temporary folder is no mount point")
	}
	if _, err := (&place{at: "/proc"}).check(); !errors.Is(err, ErrNotOurs) || !strings.Contains(err.Error(), "mount point") {
		t.Errorf("got %v", err)
	}
}

func TestDiscardLeavesNothing(t *testing.T) {
	parent := t.TempDir()
	d, err := Create(filepath.Join(parent, "a", "b", "r"), "salt", false)
	must(t, err)
	must(t, fill(d, "salt", "1"))
	d.Discard()
	wantEntries(t, parent)

	mustPublish(t, filepath.Join(parent, "r"), "salt", "1")
	d, err = Create(filepath.Join(parent, "r"), "salt", false)
	must(t, err)
	must(t, fill(d, "salt", "2"))
	d.Discard()
	d.Discard()
	wantEntries(t, parent, "r")
	wantMark(t, filepath.Join(parent, "r"), "1")
}

func TestNotCommitted(t *testing.T) {
	cases := []struct {
		name, message string
		spoil         func(*Dir)
	}{
		{"no run.json", "does not name the study", func(d *Dir) { d.WriteFile("summary.txt", nil) }},
		{"another study's run.json", "does not name the study", func(d *Dir) { fill(d, "lime", "2") }},
		{"a file left open", "files not closed: 1", func(d *Dir) { fill(d, "salt", "2"); d.Create("summary.txt") }},
		{"a file written twice", "exists", func(d *Dir) { fill(d, "salt", "2"); d.WriteFile("tables/t1.csv", nil) }},
		{"a file outside", "no name of a file", func(d *Dir) { fill(d, "salt", "2"); d.WriteFile("../x", nil) }},
		{"a file that failed", "closed", func(d *Dir) {
			fill(d, "salt", "2")
			f, _ := d.Create("summary.txt")
			f.(*file).f.Close()
			f.Write([]byte("x"))
			f.Close()
		}},
		{"the place was taken", "something else", func(d *Dir) {
			fill(d, "salt", "2")
			os.RemoveAll(d.at)
			os.MkdirAll(filepath.Join(d.at, "thesis"), 0o777)
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			parent := t.TempDir()
			path := filepath.Join(parent, "r")
			mustPublish(t, path, "salt", "1")
			d, err := Create(path, "salt", false)
			must(t, err)
			c.spoil(d)
			if err := d.Commit(); err == nil || !strings.Contains(err.Error(), c.message) {
				t.Errorf("got %v, want %s", err, c.message)
			}
			d.Discard()
			wantEntries(t, parent, "r")
			if c.name != "the place was taken" {
				wantMark(t, path, "1")
			}
		})
	}
}

func noExchange(a, b string) error { return errors.ErrUnsupported }

func TestWithoutExchange(t *testing.T) {
	parent := t.TempDir()
	path := filepath.Join(parent, "r")
	for _, m := range []string{"1", "2", "3"} {
		d, err := Create(path, "salt", false)
		must(t, err)
		d.swap = noExchange
		must(t, fill(d, "salt", m))
		must(t, d.Commit())
		wantMark(t, path, m)
	}
	wantEntries(t, parent, "r")
}

// A new folder that cannot move in leaves the old one where it was.
func TestMoveInFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r")
	mustPublish(t, path, "salt", "1")
	d, err := Create(path, "salt", false)
	must(t, err)
	defer d.Discard()
	d.swap = func(a, b string) error { os.RemoveAll(a); return errors.ErrUnsupported }
	must(t, fill(d, "salt", "2"))
	if d.Commit() == nil {
		t.Error("nothing moved in, and no error")
	}
	wantMark(t, path, "1")
}

// A living run's folder is left alone, and the last to finish wins.
func TestRunsAtTheSameTime(t *testing.T) {
	parent := t.TempDir()
	path := filepath.Join(parent, "r")
	a, err := Create(path, "salt", false)
	must(t, err)
	must(t, fill(a, "salt", "1"))
	mustPublish(t, path, "salt", "2")
	wantMark(t, path, "2")
	must(t, a.Commit())
	wantMark(t, path, "1")
	wantEntries(t, parent, "r")
}

func TestManyRunsAtTheSameTime(t *testing.T) {
	parent := t.TempDir()
	path := filepath.Join(parent, "r")
	done := make(chan error)
	for i := range 20 {
		go func() {
			err := publish(path, "salt", fmt.Sprint(i%10), false)
			done <- err
		}()
	}
	for range 20 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if mark(t, path) == "" {
		t.Error("no results")
	}
	mustPublish(t, path, "salt", "1")
	wantEntries(t, parent, "r")
}

// Working folders of other places, and what only looks like one, stay.
func TestClearsOnlyItsOwn(t *testing.T) {
	parent := t.TempDir()
	for _, name := range []string{".r.firmties-1-2.firmties-3-4", ".r.firmties-notes", ".rr.firmties-1-2", ".r.firmties-1-2"} {
		must(t, os.Mkdir(filepath.Join(parent, name), 0o777))
	}
	must(t, os.WriteFile(filepath.Join(parent, ".r.firmties-5-6"), nil, 0o666))
	mustPublish(t, filepath.Join(parent, "r"), "salt", "1")
	wantEntries(t, parent, ".r.firmties-1-2.firmties-3-4", ".r.firmties-5-6", ".r.firmties-notes", ".rr.firmties-1-2", "r")
}

func ExampleCreate() {
	parent, _ := os.MkdirTemp("", "example")
	defer os.RemoveAll(parent)

	d, err := Create(filepath.Join(parent, "results", "salt"), "salt", false)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer d.Discard()
	d.WriteFile("tables/ties.csv", []byte("\"source\",\"target\"\n"))
	d.WriteFile("run.json", []byte(`{"program":"firmties","study":"salt"}`))
	fmt.Println(d.Commit())
	// Output: <nil>
}
