package main

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"firmties/datasets"
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
	one := results(t, study, "--format", "arrow,parquet,csv", "--workers", "1")
	compareResults(t, "eight workers", one, results(t, study, "--format", "arrow,parquet,csv", "--workers", "8"), nil)
	compareResults(t, "a second run", one, results(t, study, "--format", "arrow,parquet,csv", "--workers", "1"), nil)

	shuffled := filepath.Join(t.TempDir(), filepath.Base(study))
	shuffleRows(t, study, shuffled)
	moved := results(t, shuffled, "--format", "arrow,parquet,csv", "--workers", "8")
	compareResults(t, "shuffled rows", one, moved, []string{"findings", "tie_reports"})
	a, b := readCSV(t, one, "tie_reports"), readCSV(t, moved, "tie_reports")
	for i := range a {
		for column, value := range a[i] {
			if column != "file" && column != "sheet" && column != "line" && column != "column" && b[i][column] != value {
				t.Fatalf("shuffled rows: tie_reports row %d: %s is %q, was %q", i, column, b[i][column], value)
			}
		}
	}
}

// compareResults compares the summaries and every table byte for byte, but
// for tables that tell places.
func compareResults(t *testing.T, what, a, b string, places []string) {
	t.Helper()
	tables, err := filepath.Glob(filepath.Join(a, "tables", "*"))
	if err != nil || len(tables) != 3*16 {
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
