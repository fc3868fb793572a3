package stats

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
)

// Small random data, of all the kinds that break something: ties, dummies,
// skew, rare values, columns far from zero, units from 10⁻⁶ to 10⁶.
func TestRandomInputsGiveErrorsOrNumbers(t *testing.T) {
	seeds := uint64(300)
	if testing.Short() {
		seeds = 60
	}
	fitted := 0
	for seed := range seeds {
		y, x, c := hardData(seed)
		for _, e := range estimators {
			func() {
				defer func() {
					if r := recover(); r != nil {
						t.Errorf("%s, seed %d: panic: %v", e.name, seed, r)
					}
				}()
				result, err := e.fit(y, x, c)
				if err != nil {
					if !known(err) {
						t.Errorf("%s, seed %d: error %v of type %T", e.name, seed, err, err)
					}
					return
				}
				fitted++
				if path, bad := notFinite(reflect.ValueOf(result), ""); bad {
					t.Errorf("%s, seed %d: %s is not finite", e.name, seed, path)
				}
			}()
		}
	}
	if fitted < int(seeds)*len(estimators)/2 {
		t.Errorf("only %d of %d fits succeeded", fitted, int(seeds)*len(estimators))
	}
}

func hardData(seed uint64) (y []float64, x [][]float64, c *Clusters) {
	r := rand.New(rand.NewPCG(seed, 77))
	var sizes []int
	for range 1 + r.IntN(6) {
		sizes = append(sizes, 1+r.IntN(12))
	}
	c = NewClusters(sizes...)
	for range 1 + r.IntN(4) {
		kind, unit := r.IntN(6), math.Pow(10, float64(r.IntN(13)-6))
		column := make([]float64, c.Rows())
		for i := range column {
			column[i] = unit * hardValue(kind, r)
		}
		x = append(x, column)
	}
	share := r.Float64()
	for range c.Rows() {
		v := 0.0
		if r.Float64() < share {
			v = 1
		}
		y = append(y, v)
	}
	return y, x, c
}

func hardValue(kind int, r *rand.Rand) float64 {
	switch v := r.NormFloat64(); kind {
	case 0:
		return float64(r.IntN(2))
	case 1:
		return float64(r.IntN(4))
	case 2:
		return math.Exp(3 * v)
	case 3:
		return 1e5 + v
	case 4:
		if r.IntN(5) > 0 {
			return 0
		}
		return v
	default:
		return v
	}
}
