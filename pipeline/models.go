package pipeline

import (
	"context"
	"slices"

	"firmties/graphs/metrics"
	"firmties/pipeline/associate"
	"firmties/pipeline/report"
	"firmties/pipeline/study"
	"firmties/pipeline/table"
)

// gridDraws is how many permutations a fit of the default grid draws; a
// declared one draws associate.DeclaredDraws.
const gridDraws = 999

// keep notes which columns of the metric tables the models name and the
// summary shows, so that only those are held until the end.
func (st *clusterStage) keep() {
	entries := st.run.entries()
	st.modelled = len(entries) > 0
	firm, cluster := associate.Needs(entries)
	st.firmColumns = append([]string{"cluster", "layer", "firm"}, firm...)
	st.clusterColumns = append([]string{"cluster", "layer", "observed"}, cluster...)
	for _, name := range report.Structure() {
		if !slices.Contains(st.clusterColumns, name) {
			st.clusterColumns = append(st.clusterColumns, name)
		}
	}
	st.out.firm = table.New(st.plan.Firm, 0).Select(st.firmColumns...)
	st.edgeLayers = associate.NeedsEdges(entries)
	st.out.edges = table.New(st.networks.Edges, 0)
	st.out.coupling = table.New(st.plan.Coupling(), 0)
	st.out.cluster = table.New(st.plan.Cluster, 0).Select(st.clusterColumns...)
}

// associate relates the metrics to the outcomes.
func (r *run) associate(ctx context.Context, clusters, firms, comparisons *table.Table, m *measured) (associate.Output, error) {
	r.progress("models", 0, 1)
	entries := r.entries()
	if len(entries) == 0 {
		firms = table.New(firms.Schema, 0) // nobody looks at them
	}
	in := associate.Input{
		Seed: r.study.Seed, Workers: r.cfg.Workers,
		Outcomes: r.outcomes(), Layers: r.layersOf(), Entries: entries,
		Affiliations: r.resolved.Affiliations,
		Firms:        firms, Clusters: clusters, FirmMetrics: m.firm, ClusterMetrics: m.cluster, Edges: m.edges,
		Comparisons: comparisons, Coupling: m.coupling, Coupled: r.coupledAffiliations(),
		LimitReached: map[[2]string]bool{}, Aliases: map[[2]string]bool{},
	}
	for _, m := range metrics.Catalogue {
		in.Aliases[[2]string{m.Level.String(), m.Name}] = m.Alias != ""
	}
	for _, l := range m.limited {
		in.LimitReached[[2]string{r.study.Clusters[l.cluster].ID, r.study.Layers[l.layer].Name}] = true
	}
	out, err := associate.Run(ctx, in)
	r.clock.stage("associate")
	return out, err
}

// coupledAffiliations are those of practices and of tasks.
func (r *run) coupledAffiliations() []string {
	var names []string
	for i := range r.study.Affiliations {
		if a := &r.study.Affiliations[i]; a.Dimension == study.SharedRepertoire || a.Dimension == study.JointEnterprise {
			names = append(names, a.Name)
		}
	}
	return names
}

func (r *run) outcomes() []associate.Outcome {
	var list []associate.Outcome
	for i := range r.study.Outcomes {
		o := &r.study.Outcomes[i]
		list = append(list, associate.Outcome{Name: o.Name, Level: string(o.Level), Kind: string(o.Kind), Of: o.Of, ComponentsOf: o.ComponentsOf})
	}
	return list
}

func (r *run) layersOf() []associate.Layer {
	var list []associate.Layer
	for i := range r.study.Layers {
		l := &r.study.Layers[i]
		out := associate.Layer{Name: l.Name, Directed: l.Directed, Dimension: string(l.Dimension)}
		if l.Kind == study.OfProjection {
			out.Projection = r.study.Affiliations[l.Members[0]].Name
		}
		list = append(list, out)
	}
	return list
}

// entries are the study's models, or where it declares none the default grid.
func (r *run) entries() []associate.Entry {
	if !r.study.ModelsDeclared {
		return associate.DefaultGrid(r.outcomes(), r.layersOf(), gridDraws)
	}
	var list []associate.Entry
	for i := range r.study.Models {
		m := &r.study.Models[i]
		var terms []associate.Term
		for _, t := range m.Terms {
			terms = append(terms, associate.Term(t))
		}
		list = append(list, associate.Entry{
			Name: m.Name, Level: m.Level, Model: m.Kind, Outcome: m.Outcome.Name, Pair: associate.Term(m.Outcome), Terms: terms,
			Layers: m.Layers, Metrics: m.Metrics, Controls: m.Controls, Moderator: m.Moderator, Scaling: m.Scaling,
			Exposure: m.Exposure, Inference: m.Inference, Draws: m.Draws, Family: m.Family, Adjust: m.Adjust,
		})
	}
	return list
}
