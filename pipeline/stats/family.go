package stats

import "math"

// Family names the distribution and the link of a generalised linear model.
type Family int

// The families of the battery.
const (
	Logit   Family = iota // binary, or a share of a number of trials; log odds
	CLogLog               // binary, complementary log-log: a hazard in grouped time
	LogMean               // counts, log link (Poisson)
)

// response is the mean of one row at a linear predictor, and what Newton needs.
type response struct {
	mean, rest float64 // rest is 1-mean, to full precision; binary families only
	slope      float64 // dμ/dη
	curve      float64 // d²μ/dη²
	variance   float64 // V(μ)
}

// least keeps weights and variances off zero far from the data, where the
// first steps of a fit may lead.
const least = 1e-150

func (f Family) at(eta float64) response {
	var r response
	switch f {
	case Logit:
		r.mean, r.rest = 1/(1+math.Exp(-eta)), 1/(1+math.Exp(eta))
		r.slope = r.mean * r.rest
		r.curve = r.slope * (r.rest - r.mean)
		r.variance = r.slope
	case CLogLog:
		hazard := math.Exp(math.Min(eta, 600))
		r.mean, r.rest = -math.Expm1(-hazard), math.Exp(-hazard)
		r.slope = hazard * r.rest
		r.curve = r.slope * (1 - hazard)
		r.variance = r.mean * r.rest
	case LogMean:
		r.mean = math.Exp(math.Min(eta, 600))
		r.slope, r.curve, r.variance = r.mean, r.mean, r.mean
	}
	r.slope, r.variance = max(r.slope, least), max(r.variance, least)
	return r
}

// start returns a linear predictor to begin at, from the outcome alone.
func (f Family) start(y, size float64) float64 {
	p := (size*y + 0.5) / (size + 1)
	switch f {
	case Logit:
		return math.Log(p / (1 - p))
	case CLogLog:
		return math.Log(-math.Log1p(-p))
	}
	return math.Log(y + 0.1)
}

// logDensity returns the log of the probability of y (a share of size trials,
// or a count) at a mean, and what it could be at best, for the deviance.
func (f Family) logDensity(y, size float64, r response) (value, best float64) {
	if f == LogMean {
		return y*math.Log(max(r.mean, least)) - r.mean - logFactorial(y), xlogy(y, y) - y - logFactorial(y)
	}
	choose := 0.0
	if size != 1 {
		choose = logFactorial(size) - logFactorial(size*y) - logFactorial(size-size*y)
	}
	value = choose + size*(xlogy(y, max(r.mean, least))+xlogy(1-y, max(r.rest, least)))
	return value, choose + size*(xlogy(y, y)+xlogy(1-y, 1-y))
}

// xlogy returns x log y, and 0 where x is.
func xlogy(x, y float64) float64 {
	if x == 0 {
		return 0
	}
	return x * math.Log(y)
}

func logFactorial(x float64) float64 {
	v, _ := math.Lgamma(x + 1)
	return v
}
