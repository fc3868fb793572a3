package null

import "math/rand/v2"

// movesPerTie is how many moves are tried for each tie before a graph counts as
// drawn, and leastMoves how many at least. On the villages of Brazilian farmers
// two moves a tie leave a trace of the observed network in closure and
// reciprocity, four do not.
const (
	movesPerTie = 8
	leastMoves  = 300
)

// rewire draws a graph with the observed degrees: it tries moves that keep
// them, and where a move would tie a node with itself or a pair twice, stays.
// Each move is as likely as the one that undoes it, so that all graphs are
// equally likely in the end. In a directed graph switches alone do not lead
// everywhere (a cycle of three is stuck), so that some moves turn a cycle round
// (Rao, Jana & Bandyopadhyay 1996).
func (e *Ensemble) rewire(rng *rand.Rand) {
	e.untie()
	e.head, e.tail = append(e.head[:0], e.from...), append(e.tail[:0], e.to...)
	for i, v := range e.head {
		e.tied.set(v, e.tail[i])
		if !e.directed {
			e.tied.set(e.tail[i], v)
		}
	}
	m := len(e.head)
	if m < 2 {
		return
	}
	for range max(leastMoves, movesPerTie*m) {
		bits := rng.Uint64() // 30 for each of two ties, 4 for what to do with them
		i := int((bits >> 34) * uint64(m) >> 30)
		j := int((bits >> 4 & (1<<30 - 1)) * uint64(m) >> 30)
		switch {
		case !e.directed:
			e.switchEnds(i, j, bits&1 == 1)
		case bits&7 == 0:
			e.turnRound(i, rng.Int32N(int32(e.n)))
		default:
			e.switchTargets(i, j)
		}
	}
}

// switchEnds makes of the ties v-w and x-y the ties v-y and x-w, or with
// turned v-x and w-y.
func (e *Ensemble) switchEnds(i, j int, turned bool) {
	v, w, x, y := e.head[i], e.tail[i], e.head[j], e.tail[j]
	if turned {
		x, y = y, x
	}
	if i == j || v == y || x == w || e.tied.has(v, y) || e.tied.has(x, w) {
		return
	}
	e.join(v, w, false)
	e.join(x, y, false)
	e.join(v, y, true)
	e.join(x, w, true)
	e.head[i], e.tail[i], e.head[j], e.tail[j] = v, y, x, w
}

func (e *Ensemble) join(v, w int32, tied bool) {
	if tied {
		e.tied.set(v, w)
		e.tied.set(w, v)
	} else {
		e.tied.clear(v, w)
		e.tied.clear(w, v)
	}
}

// switchTargets exchanges the targets of two arcs.
func (e *Ensemble) switchTargets(i, j int) {
	v, w, x, y := e.head[i], e.tail[i], e.head[j], e.tail[j]
	if i == j || v == y || x == w || e.tied.has(v, y) || e.tied.has(x, w) {
		return
	}
	e.tied.clear(v, w)
	e.tied.clear(x, y)
	e.tied.set(v, y)
	e.tied.set(x, w)
	e.tail[i], e.tail[j] = y, w
}

// turnRound turns the cycle of arc i and a third node, if there is one and none
// of its arcs is returned.
func (e *Ensemble) turnRound(i int, third int32) {
	v, w, x := e.head[i], e.tail[i], third
	if !e.tied.has(w, x) || !e.tied.has(x, v) || e.tied.has(w, v) || e.tied.has(x, w) || e.tied.has(v, x) {
		return
	}
	for k := range e.head {
		switch [2]int32{e.head[k], e.tail[k]} {
		case [2]int32{v, w}, [2]int32{w, x}, [2]int32{x, v}:
			e.tied.clear(e.head[k], e.tail[k])
			e.head[k], e.tail[k] = e.tail[k], e.head[k]
		}
	}
	e.tied.set(w, v)
	e.tied.set(x, w)
	e.tied.set(v, x)
}
