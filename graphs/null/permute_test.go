package null

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func TestPermutations(t *testing.T) {
	for n, want := range []int{1, 1, 2, 6, 24, 120, 720} {
		seen := make(map[string]bool)
		first := ""
		Permutations(n, func(names []int32) {
			if first == "" {
				first = fmt.Sprint(names)
			}
			seen[fmt.Sprint(names)] = true
		})
		if len(seen) != want {
			t.Errorf("%d permutations of %d, want %d", len(seen), n, want)
		}
		if n == 4 && first != "[0 1 2 3]" {
			t.Errorf("%s is first", first)
		}
	}
}

func TestShuffle(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	counts := make(map[string]int)
	names := make([]int32, 4)
	for range 24_000 {
		Shuffle(names, rng)
		counts[fmt.Sprint(names)]++
	}
	for order, n := range counts {
		if n < 850 || n > 1150 {
			t.Errorf("%s %d times of 24000", order, n)
		}
	}
	if len(counts) != 24 {
		t.Errorf("%d orders", len(counts))
	}
}
