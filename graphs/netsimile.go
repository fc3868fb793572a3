package graphs

import (
	"math"
	"slices"
)

// The features of a node and how each is aggregated over nodes (Berlingerio,
// Koutra, Eliassi-Rad & Faloutsos 2013, doi:10.1145/2492517.2492582).
const (
	ownDegree      = iota
	ownClustering  // 0 with fewer than two partners
	partnersDegree // mean; 0 without partners, as the next
	partnersClustering
	egoTies     // among the node and its partners
	egoTiesOut  // from those to others
	egoPartners // others that they are tied with
	features

	aggregates = 5 // mean, median, standard deviation, skewness, excess kurtosis
)

// featuresOf aggregates the features of all nodes.
func (s *Signer) featuresOf(g *Graph) (out [features * aggregates]float64) {
	n := g.N()
	if n == 0 {
		return out
	}
	s.closed.Measure(g, &s.ws)
	for f := range s.columns {
		s.columns[f] = resized(s.columns[f], n)
	}
	s.marks = resized(s.marks, n)
	clear(s.marks)
	for v := range n {
		d := float64(len(g.Out(v)))
		s.columns[ownDegree][v], s.columns[ownClustering][v] = d, 0
		if d > 1 {
			s.columns[ownClustering][v] = 2 * float64(s.closed.Triangles[v]) / (d * (d - 1))
		}
	}
	for v := range n {
		s.around(g, v)
	}
	for f := range s.columns {
		aggregate(out[f*aggregates:(f+1)*aggregates], s.columns[f])
	}
	return out
}

// around fills in the features that a node has by its partners.
func (s *Signer) around(g *Graph, v int) {
	partners := g.Out(v)
	degrees, clustering := 0.0, 0.0
	stamp := int32(v + 1)
	s.marks[v] = stamp
	for _, w := range partners {
		s.marks[w] = stamp
		degrees += s.columns[ownDegree][w]
		clustering += s.columns[ownClustering][w]
	}
	others := 0
	for _, w := range partners {
		for _, x := range g.Out(int(w)) {
			if s.marks[x] != stamp {
				s.marks[x] = stamp
				others++
			}
		}
	}
	d := float64(len(partners))
	inside := d + float64(s.closed.Triangles[v])
	s.columns[egoTies][v] = inside
	s.columns[egoTiesOut][v] = d + degrees - 2*inside
	s.columns[egoPartners][v] = float64(others)
	s.columns[partnersDegree][v], s.columns[partnersClustering][v] = 0, 0
	if d > 0 {
		s.columns[partnersDegree][v], s.columns[partnersClustering][v] = degrees/d, clustering/d
	}
}

// aggregate fills in the mean, median, standard deviation, skewness and excess
// kurtosis of values, the last two NaN where all are equal. It sorts the values.
func aggregate(out, values []float64) {
	slices.Sort(values)
	n := float64(len(values))
	mean := 0.0
	for _, x := range values {
		mean += x / n
	}
	var m2, m3, m4 float64
	for _, x := range values {
		d := x - mean
		m2 += d * d / n
		m3 += d * d * d / n
		m4 += d * d * d * d / n
	}
	out[0] = mean
	out[1] = (values[(len(values)-1)/2] + values[len(values)/2]) / 2
	least, most := values[0], values[len(values)-1]
	if most-least <= 1e-12*most { // equal, but for rounding
		out[2], out[3], out[4] = 0, math.NaN(), math.NaN()
		return
	}
	out[2], out[3], out[4] = math.Sqrt(m2), m3/(m2*math.Sqrt(m2)), m4/(m2*m2)-3
}

// NetSimile is the Canberra distance of two graphs' features: 0 where all are
// equal, 35 at most. Those that are 0 in both, or undefined in one, add nothing:
// a feature that all nodes have alike has no skewness and no kurtosis.
func NetSimile(a, b *Signature) float64 {
	sum := 0.0
	for i, x := range a.Features {
		y := b.Features[i]
		if size := math.Abs(x) + math.Abs(y); size > 0 { // NaN is not
			sum += math.Abs(x-y) / size
		}
	}
	return sum
}
