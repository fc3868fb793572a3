package measure

import (
	"fmt"
	"math"
	"math/rand/v2"

	"firmties/graphs"
	"firmties/graphs/null"
	"firmties/pipeline/seed"
	"firmties/pipeline/study"
)

// DefaultCouplingDraws is how many random networks of tasks each null draws, in
// studies of up to comparedClusters clusters, where the study does not say.
const DefaultCouplingDraws = 999

// couplingDraws is how many each null of a study draws.
func couplingDraws(s *study.Study) int {
	switch {
	case s.Coupling.Declared:
		return s.Coupling.Draws
	case len(s.Clusters) > comparedClusters:
		return 0
	}
	return DefaultCouplingDraws
}

// CouplingChoice says in words what coupling is held against.
func CouplingChoice(s *study.Study) string {
	if !couples(s) {
		return "none: no layers of both practices and tasks"
	}
	return fmt.Sprintf("practices and tasks of a cluster, against %d random networks of each null", couplingDraws(s))
}

// The nulls.
const (
	fixedMargins = "fixed_margins"
	relabelled   = "relabelled"
)

// compare adds the rows of a cluster: each measure against both nulls, how much
// of the way to the most that could be shared is shared, and the densities.
func (k *coupler) compare(t tallies) {
	k.against(t, relabelled, k.relabel)
	if k.tasks != nil {
		k.ofTasks.OfEvents(k.tasks)
	}
	if k.ties != nil {
		k.ofTies.Of(k.ties, null.DegreeSequence)
	}
	k.excess(t, k.against(t, fixedMargins, k.redraw))
	k.plain(taskDensity, t.tasks/t.pairs, "")
	k.plain(practiceDensity, t.practices/t.pairs, "")
}

// against draws networks of tasks, and adds a row for each measure. It returns
// the mean number of pairs that share practices and tasks.
func (k *coupler) against(t tallies, model string, draw func(rng *rand.Rand)) (both float64) {
	s := k.plan.study
	streams := seed.Draws(s.Seed, "coupling/"+model, s.Clusters[k.cluster].ID)
	for i := range k.drawnValues {
		k.drawnValues[i] = k.drawnValues[i][:0]
	}
	k.drawn = resized(k.drawn, k.n*(k.n-1)/2)
	clear(k.drawn)
	draws := couplingDraws(s)
	for i := range draws {
		draw(streams(i))
		random := tallies{pairs: t.pairs, practices: t.practices}
		for _, pair := range k.drawnPairs {
			k.drawn[pair] = false
			k.add(&random, pair)
		}
		both += random.both / float64(draws)
		for m := range coupledMeasures {
			if x := coupledMeasures[m].of(k, random); !math.IsNaN(x) && !math.IsInf(x, 0) {
				k.drawnValues[m] = append(k.drawnValues[m], x)
			}
		}
	}
	for m := range coupledMeasures {
		k.rows = append(k.rows, k.judged(coupledMeasures[m].name, model, coupledMeasures[m].of(k, t), k.drawnValues[m]))
	}
	return both
}

// relabel gives the firms each other's tasks.
func (k *coupler) relabel(rng *rand.Rand) {
	k.drawnPairs = k.drawnPairs[:0]
	k.names = resized(k.names, k.n)
	null.Shuffle(k.names, rng)
	for a := range k.joined.All() {
		k.tie(k.names[a.From], k.names[a.To])
	}
}

// redraw draws who takes part in which task, each firm in as many and each task
// with as many firms, and the ties of joint enterprise, each firm with as many.
func (k *coupler) redraw(rng *rand.Rand) {
	k.drawnPairs = k.drawnPairs[:0]
	if k.tasks != nil {
		k.tieAll(k.ofTasks.Draw(rng))
	}
	if k.ties != nil {
		k.tieAll(k.ofTies.Draw(rng))
	}
}

func (k *coupler) tieAll(g *graphs.Graph) {
	for v := range g.N() {
		for _, w := range g.Out(v) {
			if int(w) < v {
				k.tie(int32(v), w)
			}
		}
	}
}

// tie joins two firms in the network being drawn, once.
func (k *coupler) tie(v, w int32) {
	if pair := pairOf(v, w); !k.drawn[pair] {
		k.drawn[pair] = true
		k.drawnPairs = append(k.drawnPairs, pair)
	}
}

// judged is a measure against its values in the networks drawn.
func (k *coupler) judged(measure, model string, value float64, drawn []float64) coupled {
	var r Compared
	r.clear()
	r.Value = value
	r.against(drawn)
	return coupled{cluster: k.cluster, measure: measure, model: model, value: value, draws: len(drawn),
		expected: r.Expected, sd: r.SD, p: r.P, effect: value - r.Expected}
}

// excess adds how much of the way from the overlap expected to the largest
// possible is gone.
func (k *coupler) excess(t tallies, expected float64) {
	value := math.NaN()
	if most := min(t.tasks, t.practices); most > expected && couplingDraws(k.plan.study) > 0 {
		value = (t.both - expected) / (most - expected)
	}
	k.plain("coupling_excess", value, fixedMargins)
}

// plain adds a row without draws of its own.
func (k *coupler) plain(measure string, value float64, model string) {
	if model == "" {
		model = noNull
	}
	nan := math.NaN()
	k.rows = append(k.rows, coupled{cluster: k.cluster, measure: measure, model: model, value: value, expected: nan, sd: nan, effect: nan, p: nan})
}

// refuse adds the densities, and a row with the reason for every measure.
func (k *coupler) refuse(t tallies, reason string) {
	first := len(k.rows)
	for _, model := range []string{fixedMargins, relabelled} {
		for m := range coupledMeasures {
			k.plain(coupledMeasures[m].name, math.NaN(), model)
		}
	}
	k.plain("coupling_excess", math.NaN(), fixedMargins)
	for i := range k.rows[first:] {
		k.rows[first+i].reason = reason
	}
	if t.pairs > 0 {
		k.plain(taskDensity, t.tasks/t.pairs, "")
		k.plain(practiceDensity, t.practices/t.pairs, "")
	}
}
