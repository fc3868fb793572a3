package stats

import (
	"math"
	"slices"
	"testing"

	"firmties/pipeline/seed"
)

func TestWithinScales(t *testing.T) {
	c := NewClusters(3, 1, 2)
	x := []float64{1, 2, 6, 5, 4, 4}
	sd := math.Sqrt(7)
	tests := []struct {
		name  string
		scale func([]float64, *Clusters) []float64
		want  []float64
	}{
		{"centred", CentreWithin, []float64{-2, -1, 3, 0, 0, 0}},
		{"standardised", StandardiseWithin, []float64{-2 / sd, -1 / sd, 3 / sd, 0, 0, 0}},
		{"ranks", RankWithin, []float64{0.5 / 3, 1.5 / 3, 2.5 / 3, 0.5, 0.5, 0.5}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for i, got := range test.scale(x, c) {
				if math.Abs(got-test.want[i]) > 1e-15 {
					t.Errorf("row %d: got %g, want %g", i, got, test.want[i])
				}
			}
		})
	}
	if want := []float64{1, 2, 6, 5, 4, 4}; !slices.Equal(x, want) {
		t.Errorf("the input became %v", x)
	}
	if got := ConstantWithin(x, c); !slices.Equal(got, []bool{false, true, true}) {
		t.Errorf("constant in %v, want the last two", got)
	}
}

// Rounding is not variation: three sums of the same numbers in another order.
func TestConstantButForRounding(t *testing.T) {
	a, b := 0.1, 0.2
	x := []float64{a + b + 0.3, 0.6, 0.6}
	if x[0] == x[2] {
		t.Fatal("the sums do not differ")
	}
	c := NewClusters(3)
	if !ConstantWithin(x, c)[0] {
		t.Error("seen as variation")
	}
	if got := StandardiseWithin(x, c); !slices.Equal(got, []float64{0, 0, 0}) {
		t.Errorf("standardised to %v", got)
	}
}

func TestCentringFarFromZeroKeepsDigits(t *testing.T) {
	// The mean, 1e15+5.4, is not a float64; its neighbour is 0.025 away.
	x := []float64{1e15 + 1, 1e15 + 2, 1e15 + 4, 1e15 + 9, 1e15 + 11}
	want := []float64{-4.4, -3.4, -1.4, 3.6, 5.6}
	for i, got := range CentreWithin(x, NewClusters(5)) {
		if math.Abs(got-want[i]) > 1e-12 {
			t.Errorf("row %d: got %g, want %g", i, got, want[i])
		}
	}
}

func TestCallersMistakesPanic(t *testing.T) {
	c := NewClusters(2, 2)
	four := []float64{1, 2, 3, 5}
	tests := []struct {
		name string
		call func()
	}{
		{"empty cluster", func() { NewClusters(2, 0) }},
		{"short outcome", func() { FitFixedEffects(four[:3], [][]float64{four}, c) }},
		{"long regressor", func() { FitFixedEffects(four, [][]float64{append(four, 1)}, c) }},
		{"no regressor", func() { FitFixedEffects(four, nil, c) }},
		{"unpaired", func() { Spearman(four, four[:3]) }},
		{"too many rows to enumerate", func() { SpearmanExact(make([]float64, 15), make([]float64, 15)) }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			test.call()
		})
	}
}

// Weights of some clusters are their columns, draw by draw.
func TestWeightsOfSomeClusters(t *testing.T) {
	all, err := NewWildWeights(20, 50, seed.Draws(1, "wild"))
	if err != nil {
		t.Fatal(err)
	}
	some := all.Of([]int{3, 11, 19})
	if some.Draws() != 50 || some.Enumerated() {
		t.Fatalf("%d draws, enumerated %t", some.Draws(), some.Enumerated())
	}
	for i := range 50 {
		for k, g := range []int{3, 11, 19} {
			if some.row(i)[k] != all.row(i)[g] {
				t.Errorf("draw %d of cluster %d is %v, want %v", i, g, some.row(i)[k], all.row(i)[g])
			}
		}
	}
}
