package associate

import (
	"slices"
	"strconv"

	"firmties/pipeline/seed"
	"firmties/pipeline/stats"
	"firmties/pipeline/table"
)

// powerOf is a row of `power`.
type powerOf struct {
	n      int
	model  string
	effect float64
	power  float64
}

// The correlations whose power is told, and the draws that a rank correlation's
// takes.
var powerEffects = []float64{0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9}

const powerDraws = 4000

// powers tells, for every number of clusters that a correlation was made of,
// what it could have told from nothing.
func powers(results []result, studySeed uint64) []powerOf {
	var sizes []int
	for i := range results {
		f := &results[i].fitted
		if f.fit.model.Level == clusterLevel && f.fit.model.Metrics == clusterLevel && f.gate == "" && !slices.Contains(sizes, f.nClusters) {
			sizes = append(sizes, f.nClusters)
		}
	}
	var rows []powerOf
	for _, n := range sizes {
		limit := stats.SpearmanLimit(n, significance)
		for _, effect := range powerEffects {
			drawn := seed.Draws(studySeed, "power", strconv.Itoa(n), strconv.FormatFloat(effect, 'g', -1, 64))
			rows = append(rows, powerOf{n, "pearson", effect, stats.PearsonPower(n, effect, significance)})
			if n <= manyClusters {
				rows = append(rows, powerOf{n, "spearman", effect, stats.SpearmanPower(n, effect, limit, powerDraws, drawn)})
			}
		}
	}
	return rows
}

var powerFields = table.Define("power",
	"What correlations of so many clusters can tell from nothing: a study of few clusters finds strong associations only, and those that it finds look stronger than they are.",
	[]string{"level", "n", "model", "effect"},
	table.CategoryField(table.Column{Name: "level", Doc: "what the rows of the model are", NullWhen: "never", Levels: Levels()},
		func(*powerOf) string { return clusterLevel }),
	table.CountField(table.Column{Name: "n", Unit: "clusters", Doc: "number of clusters, one of those met in fits", Range: ">= 2", NullWhen: "never"},
		func(p *powerOf) (int64, bool) { return int64(p.n), true }),
	table.CategoryField(table.Column{Name: "model", Doc: "the correlation", NullWhen: "never", Levels: modelNames()},
		func(p *powerOf) string { return p.model }),
	table.NumberField(table.Column{Name: "effect", Doc: "the true correlation, of normal variables", Range: "0 to 1", NullWhen: "never"},
		func(p *powerOf) (float64, bool) { return p.effect, true }),
	table.NumberField(table.Column{Name: "power", Unit: "1", Doc: "probability that p is at most 0.05, two-sided, for one association and without adjustment; spearman: of 4,000 draws", Range: "0 to 1", NullWhen: "never"},
		func(p *powerOf) (float64, bool) { return p.power, true }),
)
