package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// shared returns a path of the material that lies beside the repository, and
// skips the test where there is none.
func shared(t *testing.T, elements ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{"..", "..", "..", "shared"}, elements...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no reference material beside the repository: %v", err)
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return abs
}

// results runs a study and returns its results folder.
func results(t *testing.T, args ...string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "results")
	var stdout, stderr strings.Builder
	args = append([]string{"run", "-o", out}, args...)
	if code := run(args, &stdout, &stderr); code != exitOK {
		t.Fatalf("firmties %s: exit %d\n%s", strings.Join(args, " "), code, stderr.String())
	}
	return out
}

// TestMetricsAgreeWithTheOracle holds every metric of two real studies against
// the values of igraph, sna and NetworkX.
func TestMetricsAgreeWithTheOracle(t *testing.T) {
	slow(t)
	python := systemPython(t)
	for _, c := range []struct{ study, tag string }{{"brfarmers", "brfarmers"}, {"medInnovations", "med"}} {
		t.Run(c.study, func(t *testing.T) {
			out := results(t, shared(t, "data", c.study), "--format", "csv")
			text, err := exec.Command(python, shared(t, "oracle", "compare.py"), out, c.tag, "1").CombinedOutput()
			if err != nil {
				t.Errorf("%v\n%s", err, text)
			}
			t.Logf("%s", text)
		})
	}
}
