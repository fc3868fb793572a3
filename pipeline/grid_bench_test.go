package pipeline_test

import "testing"

// BenchmarkGridOfFarmers relates 30 metrics of 692 farmers in 11 villages to
// four outcomes by every kind of inference that their models make, and tells
// the time of that stage alone.
func BenchmarkGridOfFarmers(b *testing.B) {
	const metrics = "[degree, degree_in, degree_out, degree_mutual, strength, neighbor_degree, harmonic, harmonic_in, harmonic_out, closeness_component, eccentricity, reach_2, information, betweenness, betweenness_directed, flow_betweenness, eigenvector, pagerank, hub, authority, katz, subgraph, constraint, effective_size, constraint_hierarchy, clustering, triangles, core, local_efficiency, alter_mean_of_innov]"
	const grid = `
metrics: all
comparisons: {draws: 0}
distances: {draws: 0}
coupling: {draws: 0}
models:
  - {name: a, level: firm, model: ols_fe, outcome: innov, layers: [union], metrics: ` + metrics + `, controls: [age, school, coop, income], inference: [CR2, wild_cluster, freedman_lane, CV3, HC3, classical, sign_flip]}
  - {name: b, level: firm, model: quasibinomial_fe, outcome: total, layers: [union], metrics: ` + metrics + `, controls: [age, school, coop, income], inference: [CR2, sign_flip, CV3, classical]}
  - {name: c, level: firm, model: logit_fe, outcome: practice_a, layers: [union], metrics: ` + metrics + `, controls: [age, school, coop, income], inference: [CR2, sign_flip, CV3, classical]}
  - {name: d, level: firm, model: hazard, outcome: year_adopted, layers: [union], metrics: ` + metrics + `, controls: [age, school, coop, income], inference: [CV3, sign_flip, CR1, classical]}
`
	var seconds float64
	fits := 0
	for b.Loop() {
		result, memory := runModels(b, "brfarmers", "models.yaml", grid)
		for _, stage := range result.Manifest.Timings {
			if stage.Stage == "associate" {
				seconds += stage.Seconds
			}
		}
		fits = memory.Get("fits").Len()
	}
	b.ReportMetric(seconds/float64(b.N), "s-of-models")
	b.ReportMetric(float64(fits), "fits")
}
