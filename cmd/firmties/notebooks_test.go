package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// notebooksFolder is where the notebooks lie, and are opened by most.
const notebooksFolder = "../../notebooks"

// notebooks are executed by the tests in both languages.
var notebooks = []string{"compare_clusters.ipynb", "compare_clusters_r.ipynb"}

// TestNotebooks executes the notebooks on the shipped study, on one with a
// meta-analysis (its numbers are those of metafor in the oracle), on one of a
// single cluster, and on one of few clusters and refused fits.
func TestNotebooks(t *testing.T) {
	slow(t)
	python := python(t)
	for _, c := range []struct {
		study, figures string
		says           []string
		real           bool
	}{
		{"twelve-clusters", "9", []string{"SIMULATED DATA", "pooled: ", "; prediction interval [", "moved most without "}, false},
		{"brfarmers/models.yaml", "8", []string{"pooled: 0.374 [0.279, 0.469]; prediction interval [0.215, 0.532]", "moved most without V71: from 0.374 to 0.349", "The study asks for no specification curve."}, true},
		{"florentine", "3", []string{"too_few_clusters: ", "No fit has estimates of two clusters", "No fit was done again", "No specification of default_curve/wealth was possible: too_few_clusters."}, true},
		{"medInnovations", "7", []string{"all clusters in one fit: "}, true},
	} {
		t.Run(c.study, func(t *testing.T) {
			study := c.study
			if c.real {
				study = shared(t, "data", c.study)
			}
			out := results(t, append([]string{study}, allFormats...)...)
			notebooksSay(t, python, out, c.figures, append(c.says, curveSays(t, out)...))
		})
	}
}

// TestNotebooksCurve executes the notebooks on a study whose declared way of
// asking is the model that clubSandwich fits in the oracle, and two of whose
// clusters have intervals too wide to draw.
func TestNotebooksCurve(t *testing.T) {
	slow(t)
	python := python(t)
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(shared(t, "data", "brfarmers"))); err != nil {
		t.Fatal(err)
	}
	study := filepath.Join(folder, "models.yaml")
	text, err := os.ReadFile(study)
	if err != nil {
		t.Fatal(err)
	}
	before, _, found := strings.Cut(string(text), "\nmodels:\n")
	if !found {
		t.Fatalf("%s has no models", study)
	}
	before += `
models:
  - {name: clogit, level: firm, model: clogit, outcome: practice_a, layers: [union], metrics: [degree_in], controls: [age, school, coop, income]}
  - {name: ways, level: firm, model: specification_curve, outcome: innov, layers: [union], metrics: [degree_in], controls: [age, school, coop, income], scaling: raw}
`
	if err := os.WriteFile(study, []byte(before), 0o666); err != nil {
		t.Fatal(err)
	}
	out := results(t, append([]string{study}, allFormats...)...)
	notebooksSay(t, python, out, "9", append(curveSays(t, out),
		"declared: 0.141 [0.0343, 0.247]", "intervals that go on beyond the axis: V24, V30"))
}

// notebooksSay executes the notebooks on results and looks for what they are
// to print.
func notebooksSay(t *testing.T, python, out, figures string, all []string) {
	t.Helper()
	for _, name := range notebooks {
		t.Run(name, func(t *testing.T) {
			said, err := executeNotebook(t, python, name, notebooksFolder, out, figures)
			if err != nil {
				t.Errorf("%v\n%s", err, said)
			}
			for _, says := range all {
				if !strings.Contains(said, says) {
					t.Errorf("does not say %q:\n%s", says, said)
				}
			}
		})
	}
}

// curveSays is what the notebooks are to print of the one specification curve
// of results, in the numbers of the tables; nothing where no curve was fitted.
func curveSays(t *testing.T, out string) []string {
	t.Helper()
	number := func(cell string) float64 {
		x, err := strconv.ParseFloat(cell, 64)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	terms := map[string]map[string]string{}
	for _, row := range readCSV(t, out, "associations") {
		if row["model"] == "specification_curve" {
			terms[row["term"]] = row
		}
	}
	p := func(term string) string {
		if x := number(terms[term]["p_value"]); x >= 0.001 {
			return strings.TrimPrefix(fmt.Sprintf("%.3f", x), "0")
		}
		return "<.001"
	}
	var says []string
	for _, row := range readCSV(t, out, "fits") {
		if row["model"] == "specification_curve" && row["gate"] == "" {
			says = append(says,
				fmt.Sprintf("%s: median %.3g of %s specifications, from %.3g to %.3g", row["fit"], number(terms["median"]["estimate"]), row["specifications"], number(row["curve_low"]), number(row["curve_high"])),
				fmt.Sprintf("all together: p of the median %s, of the share significant (%.3g %%) %s, of Stouffer's z %s", p("median"), 100*number(terms["share_significant"]["estimate"]), p("share_significant"), p("stouffer")))
		}
	}
	return says
}

// TestNotebooksFindResults opens the notebooks the two usual ways, from the
// repository and from their own folder, with the results where run puts them.
func TestNotebooksFindResults(t *testing.T) {
	slow(t)
	python := python(t)
	repository := t.TempDir()
	if err := os.CopyFS(filepath.Join(repository, "results", "twelve-clusters"), os.DirFS(results(t, append([]string{"twelve-clusters"}, allFormats...)...))); err != nil {
		t.Fatal(err)
	}
	own := filepath.Join(repository, "notebooks")
	if err := os.Mkdir(own, 0o777); err != nil {
		t.Fatal(err)
	}
	for _, name := range notebooks {
		for _, c := range []struct{ where, folder string }{{"the repository", repository}, {"its folder", own}} {
			t.Run(name+" in "+c.where, func(t *testing.T) {
				if said, err := executeNotebook(t, python, name, c.folder, "", "3"); err != nil {
					t.Errorf("%v\n%s", err, said)
				}
			})
		}
	}
}

// TestNotebooksRefuse gives the notebooks what they must not read.
func TestNotebooksRefuse(t *testing.T) {
	slow(t)
	python := python(t)
	later := results(t, append([]string{"twelve-clusters"}, allFormats...)...)
	raiseVersion(t, filepath.Join(later, "run.json"))
	for _, name := range notebooks {
		for _, c := range []struct{ what, results, says string }{
			{"tables of another version", later, "this notebook reads tables of version 1; these are of version 2"},
			{"no results", t.TempDir(), ": no results here; first: go run ./cmd/firmties run twelve-clusters"},
		} {
			t.Run(name+" "+c.what, func(t *testing.T) {
				said, err := executeNotebook(t, python, name, notebooksFolder, c.results, "0")
				if err == nil || !strings.Contains(said, c.says) {
					t.Errorf("got %v, want %q in\n%s", err, c.says, said)
				}
			})
		}
	}
}

func raiseVersion(t *testing.T, manifest string) {
	t.Helper()
	text, err := os.ReadFile(manifest)
	if err != nil {
		t.Fatal(err)
	}
	version := regexp.MustCompile(`"schema_version": *"1"`)
	if !version.Match(text) {
		t.Fatalf("%s has no schema_version 1", manifest)
	}
	if err := os.WriteFile(manifest, version.ReplaceAll(text, []byte(`"schema_version": "2"`)), 0o666); err != nil {
		t.Fatal(err)
	}
}

// executeNotebook executes a notebook in a folder, on the results named or
// else on those that it finds, and is what its cells print.
func executeNotebook(t *testing.T, python, name, folder, results, figures string) (string, error) {
	t.Helper()
	if strings.HasSuffix(name, "_r.ipynb") {
		needRKernel(t)
	}
	env := append([]string{"FIRMTIES_RESULTS=" + results}, pythonEnv...)
	return output(t, env, python, filepath.Join("testdata", "execute_notebook.py"), filepath.Join(notebooksFolder, name), folder, figures)
}

// needRKernel ends a test where R or its kernel for notebooks is missing.
func needRKernel(t *testing.T) {
	t.Helper()
	r := rscript(t)
	if out, err := exec.Command(r, "-e", "library(IRkernel); library(jsonlite)").CombinedOutput(); err != nil {
		missing(t, "R lacks IRkernel or jsonlite: "+strings.TrimSpace(string(out)), "r-cran-irkernel r-cran-jsonlite")
	}
}
