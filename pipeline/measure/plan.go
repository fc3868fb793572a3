package measure

import (
	"fmt"
	"slices"

	"firmties/graphs/metrics"
	"firmties/pipeline/study"
	"firmties/pipeline/table"
)

// Plan is what is measured in a study, with the schemas of its tables. It does
// not change; any number of workers share it.
type Plan struct {
	study      *study.Study
	firm       []metrics.Metric
	cluster    []metrics.Metric
	groups     [][]int32   // by entry of `groups:`, every firm's group
	attributes [][]float64 // by entry of `homophily:`, every firm's value
	compared   comparison
	distant    distant

	// Workers is how many goroutines one large network may use, where there are
	// fewer clusters than workers; below 2 it is one.
	Workers int

	// Firm, Cluster and Undefined are the schemas of the tables of metrics.
	Firm, Cluster, Undefined *table.Schema

	undefined *table.Bound[Undefined]
	pairs     *table.Bound[pairRow]

	layerPairs *table.Bound[layerPair]
	coupling   *table.Bound[coupled]
	coupled    bool // the study has layers of practices and of tasks
}

// NewPlan chooses the study's metrics, those that its models name included,
// and makes the schemas of the tables.
func NewPlan(s *study.Study, levels table.Levels) *Plan {
	p := &Plan{study: s, compared: newComparison(s), distant: newDistant(s)}
	for _, name := range s.Groups {
		p.groups = append(p.groups, groupsOf(s, name))
	}
	for _, name := range s.Homophily {
		p.attributes = append(p.attributes, valuesOf(s, name))
	}
	for _, m := range metrics.Expand(s.Groups, s.Homophily) {
		switch {
		case m.Level == metrics.Firm && chosen(s, s.Metrics.Firm, study.AtFirm, &m):
			p.firm = append(p.firm, m)
		case m.Level == metrics.Cluster && chosen(s, s.Metrics.Cluster, study.AtCluster, &m):
			p.cluster = append(p.cluster, m)
		}
	}
	p.Firm = withMetrics(firmSchema(levels), p.firm)
	p.Cluster = withMetrics(clusterSchema(levels), p.cluster)
	p.undefined = undefinedFields(p).In(levels)
	p.Undefined = p.undefined.Schema
	p.pairs = pairFields(p).In(levels)
	p.layerPairs = layerPairFields(p).In(levels)
	p.coupling = couplingFields(p).In(levels)
	p.coupled = couples(s)
	return p
}

// Coupling is the schema of the table of coupling.
func (p *Plan) Coupling() *table.Schema { return p.coupling.Schema }

// Schemas are the schemas of what a worker fills cluster by cluster, in the
// order of [Tables.All].
func (p *Plan) Schemas() []*table.Schema {
	return []*table.Schema{p.Firm, p.Cluster, p.pairs.Schema, p.layerPairs.Schema, p.coupling.Schema}
}

// chosen reports whether a metric is computed: all are, it is in the study's
// list (nil: the catalogue but what waits to be asked for), or a model names it.
func chosen(s *study.Study, list []string, level study.Level, m *metrics.Metric) bool {
	if s.Metrics.All || list == nil && !m.OnRequest || slices.Contains(list, m.Name) {
		return true
	}
	return slices.ContainsFunc(s.Models, func(model study.Model) bool {
		return model.OfMetrics == level && slices.Contains(model.Metrics, m.Name) ||
			level == study.AtCluster && model.Moderator == m.Name ||
			level == study.AtFirm && model.Exposure != "" && m.Name == "degree_out" // null where a firm's alters are not known
	})
}

func withMetrics(s table.Schema, list []metrics.Metric) *table.Schema {
	for _, m := range list {
		s.Columns = append(s.Columns, table.Column{
			Name: m.Name, Kind: table.Number, Unit: m.Unit, Doc: m.Definition,
			Range: m.Range.String(), NullWhen: nullWhen(m), Source: source(m), Convention: m.Convention,
		})
	}
	return &s
}

// nullWhen is the metric's own rule, and the size above which it waits to be
// asked for.
func nullWhen(m metrics.Metric) string {
	if m.Largest() == 0 {
		return m.NullWhen
	}
	size := fmt.Sprintf("n > %d, unless `metrics: all`", m.Largest())
	if m.NullWhen == "never" {
		return size
	}
	return m.NullWhen + "; " + size
}

// source is empty where the catalogue names nobody.
func source(m metrics.Metric) string {
	if m.Source == "-" {
		return ""
	}
	return m.Source
}

func (p *Plan) list(level metrics.Level) []metrics.Metric {
	if level == metrics.Firm {
		return p.firm
	}
	return p.cluster
}

// metricNames lists the names of both levels' metrics, each once.
func (p *Plan) metricNames() []string {
	var names []string
	for _, m := range slices.Concat(p.firm, p.cluster) {
		if !slices.Contains(names, m.Name) {
			names = append(names, m.Name)
		}
	}
	return names
}
