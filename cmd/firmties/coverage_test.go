package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"firmties/datasets"
	"firmties/datasets/simulate"
	"firmties/pipeline"
	"firmties/pipeline/intake"
	"firmties/pipeline/study"
)

// coverage is how an interval does over many simulated studies.
type coverage struct {
	slope   float64 // mean estimate
	covered int     // intervals that hold the true coefficient
	below   int     // intervals wholly below it
	studies int
}

func (c coverage) String() string {
	return fmt.Sprintf("mean slope %.2f, %d of %d intervals hold the true 2 (%d lie wholly below it)", c.slope, c.covered, c.studies, c.below)
}

// TestIntervalsOfSimulatedStudies runs 200 studies with known truth through
// the pipeline, with informants who err and with informants who do not, and
// holds what the shipped study's card says of them.
func TestIntervalsOfSimulatedStudies(t *testing.T) {
	if testing.Short() {
		t.Skip("simulates 400 studies")
	}
	design := simulate.DefaultDesign()
	clean := measureCoverage(t, design.ErrorFree())
	t.Logf("informants without error: %v", clean)
	if clean.covered < 181 { // 95 % less three standard errors
		t.Errorf("95 %% intervals hold the truth in %d of %d studies", clean.covered, clean.studies)
	}
	erring := measureCoverage(t, design)
	t.Logf("informants who err: %v", erring)
	card, err := datasets.Card("twelve-clusters")
	if err != nil {
		t.Fatal(err)
	}
	for arm, c := range map[string]coverage{"without error": clean, "who err": erring} {
		if !strings.Contains(card, c.String()) {
			t.Errorf("the card does not say of informants %s: %v", arm, c)
		}
	}
}

func measureCoverage(t *testing.T, d simulate.Design) coverage {
	t.Helper()
	const studies = 200
	type interval struct{ estimate, low, high, truth float64 }
	intervals := make([]interval, studies)
	errs := make([]error, studies)
	next := make(chan int)
	var workers sync.WaitGroup
	for range 2 {
		workers.Go(func() {
			for i := range next {
				x := &intervals[i]
				x.estimate, x.low, x.high, x.truth, errs[i] = mainModel(d, uint64(i))
			}
		})
	}
	for i := range studies {
		next <- i
	}
	close(next)
	workers.Wait()
	out := coverage{studies: studies}
	for i, x := range intervals {
		if errs[i] != nil {
			t.Fatalf("study of seed %d: %v", i, errs[i])
		}
		out.slope += x.estimate / studies
		switch {
		case x.high < x.truth:
			out.below++
		case x.low <= x.truth:
			out.covered++
		}
	}
	return out
}

// quickStudy is a folder with the shipped study that asks for its model `main`
// alone and draws nothing, for tests that run it many times.
func quickStudy(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "quick")
	want(t, exitOK, "export", "studies", "export", "twelve-clusters", dir)
	path := filepath.Join(dir, configName)
	config, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(mainAlone(string(config))), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// mainAlone is study.yaml of a simulated study with its first model only, and
// no random networks.
func mainAlone(config string) string {
	before, models, _ := strings.Cut(config, "\nmodels:\n")
	first, _, _ := strings.Cut(models, "\n")
	return before + "\nmodels:\n" + first + "\n" + withoutDraws
}

// mainModel simulates a study, runs it and returns the estimate of its model
// `main` with its interval for clusters like these.
func mainModel(d simulate.Design, seed uint64) (estimate, low, high, truth float64, err error) {
	folder, err := simulate.Study(d, seed)
	if err != nil {
		return
	}
	config, err := fs.ReadFile(folder.Files, configName)
	if err != nil {
		return
	}
	memory := pipeline.NewMemory()
	source := intake.Source{Config: []byte(mainAlone(string(config))), ConfigName: configName, Data: folder.Files}
	_, err = pipeline.Run(context.Background(), pipeline.Config{Source: source, Workers: 1},
		func(*study.Study) (pipeline.Sink, error) { return memory, nil })
	if err != nil {
		return
	}
	truth, ok := folder.Truth.Coefficient("innovation_index", "degree")
	if !ok {
		return 0, 0, 0, 0, fmt.Errorf("the truth has no such coefficient")
	}
	a := memory.Get("associations")
	for r := range a.Len() {
		answers, _ := a.Column("headline").Bool(r)
		if answers && a.Column("term").Str(r) == "degree" && a.Column("estimand").Str(r) == "clusters_like_these" {
			estimate, _ = a.Column("estimate").Float(r)
			low, ok = a.Column("conf_low").Float(r)
			high, _ = a.Column("conf_high").Float(r)
			if !ok {
				err = fmt.Errorf("no interval")
			}
			return
		}
	}
	return 0, 0, 0, 0, fmt.Errorf("no row for degree")
}

// withoutDraws leaves out of a study what is drawn and has no part in its
// models.
const withoutDraws = "comparisons: {draws: 0}\ndistances: {draws: 0}\ncoupling: {draws: 0}\n"
