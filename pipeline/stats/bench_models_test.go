package stats

import "testing"

// A study of twelve clusters of 60 firms.
func benchmarkModel(b *testing.B, f Family, fit func(y []float64, x [][]float64, c *Clusters) error) {
	y, x, c := randomGLM(1, f, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60)
	for b.Loop() {
		if err := fit(y, x, c); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLogit(b *testing.B) {
	benchmarkModel(b, Logit, func(y []float64, x [][]float64, c *Clusters) error {
		_, err := FitLogit(y, x, c)
		return err
	})
}

func BenchmarkLogitWithCR2AndMarginalEffects(b *testing.B) {
	benchmarkModel(b, Logit, func(y []float64, x [][]float64, c *Clusters) error {
		m, err := FitLogit(y, x, c)
		if err == nil {
			m.ClusterRobust(CR2)
			m.MarginalEffects(x, c)
		}
		return err
	})
}

func BenchmarkFirth(b *testing.B) {
	benchmarkModel(b, Logit, func(y []float64, x [][]float64, c *Clusters) error {
		_, err := FitFirth(y, x, c)
		return err
	})
}

func BenchmarkConditionalLogit(b *testing.B) {
	benchmarkModel(b, Logit, func(y []float64, x [][]float64, c *Clusters) error {
		_, err := FitConditionalLogit(y, x, c)
		return err
	})
}

func BenchmarkOrdinal(b *testing.B) {
	benchmarkModel(b, LogMean, func(y []float64, x [][]float64, c *Clusters) error {
		_, err := FitOrdinal(y, x, c)
		return err
	})
}

func BenchmarkMixed(b *testing.B) {
	benchmarkModel(b, LogMean, func(y []float64, x [][]float64, c *Clusters) error {
		m, err := FitMixed(y, x, c, REML)
		if err == nil {
			m.ClusterRobust(CR2)
		}
		return err
	})
}

func BenchmarkPoissonMixed(b *testing.B) {
	benchmarkModel(b, LogMean, func(y []float64, x [][]float64, c *Clusters) error {
		_, err := FitPoissonMixed(y, x, c)
		return err
	})
}

func BenchmarkCox(b *testing.B) {
	spells, x, c := randomSpells(1, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60)
	for b.Loop() {
		if _, err := FitCox(spells, x, c, Efron); err != nil {
			b.Fatal(err)
		}
	}
}
