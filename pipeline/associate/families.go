package associate

import (
	"cmp"
	"maps"
	"slices"

	"firmties/pipeline/seed"
	"firmties/pipeline/stats"
)

// The adjustments of p-values for the number of hypotheses of a family.
const (
	romanoWolf    = "romano_wolf"
	westfallYoung = "westfall_young"
	holm          = "holm"
	bh            = "bh"
)

// Adjustments lists how p-values can be adjusted for their number.
func Adjustments() []Word {
	return []Word{
		{romanoWolf, "step-down by wild cluster bootstraps over common weights (Romano & Wolf 2005)"},
		{westfallYoung, "step-down by permutations of the clusters' outcomes common to all metrics (Westfall & Young 1993)"},
		{holm, "step-down whatever the dependence (Holm 1979)"},
		{bh, "share of false ones among those called, for lists that explore (Benjamini & Hochberg 1995)"},
	}
}

// joint is what a fit brings to the adjustment of its family: a bootstrap to
// be drawn again with weights common to all, or the columns of a rank
// correlation.
type joint struct {
	wild      *stats.WildCluster
	statistic float64
	clusters  []int // of the frame
	x, y      []float64
	of        func(x, y []float64) (r float64, ok bool)
}

// hypothesis is the row that answers about clusters like these, for one fit of
// a family.
type hypothesis struct {
	row   *association
	joint *joint
}

// adjustFamilies fills in the adjusted p of every headline, family by family.
func (f *frame) adjustFamilies(results []result) {
	like, these := map[string][]hypothesis{}, map[string][]hypothesis{}
	for i := range results {
		for j := range results[i].rows {
			row := &results[i].rows[j]
			switch {
			case !row.headline || !row.p.ok:
			case row.estimand == theseClusters:
				these[row.fit.family] = append(these[row.fit.family], hypothesis{row, nil})
			default:
				like[row.fit.family] = append(like[row.fit.family], hypothesis{row, results[i].joint})
			}
		}
	}
	for _, family := range slices.Sorted(maps.Keys(like)) {
		f.adjust(family, like[family])
	}
	for _, family := range slices.Sorted(maps.Keys(these)) {
		adjustEach(holm, these[family], stats.Holm)
	}
}

// adjust fills in the adjusted p of one family, by what it asks for, or the
// best that all its fits offer.
func (f *frame) adjust(family string, members []hypothesis) {
	kind := ""
	for _, m := range members {
		kind = cmp.Or(kind, m.row.fit.adjust)
	}
	if (kind == "" || kind == romanoWolf) && f.romanoWolf(members) {
		return
	}
	if (kind == "" || kind == westfallYoung) && f.westfallYoung(family, members) {
		return
	}
	if kind == bh {
		adjustEach(bh, members, stats.BenjaminiHochberg)
		return
	}
	adjustEach(holm, members, stats.Holm)
}

func adjustEach(kind string, members []hypothesis, adjust func([]float64) []float64) {
	p := make([]float64, len(members))
	for i, m := range members {
		p[i] = m.row.p.x
	}
	for i, q := range adjust(p) {
		members[i].row.adjusted, members[i].row.adjustedType = some(q), kind
	}
}

// romanoWolf adjusts fits that all have a wild bootstrap; false where one has
// none.
func (f *frame) romanoWolf(members []hypothesis) bool {
	var union []int
	for _, m := range members {
		if m.joint == nil || m.joint.wild == nil {
			return false
		}
		union = append(union, m.joint.clusters...)
	}
	slices.Sort(union)
	union = slices.Compact(union)
	weights, err := f.weights(len(union), members[0].row.fit.draws)
	if err != nil {
		return false
	}
	observed, drawn := make([]float64, len(members)), make([][]float64, len(members))
	for i, m := range members {
		observed[i], drawn[i] = m.joint.statistic, m.joint.wild.Statistics(weights.Of(placesIn(union, m.joint.clusters)))
	}
	for i, q := range stats.StepDown(observed, drawn, weights.Enumerated()) {
		members[i].row.adjusted, members[i].row.adjustedType = some(q), romanoWolf
	}
	return true
}

// westfallYoung adjusts rank correlations over the same clusters, by orders
// drawn for all of them; false where one is something else.
func (f *frame) westfallYoung(family string, members []hypothesis) bool {
	for _, m := range members {
		if m.joint == nil || m.joint.x == nil || len(m.joint.clusters) > manyClusters || !slices.Equal(m.joint.clusters, members[0].joint.clusters) {
			return false
		}
	}
	draws := members[0].row.fit.draws
	observed, drawn := make([]float64, len(members)), make([][]float64, len(members))
	for i, m := range members {
		observed[i], drawn[i] = m.joint.statistic, make([]float64, draws)
	}
	stream := seed.Draws(f.in.Seed, "westfall_young", family)
	y := make([]float64, len(members[0].joint.y))
	for draw := range draws {
		order := stream(draw).Perm(len(y))
		for i, m := range members {
			for k, from := range order {
				y[k] = m.joint.y[from]
			}
			drawn[i][draw], _ = m.joint.of(m.joint.x, y)
		}
	}
	for i, q := range stats.StepDown(observed, drawn, false) {
		members[i].row.adjusted, members[i].row.adjustedType = some(q), westfallYoung
	}
	return true
}

// jointOf is what a firm model brings to its family.
func (x *firmFit) jointOf() *joint {
	if x.e.wild == nil || !x.m.asked(byWildCluster) || x.r.clusters.Len() > manyClusters {
		return nil
	}
	test, err := x.wildTest()
	if err != nil {
		return nil
	}
	return &joint{wild: test, statistic: test.Statistic(), clusters: x.s.clusters}
}
