package study

import (
	"cmp"
	"slices"
)

// Observed says which pairs of a cluster's firms are observed in a relation:
// ordered pairs of a directed relation, unordered ones of an undirected.
//
// Almost always a firm's pairs are observed together, because its respondent
// was asked about all of them: so it is kept as a default per firm and the
// few pairs that differ, and never as a matrix.
type Observed struct {
	n        int
	directed bool
	all      bool
	// both: a pair is observed by default if source[i] and target[j] are;
	// otherwise if one of them is.
	both           bool
	source, target []bool
	flipped        []Pair // sorted; pairs that are not as by default
}

// Pair is a pair of nodes.
type Pair struct{ Source, Target int32 }

func comparePairs(a, b Pair) int {
	return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Target, b.Target))
}

// ObservedAll returns the state in which every pair of n firms is observed.
func ObservedAll(n int, directed bool) Observed {
	return Observed{n: n, directed: directed, all: true}
}

// ObservedBy returns the state in which a pair is observed if its source's or
// its target's flag is set (with both: if both are), but for the flipped
// pairs. In an undirected relation source and target flags must be the same
// slice, and flipped pairs have the smaller node first.
func ObservedBy(n int, directed, both bool, source, target []bool, flipped []Pair) Observed {
	slices.SortFunc(flipped, comparePairs)
	return Observed{n: n, directed: directed, both: both, source: source, target: target, flipped: flipped}
}

// Directed reports whether pairs are ordered.
func (o *Observed) Directed() bool { return o.directed }

// All reports whether every pair is observed.
func (o *Observed) All() bool { return o.all || o.Count() == o.Possible() }

// Possible is the number of pairs.
func (o *Observed) Possible() int64 {
	n := int64(o.n)
	if o.directed {
		return n * (n - 1)
	}
	return n * (n - 1) / 2
}

// Pair reports whether the pair i, j is observed. No firm has a pair with
// itself.
func (o *Observed) Pair(i, j int32) bool {
	switch {
	case i == j:
		return false
	case o.all:
		return true
	}
	if !o.directed && i > j {
		i, j = j, i
	}
	_, flipped := slices.BinarySearchFunc(o.flipped, Pair{i, j}, comparePairs)
	return o.Default(i, j) != flipped
}

// Default reports whether the pair i, j is observed but for the flipped pairs.
// It depends on Flags of i and j alone.
func (o *Observed) Default(i, j int32) bool {
	switch {
	case o.all:
		return true
	case o.both:
		return o.source[i] && o.target[j]
	default:
		return o.source[i] || o.target[j]
	}
}

// Flags returns what the default says of firm i as a source and as a target.
func (o *Observed) Flags(i int32) (source, target bool) {
	if o.all {
		return true, true
	}
	return o.source[i], o.target[i]
}

// Flipped returns the pairs that are not as by default, sorted; in an
// undirected relation the smaller node comes first. The caller must not change
// them.
func (o *Observed) Flipped() []Pair { return o.flipped }

// Count is the number of observed pairs.
func (o *Observed) Count() int64 {
	if o.all {
		return o.Possible()
	}
	var sources, targets, diagonal int64
	for i := range o.n {
		sources += one(o.source[i])
		targets += one(o.target[i])
		diagonal += one(o.Default(int32(i), int32(i)))
	}
	n := int64(o.n)
	count := sources*n + (n-sources)*targets - diagonal
	if o.both {
		count = sources*targets - diagonal
	}
	if !o.directed {
		count /= 2 // source and target flags are the same: every pair stands twice
	}
	for _, p := range o.flipped {
		if o.Default(p.Source, p.Target) {
			count--
		} else {
			count++
		}
	}
	return count
}

func one(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
