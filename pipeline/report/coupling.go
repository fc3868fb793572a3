package report

import "slices"

// coupling writes a line per cluster on how practices and tasks go together.
func (s *Summary) coupling(p *page) {
	t := s.Coupling
	if rows(t) == 0 {
		return
	}
	at := map[[3]string]int{}
	var clusters []string
	for r := range rows(t) {
		cluster := text(t, "cluster", r)
		at[[3]string{cluster, text(t, "measure", r), text(t, "null_model", r)}] = r
		if !slices.Contains(clusters, cluster) {
			clusters = append(clusters, cluster)
		}
	}
	p.section("Coupling of practices and tasks")
	p.paragraph("  ", s.WhatCouplingIs)
	g := grid{indent: "  ", headings: []heading{
		{name: "cluster"}, {above: "practice", name: "density", align: decimal}, {above: "task", name: "density", align: decimal}, {name: "coupling", align: decimal},
		{above: "p, margins", name: "fixed", align: decimal}, {above: "p, firms", name: "relabelled", align: decimal}, {name: "reason"},
	}}
	row := func(key ...string) int {
		if r, ok := at[[3]string(key)]; ok {
			return r
		}
		return -1
	}
	for i, c := range clusters {
		if i == shownClusters {
			break
		}
		fixed := row(c, "coupling", "fixed_margins")
		g.add(c, cell(t, "value", row(c, "practice_density", "none"), number), cell(t, "value", row(c, "task_density", "none"), number),
			cell(t, "value", fixed, number), cell(t, "p", fixed, pValue), cell(t, "p", row(c, "coupling", "relabelled"), pValue), text(t, "reason", fixed))
	}
	g.write(p)
	if more := len(clusters) - shownClusters; more > 0 {
		p.line("  ... and " + plural(more, "more cluster") + ": tables/coupling")
	}
}
