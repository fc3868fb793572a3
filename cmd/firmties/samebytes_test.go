package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"firmties/datasets"
	"firmties/pipeline"
)

// TestSameBytes: the same study gives the same bytes on one worker and on
// eight, twice in a row, and with the rows of every sheet shuffled.
func TestSameBytes(t *testing.T) {
	if testing.Short() {
		t.Skip("runs two studies four times in three formats")
	}
	shipped := filepath.Join(t.TempDir(), "twelve-clusters")
	folder, err := datasets.Open("twelve-clusters")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(shipped, folder); err != nil {
		t.Fatal(err)
	}
	t.Run("twelve-clusters", func(t *testing.T) { sameBytes(t, shipped) })
	t.Run("brfarmers", func(t *testing.T) { sameBytes(t, shared(t, "data", "brfarmers")) })
}

func sameBytes(t *testing.T, study string) {
	on := func(cores int, study string, args ...string) string {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
		return results(t, append([]string{study, "--format", "arrow,parquet,csv"}, args...)...)
	}
	one := on(1, study, "--workers", "1")
	compareResults(t, "eight workers", one, on(8, study, "--workers", "8"), nil)
	compareResults(t, "a second run", one, on(1, study, "--workers", "1"), nil)

	shuffled := filepath.Join(t.TempDir(), filepath.Base(study))
	shuffleRows(t, study, shuffled)
	moved := on(8, shuffled, "--workers", "8")
	compareResults(t, "shuffled rows", one, moved, []string{"findings", "tie_reports"})
	compareReports(t, readCSV(t, one, "tie_reports"), readCSV(t, moved, "tie_reports"))
}

// compareReports compares the tie reports but for their places, which have
// moved.
func compareReports(t *testing.T, a, b []map[string]string) {
	t.Helper()
	if len(a) == 0 || len(a) != len(b) {
		t.Fatalf("%d tie reports, and %d of shuffled rows", len(a), len(b))
	}
	moved := 0
	for i := range a {
		if a[i]["line"] != b[i]["line"] {
			moved++
		}
		for _, place := range []string{"file", "sheet", "line", "column"} {
			delete(a[i], place)
			delete(b[i], place)
		}
		if !maps.Equal(a[i], b[i]) {
			t.Fatalf("shuffled rows: tie report %d is %v, was %v", i, b[i], a[i])
		}
	}
	if moved == 0 {
		t.Error("no row has moved")
	}
}

// compareResults compares the summaries and every table byte for byte, but
// for tables that tell places, and run.json but for what may differ.
func compareResults(t *testing.T, what, a, b string, places []string) {
	t.Helper()
	tables, err := filepath.Glob(filepath.Join(a, "tables", "*"))
	if err != nil || len(tables) != 3*26 {
		t.Fatalf("%d table files, %v", len(tables), err)
	}
	for _, path := range append(tables, filepath.Join(a, "summary.txt")) {
		name, err := filepath.Rel(a, path)
		if err != nil {
			t.Fatal(err)
		}
		table, _, _ := strings.Cut(filepath.Base(name), ".")
		if slices.Contains(places, table) {
			continue
		}
		x, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		y, err := os.ReadFile(filepath.Join(b, name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(x, y) {
			t.Errorf("%s: %s differs", what, name)
		}
	}
	x, y := manifest(t, a), manifest(t, b)
	if len(places) > 0 { // the rows of the inputs lie in another order
		for i := range x.Inputs {
			x.Inputs[i].SHA256 = y.Inputs[i].SHA256
		}
	}
	if !reflect.DeepEqual(x, y) {
		t.Errorf("%s: run.json differs:\n%+v\n%+v", what, x, y)
	}
}

// manifest is the run.json of a results folder without what may differ
// between runs.
func manifest(t *testing.T, results string) pipeline.Manifest {
	t.Helper()
	m := readManifest(t, results)
	if len(m.Timings) == 0 || m.Host.Workers == 0 || len(m.Inputs) == 0 {
		t.Errorf("run.json lacks timings, host or inputs: %+v", m)
	}
	m.Timings, m.Host = nil, pipeline.Host{}
	return m
}

func readManifest(t *testing.T, results string) (m pipeline.Manifest) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(results, pipeline.ManifestFile))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// shuffleRows copies a study with the rows of every sheet in another order.
func shuffleRows(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Mkdir(to, 0o777); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 3))
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		text, err := os.ReadFile(filepath.Join(from, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(e.Name(), ".csv") {
			lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
			rows := lines[1:]
			r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
			text = []byte(strings.Join(lines, "\n") + "\n")
		}
		if err := os.WriteFile(filepath.Join(to, e.Name()), text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}
