package null

import "math/rand/v2"

// Shuffle puts names, which are any permutation, in random order: every
// permutation is as likely, whatever the order was.
func Shuffle(names []int32, rng *rand.Rand) {
	for i := range names {
		names[i] = int32(i)
	}
	for i := len(names) - 1; i > 0; i-- {
		j := rng.IntN(i + 1)
		names[i], names[j] = names[j], names[i]
	}
}

// Permutations calls f with every permutation of the numbers below n, the
// identity first (Heap 1963). f must not change it.
func Permutations(n int, f func(names []int32)) {
	names, count := make([]int32, n), make([]int, n)
	for i := range names {
		names[i] = int32(i)
	}
	f(names)
	for i := 0; i < n; {
		if count[i] == i {
			count[i] = 0
			i++
			continue
		}
		j := 0
		if i%2 == 1 {
			j = count[i]
		}
		names[i], names[j] = names[j], names[i]
		f(names)
		count[i]++
		i = 0
	}
}
