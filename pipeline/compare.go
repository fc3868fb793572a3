package pipeline

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"firmties/pipeline/measure"
	"firmties/pipeline/stats"
)

// fewestWithSize is how many clusters are needed to say how an effect goes with
// their size.
const fewestWithSize = 4

// compare fills in what only all clusters together say: the ranks and how the
// effects go with size. It puts the rows in key order.
func compare(rows []measure.Compared, firms func(cluster int32) int32) {
	group := func(r *measure.Compared) []string { return []string{r.Metric, string(r.Reference)} }
	slices.SortFunc(rows, func(a, b measure.Compared) int {
		return cmp.Or(cmp.Compare(a.Layer, b.Layer), slices.Compare(group(&a), group(&b)), cmp.Compare(a.Cluster, b.Cluster))
	})
	for i := 0; i < len(rows); {
		end := i + 1
		for end < len(rows) && rows[end].Layer == rows[i].Layer && slices.Equal(group(&rows[end]), group(&rows[i])) {
			end++
		}
		compareGroup(rows[i:end], firms)
		i = end
	}
	slices.SortFunc(rows, func(a, b measure.Compared) int {
		return cmp.Or(cmp.Compare(a.Cluster, b.Cluster), cmp.Compare(a.Layer, b.Layer),
			strings.Compare(a.Metric, b.Metric), strings.Compare(string(a.Reference), string(b.Reference)))
	})
}

// compareGroup does so for the clusters of one layer, metric and reference.
func compareGroup(rows []measure.Compared, firms func(cluster int32) int32) {
	var with []*measure.Compared
	var effects, sizes []float64
	for i := range rows {
		if r := &rows[i]; !math.IsNaN(r.Effect) {
			with = append(with, r)
			effects, sizes = append(effects, r.Effect), append(sizes, float64(firms(r.Cluster)))
		}
	}
	for i, place := range places(effects) {
		with[i].Rank = place
	}
	if rho, ok := stats.Spearman(effects, sizes); ok && len(with) >= fewestWithSize {
		for i := range rows {
			rows[i].RhoWithN = rho
		}
	}
	rankIntervals(with)
}

// places are the ranks of values, the largest first.
func places(values []float64) []float64 {
	places := stats.Ranks(values)
	for i := range places {
		places[i] = float64(len(values)+1) - places[i]
	}
	return places
}

// rankIntervals fills in where each cluster's rank lies when the firms of all
// are drawn anew. A cluster without a value in a draw takes no part in it.
func rankIntervals(rows []*measure.Compared) {
	drawn := slices.DeleteFunc(slices.Clone(rows), func(r *measure.Compared) bool { return r.Resampled == nil })
	if len(drawn) == 0 {
		return
	}
	ranks := make([][]float64, len(drawn))
	for draw := range drawn[0].Resampled {
		var effects []float64
		var of []int
		for i, r := range drawn {
			if x := r.Resampled[draw]; !math.IsNaN(x) {
				effects, of = append(effects, x), append(of, i)
			}
		}
		for k, place := range places(effects) {
			ranks[of[k]] = append(ranks[of[k]], place)
		}
	}
	for i, r := range drawn {
		slices.Sort(ranks[i])
		r.RankLow, r.RankHigh = measure.Quantile(ranks[i], 0.025), measure.Quantile(ranks[i], 0.975)
		r.Resampled = nil
	}
}
