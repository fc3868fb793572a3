// Package measure owns the run of metrics over networks: which metrics a study
// gets, and the tables firm_metrics, cluster_metrics, undefined and pair_metrics. It does no
// arithmetic of its own, and refuses to know how a tie came about.
package measure
