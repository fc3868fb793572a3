package metrics

// couplingMetrics is the part of the catalogue about how the firm's ties are spread over its partners.
var couplingMetrics = []Metric{
	{
		Level: Firm, Name: "coupling_first_order", Family: Degree, Applies: Weighted, Unit: "1", Range: share,
		Definition: "sum over partners of (s_ij/s_i)^2: concentration of ties",
		Convention: "undirected view, strengths of the two directions added",
		NullWhen:   "isolate", Source: "Uzzi 1996",
		Elsewhere: "the Herfindahl index of tie strengths; not in igraph, sna or NetworkX",
		Reasons:   []Check{isolate}, Run: couplingFirstOrder,
	},
	{
		Level: Firm, Name: "embeddedness", Family: Cohesion, Applies: Any, Unit: "firms", Range: atLeast(0),
		Definition: "mean number of partners shared with each partner",
		Convention: "undirected view, strengths ignored, over degree",
		NullWhen:   "isolate", Source: "Granovetter 1985; Easley & Kleinberg 2010", Alias: "degree, effective_size",
		Elsewhere: "degree less NetworkX effective_size of the undirected graph",
		Reasons:   []Check{isolate}, Run: embeddedness,
	},
}
