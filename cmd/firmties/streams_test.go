package main

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"firmties/pipeline"
)

// TestStreams: stdout is data and stderr is talk, in a run and in a check.
func TestStreams(t *testing.T) {
	doubtful := goodStudy().edit("ties.csv", "B,C,1", "B,Q,1").write(t)
	out := filepath.Join(filepath.Dir(doubtful), "out")
	code, stdout, stderr := program(t, "run", doubtful, "-o", out)
	summary, err := os.ReadFile(filepath.Join(out, pipeline.SummaryFile))
	if err != nil {
		t.Fatal(err)
	}
	if code != exitOK || stdout != string(summary)+"\nResults: "+out+"\n" {
		t.Errorf("run: exit %d, stdout is not the summary:\n%s", code, stdout)
	}
	const (
		once = `ties.csv:3:3: warning: advice: "Q" is not a firm of cluster x (and 1 more like it in ties.csv) [name-unresolved]`
		each = `ties.csv:3:3: warning: joint_task: "Q" is not a firm of cluster x [name-unresolved]`
	)
	if !strings.Contains(stderr, once) || strings.Contains(stderr, each) {
		t.Errorf("run: stderr:\n%s", stderr)
	}
	for _, c := range []struct {
		what   string
		args   []string
		code   int
		stdout string // what is said there; nothing if empty
		stderr string
	}{
		{"the summary again", []string{"show", out}, exitOK, string(summary), ""},
		{"a quiet run", []string{"run", doubtful, "-o", out, "--quiet"}, exitOK, "", ""},
		{"a check", []string{"check", doubtful}, exitOK, each, ""},
		{"a quiet run of a wrong study", []string{"run", goodStudy().edit("firms.csv", "B,x", "A,x").write(t), "-o", out, "--quiet"}, exitData, "", "[id-repeated]"},
		{"a check of a wrong study", []string{"check", goodStudy().edit("firms.csv", "B,x", "A,x").write(t)}, exitData, "[id-repeated]", ""},
	} {
		code, stdout, stderr := program(t, c.args...)
		if code != c.code || !says(stdout, c.stdout) || !says(stderr, c.stderr) {
			t.Errorf("%s: exit %d\nstdout:\n%s\nstderr:\n%s", c.what, code, stdout, stderr)
		}
	}
}

// says reports whether a stream holds a text, and is empty where that is.
func says(stream, text string) bool {
	return strings.Contains(stream, text) && (text != "" || stream == "")
}

// TestManifest: run.json says what was run, on what, and what became of it.
func TestManifest(t *testing.T) {
	study := goodStudy().edit("ties.csv", "B,C,1", "B,Q,1").edit("ties.csv", "D,E,0", "D,D,0")
	dir := study.write(t)
	out := results(t, dir, "--format", "csv,arrow", "--seed", "42", "--workers", "3")
	m := readManifest(t, out)
	if m.Program != "firmties" || m.Version != version || m.Study != "salt" || m.Seed != 42 || m.Simulated || m.Host.Workers != 3 {
		t.Errorf("%+v", m)
	}
	if m.Configuration != (pipeline.Configuration{File: configName, Text: study[configName]}) {
		t.Errorf("configuration %+v", m.Configuration)
	}
	if !slices.Equal(m.Formats, []string{"csv", "arrow"}) {
		t.Errorf("formats %q", m.Formats)
	}
	var read []string
	for _, in := range m.Inputs {
		read = append(read, in.File)
		sum := sha256.Sum256([]byte(study[in.File]))
		if in.SHA256 != hex.EncodeToString(sum[:]) || in.Size != int64(len(study[in.File])) {
			t.Errorf("input %+v", in)
		}
	}
	if slices.Sort(read); !slices.Equal(read, []string{"firms.csv", "outcomes.csv", "practices.csv", "ties.csv"}) {
		t.Errorf("inputs %q", read)
	}
	if len(m.Tables) != 26 {
		t.Errorf("%d tables", len(m.Tables))
	}
	for _, w := range m.Tables {
		if rows := len(readCSV(t, out, w.Table)); rows != w.Rows {
			t.Errorf("%s has %d rows, run.json says %d", w.Table, rows, w.Rows)
		}
	}
	for _, a := range m.Accounts {
		if a.Kind == "relation" && (a.Rows != 3 || a.Fates["kept"] != 1 || a.Fates["outside"] != 1 || a.Fates["self"] != 1 || a.Ties != 1) {
			t.Errorf("account %+v", a)
		}
	}
	for code, n := range map[string]int{"name-unresolved": 2, "self-report": 2} {
		if m.Findings[code] != n {
			t.Errorf("%d findings %s", m.Findings[code], code)
		}
	}
}
