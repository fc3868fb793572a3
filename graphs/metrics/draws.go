package metrics

import "math/rand/v2"

// draws is the random stream of a metric that draws. Each has its own, of its
// own purpose, so that no metric's values depend on which others are computed.
type draws struct {
	source rand.ChaCha8
	rng    *rand.Rand
	order  func([]int32) // shuffle, kept so that passing it does not allocate
}

// The purposes of streams.
const (
	drawsOrder = 1 + iota // of firms, for communities
	drawsTies             // of reference networks, for small worlds
)

// restart begins the stream of a purpose under a key.
func (d *draws) restart(key [32]byte, purpose byte) {
	if d.rng == nil {
		d.rng = rand.New(&d.source)
		d.order = d.shuffle
	}
	key[0] ^= purpose
	d.source.Seed(key)
}

func (d *draws) shuffle(x []int32) {
	d.rng.Shuffle(len(x), func(i, j int) { x[i], x[j] = x[j], x[i] })
}
