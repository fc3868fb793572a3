package null

import (
	"encoding/csv"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// closedShare is the share of two-paths of the undirected view that are closed.
func closedShare(g *graphs.Graph, ws *graphs.Workspace) float64 {
	und := graphs.Symmetrized(g, ws)
	var c graphs.Closure
	c.Measure(und, ws)
	closed, all := 0.0, 0.0
	for v := range und.N() {
		d := float64(len(und.Out(v)))
		all += d * (d - 1) / 2
		closed += float64(c.Triangles[v])
	}
	return closed / all
}

// returned is the share of arcs that are returned.
func returned(g *graphs.Graph) float64 {
	n := 0.0
	for v := range g.N() {
		for _, w := range g.Out(v) {
			if _, ok := g.Strength(int(w), v); ok {
				n++
			}
		}
	}
	return n / float64(g.Ties())
}

// TestMixed: random graphs drawn from the observed network, and those drawn
// from one of them, have the same closure and reciprocity, so that nothing of
// the network is left but what is kept. The networks are those of the villages,
// whose closure and reciprocity are far from chance.
func TestMixed(t *testing.T) {
	var ws graphs.Workspace
	for name, g := range villages(t) {
		for r, reference := range map[string]Reference{"degrees": DegreeSequence, "targets": OutDegree} {
			var e, from Ensemble
			from.Of(g, reference)
			e.Of(g, reference)
			far := farAway(&e, name)
			e.Of(far, reference)
			const draws = 2000
			a, b := spreads(&from, draws, 9, &ws), spreads(&e, draws, 10, &ws)
			for i, what := range []string{"closure", "reciprocity"} {
				se := math.Sqrt((a[i].variance() + b[i].variance()) / draws)
				if diff := a[i].mean() - b[i].mean(); math.Abs(diff) > 5*se {
					t.Errorf("%s, %s kept: %s %.4f from the network, %.4f from a random one, standard error %.4f", name, r, what, a[i].mean(), b[i].mean(), se)
				}
			}
		}
	}
}

// farAway is the graph after fifty draws, each from the one before.
func farAway(e *Ensemble, name string) *graphs.Graph {
	rng := rand.New(rand.NewPCG(uint64(len(name)), 8))
	var g *graphs.Graph
	for range 50 {
		g = e.Draw(rng)
		g = graphs.New(g.N(), g.IsDirected(), slices.Collect(g.All()))
		e.Of(g, e.reference)
	}
	return g
}

type spread struct{ n, sum, squares float64 }

func (s *spread) add(x float64)     { s.n++; s.sum += x; s.squares += x * x }
func (s *spread) mean() float64     { return s.sum / s.n }
func (s *spread) variance() float64 { return s.squares/s.n - s.mean()*s.mean() }

func spreads(e *Ensemble, draws int, seed uint64, ws *graphs.Workspace) [2]spread {
	var out [2]spread
	rng := rand.New(rand.NewPCG(seed, 9))
	for range draws {
		g := e.Draw(rng)
		out[0].add(closedShare(g, ws))
		out[1].add(returned(g))
	}
	return out
}

// villages are the union networks of the study of Brazilian farmers.
func villages(t *testing.T) map[string]*graphs.Graph {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	f, err := os.Open(filepath.Join(dir, "..", "shared", "oracle", "brfarmers_arcs.csv"))
	if err != nil {
		t.Skipf("%s needs the villages: %v", t.Name(), err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string) int { return slices.Index(records[0], name) }
	arcs, numbers := map[string][]graphs.Arc{}, map[string]map[string]int32{}
	for _, r := range records[1:] {
		village := r[at("cluster")]
		if r[at("relation")] != "union" {
			continue
		}
		if numbers[village] == nil {
			numbers[village] = map[string]int32{}
		}
		number := func(id string) int32 {
			if _, ok := numbers[village][id]; !ok {
				numbers[village][id] = int32(len(numbers[village]))
			}
			return numbers[village][id]
		}
		arcs[village] = append(arcs[village], graphs.Arc{From: number(r[at("ego")]), To: number(r[at("alter")]), Strength: 1})
	}
	list := map[string]*graphs.Graph{}
	for village, a := range arcs {
		list["village "+village] = graphs.New(len(numbers[village]), true, a)
	}
	if len(list) != 11 {
		t.Fatalf("%d villages", len(list))
	}
	return list
}

// TestDrawsStandAlone: a draw depends on its stream and on nothing before it.
func TestDrawsStandAlone(t *testing.T) {
	g := graphtest.Random(rand.New(rand.NewPCG(1, 2)), 30, true, 0.1, 1)
	for _, r := range []Reference{SizeDensity, DyadCensus, DegreeSequence, OutDegree} {
		var used, fresh Ensemble
		used.Of(g, r)
		for i := range 20 {
			used.Draw(rand.New(rand.NewPCG(3, uint64(i))))
		}
		fresh.Of(g, r)
		a := slices.Collect(used.Draw(rand.New(rand.NewPCG(4, 4))).All())
		if b := slices.Collect(fresh.Draw(rand.New(rand.NewPCG(4, 4))).All()); !slices.Equal(a, b) {
			t.Errorf("%s: %v after other draws, %v first", r, a, b)
		}
	}
}

// TestBootstrap: its graphs have, on average, the density of the observed one,
// and of one without ties none.
func TestBootstrap(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	for _, directed := range []bool{true, false} {
		g := graphtest.Random(rng, 25, directed, 0.2, 1)
		var b Bootstrap
		b.Of(g)
		var ties, mutual spread
		for range 4000 {
			h := b.Draw(rng)
			ties.add(float64(h.Ties()))
			mutual.add(returned(h))
		}
		if want := float64(g.Ties()); math.Abs(ties.mean()-want) > 5*math.Sqrt(ties.variance()/ties.n) {
			t.Errorf("directed %t: %v ties on average, observed %v", directed, ties.mean(), want)
		}
		if directed && math.Abs(mutual.mean()-returned(g)) > 0.05 {
			t.Errorf("reciprocity %v on average, observed %v", mutual.mean(), returned(g))
		}
	}
	var b Bootstrap
	for _, g := range []*graphs.Graph{graphtest.Empty(4), graphtest.Empty(1), graphtest.Empty(0)} {
		b.Of(g)
		if h := b.Draw(rng); h.Ties() != 0 || h.N() != g.N() {
			t.Errorf("drew %d nodes and %d ties of %d isolates", h.N(), h.Ties(), g.N())
		}
	}
}

// TestDegenerate: graphs with nothing to draw are drawn as they are.
func TestDegenerate(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	var e Ensemble // one for all, as they come
	for name, g := range map[string]*graphs.Graph{
		"no node": graphtest.Empty(0), "one node": graphtest.Empty(1), "no tie": graphtest.Empty(5), "pair": graphtest.Path(2),
		"clique": graphtest.Clique(6), "star": graphtest.Star(6), "arc": graphtest.Directed(2, [2]int{0, 1}), "no arc": graphtest.Directed(3),
	} {
		for _, r := range References() {
			if !r.Serves(g.IsDirected(), false) {
				continue
			}
			e.Of(g, r)
			if h := e.Draw(rng); share(r, h) != share(r, g) {
				t.Errorf("%s, %s: %s, observed %s", name, r, share(r, h), share(r, g))
			}
		}
	}
}

func BenchmarkDraw40(b *testing.B) {
	g := graphtest.Random(rand.New(rand.NewPCG(40, 3)), 40, true, 3.0/39, 1)
	for _, r := range []Reference{SizeDensity, DyadCensus, DegreeSequence, OutDegree} {
		b.Run(string(r), func(b *testing.B) {
			var e Ensemble
			e.Of(g, r)
			rng := rand.New(rand.NewPCG(1, 1))
			b.ReportAllocs()
			for b.Loop() {
				e.Draw(rng)
			}
		})
	}
}
