package associate

import (
	"slices"

	"firmties/pipeline/seed"
	"firmties/pipeline/stats"
)

// fewClustersAtMost is how many clusters are too few for any inference about
// clusters like them.
const fewClustersAtMost = 4

// focal lists the terms that the fit is about: the metric, and exposure, which
// is the last one.
func (x *firmFit) focal() []int {
	if x.r.exposure == nil {
		return []int{0}
	}
	return []int{0, len(x.e.names) - 1}
}

// markHeadline marks the row of a term that answers for each question. About clusters
// like these it is the cluster-robust one where it has a p; else the wild
// cluster bootstrap, where six clusters or more let it reach 0.05; else the t
// of the clusters' own estimates. Where the first two are there and disagree
// across 0.05, both carry a caveat.
func (x *firmFit) markHeadline(j int, rows []association) []association {
	robust, wild, mean, these := -1, -1, -1, -1
	for i := range rows {
		r := &rows[i]
		switch {
		case !r.focal || r.term != x.e.names[j]:
		case r.estimand == theseClusters:
			if these < 0 || r.pType == "freedman_lane" {
				these = i
			}
		case r.pType == "wild_cluster":
			wild = i
		case r.pType == "ibragimov_muller":
			mean = i
		case r.pType != "sign_flip" && (robust < 0 || r.seType == x.e.robustSE):
			robust = i
		}
	}
	if robust >= 0 && wild >= 0 {
		a, b := &rows[robust], &rows[wild]
		disagree := a.p.ok && b.p.ok && (a.p.x < significance) != (b.p.x < significance)
		a.caveats, b.caveats = a.caveats.with(notRobust, disagree), b.caveats.with(notRobust, disagree)
	}
	switch {
	case robust >= 0 && rows[robust].p.ok:
		rows[robust].headline = true
	case wild >= 0 && rows[wild].p.ok && x.r.clusters.Len() >= 6:
		rows[wild].headline = true
	default:
		if mean < 0 && x.out.nClusters > fewClustersAtMost {
			for _, row := range x.signFlips(j) {
				if row.pType == "ibragimov_muller" {
					mean, rows = len(rows), append(rows, row)
				}
			}
		}
		switch {
		case mean >= 0 && rows[mean].p.ok:
			rows[mean].headline = true
		case robust >= 0:
			rows[robust].headline = true
		case wild >= 0:
			rows[wild].headline = true
		}
	}
	if these >= 0 {
		rows[these].headline = true
	}
	return rows
}

// The firms that a cluster needs for an estimate of its own: the fewest, and
// those beyond the terms.
const (
	clusterFirms = 8
	spareFirms   = 2
)

// alone is a model fitted to one cluster.
type alone struct {
	n     int
	names []string
	e     *estimate // nil: none
}

// fitAlone fits the model in each cluster alone, with the controls that vary
// there.
func (x *firmFit) fitAlone() []alone {
	clusters := x.r.clusters
	if x.alone != nil || clusters.Len() > manyClusters {
		return x.alone
	}
	x.alone = make([]alone, clusters.Len())
	for g := range x.alone {
		one := x.r.only(g)
		n := len(one.y)
		x.alone[g].n = n
		if n < clusterFirms || n < len(one.x)+spareFirms {
			continue
		}
		if e, err := x.single(one); err == nil {
			x.alone[g].e, x.alone[g].names = e, one.names
			if e.names != nil {
				x.alone[g].names = e.names
			}
		}
	}
	return x.alone
}

// perCluster is what each cluster says of term j by itself. The metric is the
// first term everywhere, others stand where they vary.
func (x *firmFit) perCluster(j int) []stats.ClusterEstimate {
	var each []stats.ClusterEstimate
	for _, a := range x.fitAlone() {
		c := stats.ClusterEstimate{N: a.n}
		at := j
		if j > 0 {
			at = slices.Index(a.names, x.e.names[j])
		}
		if a.e != nil && at >= 0 {
			c.Estimate, c.OK = a.e.coef[at], true
			if at < len(a.e.model) && a.e.model[at].OK {
				c.SE = a.e.model[at].SE
			}
		}
		each = append(each, c)
	}
	return each
}

// signFlips makes the rows of the mean of the clusters' own estimates of term j.
func (x *firmFit) signFlips(j int) []association {
	return flipRows(x.row(j, clustersLikeThese, "none", "sign_flip"), x.perCluster(j), x.f.in.Seed)
}

// flipRows are the two tests of the mean of the clusters' own estimates: by
// changing their signs, and by t. Nothing is tested below five.
func flipRows(flips association, each []stats.ClusterEstimate, studySeed uint64) []association {
	var estimates []float64
	pairsOrFirms := 0
	for _, c := range each {
		if c.OK {
			estimates, pairsOrFirms = append(estimates, c.Estimate), pairsOrFirms+c.N
		}
	}
	if len(estimates) < 2 {
		return nil
	}
	mean := flips
	mean.pType = "ibragimov_muller"
	test, err := stats.TestMean(estimates)
	for _, row := range []*association{&flips, &mean} {
		if row.fit.model.Level == firmLevel {
			row.nFirms = pairsOrFirms
		}
		row.nClusters, row.estimate = len(estimates), test.Mean
		row.caveats = row.caveats.with(clustersLeftOut, len(estimates) < len(each))
		switch {
		case err != nil:
			row.caveats = row.caveats.with(noStandardError, true)
			row.estimate = estimates[0] // they are equal
		case len(estimates) <= fewClustersAtMost:
			row.caveats = row.caveats.with(fewClusters, true)
		default:
			row.statistic = some(test.Statistic)
		}
	}
	if err != nil || len(estimates) <= fewClustersAtMost {
		return []association{flips, mean}
	}
	drawn := stats.SignFlips(estimates, flips.fit.draws, seed.Draws(studySeed, "sign_flip", flips.fit.name, flips.term))
	flips.p, flips.draws = some(drawn.P), drawn.Draws
	if !drawn.Enumerated {
		flips.drawn(drawn.P, drawn.AsExtreme, drawn.Draws)
	}
	flips.caveats = flips.caveats.with(signsTooFew, len(estimates) < 6)
	mean.stdError, mean.df, mean.p = some(test.SE), some(test.DF), some(test.P)
	mean.caveats = mean.caveats.with(above083, !test.Valid())
	mean.interval(test.DF, "t")
	return []association{flips, mean}
}
