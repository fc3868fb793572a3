package main

import (
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"firmties/graphs"
)

// TestGenerators: the seeded graphs have the nodes and ties that their names
// promise, and the same at every run.
func TestGenerators(t *testing.T) {
	if n := len(randomTies(100, 321, 1)); n != 321 {
		t.Errorf("%d ties", n)
	}
	if n := len(smallWorld(200, 4, 0.2, 1)); n != 800 {
		t.Errorf("%d ties of a small world", n)
	}
	moved := 0
	for p := range smallWorld(200, 4, 0.2, 1) {
		if d := p[1] - p[0]; d > 4 && d < 196 {
			moved++
		}
	}
	if moved < 100 || moved > 220 {
		t.Errorf("%d of 800 ties moved, want about 160", moved)
	}
	within, all := 0, 0
	for p := range planted(300, 10, 0.5, 0.01, 1) {
		all++
		if p[0]%10 == p[1]%10 {
			within++
		}
	}
	if within < 1800 || within > 2550 || all-within < 280 || all-within > 540 {
		t.Errorf("%d ties within groups, %d between", within, all-within)
	}
}

func TestEdges(t *testing.T) {
	numbers, pairs, err := edges(strings.NewReader("# a comment\n7 9\n9\t7\n9 9\n7 x 3\n"))
	if err != nil || len(numbers) != 3 || len(pairs) != 2 {
		t.Errorf("%v %v %v", numbers, pairs, err)
	}
}

func TestDiffers(t *testing.T) {
	a := []float64{1, 0, 1e6}
	for _, c := range []struct {
		b    []float64
		want int
	}{
		{[]float64{1 + 1e-10, 1e-12, 1e6}, -1}, {[]float64{1, 1e-8, 1e6}, 1}, {[]float64{1, 0, 1e6 + 1}, 2},
		{[]float64{math.NaN(), 0, 1e6}, 0}, {[]float64{1, 0}, 2},
	} {
		if got := differs(a, c.b); got != c.want {
			t.Errorf("%v: differs at %d, want %d", c.b, got, c.want)
		}
	}
}

// fakePeer is a program that computes what it is told to.
func fakePeer(t *testing.T, script string) peers {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skipf("%s needs python3: %v", t.Name(), err)
	}
	work := t.TempDir()
	path := filepath.Join(work, "python")
	if err := os.WriteFile(path, []byte("#!"+python+"\nimport sys, struct\nfolder = sys.argv[4]\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	return peers{python: path, work: work, limit: 10 * time.Second}
}

// TestLine: the ratio where the values agree, void where they do not, and a word
// for a peer that fails or takes too long.
func TestLine(t *testing.T) {
	g := named{name: "pair", n: 2, arcs: []graphs.Arc{{From: 0, To: 1, Strength: 1}}}
	o := own{[]float64{1, 2}, 0.5}
	for script, want := range map[string]string{
		"open(folder + '/values.bin', 'wb').write(struct.pack('<2d', 1, 2)); print(3)":   "| 0.5 | igraph | 3 | 6 |",
		"open(folder + '/values.bin', 'wb').write(struct.pack('<2d', 1, 2.1)); print(3)": "void: values differ at 1",
		"sys.exit(1)": "absent",
	} {
		p := fakePeer(t, script)
		if got := p.line(g, measure{name: "betweenness"}, o, "igraph"); !strings.Contains(got, want) {
			t.Errorf("%s, want %q", got, want)
		}
	}
	p := fakePeer(t, "import time; time.sleep(5)")
	p.limit = 100 * time.Millisecond
	if got := p.line(g, measure{name: "betweenness"}, o, "igraph"); !strings.Contains(got, "> 100ms") {
		t.Errorf("a slow peer: %s", got)
	}
}

// TestMeasures: what is measured is what it is called, on a path of four.
func TestMeasures(t *testing.T) {
	g := from("path", 4, map[[2]int32]bool{{0, 1}: true, {1, 2}: true, {2, 3}: true})
	want := map[string]float64{"betweenness": 2, "harmonic": 2.5, "core": 1, "clustering": 0, "constraint": 0.5}
	for _, m := range measures {
		o := ours(m, g)
		if x, ok := want[m.name]; ok && math.Abs(o.values[1]-x) > 1e-12 {
			t.Errorf("%s of node 1 is %v, want %v", m.name, o.values[1], x)
		}
	}
}
