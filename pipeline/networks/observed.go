package networks

import (
	"cmp"
	"slices"

	"firmties/graphs"
	"firmties/pipeline/study"
)

// Observed counts what is observed of a network, with the same fields as the
// metrics read.
type Observed struct {
	// Pairs is the number of pairs observed: ordered pairs of a directed
	// network, unordered of an undirected.
	Pairs int64
	// DyadsBothWays is the number of pairs observed in both directions. It and
	// the two below are 0 in an undirected network.
	DyadsBothWays int64
	// ArcsBothWays is the number of arcs within those pairs.
	ArcsBothWays int64
	// ReturnedArcs is the number of those arcs whose opposite is a tie too.
	ReturnedArcs int64
	// Out tells of each firm of a directed network whether one of its outgoing
	// pairs is observed; nil where it is so of all.
	Out []bool
}

// Share is the share of the network's pairs that are observed; false where
// there are no pairs.
func (n *Network) Share() (float64, bool) {
	all := study.ObservedAll(n.Graph.N(), n.Graph.IsDirected())
	if all.Possible() == 0 {
		return 0, false
	}
	return float64(n.Observed.Pairs) / float64(all.Possible()), true
}

// view is what is observed in a layer: a pair that one of its relations
// observes, or, where directed relations make an undirected layer, observes in
// either order.
//
// Almost all pairs are observed or not by the flags of their two firms, so
// firms with the same flags in every member are counted as one class.
type view struct {
	n        int
	directed bool
	members  []*study.Observed

	class          []int32 // of each firm
	size           []int64 // of each class
	representative []int32 // a firm of each class
}

func (v *view) pair(i, j int32) bool {
	for _, m := range v.members {
		if m.Pair(i, j) || !v.directed && m.Pair(j, i) {
			return true
		}
	}
	return false
}

func (v *view) byDefault(i, j int32) bool {
	for _, m := range v.members {
		if m.Default(i, j) || !v.directed && m.Default(j, i) {
			return true
		}
	}
	return false
}

// bothWays makes of a question about a pair the one about it and its opposite.
func bothWays(f func(i, j int32) bool) func(i, j int32) bool {
	return func(i, j int32) bool { return f(i, j) && f(j, i) }
}

func (v *view) observed(g *graphs.Graph) Observed {
	v.classify()
	var o Observed
	if !v.directed {
		o.Pairs = v.count(v.pair, v.byDefault, v.exceptions(true)) / 2
		return o
	}
	o.Pairs = v.count(v.pair, v.byDefault, v.exceptions(false))
	o.DyadsBothWays = v.count(bothWays(v.pair), bothWays(v.byDefault), v.exceptions(true)) / 2
	o.ArcsBothWays, o.ReturnedArcs = v.arcs(g)
	o.Out = v.out()
	return o
}

// classify splits the firms by their flags, member by member.
func (v *view) classify() {
	v.class = make([]int32, v.n)
	type key struct {
		class          int32
		source, target bool
	}
	for _, m := range v.members {
		classes := map[key]int32{}
		for i := range v.class {
			source, target := m.Flags(int32(i))
			k := key{v.class[i], source, target}
			if _, ok := classes[k]; !ok {
				classes[k] = int32(len(classes))
			}
			v.class[i] = classes[k]
		}
	}
	for i, c := range v.class {
		if int(c) == len(v.size) {
			v.size, v.representative = append(v.size, 0), append(v.representative, int32(i))
		}
		v.size[c]++
	}
}

// exceptions lists, once each, the pairs that a member has otherwise than by
// default; with both, in both orders.
func (v *view) exceptions(both bool) []study.Pair {
	var list []study.Pair
	for _, m := range v.members {
		for _, p := range m.Flipped() {
			list = append(list, p)
			if both {
				list = append(list, study.Pair{Source: p.Target, Target: p.Source})
			}
		}
	}
	slices.SortFunc(list, func(a, b study.Pair) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Target, b.Target))
	})
	return slices.Compact(list)
}

// count is the number of ordered pairs of different firms of which a question
// is true: by default from the classes, then corrected by the exceptions.
func (v *view) count(is, byDefault func(i, j int32) bool, exceptions []study.Pair) int64 {
	var sum int64
	for a, i := range v.representative {
		for b, j := range v.representative {
			if !byDefault(i, j) {
				continue
			}
			sum += v.size[a] * v.size[b]
			if a == b {
				sum -= v.size[a]
			}
		}
	}
	for _, p := range exceptions {
		sum += one(is(p.Source, p.Target)) - one(byDefault(p.Source, p.Target))
	}
	return sum
}

// arcs counts the arcs within pairs observed both ways, and those returned.
func (v *view) arcs(g *graphs.Graph) (both, returned int64) {
	for a := range g.All() {
		if !v.pair(a.To, a.From) {
			continue
		}
		both++
		if _, ok := g.Strength(int(a.To), int(a.From)); ok {
			returned++
		}
	}
	return both, returned
}

// out tells of each firm whether one of its outgoing pairs is observed; nil
// where it is so of all. A firm alone has no pair that could be missing.
func (v *view) out() []bool {
	if v.n < 2 {
		return nil
	}
	row := make([]int64, len(v.size))
	for a, i := range v.representative {
		for b, j := range v.representative {
			row[a] += v.size[b] * one(v.byDefault(i, j))
		}
		row[a] -= one(v.byDefault(i, i))
	}
	pairs := make([]int64, v.n)
	for i, c := range v.class {
		pairs[i] = row[c]
	}
	for _, p := range v.exceptions(false) {
		pairs[p.Source] += one(v.pair(p.Source, p.Target)) - one(v.byDefault(p.Source, p.Target))
	}
	if !slices.Contains(pairs, 0) {
		return nil
	}
	out := make([]bool, v.n)
	for i := range out {
		out[i] = pairs[i] > 0
	}
	return out
}

func one(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
