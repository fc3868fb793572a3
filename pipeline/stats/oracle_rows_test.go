package stats

import (
	"encoding/csv"
	"math"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// A closed form agrees with the reference to 1e-9 and an iterated estimate to
// 1e-6, both relative, with 1e-11 absolute for what is 0.
const (
	closedForm = 1e-9
	iterated   = 1e-6
)

// reproduced holds what this package computes for rows of a reference file.
type reproduced map[string]struct{ value, tolerance float64 }

func (r reproduced) put(model, term, stat string, value, tolerance float64) {
	r[model+","+term+","+stat] = struct{ value, tolerance float64 }{value, tolerance}
}

// A gap is rows of a reference file that are not compared, and why. Model,
// term and stat are patterns of path.Match.
type gap struct{ model, term, stat, why string }

// Every row of the reference files is reproduced, or in a gap.
func TestEveryReferenceRowIsReproducedOrExplained(t *testing.T) {
	for _, file := range []struct {
		name    string
		compute []func(testing.TB, reproduced)
		gaps    []gap
	}{
		{"models_firm.csv", firmRows, firmGaps},
		{"models_med.csv", medRows, medGaps},
		{"models_resampling.csv", resamplingRows, resamplingGaps},
		{"models_stepdown.csv", []func(testing.TB, reproduced){romanoWolfRows, clusterMaxTRows}, stepDownGaps},
		{"models_cluster_randomization.csv", []func(testing.TB, reproduced){signFlipRows}, randomizationGaps},
		{"models_dyad.csv", pairTestRows, pairGaps},
		{"models_cluster.csv", clusterRows, clusterGaps},
		{"models_netauto.csv", netautoRows, netautoGaps},
	} {
		t.Run(file.name, func(t *testing.T) {
			oraclePath(t, file.name)
			got := make(reproduced)
			for _, compute := range file.compute {
				compute(t, got)
			}
			compareRows(t, file.name, got, file.gaps)
		})
	}
}

func compareRows(t *testing.T, name string, got reproduced, gaps []gap) {
	used := make([]bool, len(gaps))
	seen := make(map[string]bool) // a file may list a row twice
	compared, explained := 0, 0
	converged := readConverged(t)
	_, rows := readCSV(t, name)
	for _, row := range rows {
		key := strings.Join(row[:3], ",")
		value, computed := got[key]
		i := findGap(gaps, row)
		switch {
		case computed && i >= 0:
			t.Errorf("%s is reproduced, and yet in gap %q", key, gaps[i].why)
		case computed:
			compared++
			want := number(t, row[3])
			if better, stopped := converged[key]; stopped {
				if math.Abs(better-want) > 1e-2*math.Abs(want) {
					t.Errorf("%s is %g in testdata/converged.csv, and %g in %s", key, better, want, name)
				}
				want = better
			}
			if !(math.Abs(value.value-want) <= value.tolerance*math.Abs(want)+1e-11) {
				t.Errorf("%s = %.17g, want %.17g (%.1e)", key, value.value, want, math.Abs(value.value/want-1))
			}
			seen[key] = true
		case i >= 0:
			used[i] = true
			explained++
		default:
			t.Errorf("%s is neither reproduced nor explained", key)
		}
	}
	for key := range got {
		if seen[key] {
			continue
		}
		t.Errorf("%s is computed, but %s has no such row", key, name)
	}
	for i, u := range used {
		if !u {
			t.Errorf("gap %v explains no row", gaps[i])
		}
	}
	t.Logf("%s: %d rows reproduced, %d explained", name, compared, explained)
}

// readConverged returns values of the same software for rows that it left
// before it was at the maximum: see testdata/converged.R.
func readConverged(t testing.TB) map[string]float64 {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", "converged.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	values := make(map[string]float64)
	for _, row := range records[1:] {
		values[strings.Join(row[:3], ",")] = number(t, row[3])
	}
	return values
}

func findGap(gaps []gap, row []string) int {
	for i, g := range gaps {
		if matches(g.model, row[0]) && matches(g.term, row[1]) && matches(g.stat, row[2]) {
			return i
		}
	}
	return -1
}

func matches(pattern, name string) bool {
	ok, err := path.Match(pattern, strings.ReplaceAll(name, "/", "|"))
	return err == nil && ok
}
