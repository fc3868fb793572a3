package stats

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/floats"
)

// TestDFBETASOfLargeNumbers: what a row moves is in standard errors, and does
// not depend on the outcome's unit, however large.
func TestDFBETASOfLargeNumbers(t *testing.T) {
	x := [][]float64{{1, 2, 4, 3, 7, 5, 6, 9}}
	y := []float64{2, 1, 5, 2, 6, 7, 4, 8}
	large := slices.Clone(y)
	floats.Scale(1e300, large)
	one := NewClusters(len(y))
	small, err := FitFixedEffects(y, x, one)
	if err != nil {
		t.Fatal(err)
	}
	big, err := FitFixedEffects(large, x, one)
	if err != nil {
		t.Fatal(err)
	}
	want := small.DFBETAS(0)
	for i, got := range big.DFBETAS(0) {
		if !(math.Abs(got-want[i]) < 1e-12) {
			t.Errorf("row %d moves the slope by %v standard errors, in the small unit by %v", i, got, want[i])
		}
	}
}
