package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const notebooks = "../../notebooks"

// TestNotebooks executes the notebooks on the results of the shipped study,
// and the Python one on a study of another shape.
func TestNotebooks(t *testing.T) {
	slow(t)
	python := python(t)
	simulated := results(t, append([]string{"twelve-clusters"}, allFormats...)...)
	t.Run("python", func(t *testing.T) {
		said := executeNotebook(t, python, "compare_clusters.ipynb", simulated, "3")
		if !strings.Contains(said, "SIMULATED DATA") {
			t.Errorf("does not say that the data are simulated:\n%s", said)
		}
	})
	t.Run("r", func(t *testing.T) {
		needRKernel(t)
		said := executeNotebook(t, python, "compare_clusters_r.ipynb", simulated, "3")
		if !strings.Contains(said, "SIMULATED DATA") {
			t.Errorf("does not say that the data are simulated:\n%s", said)
		}
	})
	// One cluster, no intervals; and a study of which no model can be fitted.
	for _, study := range []string{"florentine", "medInnovations"} {
		t.Run(study, func(t *testing.T) {
			out := results(t, append([]string{shared(t, "data", study)}, allFormats...)...)
			executeNotebook(t, python, "compare_clusters.ipynb", out, "2")
			needRKernel(t)
			executeNotebook(t, python, "compare_clusters_r.ipynb", out, "2")
		})
	}
}

func executeNotebook(t *testing.T, python, name, results, figures string) string {
	t.Helper()
	said := script(t, pythonEnv, python, filepath.Join("testdata", "execute_notebook.py"), filepath.Join(notebooks, name), results, figures)
	t.Log("\n" + said)
	return said
}

// needRKernel ends a test where R or its kernel for notebooks is missing.
func needRKernel(t *testing.T) {
	t.Helper()
	r := rscript(t)
	if out, err := exec.Command(r, "-e", "library(IRkernel); library(jsonlite)").CombinedOutput(); err != nil {
		missing(t, "R lacks IRkernel or jsonlite: "+strings.TrimSpace(string(out)), "r-cran-irkernel r-cran-jsonlite")
	}
}
