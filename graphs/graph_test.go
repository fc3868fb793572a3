package graphs_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

func TestNewDirected(t *testing.T) {
	arcs := []graphs.Arc{{2, 0, 1}, {0, 2, 3}, {0, 1, 0.5}, {1, 2, 1}}
	for _, order := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {1, 3, 0, 2}} {
		var input []graphs.Arc
		for _, i := range order {
			input = append(input, arcs[i])
		}
		g := graphs.New(4, true, input)
		if g.N() != 4 || g.Ties() != 4 || !g.IsDirected() {
			t.Fatalf("n %d, ties %d, directed %v", g.N(), g.Ties(), g.IsDirected())
		}
		want := []graphs.Arc{{0, 1, 0.5}, {0, 2, 3}, {1, 2, 1}, {2, 0, 1}}
		if got := slices.Collect(g.All()); !slices.Equal(got, want) {
			t.Errorf("All: %v, want %v", got, want)
		}
		if !slices.Equal(g.In(2), []int32{0, 1}) || !slices.Equal(g.InStrengths(2), []float64{3, 1}) {
			t.Errorf("In(2): %v of strength %v", g.In(2), g.InStrengths(2))
		}
		if len(g.Out(3)) != 0 || len(g.In(3)) != 0 {
			t.Errorf("node 3 has ties")
		}
	}
}

func TestNewUndirected(t *testing.T) {
	g := graphs.New(3, false, []graphs.Arc{{2, 1, 2}, {0, 2, 5}})
	want := []graphs.Arc{{0, 2, 5}, {1, 2, 2}}
	if got := slices.Collect(g.All()); !slices.Equal(got, want) || g.Ties() != 2 {
		t.Errorf("All: %v, want %v; %d ties", got, want, g.Ties())
	}
	for _, c := range []struct {
		u, v int
		want float64
	}{{0, 2, 5}, {2, 0, 5}, {1, 2, 2}, {0, 1, 0}} {
		if got, ok := g.Strength(c.u, c.v); got != c.want || ok != (c.want > 0) {
			t.Errorf("Strength(%d, %d) = %v, %v, want %v", c.u, c.v, got, ok, c.want)
		}
	}
}

func TestStrengthsOfOneAreNotKept(t *testing.T) {
	g := graphtest.Path(3)
	if g.OutStrengths(1) != nil || g.InStrengths(1) != nil {
		t.Error("strengths kept where all are 1")
	}
	if s, ok := g.Strength(0, 1); s != 1 || !ok {
		t.Errorf("Strength = %v, %v", s, ok)
	}
}

func TestNewPanics(t *testing.T) {
	for _, c := range []struct {
		name     string
		n        int
		directed bool
		arcs     []graphs.Arc
	}{
		{"negative n", -1, true, nil},
		{"from out of range", 2, true, []graphs.Arc{{2, 0, 1}}},
		{"negative to", 2, true, []graphs.Arc{{0, -1, 1}}},
		{"loop", 2, true, []graphs.Arc{{1, 1, 1}}},
		{"twice", 2, true, []graphs.Arc{{0, 1, 1}, {0, 1, 2}}},
		{"twice either way", 2, false, []graphs.Arc{{0, 1, 1}, {1, 0, 1}}},
		{"strength zero", 2, true, []graphs.Arc{{0, 1, 0}}},
		{"strength NaN", 2, true, []graphs.Arc{{0, 1, math.NaN()}}},
		{"strength infinite", 2, true, []graphs.Arc{{0, 1, math.Inf(1)}}},
	} {
		mustPanic(t, c.name, func() { graphs.New(c.n, c.directed, c.arcs) })
	}
}

// mustPanic reports a call that does not panic with the package's name.
func mustPanic(t *testing.T, name string, call func()) {
	t.Helper()
	defer func() {
		text, _ := recover().(string)
		if !strings.HasPrefix(text, "graphs: ") {
			t.Errorf("%s: panic %q, want one that starts with the package's name", name, text)
		}
	}()
	call()
}

func TestSymmetrized(t *testing.T) {
	g := graphs.New(4, true, []graphs.Arc{{0, 1, 2}, {1, 0, 3}, {3, 1, 1}})
	var ws graphs.Workspace
	und := graphs.Symmetrized(g, &ws)
	want := []graphs.Arc{{0, 1, 5}, {1, 3, 1}}
	if got := slices.Collect(und.All()); !slices.Equal(got, want) || und.IsDirected() {
		t.Errorf("ties %v, want %v", got, want)
	}
	if graphs.Symmetrized(und, &ws) != und {
		t.Error("an undirected graph is not returned as it is")
	}
}

// TestSymmetrizedReusesItsMemory measures a large graph, then smaller ones,
// whose result must not depend on what the workspace held.
func TestSymmetrizedReusesItsMemory(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	var ws graphs.Workspace
	for _, n := range []int{60, 20, 40, 3, 0} {
		g := graphtest.Random(rng, n, true, 0.1, 4)
		var fresh graphs.Workspace
		got := slices.Collect(graphs.Symmetrized(g, &ws).All())
		want := slices.Collect(graphs.Symmetrized(g, &fresh).All())
		if !slices.Equal(got, want) {
			t.Errorf("n %d: %v, want %v", n, got, want)
		}
		for _, a := range want {
			there, _ := g.Strength(int(a.From), int(a.To))
			back, _ := g.Strength(int(a.To), int(a.From))
			if a.Strength != there+back {
				t.Errorf("pair %d-%d has strength %v, its arcs %v and %v", a.From, a.To, a.Strength, there, back)
			}
		}
	}
}
