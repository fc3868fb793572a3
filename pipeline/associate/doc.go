// Package associate relates metrics to outcomes. It owns the one table of
// models, the join of metric tables with outcomes, what is dropped and why,
// the gates that refuse a fit, and the caveats that go with a number.
//
// It reads tables and makes tables, associations and fits. It refuses to know a
// graph, a study folder or a file, and does no estimation of its own: the
// arithmetic is in package stats. It never says that one thing causes another.
//
// Two questions are kept apart in every row (estimand). clusters_like_these:
// would it hold in another cluster? There the cluster is the unit. And
// these_clusters: is it stronger than if outcomes were exchanged among the
// firms of a cluster?
//
// A new model is a function and a row in Models.
package associate
