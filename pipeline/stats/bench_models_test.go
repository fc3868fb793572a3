package stats

import (
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

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

// BenchmarkDSPBesideSna does so for a permutation of all terms, on one core,
// and says how many times as long sna::netlm takes, which is run village by
// village as it takes one network.
func BenchmarkDSPBesideSna(b *testing.B) {
	attributes, arcs := oraclePath(b, "brfarmers_attrs.csv"), oraclePath(b, "brfarmers_arcs.csv")
	said, err := exec.Command("Rscript", "testdata/netlm_speed.R", attributes, arcs, "19").Output()
	if err != nil {
		b.Skipf("no R with sna: %v", err)
	}
	theirs, err := strconv.ParseFloat(strings.TrimSpace(string(said)), 64)
	if err != nil {
		b.Fatal(err)
	}
	v := farmerPairs(b)
	p, m := v.take(true, -1, append([]string{"advice"}, adviceTerms...)...)
	fit, err := FitPairs(p, m[0], m[1:])
	if err != nil {
		b.Fatal(err)
	}
	const draws = 999
	for b.Loop() {
		for j := range adviceTerms {
			fit.DSP(j).Test(draws, 1, pcg(uint64(j)))
		}
	}
	ours := b.Elapsed().Seconds() / float64(b.N) / draws
	b.ReportMetric(theirs, "sna-s/permutation")
	b.ReportMetric(ours, "s/permutation")
	b.ReportMetric(theirs/ours, "times-sna")
}

// BenchmarkDSP judges the five terms of 45,000 pairs by 9,999 draws each.
func BenchmarkDSP(b *testing.B) {
	v := farmerPairs(b)
	p, m := v.take(true, -1, append([]string{"advice"}, adviceTerms...)...)
	for b.Loop() {
		fit, err := FitPairs(p, m[0], m[1:])
		if err != nil {
			b.Fatal(err)
		}
		for j := range adviceTerms {
			fit.DSP(j).Test(9999, 2, pcg(uint64(j)))
		}
	}
}

func BenchmarkScoreDSP(b *testing.B) {
	v := farmerPairs(b)
	p, m := v.take(true, -1, append([]string{"advice"}, adviceTerms...)...)
	fit, err := FitPairsLogit(p, m[0], m[1:])
	if err != nil {
		b.Fatal(err)
	}
	score, err := fit.DSP(0)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		score.Test(999, 2, pcg(1))
	}
}

func BenchmarkLag(b *testing.B) {
	benchmarkModel(b, Logit, func(y []float64, x [][]float64, c *Clusters) error {
		_, err := FitLag(y, x, someTies(c))
		return err
	})
}

func BenchmarkNetworkError(b *testing.B) {
	benchmarkModel(b, Logit, func(y []float64, x [][]float64, c *Clusters) error {
		_, err := FitError(y, x, someTies(c))
		return err
	})
}
