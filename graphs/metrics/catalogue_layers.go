package metrics

// firmLayerMetrics is the part of the catalogue about a firm in several layers.
var firmLayerMetrics = []Metric{
	{
		Level: Firm, Name: "multiplexity", Family: Layers, Applies: United, Unit: "relations", Range: atLeast(1),
		Definition: "mean number of the union's relations that join the firm with a partner",
		Convention: "undirected views of the relations, strengths ignored",
		NullWhen:   "not a union of several relations; isolate", Source: "Provan, Fish & Sydow 2007",
		Elsewhere: "igraph: degree of the multigraph of undirected relations over its neighborhood size",
		Reasons:   []Check{notUnion, isolate}, Run: multiplexity,
	},
	{
		Level: Firm, Name: "layer_participation", Family: Layers, Applies: United, Unit: "1", Range: share,
		Definition: "M/(M-1) (1 - sum over the union's M relations of (k/o)^2), k partners in one, o the sum of k",
		Convention: "undirected views of the relations, strengths ignored; a description, no coupling",
		NullWhen:   "not a union of several relations; isolate", Source: "Battiston, Nicosia & Latora 2014",
		Elsewhere: "the multiplex participation coefficient; not in igraph, sna or NetworkX",
		Reasons:   []Check{notUnion, isolate}, Run: layerParticipation,
	},
	{
		Level: Firm, Name: "coupling_z", Family: Layers, Applies: JointEnterprise, Unit: "1", Range: anyNumber,
		Definition: "partners both in this layer and in shared repertoire, less those expected, over their SD",
		Convention: "hypergeometric among the other firms; undirected views, strengths ignored; operationalises Gau's coupling, not Wenger's duality",
		NullWhen:   "not joint enterprise; no shared repertoire; partners on either side none or all other firms", Source: "after Gau 2023",
		Elsewhere: "not in igraph, sna or NetworkX",
		Reasons:   uncoupled, Run: couplingZ,
	},
	{
		Level: Firm, Name: "coupling_jaccard", Family: Layers, Applies: JointEnterprise, Unit: "1", Range: share,
		Definition: "partners both in this layer and in shared repertoire over partners in either",
		Convention: "undirected views, strengths ignored; operationalises Gau's coupling, not Wenger's duality",
		NullWhen:   "not joint enterprise; no shared repertoire; partners on either side none or all other firms", Source: "after Gau 2023",
		Elsewhere: "not in igraph, sna or NetworkX",
		Reasons:   uncoupled, Run: couplingJaccard,
	},
}

// clusterLayerMetrics is the part of the catalogue about a cluster in several
// layers.
var clusterLayerMetrics = []Metric{
	{
		Level: Cluster, Name: "multiplexity", Family: Layers, Applies: United, Unit: "relations", Range: atLeast(1),
		Definition: "mean number of the union's relations that carry a tie, over tied pairs",
		Convention: "undirected views of the relations, strengths ignored",
		NullWhen:   "not a union of several relations; no ties", Source: "Provan, Fish & Sydow 2007",
		Elsewhere: "igraph: edges of the multigraph of undirected relations over those of its simplification",
		Reasons:   []Check{notUnion, noTies}, Run: clusterMultiplexity,
	},
}
