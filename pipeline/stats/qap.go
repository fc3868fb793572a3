package stats

import (
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// QAP is the correlation of two matrices of pairs, less the mean of each
// cluster's pairs, and what judges it: firms of the first one change places
// inside their clusters, rows and columns together.
//
// Null: who is who in the one matrix is unrelated to the other, given each
// matrix's own structure. It speaks about these clusters: where the
// correlations of clusters differ around 0 it rejects too often.
//
// References: Mantel 1967; Hubert & Schultz 1976; Krackhardt 1987, Soc. Netw. 9.
// R: sna::qaptest of one cluster, whose p lacks the one that stands for the
// data, and is one-sided.
type QAP struct {
	R     float64
	pairs *Pairs
	sums  *products
	scale float64 // of the sum of products in units of a correlation
}

// NewQAP correlates a and b. Fails with ErrConstantOutcome where a does not
// vary inside any cluster, with *AliasedError where b does not, and with
// ErrNotFinite.
func NewQAP(p *Pairs, a, b []float64) (*QAP, error) {
	x, lengthX, err := unitWithin(p.list(a), p.clusters)
	if err != nil {
		return nil, err
	}
	y, lengthY, err := unitWithin(p.list(b), p.clusters)
	switch {
	case err != nil:
		return nil, err
	case lengthX == 0:
		return nil, ErrConstantOutcome
	case lengthY == 0:
		return nil, &AliasedError{Constant: true}
	}
	// Centred, a needs no centring of b: so b keeps its zeros.
	q := &QAP{R: floats.Dot(x, y), pairs: p, scale: 1 / lengthY}
	q.sums = newProducts(p, p.matrix(x), [][]float64{p.matrix(p.list(b))})
	return q, nil
}

// Statistic returns the correlation with firm order[i] of a cluster in the
// place of its firm i.
func (q *QAP) Statistic(order []int32) float64 { return q.statistic()(order) }

func (q *QAP) statistic() pairStatistic {
	sums, scratch := make([]float64, 1), make([]float64, slices.Max(q.pairs.sizes))
	return func(order []int32) float64 {
		q.sums.sumTo(sums, order, scratch)
		return sums[0] * q.scale
	}
}

// Test judges the correlation: by all orders of firms where they are at most
// 50,000, else by random ones, draw d from stream(d) alone, on so many workers.
func (q *QAP) Test(draws, workers int, stream func(draw int) *rand.Rand) PermutationTest {
	return q.pairs.permute(q.R, q.statistic, draws, workers, stream)
}
