package stats

import (
	"cmp"
	"math"
	"slices"
)

// Alter is a firm whose adoption another may have learned of, and how much it
// counts.
type Alter struct {
	Row    int // of the spells
	Weight float64
}

// Exposure is what a firm could have learned of the adoptions of its alters,
// by time. The zero value is that of a firm without alters.
type Exposure struct {
	times   []float64 // when alters adopted, ascending
	reached []float64 // their weight up to each of them
	per     float64   // what weights are divided by; 0: no alters
}

// NewExposure returns the exposure of a firm,
//
//	E(t) = Σ_j w_j 1{T_j < t}
//
// over its alters j, T_j the end of a spell with an event. Alters that adopt at
// t itself are not yet known of: in periods, exposure is lagged by one. One
// whose spell ends without an event has not adopted, also after that end. With
// shares, weights are divided by their sum, so that exposure goes from 0 to 1:
// of alters by ties this is cohesion. Alters of weight 0 are none.
//
// References: Valente 1995, Network Models of the Diffusion of Innovations;
// Marsden & Friedkin 1993, Sociol. Methods Res. 22.
//
// R: netdiffuseR::exposure(graph, cumadopt, lags = 1), normalized = shares.
func NewExposure(spells []Spell, alters []Alter, shares bool) Exposure {
	var e Exposure
	var adopted []Alter
	for _, a := range alters {
		e.per += a.Weight
		if a.Weight > 0 && spells[a.Row].Event {
			adopted = append(adopted, a)
		}
	}
	if e.per > 0 && !shares {
		e.per = 1
	}
	slices.SortStableFunc(adopted, func(a, b Alter) int { return cmp.Compare(spells[a.Row].Exit, spells[b.Row].Exit) })
	var sum float64
	for _, a := range adopted {
		sum += a.Weight
		if k := len(e.times) - 1; k >= 0 && e.times[k] == spells[a.Row].Exit {
			e.reached[k] = sum
			continue
		}
		e.times, e.reached = append(e.times, spells[a.Row].Exit), append(e.reached, sum)
	}
	return e
}

// At returns the exposure at a time: 0 without alters, which NoAlters tells
// from alters that have not adopted.
func (e Exposure) At(t float64) float64 {
	before, _ := slices.BinarySearch(e.times, t)
	if before == 0 {
		return 0
	}
	return e.reached[before-1] / e.per
}

// NoAlters returns 1 for every firm that has no alters, else 0: exposure is 0
// for both it and a firm whose alters have not adopted.
func NoAlters(of []Exposure) []float64 {
	none := make([]float64, len(of))
	for i, e := range of {
		none[i] = btof(e.per == 0)
	}
	return none
}

// Exposure returns the exposure of the spells by row, each at its period.
func (p *PersonPeriods) Exposure(of []Exposure) []float64 {
	out := make([]float64, len(p.Row))
	for k, i := range p.Row {
		out[k] = of[i].At(p.Period[k])
	}
	return out
}

// MeanThreshold returns the mean exposure at which firms adopted (Valente 1996,
// Soc. Netw. 18): low where they go ahead of their alters, high where they
// follow. False where no firm with alters adopted.
func MeanThreshold(spells []Spell, of []Exposure) (float64, bool) {
	var sum float64
	n := 0
	for i, s := range spells {
		if s.Event && of[i].per > 0 {
			sum += of[i].At(s.Exit)
			n++
		}
	}
	return sum / float64(max(n, 1)), n > 0
}

// TieAlters returns those that a firm has ties to, all of weight 1.
func TieAlters(ties []int) []Alter {
	alters := make([]Alter, len(ties))
	for k, j := range ties {
		alters[k] = Alter{j, 1}
	}
	return alters
}

// Equivalence tells how alike the places of firms in one network are.
type Equivalence struct {
	to, from [][]int
	common   []float64 // for one firm: others that it and each firm both are tied to
}

// NewEquivalence compares the firms of a network. ties has for each firm those
// that it has ties to, once each and not itself; a tie without direction stands
// with both.
func NewEquivalence(ties [][]int) *Equivalence {
	q := &Equivalence{to: ties, from: make([][]int, len(ties)), common: make([]float64, len(ties))}
	for i, list := range ties {
		for _, j := range list {
			q.from[j] = append(q.from[j], i)
		}
	}
	return q
}

// Distances returns the Euclidean distance of a firm to every firm,
//
//	d_ij² = (z_ij - z_ji)² + Σ_k (z_ik - z_jk)² + Σ_k (z_ki - z_kj)²
//
// over k other than i and j, z 1 for a tie (Burt 1987, AJS 92): 0 for two
// firms that are tied to the same others, and to each other or not at all.
// netdiffuseR takes lengths of paths for z.
func (q *Equivalence) Distances(i int) []float64 {
	squared := make([]float64, len(q.to))
	named, names := make([]float64, len(q.to)), make([]float64, len(q.to))
	for _, j := range q.to[i] {
		named[j] = 1
	}
	for _, j := range q.from[i] {
		names[j] = 1
	}
	q.apart(squared, i, q.to, q.from)
	q.apart(squared, i, q.from, q.to)
	for j := range squared {
		between := named[j] + names[j] // in each sum once too many
		squared[j] = math.Sqrt(squared[j] - 2*between + (named[j]-names[j])*(named[j]-names[j]))
	}
	squared[i] = 0
	return squared
}

// apart adds how many firms one of i and j is tied to and the other is not,
// each of the two counting as the other's.
func (q *Equivalence) apart(squared []float64, i int, to, from [][]int) {
	clear(q.common)
	for _, k := range to[i] {
		for _, j := range from[k] {
			q.common[j]++
		}
	}
	for j := range squared {
		squared[j] += float64(len(to[i])+len(to[j])) - 2*q.common[j]
	}
}

// Alters returns all other firms, each weighing as much as it is nearer than
// the farthest of them, max_k d_ik - d_ij (Burt 1987; Valente 1995, with
// exponent 1): the farthest is no alter. Where all are equally far all weigh 1.
// Weights of 1/d_ij, which netdiffuseR also has, do not exist for firms in the
// same place, which are the very ones to be compared with.
func (q *Equivalence) Alters(i int) []Alter {
	distances := q.Distances(i)
	near, far := math.Inf(1), 0.0
	for j, d := range distances {
		if j != i {
			near, far = min(near, d), max(far, d)
		}
	}
	var alters []Alter
	for j, d := range distances {
		switch {
		case j == i:
		case near == far:
			alters = append(alters, Alter{j, 1})
		case d < far:
			alters = append(alters, Alter{j, far - d})
		}
	}
	return alters
}
