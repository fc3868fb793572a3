package associate

import "slices"

// DefaultGrid returns the entries of a study that declares no models: a small
// set of metrics of each level, on every layer, with every outcome. A firm
// outcome is also related to cluster metrics, as its mean, and asked about in
// all these ways at once by a specification curve; but for times of adoption,
// which models of clusters and curves do not serve.
func DefaultGrid(outcomes []Outcome, layers []Layer, draws int) []Entry {
	var entries []Entry
	grid := func(level string, o Outcome, metrics func(Layer) []string) {
		for _, l := range layers {
			entries = append(entries, Entry{
				Name: "default_" + level, Level: level, Outcome: o.Name,
				Layers: []string{l.Name}, Metrics: metrics(l), Draws: draws,
			})
		}
	}
	for _, o := range outcomes {
		if o.Level == firmLevel {
			grid(firmLevel, o, gridFirmMetrics)
		}
	}
	for _, o := range outcomes {
		if o.Level == firmLevel && o.Kind != "time" && len(layers) > 0 {
			entries = append(entries, Entry{Name: "default_curve", Level: firmLevel, Model: specificationCurve, Outcome: o.Name,
				Layers: layerNames(layers), Metrics: curveMetrics(), Scaling: zWithin, Draws: draws})
		}
	}
	entries = append(entries, coupledEntries(outcomes, layers, draws)...)
	for _, o := range outcomes {
		if o.Kind != "time" && (o.Level == clusterLevel || !declaredAt(clusterLevel, o.Name, outcomes)) {
			grid(clusterLevel, o, gridClusterMetrics)
		}
	}
	return entries
}

// coupledEntries ask, of a study that has layers of tasks and of practices,
// whether their coupling goes with outcomes: of a firm its coupling_z, and its
// partners in either with their product; of clusters their coupling. They are
// families of their own.
func coupledEntries(outcomes []Outcome, layers []Layer, draws int) []Entry {
	tasks := slices.IndexFunc(layers, func(l Layer) bool { return l.Dimension == "joint_enterprise" })
	practices := slices.IndexFunc(layers, func(l Layer) bool { return l.Dimension == "shared_repertoire" })
	if tasks < 0 || practices < 0 {
		return nil
	}
	var entries []Entry
	for _, o := range outcomes {
		e := Entry{Name: "default_coupling", Level: o.Level, Outcome: o.Name, Metrics: []string{couplingMetric}, Draws: draws, Family: "coupling/" + o.Level + "/" + o.Name}
		if o.Level == clusterLevel {
			if o.Kind != "time" {
				entries = append(entries, e)
			}
			continue
		}
		e.Layers, e.Metrics = []string{layers[tasks].Name}, []string{couplingOfFirms}
		both := e
		both.Name, both.Model = "default_complementarity", complementarity
		both.Layers, both.Metrics = []string{layers[tasks].Name, layers[practices].Name}, []string{"degree"}
		entries = append(entries, e)
		if o.Kind == "time" { // of which no other model here is
			continue
		}
		entries = append(entries, both)
		if !declaredAt(clusterLevel, o.Name, outcomes) {
			e.Level, e.Layers, e.Metrics, e.Family = clusterLevel, nil, []string{couplingMetric}, "coupling/cluster/"+o.Name
			entries = append(entries, e)
		}
	}
	return entries
}

func declaredAt(level, name string, outcomes []Outcome) bool {
	return slices.ContainsFunc(outcomes, func(o Outcome) bool { return o.Level == level && o.Name == name })
}

func layerNames(layers []Layer) []string {
	names := make([]string, len(layers))
	for i, l := range layers {
		names[i] = l.Name
	}
	return names
}

func gridFirmMetrics(l Layer) []string {
	degree := "degree"
	if l.Directed {
		degree = "degree_in"
	}
	return []string{degree, "harmonic", "betweenness", "constraint"}
}

// curveMetrics are those of the grid that say the same thing: how well placed a
// firm is. Constraint, which says the opposite, would pull the median to 0.
func curveMetrics() []string { return []string{"degree", "harmonic", "betweenness"} }

func gridClusterMetrics(l Layer) []string {
	metrics := []string{"degree_mean", "transitivity", "centralization_degree", "connectedness"}
	if l.Directed {
		metrics = append(metrics, "reciprocity")
	}
	return metrics
}
