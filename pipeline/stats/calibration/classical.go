package main

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/floats"

	"firmties/pipeline/stats"
)

// classicalPermutation is the test of Freedman & Lane with the classical t,
// which models do not offer: what stats.FreedmanLane is to be compared with.
type classicalPermutation struct {
	clusters *stats.Clusters
	controls [][]float64 // orthonormal inside clusters
	x        []float64   // the metric less its fit on them, at length 1
	df       float64
}

// newClassicalPermutation prepares the test of the first regressor.
func newClassicalPermutation(c *stats.Clusters, x [][]float64) *classicalPermutation {
	t := &classicalPermutation{clusters: c, df: float64(c.Rows() - len(x) - c.Len())}
	for _, column := range x[1:] {
		t.controls = append(t.controls, t.unit(column))
	}
	t.x = t.unit(x[0])
	return t
}

// unit is a column less its fit on the controls so far, at length 1.
func (t *classicalPermutation) unit(column []float64) []float64 {
	left := t.left(stats.CentreWithin(column, t.clusters))
	floats.Scale(1/floats.Norm(left, 2), left)
	return left
}

// left takes the controls off a centred column, twice, so that what is left is
// orthogonal to them to the last digit.
func (t *classicalPermutation) left(column []float64) []float64 {
	for range 2 {
		for _, q := range t.controls {
			floats.AddScaled(column, -floats.Dot(q, column), q)
		}
	}
	return column
}

// p exchanges what the controls leave of an outcome inside clusters, draw d
// from stream(d) alone.
func (t *classicalPermutation) p(y []float64, draws int, stream func(draw int) *rand.Rand) float64 {
	reduced := t.left(stats.CentreWithin(y, t.clusters))
	squares := floats.Dot(reduced, reduced)
	observed := math.Abs(t.statistic(reduced, squares))
	permuted, extreme := slices.Clone(reduced), 0
	for draw := range draws {
		random := stream(draw)
		copy(permuted, reduced)
		for g := range t.clusters.Len() {
			part := t.clusters.Of(permuted, g)
			random.Shuffle(len(part), func(i, j int) { part[i], part[j] = part[j], part[i] })
		}
		if math.Abs(t.statistic(permuted, squares)) >= observed*(1-1e-10) {
			extreme++
		}
	}
	return float64(1+extreme) / float64(1+draws)
}

// statistic is the classical t of the metric for centred residuals of the
// given sum of squares.
func (t *classicalPermutation) statistic(residuals []float64, squares float64) float64 {
	b := floats.Dot(t.x, residuals)
	squares -= b * b
	for _, q := range t.controls {
		along := floats.Dot(q, residuals)
		squares -= along * along
	}
	return b / math.Sqrt(squares/t.df)
}
