package associate

import (
	"context"
	"strings"
	"sync"

	"firmties/pipeline/table"
)

// Output is what Run makes, each table in key order.
type Output struct {
	Associations, Fits, Clusterwise, Influence *table.Table
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
	return tablesOf(results, levels(&in)), nil
}

func tablesOf(results []result, lists table.Levels) Output {
	var rows []association
	var fits []fitted
	var each []clusterEstimate
	var moved []influenceOf
	for _, r := range results {
		rows, fits = append(rows, r.rows...), append(fits, r.fitted)
		each, moved = append(each, r.clusterwise...), append(moved, r.influence...)
	}
	return Output{
		Associations: associationFields.In(lists).Table(rows).Sorted(), Fits: fitFields.In(lists).Table(fits).Sorted(),
		Clusterwise: clusterwiseFields.In(lists).Table(each).Sorted(), Influence: influenceFields.In(lists).Table(moved).Sorted(),
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
// at.
func (m *fit) result(f *frame) result {
	out := fitted{fit: m}
	switch {
	case !m.model.serves(m.outcome):
		return refused(out, kindNotSupported)
	case len(m.controls) > 0 && m.model.Level == clusterLevel:
		return refused(out, controlsNotServed)
	case m.layer.Projection != "" && m.layer.Projection == m.outcome.ComponentsOf:
		return refused(out, outcomeInPredictor)
	case f.in.Aliases[[2]string{m.model.Metrics, m.metric}]:
		return refused(out, metricIsAlias)
	case !f.measured(m):
		return refused(out, metricNotChosen)
	}
	return m.model.run(f, m)
}

// formula tells the model as R would, with the metric's scaling around it.
func (m *fit) formula() string {
	if m.model.Level == clusterLevel {
		outcome := m.outcome.Name
		if m.outcome.Level == firmLevel {
			outcome = "mean(" + outcome + ")"
		}
		return strings.Join(append([]string{"rank(" + outcome + ") ~ rank(" + m.metric + ")"}, m.controls...), " + ")
	}
	metric := m.metric
	if m.scaling != raw {
		metric = m.scaling + "(" + metric + ")"
	}
	return m.outcome.Name + " ~ " + strings.Join(append([]string{metric}, m.controls...), " + ") + " | cluster"
}
