package graphs

import "math/bits"

// exactNodes is how many nodes a graph may have for all partitions of them to
// be tried, which takes 3^n/2 steps.
const exactNodes = 12

// subsets holds, for each set of up to twelve nodes, the best that can be made
// of it.
type subsets struct {
	alone [1 << exactNodes]int64  // the score of the set as one community
	best  [1 << exactNodes]int64  // the highest score of its partitions
	take  [1 << exactNodes]uint16 // in the best of them, the community of its first node
}

// enumerate sets c to the best partition of the nodes that have ties, and
// returns its score: a best partition of a set is some community of its first
// node, with a best partition of the rest. Communities of the same score with
// the first differing node in them come first, which makes Of smallest.
func (c *Communities) enumerate(g *Graph) int64 {
	var rows [exactNodes]uint16
	tied := uint16(0)
	for v := range g.N() {
		for _, w := range g.Out(v) {
			rows[v] |= 1 << w
			tied |= 1 << v
		}
	}
	s := &c.subsets
	s.best[0] = 0
	for set := uint16(1); int(set) < 1<<g.N(); set++ {
		if set&^tied == 0 {
			s.judge(set, &rows, c.first.total)
			s.part(set)
		}
	}
	for v := range c.Of {
		c.Of[v] = int32(v)
	}
	for set := tied; set != 0; set &^= s.take[set] {
		first := int32(bits.TrailingZeros16(set))
		for members := s.take[set]; members != 0; members &= members - 1 {
			c.Of[bits.TrailingZeros16(members)] = first
		}
	}
	return s.best[tied]
}

// judge sets the score of the set as a community.
func (s *subsets) judge(set uint16, rows *[exactNodes]uint16, total int64) {
	inside, degrees := 0, 0
	for members := set; members != 0; members &= members - 1 {
		row := rows[bits.TrailingZeros16(members)]
		inside += bits.OnesCount16(row & set)
		degrees += bits.OnesCount16(row)
	}
	s.alone[set] = total*int64(inside) - int64(degrees)*int64(degrees)
}

// part finds the best partition of the set, those of smaller sets being known.
func (s *subsets) part(set uint16) {
	lowest := set & -set
	others := set &^ lowest
	s.best[set], s.take[set] = s.alone[set], set
	for left := (others - 1) & others; others != 0; left = (left - 1) & others {
		community := left | lowest
		score := s.alone[community] + s.best[set&^community]
		differ := community ^ s.take[set]
		if score > s.best[set] || score == s.best[set] && community&(differ&-differ) != 0 {
			s.best[set], s.take[set] = score, community
		}
		if left == 0 {
			break
		}
	}
}
