package study

import (
	"math/rand/v2"
	"testing"
	"unsafe"
)

// Count and Pair are two readings of one state: they agree on random states.
func TestObservedCountsItsPairs(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for trial := range 400 {
		n, directed, both := r.IntN(9), trial%2 == 0, trial%3 == 0
		source, target := flags(r, n), flags(r, n)
		if !directed {
			target = source
		}
		o := ObservedBy(n, directed, both, source, target, somePairs(r, n, directed))
		var want int64
		for i := range int32(n) {
			for j := range int32(n) {
				if (directed || i < j) && o.Pair(i, j) {
					want++
				}
			}
		}
		if got := o.Count(); got != want {
			t.Fatalf("n=%d directed=%t both=%t: Count %d, pairs %d", n, directed, both, got, want)
		}
	}
}

func flags(r *rand.Rand, n int) []bool {
	f := make([]bool, n)
	for i := range f {
		f[i] = r.IntN(2) == 0
	}
	return f
}

func somePairs(r *rand.Rand, n int, directed bool) []Pair {
	var pairs []Pair
	for i := range int32(n) {
		for j := range int32(n) {
			if i != j && (directed || i < j) && r.IntN(4) == 0 {
				pairs = append(pairs, Pair{i, j})
			}
		}
	}
	return pairs
}

func TestReportIsSmall(t *testing.T) {
	if size := unsafe.Sizeof(Report{}); size > 64 {
		t.Errorf("a Report takes %d bytes; the memory promise is 64", size)
	}
}
