package graphs

import (
	"math"
	"slices"
)

// Currents holds what each component of an undirected graph says as a network
// of equal resistors. Measure fills it; its slices are reused.
type Currents struct {
	// Information is the harmonic mean, over the nodes of the component, of the
	// inverse of the resistance to them, that to the node itself being 0: their
	// number over the sum of the resistances. 0 for an isolate.
	Information []float64
	// Betweenness is the current that passes the node where a unit flows from one
	// other node to another, summed over pairs; 0 in components of one or two.
	Betweenness []float64
}

// denseScratch is the matrix of a component.
type denseScratch struct {
	place   []int32 // of each node among the members
	size    int     // members less the last, which is grounded
	matrix  []float64
	inverse []float64
	row     []float64
}

// Measure inverts the Laplacian matrix of each component: k³ steps for one of k
// nodes, and k·log k for each of its ties. It panics if g is directed.
func (c *Currents) Measure(g *Graph, parts *Components, ws *Workspace) {
	mustBeUndirected("Currents", g)
	n := g.N()
	c.Information, c.Betweenness = resized(c.Information, n), resized(c.Betweenness, n)
	clear(c.Information)
	clear(c.Betweenness)
	d := &ws.dense
	d.place = resized(d.place, n)
	for part := range parts.Count() {
		members := parts.Members(part)
		if len(members) < 2 {
			continue
		}
		d.laplacian(g, members)
		d.invert()
		d.information(c.Information, members)
		if len(members) > 2 {
			d.betweenness(c.Betweenness, g, members)
		}
	}
}

// laplacian sets the matrix to degrees less ties, without the last member.
func (d *denseScratch) laplacian(g *Graph, members []int32) {
	d.size = len(members) - 1
	d.matrix = resized(d.matrix, d.size*d.size)
	d.inverse = resized(d.inverse, d.size*d.size)
	d.row = resized(d.row, len(members))
	clear(d.matrix)
	for i, v := range members {
		d.place[v] = int32(i)
	}
	for i, v := range members[:d.size] {
		d.matrix[i*d.size+i] = float64(len(g.Out(int(v))))
		for _, w := range g.Out(int(v)) {
			if j := int(d.place[w]); j < d.size {
				d.matrix[i*d.size+j] = -1
			}
		}
	}
}

// invert sets inverse to that of the matrix, which is positive definite, by
// Cholesky's factor L: the inverse is M'M with M that of L.
func (d *denseScratch) invert() {
	n := d.size
	row := func(i int) []float64 { return d.matrix[i*n : (i+1)*n] }
	for i := range n {
		a := row(i)
		for j := range i {
			b := row(j)
			a[j] = (a[j] - product(a[:j], b[:j])) / b[j]
		}
		a[i] = math.Sqrt(a[i] - product(a[:i], a[:i]))
	}
	for i := range n {
		a := row(i)
		l := d.row[:i+1]
		copy(l, a)
		clear(a[:i])
		a[i] = 1 / l[i]
		for j := range i {
			addTimes(a[:j+1], -l[j]/l[i], row(j)[:j+1])
		}
	}
	clear(d.inverse)
	for m := range n {
		a := row(m)
		for i := range m + 1 {
			addTimes(d.inverse[i*n:i*n+i+1], a[i], a[:i+1])
		}
	}
	for i := range n {
		for j := range i {
			d.inverse[j*n+i] = d.inverse[i*n+j]
		}
	}
}

// information adds up the resistances from each member: the resistance between
// i and j is the inverse at ii and jj less twice that at ij, 0 at the last.
func (d *denseScratch) information(dst []float64, members []int32) {
	n := d.size
	trace := 0.0
	for i := range n {
		trace += d.inverse[i*n+i]
	}
	for i, v := range members {
		sum := trace
		if i < n {
			total := 0.0
			for _, x := range d.inverse[i*n : (i+1)*n] {
				total += x
			}
			sum += float64(n+1)*d.inverse[i*n+i] - 2*total
		}
		dst[v] = float64(n+1) / sum
	}
}

// betweenness adds up the current of each tie over all pairs, half of which
// passes each end. Of that, a half for each pair that the node belongs to is
// current of its own.
func (d *denseScratch) betweenness(dst []float64, g *Graph, members []int32) {
	for i, v := range members {
		for _, w := range g.Out(int(v)) {
			if j := int(d.place[w]); j < i {
				current := d.current(i, j) / 2
				dst[v] += current
				dst[w] += current
			}
		}
	}
	for _, v := range members {
		dst[v] = max(0, dst[v]-float64(d.size)/2)
		if len(g.Out(int(v))) == 1 {
			dst[v] = 0 // but for rounding
		}
	}
}

// current returns the sum, over pairs s, t of members, of the current in the
// tie of i and j where a unit flows from s to t: the difference of potentials
// between i and j for s less that for t.
func (d *denseScratch) current(i, j int) float64 {
	n := d.size
	x := d.row[:n+1]
	x[n] = 0
	b := d.inverse[j*n : (j+1)*n]
	if i == n {
		copy(x, b)
	} else {
		for s, a := range d.inverse[i*n : (i+1)*n] {
			x[s] = a - b[s]
		}
	}
	return differences(x)
}

// So many numbers are sorted in less time than all pairs of them are compared
// in, and so many are parted in two, above the mean and below.
const (
	worthSorting = 100
	worthParting = 24
)

// differences returns the sum of the differences of all pairs. It changes the
// order of x.
func differences(x []float64) float64 {
	switch {
	case len(x) >= worthSorting:
		slices.Sort(x)
		sum := 0.0
		for k, y := range x {
			sum += float64(2*k+1-len(x)) * y
		}
		return sum
	case len(x) >= worthParting:
		low, across := parted(x)
		return compared(x[:low]) + compared(x[low:]) + across
	}
	return compared(x)
}

// parted moves the numbers below the mean to the front, and returns how many they
// are, and the sum of the differences between them and the others: above the
// mean and below it numbers are as far from it, taken together.
func parted(x []float64) (low int, across float64) {
	mean := 0.0
	for _, y := range x {
		mean += y
	}
	mean /= float64(len(x))
	apart := 0.0
	for i, y := range x {
		apart += math.Abs(y - mean)
		x[i], x[low] = x[low], y
		is := 0 // without a branch, which no processor foresees
		if y < mean {
			is = 1
		}
		low += is
	}
	return low, float64(len(x)) * apart / 2
}

// compared is differences, pair by pair.
func compared(x []float64) float64 {
	s := compareFours(x)
	for i, y := range x[:len(x)&3] {
		for _, z := range x[:i] {
			s[3] += math.Abs(y - z)
		}
	}
	return s[0] + s[1] + (s[2] + s[3])
}

// compareFoursScalar adds up the differences of the last four numbers with all
// before them, then those of the four before these, and so on: in four sums, so
// that one addition need not wait for the one before.
func compareFoursScalar(x []float64) [4]float64 {
	var s0, s1, s2, s3 float64
	for len(x) >= 4 {
		last := x[len(x)-4:]
		x = x[:len(x)-4]
		a, b, c, d := last[0], last[1], last[2], last[3]
		s0 += math.Abs(a-b) + math.Abs(c-d)
		s1 += math.Abs(a-c) + math.Abs(b-d)
		s2 += math.Abs(a-d) + math.Abs(b-c)
		for _, z := range x {
			s0 += math.Abs(a - z)
			s1 += math.Abs(b - z)
			s2 += math.Abs(c - z)
			s3 += math.Abs(d - z)
		}
	}
	return [4]float64{s0, s1, s2, s3}
}

// product is the inner product, in four sums so that one addition need not wait
// for the one before.
func product(a, b []float64) float64 {
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

// addTimes adds c times x to y.
func addTimes(y []float64, c float64, x []float64) {
	y = y[:len(x)]
	for i := range y {
		y[i] += c * x[i]
	}
}
