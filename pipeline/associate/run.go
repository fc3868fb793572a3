package associate

import (
	"context"
	"slices"
	"strings"
	"sync"

	"firmties/pipeline/table"
)

// Output is what Run makes, each table in key order.
type Output struct {
	Associations, Fits, Clusterwise, Influence, Specifications, Power *table.Table
}

// Run fits the entries of the input. Its tables are the same for any number of
// workers. The error is that of the context, or an entry that names what the
// input lacks.
func Run(ctx context.Context, in Input) (Output, error) {
	planned, err := plan(&in)
	if err != nil {
		return Output{}, err
	}
	f := newFrame(&in)
	results, err := fitAll(ctx, f, planned, max(in.Workers, 1))
	if err != nil {
		return Output{}, err
	}
	f.adjustFamilies(results)
	out := tablesOf(results, levels(&in))
	out.Power = powerFields.In(nil).Table(powers(results, in.Seed)).Sorted()
	return out, nil
}

func tablesOf(results []result, lists table.Levels) Output {
	var rows []association
	var fits []fitted
	var each []clusterEstimate
	var moved []influenceOf
	var asked []specification
	for _, r := range results {
		asked = append(asked, r.specifications...)
		rows, fits = append(rows, r.rows...), append(fits, r.fitted)
		each, moved = append(each, r.clusterwise...), append(moved, r.influence...)
	}
	return Output{
		Associations: associationFields.In(lists).Table(rows).Sorted(), Fits: fitFields.In(lists).Table(fits).Sorted(),
		Clusterwise: clusterwiseFields.In(lists).Table(each).Sorted(), Influence: influenceFields.In(lists).Table(moved).Sorted(),
		Specifications: specificationFields.In(lists).Table(asked).Sorted(),
	}
}

// fitAll fits on a pool of workers. When the context ends it returns at once;
// a worker in the middle of a fit finishes it and stops.
func fitAll(ctx context.Context, f *frame, planned []*fit, workers int) ([]result, error) {
	results := make([]result, len(planned))
	next := make(chan int)
	var pool sync.WaitGroup
	for range workers {
		pool.Go(func() {
			for i := range next {
				results[i] = planned[i].result(f)
			}
		})
	}
	done := make(chan struct{})
	go func() {
		pool.Wait()
		close(done)
	}()
	for i := range planned {
		select {
		case next <- i:
		case <-ctx.Done():
			close(next)
			return nil, ctx.Err()
		}
	}
	close(next)
	select {
	case <-done:
		return results, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// result fits, unless what was asked for is refused before the data are looked
// at, or what comes out is beyond the numbers there are.
func (m *fit) result(f *frame) result {
	r := m.attempt(f)
	if !r.finite() {
		r.fitted.statistics = nil
		return refused(r.fitted, notFinite)
	}
	return r
}

func (m *fit) attempt(f *frame) result {
	switch {
	case m.model.Level == dyadLevel:
		return m.dyadResult(f)
	case m.curve != nil:
		return m.model.run(f, m)
	}
	if gate := m.gate(f); gate != "" {
		return refused(fitted{fit: m}, gate)
	}
	return m.model.run(f, m)
}

// gate names why a fit of a metric is refused before the data are looked at;
// empty where it is not.
func (m *fit) gate(f *frame) string {
	switch {
	case !m.model.serves(m.outcome):
		return kindNotSupported
	case m.madeOf(f.in):
		return outcomeInPredictor
	case f.in.Aliases[[2]string{m.model.Metrics, m.metric}]:
		return metricIsAlias
	case !f.measured(m):
		return metricNotChosen
	}
	return ""
}

// dyadResult is result at dyad level.
func (m *fit) dyadResult(f *frame) result {
	out := fitted{fit: m}
	switch {
	case m.model.Name == "mrqap_logit" && m.pair.Func != "":
		return refused(out, kindNotSupported)
	case slices.Contains(m.terms, m.pair):
		return refused(out, outcomeInPredictor)
	}
	return m.model.run(f, m)
}

// formula tells the model as R would, with the metric's scaling around it.
func (m *fit) formula() string {
	if m.model.Level == dyadLevel {
		var terms []string
		for _, t := range m.terms {
			terms = append(terms, t.String())
		}
		return m.pair.String() + " ~ " + strings.Join(terms, " + ") + " | cluster"
	}
	if m.model.Level == clusterLevel {
		return m.clusterFormula()
	}
	if m.curve != nil {
		return m.outcome.Name + " ~ metric | cluster, over layers, metrics, scalings, controls and samples"
	}
	metric := m.metric
	if m.scaling != raw {
		metric = m.scaling + "(" + metric + ")"
	}
	if m.second.Name != "" {
		metric += "[" + m.layer.Name + "] * " + metric + "[" + m.second.Name + "]"
	}
	terms := append([]string{metric}, m.controls...)
	if m.exposure != "" {
		terms = append(terms, exposureTerm+"("+m.exposure+")")
	}
	return m.outcome.Name + " ~ " + strings.Join(terms, " + ") + " | cluster" + m.ties()
}

// ties is what the layer's ties add to the formula.
func (m *fit) ties() string {
	switch m.model.Ties {
	case lagTerm:
		return ", " + lagTerm + " W " + m.outcome.Name
	case errorTerm:
		return ", " + errorTerm + " W error"
	}
	return ""
}

// clusterFormula is formula at cluster level.
func (m *fit) clusterFormula() string {
	outcome, around := m.outcome.Name, func(name string) string { return name }
	switch {
	case m.model.Metrics == firmLevel:
		return m.outcome.Name + " ~ " + strings.Join(append([]string{m.metric}, m.controls...), " + ") + " in each cluster"
	case m.outcome.Level == firmLevel:
		outcome = "mean(" + outcome + ")"
	}
	if m.model.Name == "spearman" || m.model.Name == "kendall" {
		around = func(name string) string { return "rank(" + name + ")" }
	}
	terms := []string{around(m.metric)}
	for _, name := range m.controls {
		terms = append(terms, around(name))
	}
	return around(outcome) + " ~ " + strings.Join(terms, " + ")
}
