package metrics

// twoModeMetrics is the part of the catalogue about firms and the events that
// they take part in.
var twoModeMetrics = []Metric{
	{
		Level: Cluster, Name: "two_mode_density", Family: TwoMode, Applies: Projected, Unit: "1", Range: share,
		Definition: "participations over firms x events",
		Convention: "all events that a firm of the cluster takes part in",
		NullWhen:   "no events", Source: "Borgatti & Everett 1997",
		Elsewhere: `tnet and bipartite connectance; NetworkX bipartite.density`,
		Reasons:   []Check{noEvents}, Run: twoModeDensity,
	},
	{
		Level: Cluster, Name: "two_mode_reinforcement", Family: TwoMode, Applies: Projected, Unit: "1", Range: share,
		Definition: "4 four-cycles over three-paths",
		Convention: "all events that a firm of the cluster takes part in",
		NullWhen:   "no three-path", Source: "Robins & Alexander 2004",
		Elsewhere: `tnet reinforcement_tm; NetworkX bipartite.robins_alexander_clustering`,
		Reasons:   []Check{noThreePath}, Run: twoModeReinforcement,
	},
	{
		Level: Cluster, Name: "two_mode_nodf", Family: TwoMode, Applies: Projected, Unit: "percent", Range: Range{0, 100},
		Definition: "nestedness by overlap and decreasing fill",
		Convention: "all events that a firm of the cluster takes part in; firms without an event pair with none",
		NullWhen:   "no events", Source: "Almeida-Neto et al. 2008",
		Elsewhere: `vegan nestednodf`,
		Reasons:   []Check{noEvents}, Run: twoModeNODF,
	},
	{
		Level: Cluster, Name: "two_mode_common_share", Family: TwoMode, Applies: Projected, Unit: "1", Range: share,
		Definition: "share of events that at least half the firms take part in",
		Convention: "all events that a firm of the cluster takes part in",
		NullWhen:   "no events", Source: "-",
		Elsewhere: `-`,
		Reasons:   []Check{noEvents}, Run: twoModeCommonShare,
	},
}
