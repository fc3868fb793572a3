package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"firmties": main})
}

// TestScripts runs the real program on real files; see testdata/script.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			return nil
		},
		UpdateScripts: os.Getenv("UPDATE") != "",
	})
}

// TestExamples runs every example of every command's help, in a fresh folder
// in which the examples before it have left their results.
func TestExamples(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("mystudy", 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join("mystudy", "firms.csv"), []byte("firm,cluster\nA,x\nB,x\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	every(newRootCmd(), func(c *cobra.Command) {
		if c.Example == "" && c.Name() != "help" && !isCompletion(c) {
			t.Errorf("%s has no example", c.CommandPath())
		}
		for line := range strings.Lines(c.Example) {
			runExample(t, strings.TrimSpace(line))
		}
	})
}

func isCompletion(c *cobra.Command) bool {
	return strings.Contains(c.CommandPath(), " completion")
}

func runExample(t *testing.T, line string) {
	t.Helper()
	args := strings.Fields(line)
	if len(args) == 0 || args[0] != "firmties" {
		t.Errorf("the example %q does not call firmties", line)
		return
	}
	if strings.HasPrefix(line, "firmties studies export") { // into a folder that is new
		os.RemoveAll("mystudy")
	}
	var stdout, stderr strings.Builder
	if code := run(args[1:], &stdout, &stderr); code != exitOK {
		t.Errorf("%s: exit %d\n%s", line, code, stderr.String())
	}
	if stdout.Len() == 0 {
		t.Errorf("%s prints nothing", line)
	}
}

func every(c *cobra.Command, f func(*cobra.Command)) {
	f(c)
	for _, sub := range c.Commands() {
		every(sub, f)
	}
}
