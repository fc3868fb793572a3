package metrics

import "strings"

// triadMetrics is the part of the catalogue that counts types of triad.
var triadMetrics = []Metric{
	triadMetric("003", triad003),
	triadMetric("012", triad012),
	triadMetric("102", triad102),
	triadMetric("021D", triad021D),
	triadMetric("021U", triad021U),
	triadMetric("021C", triad021C),
	triadMetric("111D", triad111D),
	triadMetric("111U", triad111U),
	triadMetric("030T", triad030T),
	triadMetric("030C", triad030C),
	triadMetric("201", triad201),
	triadMetric("120D", triad120D),
	triadMetric("120U", triad120U),
	triadMetric("120C", triad120C),
	triadMetric("210", triad210),
	triadMetric("300", triad300),
}

func triadMetric(code string, kind int) Metric {
	return Metric{
		Level: Cluster, Name: "triads_" + strings.ToLower(code), Family: Census, Applies: Directed, Unit: "triads", Range: atLeast(0),
		Definition: "triads of type " + code,
		Convention: "along arcs, strengths ignored, all pairs whether observed or not",
		NullWhen:   "undirected_layer; n < 3", Source: "Davis & Leinhardt 1972",
		Elsewhere: "igraph triad_census, sna triad.census, NetworkX triadic_census, UCINET triad census",
		Reasons:   []Check{undirectedLayer, fewerThan(3)}, Run: triadsOf(kind),
	}
}
