package graphs_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

func BenchmarkBetweenness5000(b *testing.B) {
	g := graphtest.Collaboration(rand.New(rand.NewPCG(5000, 1)), 5000, 4000, 5)
	var ws graphs.Workspace
	dst := make([]float64, g.N())
	b.ReportMetric(float64(g.Ties()), "ties")
	for b.Loop() {
		graphs.Betweenness(dst, g, &ws)
	}
}

func BenchmarkDistances5000(b *testing.B) {
	g := graphtest.Collaboration(rand.New(rand.NewPCG(5000, 1)), 5000, 4000, 5)
	var ws graphs.Workspace
	var d graphs.Distances
	for b.Loop() {
		d.Measure(g, graphs.Incoming, &ws)
	}
}

func BenchmarkNew40(b *testing.B) {
	arcs := slices.Collect(graphtest.Random(rand.New(rand.NewPCG(40, 3)), 40, true, 0.08, 3).All())
	b.ReportAllocs()
	for b.Loop() {
		graphs.New(40, true, arcs)
	}
}
