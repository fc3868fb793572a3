package pipeline

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat"

	"firmties/graphs"
	"firmties/graphs/graphtest"
	"firmties/pipeline/measure"
	"firmties/pipeline/study"
)

// signed is a study of clusters of the given sizes in one layer, with the
// signature of a random network of each and of three that match it.
func signed(sizes ...int) (*run, []measure.Signatures) {
	rng := rand.New(rand.NewPCG(31, 32))
	s := &study.Study{Seed: 5, Layers: []study.Layer{{Name: "meets"}}}
	var signer graphs.Signer
	var list []measure.Signatures
	for c, n := range sizes {
		s.Clusters = append(s.Clusters, study.Cluster{ID: string(rune('a' + c))})
		x := measure.Signatures{Cluster: int32(c), Firms: n}
		if n > 0 {
			x.Observed = signer.Of(graphtest.Random(rng, n, false, 0.3, 1))
			for range 3 {
				x.Drawn = append(x.Drawn, signer.Of(graphtest.Random(rng, n, false, 0.3, 1)))
			}
		}
		list = append(list, x)
	}
	return &run{study: s}, list
}

func TestDistances(t *testing.T) {
	r, list := signed(5, 9, 14, 20, 0)
	pairs, size := r.distances(list)
	if err := pairs.CheckKey(); err != nil {
		t.Error(err)
	}
	if pairs.Len() != 4*10 || size.Len() != 4 {
		t.Fatalf("%d pairs, %d rows on size", pairs.Len(), size.Len())
	}
	var x, y []float64
	for row := range pairs.Len() {
		a, b := pairs.Column("cluster_a").Str(row)[0]-'a', pairs.Column("cluster_b").Str(row)[0]-'a'
		if list[a].Firms == 0 || list[b].Firms == 0 {
			if pairs.Column("reason").Str(row) != "too_small" || !pairs.Column("value").Null(row) {
				t.Error("a distance to a cluster without firms")
			}
			continue
		}
		if pairs.Column("distance").Str(row) != "netsimile" {
			continue
		}
		value, _ := pairs.Column("value").Float(row)
		expected, _ := pairs.Column("expected").Float(row)
		sd, _ := pairs.Column("sd").Float(row)
		var drawn []float64
		for i := range 3 {
			drawn = append(drawn, graphs.NetSimile(&list[a].Drawn[i], &list[b].Drawn[i]))
		}
		mean, spread := stat.MeanStdDev(drawn, nil)
		if value != graphs.NetSimile(&list[a].Observed, &list[b].Observed) || math.Abs(expected-mean) > 1e-12 || math.Abs(sd-spread) > 1e-12 {
			t.Errorf("%c and %c: %v %v %v", 'a'+a, 'a'+b, value, expected, sd)
		}
		x, y = append(x, value), append(y, math.Abs(math.Log(float64(list[a].Firms)/float64(list[b].Firms))))
	}
	got, _ := size.Column("mantel_r").Float(1)
	if want := stat.Correlation(x, y, nil); math.Abs(got-want) > 1e-12 {
		t.Errorf("Mantel correlation %v, want %v", got, want)
	}
	if p, ok := size.Column("p").Float(1); !ok || p < 1./24-0.03 {
		t.Errorf("p %v of 24 orders", p)
	}
	again, _ := r.distances(list)
	for row := range again.Len() {
		a, _ := again.Column("z").Float(row)
		b, _ := pairs.Column("z").Float(row)
		if a != b {
			t.Fatal("another run gives other distances")
		}
	}
}

// TestDistancesOfFewOrEqual: sizes that do not vary say nothing of size.
func TestDistancesOfFewOrEqual(t *testing.T) {
	for _, sizes := range [][]int{{7, 7, 7, 7, 7}, {5, 9, 14}, {6}} {
		r, list := signed(sizes...)
		pairs, size := r.distances(list)
		if n := len(sizes); pairs.Len() != 4*n*(n-1)/2 || !size.Column("mantel_r").Null(0) || !size.Column("p").Null(0) {
			t.Errorf("clusters of %v firms: %d pairs", sizes, pairs.Len())
		}
	}
}
