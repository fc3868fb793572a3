package outdir

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// childEnv makes the test binary a run that publishes without end, to be
// killed; its value is the folder, and childRenames takes the exchange away.
const (
	childEnv     = "OUTDIR_TEST_CHILD"
	childRenames = "OUTDIR_TEST_RENAMES"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(childEnv); path != "" {
		publishForever(path, os.Getenv(childRenames) != "")
	}
	if path := os.Getenv(limitEnv); path != "" {
		publishLimited(path)
	}
	os.Exit(m.Run())
}

func publishForever(path string, renames bool) {
	for i := 0; ; i++ {
		d, err := Create(path, "salt", false)
		if err == nil {
			if renames {
				d.swap = noExchange
			}
			if err = fill(d, "salt", fmt.Sprint(i%10)); err == nil {
				err = d.Commit()
			}
		}
		if err != nil {
			fmt.Println(err)
			os.Exit(3)
		}
	}
}

// A run that is killed at any moment leaves a whole results folder or none;
// with the exchange of Linux never none, once there is one.
func TestKilled(t *testing.T) {
	exe, err := os.Executable()
	must(t, err)
	kills := 60
	if testing.Short() {
		kills = 10
	}
	for _, mode := range []string{"exchange", "renames"} {
		t.Run(mode, func(t *testing.T) {
			parent := t.TempDir()
			path := filepath.Join(parent, "r")
			mustPublish(t, path, "salt", "1")
			r := rand.New(rand.NewPCG(1, 2))
			missing := 0
			for range kills {
				killOne(t, exe, path, mode == "renames", time.Duration(10+r.IntN(30))*time.Millisecond)
				if mark(t, path) == "" {
					missing++
				}
			}
			if missing > 0 && mode == "exchange" && canExchange(t) {
				t.Errorf("no results folder after %d of %d kills", missing, kills)
			}
			t.Logf("no results folder after %d of %d kills", missing, kills)
			mustPublish(t, path, "salt", "9")
			wantMark(t, path, "9")
			wantEntries(t, parent, "r")
		})
	}
}

func killOne(t *testing.T, exe, path string, renames bool, after time.Duration) {
	t.Helper()
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), childEnv+"="+path)
	if renames {
		cmd.Env = append(cmd.Env, childRenames+"=1")
	}
	var out strings.Builder
	cmd.Stdout = &out
	must(t, cmd.Start())
	time.Sleep(after)
	must(t, cmd.Process.Kill())
	cmd.Wait()
	if out.Len() > 0 {
		t.Fatalf("the run gave up by itself: %s", out.String())
	}
}

func canExchange(t *testing.T) bool {
	a, b := t.TempDir(), t.TempDir()
	return exchange(a, b) == nil
}

// die leaves a run's working folder as a killed process leaves it: as it
// stands, with the lock free.
func die(d *Dir) { d.lock.Unlock() }

// Every state in which a replacement by two renames, or its clearing up, can
// stop, and what the next run finds and makes of it.
func TestStoppedBetweenSteps(t *testing.T) {
	steps := []struct {
		name  string
		do    func(*Dir) error
		place string // the run in the place after the step
		next  string // after the next run has cleared up
	}{
		{"begun", func(*Dir) error { return nil }, "1", "1"},
		{"written", func(d *Dir) error { return fill(d, "salt", "2") }, "1", "1"},
		{"moved aside", (*Dir).moveAside, "", "1"},
		{"moved in", (*Dir).moveIn, "2", "2"},
		{"old one retired", func(d *Dir) error { return os.Rename(oldIn(d.work), filepath.Join(d.work, "done")) }, "2", "2"},
		{"half removed", func(d *Dir) error { return os.RemoveAll(filepath.Join(d.work, "done", "tables")) }, "2", "2"},
		{"removed", func(d *Dir) error { return os.RemoveAll(filepath.Join(d.work, "done")) }, "2", "2"},
		{"lock removed", func(d *Dir) error { return os.Remove(lockIn(d.work)) }, "2", "2"},
	}
	for k, last := range steps {
		t.Run(last.name, func(t *testing.T) {
			parent := t.TempDir()
			path := filepath.Join(parent, "r")
			mustPublish(t, path, "salt", "1")
			d, err := Create(path, "salt", false)
			must(t, err)
			for _, s := range steps[:k+1] {
				must(t, s.do(d))
			}
			die(d)
			wantMark(t, path, last.place)

			next, err := Create(path, "salt", false)
			must(t, err)
			wantMark(t, path, last.next)
			next.Discard()
			wantEntries(t, parent, "r")
			mustPublish(t, path, "salt", "3")
			wantMark(t, path, "3")
		})
	}
}

// A folder moved aside is put back also where its place was made anew and
// empty, and where the place is behind a link; a place that was taken keeps
// what it has.
func TestPutBack(t *testing.T) {
	cases := []struct {
		name    string
		prepare func(path string) error
		refused bool
	}{
		{"nothing there", func(string) error { return nil }, false},
		{"empty folder", func(p string) error { return os.Mkdir(p, 0o777) }, false},
		{"a file", func(p string) error { return os.WriteFile(p, []byte("x"), 0o666) }, true},
		{"other files", func(p string) error { return os.MkdirAll(filepath.Join(p, "thesis"), 0o777) }, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			parent := t.TempDir()
			path, link := filepath.Join(parent, "r"), filepath.Join(parent, "s")
			must(t, os.Symlink(path, link))
			mustPublish(t, link, "salt", "1")
			d, err := Create(link, "salt", false)
			must(t, err)
			must(t, d.moveAside())
			die(d)
			must(t, c.prepare(path))
			next, err := Create(link, "salt", false)
			if c.refused != (err != nil) {
				t.Fatalf("got error %v", err)
			}
			if err == nil {
				wantMark(t, link, "1")
				next.Discard()
			} else if _, err := os.Stat(path); err != nil {
				t.Error(err)
			}
		})
	}
}

// Results that were moved aside for one study are not lost to another.
func TestPutBackForAnotherStudy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r")
	mustPublish(t, path, "salt", "1")
	d, err := Create(path, "salt", false)
	must(t, err)
	must(t, d.moveAside())
	die(d)
	if err := publish(path, "lime", "2", false); err == nil {
		t.Error("replaced the results of another study")
	}
	wantMark(t, path, "1")
}

// A lock on a file that another run has removed is worth nothing.
func TestLockOfRemovedFile(t *testing.T) {
	work := t.TempDir()
	lock, ok, err := hold(work, os.O_RDWR|os.O_CREATE)
	if err != nil || !ok || !sameFile(lock) {
		t.Fatal("no lock", err)
	}
	defer lock.Unlock()
	if _, ok, err := hold(work, os.O_RDWR); ok || err != nil {
		t.Error("two locks", err)
	}
	must(t, os.Remove(lockIn(work)))
	if sameFile(lock) {
		t.Error("the removed file passes for the one in the folder")
	}
	must(t, os.WriteFile(lockIn(work), nil, 0o600))
	if sameFile(lock) {
		t.Error("another file of the name passes for it")
	}
}
