package stats

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// Firms 1 and 2 adopt at 2, firm 3 at 4, firm 4 never, seen until 3.
var adoptions = []Spell{{0, 3, true}, {0, 2, true}, {0, 2, true}, {0, 4, true}, {0, 3, false}}

func TestExposure(t *testing.T) {
	for _, c := range []struct {
		name   string
		alters []Alter
		shares bool
		want   [5]float64 // at 1 to 5
	}{
		{"not at the same time", TieAlters([]int{1}), true, [5]float64{0, 0, 1, 1, 1}},
		{"shares", TieAlters([]int{1, 2, 3, 4}), true, [5]float64{0, 0, 0.5, 0.5, 0.75}},
		{"numbers", TieAlters([]int{1, 2, 3, 4}), false, [5]float64{0, 0, 2, 2, 3}},
		{"weights", []Alter{{3, 2}, {1, 1}, {4, 5}}, true, [5]float64{0, 0, 0.125, 0.125, 0.375}},
		{"one that never adopts", TieAlters([]int{4}), true, [5]float64{}},
		{"no alters", nil, true, [5]float64{}},
		{"no alters, numbers", nil, false, [5]float64{}},
		{"an alter without weight", []Alter{{1, 0}}, true, [5]float64{}},
	} {
		e := NewExposure(adoptions, c.alters, c.shares)
		for k, want := range c.want {
			if got := e.At(float64(k + 1)); got != want {
				t.Errorf("%s: %g at %d, want %g", c.name, got, k+1, want)
			}
		}
	}
}

func TestNoAlters(t *testing.T) {
	of := []Exposure{
		NewExposure(adoptions, TieAlters([]int{4}), true), NewExposure(adoptions, nil, true),
		NewExposure(adoptions, nil, false), NewExposure(adoptions, []Alter{{1, 0}}, false), {},
	}
	if got := NoAlters(of); !slices.Equal(got, []float64{0, 1, 1, 1, 1}) {
		t.Errorf("none %v", got)
	}
}

// Thresholds are exposures at the own adoption, of firms that have alters.
func TestMeanThreshold(t *testing.T) {
	of := make([]Exposure, len(adoptions))
	of[0] = NewExposure(adoptions, TieAlters([]int{1, 3}), true)    // 1/2 at 3
	of[3] = NewExposure(adoptions, TieAlters([]int{0, 1, 2}), true) // 1 at 4
	of[4] = NewExposure(adoptions, TieAlters([]int{1}), true)       // never adopted
	if got, ok := MeanThreshold(adoptions, of); !ok || got != 0.75 {
		t.Errorf("mean threshold %g, %t", got, ok)
	}
	if _, ok := MeanThreshold(adoptions[4:], of[4:]); ok {
		t.Error("a threshold where nobody adopted")
	}
	if _, ok := MeanThreshold(adoptions[:1], make([]Exposure, 1)); ok {
		t.Error("a threshold without alters")
	}
}

func TestExposureOfPersonPeriods(t *testing.T) {
	p, _, err := NewPersonPeriods(adoptions, NewClusters(len(adoptions)))
	if err != nil {
		t.Fatal(err)
	}
	of := make([]Exposure, len(adoptions))
	of[4] = NewExposure(adoptions, TieAlters([]int{1}), true)
	got := p.Exposure(of)
	for k, i := range p.Row {
		if want := btof(i == 4 && p.Period[k] > 2); got[k] != want {
			t.Errorf("row %d, spell %d at %g: %g", k, i, p.Period[k], got[k])
		}
	}
}

// In a star the leaves are in one place; the centre is alike to none of them.
func TestEquivalenceInAStar(t *testing.T) {
	q := NewEquivalence([][]int{{1, 2, 3}, {0}, {0}, {0}})
	if got, want := q.Distances(1), []float64{2, 0, 0, 0}; !slices.Equal(got, want) { // to and from two others
		t.Errorf("distances of a leaf %v, want %v", got, want)
	}
	if got, want := q.Alters(1), []Alter{{2, 2}, {3, 2}}; !slices.Equal(got, want) {
		t.Errorf("alters of a leaf %v, want %v", got, want)
	}
	if got, want := q.Alters(0), []Alter{{1, 1}, {2, 1}, {3, 1}}; !slices.Equal(got, want) { // equally far
		t.Errorf("alters of the centre %v, want %v", got, want)
	}
}

func TestEquivalenceOfArcs(t *testing.T) {
	q := NewEquivalence([][]int{{1}, {2}, {}}) // 0 names 1, 1 names 2
	// 0 and 1: unlike in what is between them, and in naming 2.
	if got, want := q.Distances(0), []float64{0, math.Sqrt2, math.Sqrt2}; !slices.Equal(got, want) {
		t.Errorf("distances %v, want %v", got, want)
	}
}

func TestEquivalenceOfOneAndNone(t *testing.T) {
	if got := NewEquivalence([][]int{nil}).Alters(0); len(got) != 0 {
		t.Errorf("a firm alone has alters %v", got)
	}
	if got := NewEquivalence(make([][]int, 3)).Alters(1); !slices.Equal(got, []Alter{{0, 1}, {2, 1}}) {
		t.Errorf("isolates are in one place: %v", got)
	}
}

// naiveDistance is the definition, over a full matrix.
func naiveDistance(z [][]float64, i, j int) float64 {
	sum := (z[i][j] - z[j][i]) * (z[i][j] - z[j][i])
	for k := range z {
		if k != i && k != j {
			sum += (z[i][k]-z[j][k])*(z[i][k]-z[j][k]) + (z[k][i]-z[k][j])*(z[k][i]-z[k][j])
		}
	}
	return math.Sqrt(sum)
}

func randomTies(r *rand.Rand, n int) (ties [][]int, z [][]float64) {
	ties, z = make([][]int, n), make([][]float64, n)
	for i := range n {
		z[i] = make([]float64, n)
		for j := range n {
			if i != j && r.IntN(4) == 0 {
				ties[i], z[i][j] = append(ties[i], j), 1
			}
		}
	}
	return ties, z
}

// On random networks distances are those of the definition, and exposure by
// structural equivalence goes from 0 to 1 and never falls.
func TestEquivalenceIsByDefinition(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1987))
	for n := 2; n < 12; n++ {
		ties, z := randomTies(r, n)
		q := NewEquivalence(ties)
		spells := make([]Spell, n)
		for i := range spells {
			spells[i] = Spell{0, float64(1 + r.IntN(5)), r.IntN(3) > 0}
		}
		for i := range n {
			for j, got := range q.Distances(i) {
				if want := naiveDistance(z, i, j); got != want {
					t.Fatalf("n %d: distance of %d to %d is %g, want %g", n, i, j, got, want)
				}
			}
			last, e := 0.0, NewExposure(spells, q.Alters(i), true)
			for at := 1.0; at < 8; at++ {
				now := e.At(at)
				if now < last || now > 1+1e-12 {
					t.Fatalf("n %d: exposure of %d goes from %g to %g", n, i, last, now)
				}
				last = now
			}
		}
	}
}
