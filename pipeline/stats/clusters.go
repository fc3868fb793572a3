package stats

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// negligible is the share of a column's length below which what is left of it
// after taking out other columns is rounding, not variation.
const negligible = 1e-10

// Clusters says how rows fall into clusters: the rows of a cluster stand
// together, and clusters follow each other in the order of their sizes.
type Clusters struct {
	starts []int // first row of each cluster, and the number of rows at the end
}

// NewClusters returns the clusters of the given sizes, each at least one row.
func NewClusters(sizes ...int) *Clusters {
	starts := make([]int, 1, len(sizes)+1)
	for g, size := range sizes {
		if size < 1 {
			panic("stats: a cluster without rows")
		}
		starts = append(starts, starts[g]+size)
	}
	return &Clusters{starts}
}

// Len returns the number of clusters.
func (c *Clusters) Len() int { return len(c.starts) - 1 }

// Rows returns the number of rows in all clusters.
func (c *Clusters) Rows() int { return c.starts[c.Len()] }

// Of returns the part of a column that belongs to cluster g; it shares memory
// with the column.
func (c *Clusters) Of(column []float64, g int) []float64 {
	return column[c.starts[g]:c.starts[g+1]]
}

func (c *Clusters) check(columns ...[]float64) {
	for _, column := range columns {
		if len(column) != c.Rows() {
			panic("stats: a column has not as many rows as the clusters")
		}
	}
}

// CentreWithin returns x less the mean of its cluster. It centres twice: the
// second pass takes out the rounding of the first mean, so that a column far
// from zero loses no digits.
func CentreWithin(x []float64, c *Clusters) []float64 {
	c.check(x)
	centred := append([]float64(nil), x...)
	for g := range c.Len() {
		part := c.Of(centred, g)
		for range 2 {
			floats.AddConst(-floats.Sum(part)/float64(len(part)), part)
		}
	}
	return centred
}

// ConstantWithin tells for every cluster whether x is constant in it, that is
// whether its range is within rounding (1e-10) of its largest value. A cluster
// of one row is constant.
func ConstantWithin(x []float64, c *Clusters) []bool {
	c.check(x)
	constant := make([]bool, c.Len())
	for g := range constant {
		low, high := floats.Min(c.Of(x, g)), floats.Max(c.Of(x, g))
		constant[g] = high-low <= negligible*max(math.Abs(low), math.Abs(high))
	}
	return constant
}

// StandardiseWithin returns x centred in its cluster and divided by its
// standard deviation there (divisor n-1). Where x is constant in a cluster
// there is no such scale: the values are 0, and ConstantWithin says so.
func StandardiseWithin(x []float64, c *Clusters) []float64 {
	scaled := CentreWithin(x, c)
	for g, constant := range ConstantWithin(x, c) {
		part := c.Of(scaled, g)
		if constant {
			clear(part)
			continue
		}
		floats.Scale(math.Sqrt(float64(len(part)-1))/floats.Norm(part, 2), part)
	}
	return scaled
}

// RankWithin returns (rank-0.5)/n of x in its cluster, with mid-ranks for
// ties: a scale from 0 to 1 that is the same in clusters of any size.
func RankWithin(x []float64, c *Clusters) []float64 {
	c.check(x)
	scaled := make([]float64, 0, len(x))
	for g := range c.Len() {
		part := c.Of(x, g)
		n := float64(len(part))
		for _, rank := range Ranks(part) {
			scaled = append(scaled, (rank-0.5)/n)
		}
	}
	return scaled
}
