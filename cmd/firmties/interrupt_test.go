//go:build unix

package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"firmties/pipeline"
	"firmties/pipeline/arrowio"
	"firmties/pipeline/study"
	"firmties/pipeline/table"
)

// TestInterruptedAtEveryStep interrupts a run as each stage begins and as each
// table is opened and written: nothing is left, and old results stay.
func TestInterruptedAtEveryStep(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a study some forty times")
	}
	dir := goodStudy().write(t)
	out := filepath.Join(filepath.Dir(dir), "out")
	want(t, exitOK, "the run before", "run", dir, "-o", out)
	before := contents(t, out)
	_, steps, err := runUntil(t, dir, out, -1)
	if err != nil {
		t.Fatal(err)
	}
	for _, must := range []string{"reading the study", "resolving names", "clusters", "models", "open ties", "write ties", "open columns"} {
		if !slices.Contains(steps, must) {
			t.Errorf("no step %q among %q", must, steps)
		}
	}
	for i, step := range steps {
		result, done, err := runUntil(t, dir, out, i)
		if !errors.Is(err, context.Canceled) || result != nil {
			t.Errorf("interrupted at %s: %v, result %t, went on to %s", step, err, result != nil, done[len(done)-1])
		}
		if left := hidden(t, filepath.Dir(dir)); len(left) > 0 {
			t.Fatalf("interrupted at %s: left behind %v", step, left)
		}
		if !maps.Equal(contents(t, out), before) {
			t.Fatalf("interrupted at %s: the old results have changed", step)
		}
	}
}

// runUntil does what `firmties run` does, and interrupts it at the step of
// that number; none if it is negative. It returns the steps that were begun.
func runUntil(t *testing.T, dir, out string, stop int) (*pipeline.Result, []string, error) {
	t.Helper()
	source, err := openStudy(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	var steps []string
	var mutex sync.Mutex // tables are written beside one another
	at := func(step string) {
		mutex.Lock()
		defer mutex.Unlock()
		if len(steps) == stop {
			interrupt()
		}
		steps = append(steps, step)
	}
	var folder *pipeline.Folder
	cfg := pipeline.Config{Source: source.Source, Workers: 1, Version: version, Progress: func(stage string, _, _ int) { at(stage) }}
	result, err := pipeline.Run(ctx, cfg, func(s *study.Study) (pipeline.Sink, error) {
		folder, err = pipeline.NewFolder(out, s.Name, false, []arrowio.Format{arrowio.Arrow})
		return watched{folder, at}, err
	})
	if folder != nil {
		defer folder.Discard()
	}
	if err == nil {
		if err = folder.Commit(ctx, result); err != nil {
			result = nil
		}
	}
	mutex.Lock() // a writer may be about to notice the interrupt
	defer mutex.Unlock()
	return result, slices.Clone(steps), err
}

// watched tells what is done with a sink.
type watched struct {
	pipeline.Sink
	at func(step string)
}

func (w watched) Table(s *table.Schema) (pipeline.TableWriter, error) {
	w.at("open " + s.Name)
	writer, err := w.Sink.Table(s)
	return watchedTable{writer, s.Name, w.at}, err
}

type watchedTable struct {
	pipeline.TableWriter
	name string
	at   func(step string)
}

func (w watchedTable) Write(t *table.Table) error {
	w.at("write " + w.name)
	return w.TableWriter.Write(t)
}

// contents are the hashes of the tables and the summary of a results folder.
func contents(t *testing.T, results string) map[string][32]byte {
	t.Helper()
	sums := map[string][32]byte{}
	err := filepath.WalkDir(results, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Name() == pipeline.ManifestFile {
			return err
		}
		text, err := os.ReadFile(path)
		sums[strings.TrimPrefix(path, results)] = sha256.Sum256(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sums
}

// manyClusters is a study that takes a second or two in every stage, and
// oneCluster one whose only network takes minutes.
func manyClusters(t *testing.T) string { return longStudy(t, 300, 40) }
func oneCluster(t *testing.T) string   { return longStudy(t, 1, 20_000) }

func longStudy(t *testing.T, clusters, size int) string {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 1))
	var firms, ties strings.Builder
	firms.WriteString("firm,cluster,employees,index\n")
	ties.WriteString("who,partner,said\n")
	for c := range clusters {
		for i := range size {
			fmt.Fprintf(&firms, "C%dF%d,C%d,%d,%.3f\n", c, i, c, 1+r.IntN(50), r.NormFloat64())
			for range 8 {
				fmt.Fprintf(&ties, "C%dF%d,C%dF%d,1\n", c, i, c, r.IntN(size))
			}
		}
	}
	return files{
		configName: `study: long
firms: {table: firms.csv, id: firm, cluster: cluster, attributes: [employees]}
relations:
  - name: works
    directed: true
    reports: {table: ties.csv, respondent: who, target: partner}
outcomes:
  - {name: innovation, level: firm, kind: continuous, table: firms.csv, id: firm, column: index}
models:
  - {level: firm, outcome: innovation, layers: [works], metrics: [degree_in, harmonic, betweenness, constraint], controls: [employees]}
`,
		"firms.csv": firms.String(), "ties.csv": ties.String(),
	}.write(t)
}

// TestInterrupt: Ctrl-C stops the program at once, whatever it is at, and
// leaves nothing.
func TestInterrupt(t *testing.T) {
	if testing.Short() {
		t.Skip("runs long studies many times")
	}
	for _, c := range []struct {
		name  string
		study string
		after []time.Duration // in milliseconds
	}{
		{"many clusters", manyClusters(t), []time.Duration{30, 60, 100, 150, 220, 300, 400, 550, 700, 900, 1200, 1600, 2200}},
		{"one large cluster", oneCluster(t), []time.Duration{50, 200, 400, 800, 1500, 3000}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, after := range c.after {
				interruptChild(t, c.study, after*time.Millisecond)
			}
		})
	}
}

func interruptChild(t *testing.T, study string, after time.Duration) {
	t.Helper()
	place := t.TempDir()
	c := child("run", study, "-o", filepath.Join(place, "out"), "--format", "arrow,csv")
	var stderr strings.Builder
	c.Stderr = &stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
	c.Process.Signal(os.Interrupt)
	sent := time.Now()
	ended := time.AfterFunc(20*time.Second, func() { c.Process.Kill() })
	defer ended.Stop()
	err := c.Wait()
	if stopped := time.Since(sent); stopped > 5*time.Second { // of a busy machine; some milliseconds of an idle one
		t.Errorf("interrupted after %v, stopped %v later", after, stopped)
	}
	code := c.ProcessState.ExitCode()
	_, lstat := os.Lstat(filepath.Join(place, "out"))
	whole := code == exitOK && lstat == nil
	gone := code == exitInterrupted && os.IsNotExist(lstat) && strings.Contains(stderr.String(), "interrupted")
	early := code == -1 && os.IsNotExist(lstat) // before the program had begun to listen
	if !whole && !gone && !early {
		t.Errorf("interrupted after %v: exit %d, %v, results %v\n%s", after, code, err, lstat, stderr.String())
	}
	if left := hidden(t, place); len(left) > 0 {
		t.Errorf("interrupted after %v: left behind %v", after, left)
	}
}

// TestKilled: kill -9 at any moment leaves the old results or the new ones,
// byte for byte, and the next run works and clears what is left.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a study many times")
	}
	place, quick := t.TempDir(), quickStudy(t)
	out := filepath.Join(place, "out")
	var whole []map[string][32]byte // by seed
	for seed := range 2 {
		want(t, exitOK, "the run before", "run", quick, "-o", out, "--quiet", "--seed", fmt.Sprint(seed))
		whole = append(whole, contents(t, out))
	}
	r := rand.New(rand.NewPCG(2, 2))
	for i := range 30 {
		c := child("run", quick, "-o", out, "--quiet", "--seed", fmt.Sprint(i%2))
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		if i%3 > 0 { // as the folder is put in its place
			awaitManifest(place, c.Process.Pid)
			time.Sleep(time.Duration(r.IntN(20_000)) * time.Microsecond)
		} else {
			time.Sleep(time.Duration(r.IntN(300)) * time.Millisecond)
		}
		c.Process.Kill()
		c.Wait()
		if _, err := os.Lstat(out); err != nil {
			continue // no results, which no half ones are
		}
		if seed := readManifest(t, out).Seed; seed > 1 || !maps.Equal(contents(t, out), whole[seed]) {
			t.Errorf("try %d: neither the old results nor the new ones", i)
		}
	}
	want(t, exitOK, "the run after", "run", quick, "-o", out, "--quiet", "--seed", "1")
	if !maps.Equal(contents(t, out), whole[1]) {
		t.Error("the run after gives other results")
	}
	if left := hidden(t, place); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// awaitManifest waits until a run has written the last but one of its files,
// in a working folder that bears the number of its process.
func awaitManifest(place string, pid int) {
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Microsecond) {
		found, _ := filepath.Glob(filepath.Join(place, fmt.Sprintf(".*-%d-*", pid), "new", pipeline.ManifestFile))
		if len(found) > 0 {
			return
		}
	}
}
