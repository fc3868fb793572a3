package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

// benchProblem has the size of the reference study: 692 rows in 11 clusters
// and 5 regressors.
func benchProblem() problem {
	r := rand.New(rand.NewPCG(1, 2))
	p := problem{clusters: NewClusters(35, 69, 60, 55, 79, 65, 52, 58, 66, 48, 105)}
	for range 5 {
		column := make([]float64, p.clusters.Rows())
		for i := range column {
			column[i] = math.Exp(r.NormFloat64())
		}
		p.x = append(p.x, column)
	}
	for range p.clusters.Rows() {
		p.y = append(p.y, r.NormFloat64())
	}
	return p
}

func BenchmarkFitFixedEffects(b *testing.B) {
	p := benchProblem()
	b.ReportAllocs()
	for b.Loop() {
		p.fit(b)
	}
}

func BenchmarkCR2(b *testing.B) {
	fit := benchProblem().fit(b)
	b.ReportAllocs()
	for b.Loop() {
		fit.CR2()
	}
}

func BenchmarkFreedmanLane9999(b *testing.B) {
	test := freedmanLane(b, benchProblem(), 0)
	b.ReportAllocs()
	for b.Loop() {
		test.Test(9999, pcg(1))
	}
}

func BenchmarkSpearmanExact14(b *testing.B) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, tied := range []bool{false, true} {
		name := "untied"
		if tied {
			name = "tied"
		}
		b.Run(name, func(b *testing.B) {
			x, y := make([]float64, 14), make([]float64, 14)
			for i := range x {
				x[i], y[i] = r.NormFloat64(), r.NormFloat64()
				if tied {
					x[i], y[i] = float64(r.IntN(9)), float64(r.IntN(9))
				}
			}
			b.ReportAllocs()
			for b.Loop() {
				SpearmanExact(x, y)
			}
		})
	}
}

func BenchmarkSpearmanMonteCarlo50(b *testing.B) {
	p := benchProblem()
	b.ReportAllocs()
	for b.Loop() {
		SpearmanMonteCarlo(p.y[:50], p.x[0][:50], 99999, pcg(1))
	}
}

func BenchmarkSpearmanDropOne20000(b *testing.B) {
	r := rand.New(rand.NewPCG(9, 9))
	x, y := make([]float64, 20000), make([]float64, 20000)
	for i := range x {
		x[i], y[i] = r.NormFloat64(), float64(r.IntN(500))
	}
	b.ReportAllocs()
	for b.Loop() {
		SpearmanDropOne(x, y)
	}
}
