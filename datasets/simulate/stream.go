package simulate

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"math/rand/v2"
)

// stream returns the random stream of one purpose and its parts (a cluster, a
// respondent, a relation, by index). Streams are keyed by a hash, not drawn
// from one another, so adding a part to the study shifts no other part.
func (w *world) stream(purpose string, parts ...int) *rand.Rand {
	key := binary.LittleEndian.AppendUint64(nil, w.seed)
	key = binary.LittleEndian.AppendUint64(key, uint64(len(purpose)))
	key = append(key, purpose...)
	for _, p := range parts {
		key = binary.LittleEndian.AppendUint64(key, uint64(p))
	}
	return rand.New(rand.NewChaCha8(sha256.Sum256(key)))
}

// chance reports a success of probability p. It always draws, so that a rate of
// zero moves nothing else in the stream.
func chance(rng *rand.Rand, p float64) bool { return rng.Float64() < p }

// pick returns one of the items, each equally likely.
func pick[T any](rng *rand.Rand, items []T) T { return items[rng.IntN(len(items))] }

// between returns a number uniform on the range.
func between(rng *rand.Rand, r Range) float64 { return r.Low + rng.Float64()*(r.High-r.Low) }

// poisson returns a Poisson count of the mean (Knuth 1969, section 3.4.1), which
// must be small: the cost is linear in it.
func poisson(rng *rand.Rand, mean float64) int {
	limit := math.Exp(-mean)
	k := 0
	for p := rng.Float64(); p > limit; p *= rng.Float64() {
		k++
	}
	return k
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
