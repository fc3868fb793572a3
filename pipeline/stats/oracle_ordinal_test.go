package stats

import (
	"testing"

	"gonum.org/v1/gonum/floats"
)

func ordinalRows(t testing.TB, r reproduced) {
	f := readFrame(t, "brfarmers_firm.csv")
	m, err := FitOrdinal(f["ord4"], f.columns(farmerTerms...), f.clusters())
	if err != nil {
		t.Fatal(err)
	}
	names := clusterNames(f)
	var terms []term
	for j, name := range farmerTerms {
		terms = append(terms, term{name, m.problem.slope(j)})
		near(t, name, m.Coef[j], floats.Dot(m.problem.slope(j), m.at), 1e-14)
	}
	for g := 1; g < m.G; g++ {
		terms = append(terms, term{"v" + names[g], m.problem.effect(g)})
		near(t, "effect", m.Effects[g], floats.Dot(m.problem.effect(g), m.at), 1e-14)
	}
	for j, name := range []string{"1|2", "2|3", "3|4"} {
		terms = append(terms, term{name, m.problem.threshold(j)})
		r.put("polr_fe", name, "zeta", m.Thresholds[j], iterated)
	}
	termRows(r, "clm_logit_fe", &m.sandwich, m.at, terms, 1, 0, iterated, glmNames)
	for i, name := range terms {
		if i < len(terms)-3 {
			r.put("polr_fe", name.name, "est", floats.Dot(name.contrast, m.at), iterated)
		}
	}
	r.put("clm_logit_fe", "", "logLik", m.LogLik, closedForm)
	r.put("polr_fe", "", "logLik", m.LogLik, closedForm)
	whole, err := FitOrdinal(f["ord4"], f.columns(farmerTerms...), NewClusters(m.N))
	if err != nil {
		t.Fatal(err)
	}
	tests, errs := whole.ProportionalOdds()
	for j, d := range tests {
		if errs[j] != nil {
			t.Error(errs[j])
		}
		r.put("clm_nominal_test_noFE", farmerTerms[j], "LRT", d.Statistic, iterated)
		r.put("clm_nominal_test_noFE", farmerTerms[j], "p", d.P, iterated)
	}
}
