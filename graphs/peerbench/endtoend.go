package main

import (
	_ "embed"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

//go:embed analyst.py
var analystScript []byte

// studyOf3000 is a study of 3,000 clusters of 40 firms, as files: the firms, and
// one line for each tie.
func studyOf3000(folder string) error {
	var firms, ties strings.Builder
	firms.WriteString("firm,cluster\n")
	ties.WriteString("from,to\n")
	for c, arcs := range smallNetworks(3000) {
		id := func(v int32) string { return fmt.Sprintf("C%04dF%02d", c, v) }
		for v := range int32(40) {
			fmt.Fprintf(&firms, "%s,C%04d\n", id(v), c)
		}
		for _, a := range arcs {
			fmt.Fprintf(&ties, "%s,%s\n", id(a.From), id(a.To))
		}
	}
	var names [2][]string
	for _, u := range usual {
		names[u.level] = append(names[u.level], u.name)
	}
	config := fmt.Sprintf(`study: three-thousand
firms: {table: firms.csv, id: firm, cluster: cluster}
relations:
  - {name: meets, directed: false, reports: {table: ties.csv, source: from, target: to}}
metrics: {firm: [%s], cluster: [%s]}
models: []
`, strings.Join(names[0], ", "), strings.Join(names[1], ", "))
	for name, text := range map[string]string{"firms.csv": firms.String(), "ties.csv": ties.String(), "study.yaml": config, "analyst.py": string(analystScript)} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// endToEnd measures the program, from the files to the tables, against an
// analyst's script that reads the same files and writes the same metrics.
func endToEnd(p peers) error {
	if err := studyOf3000(p.work); err != nil {
		return err
	}
	program := filepath.Join(p.work, "firmties")
	if out, err := exec.Command("go", "build", "-o", program, "firmties/cmd/firmties").CombinedOutput(); err != nil {
		return fmt.Errorf("build firmties: %w: %s", err, out)
	}
	one, err := timed(program, "run", p.work, "-o", filepath.Join(p.work, "results"), "--force", "--quiet", "--workers", "1")
	if err != nil {
		return err
	}
	two, err := timed(program, "run", p.work, "-o", filepath.Join(p.work, "results"), "--force", "--quiet")
	if err != nil {
		return err
	}
	script, err := timed(p.python, filepath.Join(p.work, "analyst.py"), p.work)
	if err != nil {
		fmt.Println("\nEnd to end: the analyst's script did not run.")
		return nil
	}
	fmt.Printf("\nEnd to end, 3,000 clusters of 40 firms, from the files to the tables, 14 metrics: firmties %.3g s on one worker, %.3g s on all; python-igraph with pandas %.3g s: %.3g and %.3g times as long.\n",
		one, two, script, script/one, script/two)
	return nil
}

// timed runs a program several times and returns the least time that it took,
// in seconds.
func timed(name string, args ...string) (float64, error) {
	least := math.Inf(1)
	for range endRuns {
		begun := time.Now()
		if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
			return 0, fmt.Errorf("%s: %w: %s", filepath.Base(name), err, out)
		}
		least = min(least, time.Since(begun).Seconds())
	}
	return least, nil
}

// endRuns is how often each program is run from end to end: other work beside
// it can only add to the time.
const endRuns = 5
