package null

import "math/rand/v2"

// drawTies draws as many ties as were observed.
func (e *Ensemble) drawTies(rng *rand.Rand) {
	e.begin()
	e.eachOf(rng, len(e.from), e.directed, e.tie)
}

// drawDyads draws as many mutual and asymmetric dyads as were observed; which
// way an asymmetric one goes is drawn too.
func (e *Ensemble) drawDyads(rng *rand.Rand) {
	e.begin()
	for i, v := range e.from {
		e.tied.set(v, e.to[i])
	}
	mutual := 0
	for i, v := range e.from {
		if v < e.to[i] && e.tied.has(e.to[i], v) {
			mutual++
		}
	}
	for i, v := range e.from {
		e.tied.clear(v, e.to[i])
	}
	e.eachOf(rng, len(e.from)-mutual, false, func(v, w int32) {
		if mutual > 0 { // the first of them
			mutual--
			e.tie(v, w)
			e.tie(w, v)
			return
		}
		if rng.Uint32()&1 == 0 {
			v, w = w, v
		}
		e.tie(v, w)
	})
}

// drawTargets draws for every node as many others as it had.
func (e *Ensemble) drawTargets(rng *rand.Rand) {
	e.begin()
	for i := 0; i < len(e.from); {
		v, first := e.from[i], i
		for i < len(e.from) && e.from[i] == v {
			i++
		}
		e.targets(rng, v, i-first)
	}
}

// targets ties v to count others: the last count of the numbers up to n, each
// in turn replaced by one up to it, unless that is taken (Floyd; in Bentley
// 1987).
func (e *Ensemble) targets(rng *rand.Rand, v int32, count int) {
	other := func(k int32) int32 { // the others are numbered without v
		if k >= v {
			k++
		}
		return k
	}
	others := int32(e.n - 1)
	for top := others - int32(count); top < others; top++ {
		w := other(rng.Int32N(top + 1))
		if e.tied.has(v, w) {
			w = other(top)
		}
		e.tie(v, w)
	}
}

// eachOf calls tie, in random order, with count different pairs (ordered or
// not), any set of them with the same chance. Where they are few it draws until
// it meets one that tie has not tied; otherwise it draws from a list.
func (e *Ensemble) eachOf(rng *rand.Rand, count int, ordered bool, tie func(v, w int32)) {
	n := int32(e.n)
	all := e.n * (e.n - 1)
	if !ordered {
		all /= 2
	}
	if 2*count <= all {
		for range count {
			v, w := rng.Int32N(n), rng.Int32N(n)
			for v == w || e.tied.has(v, w) || !ordered && e.tied.has(w, v) {
				v, w = rng.Int32N(n), rng.Int32N(n)
			}
			tie(v, w)
		}
		return
	}
	e.nodes = e.nodes[:0]
	for v := range n {
		for w := range n {
			if v < w || ordered && v != w {
				e.nodes = append(e.nodes, v*n+w)
			}
		}
	}
	for i := range count {
		j := i + rng.IntN(all-i)
		e.nodes[i], e.nodes[j] = e.nodes[j], e.nodes[i]
		tie(e.nodes[i]/n, e.nodes[i]%n)
	}
}
