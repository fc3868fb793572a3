package metrics

import (
	"cmp"
	"slices"

	"firmties/graphs"
)

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

// community is the firm's community in the partition of modularity, numbered
// from 1 by size, the largest first, and of equal size by first firm. An
// isolate is one. Null without ties.
func community(s *Shared, out []float64) {
	k, c := &s.ofNetwork, s.partition()
	sizes := k.communitySizes()
	k.order, k.starts = resized(k.order, c.Count), resized(k.starts, c.Count)
	for i := range k.order {
		k.order[i] = int32(i) // as they first occur
	}
	slices.SortStableFunc(k.order, func(a, b int32) int { return cmp.Compare(sizes[b], sizes[a]) })
	for rank, i := range k.order {
		k.starts[i] = int32(rank + 1)
	}
	for v, i := range c.Of {
		out[v] = float64(k.starts[i])
	}
}

// participation is how evenly the firm's ties are spread over the communities
// of modularity: 1 - sum of (k_s/k)², k_s being its partners in community s and
// k all of them. 0 where all are in one. Undirected view, strengths ignored.
// Null for an isolate. Guimera & Amaral 2005, doi:10.1038/nature03288.
func participation(s *Shared, out []float64) {
	k, c := &s.ofNetwork, s.partition()
	met := resized(k.sizes, c.Count) // partners of the firm in each community
	k.sizes = met
	clear(met)
	for v, degree := range s.degrees() {
		partners := s.undirected().Out(v)
		squares := int64(0)
		for _, w := range partners {
			i := c.Of[w]
			squares += 2*int64(met[i]) + 1 // so much does the square of met grow
			met[i]++
		}
		for _, w := range partners {
			met[c.Of[w]] = 0
		}
		if d := float64(degree); d > 0 {
			out[v] = 1 - float64(squares)/(d*d)
		}
	}
}

// communities is the number of communities of two firms or more in the
// partition of modularity. Null without ties.
func communities(s *Shared, out []float64) {
	s.partition()
	for _, size := range s.ofNetwork.communitySizes() {
		if size > 1 {
			out[0]++
		}
	}
}

// communitySizes counts the firms of each community.
func (k *networkShared) communitySizes() []int32 {
	k.sizes = resized(k.sizes, k.communities.Count)
	clear(k.sizes)
	for _, community := range k.communities.Of {
		k.sizes[community]++
	}
	return k.sizes
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
