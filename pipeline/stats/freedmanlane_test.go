package stats

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func pcg(seed uint64) func(draw int) *rand.Rand {
	return func(draw int) *rand.Rand { return rand.New(rand.NewPCG(seed, uint64(draw))) }
}

func freedmanLane(t testing.TB, p problem, j int) *FreedmanLane {
	t.Helper()
	f, err := NewFreedmanLane(p.fit(t), j)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFreedmanLaneOfTheDataIsTheirStatistic(t *testing.T) {
	p := randomProblem(2, 3)
	fit := p.fit(t)
	for j := range p.x {
		test := freedmanLane(t, p, j)
		se, _ := fit.HC3(j)
		got, ok := test.Statistic(identity(len(p.y)))
		if !ok {
			t.Fatal("no statistic")
		}
		near(t, "t of the data", got, fit.Coef[j]/se, 1e-10)
		near(t, "Statistic", test.Test(1, pcg(0)).Statistic, got, 1e-10)
	}
}

// The p-value of all draws of the group, counted by hand over Statistic, is
// what Test converges to, and every draw stands for itself.
func TestFreedmanLaneAgainstEnumeration(t *testing.T) {
	p := problem{
		y:        []float64{1, 4, 2, 7, 3, 8, 9, 5},
		x:        [][]float64{{1, 2, 3, 5, 1, 4, 3, 2}},
		clusters: NewClusters(4, 4),
	}
	test := freedmanLane(t, p, 0)
	observed, _ := test.Statistic(identity(8))
	extreme, total := 0, 0
	permutations(4, func(a []int) {
		first := slices.Clone(a)
		permutations(4, func(b []int) {
			order := slices.Clone(first)
			for _, v := range b {
				order = append(order, v+4)
			}
			total++
			if s, ok := test.Statistic(order); !ok || math.Abs(s) >= math.Abs(observed)*(1-1e-10) {
				extreme++
			}
		})
	})
	exact := float64(extreme) / float64(total)
	got := test.Test(20000, pcg(9))
	if sd := math.Sqrt(exact * (1 - exact) / 20000); math.Abs(got.P-exact) > 4*sd {
		t.Errorf("p = %g, enumerated %g", got.P, exact)
	}
	if got.P != float64(1+got.AsExtreme)/20001 {
		t.Errorf("p = %g with %d of %d", got.P, got.AsExtreme, got.Draws)
	}
	if again := test.Test(20000, pcg(9)); again != got {
		t.Errorf("second run %+v, first %+v", again, got)
	}
}

// Where a draw can only turn the sign, all draws tie with the data, though not
// to the last bit.
func TestFreedmanLaneCountsTies(t *testing.T) {
	for s := range uint64(20) {
		p := randomProblem(s, 1)
		p.clusters, p.x[0] = NewClusters(2, 2), p.x[0][:4]
		p.y = append(p.y[:2:2], 0.3, 0.3)
		got := freedmanLane(t, p, 0).Test(50, pcg(s))
		if got.AsExtreme != 50 || got.P != 1 {
			t.Errorf("seed %d: got %+v, want every draw as extreme", s, got)
		}
	}
}

// permutations calls visit with every order of 0..n-1.
func permutations(n int, visit func([]int)) {
	order := identity(n)
	var place func(i int)
	place = func(i int) {
		if i == n {
			visit(order)
			return
		}
		for j := i; j < n; j++ {
			order[i], order[j] = order[j], order[i]
			place(i + 1)
			order[i], order[j] = order[j], order[i]
		}
	}
	place(0)
}

// Where the outcome ignores x, 5 % of p-values are below 0.05; where its
// variance grows with x, still nearly so (0.28 with the classical t).
func TestFreedmanLaneHoldsItsLevel(t *testing.T) {
	if testing.Short() {
		t.Skip("simulation")
	}
	for _, growing := range []bool{false, true} {
		rejected := 0
		const studies = 1000
		for s := range uint64(studies) {
			if freedmanLane(t, unrelated(s, growing), 0).Test(199, pcg(s)).P <= 0.05 {
				rejected++
			}
		}
		share := float64(rejected) / studies
		if share < 0.03 || share > 0.085 { // 3 standard errors about 0.05 to 0.063
			t.Errorf("variance growing with x %t: rejects %.3f at 0.05", growing, share)
		}
	}
}

// unrelated draws an outcome of mean 0 whatever x, with a variance that may
// grow with it.
func unrelated(seed uint64, growing bool) problem {
	r := rand.New(rand.NewPCG(seed, 4))
	p := problem{clusters: NewClusters(30, 50, 70), x: [][]float64{nil}}
	for range p.clusters.Rows() {
		x := math.Exp(r.NormFloat64() / 2)
		e := r.NormFloat64()
		if growing {
			e *= x
		}
		p.x[0] = append(p.x[0], x)
		p.y = append(p.y, e)
	}
	return p
}

func TestShuffleIsUniform(t *testing.T) {
	counts := make(map[[4]int]int)
	const draws = 24000
	for d := range draws {
		x := []int{0, 1, 2, 3}
		shuffle(x, pcg(1)(d))
		counts[[4]int(x)]++
	}
	var chi float64
	for _, count := range counts {
		chi += math.Pow(float64(count)-draws/24, 2) / (draws / 24)
	}
	if len(counts) != 24 || chi > 49.7 { // P(χ²(23) > 49.7) = 0.001
		t.Errorf("%d orders, χ² = %.1f", len(counts), chi)
	}
}

func TestDrawsDoNotAllocate(t *testing.T) {
	p := randomProblem(1, 3)
	test := freedmanLane(t, p, 0)
	r := pcg(1)(1)
	stream := func(int) *rand.Rand { return r }
	if n := testing.AllocsPerRun(10, func() { test.Test(100, stream) }); n != 0 {
		t.Errorf("%g allocations", n)
	}
}
