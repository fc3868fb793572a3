package graphs_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

func shuffler(seed uint64) func([]int32) {
	rng := rand.New(rand.NewPCG(seed, 31))
	return func(x []int32) { rng.Shuffle(len(x), func(i, j int) { x[i], x[j] = x[j], x[i] }) }
}

// scoreOf is the sum over communities of 4m·e - d².
func scoreOf(g *graphs.Graph, of []int32) int64 {
	score := int64(0)
	for v := range g.N() {
		for w := range g.N() {
			if of[v] == of[w] {
				score -= int64(len(g.Out(v))) * int64(len(g.Out(w)))
				if _, tied := g.Strength(v, w); tied {
					score += 2 * g.Ties()
				}
			}
		}
	}
	return score
}

// TestSmallCommunitiesAreBest tries all partitions, in lexicographic order.
func TestSmallCommunitiesAreBest(t *testing.T) {
	var c graphs.Communities
	check := func(g *graphs.Graph) {
		t.Helper()
		var best []int32
		highest := int64(0)
		for of := range partitions(g) {
			if score := scoreOf(g, of); best == nil || score > highest {
				best, highest = slices.Clone(of), score
			}
		}
		c.Best(g, 1, nil)
		if !slices.Equal(c.Of, best) || c.Score != highest {
			t.Fatalf("%v: %v of score %d, want %v of %d", ties(g), c.Of, c.Score, best, highest)
		}
	}
	for g := range allGraphs(5) {
		check(g)
	}
	rng := rand.New(rand.NewPCG(33, 34))
	for i := range 60 {
		check(graphtest.Random(rng, 6+i%3, false, 0.1+0.5*rng.Float64(), 1))
	}
}

// partitions yields those in which every isolate is alone, in lexicographic
// order.
func partitions(g *graphs.Graph) func(yield func([]int32) bool) {
	return func(yield func([]int32) bool) {
		of := make([]int32, g.N())
		var place func(v int, count int32) bool
		place = func(v int, count int32) bool {
			if v == len(of) {
				return yield(of)
			}
			for k := range count + 1 {
				of[v] = k
				alone := true
				for u := range v {
					if of[u] == k && (len(g.Out(u)) == 0 || len(g.Out(v)) == 0) {
						alone = false
					}
				}
				if alone && !place(v+1, max(count, k+1)) {
					return false
				}
			}
			return true
		}
		place(0, 0)
	}
}

func TestCommunitiesOfLargerGraphs(t *testing.T) {
	rng := rand.New(rand.NewPCG(35, 36))
	var c graphs.Communities
	for i := range 60 {
		g := graphtest.Random(rng, 13+i, false, 3/float64(13+i), 1)
		c.Best(g, 20, shuffler(1))
		of, score := slices.Clone(c.Of), c.Score
		if score != scoreOf(g, of) || c.Count != int(slices.Max(of))+1 {
			t.Errorf("%d nodes: score %d and %d communities, of %v it is %d", g.N(), score, c.Count, of, scoreOf(g, of))
		}
		if c.Best(g, 20, shuffler(1)); !slices.Equal(of, c.Of) {
			t.Errorf("%d nodes: %v, then %v", g.N(), of, c.Of)
		}
		if c.Best(g, 40, shuffler(1)); c.Score < score {
			t.Errorf("%d nodes: score %d in 20 runs, %d in 40", g.N(), score, c.Score)
		}
		for v := range of { // no node wants to move alone
			for _, w := range g.Out(v) {
				moved := slices.Clone(of)
				moved[v] = of[w]
				if scoreOf(g, moved) > score {
					t.Errorf("%d nodes: node %d would rather be with %d", g.N(), v, w)
				}
			}
		}
	}
}

// TestBestOfRuns compares with the runs one by one, on a ring, of which many
// partitions are equally good.
func TestBestOfRuns(t *testing.T) {
	g := graphtest.Cycle(16)
	var c graphs.Communities
	var best []int32
	score := int64(0)
	shuffle := shuffler(4)
	for range 30 {
		c.Best(g, 1, shuffle)
		if best == nil || c.Score > score || c.Score == score && slices.Compare(c.Of, best) < 0 {
			best, score = slices.Clone(c.Of), c.Score
		}
	}
	if c.Best(g, 30, shuffler(4)); !slices.Equal(c.Of, best) || c.Score != score {
		t.Errorf("%v of score %d, want %v of %d", c.Of, c.Score, best, score)
	}
}

// TestCommunitiesOfCliques joins cliques in a ring by single ties: each is a
// community.
func TestCommunitiesOfCliques(t *testing.T) {
	var pairs [][2]int
	for k := range 6 {
		for v := range 5 {
			for u := range v {
				pairs = append(pairs, [2]int{5*k + u, 5*k + v})
			}
		}
		pairs = append(pairs, [2]int{5 * k, (5*k + 6) % 30})
	}
	var c graphs.Communities
	c.Best(graphtest.Union(graphtest.Undirected(30, pairs...), graphtest.Empty(2)), 10, shuffler(2))
	if c.Count != 8 {
		t.Errorf("%d communities", c.Count)
	}
	for v := range 30 {
		if int(c.Of[v]) != v/5 {
			t.Errorf("node %d is of community %d", v, c.Of[v])
		}
	}
}

func TestCommunitiesDoNotAllocateOnceWarm(t *testing.T) {
	g := graphtest.Random(rand.New(rand.NewPCG(37, 38)), 50, false, 0.1, 1)
	var c graphs.Communities
	reverse := func(x []int32) { slices.Reverse(x) }
	if allocs := testing.AllocsPerRun(3, func() { c.Best(g, 5, reverse) }); allocs != 0 {
		t.Errorf("%v allocations", allocs)
	}
}

func BenchmarkCommunitiesOf40(b *testing.B) {
	g := graphtest.Random(rand.New(rand.NewPCG(40, 3)), 40, false, 6./39, 1)
	var c graphs.Communities
	shuffle := shuffler(3)
	for b.Loop() {
		c.Best(g, 100, shuffle)
	}
}
