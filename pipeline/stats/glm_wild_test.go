package stats

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"firmties/pipeline/seed"
)

// glmData is counts and binary outcomes of eight clusters, with three
// regressors.
func glmData() (count, event []float64, x [][]float64, c *Clusters) {
	random := seed.Draws(11, "glm")(0)
	c = NewClusters(14, 17, 15, 20, 16, 18, 14, 19)
	x = make([][]float64, 3)
	for g := range c.Len() {
		shift := random.NormFloat64() / 2
		for range len(c.Of(make([]float64, c.Rows()), g)) {
			a, b, d := random.NormFloat64(), random.ExpFloat64(), float64(random.IntN(2))
			x[0], x[1], x[2] = append(x[0], a), append(x[1], b), append(x[2], d)
			eta := shift + 0.3*a - 0.2*b + 0.1*d
			k := 0
			for limit := math.Exp(-math.Exp(eta)); ; k++ {
				if limit /= max(random.Float64(), 1e-9); limit > 1 {
					break
				}
			}
			count = append(count, float64(k))
			event = append(event, btof(random.Float64() < 1/(1+math.Exp(-eta))))
		}
	}
	return count, event, x, c
}

// naiveScoreWild is the score bootstrap by its formula: all dummies, normal
// equations, the fit under the null given by its means and their variances.
func naiveScoreWild(y, mean, variance []float64, columns [][]float64, j int, c *Clusters, weights []float64) float64 {
	n, k := len(y), len(columns)
	x := mat.NewDense(n, k, nil)
	for l, column := range columns {
		x.SetCol(l, column)
	}
	gram := func(from, to int) *mat.Dense {
		out := mat.NewDense(k, k, nil)
		for i := from; i < to; i++ {
			out.RankOne(out, variance[i], x.RowView(i), x.RowView(i))
		}
		return out
	}
	var inverse mat.Dense
	if err := inverse.Inverse(gram(0, n)); err != nil {
		panic(err)
	}
	a := inverse.ColView(j)
	scores := make([]*mat.VecDense, c.Len()) // S_g
	total := mat.NewVecDense(k, nil)         // Σ w_g S_g
	for g := range scores {
		scores[g] = mat.NewVecDense(k, nil)
		for i := c.starts[g]; i < c.starts[g+1]; i++ {
			scores[g].AddScaledVec(scores[g], y[i]-mean[i], x.RowView(i))
		}
		total.AddScaledVec(total, weights[g], scores[g])
	}
	var step mat.VecDense
	step.MulVec(&inverse, total)
	var squares float64
	for g := range scores {
		var taken mat.VecDense
		taken.MulVec(gram(c.starts[g], c.starts[g+1]), &step)
		part := weights[g]*mat.Dot(a, scores[g]) - mat.Dot(a, &taken)
		squares += part * part
	}
	g, rows, spent := float64(c.Len()), float64(n), float64(k)
	return mat.Dot(a, total) / math.Sqrt(squares*g/(g-1)*(rows-1)/(rows-spent))
}

func TestScoreWildClusterIsItsFormula(t *testing.T) {
	count, event, x, c := glmData()
	columns := append(append([][]float64{}, x...), dummies(c)...)
	weights, err := NewWildWeights(c.Len(), 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, model := range []struct {
		name     string
		y        []float64
		fit      func(y []float64, x [][]float64, c *Clusters) (*GLM, error)
		variance func(mean float64) float64
	}{
		{"poisson", count, FitPoisson, func(m float64) float64 { return m }},
		{"logit", event, FitLogit, func(m float64) float64 { return m * (1 - m) }},
	} {
		for j := range x {
			full, err := model.fit(model.y, x, c)
			if err != nil {
				t.Fatal(err)
			}
			null, err := model.fit(model.y, append(append([][]float64{}, x[:j]...), x[j+1:]...), c)
			if err != nil {
				t.Fatal(err)
			}
			if full.N != len(model.y) {
				t.Fatal("a cluster was dropped: the formula has all of them")
			}
			wild, err := full.WildCluster(j)
			if err != nil {
				t.Fatal(err)
			}
			variance := make([]float64, len(null.Fitted))
			for i, m := range null.Fitted {
				variance[i] = model.variance(m)
			}
			statistics := wild.Statistics(weights)
			for draw := 0; draw < len(statistics); draw += 9 {
				want := naiveScoreWild(model.y, null.Fitted, variance, columns, j, c, weights.row(draw))
				near(t, model.name+" t*", statistics[draw], want, 1e-8)
			}
			near(t, model.name+" t", wild.Statistic(), statistics[0], 1e-9) // all signs are +
		}
	}
}

// TestScoreWildClusterTells: p is not small where there is nothing, and
// is where the count goes with the regressor.
func TestScoreWildClusterTells(t *testing.T) {
	_, _, x, c := glmData()
	random := seed.Draws(12, "counts")(0)
	y := make([]float64, c.Rows())
	for i := range y {
		y[i] = math.Floor(math.Exp(1 + 0.5*x[0][i] + 0.3*random.NormFloat64()))
	}
	fit, err := FitPoisson(y, x, c)
	if err != nil {
		t.Fatal(err)
	}
	weights, err := NewWildWeights(c.Len(), 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	for j, small := range []bool{true, false, false} {
		wild, err := fit.WildCluster(j)
		if err != nil {
			t.Fatal(err)
		}
		if p := wild.Test(0, weights).P; (p < 0.02) != small {
			t.Errorf("regressor %d: p %v", j, p)
		}
	}
}
