package main

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// allFormats are the flags that make results which every reader opens.
var allFormats = []string{"--quiet", "--format", "arrow,parquet,csv"}

// Python must not leave compiled scripts in the repository.
var pythonEnv = []string{"PYTHONDONTWRITEBYTECODE=1", "PYTHONUTF8=1"}

// TestTablesInPython has pyarrow, pandas, polars and DuckDB read every table,
// and then spoils copies of them to see that the check can fail.
func TestTablesInPython(t *testing.T) {
	slow(t)
	python := python(t)
	out := results(t, append([]string{"twelve-clusters"}, allFormats...)...)
	for _, name := range []string{"read_tables.py", "spoil_tables.py"} {
		t.Run(name, func(t *testing.T) {
			t.Log("\n" + script(t, pythonEnv, python, filepath.Join("testdata", name), out))
		})
	}
}

// TestTablesInR has R read every table, and compares what it then holds with
// the CSV twins.
func TestTablesInR(t *testing.T) {
	slow(t)
	rscript := rscript(t)
	out := results(t, append([]string{"twelve-clusters"}, allFormats...)...)
	held := t.TempDir()
	t.Log("\n" + script(t, nil, rscript, filepath.Join("testdata", "read_tables.R"), out, held))
	twins, err := filepath.Glob(filepath.Join(out, "tables", "*.csv"))
	if err != nil || len(twins) == 0 {
		t.Fatalf("no tables in %s: %v", out, err)
	}
	for _, twin := range twins {
		name := filepath.Base(twin)
		if err := sameCells(readCells(t, filepath.Join(held, name)), readCells(t, twin)); err != nil {
			t.Errorf("%s in R: %v", name, err)
		}
	}
}

func readCells(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return rows
}

func sameCells(got, want [][]string) error {
	if len(got) != len(want) {
		return fmt.Errorf("%d rows, want %d", len(got)-1, len(want)-1)
	}
	for r := range want {
		for c := range want[r] {
			if c >= len(got[r]) || !sameCell(got[r][c], want[r][c]) {
				return fmt.Errorf("row %d, column %s: got %q, want %q", r, want[0][c], got[r], want[r][c])
			}
		}
	}
	return nil
}

// sameCell compares numbers as R reads them: its own reading of decimals may
// miss the nearest double by one unit in the last place.
func sameCell(got, want string) bool {
	if got == want {
		return true
	}
	g, err := strconv.ParseFloat(got, 64)
	w, errWant := strconv.ParseFloat(want, 64)
	if err != nil || errWant != nil {
		return false
	}
	return g >= math.Nextafter(w, math.Inf(-1)) && g <= math.Nextafter(w, math.Inf(1))
}

func TestSameCellsCanFail(t *testing.T) {
	want := [][]string{{"firm", "degree"}, {"a", "0.1"}, {"b", ""}}
	for _, c := range []struct {
		name string
		got  [][]string
		same bool
	}{
		{"the same", [][]string{{"firm", "degree"}, {"a", "0.10000000000000001"}, {"b", ""}}, true},
		{"another number", [][]string{{"firm", "degree"}, {"a", "0.1000000000000001"}, {"b", ""}}, false},
		{"a null that is 0", [][]string{{"firm", "degree"}, {"a", "0.1"}, {"b", "0"}}, false},
		{"another name", [][]string{{"firm", "degree"}, {"A", "0.1"}, {"b", ""}}, false},
		{"a row less", [][]string{{"firm", "degree"}, {"a", "0.1"}}, false},
		{"a column less", [][]string{{"firm"}, {"a"}, {"b"}}, false},
	} {
		if err := sameCells(c.got, want); (err == nil) != c.same {
			t.Errorf("%s: got %v", c.name, err)
		}
	}
}
