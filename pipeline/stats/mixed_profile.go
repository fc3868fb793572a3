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
	best := p.at(math.Exp(minimiseOn(value, -12, 6)))
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
	m := newMeans(p.c, at.q)
	whitened := p.whiten(at.left, at.theta)
	var sum float64
	for g := range p.c.Len() {
		n := p.c.size(g)
		ratio := at.theta * n / (1 + at.theta*n)
		rho := floats.Sum(p.c.Of(whitened, g)) / math.Sqrt(n)
		expected := 1.0
		if p.restricted {
			expected = m.kept.At(g, g)
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

// means are the unit mean vectors of clusters, m_g = 1/√n_g on its rows, as
// the residuals of whitened columns see them: K = I - QQᵀ between them.
type means struct {
	c       *Clusters
	kept    *mat.SymDense // m_gᵀ K m_h
	against [][]float64   // Qᵀ m_g
}

func newMeans(c *Clusters, q [][]float64) *means {
	m := &means{c: c, kept: mat.NewSymDense(c.Len(), nil), against: make([][]float64, c.Len())}
	for g := range c.Len() {
		m.against[g] = make([]float64, len(q))
		for l, column := range q {
			m.against[g][l] = floats.Sum(c.Of(column, g)) / math.Sqrt(c.size(g))
		}
		for h := range g + 1 {
			v := -floats.Dot(m.against[g], m.against[h])
			if g == h {
				v++
			}
			m.kept.SetSym(h, g, v)
		}
	}
	return m
}

// satterthwaite returns 2(cᵀVc)²/(gᵀAg) of contrasts, g the gradient of cᵀVc by
// the variances (errors, intercepts) and A twice the inverse Hessian of -2 log
// likelihood, observed. All of it is in the cluster means: whitened, the
// derivative of the covariance by a variance is T = a I + Σ_g t_g m_g m_gᵀ.
func (m *Mixed) satterthwaite(contrasts [][]float64) []float64 {
	at := newMeans(m.clusters, m.q)
	constant := []float64{1 / m.Within, 0}
	byCluster := [2][]float64{}
	rho := make([]float64, m.G)
	var squares float64
	for g := range m.G {
		n := m.clusters.size(g)
		root := m.Within + n*m.Between
		byCluster[0] = append(byCluster[0], 1/root-1/m.Within)
		byCluster[1] = append(byCluster[1], n/root)
		r := m.scale(g, m.clusters.Of(m.errors, g), false)
		squares += floats.Dot(r, r)
		rho[g] = floats.Sum(r) / math.Sqrt(n)
	}
	var hessian [2][2]float64
	for i := range 2 {
		for j := range 2 {
			trace := m.trace(at, constant[i], constant[j], byCluster[i], byCluster[j])
			quadratic := constant[i] * constant[j] * squares
			for g := range m.G {
				quadratic += (constant[i]*byCluster[j][g] + constant[j]*byCluster[i][g]) * rho[g] * rho[g]
				for h := range m.G {
					quadratic += byCluster[i][g] * rho[g] * at.kept.At(g, h) * byCluster[j][h] * rho[h]
				}
			}
			hessian[i][j] = 2*quadratic - trace
		}
	}
	determinant := hessian[0][0]*hessian[1][1] - hessian[0][1]*hessian[1][0]
	df := make([]float64, len(contrasts))
	for k, a := range contrasts {
		var gradient [2]float64
		for i := range 2 {
			gradient[i] = constant[i] * floats.Dot(a, a)
			for g := range m.G {
				d := floats.Dot(a, at.against[g])
				gradient[i] += byCluster[i][g] * d * d
			}
		}
		spread := 2 * (gradient[0]*gradient[0]*hessian[1][1] - 2*gradient[0]*gradient[1]*hessian[0][1] +
			gradient[1]*gradient[1]*hessian[0][0]) / determinant
		if v := floats.Dot(a, a); spread > 0 && finite(spread) {
			df[k] = 2 * v * v / spread
		}
	}
	return df
}

// trace returns tr(K T_i K T_j), or without the K for maximum likelihood.
func (m *Mixed) trace(at *means, ai, aj float64, ti, tj []float64) float64 {
	n := float64(m.N)
	if m.restricted {
		n -= float64(len(m.q))
	}
	sum := ai * aj * n
	for g := range m.G {
		for h := range m.G {
			kept := at.kept.At(g, h)
			if !m.restricted {
				kept = 0
				if g == h {
					kept = 1
				}
			}
			if g == h {
				sum += (ai*tj[g] + aj*ti[g]) * kept
			}
			sum += ti[g] * tj[h] * kept * kept
		}
	}
	return sum
}
