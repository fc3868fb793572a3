package metrics

import (
	"math/rand/v2"
	"slices"
	"testing"

	"firmties/graphs/graphtest"
)

// cluster is a directed network like those of a study: n firms, each naming
// three others on average.
func cluster(rng *rand.Rand, n int) Input {
	g := graphtest.Random(rng, n, true, 3/float64(n-1), 3)
	return clothed(g)
}

// byDefault lists the metrics that are computed where nobody says which.
func byDefault() []Metric {
	return slices.DeleteFunc(slices.Clone(Catalogue), func(m Metric) bool { return m.OnRequest })
}

func BenchmarkCatalogueOf40Firms(b *testing.B) {
	in := cluster(rand.New(rand.NewPCG(40, 3)), 40)
	runner := NewRunner(byDefault())
	runner.Run(in)
	b.ReportAllocs()
	for b.Loop() {
		runner.Run(in)
	}
}

func BenchmarkEachMetricOf40Firms(b *testing.B) {
	in := cluster(rand.New(rand.NewPCG(40, 3)), 40)
	for i, m := range Catalogue {
		b.Run(m.Level.String()+"/"+m.Name, func(b *testing.B) {
			runner := NewRunner(Catalogue[i : i+1])
			runner.Run(in)
			for b.Loop() {
				runner.Run(in)
			}
		})
	}
}

func BenchmarkMeasure1000ClustersOf40Firms(b *testing.B) {
	rng := rand.New(rand.NewPCG(1000, 40))
	var clusters []Input
	for range 1000 {
		clusters = append(clusters, cluster(rng, 40))
	}
	runner := NewRunner(byDefault())
	runner.Run(clusters[0])
	b.ReportAllocs()
	for b.Loop() {
		for _, in := range clusters {
			runner.Run(in)
		}
	}
}

func BenchmarkCatalogueOf5000Firms(b *testing.B) {
	g := graphtest.Collaboration(rand.New(rand.NewPCG(5000, 1)), 5000, 4000, 5)
	in := Input{Graph: g, Observed: AllObserved(g)}
	runner := NewRunner(byDefault())
	runner.Run(in)
	b.ReportAllocs()
	for b.Loop() {
		runner.Run(in)
	}
}
