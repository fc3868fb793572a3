package stats

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// profile is the likelihood of a random-intercept model in θ, the ratio of its
// variances, all else being at its best.
type profile struct {
	y          []float64
	d          *design
	c          *Clusters
	restricted bool
	calls      int
}

// profiled is the profile at one θ.
type profiled struct {
	theta, logLik, variance, squares float64
	b                                []float64 // coefficients of the design's columns
	q, inverse                       [][]float64
	left                             []float64 // y less the fitted mean
	c                                *Clusters
}

// at returns the profile at a ratio; at infinity, the squares inside clusters
// only.
func (p *profile) at(theta float64) profiled {
	p.calls++
	columns := make([][]float64, len(p.d.columns))
	for l, column := range p.d.columns {
		columns[l] = p.whiten(column, theta)
	}
	y := p.whiten(p.y, theta)
	if math.IsInf(theta, 1) {
		left := CentreWithin(y, p.c)
		for _, column := range independent(columns[:len(p.d.units)]) {
			floats.AddScaled(left, -floats.Dot(column, left), column)
		}
		return profiled{squares: floats.Dot(left, left)}
	}
	q, r := thinQR(columns)
	out := profiled{theta: theta, q: q, inverse: inverseUpper(r), c: p.c}
	scores := project(q, y)
	out.b = rows(out.inverse, scores)
	for l, column := range q {
		floats.AddScaled(y, -scores[l], column)
	}
	out.squares = floats.Dot(y, y)
	out.left = append([]float64(nil), p.y...)
	floats.Sub(out.left, p.d.predict(out.b))
	n := float64(len(y))
	if p.restricted {
		n -= float64(len(q))
	}
	out.variance = out.squares / n
	deviance := n * (1 + math.Log(2*math.Pi*out.variance))
	for g := range p.c.Len() {
		deviance += math.Log1p(theta * p.c.size(g))
	}
	if p.restricted {
		for l := range r {
			deviance += 2 * math.Log(math.Abs(r[l][l]))
		}
		// The criterion is that of columns in their own units.
		for _, unit := range p.d.units {
			deviance += 2 * math.Log(unit)
		}
	}
	out.logLik = -deviance / 2
	return out
}

// independent returns orthonormal columns that span those given; where some are
// constant inside clusters less is left to span.
func independent(columns [][]float64) [][]float64 {
	var out [][]float64
	for _, column := range columns {
		rest := append([]float64(nil), column...)
		for range 2 {
			for _, q := range out {
				floats.AddScaled(rest, -floats.Dot(q, rest), q)
			}
		}
		if length := floats.Norm(rest, 2); length > negligible {
			floats.Scale(1/length, rest)
			out = append(out, rest)
		}
	}
	return out
}

// whiten takes the share 1 - 1/√(1+nθ) of its mean from every cluster.
func (p *profile) whiten(column []float64, theta float64) []float64 {
	out := append([]float64(nil), column...)
	for g := range p.c.Len() {
		part := p.c.Of(out, g)
		share := 1 - 1/math.Sqrt(1+theta*float64(len(part)))
		floats.AddConst(-share*floats.Sum(part)/float64(len(part)), part)
	}
	return out
}

// maximise searches log θ on the range in which it makes a difference. Where
// nothing there beats 0, that is the estimate.
func (p *profile) maximise() profiled {
	value := func(logTheta float64) float64 { return -p.at(math.Exp(logTheta)).logLik }
	best := p.at(math.Exp(minimiseOn(value, -12, 6, 1e-8)))
	if zero := p.at(0); zero.logLik >= best.logLik {
		return zero
	}
	return p.polish(best)
}

// polish takes Newton steps on the derivative of the profile by log θ, which a
// search by values finds only to half the digits.
func (p *profile) polish(best profiled) profiled {
	for range 20 {
		step := p.score(best) / p.curvature(best)
		if !finite(step) || math.Abs(step) > 0.1 {
			return best
		}
		best = p.at(best.theta * math.Exp(step))
		if math.Abs(step) < 1e-12 {
			break
		}
	}
	return best
}

// score returns the derivative of the profile by log θ: from the squared
// cluster means of the whitened residuals, less what they are expected to be.
func (p *profile) score(at profiled) float64 {
	against := againstMeans(p.c, at.q)
	whitened := p.whiten(at.left, at.theta)
	var sum float64
	for g := range p.c.Len() {
		n := p.c.size(g)
		ratio := at.theta * n / (1 + at.theta*n)
		rho := floats.Sum(p.c.Of(whitened, g)) / math.Sqrt(n)
		expected := 1.0
		if p.restricted {
			expected -= floats.Dot(against[g], against[g])
		}
		sum += ratio * (rho*rho/at.variance - expected) / 2
	}
	return sum
}

// curvature returns the negative second derivative by log θ, by differences.
func (p *profile) curvature(at profiled) float64 {
	const h = 1e-4
	up, down := p.at(at.theta*math.Exp(h)), p.at(at.theta*math.Exp(-h))
	return -(p.score(up) - p.score(down)) / (2 * h)
}

// againstMeans returns Qᵀm_g for the unit mean vector of every cluster, m_g =
// 1/√n_g on its rows. The residuals of whitened columns are K = I - QQᵀ times
// the outcome, so m_gᵀKm_h is the product of two of these, from 1 if g = h.
func againstMeans(c *Clusters, q [][]float64) [][]float64 {
	out := make([][]float64, c.Len())
	for g := range out {
		out[g] = make([]float64, len(q))
		for l, column := range q {
			out[g][l] = floats.Sum(c.Of(column, g)) / math.Sqrt(c.size(g))
		}
	}
	return out
}

// A derivative is that of the whitened covariance by one of the variances:
// T = own I + Σ_g mean_g m_g m_gᵀ.
type derivative struct {
	own  float64
	mean []float64
}

// satterthwaite returns 2(cᵀVc)²/(gᵀAg) of contrasts, g the gradient of cᵀVc by
// the variances (errors, intercepts) and A twice the inverse Hessian of -2 log
// likelihood, observed (Fai & Cornelius 1996; Kuznetsova et al. 2017). All of
// it is in the cluster means.
func (m *Mixed) satterthwaite(contrasts [][]float64) []float64 {
	against := againstMeans(m.clusters, m.q)
	errors, intercepts := derivative{own: 1 / m.Within}, derivative{}
	rho := make([]float64, m.G) // of the whitened residuals
	var squares float64
	for g := range m.G {
		n := m.clusters.size(g)
		root := m.Within + n*m.Between
		errors.mean = append(errors.mean, 1/root-1/m.Within)
		intercepts.mean = append(intercepts.mean, n/root)
		r := m.scale(g, m.clusters.Of(m.errors, g), false)
		squares += floats.Dot(r, r)
		rho[g] = floats.Sum(r) / math.Sqrt(n)
	}
	by := [2]derivative{errors, intercepts}
	var hessian [2][2]float64
	for i := range 2 {
		for j := range 2 {
			hessian[i][j] = 2*quadratic(by[i], by[j], squares, rho, against) - m.trace(by[i], by[j], against)
		}
	}
	determinant := hessian[0][0]*hessian[1][1] - hessian[0][1]*hessian[1][0]
	df := make([]float64, len(contrasts))
	for k, a := range contrasts {
		v := floats.Dot(a, a)
		var slope [2]float64
		for i := range 2 {
			slope[i] = by[i].own * v
			for g := range m.G {
				d := floats.Dot(a, against[g])
				slope[i] += by[i].mean[g] * d * d
			}
		}
		spread := 2 * (slope[0]*slope[0]*hessian[1][1] - 2*slope[0]*slope[1]*hessian[0][1] +
			slope[1]*slope[1]*hessian[0][0]) / determinant
		if spread > 0 && finite(spread) {
			df[k] = 2 * v * v / spread
		}
	}
	return df
}

// quadratic returns rᵀT_i K T_j r of the whitened residuals.
func quadratic(ti, tj derivative, squares float64, rho []float64, against [][]float64) float64 {
	sum := ti.own * tj.own * squares
	k := len(against[0])
	left, right := make([]float64, k), make([]float64, k)
	for g, r := range rho {
		sum += (ti.own*tj.mean[g] + tj.own*ti.mean[g] + ti.mean[g]*tj.mean[g]) * r * r
		floats.AddScaled(left, ti.mean[g]*r, against[g])
		floats.AddScaled(right, tj.mean[g]*r, against[g])
	}
	return sum - floats.Dot(left, right)
}

// trace returns tr(K T_i K T_j), or without the K for maximum likelihood.
func (m *Mixed) trace(ti, tj derivative, against [][]float64) float64 {
	k := len(m.q)
	n := float64(m.N)
	if m.restricted {
		n -= float64(k)
	}
	sum := ti.own * tj.own * n
	left, right := mat.NewSymDense(k, nil), mat.NewSymDense(k, nil)
	for g, a := range against {
		length := 0.0
		if m.restricted {
			length = floats.Dot(a, a)
		}
		sum += (ti.own*tj.mean[g] + tj.own*ti.mean[g]) * (1 - length)
		sum += ti.mean[g] * tj.mean[g] * (1 - 2*length)
		v := mat.NewVecDense(k, a)
		left.SymRankOne(left, ti.mean[g], v)
		right.SymRankOne(right, tj.mean[g], v)
	}
	if m.restricted {
		var product mat.Dense
		product.Mul(left, right)
		sum += product.Trace()
	}
	return sum
}
