// Package pipeline runs the stages in order. It owns the configuration of a
// run, the workers and the account of rows, and does no arithmetic of its own.
//
// # Principles
//
// Data flow one way: no stage reaches back, and no stage writes a file for
// the next one to read. Yet every hand-over is also a published table, so that
// any coefficient can be traced by keys to a line of an interview sheet.
//
// The unit of work is one cluster. Everything from reconcile to measure is a
// pure function of (study, cluster), so clusters run on as many workers as
// there are cores and come out in cluster order with the same bytes. Only
// compare, distances and associate look across clusters, and they read rows,
// signatures and tables, never graphs.
//
// package table is the narrow waist: statistics never see a graph, graphs
// never see a firm, and neither sees Arrow.
//
// # The stages
//
//	intake     study folder → study.Study and findings          (package intake; hand-over in package study)
//	resolve    reported names → firms                           (table resolutions)
//	reconcile  reports → ties and observed pairs, by cluster    (study.Reconciled; tables ties, tie_reports)
//	networks   ties → graphs, by cluster and layer              (networks.Network; tables layers, edges)
//	measure    graphs → metrics, by cluster and layer           (tables firm_metrics, cluster_metrics, undefined,
//	                                                             pair_metrics, layer_pairs, coupling)
//	compare    all clusters' effects → ranks                    (table comparisons; compare.go)
//	distances  all clusters' signatures → how different         (tables cluster_distances, distance_size; distances.go)
//	associate  metric and outcome tables → models               (tables associations, fits, clusterwise, influence,
//	                                                             specifications, power)
//	report     tables and findings → the summary
//
// The tables leave through a [Sink]: in the program a results folder
// (packages arrowio and outdir), in a test the memory.
//
// # Where things go
//
// A new metric is a function and a row in graphs/metrics; a new model a
// function and a row in associate; a new reconciliation rule a row in
// reconcile; a new file format one in intake; a new column a row in the
// definition of its table, which stands in the package of the stage that makes
// it (the study's own lists — clusters, firms, respondents, findings — here).
package pipeline
