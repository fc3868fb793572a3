package graphs

import "math/bits"

// maximal adds to found the maximal cliques of a graph of up to 64 nodes that are
// made of one of the given size and some of the set, which like shut is tied to
// all of it; those that could take in one of shut are counted elsewhere. It stops
// at most.
func (r *wordRows) maximal(set, shut uint64, size int, found, most int64) int64 {
	if set == 0 {
		if shut == 0 && size >= 3 {
			found++
		}
		return found
	}
	for turn := set &^ r.pivot(set, shut); turn != 0 && found < most; turn &= turn - 1 {
		v := bits.TrailingZeros64(turn)
		found = r.maximal(r.among(set, v), r.among(shut, v), size+1, found, most)
		set &^= 1 << v
		shut |= 1 << v
	}
	return found
}

// pivot returns the neighbours of the node of either set that has most in set.
func (r *wordRows) pivot(set, shut uint64) uint64 {
	best, most := uint64(0), -1
	for left := set | shut; left != 0; left &= left - 1 {
		near := r[bits.TrailingZeros64(left)&63]
		if count := bits.OnesCount64(near & set); count > most {
			best, most = near, count
		}
	}
	return best
}

// growWords is grow in a graph of up to 64 nodes, for a set of them.
func (c *Cliques) growWords(r *wordRows, set uint64, size int) {
	c.steps--
	c.largest = max(c.largest, size)
	if set == 0 {
		return
	}
	first := len(c.coloured)
	c.colourWords(r, set)
	for i := len(c.coloured) - 1; i >= first; i-- {
		v := c.coloured[i]
		if c.steps < 0 || size+int(v.colour) <= c.largest {
			break
		}
		c.growWords(r, r.among(set, int(v.node)), size+1)
		set &^= 1 << v.node
	}
	c.coloured = c.coloured[:first]
}

// colourWords appends the nodes of the set to coloured, by colours counted from
// 1, which it gives greedily.
func (c *Cliques) colourWords(r *wordRows, set uint64) {
	for colour := int32(1); set != 0; colour++ {
		for free := set; free != 0; {
			v := bits.TrailingZeros64(free)
			c.coloured = append(c.coloured, colouredNode{int32(v), colour})
			set &^= 1 << v
			free &^= r[v&63] | 1<<v
		}
	}
}
