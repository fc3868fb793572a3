package graphs_test

import (
	"encoding/csv"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

var signatureDistances = map[string]func(a, b *graphs.Signature) float64{
	"degree_divergence": graphs.DegreeDivergence, "portrait_divergence": graphs.PortraitDivergence,
	"netsimile": graphs.NetSimile, "spectral_distance": graphs.SpectralDistance,
}

func csvRows(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// TestSignaturePeers compares with netrd, scipy and numpy; the script beside the
// data says which computes what.
func TestSignaturePeers(t *testing.T) {
	nodes, ties := map[string]int{}, map[string][][2]int{}
	for _, r := range csvRows(t, "signatures_ties.csv") {
		nodes[r[0]], _ = strconv.Atoi(r[1])
		u, _ := strconv.Atoi(r[2])
		v, _ := strconv.Atoi(r[3])
		ties[r[0]] = append(ties[r[0]], [2]int{u, v})
	}
	var signer graphs.Signer
	signature := map[string]graphs.Signature{}
	for k, n := range nodes {
		signature[k] = signer.Of(graphtest.Undirected(n, ties[k]...))
	}
	compared := map[string]int{}
	for _, r := range csvRows(t, "signatures_values.csv") {
		a, b := signature[r[0]], signature[r[1]]
		got := signatureDistances[r[2]](&a, &b)
		want, err := strconv.ParseFloat(r[4], 64)
		if err != nil {
			t.Fatal(err)
		}
		compared[r[2]+" "+r[3]]++
		if !(math.Abs(got-want) <= 1e-11+1e-9*want) {
			t.Errorf("%s of %s and %s is %v, %s has %v", r[2], r[0], r[1], got, r[3], want)
		}
	}
	if len(compared) != 5 {
		t.Errorf("compared %v", compared)
	}
}

// TestSignatureLaws: a graph is at no distance from itself under other names,
// distances go both ways, and a directed graph is as its undirected view.
func TestSignatureLaws(t *testing.T) {
	rng := rand.New(rand.NewPCG(51, 52))
	var signer graphs.Signer
	var last graphs.Signature
	for trial := range 60 {
		g := graphtest.Random(rng, trial, trial%2 == 0, 0.15, 2)
		a := signer.Of(g)
		b := signer.Of(graphtest.Relabelled(g, rng.Perm(trial)))
		for name, distance := range signatureDistances {
			if x := distance(&a, &b); !(x >= 0 && x < 1e-7) {
				t.Errorf("%d nodes: %s to itself %v", trial, name, x)
			}
			if x, y := distance(&a, &last), distance(&last, &a); x != y || math.IsNaN(x) || x < 0 {
				t.Errorf("%s is %v one way and %v the other", name, x, y)
			}
		}
		last = a
	}
	path, star := signer.Of(graphtest.Path(2)), signer.Of(graphtest.Star(4))
	// Degrees 1, 1 against 1, 1, 1, 3: a quarter of the one is not in the other.
	if x := graphs.DegreeDivergence(&path, &star); math.Abs(x-(0.5*math.Log2(1/0.875)+0.375*math.Log2(0.75/0.875)+0.125*math.Log2(2))) > 1e-12 {
		t.Errorf("degree divergence %v", x)
	}
	clique, empty := signer.Of(graphtest.Clique(5)), signer.Of(graphtest.Empty(5))
	if x := graphs.DegreeDivergence(&clique, &empty); x != 1 {
		t.Errorf("no degree in common: %v", x)
	}
}
