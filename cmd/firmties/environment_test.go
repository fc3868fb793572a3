//go:build unix

package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// TestWrongUsage is exit 2, with what was wrong and where help is.
func TestWrongUsage(t *testing.T) {
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"runn", "x"}, `did you mean "run"?`},
		{[]string{"run"}, "needs STUDY"},
		{[]string{"run", "a", "b"}, `takes no "b"`},
		{[]string{"run", "no-such-study"}, "twelve-clusters"},
		{[]string{"run", "twelve-clusters", "--fromat", "csv"}, "--fromat"},
		{[]string{"run", "twelve-clusters", "--format", "xlsx"}, "arrow, parquet, csv"},
		{[]string{"run", "twelve-clusters", "--workers", "-1"}, "--workers -1"},
		{[]string{"run", "twelve-clusters", "--seed", "x"}, "\"--seed\" flag: expected a whole number, 0 or more\n"},
		{[]string{"run", "twelve-clusters", "--data", "."}, "--data"},
		{[]string{"check"}, "needs STUDY"},
		{[]string{"init"}, "needs DIR"},
		{[]string{"init", "no-such-folder"}, "no-such-folder"},
		{[]string{"show", "."}, "summary.txt"},
		{[]string{"metrics", "betweeness"}, `did you mean "betweenness"?`},
		{[]string{"models", "ols"}, `did you mean "ols_fe"?`},
		{[]string{"studies", "export", "thirteen", "x"}, "twelve-clusters"},
	} {
		code, stdout, stderr := program(t, c.args...)
		if code != exitUsage || stdout != "" || !strings.Contains(stderr, c.says) {
			t.Errorf("%v: exit %d, does not say %q:\n%s", c.args, code, c.says, stderr)
		}
	}
}

// TestFileForAFolder is exit 2 too, and the file stays as it is.
func TestFileForAFolder(t *testing.T) {
	dir := goodStudy().write(t)
	file := filepath.Join(dir, "firms.csv")
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"run", file}, "neither a folder nor a .yaml file"},
		{[]string{"run", filepath.Join(file, "x")}, "twelve-clusters"},
		{[]string{"run", dir, "--data", file}, "not a folder"},
		{[]string{"run", dir, "-o", file}, "not ours"},
		{[]string{"init", file}, "not a folder"},
		{[]string{"show", file}, "not a results folder"},
		{[]string{"studies", "export", "twelve-clusters", file}, "not a folder"},
	} {
		code, stdout, stderr := program(t, c.args...)
		if code != exitUsage || stdout != "" || !strings.Contains(stderr, c.says) {
			t.Errorf("%v: exit %d, does not say %q:\n%s", c.args, code, c.says, stderr)
		}
	}
	if text, err := os.ReadFile(file); err != nil || string(text) != goodStudy()["firms.csv"] {
		t.Errorf("the file is not as it was: %v", err)
	}
}

// TestStudyThatIsNoFile is exit 3, at once: nothing waits for a pipe or reads
// without end.
func TestStudyThatIsNoFile(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(path string) error
		says string
	}{
		{"nothing", func(string) error { return nil }, "firmties init"},
		{"folder", func(p string) error { return os.Mkdir(p, 0o777) }, "no ordinary file"},
		{"pipe", func(p string) error { return syscall.Mkfifo(p, 0o666) }, "no ordinary file"},
		{"device", func(p string) error { return os.Symlink("/dev/zero", p) }, "no ordinary file"},
		{"link to itself", func(p string) error { return os.Symlink(p, p) }, "circle"},
		{"link to nothing", func(p string) error { return os.Symlink("nothing", p) }, "firmties init"},
		{"too large a file", func(p string) error {
			return errors.Join(os.WriteFile(p, []byte("study: salt\n"), 0o666), os.Truncate(p, 1<<40))
		}, "[yaml-limit]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := files{}.write(t)
			if err := c.make(filepath.Join(dir, configName)); err != nil {
				t.Skipf("%v", err)
			}
			code, stdout, stderr := program(t, "run", dir, "-o", filepath.Join(dir, "..", "out"))
			if code != exitData || stdout != "" || !strings.Contains(stderr, configName) || !strings.Contains(stderr, c.says) {
				t.Errorf("exit %d\n%s", code, stderr)
			}
			if left, err := os.ReadDir(filepath.Dir(dir)); err != nil || len(left) != 1 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}

// TestResultsFolderThatIsNotOurs is exit 2, and what lies there stays.
func TestResultsFolderThatIsNotOurs(t *testing.T) {
	dir := goodStudy().write(t)
	other := goodStudy().config("study: salt", "study: other").write(t)
	out := filepath.Join(t.TempDir(), "out")
	if err := os.MkdirAll(out, 0o777); err != nil {
		t.Fatal(err)
	}
	note := filepath.Join(out, "thesis.txt")
	if err := os.WriteFile(note, []byte("chapter 1"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, force := range []bool{false, true} {
		args := []string{"run", dir, "-o", out}
		if force {
			args = append(args, "--force")
		}
		if code, _, stderr := program(t, args...); code != exitUsage || !strings.Contains(stderr, out) {
			t.Errorf("force %t: exit %d\n%s", force, code, stderr)
		}
		if text, err := os.ReadFile(note); err != nil || string(text) != "chapter 1" {
			t.Errorf("force %t: the file is gone: %v", force, err)
		}
	}
	os.Remove(note)
	want(t, exitOK, "an empty folder", "run", dir, "-o", out)
	want(t, exitOK, "results of the same study", "run", dir, "-o", out)
	want(t, exitUsage, "results of another study", "run", other, "-o", out)
	want(t, exitOK, "results of another study, forced", "run", other, "-o", out, "--force")
	want(t, exitUsage, "the study itself", "run", other, "-o", other)
	if left := hidden(t, filepath.Dir(out)); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func want(t *testing.T, code int, what string, args ...string) {
	t.Helper()
	if got, _, stderr := program(t, args...); got != code {
		t.Errorf("%s: exit %d, want %d\n%s", what, got, code, stderr)
	}
}

// hidden lists the working folders that a run left in a folder.
func hidden(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	return names
}

// child is firmties as a process of its own: the test binary under its name.
func child(args ...string) *exec.Cmd {
	c := exec.Command(os.Args[0])
	c.Args = append([]string{"firmties"}, args...)
	return c
}

// TestUnreadableFile is exit 1: the environment, not the study, is at fault.
func TestUnreadableFile(t *testing.T) {
	for _, file := range []string{"ties.csv", configName} {
		dir := goodStudy().write(t)
		if err := os.Chmod(filepath.Join(dir, file), 0); err != nil {
			t.Fatal(err)
		}
		c := asNobody(t, child("check", dir), filepath.Dir(dir))
		text, err := c.CombinedOutput()
		if code := c.ProcessState.ExitCode(); code != exitUnforeseen || !strings.Contains(string(text), file) {
			t.Errorf("%s: %v\n%s", file, err, text)
		}
	}
}

// asNobody makes a child of root, who may do everything, one of a user who may
// not; of anyone else it stays a child. Folder is one that it must reach.
func asNobody(t *testing.T, c *exec.Cmd, folder string) *exec.Cmd {
	t.Helper()
	if os.Getuid() != 0 {
		return c
	}
	copied := filepath.Join(folder, "firmties")
	copyFile(t, copied, os.Args[0])
	for d := folder; d != filepath.Clean(os.TempDir()) && d != "/"; d = filepath.Dir(d) {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	c.Path, c.Dir = copied, folder
	c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	return c
}

func copyFile(t *testing.T, to, from string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(out, in)
	if err := errors.Join(err, out.Close()); err != nil {
		t.Fatal(err)
	}
}

// TestDiskFull is exit 1 wherever in the run the disk is full; nothing is left
// on it but the old results, byte for byte.
func TestDiskFull(t *testing.T) {
	if testing.Short() {
		t.Skip("fills a disk many times")
	}
	disk := t.TempDir()
	if err := mountSmallDisk(disk); err != nil {
		t.Skipf("needs a small disk of its own, which only root can mount: %v", err)
	}
	defer unmount(disk)
	out, quick := filepath.Join(disk, "out"), quickStudy(t)
	for _, format := range []string{"arrow", "parquet", "csv"} {
		full := 0
		for pages := 16; ; pages = pages * 3 / 2 {
			if err := resize(disk, pages); err != nil {
				t.Fatal(err)
			}
			code, stdout, stderr := program(t, "run", quick, "-o", out, "--format", format, "--quiet")
			if code == exitOK {
				break
			}
			full++
			if code != exitUnforeseen || stdout != "" || !strings.Contains(stderr, "no space left") {
				t.Fatalf("%s, %d pages: exit %d\n%s", format, pages, code, stderr)
			}
			if left, err := os.ReadDir(disk); err != nil || len(left) > 0 {
				t.Fatalf("%s, %d pages: left behind: %v, %v", format, pages, left, err)
			}
		}
		if full < 3 {
			t.Errorf("%s: the disk was full %d times only", format, full)
		}
		keepsOldResults(t, disk, quick, out, format)
	}
}

// keepsOldResults runs a study again where there is no room for two results.
func keepsOldResults(t *testing.T, disk, study, out, format string) {
	t.Helper()
	before := contents(t, out)
	var used syscall.Statfs_t
	if err := syscall.Statfs(disk, &used); err != nil {
		t.Fatal(err)
	}
	if err := resize(disk, int(used.Blocks-used.Bfree)+8); err != nil {
		t.Fatal(err)
	}
	want(t, exitUnforeseen, "a run without room", "run", study, "-o", out, "--format", format, "--quiet", "--seed", "9")
	if left := hidden(t, disk); len(left) > 0 || !maps.Equal(contents(t, out), before) {
		t.Errorf("%s: the old results are not as they were; left behind: %v", format, left)
	}
	if err := os.RemoveAll(out); err != nil {
		t.Fatal(err)
	}
}

// TestNoPlaceForResults is exit 1 where the results folder cannot be made.
func TestNoPlaceForResults(t *testing.T) {
	dir := goodStudy().write(t)
	locked := filepath.Join(filepath.Dir(dir), "locked")
	if err := os.Mkdir(locked, 0o555); err != nil {
		t.Fatal(err)
	}
	c := asNobody(t, child("run", dir, "-o", filepath.Join(locked, "deep", "out"), "--quiet"), filepath.Dir(dir))
	text, err := c.CombinedOutput()
	if code := c.ProcessState.ExitCode(); code != exitUnforeseen || !strings.Contains(string(text), locked) || !strings.Contains(string(text), "permission denied") {
		t.Errorf("%v\n%s", err, text)
	}
	if left, err := os.ReadDir(locked); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func mountSmallDisk(dir string) error {
	if runtime.GOOS != "linux" {
		return errors.ErrUnsupported
	}
	return exec.Command("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", dir).Run()
}

// resize gives the disk room for a number of pages of 4 KB.
func resize(dir string, pages int) error {
	return exec.Command("mount", "-o", fmt.Sprintf("remount,size=%dk", 4*pages), dir).Run()
}

func unmount(dir string) { exec.Command("umount", dir).Run() }
