package graphs

import "math/bits"

// leadScalar notes the ties of entries first to end-1 of p that lead searches to
// nodes below limit that these have yet to reach, where they end in led, and
// returns how many there are with those before. That is so of half of the ties,
// which no processor foresees: so each is written, and kept by counting it. There
// is room for that.
func leadScalar(p *pathBatch, rows *adjacency, first, end, limit int) int {
	m := len(p.ties)
	left := p.left[:limit]
	for i := first; i < end; i++ {
		row, here := rows.row(int(p.node[i])), p.reached[i]
		ties := p.ties[m : m+len(row)]
		kept := 0
		for _, w := range row {
			if int(w) >= len(left) {
				break
			}
			by := here & left[w]
			ties[kept] = pathTie{w, by}
			kept += int((uint32(by) + 1<<16 - 1) >> 16) // 1 unless it is empty
		}
		m += kept
		p.led[i+1] = int32(m)
	}
	return m
}

// countScalar adds the paths to the nodes of entries first to end-1 of p to
// those of the nodes that their ties lead on to, as often as the node has
// copies, and notes in next which searches reach those.
func countScalar(p *pathBatch, copies []float64, first, end int) {
	from := p.led[first]
	for i := first; i < end; i++ {
		u := p.node[i]
		paths := p.paths[u]
		for k := range paths {
			paths[k] *= copies[u]
		}
		for _, t := range p.ties[from:p.led[i+1]] {
			p.next[t.to] |= t.by
			sum := &p.paths[t.to]
			for set := t.by; set != 0; set &= set - 1 {
				k := bits.TrailingZeros16(uint16(set)) & (batchSize - 1)
				sum[k] += paths[k]
			}
		}
		from = p.led[i+1]
	}
}

// arriveScalar adds to the entries of p the nodes below limit that some search
// reaches in the step being taken, which are a third of them, and returns how
// many there are now. There is room for them and for a block of sets.
func arriveScalar(p *pathBatch, limit int) int {
	m := len(p.node)
	node, reached := p.node[:m+limit], p.reached[:m+limit]
	for v := range limit {
		fresh := p.next[v]
		node[m], reached[m] = int32(v), fresh
		m += int((uint32(fresh) + 1<<16 - 1) >> 16) // 1 unless it is empty
		p.left[v] &^= fresh
		p.next[v] = 0
	}
	return m
}

// dependScalar adds to dst the dependencies of the sources on the nodes of
// entries first to end-1 of p, and puts the coefficients in the place of the
// paths. What is reached of nodes from own on is halved.
func dependScalar(p *pathBatch, dst, reach, copies []float64, own, first, end int) {
	from := p.led[first]
	for i := first; i < end; i++ {
		v := p.node[i]
		dependent := lanes{}
		for _, t := range p.ties[from:p.led[i+1]] {
			coefficient := &p.paths[t.to]
			for set := t.by; set != 0; set &= set - 1 {
				k := bits.TrailingZeros16(uint16(set)) & (batchSize - 1)
				dependent[k] += coefficient[k]
			}
		}
		from = p.led[i+1]
		reached := reach[v]
		if int(v) >= own {
			reached /= 2
		}
		paths, weighted := &p.paths[v], lanes{}
		for set := p.reached[i]; set != 0; set &= set - 1 {
			k := bits.TrailingZeros16(uint16(set)) & (batchSize - 1)
			if paths[k] > p.most {
				p.most = paths[k]
			}
			dependency := paths[k] * dependent[k]
			weighted[k] = p.weight[k] * dependency
			paths[k] = (reached + float64(copies[v]*dependency)) / paths[k]
		}
		var s [4]float64
		for k := range s {
			s[k] = (weighted[k] + weighted[k+8]) + (weighted[k+4] + weighted[k+12])
		}
		dst[v] += (s[0] + s[2]) + (s[1] + s[3])
	}
}
