package metrics

import (
	"math"

	"firmties/graphs"
)

// eigenvector is how well connected the firm's partners are, and theirs in
// turn: x with x_v proportional to the sum of x over the partners of v, for
// the largest such proportion. Undirected view, strengths ignored; length 1,
// no value negative. Firms outside the component with the largest eigenvalue
// have 0, also isolates. Null for all where the largest eigenvalue is repeated
// (two components alike, or all firms isolates): the vector is then not
// unique. Cost some 40 passes over the ties. Bonacich 1972,
// doi:10.1080/0022250X.1972.9989806. igraph scales the largest value to 1,
// sna and NetworkX the length; on a repeated eigenvalue each returns another
// vector, and sna's evcent does not converge on stars and other bipartite
// networks.
func eigenvector(s *Shared, out []float64) { copy(out, s.leading().vector) }

// sameEigenvalue is how near two eigenvalues are that count as one, relative
// to the larger where that is above 1.
const sameEigenvalue = 1e-8

// perron is the leading eigenvector of an undirected graph. A component's own
// is unique and positive (Perron-Frobenius), so the leading eigenvalue is
// repeated where two components share it, or where a component falls into
// parts that hardly touch.
type perron struct {
	vector   []float64
	value    float64
	repeated bool
	leader   []int32 // the component that has it
	lanczos  lanczos
}

// solve finds the eigenvector of g, with every strength 1 unless weighted; value
// is then relative to the largest strength.
func (p *perron) solve(g *graphs.Graph, parts *graphs.Components, weighted bool) {
	p.begin(g, weighted)
	for c := range parts.Count() {
		members := parts.Members(c)
		if p.lanczos.highestDegree(g, members) < p.value {
			continue // an eigenvalue is at most the highest degree
		}
		value, unique := p.lanczos.solve(g, members)
		if p.leads(members, value, unique) {
			for i, v := range members {
				p.vector[v] = p.lanczos.x[i]
			}
		}
	}
}

func (p *perron) begin(g *graphs.Graph, weighted bool) {
	p.vector = resized(p.vector, g.N())
	clear(p.vector)
	p.lanczos.weigh(g, weighted)
	p.lanczos.far = p.lanczos.far[:0]
	p.value, p.repeated, p.leader = -1, false, nil
}

// leads tells whether a component has the largest eigenvalue so far, and notes
// whether another has it too.
func (p *perron) leads(members []int32, value float64, unique bool) bool {
	near := sameEigenvalue * max(1, value)
	switch {
	case value > p.value+near:
		for _, v := range p.leader {
			p.vector[v] = 0
		}
		p.value, p.repeated, p.leader = value, !unique, members
		return true
	case value >= p.value-near:
		p.repeated = true
	}
	return false
}

// highestDegree is the largest sum of strengths, relative to the largest one.
func (l *lanczos) highestDegree(g *graphs.Graph, nodes []int32) float64 {
	highest := 0.0
	for _, v := range nodes {
		degree := float64(len(g.Out(int(v))))
		if l.weighted {
			degree = 0
			for _, x := range g.OutStrengths(int(v)) {
				degree += x / l.strongest
			}
		}
		highest = max(highest, degree)
	}
	return highest
}

// lanczosSteps is the dimension of the space that is searched before the
// search starts again from the best vector found.
const lanczosSteps = 16

// lanczosRestarts bounds the search, which takes two or three restarts as a
// rule and a hundred on a path of 300 firms. Where it is not enough the
// eigenvector cannot be told from the next.
const lanczosRestarts = 1000

// lanczos finds the leading eigenvector of a connected graph by restarted
// Lanczos iteration with full orthogonalisation (Saad 2011, Numerical Methods
// for Large Eigenvalue Problems, ch. 6).
type lanczos struct {
	x     []float64 // the eigenvector, by place in members
	place []int32   // of each node in members
	basis []float64 // the vectors, each as long as x, one after another
	w     []float64 // the product being orthogonalised
	tiny  float64   // a product shorter than this is rounding
	small tridiagonal

	// Whether a product is made orthogonal only to the first vector and the newest
	// two. It is so to the others too, but for rounding, which grows towards vectors
	// that the search has found (Paige 1976, doi:10.1093/imamat/18.3.341): once it
	// starts from nearly the leading one, that is the first.
	loose bool

	// Where paths of two ties are what counts: the nodes that they lead over, and
	// those that they join.
	far, near []int32
	across    []float64 // by node that they lead over

	weighted  bool      // false where every strength is 1
	parts     []float64 // then, of each tie of a member, one after another: its strength over the largest
	strongest float64   // the largest strength
	lightest  float64   // the smallest strength over the largest
}

// weigh sets how strengths are taken.
func (l *lanczos) weigh(g *graphs.Graph, weighted bool) {
	l.weighted, l.strongest, l.lightest = false, 1, 1
	if !weighted || g.Ties() == 0 {
		return
	}
	strongest, lightest := 0.0, math.MaxFloat64
	for v := range g.N() {
		for _, x := range g.OutStrengths(v) {
			strongest, lightest = max(strongest, x), min(lightest, x)
		}
	}
	if strongest > 0 && strongest != lightest {
		l.weighted, l.strongest, l.lightest = true, strongest, lightest/strongest
	}
}

// solve finds the leading eigenvalue of the component and its vector x, of
// length 1, and tells whether the eigenvalue is separate from the next. It
// stops at a residual of 4e-15 of the eigenvalue, or where rounding, below
// 1e-12 of it, stops the progress.
func (l *lanczos) solve(g *graphs.Graph, members []int32) (value float64, unique bool) {
	l.start(g, members)
	l.loose = false
	previous := math.Inf(1)
	for range lanczosRestarts {
		copy(l.vector(0), l.x)
		l.small.size = 0
		residual := l.step(g, members, 0)
		value = l.small.diagonal[0]
		if residual <= 4e-15*value || residual > previous/2 && residual <= 1e-12*value {
			return value, l.separate(g, members, value)
		}
		previous = residual
		l.extend(g, members, 0)
		l.loose = true
		l.small.leading()
		l.combine(0)
	}
	return value, false
}

// start sets x to degree+1, of length 1: positive, so never at a right angle
// to the leading vector.
func (l *lanczos) start(g *graphs.Graph, members []int32) {
	k := len(members)
	l.x, l.w = resized(l.x, k), resized(l.w, k)
	l.basis = resized(l.basis, k*(lanczosSteps+1))
	l.place = resized(l.place, g.N())
	l.tiny = 1e-14 * l.highestDegree(g, members)
	if len(l.far) > 0 {
		l.tiny *= l.highestDegree(g, l.far)
	}
	for i, v := range members {
		l.place[v] = int32(i)
		l.x[i] = float64(len(g.Out(int(v))) + 1)
	}
	normalise(l.x)
	l.parts = l.parts[:0]
	if !l.weighted {
		return
	}
	for _, v := range members {
		for _, x := range g.OutStrengths(int(v)) {
			l.parts = append(l.parts, x/l.strongest)
		}
	}
}

func (l *lanczos) vector(i int) []float64 {
	k := len(l.x)
	return l.basis[i*k : (i+1)*k]
}

// extend takes steps until the space is full or closed, the first vectors of
// the basis, locked in number, being kept out of it.
func (l *lanczos) extend(g *graphs.Graph, members []int32, locked int) {
	limit := min(lanczosSteps, len(members)-locked)
	for t := &l.small; t.size < limit; {
		norm := t.off[t.size-1]
		if norm <= l.tiny {
			return
		}
		next := l.vector(locked + t.size)
		for i, x := range l.w {
			next[i] = x / norm
		}
		l.step(g, members, locked)
	}
}

// step multiplies the newest basis vector by the adjacency matrix and makes
// the product orthogonal to the basis, again where much of it cancelled. It
// leaves the product in w and returns its length.
func (l *lanczos) step(g *graphs.Graph, members []int32, locked int) float64 {
	t := &l.small
	newest := l.vector(locked + t.size)
	l.multiply(g, members, newest)
	t.diagonal[t.size] = dot(l.w, newest)
	before := math.Sqrt(dot(l.w, l.w))
	after := l.orthogonalise(locked + t.size)
	if after < before/2 {
		after = l.orthogonalise(locked + t.size)
	}
	t.off[t.size] = after
	t.size++
	return after
}

// multiply sets w to the adjacency matrix times x, or times that again, where
// there are nodes between.
func (l *lanczos) multiply(g *graphs.Graph, members []int32, x []float64) {
	place := l.place
	if len(l.far) > 0 {
		l.cross(g, members, x)
		return
	}
	parts := l.parts
	for i, v := range members {
		sum, partners := 0.0, g.Out(int(v))
		if l.weighted {
			for k, part := range parts[:len(partners)] {
				sum += x[place[partners[k]]] * part
			}
			parts = parts[len(partners):]
		} else {
			for _, u := range partners {
				sum += x[place[u]]
			}
		}
		l.w[i] = sum
	}
}

// orthogonalise takes from w its part along the basis vectors up to the last,
// and returns the length of the rest.
func (l *lanczos) orthogonalise(last int) float64 {
	for j := last; j >= 0; j-- {
		if l.loose && j < last-1 {
			j = 0
		}
		b := l.vector(j)
		axpy(l.w, -dot(l.w, b), b)
	}
	return math.Sqrt(dot(l.w, l.w))
}

// combine sets the first free basis vector to the leading vector of the space,
// of length 1, and x to it where nothing is locked.
func (l *lanczos) combine(locked int) {
	clear(l.w)
	for j := range l.small.size {
		axpy(l.w, l.small.vector[j], l.vector(locked+j))
	}
	normalise(l.w)
	if locked > 0 {
		copy(l.vector(locked), l.w)
		return
	}
	for i, x := range l.w {
		l.x[i] = max(0, x) // rounding may leave -1e-17 far out
	}
}

// dot is the inner product, in four sums so that one addition need not wait
// for the one before.
func dot(a, b []float64) float64 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float64
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return s0 + s1 + (s2 + s3)
}

// axpy adds c times x to y.
func axpy(y []float64, c float64, x []float64) {
	y = y[:len(x)]
	for i, xi := range x {
		y[i] += c * xi
	}
}

func normalise(x []float64) {
	length := math.Sqrt(dot(x, x))
	for i := range x {
		x[i] /= length
	}
}

// spectralRadius is the largest eigenvalue of the adjacency matrix: between
// the mean and the largest degree, d where all firms have d partners.
// Undirected view, strengths ignored. 0 without ties; never null. Cost as
// eigenvector.
func spectralRadius(s *Shared, out []float64) { out[0] = max(0, s.leading().value) }
