package metrics

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// TestEigenvectorAgainstDense compares with the eigenvectors of the whole
// matrix by Householder reduction, where the leading eigenvalue is apart.
func TestEigenvectorAgainstDense(t *testing.T) {
	rng := rand.New(rand.NewPCG(25, 26))
	m, _ := Lookup(Firm, "eigenvector")
	unique := 0
	for trial := range 300 {
		n := 2 + rng.IntN(50)
		g := graphtest.Random(rng, n, trial%2 == 0, rng.Float64()*4/float64(n), 1)
		want, gap := denseLeading(g)
		got := measured(t, m)(g)
		for v, x := range got {
			if math.IsNaN(x) != (gap < sameEigenvalue) {
				t.Errorf("n %d: %v with a gap of %v", n, x, gap)
				break
			}
			// Both are exact but for rounding, which the gap divides.
			if !math.IsNaN(x) && math.Abs(x-want[v]) > 1e-12+1e-13/gap {
				t.Errorf("n %d, gap %v: firm %d has %v, want %v", n, gap, v, x, want[v])
			}
		}
		if gap >= sameEigenvalue {
			unique++
		}
	}
	if unique < 150 {
		t.Errorf("only %d of 300 graphs have a unique vector", unique)
	}
}

// denseLeading returns the leading eigenvector of the undirected view and how
// far the next eigenvalue is.
func denseLeading(g *graphs.Graph) (vector []float64, gap float64) {
	n := g.N()
	a := mat.NewSymDense(n, nil)
	for tie := range g.All() {
		a.SetSym(int(tie.From), int(tie.To), 1)
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(a, true) {
		panic("no convergence")
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	sum := 0.0
	for v := range n {
		vector = append(vector, vectors.At(v, n-1))
		sum += vectors.At(v, n-1)
	}
	for v := range vector {
		vector[v] = math.Abs(vector[v] * math.Copysign(1, sum))
	}
	values := eigen.Values(nil)
	return vector, values[n-1] - values[n-2]
}

// TestEigenvectorSeparation tries graphs whose two largest eigenvalues are
// equal, nearly equal, or close and yet apart.
func TestEigenvectorSeparation(t *testing.T) {
	m, _ := Lookup(Firm, "eigenvector")
	for _, c := range []struct {
		name   string
		g      *graphs.Graph
		unique bool
	}{
		{"two cliques", graphtest.Union(graphtest.Clique(6), graphtest.Clique(6)), false},
		{"clique and larger clique", graphtest.Union(graphtest.Clique(6), graphtest.Clique(7)), true},
		{"cliques four steps apart", dumbbell(8, 8, 3), true},
		{"cliques sixteen steps apart", dumbbell(8, 8, 15), false},
		{"cliques sixty steps apart", dumbbell(8, 8, 59), false},
		{"unequal cliques sixty steps apart", dumbbell(8, 9, 59), true},
		{"clique with a long tail", dumbbell(12, 1, 80), true},
		{"star", graphtest.Star(30), true},
		{"two stars", graphtest.Union(graphtest.Star(5), graphtest.Star(5)), false},
		{"ring", graphtest.Cycle(300), true},
		{"path", graphtest.Path(300), true},
	} {
		values := measured(t, m)(c.g)
		if defined := !math.IsNaN(values[0]); defined != c.unique {
			t.Errorf("%s: unique %v, want %v", c.name, defined, c.unique)
			continue
		}
		if c.unique && !(residual(c.g, values) <= 1e-12) {
			t.Errorf("%s: residual %v", c.name, residual(c.g, values))
		}
	}
}

// dumbbell joins a clique of a and one of b by a path with nodes between.
func dumbbell(a, b, between int) *graphs.Graph {
	g := graphtest.Union(graphtest.Clique(a), graphtest.Path(between), graphtest.Clique(b))
	arcs := []graphs.Arc{
		{From: int32(a - 1), To: int32(a), Strength: 1},
		{From: int32(a + between - 1), To: int32(a + between), Strength: 1},
	}
	for tie := range g.All() {
		arcs = append(arcs, tie)
	}
	return graphs.New(g.N(), false, arcs)
}

// residual is the length of Ax - λx over λ, λ = x'Ax.
func residual(g *graphs.Graph, x []float64) float64 {
	product := make([]float64, len(x))
	for v := range x {
		for _, w := range g.Out(v) {
			product[v] += x[w]
		}
	}
	value := dot(x, product)
	for v := range x {
		product[v] -= value * x[v]
	}
	return math.Sqrt(dot(product, product)) / value
}

// TestPagerankAgainstDense solves the linear system that defines the rank.
func TestPagerankAgainstDense(t *testing.T) {
	rng := rand.New(rand.NewPCG(27, 28))
	for trial := range 60 {
		n := 1 + rng.IntN(60)
		directed := trial%2 == 0
		g := graphtest.Random(rng, n, directed, rng.Float64()*6/float64(n), 1)
		name := "pagerank"
		if directed {
			name = "pagerank_directed"
		}
		m, _ := Lookup(Firm, name)
		want := denseRank(t, g)
		for v, x := range measured(t, m)(g) {
			if !(math.Abs(x-want[v]) <= 1e-12*want[v]) {
				t.Errorf("n %d, directed %v: firm %d has %v, want %v", n, directed, v, x, want[v])
			}
		}
	}
}

// denseRank solves x = 0.15/n + 0.85 (P'x + dangling mass/n) as it is written.
func denseRank(t *testing.T, g *graphs.Graph) []float64 {
	t.Helper()
	n := g.N()
	a, b := mat.NewDense(n, n, nil), mat.NewVecDense(n, nil)
	for v := range n {
		a.Set(v, v, 1)
		b.SetVec(v, 0.15/float64(n))
	}
	for u := range n {
		out := g.Out(u)
		for _, v := range out {
			a.Set(int(v), u, a.At(int(v), u)-0.85/float64(len(out)))
		}
		for v := range n {
			if len(out) == 0 {
				a.Set(v, u, a.At(v, u)-0.85/float64(n))
			}
		}
	}
	var x mat.VecDense
	if err := x.SolveVec(a, b); err != nil {
		t.Fatal(err)
	}
	return x.RawVector().Data
}
