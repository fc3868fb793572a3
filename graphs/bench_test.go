package graphs_test

import (
	"fmt"
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

func BenchmarkBetweennessOf1000Clusters(b *testing.B) {
	for _, directed := range []bool{false, true} {
		b.Run(fmt.Sprintf("directed=%v", directed), func(b *testing.B) { betweennessOf1000(b, directed) })
	}
}

func betweennessOf1000(b *testing.B, directed bool) {
	rng := rand.New(rand.NewPCG(1000, 40))
	ties := 6.0 // partners of a firm, or twice the firms it names
	if directed {
		ties = 3
	}
	var list []*graphs.Graph
	for range 1000 {
		list = append(list, graphtest.Random(rng, 40, directed, ties/39, 1))
	}
	var ws graphs.Workspace
	dst := make([]float64, 40)
	for b.Loop() {
		for _, g := range list {
			graphs.Betweenness(dst, g, &ws)
		}
	}
}
