package associate

import (
	"math"
	"slices"
	"testing"

	"firmties/pipeline/stats"
	"firmties/pipeline/table"
)

// diffusion is a reference study of adoption: its files, the layer exposure is
// by, and controls.
type diffusion struct {
	study, arcs, periods, layer string
	controls                    []string
}

var (
	farming  = diffusion{"brfarmers_firm.csv", "brfarmers_arcs.csv", "brfarmers_person_period.csv", "union", []string{"age", "school", "coop01", "income"}}
	medicine = diffusion{"med_firm.csv", "med_arcs.csv", "med_person_period.csv", "discussion", []string{"proage", "attend"}}
)

// input has the study's hazard with exposure by cohesion. The metric is the
// reference's, in-degree of the union, whatever the layer.
func (d diffusion) input(t testing.TB) Input {
	t.Helper()
	header, rows := reference(t, d.study)
	number := map[string]table.Kind{"outside": table.Flag, "toa_censored": table.Flag}
	for _, c := range append(slices.Clone(d.controls), "toa", "in_union", "degree_out", "observed") {
		number[c] = table.Number
	}
	var firms, metrics, clusters, clusterMetrics, edges []cells
	for _, row := range rows {
		at := func(column string) string { return row[slices.Index(header, column)] }
		firm := cells{"cluster": "V" + at("cluster"), "firm": at("uid"), "outside": false, "toa": parsed(t, at("toa")), "toa_censored": at("event") == "0"}
		for _, c := range d.controls {
			if at(c) != "NA" {
				firm[c] = parsed(t, at(c))
			}
		}
		firms = append(firms, firm)
		metrics = append(metrics, cells{"cluster": firm["cluster"], "layer": d.layer, "firm": firm["firm"], "in_union": parsed(t, at("in_union")), "degree_out": 0.0})
		if len(clusters) == 0 || clusters[len(clusters)-1]["cluster"] != firm["cluster"] {
			clusters = append(clusters, cells{"cluster": firm["cluster"]})
			clusterMetrics = append(clusterMetrics, cells{"cluster": firm["cluster"], "layer": d.layer, "observed": 1.0})
		}
	}
	_, rows = reference(t, d.arcs)
	for _, row := range rows { // cluster, relation, ego, alter
		if row[1] == d.layer {
			edges = append(edges, cells{"cluster": "V" + row[0], "layer": d.layer, "source": row[2], "target": row[3]})
		}
	}
	return Input{
		Seed:     1966,
		Outcomes: []Outcome{{Name: "toa", Level: "firm", Kind: "time"}},
		Layers:   []Layer{{Name: d.layer, Directed: true}},
		Entries: []Entry{{Name: "e", Level: "firm", Model: "hazard", Outcome: "toa", Layers: []string{d.layer}, Metrics: []string{"in_union"},
			Controls: d.controls, Scaling: "raw", Exposure: cohesion, Inference: []string{byCV3, byCR1, bySignFlip, byModel}, Draws: 999}},
		Firms:          tableOf("firms", number, append([]string{"cluster", "firm", "outside", "toa", "toa_censored"}, d.controls...), firms),
		Clusters:       tableOf("clusters", number, []string{"cluster"}, clusters),
		FirmMetrics:    tableOf("firm_metrics", number, []string{"cluster", "layer", "firm", "in_union", "degree_out"}, metrics),
		ClusterMetrics: tableOf("cluster_metrics", number, []string{"cluster", "layer", "observed"}, clusterMetrics),
		Edges:          tableOf("edges", number, []string{"cluster", "layer", "source", "target"}, edges),
		Workers:        2,
	}
}

func nearIterated(t testing.TB, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-6*math.Abs(want)) {
		t.Errorf("%s = %.17g, want %.17g", what, got, want)
	}
}

// TestMedicalInnovationAgreesWithR: the hazard of tetracycline, without a sign
// that exposure goes with it.
func TestMedicalInnovationAgreesWithR(t *testing.T) {
	associations, fits := run(t, medicine.input(t))
	want := models(t, "models_med.csv")
	for term, name := range map[string]string{"exposure": "expo", "no_alters": "noalters", "in_union": "in_union", "proage": "proage", "attend": "attend"} {
		row := rowWhere(t, associations, "term", term, "se_type", "expected_information")
		at := func(stat string) float64 { return want["dth_cloglog_quadratic,"+name+","+stat] }
		nearIterated(t, term, num(associations, "estimate", row), at("est"))
		nearIterated(t, term+" std_error", num(associations, "std_error", row), at("se"))
		nearIterated(t, term+" statistic", num(associations, "statistic", row), at("z"))
	}
	if dropped := text(fits, "reason_dropped", 0); dropped == "" {
		t.Error("those who lack a control are in the fit")
	}
}

// TestFarmersExposureAgreesWithTheReferenceColumns: the hazard with quadratic
// time of the reference's own columns, and its jackknife over villages.
func TestFarmersExposureAgreesWithTheReferenceColumns(t *testing.T) {
	associations, fits := run(t, farming.input(t))
	rows := farming.personPeriods(t)
	terms := []string{"in_union", "no_alters", "age", "school", "coop01", "income", "exposure"}
	whole := rows.fit(t, "")
	villages := slices.Compact(slices.Clone(rows.cluster))
	variance := make([]float64, len(terms))
	for _, g := range villages {
		without := rows.fit(t, g)
		for j := range terms {
			d := without.Coef[j] - whole.Coef[j]
			variance[j] += d * d * float64(len(villages)-1) / float64(len(villages))
		}
	}
	for j, term := range terms {
		row := rowWhere(t, associations, "term", term, "se_type", "CV3")
		nearIterated(t, term, num(associations, "estimate", row), whole.Coef[j])
		nearIterated(t, term+" CV3", num(associations, "std_error", row), math.Sqrt(variance[j]))
		row = rowWhere(t, associations, "term", term, "se_type", "expected_information")
		nearIterated(t, term+" std_error", num(associations, "std_error", row), whole.SE[j])
	}
	nearIterated(t, "threshold", num(fits, "threshold_mean", 0), rows.threshold())
	// Hazard ratio 1.68; with dummies of periods 1.94, by proportional hazards
	// 1.79 (package stats).
	row := rowWhere(t, associations, "term", "exposure", "se_type", "CV3")
	if hr := math.Exp(num(associations, "estimate", row)); hr < 1.6 || hr > 1.8 || !(num(associations, "p_value", row) < 0.001) {
		t.Errorf("hazard ratio of exposure %g, p %g", hr, num(associations, "p_value", row))
	}
}

// periodRows are the reference's rows of firms and periods.
type periodRows struct {
	cluster  []string
	event, t []float64
	x        [][]float64 // as FitHazard has them: metric, no alters, controls, exposure
}

func (d diffusion) personPeriods(t testing.TB) *periodRows {
	t.Helper()
	header, firms := reference(t, d.study)
	firm := map[string][]string{}
	for _, row := range firms {
		firm[row[slices.Index(header, "uid")]] = row
	}
	columns := append([]string{"in_union", "noalters"}, append(slices.Clone(d.controls), "expo")...)
	p := &periodRows{x: make([][]float64, len(columns))}
	_, rows := reference(t, d.periods)
	for _, row := range rows { // uid, t, y, expo, noalters
		own := firm[row[0]]
		p.cluster = append(p.cluster, own[slices.Index(header, "cluster")])
		p.t, p.event = append(p.t, parsed(t, row[1])), append(p.event, parsed(t, row[2]))
		for j, name := range columns {
			switch name {
			case "expo":
				p.x[j] = append(p.x[j], parsed(t, row[3]))
			case "noalters":
				p.x[j] = append(p.x[j], parsed(t, row[4]))
			default:
				p.x[j] = append(p.x[j], parsed(t, own[slices.Index(header, name)]))
			}
		}
	}
	return p
}

// fit fits the rows from the first event on, of all clusters but one.
func (p *periodRows) fit(t testing.TB, without string) *stats.GLM {
	t.Helper()
	first := math.Inf(1)
	for k, event := range p.event {
		if event == 1 && p.cluster[k] != without {
			first = min(first, p.t[k])
		}
	}
	var sizes []int
	var at, event []float64
	last, x := without, make([][]float64, len(p.x))
	for k, cluster := range p.cluster {
		if cluster == without || p.t[k] < first {
			continue
		}
		if cluster != last {
			sizes, last = append(sizes, 0), cluster
		}
		sizes[len(sizes)-1]++
		at, event = append(at, p.t[k]), append(event, p.event[k])
		for j := range x {
			x[j] = append(x[j], p.x[j][k])
		}
	}
	fit, err := stats.FitHazard(event, at, x, stats.NewClusters(sizes...), stats.PeriodQuadratic)
	if err != nil {
		t.Fatal(err)
	}
	return fit
}

// threshold is the mean exposure in rows with the event, of those with alters.
func (p *periodRows) threshold() float64 {
	sum, n := 0.0, 0.0
	for k, event := range p.event {
		if event == 1 && p.x[1][k] == 0 {
			sum, n = sum+p.x[len(p.x)-1][k], n+1
		}
	}
	return sum / n
}
