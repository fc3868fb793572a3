package stats

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// cluster adds cluster g to the gradient and information, where wanted, and
// returns its log-likelihood: log ∫ φ(v) Π_i f(y_i | x_iβ + σv) dv.
//
// Derivatives are those of the integral, by the quadrature that gives it: the
// gradient is the mean of the score over v given y, the information the mean of
// the information less the variance of the score (Louis 1982, JRSS-B 44).
func (in *intercepts) cluster(g int, b, gradient []float64, information *mat.SymDense) float64 {
	k := len(b)
	sd := b[k-1]
	eta := in.predict(g, b)
	mode, width := in.mode(g, eta, sd)
	logs := make([]float64, len(in.nodes))
	for j, t := range in.nodes {
		v := mode + math.Sqrt2*width*t
		logs[j] = math.Log(in.weight[j]) + in.logJoint(g, eta, sd, v)
	}
	value := floats.LogSumExp(logs)
	if gradient != nil {
		centre := make([]float64, k)
		scores := make([][]float64, len(logs))
		for j, t := range in.nodes {
			share := math.Exp(logs[j] - value)
			scores[j] = make([]float64, k)
			in.derivatives(g, eta, sd, mode+math.Sqrt2*width*t, share, scores[j], information)
			floats.AddScaled(centre, share, scores[j])
		}
		floats.Add(gradient, centre)
		for j, score := range scores {
			floats.Sub(score, centre)
			information.SymRankOne(information, -math.Exp(logs[j]-value), mat.NewVecDense(k, score))
		}
	}
	return value + math.Log(math.Sqrt2*width) - 0.5*math.Log(2*math.Pi)
}

// predict returns the linear predictors of a cluster's rows, without intercept.
func (in *intercepts) predict(g int, b []float64) []float64 {
	eta := make([]float64, int(in.c.size(g)))
	k := len(in.b.q)
	for l, column := range in.b.q {
		floats.AddScaled(eta, b[l], in.c.Of(column, g))
	}
	floats.AddConst(b[k], eta)
	return eta
}

// logJoint returns -v²/2 + Σ log f(y_i | η_i + σv).
func (in *intercepts) logJoint(g int, eta []float64, sd, v float64) float64 {
	sum := -v * v / 2
	for i, y := range in.c.Of(in.y, g) {
		value, _ := in.family.logDensity(y, 1, in.family.at(eta[i]+sd*v))
		sum += value
	}
	return sum
}

// mode returns where the integrand is highest, and its width there, by Newton's
// method: it is log-concave.
func (in *intercepts) mode(g int, eta []float64, sd float64) (v, width float64) {
	y := in.c.Of(in.y, g)
	for range newtonSteps {
		score, information := -v, 1.0
		for i := range y {
			r := in.family.at(eta[i] + sd*v)
			score += sd * (y[i] - r.mean)
			information += sd * sd * r.slope
		}
		width = 1 / math.Sqrt(information)
		step := score / information
		if limit := 2.0; math.Abs(step) > limit {
			step = math.Copysign(limit, step)
		}
		v += step
		if math.Abs(step) < 1e-12*(1+math.Abs(v)) {
			break
		}
	}
	return v, width
}

// derivatives writes the score at one intercept, and adds its information times
// share. Both links are canonical: the score of a row is y - μ.
func (in *intercepts) derivatives(g int, eta []float64, sd, v, share float64, score []float64, information *mat.SymDense) {
	k := len(score)
	from := in.c.starts[g]
	in.row[k-2], in.row[k-1] = 1, v
	row := mat.NewVecDense(k, in.row)
	for i, y := range in.c.Of(in.y, g) {
		r := in.family.at(eta[i] + sd*v)
		in.b.row(from+i, in.row)
		floats.AddScaled(score, y-r.mean, in.row)
		information.SymRankOne(information, share*r.slope, row)
	}
}
