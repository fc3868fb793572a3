package report

import (
	"fmt"
	"strings"
)

// More clusters than manyClusters are cut after the first shownClusters.
const (
	manyClusters  = 40
	shownClusters = 30
)

// structure lists the columns of `cluster_metrics` that a cluster's line
// shows, as far as the study has them, and their headings.
func structure() []heading {
	return []heading{
		{name: "observed", align: decimal},
		{name: "ties", align: right},
		{name: "density", align: decimal},
		{name: "reciprocity", align: decimal},
		{name: "transitivity", align: decimal},
		{name: "centralization_degree", align: decimal},
	}
}

// Structure names the columns of `cluster_metrics` that a cluster's line shows.
func Structure() []string {
	var names []string
	for _, h := range structure() {
		names = append(names, h.name)
	}
	return names
}

// clusters writes one line per cluster: its firms and its network in the main
// layer.
func (s *Summary) clusters(p *page) {
	if rows(s.Clusters) == 0 {
		return
	}
	p.section(s.clustersHeading())
	metrics := s.structureHere()
	g := grid{indent: "  ", headings: []heading{
		{name: "cluster"}, {name: "firms", align: right}, {name: "interviewed", align: right},
	}}
	for _, h := range metrics {
		g.headings = append(g.headings, split(h))
	}
	network := s.mainNetworks()
	n := s.Clusters.Len()
	if n > manyClusters {
		n = shownClusters
	}
	for c := range n {
		row, ok := network[text(s.Clusters, "cluster", c)]
		if !ok {
			row = -1
		}
		g.add(s.clusterCells(c, row, metrics)...)
	}
	g.write(p)
	if more := s.Clusters.Len() - n; more > 0 {
		p.line(fmt.Sprintf("  ... and %d more: tables/cluster_metrics", more))
	}
	if g.has(none) {
		p.line("  " + none + ": undefined; tables/undefined has the reason")
	}
}

func (s *Summary) clustersHeading() string {
	heading := plural(s.Clusters.Len(), "cluster")
	if s.MainLayer == "" {
		return heading
	}
	heading += "; their networks in layer " + s.MainLayer
	if len(s.Layers) > 1 {
		heading += " (of the layers " + strings.Join(s.Layers, ", ") + ")"
	}
	return heading
}

// structureHere is structure as far as the study computed it.
func (s *Summary) structureHere() []heading {
	var out []heading
	for _, h := range structure() {
		if s.ClusterMetrics != nil && s.ClusterMetrics.Column(h.name) != nil {
			out = append(out, h)
		}
	}
	return out
}

// split puts a long column name on two lines.
func split(h heading) heading {
	if before, after, ok := strings.Cut(h.name, "_"); ok {
		h.above, h.name = before+"_", after
	}
	return h
}

// mainNetworks finds the main layer's row in `cluster_metrics` by cluster.
func (s *Summary) mainNetworks() map[string]int {
	at := map[string]int{}
	for r := range rows(s.ClusterMetrics) {
		if text(s.ClusterMetrics, "layer", r) == s.MainLayer {
			at[text(s.ClusterMetrics, "cluster", r)] = r
		}
	}
	return at
}

// clusterCells is the line of cluster c, whose network is in the given row of
// `cluster_metrics`.
func (s *Summary) clusterCells(c, network int, metrics []heading) []string {
	name := text(s.Clusters, "cluster", c)
	if label := text(s.Clusters, "label", c); label != "" && label != name {
		name += " " + label
	}
	cells := []string{name, cell(s.Clusters, "firms", c, whole), cell(s.Clusters, "interviewed", c, whole)}
	for _, h := range metrics {
		form := number
		if h.align == right {
			form = whole
		}
		cells = append(cells, cell(s.ClusterMetrics, h.name, network, form))
	}
	return cells
}
