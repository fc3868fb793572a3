package measure

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"firmties/graphs/metrics"
	"firmties/pipeline/table"
)

// The measures besides coupledMeasures, and the words of the table.
const (
	taskDensity     = "task_density"
	practiceDensity = "practice_density"
	noNull          = "none"
	saturated       = "saturated"
	notConverged    = "not_converged"
)

// coupled is one measure of a cluster against one null. NaN is missing.
type coupled struct {
	cluster             int32
	measure, model      string
	value, expected, sd float64
	effect, p           float64
	draws               int
	reason              string
}

// WhatCouplingIs is what the numbers are and are not.
const WhatCouplingIs = "Coupling of practices and tasks puts to a number what Gau (2023) reports from interviews in twelve clusters, that shared practices and collaborative tasks go together; it is not Wenger's (1998) duality of participation and reification itself, and says nothing of cause."

func couplingFields(p *Plan) table.Definition[coupled] {
	number := func(c table.Column, get func(*coupled) float64) table.Field[coupled] {
		return table.NumberField(c, func(r *coupled) (float64, bool) { x := get(r); return x, !math.IsNaN(x) })
	}
	names := []string{taskDensity, practiceDensity, "coupling_excess"}
	for m := range coupledMeasures {
		names = append(names, coupledMeasures[m].name)
	}
	return table.Define("coupling", WhatCouplingIs+" Two firms share practices where they take part in the same event of a shared_repertoire affiliation, and tasks where they take part in the same event of a joint_enterprise affiliation or have a tie of joint enterprise; layers of mutual engagement are on neither side. The table has rows where the study has layers of both.",
		[]string{"cluster", "measure", "null_model"},
		table.CodeField(clusterColumn, func(r *coupled) int32 { return r.cluster }),
		table.CategoryField(table.Column{Name: "measure", NullWhen: "never", Levels: names,
			Doc: "coupling (the headline): mean, over pairs that share tasks, of how many more practices they share than the numbers of practices of the firms and of firms of the practices lead to expect, in standard deviations (bipartite configuration model), less the same mean over the other pairs; coupling_log_or: log odds ratio of sharing practices and tasks over pairs, a half added to each count; practice_given_task, task_given_practice: share of the pairs with the one that have the other; lift: pairs with both over what independence gives; coupling_excess: pairs with both, on the way from what fixed_margins expects (0) to the most possible (1); task_density, practice_density: share of pairs that share tasks, practices"},
			func(r *coupled) string { return r.measure }),
		table.CategoryField(table.Column{Name: "null_model", NullWhen: "never", Levels: []string{fixedMargins, relabelled, noNull},
			Doc: "what the tasks are compared with. fixed_margins: who takes part in which task drawn anew, every firm in as many tasks and every task with as many firms, and ties of joint enterprise drawn anew, every firm with as many; relabelled: the firms given each other's tasks, which leaves in what the activity of firms alone gives; none: the measure is compared with nothing"},
			func(r *coupled) string { return r.model }),
		number(table.Column{Name: "value", Doc: "the measure", NullWhen: "reason says why; coupling_excess: as much is expected as is possible, or nothing was drawn"},
			func(r *coupled) float64 { return r.value }),
		number(table.Column{Name: "expected", Doc: "mean over the networks drawn", NullWhen: "nothing was drawn for the measure"},
			func(r *coupled) float64 { return r.expected }),
		number(table.Column{Name: "sd", Doc: "standard deviation over them", Range: ">= 0", NullWhen: "expected is null"},
			func(r *coupled) float64 { return r.sd }),
		number(table.Column{Name: "effect", Doc: "value - expected", NullWhen: "expected is null"},
			func(r *coupled) float64 { return r.effect }),
		number(table.Column{Name: "p", Doc: "two-sided: twice the smaller of (1 + networks with at least the value)/(1 + draws) and the same with at most the value", Range: "0 to 1", NullWhen: "expected is null"},
			func(r *coupled) float64 { return r.p }),
		table.CountField(table.Column{Name: "draws", Unit: "networks", Doc: "networks drawn in which the measure has a value", Range: ">= 1", NullWhen: "none"},
			func(r *coupled) (int64, bool) { return int64(r.draws), r.draws > 0 }),
		table.CategoryField(table.Column{Name: "reason", NullWhen: "the measure has a value", Levels: []string{saturated, notConverged, metrics.TooSmall.String(), metrics.NoTies.String(), metrics.TooLarge.String()},
			Doc: fmt.Sprintf("why the measure is null. saturated: more than %v of the pairs share practices, or tasks; too_small: fewer than two firms; no_ties: no pair shares practices, or none tasks; too_large: more than %d firms; not_converged: the margins of the configuration model could not be met", saturation, comparedFirms)},
			func(r *coupled) string { return r.reason }),
	)
}

// take returns the rows so far as a table in key order, and starts anew.
func (k *coupler) take() *table.Table {
	slices.SortFunc(k.rows, func(a, b coupled) int {
		return cmp.Or(cmp.Compare(a.cluster, b.cluster), cmp.Compare(a.measure, b.measure), cmp.Compare(a.model, b.model))
	})
	t := k.plan.coupling.Table(k.rows)
	k.rows = k.rows[:0]
	return t
}
