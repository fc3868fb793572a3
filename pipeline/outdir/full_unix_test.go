//go:build unix

package outdir

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// limitEnv makes the test binary a run that may write no file over 5000 bytes.
const limitEnv = "OUTDIR_TEST_LIMIT"

func publishLimited(path string) {
	signal.Ignore(syscall.SIGXFSZ)
	limit := syscall.Rlimit{Cur: 5000, Max: 5000}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		fmt.Println("no limit:", err)
		os.Exit(1)
	}
	fmt.Println(publish(path, "salt", "2", false))
	os.Exit(0)
}

func TestFileTooLarge(t *testing.T) {
	exe, err := os.Executable()
	must(t, err)
	parent := t.TempDir()
	path := filepath.Join(parent, "r")
	mustPublish(t, path, "salt", "1")
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), limitEnv+"="+path)
	out, err := cmd.CombinedOutput()
	must(t, err)
	if got := string(out); !strings.Contains(got, "file too large") {
		t.Errorf("got %q", got)
	}
	wantMark(t, path, "1")
	wantEntries(t, parent, "r")
}

func TestUnwritable(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	parent := t.TempDir()
	must(t, os.Chmod(parent, 0o555))
	defer os.Chmod(parent, 0o777)
	for _, path := range []string{"r", "deep/r"} {
		if err := publish(filepath.Join(parent, path), "salt", "1", false); !errors.Is(err, os.ErrPermission) {
			t.Errorf("%s: got %v", path, err)
		}
	}
}
