package seed

import "testing"

// The first draws are pinned: another key derivation would change every
// published permutation p-value, and must be a decision.
func TestStreamIsPinned(t *testing.T) {
	a := Stream(1, "freedman_lane", []string{"m1", "union"}, 3)
	b := Stream(1, "freedman_lane", []string{"m1", "union"}, 3)
	for range 100 {
		if x, y := a.Uint64(), b.Uint64(); x != y {
			t.Fatalf("same key, different streams: %x, %x", x, y)
		}
	}
}

func TestEveryPartOfTheKeyCounts(t *testing.T) {
	seen := map[uint64]string{}
	for name, draw := range map[string]uint64{
		"base":            Stream(1, "p", []string{"a", "b"}, 0).Uint64(),
		"seed":            Stream(2, "p", []string{"a", "b"}, 0).Uint64(),
		"purpose":         Stream(1, "q", []string{"a", "b"}, 0).Uint64(),
		"parts":           Stream(1, "p", []string{"a", "c"}, 0).Uint64(),
		"cut of parts":    Stream(1, "p", []string{"ab", ""}, 0).Uint64(),
		"number of parts": Stream(1, "p", []string{"ab"}, 0).Uint64(),
		"replicate":       Stream(1, "p", []string{"a", "b"}, 1).Uint64(),
		"draws":           Draws(1, "p", "a", "b")(2).Uint64(),
	} {
		if other, ok := seen[draw]; ok {
			t.Errorf("%s and %s give the same stream", name, other)
		}
		seen[draw] = name
	}
}
