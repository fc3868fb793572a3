package networks

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"firmties/graphs"
	"firmties/pipeline/study"
)

// Network is one layer in one cluster.
type Network struct {
	Layer    int
	Graph    *graphs.Graph
	Observed Observed
	// Events is what a projection projects: the cluster's firms and the events
	// that any of them takes part in; nil otherwise.
	Events *graphs.Incidence
	// Members are, in a union, the graphs of its relations, in their order, as the
	// union takes them in; nil otherwise.
	Members []*graphs.Graph
	// Nominees counts whom the firms named in a directed layer of relations; nil
	// otherwise.
	Nominees *Nominees
	// LimitReached: many respondents named as many as the question of one of
	// the layer's relations allowed.
	LimitReached bool
}

// Build makes the networks of one cluster, one per layer in study order, from
// its reconciled relations (all of them, in study order) and affiliations.
func Build(s *study.Study, c int, relations []study.Reconciled) []Network {
	out := make([]Network, len(s.Layers))
	named := nominationsOf(s, c)
	for i := range s.Layers {
		l := &s.Layers[i]
		if l.Kind == study.OfProjection {
			out[i] = project(s, c, l)
		} else {
			out[i] = merge(s, c, l, relations)
			if l.Directed {
				out[i].Nominees = count(named, int(s.Clusters[c].Firms), l.Members)
			}
		}
		out[i].Layer = i
	}
	return out
}

// merge makes the network of a relation or of a union of relations.
func merge(s *study.Study, c int, l *study.Layer, relations []study.Reconciled) Network {
	var arcs []graphs.Arc
	var net Network
	v := view{n: int(s.Clusters[c].Firms), directed: l.Directed}
	for _, m := range l.Members {
		rel := &relations[m]
		own := arcsOf(l, rel)
		if l.Kind == study.OfUnion {
			net.Members = append(net.Members, graphs.New(v.n, l.Directed, own))
		}
		arcs = append(arcs, own...)
		v.members = append(v.members, &rel.Observed)
		net.LimitReached = net.LimitReached || rel.LimitReached
	}
	net.Graph = graphs.New(v.n, l.Directed, added(arcs))
	net.Observed = v.observed(net.Graph)
	return net
}

// arcsOf lists the ties of a relation as the layer has them: in an undirected
// layer each pair once, the strengths of its two directions added; with
// strength 1 where the layer counts relations or is unweighted.
func arcsOf(l *study.Layer, rel *study.Reconciled) []graphs.Arc {
	arcs := make([]graphs.Arc, len(rel.Ties))
	for i, t := range rel.Ties {
		arcs[i] = graphs.Arc{From: t.Source, To: t.Target, Strength: t.Strength}
		if !l.Directed && t.Source > t.Target {
			arcs[i].From, arcs[i].To = t.Target, t.Source
		}
	}
	if !l.Directed {
		arcs = added(arcs)
	}
	if l.Weight != weightStrength {
		for i := range arcs {
			arcs[i].Strength = 1
		}
	}
	return arcs
}

// weightStrength is the weight of layers whose ties have their own strengths.
const weightStrength = "strength"

// added makes one arc of those of the same pair, their strengths added in the
// order in which they come.
func added(arcs []graphs.Arc) []graphs.Arc {
	slices.SortStableFunc(arcs, func(a, b graphs.Arc) int {
		if c := cmp.Compare(a.From, b.From); c != 0 {
			return c
		}
		return cmp.Compare(a.To, b.To)
	})
	out := arcs[:0]
	for _, a := range arcs {
		if k := len(out) - 1; k >= 0 && out[k].From == a.From && out[k].To == a.To {
			out[k].Strength += a.Strength
		} else {
			out = append(out, a)
		}
	}
	return out
}

// project makes the network of firms that share events. Every pair of it is
// observed.
func project(s *study.Study, c int, l *study.Layer) Network {
	k := &s.Clusters[c]
	members, events := membersOf(s, c, l.Members[0])
	in := graphs.NewIncidence(int(k.Firms), events, members)
	all := study.ObservedAll(int(k.Firms), false)
	g := graphs.Project(in, weighting(l.Weight))
	if l.Backbone != "" {
		g = backbone(s, c, l, in, g)
	}
	return Network{Graph: g, Events: in, Observed: Observed{Pairs: all.Count()}}
}

// membersOf lists the firms of the cluster in the affiliation's events.
// Events are numbered by name, so that sums over events have one order.
func membersOf(s *study.Study, c, affiliation int) (members []graphs.Membership, events int) {
	list := s.Affiliations[affiliation].Members
	from := sort.Search(len(list), func(i int) bool { return list[i].Cluster >= int32(c) })
	to := sort.Search(len(list), func(i int) bool { return list[i].Cluster > int32(c) })
	list = list[from:to]
	numbers := map[study.Text]int32{}
	var names []study.Text
	for _, m := range list {
		if _, ok := numbers[m.Event]; !ok && m.Fate == study.Kept {
			numbers[m.Event] = 0
			names = append(names, m.Event)
		}
	}
	slices.SortFunc(names, func(a, b study.Text) int { return strings.Compare(s.Texts.String(a), s.Texts.String(b)) })
	for i, name := range names {
		numbers[name] = int32(i)
	}
	for _, m := range list {
		if m.Fate == study.Kept {
			members = append(members, graphs.Membership{Node: m.Firm - s.Clusters[c].FirstFirm, Event: numbers[m.Event]})
		}
	}
	return members, len(names)
}

// weighting is the graph's name of a projection's weight.
func weighting(name string) graphs.Weighting {
	switch name {
	case "newman":
		return graphs.Newman
	case "jaccard":
		return graphs.Jaccard
	case "bonacich":
		return graphs.Bonacich
	default:
		return graphs.Count
	}
}
