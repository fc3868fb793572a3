package stats

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// TooFewClustersError says that clusters, taken as the independent units, are
// too few for what was asked.
type TooFewClustersError struct{ Clusters, Need int }

func (e *TooFewClustersError) Error() string {
	return fmt.Sprintf("%d clusters are too few to stand for others: %d are needed", e.Clusters, e.Need)
}

// Limits on the number of clusters of a wild cluster bootstrap.
const (
	wildLeastClusters = 5       // below, no standard error between clusters means anything
	wildSignsFrom     = 8       // below, 2^G signs are too few: Webb's weights
	wildMostSigns     = 1 << 14 // all signs are taken up to here
)

// WildWeights are what the residuals of each cluster are multiplied by in each
// draw of a wild cluster bootstrap. Hypotheses tested with the same weights can
// be adjusted for each other: see TestFamily.
type WildWeights struct {
	clusters int
	values   []float64 // a row of every draw, a number a cluster
	// enumerated weights are all signs with + for the first cluster: a row
	// stands for its negative too, which has the same statistic of other sign.
	enumerated bool
}

// NewWildWeights returns the weights for a number of clusters: all 2^G signs
// where that is at most 16384 (G ≤ 14), else draws of random signs
// (Rademacher), and below eight clusters draws from the six points ±√1.5, ±1,
// ±√0.5 of Webb. Draw d is from stream(d) alone; by enumeration there is no
// chance, and draws is not looked at.
//
// Fails with *TooFewClustersError below five.
//
// References: Webb 2023, Can. J. Econ. 56; MacKinnon & Webb 2017, J. Appl.
// Econometrics 32.
func NewWildWeights(clusters, draws int, stream func(draw int) *rand.Rand) (*WildWeights, error) {
	switch {
	case clusters < wildLeastClusters:
		return nil, &TooFewClustersError{clusters, wildLeastClusters}
	case clusters < wildSignsFrom:
		root := math.Sqrt(1.5)
		return drawWeights(clusters, draws, stream, -root, -1, -math.Sqrt(0.5), math.Sqrt(0.5), 1, root), nil
	case clusters < 63 && 1<<clusters <= wildMostSigns:
		return allSigns(clusters), nil
	}
	return drawWeights(clusters, draws, stream, -1, 1), nil
}

// Enumerated tells whether the weights are all there are.
func (w *WildWeights) Enumerated() bool { return w.enumerated }

// Draws returns how many draws they are.
func (w *WildWeights) Draws() int { return w.rows() * w.stands() }

// rows returns how many rows of weights there are.
func (w *WildWeights) rows() int { return len(w.values) / w.clusters }

// stands returns how many draws a row stands for.
func (w *WildWeights) stands() int {
	if w.enumerated {
		return 2
	}
	return 1
}

func (w *WildWeights) row(i int) []float64 { return w.values[i*w.clusters : (i+1)*w.clusters] }

func allSigns(clusters int) *WildWeights {
	w := &WildWeights{clusters: clusters, enumerated: true}
	for set := range 1 << (clusters - 1) {
		for g := range clusters {
			// The first cluster is the highest bit, which is never set.
			w.values = append(w.values, float64(1-2*(set>>(clusters-1-g)&1)))
		}
	}
	return w
}

func drawWeights(clusters, draws int, stream func(draw int) *rand.Rand, points ...float64) *WildWeights {
	w := &WildWeights{clusters: clusters, values: make([]float64, 0, clusters*draws)}
	for draw := range draws {
		random := stream(draw)
		for range clusters {
			w.values = append(w.values, points[random.Uint32N(uint32(len(points)))])
		}
	}
	return w
}

// Of returns the weights of some of the clusters, draw by draw: for tests over
// different clusters that are adjusted for each other.
func (w *WildWeights) Of(clusters []int) *WildWeights {
	out := &WildWeights{clusters: len(clusters), enumerated: w.enumerated}
	for i := range w.rows() {
		row := w.row(i)
		for _, g := range clusters {
			out.values = append(out.values, row[g])
		}
	}
	return out
}
