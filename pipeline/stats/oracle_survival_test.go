package stats

import (
	"math"
	"testing"
)

// personPeriods joins the rows of firms and periods with what is known of firms.
func personPeriods(t testing.TB, file string, firms frame, names ...string) frame {
	f := readFrame(t, file)
	at := make(map[float64]int)
	for i, uid := range firms["uid"] {
		at[uid] = i
	}
	for _, uid := range f["uid"] {
		for _, name := range append([]string{"cluster"}, names...) {
			f[name] = append(f[name], firms[name][at[uid]])
		}
	}
	return f
}

// byFirm has the rows of a firm as a cluster.
func (f frame) byFirm() *Clusters {
	g := frame{"cluster": f["uid"]}
	return g.clusters()
}

// hazardRows writes a model of person-periods: the terms, and the sandwich of
// the clusters given for some of them.
func hazardRows(r reproduced, model string, m *GLM, terms []string, by *Clusters, stat string, clustered int) {
	for j, name := range terms {
		r.coefficients(model, name, m.Coef[j], m.SE[j], 0, iterated, glmNames...)
	}
	s := m.sandwich
	s.clusters = by
	for j, name := range terms[:clustered] {
		r.put(model, name, stat, s.blind(CR0, m.contrast(m.design.slope(j)), 1).SE, iterated)
	}
	r.put(model, "", "logLik", m.LogLik, closedForm)
	r.put(model, "", "n", float64(m.N), 0)
}

func fitPeriods(t testing.TB, f frame, terms []string, logit bool) *GLM {
	t.Helper()
	x, c := f.columns(terms...), f.clusters()
	if !logit {
		m, err := FitHazard(f["y"], f["t"], x, c, PeriodDummies)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	periods, err := PeriodColumns(f["y"], f["t"], c, PeriodDummies)
	if err != nil {
		t.Fatal(err)
	}
	m, err := FitLogit(f["y"], append(x, periods...), c)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func survivalRows(t testing.TB, r reproduced) {
	firms := readFrame(t, "brfarmers_firm.csv")
	f := personPeriods(t, "brfarmers_person_period.csv", firms, farmerTerms...)
	terms := append([]string{"expo", "noalters"}, farmerTerms...)
	for _, logit := range []bool{false, true} {
		model := map[bool]string{false: "dth_cloglog_tdummies", true: "dth_logit_tdummies"}[logit]
		hazardRows(r, model, fitPeriods(t, f, terms, logit), terms, f.clusters(), "se_CR0", 7)
	}
	spells := make([]Spell, len(f["t"]))
	for i, end := range f["t"] {
		spells[i] = Spell{end - 1, end, f["y"][i] == 1}
	}
	m, err := FitCox(spells, f.columns(terms...), f.clusters(), Efron)
	if err != nil {
		t.Fatal(err)
	}
	coxRows(r, "cox_tv_exposure_strata_efron", m, terms)
	farmerCoxRows(t, r, firms)
}

func coxRows(r reproduced, model string, m *Cox, terms []string) {
	for j, name := range terms {
		r.coefficients(model, name, m.Coef[j], m.SE[j], 0, iterated, glmNames...)
		r.put(model, name, "exp", math.Exp(m.Coef[j]), iterated)
	}
	r.put(model, "", "logLik", m.LogLik, closedForm)
}

func firmSpells(f frame) []Spell {
	spells := make([]Spell, len(f["toa"]))
	for i, end := range f["toa"] {
		spells[i] = Spell{0, end, f["event"][i] == 1}
	}
	return spells
}

func farmerCoxRows(t testing.TB, r reproduced, f frame) {
	x, c, spells := f.columns(farmerTerms...), f.clusters(), firmSpells(f)
	for _, ties := range []Ties{Efron, Breslow} {
		model := map[Ties]string{Efron: "cox_strata_efron", Breslow: "cox_strata_breslow"}[ties]
		m, err := FitCox(spells, x, c, ties)
		if err != nil {
			t.Fatal(err)
		}
		coxRows(r, model, m, farmerTerms)
		r.put(model, "", "logLik0", m.LogLikNull, closedForm)
		r.put(model, "", "concordance", m.Concordance, iterated)
		if ties == Breslow {
			continue
		}
		g := float64(m.G)
		for j, c := range m.ClusterRobust() {
			r.put(model, farmerTerms[j], "se_robust_cluster_dfbeta", c.SE*math.Sqrt((g-1)/g), iterated)
		}
		each, joint, err := m.ProportionalHazards(oneMinusSurvival(spells))
		if err != nil {
			t.Fatal(err)
		}
		for j, d := range append(each, joint) {
			name := append(farmerTerms[:5:5], "GLOBAL")[j]
			r.put(model+"_zph", name, "chisq", d.Statistic, iterated)
			r.put(model+"_zph", name, "p", d.P, iterated)
		}
	}
	names := append([]string(nil), farmerTerms...)
	columns := append([][]float64(nil), x...)
	for g, dummy := range dummies(c)[1:] {
		names = append(names, "v"+clusterNames(f)[g+1])
		columns = append(columns, dummy)
	}
	m, err := FitCox(spells, columns, NewClusters(c.Rows()), Efron)
	if err != nil {
		t.Fatal(err)
	}
	coxRows(r, "cox_fe_efron", m, names)
}

// oneMinusSurvival is the default time scale of cox.zph: one less the
// Kaplan-Meier estimate of all firms just before the time.
func oneMinusSurvival(spells []Spell) func(float64) float64 {
	return func(t float64) float64 {
		survival := 1.0
		for _, u := range eventTimes(spells) {
			if u >= t {
				break
			}
			set := atRisk(spells, 0, len(spells), u)
			survival *= 1 - float64(set.events)/float64(len(set.rows))
		}
		return 1 - survival
	}
}

func clogitRows(t testing.TB, r reproduced) {
	f := readFrame(t, "brfarmers_firm.csv")
	m, err := FitConditionalLogit(f["practA"], f.columns(farmerTerms...), f.clusters())
	if err != nil {
		t.Fatal(err)
	}
	conditionalRows(r, "clogit", m, farmerTerms)
}

func conditionalRows(r reproduced, model string, m *ConditionalLogit, terms []string) {
	for j, name := range terms {
		r.coefficients(model, name, m.Coef[j], m.SE[j], 0, iterated, glmNames...)
		r.put(model, name, "exp", math.Exp(m.Coef[j]), iterated)
	}
	r.put(model, "", "logLik", m.LogLik, closedForm)
}

func medSurvivalRows(t testing.TB, r reproduced) {
	firms := physicians(t)
	f := personPeriods(t, "med_person_period.csv", firms, physicianTerms...)
	terms := append([]string{"expo", "noalters"}, physicianTerms...)
	for _, logit := range []bool{false, true} {
		model := map[bool]string{false: "dth_cloglog", true: "dth_logit"}[logit]
		hazardRows(r, model, fitPeriods(t, f, terms, logit), terms, f.byFirm(), "se_cluster_actor_CR0", 1)
	}
	m, err := FitHazard(f["y"], f["t"], f.columns(terms...), f.clusters(), PeriodQuadratic)
	if err != nil {
		t.Fatal(err)
	}
	names := append(terms, "t", "I(t^2)")
	glmRows(r, "dth_cloglog_quadratic", m, f, names, glmNames, false)
	for _, ties := range []Ties{Efron, Breslow} {
		model := map[Ties]string{Efron: "cox_strata_efron", Breslow: "cox_strata_breslow"}[ties]
		m, err := FitCox(firmSpells(firms), firms.columns(physicianTerms...), firms.clusters(), ties)
		if err != nil {
			t.Fatal(err)
		}
		coxRows(r, model, m, physicianTerms)
	}
	exactRows(t, r, firms)
}

// exactRows has the exact partial likelihood as what it is: a conditional
// logistic regression of who has the event, given how many, at each time.
func exactRows(t testing.TB, r reproduced, f frame) {
	c, spells := f.clusters(), firmSpells(f)
	sets, _, err := riskSets(spells, c)
	if err != nil {
		t.Fatal(err)
	}
	var sizes []int
	var y []float64
	x := make([][]float64, len(physicianTerms))
	for _, set := range sets {
		sizes = append(sizes, len(set.rows))
		for e, i := range set.rows {
			event := 0.0
			if e < set.events {
				event = 1
			}
			y = append(y, event)
			for j, name := range physicianTerms {
				x[j] = append(x[j], f[name][i])
			}
		}
	}
	m, err := FitConditionalLogit(y, x, NewClusters(sizes...))
	if err != nil {
		t.Fatal(err)
	}
	conditionalRows(r, "cox_strata_exact", m, physicianTerms)
}
