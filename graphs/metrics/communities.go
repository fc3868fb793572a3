package metrics

import "firmties/graphs"

// louvainRuns is how many runs the partition into communities is the best of.
const louvainRuns = 100

// modularity is how far the network falls into communities: the highest that
// is found, over partitions of the firms, of the share of ties within
// communities less the share expected of ties laid at random between the same
// degrees, sum of e/m - (d/2m)². Undirected view, strengths ignored, resolution
// 1. For n <= 12 no partition has more; otherwise it is the best of 100
// Louvain runs, whose order of firms is drawn from Input.Key. A network of many
// firms and few ties has a high value by chance. Null without ties. Cost some
// ten passes over the ties for each run. Blondel et al. 2008,
// doi:10.1088/1742-5468/2008/10/P10008. It is the modularity of igraph's
// community_multilevel and NetworkX's louvain_communities of the undirected
// graph, the best of many.
func modularity(s *Shared, out []float64) {
	ends := 2 * float64(s.undirected().Ties())
	out[0] = float64(s.partition().Score) / (ends * ends)
}

// communities is the number of communities of two firms or more in the
// partition of modularity. Null without ties.
func communities(s *Shared, out []float64) {
	k, c := &s.ofNetwork, s.partition()
	k.sizes = resized(k.sizes, c.Count)
	clear(k.sizes)
	for _, community := range c.Of {
		if k.sizes[community]++; k.sizes[community] == 2 {
			out[0]++
		}
	}
}

// partition parts the undirected view into communities.
func (s *Shared) partition() *graphs.Communities {
	k := &s.ofNetwork
	if k.first(partition) {
		k.draws.restart(s.key, drawsOrder)
		k.communities.Best(s.undirected(), louvainRuns, k.draws.order)
	}
	return &k.communities
}
