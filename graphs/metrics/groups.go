package metrics

// mixing counts the ends of ties among firms whose group is known: all of them,
// those of ties within a group, and those of each group. Undirected view.
type mixing struct {
	all, within int64
	of          []int64
}

// oneGroup tells whether all ties, or none, are to be had in one group.
func (x *mixing) oneGroup() bool {
	for _, ends := range x.of {
		if ends != 0 && ends != x.all {
			return false
		}
	}
	return true
}

// expected is the share of ties that would fall within groups if the ends of
// ties were joined at random, times the square of all ends.
func (x *mixing) expected() float64 {
	sum := 0.0
	for _, ends := range x.of {
		sum += float64(ends) * float64(ends)
	}
	return sum
}

// mixing counts the ties by the present row's groups.
func (s *Shared) mixing() mixing {
	groups := s.groups()
	f := &s.ofGroups
	f.ends = resized(f.ends, groupCount(groups))
	clear(f.ends)
	x := mixing{of: f.ends}
	for v, k := range groups {
		if k < 0 {
			continue
		}
		for _, w := range s.undirected().Out(v) {
			switch groups[w] {
			case k:
				x.within++
				x.of[k]++
			default:
				if groups[w] >= 0 {
					x.of[k]++
				}
			}
		}
	}
	for _, ends := range x.of {
		x.all += ends
	}
	return x
}

// eiIndex is whether a firm's ties lead out of its group (1) or stay in it
// (-1): external less internal ties, over both. Undirected view, strengths
// ignored; ties to firms whose group is not known are left out. Null for an
// isolate, and where the firm's own group, or that of all its partners, is not
// known. Cost n+m. Krackhardt & Stern 1988, doi:10.2307/2786835. It is sna's
// and UCINET's E-I index of the firm.
func eiIndex(s *Shared, out []float64) {
	groups := s.groups()
	for v, k := range groups {
		external, internal := 0.0, 0.0
		for _, w := range s.undirected().Out(v) {
			switch {
			case groups[w] < 0:
			case groups[w] == k:
				internal++
			default:
				external++
			}
		}
		if external+internal > 0 {
			out[v] = (external - internal) / (external + internal)
		}
	}
}

// eiIndexOfTies is eiIndex over all ties of the network: (external - internal)
// / (external + internal). Null without ties, and where no tie has both groups
// known. Cost n+m. Krackhardt & Stern 1988, doi:10.2307/2786835.
func eiIndexOfTies(s *Shared, out []float64) {
	x := s.mixing()
	out[0] = float64(x.all-2*x.within) / float64(x.all)
}

// alterBlau is how mixed the firm's partners are: 1 less the sum of squared
// shares of the groups among them, 0 where they are all of one. Undirected
// view, strengths ignored; partners whose group is not known are left out. Null
// for an isolate, and where no partner's group is known. Cost n+m. Blau 1977,
// ISBN 9780029036600. It is egor's and UCINET's heterogeneity of alters.
func alterBlau(s *Shared, out []float64) {
	groups := s.groups()
	f := &s.ofGroups
	f.sizes = resized(f.sizes, groupCount(groups))
	clear(f.sizes)
	for v := range groups {
		partners := s.undirected().Out(v)
		known, squares := int64(0), int64(0)
		for _, w := range partners {
			if k := groups[w]; k >= 0 {
				squares += 2*f.sizes[k] + 1 // so much does the square of the size grow
				f.sizes[k]++
				known++
			}
		}
		for _, w := range partners {
			if k := groups[w]; k >= 0 {
				f.sizes[k] = 0
			}
		}
		if known > 0 {
			out[v] = 1 - float64(squares)/(float64(known)*float64(known))
		}
	}
}

// assortativityByGroup tells whether ties stay within groups (towards 1) or
// lead out of them (below 0): (sum e_kk - sum a_k²)/(1 - sum a_k²), e_kk being
// the share of ties within group k and a_k the share of ends of ties in it.
// Undirected view, strengths ignored; ties with an end whose group is not known
// are left out. Null where all ends of ties are in one group, in particular
// without ties, and where no tie has both groups known. Cost n+m. Newman 2003,
// doi:10.1103/PhysRevE.67.026126. It is igraph's assortativity_nominal and
// NetworkX's attribute_assortativity_coefficient of the undirected graph.
func assortativityByGroup(s *Shared, out []float64) {
	x := s.mixing()
	all, expected := float64(x.all), x.expected()
	out[0] = (float64(x.within)*all - expected) / (all*all - expected)
}

// modularityByGroup is the share of ties within groups less the share expected
// if ties were laid at random between the same degrees, sum e_kk - sum a_k², as
// in assortativityByGroup. Undirected view, strengths ignored, resolution 1;
// ties with an end whose group is not known are left out. Null without ties,
// and where no tie has both groups known. Cost n+m. Newman & Girvan 2004,
// doi:10.1103/PhysRevE.69.026113. It is igraph's and NetworkX's modularity of
// the undirected graph with the groups as partition.
func modularityByGroup(s *Shared, out []float64) {
	x := s.mixing()
	all := float64(x.all)
	out[0] = float64(x.within)/all - x.expected()/(all*all)
}
