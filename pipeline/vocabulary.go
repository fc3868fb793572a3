package pipeline

import (
	"firmties/graphs"
	"firmties/graphs/metrics"
	"firmties/graphs/null"
	"firmties/pipeline/associate"
	"firmties/pipeline/intake"
	"firmties/pipeline/measure"
	"firmties/pipeline/reconcile"
)

// Vocabulary is what study.yaml may name of the later stages: metrics, models
// and rules, each from the one table that owns them.
func Vocabulary() intake.Vocabulary {
	var v intake.Vocabulary
	for _, m := range metrics.Catalogue {
		if m.Level == metrics.Firm {
			v.FirmMetrics = append(v.FirmMetrics, m.Name)
		} else {
			v.ClusterMetrics = append(v.ClusterMetrics, m.Name)
		}
	}
	v.Comparable, v.ComparisonDraws, v.DistanceDraws = measure.Comparable(), measure.DefaultComparisonDraws, measure.DefaultDistanceDraws
	v.CouplingDraws, v.Adjustments = measure.DefaultCouplingDraws, graphs.Adjustments()
	for _, r := range null.References() {
		v.References = append(v.References, string(r))
	}
	for _, m := range associate.Models() {
		v.Models = append(v.Models, intake.ModelName{Name: m.Name, Level: m.Level, Metrics: m.Metrics, TwoLayers: m.TwoLayers,
			DefaultFor: associate.DefaultFor(&m), Inferences: m.Inferences()})
	}
	v.Derived = associate.Derived(v.Comparable)
	for _, name := range v.Derived {
		if associate.OfNoLayer(name) {
			v.Layerless = append(v.Layerless, name)
		}
	}
	v.Scalings = associate.Scalings()
	for _, w := range associate.Exposures() {
		v.Exposures = append(v.Exposures, w.Name)
	}
	for _, w := range associate.Inferences() {
		v.Inferences = append(v.Inferences, w.Name)
	}
	for _, w := range associate.Adjustments() {
		v.FamilyAdjustments = append(v.FamilyAdjustments, w.Name)
	}
	for _, rule := range reconcile.Rules() {
		v.Rules = append(v.Rules, intake.Rule{Name: rule.Name, DirectedOnly: rule.DirectedOnly})
	}
	return v
}
