package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"
)

// requirements pins what the notebooks and the readers' test run on.
const requirements = "../../notebooks/requirements.txt"

// slow skips a test that runs another language under -short: those need Go
// alone.
func slow(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("runs Python or R; not with -short")
	}
}

// missing ends a test for want of a program: on a newcomer's machine it is
// skipped and says what to install, under CI it fails.
func missing(t *testing.T, reason, install string) {
	t.Helper()
	message := fmt.Sprintf("%s; install it, on Debian: apt-get install %s", reason, install)
	if os.Getenv("CI") == "true" {
		t.Fatal(message)
	}
	t.Skip(message)
}

// python is the interpreter of the tests' own virtual environment, which lies
// in the user's cache folder and is made once for each set of requirements
// and each Python.
func python(t *testing.T) string {
	t.Helper()
	system := systemPython(t)
	dir, err := venvFolder(system)
	if err != nil {
		t.Fatalf("find the tests' virtual environment: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Minute)
	defer cancel()
	if err := makeVenv(ctx, system, dir); err != nil {
		t.Fatalf("make the tests' virtual environment %s: %v", dir, err)
	}
	return interpreter(dir)
}

// systemPython is the Python that makes the environment: one that the pinned
// packages support and that can make environments at all.
func systemPython(t *testing.T) string {
	t.Helper()
	const packages = "python3 python3-venv"
	path, err := exec.LookPath("python3")
	if err != nil {
		missing(t, "there is no python3", packages)
	}
	const supported = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"
	if out, err := exec.Command(path, "-c", supported).CombinedOutput(); err != nil {
		missing(t, strings.TrimSpace("python3 is older than 3.11 or makes no virtual environments "+string(out)), packages)
	}
	return path
}

// venvFolder names the environment by what it is made of, so that another
// version of either makes another one.
func venvFolder(system string) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	pinned, err := os.ReadFile(requirements)
	if err != nil {
		return "", err
	}
	version, err := exec.Command(system, "-c", "import sys; print(sys.version, sys.base_prefix)").Output()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(append(pinned, version...))
	return filepath.Join(cache, "firmties", fmt.Sprintf("venv-%x", sum[:6])), nil
}

// makeVenv makes the environment unless a whole one is there. It is built in
// its place, since environments cannot be moved: a marker written last tells
// a whole one from what a killed run left, and a lock keeps runs apart.
func makeVenv(ctx context.Context, system, dir string) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o777); err != nil {
		return err
	}
	lock := flock.New(filepath.Join(filepath.Dir(dir), "venv.lock"))
	if _, err := lock.TryLockContext(ctx, 100*time.Millisecond); err != nil {
		return fmt.Errorf("wait for another run that makes it: %w", err)
	}
	defer lock.Unlock()
	marker := filepath.Join(dir, "complete")
	if _, err := os.Stat(marker); err == nil {
		return nil
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := command(ctx, system, "-m", "venv", dir); err != nil {
		return err
	}
	if err := command(ctx, interpreter(dir), "-m", "pip", "install", "--quiet", "--no-input",
		"--disable-pip-version-check", "--requirement", requirements); err != nil {
		return err
	}
	return os.WriteFile(marker, nil, 0o666)
}

// command runs a program; its error holds what the program printed.
func command(ctx context.Context, name string, args ...string) error {
	if out, err := exec.CommandContext(ctx, name, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", filepath.Base(name), strings.Join(args, " "), err, out)
	}
	return nil
}

func interpreter(venv string) string {
	if runtime.GOOS == "windows" {
		return filepath.Join(venv, "Scripts", "python.exe")
	}
	return filepath.Join(venv, "bin", "python")
}

// rscript is R, for scripts.
func rscript(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("Rscript")
	if err != nil {
		missing(t, "there is no Rscript", "r-base-core")
	}
	return path
}

// script runs a program on its arguments, is what it printed, and fails the
// test if the program did.
func script(t *testing.T, env []string, name string, args ...string) string {
	t.Helper()
	out, err := output(t, env, name, args...)
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

// output runs a program, which may take as long as the test may.
func output(t *testing.T, env []string, name string, args ...string) (string, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}
