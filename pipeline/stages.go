package pipeline

import (
	"context"

	"firmties/pipeline/measure"
	"firmties/pipeline/networks"
	"firmties/pipeline/report"
	"firmties/pipeline/table"
)

// tables makes and writes every table, and then the summary.
func (r *run) tables(ctx context.Context) (summary string, rows []Account, err error) {
	clusters := clustersTable(r.study, r.levels)
	firms := firmsTable(r.study, r.resolved.Outside, r.levels)
	err = r.writeAll(ctx, clusters, firms, respondentsTable(r.study, r.levels), r.resolved.Affiliations, r.resolved.Resolutions, networks.LayersTable(r.study))
	if err != nil {
		return "", nil, err
	}
	measured, err := r.clusters(ctx)
	if err != nil {
		return "", nil, err
	}
	if rows, err = accounts(r.study, r.ties); err != nil {
		return "", nil, err
	}
	compare(measured.compared, func(c int32) int32 { return r.study.Clusters[c].Firms })
	comparisons := measure.ComparisonTable(measured.compared, r.levels)
	apart, apartBySize := r.distances(measured.signatures)
	if err := r.writeAll(ctx, comparisons, apart, apartBySize); err != nil {
		return "", nil, err
	}
	models, err := r.associate(ctx, clusters, firms, comparisons, measured)
	if err != nil {
		return "", nil, err
	}
	if err := r.writeAll(ctx, models.Associations, models.Fits, models.Clusterwise, models.Influence, models.Specifications, models.Power, findingFields.In(nil).Table(r.findings.Sorted())); err != nil {
		return "", nil, err
	}
	if err := r.writeAll(ctx, table.Describe(r.schemas)); err != nil {
		return "", nil, err
	}
	s := report.Summary{
		Version: r.cfg.Version, Name: r.study.Name, Title: r.study.Title, Citation: r.study.Citation,
		Licence: r.study.Licence, Simulated: r.study.Simulated,
		Clusters: clusters, ClusterMetrics: measured.cluster, Comparisons: comparisons, Coupling: measured.coupling, WhatCouplingIs: measure.WhatCouplingIs, Associations: models.Associations, Fits: models.Fits, Influence: models.Influence, Power: models.Power,
		Layers: r.study.LayerNames(), MainLayer: r.mainLayer(), Findings: &r.findings,
	}
	for _, c := range r.choices() {
		s.Choices = append(s.Choices, report.Choice(c))
	}
	for i := range rows {
		s.Accounts = append(s.Accounts, rows[i].told())
	}
	return s.Text(), rows, r.finish(ctx)
}
