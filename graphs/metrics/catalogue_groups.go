package metrics

// firmGroupMetrics is the part of the catalogue about a firm's place among
// groups of firms.
var firmGroupMetrics = []Metric{
	{
		Level: Firm, Name: "ei_index_by_GROUP", Family: Roles, Applies: Any, Param: ByGroup, Unit: "1", Range: Range{-1, 1},
		Definition: "(external - internal)/(external + internal) ties with respect to an attribute",
		Convention: "undirected view, strengths ignored, ties to firms of no known group left out",
		NullWhen:   "isolate; attribute missing", Source: "Krackhardt & Stern 1988",
		Elsewhere: `UCINET E-I index; netrics node_by_heterophily`,
		Reasons:   []Check{noGroup, noPartnerGroup, isolate}, Run: eiIndex,
	},
	{
		Level: Firm, Name: "brokerage_coordinator_by_GROUP", Family: Roles, Applies: Directed, Param: ByGroup, Unit: "triads", Range: atLeast(0),
		Definition: "Gould-Fernandez: coordinator triads brokered",
		Convention: "along arcs, strengths ignored, triads with a firm of no known group left out, not normalised",
		NullWhen:   "undirected_layer; attribute missing", Source: "Gould & Fernandez 1989",
		Elsewhere: `w_I of sna brokerage; UCINET G&F brokerage (unweighted)`,
		Reasons:   []Check{undirectedLayer, noGroup}, Run: brokered(coordinator),
	},
	{
		Level: Firm, Name: "brokerage_itinerant_by_GROUP", Family: Roles, Applies: Directed, Param: ByGroup, Unit: "triads", Range: atLeast(0),
		Definition: "Gould-Fernandez: itinerant triads brokered",
		Convention: "along arcs, strengths ignored, triads with a firm of no known group left out, not normalised",
		NullWhen:   "undirected_layer; attribute missing", Source: "Gould & Fernandez 1989",
		Elsewhere: `w_O of sna brokerage; UCINET G&F brokerage (unweighted)`,
		Reasons:   []Check{undirectedLayer, noGroup}, Run: brokered(itinerant),
	},
	{
		Level: Firm, Name: "brokerage_representative_by_GROUP", Family: Roles, Applies: Directed, Param: ByGroup, Unit: "triads", Range: atLeast(0),
		Definition: "Gould-Fernandez: representative triads brokered",
		Convention: "along arcs, strengths ignored, triads with a firm of no known group left out, not normalised",
		NullWhen:   "undirected_layer; attribute missing", Source: "Gould & Fernandez 1989",
		Elsewhere: `b_IO of sna brokerage; UCINET G&F brokerage (unweighted)`,
		Reasons:   []Check{undirectedLayer, noGroup}, Run: brokered(representative),
	},
	{
		Level: Firm, Name: "brokerage_gatekeeper_by_GROUP", Family: Roles, Applies: Directed, Param: ByGroup, Unit: "triads", Range: atLeast(0),
		Definition: "Gould-Fernandez: gatekeeper triads brokered",
		Convention: "along arcs, strengths ignored, triads with a firm of no known group left out, not normalised",
		NullWhen:   "undirected_layer; attribute missing", Source: "Gould & Fernandez 1989",
		Elsewhere: `b_OI of sna brokerage; UCINET G&F brokerage (unweighted)`,
		Reasons:   []Check{undirectedLayer, noGroup}, Run: brokered(gatekeeping),
	},
	{
		Level: Firm, Name: "brokerage_liaison_by_GROUP", Family: Roles, Applies: Directed, Param: ByGroup, Unit: "triads", Range: atLeast(0),
		Definition: "Gould-Fernandez: liaison triads brokered",
		Convention: "along arcs, strengths ignored, triads with a firm of no known group left out, not normalised",
		NullWhen:   "undirected_layer; attribute missing", Source: "Gould & Fernandez 1989",
		Elsewhere: `b_O of sna brokerage; UCINET G&F brokerage (unweighted)`,
		Reasons:   []Check{undirectedLayer, noGroup}, Run: brokered(liaison),
	},
	{
		Level: Firm, Name: "brokerage_total_by_GROUP", Family: Roles, Applies: Directed, Param: ByGroup, Unit: "triads", Range: atLeast(0),
		Definition: "Gould-Fernandez: total triads brokered",
		Convention: "along arcs, strengths ignored, triads with a firm of no known group left out, not normalised",
		NullWhen:   "undirected_layer; attribute missing", Source: "Gould & Fernandez 1989",
		Elsewhere: `t of sna brokerage; UCINET G&F brokerage (unweighted)`,
		Reasons:   []Check{undirectedLayer, noGroup}, Run: brokeredInAll,
	},
}

// nomineeMetrics is the part of the catalogue about whom a firm names beyond
// its cluster, and what its partners are.
var nomineeMetrics = []Metric{
	{
		Level: Firm, Name: "external_ties", Family: Roles, Applies: Directed, Unit: "nominees", Range: atLeast(0),
		Definition: "distinct outside nominees of the firm's respondents (unmatched names count)",
		Convention: "firms of other clusters and names that are no firm of the study; names that fit several firms left out",
		NullWhen:   "undirected_layer; not_observed", Source: "Giuliani & Bell 2005",
		Elsewhere: `-`,
		Reasons:   []Check{undirectedLayer, outNotObserved, nomineesUnknown}, Run: externalTies,
	},
	{
		Level: Firm, Name: "external_share", Family: Roles, Applies: Directed, Unit: "1", Range: share,
		Definition: "external_ties over all distinct nominees",
		Convention: "as external_ties",
		NullWhen:   "undirected_layer; not_observed; nobody named", Source: "Giuliani & Bell 2005",
		Elsewhere: `-`,
		Reasons:   []Check{undirectedLayer, outNotObserved, nomineesUnknown, namedNobody}, Run: externalShare,
	},
	{
		Level: Firm, Name: "gatekeeper", Family: Roles, Applies: Directed, Unit: "1", Range: share,
		Definition: "1 if both degree_in and external_ties are at least the cluster's mean",
		Convention: "means over all firms and over those with external_ties; 1 or 0",
		NullWhen:   "undirected_layer; not_observed", Source: "Graf 2011",
		Elsewhere: `-`,
		Reasons:   []Check{undirectedLayer, outNotObserved, nomineesUnknown}, Run: gatekeeper,
	},
	{
		Level: Firm, Name: "alter_mean_of_ATTRIBUTE", Family: Roles, Applies: Any, Param: OfAttribute, Unit: "of the attribute", Range: anyNumber,
		Definition: "mean of the attribute over partners",
		Convention: "undirected view, strengths ignored, partners without a value left out",
		NullWhen:   "isolate; attribute missing for all partners", Source: "-",
		Elsewhere: `UCINET and egor alter means; NetworkX has none`,
		Reasons:   []Check{noPartnerValue, isolate}, Run: alterMean,
	},
	{
		Level: Firm, Name: "alter_blau_by_GROUP", Family: Roles, Applies: Any, Param: ByGroup, Unit: "1", Range: share,
		Definition: "1 - sum of squared shares of the groups among partners",
		Convention: "undirected view, strengths ignored, partners of no known group left out",
		NullWhen:   "isolate; attribute missing", Source: "Blau 1977",
		Elsewhere: `UCINET heterogeneity of alters; netrics node_by_diversity`,
		Reasons:   []Check{noPartnerGroup, isolate}, Run: alterBlau,
	},
}

// clusterGroupMetrics is the part of the catalogue about whether ties keep to
// groups and to likes.
var clusterGroupMetrics = []Metric{
	{
		Level: Cluster, Name: "assortativity_by_GROUP", Family: Roles, Applies: Any, Param: ByGroup, Unit: "1", Range: Range{-1, 1},
		Definition: "nominal assortativity of a categorical attribute, undirected view",
		Convention: "undirected view, strengths ignored, ties with an end of no known group left out",
		NullWhen:   "no_variation; attribute missing", Source: "Newman 2003",
		Elsewhere: `igraph assortativity_nominal and NetworkX attribute_assortativity_coefficient of the undirected graph`,
		Reasons:   []Check{noTieGrouped, sameGroup}, Run: assortativityByGroup,
	},
	{
		Level: Cluster, Name: "assortativity_of_ATTRIBUTE", Family: Roles, Applies: Any, Param: OfAttribute, Unit: "1", Range: Range{-1, 1},
		Definition: "correlation of a numeric attribute or outcome across ties, undirected view",
		Convention: "undirected view, strengths ignored, each tie both ways round",
		NullWhen:   "no_variation; value missing at either end: the tie is left out", Source: "Newman 2003",
		Elsewhere: `igraph assortativity and NetworkX numeric_assortativity_coefficient of the undirected graph`,
		Reasons:   []Check{noTieValued, sameValue}, Run: assortativityOf,
	},
	{
		Level: Cluster, Name: "modularity_by_GROUP", Family: Roles, Applies: Any, Param: ByGroup, Unit: "1", Range: Range{-1, 1},
		Definition: "of the attribute's partition, undirected view",
		Convention: "undirected view, strengths ignored, resolution 1, ties with an end of no known group left out",
		NullWhen:   "no ties; attribute missing", Source: "Newman & Girvan 2004",
		Elsewhere: `igraph and NetworkX modularity of the undirected graph`,
		Reasons:   []Check{noTieGrouped, noTies}, Run: modularityByGroup,
	},
	{
		Level: Cluster, Name: "ei_index_by_GROUP", Family: Roles, Applies: Any, Param: ByGroup, Unit: "1", Range: Range{-1, 1},
		Definition: "of all ties",
		Convention: "undirected view, strengths ignored, ties with an end of no known group left out",
		NullWhen:   "no ties; attribute missing", Source: "Krackhardt & Stern 1988",
		Elsewhere: `UCINET E-I index of the network; netrics net_by_heterophily`,
		Reasons:   []Check{noTieGrouped, noTies}, Run: eiIndexOfTies,
	},
}
