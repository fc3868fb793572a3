package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

// In the plane a separating direction can be looked for among the normals of
// all vectors, and the vectors' own directions halfway between.
func separatedByAngle(z [][]float64) bool {
	var angles []float64
	for _, v := range z {
		a := math.Atan2(v[1], v[0])
		angles = append(angles, a, a+math.Pi/2, a-math.Pi/2)
	}
	for _, first := range angles {
		for _, second := range angles {
			b := []float64{math.Cos(first) + math.Cos(second), math.Sin(first) + math.Sin(second)}
			if math.Hypot(b[0], b[1]) > 1e-9 && separates(z, b) {
				return true
			}
		}
	}
	return false
}

func separates(z [][]float64, b []float64) bool {
	strict := false
	for _, v := range z {
		along := v[0]*b[0] + v[1]*b[1]
		if along < -1e-9 {
			return false
		}
		strict = strict || along > 1e-9
	}
	return strict
}

func TestSeparationInThePlane(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	var found [2]int
	for range 3000 {
		z := make([][]float64, 2+r.IntN(7))
		for i := range z { // small whole numbers: ties and opposite vectors are common
			z[i] = []float64{float64(r.IntN(7) - 3), float64(r.IntN(7) - 3)}
		}
		want := separatedByAngle(z)
		copies := make([][]float64, len(z))
		for i, v := range z {
			copies[i] = append([]float64(nil), v...)
		}
		if got := separate(copies) != nil; got != want {
			t.Fatalf("%v: separated = %t, want %t", z, got, want)
		}
		if want {
			found[1]++
		} else {
			found[0]++
		}
	}
	if found[0] < 500 || found[1] < 500 {
		t.Errorf("of %v one outcome is rare", found)
	}
}

// In more dimensions: vectors from a half-space are separated, and those with
// their negatives' sum among them are not.
func TestSeparationInManyDimensions(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for range 200 {
		k := 3 + r.IntN(10)
		direction := make([]float64, k)
		for l := range direction {
			direction[l] = r.NormFloat64()
		}
		var z [][]float64
		sum := make([]float64, k)
		for range 5 * k {
			v := make([]float64, k)
			var along float64
			for l := range v {
				v[l] = r.NormFloat64()
				along += v[l] * direction[l]
			}
			for l := range v {
				if along < 0 {
					v[l] = -v[l]
				}
				sum[l] -= v[l]
			}
			z = append(z, v)
		}
		overlap := [][]float64{sum}
		for _, v := range z {
			overlap = append(overlap, append([]float64(nil), v...))
		}
		if separate(overlap) != nil {
			t.Fatal("vectors that sum to 0 are separated")
		}
		if separate(z) == nil {
			t.Fatal("a half-space is not separated")
		}
	}
}

// A row short of separation, the estimate is finite and steep.
func TestNearSeparationIsFitted(t *testing.T) {
	x := make([]float64, 40)
	y := make([]float64, 40)
	for i := range x {
		x[i] = float64(i)
		if i >= 20 {
			y[i] = 1
		}
	}
	y[19], y[20] = 1, 0
	m, err := FitLogit(y, [][]float64{x}, NewClusters(40))
	if err != nil {
		t.Fatal(err)
	}
	if !(m.Coef[0] > 1) {
		t.Errorf("slope %g", m.Coef[0])
	}
}
