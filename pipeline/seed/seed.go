// Package seed is the only maker of random streams. A stream is named by what
// it is for, so a result never depends on the number of workers, the order of
// clusters or how the work was cut.
package seed

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
)

// Stream returns the stream for one purpose: ChaCha8 keyed by [Key].
func Stream(seed uint64, purpose string, parts []string, replicate int) *rand.Rand {
	return rand.New(rand.NewChaCha8(Key(seed, purpose, parts, replicate)))
}

// Key returns the key of a purpose's stream: the SHA-256 of the study's seed,
// the purpose, its parts (each with its length before it, so that no two lists
// of parts collide) and the replicate.
func Key(seed uint64, purpose string, parts []string, replicate int) [32]byte {
	h := sha256.New()
	var b [8]byte
	number := func(x uint64) {
		binary.LittleEndian.PutUint64(b[:], x)
		h.Write(b[:])
	}
	text := func(s string) {
		number(uint64(len(s)))
		h.Write([]byte(s))
	}
	number(seed)
	text(purpose)
	number(uint64(len(parts)))
	for _, p := range parts {
		text(p)
	}
	number(uint64(replicate))
	return [32]byte(h.Sum(nil))
}

// Draws returns the streams of one purpose, one per draw.
func Draws(seed uint64, purpose string, parts ...string) func(draw int) *rand.Rand {
	return func(draw int) *rand.Rand { return Stream(seed, purpose, parts, draw) }
}
