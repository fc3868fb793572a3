package stats

import (
	"math"
	"slices"
	"strconv"
	"testing"

	"gonum.org/v1/gonum/floats"
)

// A term is a coefficient of a design with treatment contrasts, as R has it:
// the constant is the effect of the first cluster, a dummy the difference to it.
type term struct {
	name     string
	contrast []float64 // of the design's columns
}

func treatmentTerms(d *design, slopes []string, clusters []string) []term {
	var terms []term
	for j, name := range slopes {
		terms = append(terms, term{name, d.slope(j)})
	}
	first := d.effect(0)
	terms = append(terms, term{"(Intercept)", first})
	for g := 1; g < d.groups.Len(); g++ {
		difference := d.effect(g)
		floats.Sub(difference, first)
		terms = append(terms, term{"v" + clusters[g], difference})
	}
	return terms
}

func clusterNames(f frame) []string {
	c := f.clusters()
	var names []string
	for g := range c.Len() {
		names = append(names, strconv.Itoa(int(c.Of(f["cluster"], g)[0])))
	}
	return names
}

// blind is inference as the reference prints it also where part of the
// coefficient is known from a single cluster.
func (s *sandwich) blind(kind SandwichKind, contrast []float64, estimate float64) ClusterRobust {
	r := s.robust(kind, [][]float64{contrast})
	se, df := math.Sqrt(r.covariance(0, 0)), r.satterthwaiteDF(0)
	return ClusterRobust{SE: se, DF: df, P: TwoSidedT(estimate/se, df)}
}

// termRows writes every coefficient with model-based inference and sandwiches.
func termRows(r reproduced, model string, s *sandwich, b []float64, terms []term, scale, df, tolerance float64, names []string, kinds ...string) {
	for _, t := range terms {
		a := s.contrast(t.contrast)
		estimate := floats.Dot(t.contrast, b)
		r.coefficients(model, t.name, estimate, floats.Norm(a, 2)*scale, df, tolerance, names...)
		for _, kind := range kinds {
			c := s.blind(kindNamed(kind), a, estimate)
			r.clusterRobust(model, t.name, kind, c, tolerance)
		}
	}
}

// linearEffectRows writes the coefficients of a linear model with a dummy a
// cluster, the whole design in hand: the slopes have come by absorption, and
// must be the same.
func linearEffectRows(t testing.TB, r reproduced, model string, y []float64, f frame, slopes []string, names []string, kinds ...string) {
	d, err := newDesign(f.columns(slopes...), f.clusters())
	if err != nil {
		t.Fatal(err)
	}
	q, upper := thinQR(d.columns)
	inverse := inverseUpper(upper)
	b := rows(inverse, project(q, y))
	residuals := append([]float64(nil), y...)
	floats.Sub(residuals, d.predict(b))
	s := &sandwich{clusters: f.clusters(), q: q, inverse: inverse, errors: residuals, spent: len(q)}
	df := float64(len(y) - len(q))
	sigma := floats.Norm(residuals, 2) / math.Sqrt(df)
	terms := treatmentTerms(d, slopes, clusterNames(f))
	before := len(r)
	termRows(r, model, s, b, terms, sigma, df, closedForm, names, kinds...)
	if before > 0 && model == "ols_fe" && slices.Contains(kinds, "CR1S") {
		for _, t := range terms {
			a := s.contrast(t.contrast)
			estimate := floats.Dot(t.contrast, b)
			for _, kind := range kinds {
				ratio := estimate / s.blind(kindNamed(kind), a, estimate).SE
				r.put(model, t.name, "t_"+kind, ratio, closedForm)
				r.put(model, t.name, "p_naive_t_"+kind, TwoSidedT(ratio, float64(d.groups.Len()-1)), closedForm)
			}
			influence := times(q, a)
			var hc [4]float64
			for i, v := range influence {
				h := 0.0
				for _, column := range q {
					h += column[i] * column[i]
				}
				e := v * v * residuals[i] * residuals[i]
				for k, w := range []float64{1, float64(len(y)) / df, 1 / (1 - h), 1 / (1 - h) / (1 - h)} {
					hc[k] += e * w
				}
			}
			for k, v := range hc {
				r.put(model, t.name, "se_HC"+strconv.Itoa(k), math.Sqrt(v), closedForm)
			}
		}
	}
}

func fixedEffectDummyRows(t testing.TB, r reproduced) {
	f := readFrame(t, "brfarmers_firm.csv")
	all := make(reproduced)
	all.put("x", "x", "x", 0, 0)
	linearEffectRows(t, all, "ols_fe", f["innov"], f, farmerTerms, lmNames, "CR0", "CR1", "CR1S", "CR2")
	linearEffectRows(t, all, "lpm_fe", f["practA"], f, farmerTerms, quasiNames, "CR0", "CR1", "CR2")
	r.addMissing(all)
}

// addMissing takes what is not there yet: slopes come from the package's own
// fits, and the dummy design only adds the rest.
func (r reproduced) addMissing(more reproduced) {
	delete(more, "x,x,x")
	for key, v := range more {
		if _, there := r[key]; !there {
			r[key] = v
		}
	}
}

func glmRows(r reproduced, model string, m *GLM, f frame, slopes, names []string, quasi bool, kinds ...string) {
	scale, df := 1.0, 0.0
	if quasi {
		scale, df = math.Sqrt(m.Dispersion), float64(m.DF)
	}
	terms := treatmentTerms(m.design, slopes, clusterNames(f))
	termRows(r, model, &m.sandwich, m.fit, terms, scale, df, iterated, names, kinds...)
	for j, name := range slopes {
		r.coefficients(model, name, m.Coef[j], m.SE[j]*scale, df, iterated, names...)
		for _, kind := range kinds {
			r.clusterRobust(model, name, kind, m.ClusterRobust(kindNamed(kind))[j], iterated)
		}
	}
}

func poissonRows(t testing.TB, r reproduced) {
	f := readFrame(t, "brfarmers_firm.csv")
	m, err := FitPoisson(f["total"], f.columns(farmerTerms...), f.clusters())
	if err != nil {
		t.Fatal(err)
	}
	glmRows(r, "poisson_fe", m, f, farmerTerms, glmNames, false, "CR0", "CR1", "CR2")
	glmRows(r, "quasipoisson_fe", m, f, farmerTerms, quasiNames, true)
	for _, term := range treatmentTerms(m.design, farmerTerms, clusterNames(f)) {
		a := m.contrast(term.contrast)
		rows := m.sandwich
		sizes := make([]int, m.N)
		for i := range sizes {
			sizes[i] = 1
		}
		rows.clusters = NewClusters(sizes...)
		r.put("poisson_fe", term.name, "se_HC0", rows.blind(CR0, a, 1).SE, iterated)
		r.put("poisson_fe", term.name, "se_vcovCL_HC0_nocadj", m.blind(CR0, a, 1).SE, iterated)
	}
	r.put("poisson_fe", "", "logLik", m.LogLik, closedForm)
	r.put("poisson_fe", "", "deviance", m.Deviance, closedForm)
	r.put("poisson_fe", "", "pearson_disp", m.Dispersion, iterated)
	size := make([]float64, len(f["total"]))
	floats.AddConst(12, size)
	m, err = FitBinomial(f["total"], size, f.columns(farmerTerms...), f.clusters())
	if err != nil {
		t.Fatal(err)
	}
	glmRows(r, "quasibinomial12_fe", m, f, farmerTerms, quasiNames, true)
	r.put("quasibinomial12_fe", "", "dispersion", m.Dispersion, iterated)
}

func logitRows(t testing.TB, r reproduced) {
	f := readFrame(t, "brfarmers_firm.csv")
	x, c := f.columns(farmerTerms...), f.clusters()
	m, err := FitLogit(f["practA"], x, c)
	if err != nil {
		t.Fatal(err)
	}
	glmRows(r, "logit_fe", m, f, farmerTerms, glmNames, false, "CR0", "CR1", "CR2")
	r.put("logit_fe", "", "logLik", m.LogLik, closedForm)
	share := mean(f["practA"])
	null := float64(m.N) * (share*math.Log(share) + (1-share)*math.Log(1-share))
	r.put("logit_fe", "", "mcfadden", 1-m.LogLik/null, closedForm)
	weight := 0.0
	for _, p := range m.Fitted {
		weight += p * (1 - p) / float64(m.N)
	}
	for j, e := range m.MarginalEffects(x, c) {
		if e.Discrete {
			r.put("logit_fe", farmerTerms[j], "AME_discrete", e.Estimate, iterated)
			r.put("logit_fe", farmerTerms[j], "AME_derivative", weight*m.Coef[j], iterated)
		} else {
			r.put("logit_fe", farmerTerms[j], "AME_derivative", e.Estimate, iterated)
		}
	}
	firth, err := FitFirth(f["practA"], x, c)
	if err != nil {
		t.Fatal(err)
	}
	firthRows(r, "logit_firth_fe", firth, farmerTerms, clusterNames(f))
}

func firthRows(r reproduced, model string, fit *Firth, slopes, clusters []string) {
	s := &sandwich{q: fit.design.columns, inverse: fit.inverse}
	termRows(r, model, s, fit.fit, treatmentTerms(fit.design, slopes, clusters), 1, 0, iterated, glmNames)
	for j, name := range slopes {
		r.coefficients(model, name, fit.Coef[j], fit.SE[j], 0, iterated, glmNames...)
	}
}

func separatedRows(t testing.TB, r reproduced) {
	f := readFrame(t, "brfarmers_firm.csv")
	c := f.clusters()
	x := c.Of(f["in_union"], 2)
	y := make([]float64, len(x))
	for i, v := range x {
		if v > 7 {
			y[i] = 1
		}
	}
	if _, err := FitLogit(y, [][]float64{x}, NewClusters(len(x))); err == nil {
		t.Error("no separation found")
	}
	firth, err := FitFirth(y, [][]float64{x}, NewClusters(len(x)))
	if err != nil {
		t.Fatal(err)
	}
	firthRows(r, "logit_separated_firth", firth, []string{"in_union"}, []string{"23"})
}

func medLogitRows(t testing.TB, r reproduced) {
	f := physicians(t)
	early := make([]float64, len(f["toa"]))
	for i, v := range f["toa"] {
		if v <= 6 {
			early[i] = 1
		}
	}
	m, err := FitLogit(early, f.columns(physicianTerms...), f.clusters())
	if err != nil {
		t.Fatal(err)
	}
	glmRows(r, "logit_early_fe", m, f, physicianTerms, glmNames, false)
}

func medDummyRows(t testing.TB, r reproduced) {
	f := physicians(t)
	all := make(reproduced)
	linearEffectRows(t, all, "ols_fe", f["toa"], f, physicianTerms, lmNames, "CR0", "CR1", "CR1S", "CR2")
	r.addMissing(all)
}
