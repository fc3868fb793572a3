package simulate

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// TestClustersLookLikeClusters checks what an analyst would look at first.
func TestClustersLookLikeClusters(t *testing.T) {
	for _, seed := range []uint64{DefaultSeed, 1, 2, 3} {
		w := newWorld(DefaultDesign(), seed)
		closed, headAbove := 0, 0
		for _, c := range w.clusters {
			n := len(c.firms)
			for _, r := range []int{meets, jointTask} {
				if m := structureOf(c.networks[r]).degreeMean; m < 2 || m > 7 {
					t.Errorf("seed %d: mean degree %.2f in %s of %s, want about 3 to 6", seed, m, relations[r].name, c.id)
				}
			}
			s := structureOf(c.networks[meets])
			if s.transitivity > s.degreeMean/float64(n-1) {
				closed++
			}
			var degrees []int
			for i := range n {
				degrees = append(degrees, c.networks[meets].degree(i))
			}
			head := degrees[c.head]
			slices.Sort(degrees)
			if head > degrees[n/2] {
				headAbove++
			}
		}
		if closed < 10 {
			t.Errorf("seed %d: partners of a firm meet more often than others in %d of 12 clusters, want 10 at least", seed, closed)
		}
		if headAbove < 9 {
			t.Errorf("seed %d: the head firm is above the median degree in %d of 12 clusters, want 9 at least", seed, headAbove)
		}
	}
}

func TestNoTwoFirmsOfAStudyShareAName(t *testing.T) {
	w := newWorld(DefaultDesign(), DefaultSeed)
	seen := map[string]string{}
	for _, c := range w.clusters {
		for i := range c.firms {
			f := &c.firms[i]
			for _, name := range []string{f.name.en, f.name.zh, f.core().en, f.core().zh, f.label().en, f.label().zh} {
				if other, ok := seen[strings.ToLower(name)]; ok && other != f.id {
					t.Errorf("%s and %s are both %q", other, f.id, name)
				}
				seen[strings.ToLower(name)] = f.id
			}
		}
	}
}

func TestWordsAreDistinct(t *testing.T) {
	for _, list := range [][]word{firstWords, secondWords} {
		seen := map[string]bool{}
		for _, w := range list {
			if seen[w.en] || seen[w.zh] {
				t.Errorf("%v comes twice", w)
			}
			seen[w.en], seen[w.zh] = true, true
			for _, wrong := range wrongCharacters {
				if w.zh == wrong {
					t.Errorf("the wrong character %s is in a name", wrong)
				}
			}
		}
	}
}

// TestMisspeltNamesAreThoseOfNoFirm misspells every possible name.
func TestMisspeltNamesAreThoseOfNoFirm(t *testing.T) {
	w := &world{}
	rng := w.stream("test")
	real := map[string]bool{}
	var firms []firm
	for _, a := range firstWords {
		for _, b := range secondWords {
			f := firm{name: word{a.en + " " + b.en, a.zh + b.zh}, incorporated: true}
			firms = append(firms, f)
			real[strings.ToLower(f.label().en)], real[f.label().zh] = true, true
		}
	}
	for i := range firms {
		for range 20 {
			if wrong := misspell(rng, &firms[i]); real[strings.ToLower(wrong)] {
				t.Errorf("%q misspelt is %q, another firm", firms[i].label().en, wrong)
			}
		}
	}
}

func TestFullWidth(t *testing.T) {
	if got, want := fullWidth("Ta Li Co., Ltd."), "Ｔａ　Ｌｉ　Ｃｏ．，　Ｌｔｄ．"; got != want {
		t.Errorf("fullWidth: got %q, want %q", got, want)
	}
}

func TestStreamsDependOnAllThatKeysThem(t *testing.T) {
	w := &world{seed: 1}
	draws := map[uint64]string{}
	for _, c := range []struct {
		seed    uint64
		purpose string
		parts   []int
	}{
		{1, "a", nil}, {2, "a", nil}, {1, "b", nil}, {1, "a", []int{0}}, {1, "a", []int{1}}, {1, "a", []int{0, 1}}, {1, "a", []int{1, 0}},
	} {
		w.seed = c.seed
		key := fmt.Sprint(c)
		v := w.stream(c.purpose, c.parts...).Uint64()
		if other, ok := draws[v]; ok {
			t.Errorf("%s and %s begin alike", other, key)
		}
		draws[v] = key
		if v != w.stream(c.purpose, c.parts...).Uint64() {
			t.Errorf("%s begins otherwise the second time", key)
		}
	}
}

func TestPoissonHasItsMeanAndVariance(t *testing.T) {
	rng := (&world{}).stream("test")
	const n, mean = 20000, 2.5
	sum, squares := 0.0, 0.0
	for range n {
		k := float64(poisson(rng, mean))
		sum, squares = sum+k, squares+k*k
	}
	m := sum / n
	v := squares/n - m*m
	// Four standard errors: of the mean sqrt(2.5/n), of the variance sqrt((2.5+2*2.5^2)/n).
	if math.Abs(m-mean) > 0.045 || math.Abs(v-mean) > 0.11 {
		t.Errorf("mean %.3f and variance %.3f, want %v for both", m, v, mean)
	}
}

func TestRatedFollowsProportionalOdds(t *testing.T) {
	cuts := [4]float64{-2, -1, 1, 2}
	// At predictor 1 the cumulative probabilities are logistic(-3, -2, 0, 1).
	for _, c := range []struct {
		u    float64
		want int
	}{{0, 1}, {0.047, 1}, {0.048, 2}, {0.119, 2}, {0.120, 3}, {0.5, 3}, {0.501, 4}, {0.731, 4}, {0.732, 5}, {0.999, 5}} {
		if got := rated(1, cuts, c.u); got != c.want {
			t.Errorf("rated(1, %v) = %d, want %d", c.u, got, c.want)
		}
	}
}

func TestStructureOfKnownGraphs(t *testing.T) {
	graph := func(n int, ties ...[2]int) network {
		g := newNetwork(n)
		for _, p := range ties {
			g[p[0]][p[1]], g[p[1]][p[0]] = 1, 1
		}
		return g
	}
	for _, c := range []struct {
		name string
		g    network
		want structure
	}{
		{"no ties", graph(3), structure{0, 0}},
		{"path of three", graph(3, [2]int{0, 1}, [2]int{1, 2}), structure{4.0 / 3, 0}},
		{"triangle", graph(3, [2]int{0, 1}, [2]int{1, 2}, [2]int{0, 2}), structure{2, 1}},
		{"triangle with a tail", graph(4, [2]int{0, 1}, [2]int{1, 2}, [2]int{0, 2}, [2]int{2, 3}), structure{2, 0.6}},
	} {
		if got := structureOf(c.g); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestCouplingIsTheShareOfTaskPartnersWhoShareAPractice(t *testing.T) {
	practices := []event{{"a", []int{0, 1}}, {"b", []int{0, 1, 3}}}
	tasks := []event{{"x", []int{0, 1, 2}}, {"y", []int{0, 1}}, {"z", []int{2, 3}}}
	// 0 works with 1 and 2 and shares a practice with 1; 2 works with all, shares none; 4 does neither.
	if got, want := coupling(5, practices, tasks), []float64{0.5, 0.5, 0, 0, 0}; !slices.Equal(got, want) {
		t.Errorf("coupling %v, want %v", got, want)
	}
}

func TestStandardise(t *testing.T) {
	if got, want := standardise([]float64{1, 2, 3}), []float64{-1, 0, 1}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := standardise([]float64{4, 4}), []float64{0, 0}; !slices.Equal(got, want) {
		t.Errorf("without variation: got %v, want %v", got, want)
	}
}

func TestCalibrateReachesTheSumWanted(t *testing.T) {
	scores := []float64{-3, -1, 0, 2, 5}
	for _, wanted := range []float64{0.1, 1, 2.5, 4} {
		constant, sum := calibrate(scores, wanted), 0.0
		for _, s := range scores {
			sum += logistic(constant + s)
		}
		if math.Abs(sum-wanted) > 1e-12 {
			t.Errorf("probabilities add up to %v, want %v", sum, wanted)
		}
	}
}

func TestOwnersNameNoMoreThanTheLimit(t *testing.T) {
	d := DefaultDesign()
	d.OwnLimit = 2
	folder := mustStudy(t, d, 4).Files
	named := map[string]int{}
	for _, row := range sheetOf(t, folder, ownFile) {
		named[row["who"]+row["relation"]]++
	}
	most := 0
	for _, n := range named {
		most = max(most, n)
	}
	if most != 2 {
		t.Errorf("an owner names %d partners in one relation, want the limit of 2", most)
	}
}

func BenchmarkStudy(b *testing.B) {
	b.ReportAllocs()
	for seed := range uint64(b.N) {
		if _, err := Study(DefaultDesign(), seed); err != nil {
			b.Fatal(err)
		}
	}
}
