// Package measure owns what is measured in each cluster: which metrics a study
// gets, the tables firm_metrics, cluster_metrics, undefined, pair_metrics and
// layer_pairs, the coupling of practices and tasks, and what of a network is
// held against random ones (comparisons, signatures), of which only all clusters
// together say the rest. It refuses to know how a tie came about, and outcomes.
package measure
