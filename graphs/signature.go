package graphs

import (
	"math"
	"slices"
)

// Signature is what of a graph does not depend on the names of its nodes, for
// comparing graphs of different sizes. Undirected view, strengths ignored.
type Signature struct {
	Degrees  []float64      // share of the nodes with each degree, from 0
	Portrait []PortraitCell // ascending by Distance, then Count
	Features [features * aggregates]float64
	Spectrum []float64 // density of the normalised Laplacian's eigenvalues, at points of a grid
}

// Signer makes signatures of one graph after another. It reuses its memory but
// not that of the signatures; one goroutine may use it at a time. The zero value
// is ready.
type Signer struct {
	ws       Workspace
	closed   Closure
	hops     []int32
	portrait portraitCounts
	columns  [features][]float64
	marks    []int32
	laplace  laplacian
}

// Of returns the signature of g.
func (s *Signer) Of(g *Graph) Signature {
	und := Symmetrized(g, &s.ws)
	return Signature{
		Degrees:  degreeShares(und),
		Portrait: s.portraitOf(und),
		Features: s.featuresOf(und),
		Spectrum: s.laplace.density(und),
	}
}

func degreeShares(g *Graph) []float64 {
	var shares []float64
	for v := range g.N() {
		d := len(g.Out(v))
		for len(shares) <= d {
			shares = append(shares, 0)
		}
		shares[d]++
	}
	for d := range shares {
		shares[d] /= float64(g.N())
	}
	return shares
}

// DegreeDivergence is the Jensen-Shannon divergence of two degree
// distributions, in bits: 0 where they are equal, 1 where no degree is in both
// (Lin 1991, doi:10.1109/18.61115).
func DegreeDivergence(a, b *Signature) float64 {
	sum := 0.0
	for d := range max(len(a.Degrees), len(b.Degrees)) {
		sum += divergenceTerm(element(a.Degrees, d), element(b.Degrees, d))
	}
	return max(0, sum)
}

func element(x []float64, i int) float64 {
	if i < len(x) {
		return x[i]
	}
	return 0
}

// divergenceTerm is what an outcome of chance p in one distribution and q in the
// other adds to their Jensen-Shannon divergence.
func divergenceTerm(p, q float64) float64 {
	m, sum := (p+q)/2, 0.0
	if p > 0 {
		sum += p / 2 * math.Log2(p/m)
	}
	if q > 0 {
		sum += q / 2 * math.Log2(q/m)
	}
	return sum
}

// PortraitCell is the chance that two nodes drawn at random from one component
// are Distance apart and that another node drawn at random has Count nodes at
// that distance.
type PortraitCell struct {
	Distance, Count int32
	Share           float64
}

// portraitCounts counts, for each distance, the nodes by how many nodes are that
// far from them.
type portraitCounts struct {
	shell []int32   // of the node in hand, the nodes at each distance
	nodes [][]int32 // by distance, the sizes of shells that are not empty
}

// portraitOf is the portrait of Bagrow & Bollt (2019,
// doi:10.1007/s41109-019-0156-x).
func (s *Signer) portraitOf(g *Graph) []PortraitCell {
	n := g.N()
	p := &s.portrait
	for d := range p.nodes {
		p.nodes[d] = p.nodes[d][:0]
	}
	s.hops = resized(s.hops, n)
	for v := range n {
		Hops(s.hops, g, v, &s.ws)
		p.shell = p.shell[:0]
		for _, d := range s.hops {
			for int(d) >= len(p.shell) {
				p.shell = append(p.shell, 0)
			}
			if d >= 0 {
				p.shell[d]++
			}
		}
		for d, size := range p.shell {
			if d == len(p.nodes) {
				p.nodes = append(p.nodes, nil)
			}
			p.nodes[d] = append(p.nodes[d], size)
		}
	}
	return p.cells(n)
}

func (p *portraitCounts) cells(n int) []PortraitCell {
	pairs := 0.0
	for _, sizes := range p.nodes {
		for _, size := range sizes {
			pairs += float64(size)
		}
	}
	var cells []PortraitCell
	for d, sizes := range p.nodes {
		slices.Sort(sizes)
		apart := 0.0
		for _, size := range sizes {
			apart += float64(size)
		}
		add := func(count int32, nodes int) {
			if nodes > 0 && apart > 0 {
				cells = append(cells, PortraitCell{int32(d), count, apart / pairs * float64(nodes) / float64(n)})
			}
		}
		add(0, n-len(sizes))
		for i := 0; i < len(sizes); {
			end := i + 1
			for end < len(sizes) && sizes[end] == sizes[i] {
				end++
			}
			add(sizes[i], end-i)
			i = end
		}
	}
	return cells
}

// PortraitDivergence is the Jensen-Shannon divergence of two portraits, in bits:
// 0 where at every distance as many nodes are as far from as many (Bagrow &
// Bollt 2019, doi:10.1007/s41109-019-0156-x).
func PortraitDivergence(a, b *Signature) float64 {
	x, y, sum := a.Portrait, b.Portrait, 0.0
	before := func(p, q PortraitCell) bool {
		return p.Distance < q.Distance || p.Distance == q.Distance && p.Count < q.Count
	}
	for len(x) > 0 || len(y) > 0 {
		switch {
		case len(y) == 0 || len(x) > 0 && before(x[0], y[0]):
			sum += divergenceTerm(x[0].Share, 0)
			x = x[1:]
		case len(x) == 0 || before(y[0], x[0]):
			sum += divergenceTerm(0, y[0].Share)
			y = y[1:]
		default:
			sum += divergenceTerm(x[0].Share, y[0].Share)
			x, y = x[1:], y[1:]
		}
	}
	return max(0, sum)
}
