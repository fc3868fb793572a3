// Command calibration measures, by simulation over the firms of a real study,
// how often the tests and intervals of pipeline/stats do what they say: reject
// at most 5 % where there is nothing, cover the truth 95 % of the time. It owns
// the scenarios and the counting; what is counted are the functions that models
// run. It refuses to judge beyond the bounds that its columns name: a rate past
// one is set in bold, and that is all.
//
//	go run ./pipeline/stats/calibration -study ../shared/data/brfarmers
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
)

// studySeed is the seed of every stream: fixed, so that the published table can
// be made again.
const studySeed = 1966

func main() {
	os.Exit(command(os.Args[1:], os.Stdout, os.Stderr))
}

func command(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("calibration", flag.ContinueOnError)
	flags.SetOutput(stderr)
	folder := flags.String("study", "../shared/data/brfarmers", "the folder of a study with a layer `union` and the controls age, school, coop, income")
	replications := flags.Int("replications", 10_000, "of every cell")
	workers := flags.Int("workers", runtime.NumCPU(), "replications made at once; no number depends on it")
	only := flags.String("only", "", "make the cells whose name holds this")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	f, err := readFirms(context.Background(), *folder)
	if err != nil {
		fmt.Fprintln(stderr, "calibration:", err)
		return 1
	}
	sections, err := allSections(f)
	if err != nil {
		fmt.Fprintln(stderr, "calibration:", err)
		return 1
	}
	r := runner{replications: *replications, workers: max(1, *workers), progress: stderr}
	fmt.Fprintf(stdout, "%d replications of a cell, seed %d.\n\n", r.replications, studySeed)
	for _, s := range sections {
		r.print(stdout, s.only(*only))
	}
	return 0
}

// allSections are the tables of the study, in the order in which they are made.
func allSections(f *firms) ([]section, error) {
	none, some, err := firmSections(f)
	if err != nil {
		return nil, err
	}
	return []section{none, dyadSection(), poolingSection(f.sizes), correlationSection(len(f.sizes)), some}, nil
}

// only keeps the cells whose name holds a text.
func (s section) only(text string) section {
	var kept []cell
	for _, c := range s.cells {
		if strings.Contains(s.name+" "+strings.Join(c.name, " "), text) {
			kept = append(kept, c)
		}
	}
	s.cells = kept
	return s
}
