package stats

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
)

// An estimator under degenerate inputs: binary outcomes, which all of them take.
type estimator struct {
	name string
	fit  func(y []float64, x [][]float64, c *Clusters) (any, error)
}

var estimators = []estimator{
	{"ols_fe", func(y []float64, x [][]float64, c *Clusters) (any, error) {
		m, err := FitFixedEffects(y, x, c)
		if err != nil {
			return nil, err
		}
		reset, _ := m.RESET(y)
		pagan, _ := m.BreuschPagan()
		wald, _ := m.WaldHTZ(0)
		return []any{m, m.Jackknife(), m.ClusterRobust(CR1S), reset, pagan, wald, m.Cook(), m.Standardised()}, nil
	}},
	{"ols", func(y []float64, x [][]float64, c *Clusters) (any, error) {
		m, err := FitPooled(y, x, c)
		if err != nil {
			return nil, err
		}
		return []any{m, m.ClusterRobust(CR2), m.ClusterRobust(CR3)}, nil
	}},
	{"logit_fe", func(y []float64, x [][]float64, c *Clusters) (any, error) {
		m, err := FitLogit(y, x, c)
		if err != nil {
			return nil, err
		}
		return []any{m, m.ClusterRobust(CR2), m.ClusterRobust(CR1S), m.MarginalEffects(x, c)}, nil
	}},
	{"firth_fe", func(y []float64, x [][]float64, c *Clusters) (any, error) {
		m, err := FitFirth(y, x, c)
		if err != nil {
			return nil, err
		}
		return []any{m, m.MarginalEffects(x, c)}, nil
	}},
	{"clogit", func(y []float64, x [][]float64, c *Clusters) (any, error) {
		m, err := FitConditionalLogit(y, x, c)
		if err != nil {
			return nil, err
		}
		return []any{m, m.ClusterRobust()}, nil
	}},
	{"poisson_fe", func(y []float64, x [][]float64, c *Clusters) (any, error) {
		m, err := FitPoisson(y, x, c)
		if err != nil {
			return nil, err
		}
		return []any{m, m.ClusterRobust(CR2), m.MarginalEffects(x, c)}, nil
	}},
	{"quasibinomial_fe", func(y []float64, x [][]float64, c *Clusters) (any, error) {
		size := make([]float64, len(y))
		for i := range size {
			size[i] = 1
		}
		m, err := FitBinomial(y, size, x, c)
		if err != nil {
			return nil, err
		}
		return []any{m, m.ClusterRobust(CR2)}, nil
	}},
	{"ordinal_fe", func(y []float64, x [][]float64, c *Clusters) (any, error) {
		m, err := FitOrdinal(y, x, c)
		if err != nil {
			return nil, err
		}
		tests, _ := m.ProportionalOdds()
		return []any{m, m.ClusterRobust(), tests}, nil
	}},
	{"mixed", func(y []float64, x [][]float64, c *Clusters) (any, error) {
		m, err := FitMixed(y, x, c, REML)
		if err != nil {
			return nil, err
		}
		return []any{m, m.ClusterRobust(CR2)}, nil
	}},
	{"logit_mixed", func(y []float64, x [][]float64, c *Clusters) (any, error) {
		m, err := FitLogitMixed(y, x, c)
		if err != nil {
			return nil, err
		}
		return []any{m, m.ClusterRobust()}, nil
	}},
	{"poisson_mixed", func(y []float64, x [][]float64, c *Clusters) (any, error) {
		m, err := FitPoissonMixed(y, x, c)
		if err != nil {
			return nil, err
		}
		return []any{m, m.ClusterRobust()}, nil
	}},
	{"cox_strata", func(y []float64, x [][]float64, c *Clusters) (any, error) {
		m, err := FitCox(spellsOf(y), x, c, Efron)
		if err != nil {
			return nil, err
		}
		each, joint, _ := m.ProportionalHazards(math.Log)
		return []any{m, m.ClusterRobust(), each, joint}, nil
	}},
	{"hazard", func(y []float64, x [][]float64, c *Clusters) (any, error) {
		period := make([]float64, len(y))
		for i := range period {
			period[i] = float64(i % 3)
		}
		m, err := FitHazard(y, period, x, c, PeriodDummies)
		if err != nil {
			return nil, err
		}
		return []any{m, m.ClusterRobust(CR1S)}, nil
	}},
	{"lag", func(y []float64, x [][]float64, c *Clusters) (any, error) { return anyOf(FitLag(y, x, someTies(c))) }},
	{"error", func(y []float64, x [][]float64, c *Clusters) (any, error) { return anyOf(FitError(y, x, someTies(c))) }},
	{"lag_2sls", func(y []float64, x [][]float64, c *Clusters) (any, error) {
		return anyOf(FitLag2SLS(y, x, x, someTies(c)))
	}},
	{"screening", func(y []float64, x [][]float64, c *Clusters) (any, error) {
		return anyOf(TestLeastSquares(y, x, someTies(c)))
	}},
}

// spellsOf has an event where y is not 0, at times that tie.
func spellsOf(y []float64) []Spell {
	spells := make([]Spell, len(y))
	for i, v := range y {
		spells[i] = Spell{0, float64(1 + i%4), v != 0}
	}
	return spells
}

type degenerate struct {
	name string
	y    []float64
	x    [][]float64
	c    *Clusters
}

// degenerates are inputs that bring a careless estimator to NaN or a panic.
func degenerates() []degenerate {
	r := rand.New(rand.NewPCG(1, 2))
	noise := func(n int) []float64 {
		x := make([]float64, n)
		for i := range x {
			x[i] = r.NormFloat64()
		}
		return x
	}
	flips := func(n int) []float64 {
		y := make([]float64, n)
		for i := range y {
			y[i] = float64(r.IntN(2))
		}
		return y
	}
	constant := func(n int, v float64) []float64 {
		x := make([]float64, n)
		for i := range x {
			x[i] = v
		}
		return x
	}
	scaled := func(x []float64, by float64) []float64 {
		out := make([]float64, len(x))
		for i, v := range x {
			out[i] = v * by
		}
		return out
	}
	step := make([]float64, 30)
	byCluster, alternating := make([]float64, 30), make([]float64, 30)
	for i := range step {
		byCluster[i] = float64(i / 10)
		alternating[i] = float64(i % 2)
		if i%10 >= 5 {
			step[i] = 1
		}
	}
	x := noise(30)
	order := make([]float64, 30)
	for i := range order {
		order[i] = float64(i % 10)
	}
	var many [][]float64
	for range 40 {
		many = append(many, noise(30))
	}
	three := NewClusters(10, 10, 10)
	ones := make([]int, 30)
	for i := range ones {
		ones[i] = 1
	}
	return []degenerate{
		{"constant outcome", constant(30, 1), [][]float64{x}, three},
		{"all zero", constant(30, 0), [][]float64{x}, three},
		{"outcome constant in clusters", []float64{0, 0, 0, 1, 1, 1, 0, 0, 0}, [][]float64{noise(9)}, NewClusters(3, 3, 3)},
		{"constant metric", flips(30), [][]float64{constant(30, 4)}, three},
		{"metric constant in clusters", flips(30), [][]float64{byCluster}, three},
		{"zero metric", flips(30), [][]float64{constant(30, 0)}, three},
		{"collinear", flips(30), [][]float64{x, scaled(x, 3)}, three},
		{"separated", step, [][]float64{order}, three},
		{"separated and noise", step, [][]float64{noise(30), order}, three},
		{"outcome as regressor", step, [][]float64{step}, three},
		{"one cluster", flips(30), [][]float64{x}, NewClusters(30)},
		{"two clusters", flips(30), [][]float64{x}, NewClusters(15, 15)},
		{"singletons", flips(30), [][]float64{x}, NewClusters(ones...)},
		{"pairs", alternating, [][]float64{x}, NewClusters(2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2)},
		{"more controls than firms", flips(30), many, three},
		{"as many controls as firms", flips(30), many[:27], three},
		{"one row less", flips(30), many[:26], three},
		{"three firms", []float64{0, 1, 1}, [][]float64{{1, 2, 3}}, NewClusters(3)},
		{"three firms in two clusters", []float64{0, 1, 1}, [][]float64{{1, 2, 4}}, NewClusters(2, 1)},
		{"one firm", []float64{1}, [][]float64{{1}}, NewClusters(1)},
		{"a dummy of one row", flips(30), [][]float64{append(make([]float64, 29), 1)}, three},
		{"a metric of one cluster", flips(30), [][]float64{append(make([]float64, 20), x[:10]...)}, three},
		{"huge metric", flips(30), [][]float64{scaled(x, 1e300)}, three},
		{"beyond huge", flips(30), [][]float64{scaled(x, math.MaxFloat64)}, three},
		{"tiny metric", flips(30), [][]float64{scaled(x, 1e-300)}, three},
		{"NaN metric", flips(30), [][]float64{append(noise(29), math.NaN())}, three},
		{"infinite metric", flips(30), [][]float64{append(noise(29), math.Inf(1))}, three},
		{"NaN outcome", append(flips(29), math.NaN()), [][]float64{x}, three},
		{"an outlier", flips(30), [][]float64{append(make([]float64, 29), 1e8)}, three},
		{"skewed", flips(30), [][]float64{expAll(scaled(noise(30), 8))}, three},
		{"ordinary", flips(30), [][]float64{x, noise(30)}, three},
	}
}

func expAll(x []float64) []float64 {
	for i, v := range x {
		x[i] = math.Exp(v)
	}
	return x
}

// Every estimator returns an error of the package, or numbers that are numbers.
func TestDegenerateInputsGiveErrorsOrNumbers(t *testing.T) {
	fitted := make(map[string]int)
	for _, e := range estimators {
		for _, d := range degenerates() {
			t.Run(e.name+"/"+d.name, func(t *testing.T) {
				defer func() {
					if r := recover(); r != nil {
						t.Errorf("panic: %v", r)
					}
				}()
				result, err := e.fit(d.y, d.x, d.c)
				if err != nil {
					if !known(err) {
						t.Errorf("error %v of type %T is not of the package", err, err)
					}
					t.Log(err)
					return
				}
				fitted[d.name]++
				if path, bad := notFinite(reflect.ValueOf(result), ""); bad {
					t.Errorf("%s is not finite", path)
				}
			})
		}
	}
	for _, name := range []string{
		"all zero", "constant metric", "zero metric", "collinear", "more controls than firms",
		"one firm", "beyond huge", "NaN metric", "infinite metric",
	} {
		if fitted[name] > 0 {
			t.Errorf("%d estimators fit %q", fitted[name], name)
		}
	}
	if fitted["ordinary"] != len(estimators) {
		t.Errorf("%d of %d estimators fit ordinary data", fitted["ordinary"], len(estimators))
	}
}

func known(err error) bool {
	for _, sentinel := range []error{
		ErrTooFewRows, ErrConstantOutcome, ErrPerfectFit, ErrNotFinite, ErrNoStandardError,
		ErrTooLarge, ErrNoConvergence, ErrFlatLikelihood, ErrOneCluster,
		ErrNoTies, ErrNoInstruments,
	} {
		if errors.Is(err, sentinel) {
			return true
		}
	}
	switch err.(type) {
	case *AliasedError, *SeparatedError, *OutcomeError, *EmptyPeriodError, *SpellError:
		return true
	}
	return false
}

// notFinite returns the first exported number that is NaN or infinite.
func notFinite(v reflect.Value, path string) (string, bool) {
	switch v.Kind() {
	case reflect.Float64:
		return path, !finite(v.Float())
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return notFinite(v.Elem(), path)
		}
	case reflect.Slice:
		for i := range v.Len() {
			if p, bad := notFinite(v.Index(i), path+"[]"); bad {
				return p, true
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				if p, bad := notFinite(v.Field(i), path+"."+f.Name); bad {
					return p, true
				}
			}
		}
	}
	return "", false
}

// What is wrong is named for what it is.
func TestDegenerateInputsAreNamed(t *testing.T) {
	want := map[string]map[string]error{
		"separated": {
			"logit_fe": new(SeparatedError), "clogit": new(SeparatedError), "quasibinomial_fe": new(SeparatedError),
			"ordinal_fe": new(SeparatedError), "logit_mixed": new(SeparatedError),
		},
		"constant outcome": {
			"logit_fe": ErrConstantOutcome, "firth_fe": ErrConstantOutcome, "clogit": ErrConstantOutcome,
			"ordinal_fe": ErrConstantOutcome, "mixed": ErrConstantOutcome, "logit_mixed": ErrConstantOutcome,
			"ols": ErrConstantOutcome, "lag": ErrConstantOutcome, "hazard": ErrConstantOutcome, "poisson_fe": ErrConstantOutcome, "poisson_mixed": ErrConstantOutcome,
		},
		"all zero": {
			"poisson_fe": ErrConstantOutcome, "cox_strata": ErrConstantOutcome, "hazard": ErrConstantOutcome,
		},
		"outcome as regressor": {"lag": ErrPerfectFit, "error": ErrPerfectFit, "lag_2sls": ErrPerfectFit, "screening": ErrPerfectFit},
		"one cluster":          {"mixed": ErrOneCluster, "logit_mixed": ErrOneCluster, "poisson_mixed": ErrOneCluster},
		"collinear": {
			"logit_fe": new(AliasedError), "clogit": new(AliasedError), "poisson_fe": new(AliasedError), "ols": new(AliasedError),
			"mixed": new(AliasedError), "ordinal_fe": new(AliasedError), "cox_strata": new(AliasedError), "hazard": new(AliasedError),
			"firth_fe": new(AliasedError), "logit_mixed": new(AliasedError),
		},
		"metric constant in clusters": {"logit_fe": new(AliasedError), "cox_strata": new(AliasedError), "clogit": new(AliasedError)},
		"singletons":                  {"lag": ErrNoTies, "logit_fe": ErrConstantOutcome, "poisson_fe": ErrConstantOutcome, "mixed": ErrOneCluster},
		"more controls than firms": {
			"logit_fe": ErrTooFewRows, "ols": ErrTooFewRows, "mixed": ErrTooFewRows, "cox_strata": ErrTooFewRows,
			"clogit": ErrTooFewRows, "ordinal_fe": ErrTooFewRows, "poisson_mixed": ErrTooFewRows,
		},
		"NaN metric": {"logit_fe": ErrNotFinite, "mixed": ErrNotFinite, "cox_strata": ErrNotFinite, "poisson_mixed": ErrNotFinite},
	}
	seen := 0
	for _, e := range estimators {
		for _, d := range degenerates() {
			wanted, named := want[d.name][e.name]
			if !named {
				continue
			}
			seen++
			if _, err := e.fit(d.y, d.x, d.c); !errors.Is(err, wanted) && reflect.TypeOf(err) != reflect.TypeOf(wanted) {
				t.Errorf("%s with %s: %v (%T), want %T", e.name, d.name, err, err, wanted)
			}
		}
	}
	total := 0
	for _, byName := range want {
		total += len(byName)
	}
	if seen != total {
		t.Errorf("%d of %d named", seen, total)
	}
}
