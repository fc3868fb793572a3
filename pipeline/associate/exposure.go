package associate

import (
	"slices"

	"firmties/pipeline/stats"
)

// The kinds of exposure.
const (
	cohesion              = "cohesion"
	alterCount            = "count"
	structuralEquivalence = "structural_equivalence"
)

// Exposures lists what a hazard can take as exposure to adoptions.
func Exposures() []Word {
	return []Word{
		{cohesion, "share of the firm's alters that have adopted (Valente 1995)"},
		{alterCount, "number of the firm's alters that have adopted"},
		{structuralEquivalence, "share of all others that have adopted, each weighing as much as its ties are more like the firm's than those of the firm least like it (Burt 1987)"},
	}
}

// The terms that exposure adds.
const (
	exposureTerm = "exposure"
	noAltersTerm = "no_alters"
)

// exposedModel is the model that takes exposure.
const exposedModel = "hazard"

// namesOthers is the metric that is null for firms whose own say on others is
// not observed: who their alters are is not known.
const namesOthers = "degree_out"

// exposed is what firms of the frame were exposed to.
type exposed struct {
	of    []stats.Exposure
	known []bool
}

// expose finds the alters of all firms in a fit's layer: of a directed layer
// those that they name. Alters outside the sample count too, but for those
// whose time is missing, which are nobody's alters. It does not know of firms
// that were not observed, or none of whose alters has a time.
func (f *frame) expose(m *fit, times []value, censored []bool) *exposed {
	spells := make([]stats.Spell, len(f.firms))
	for i, t := range times {
		spells[i] = stats.Spell{Exit: t.x, Event: t.ok && !censored[i]}
	}
	named := numbers(f.in.FirmMetrics, namesOthers, f.firmRows[m.layer.Name])
	e := &exposed{make([]stats.Exposure, len(f.firms)), make([]bool, len(f.firms))}
	ties := f.tiesOf(m.layer)
	for first := 0; first < len(ties); {
		end := first + 1
		for end < len(ties) && f.cluster[end] == f.cluster[first] {
			end++
		}
		alters := altersIn(ties, first, end, m.exposure)
		for i := first; i < end; i++ {
			all := alters(i)
			timed := slices.DeleteFunc(all, func(a stats.Alter) bool { return !times[a.Row].ok })
			e.of[i] = stats.NewExposure(spells, timed, m.exposure != alterCount)
			e.known[i] = (named[i].ok || !m.layer.Directed) && (len(timed) > 0 || len(all) == 0)
		}
		first = end
	}
	return e
}

// altersIn makes the alters of a firm in the cluster that has the given rows.
func altersIn(ties [][]int, first, end int, kind string) func(i int) []stats.Alter {
	if kind != structuralEquivalence {
		return func(i int) []stats.Alter { return stats.TieAlters(ties[i]) }
	}
	network := make([][]int, end-first)
	for i := range network {
		for _, j := range ties[first+i] {
			network[i] = append(network[i], j-first)
		}
	}
	equivalence := stats.NewEquivalence(network)
	return func(i int) []stats.Alter {
		alters := equivalence.Alters(i - first)
		for k := range alters {
			alters[k].Row += first
		}
		return alters
	}
}

// tiesOf lists the firms that every firm has ties to, in order; a tie without
// direction stands with both.
func (f *frame) tiesOf(l Layer) [][]int {
	ties := make([][]int, len(f.firms))
	for pair := range f.ties[l.Name] {
		ties[pair[0]] = append(ties[pair[0]], pair[1])
		if !l.Directed {
			ties[pair[1]] = append(ties[pair[1]], pair[0])
		}
	}
	for _, list := range ties {
		slices.Sort(list)
	}
	return ties
}

// expose adds to a regression the exposure of its firms, and where inside a
// cluster some have no alters and some have, which these are.
func (s *sample) expose(r *regression) {
	if s.exposed == nil {
		return
	}
	r.exposure = make([]stats.Exposure, len(s.firms))
	for i, k := range s.firms {
		r.exposure[i] = s.exposed.of[k]
	}
	none := stats.NoAlters(r.exposure)
	if slices.Contains(stats.ConstantWithin(none, r.clusters), false) {
		r.x, r.names = append(r.x, none), append(r.names, noAltersTerm)
	}
}
