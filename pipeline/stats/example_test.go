package stats_test

import (
	"fmt"
	"math/rand/v2"

	"firmties/pipeline/stats"
)

func ExampleFitFixedEffects() {
	newProducts := []float64{0, 1, 3, 2, 4, 6, 5, 9, 1, 1, 2, 4}
	partners := []float64{1, 2, 4, 2, 3, 5, 3, 6, 0, 1, 1, 3}
	clusters := stats.NewClusters(4, 4, 4)
	fit, err := stats.FitFixedEffects(newProducts, [][]float64{partners}, clusters)
	if err != nil {
		fmt.Println(err)
		return
	}
	robust := fit.CR2()[0]
	fmt.Printf("slope %.3f, standard error %.3f on %.2f degrees of freedom\n",
		fit.Coef[0], robust.SE, robust.DF)

	test, err := stats.NewFreedmanLane(fit, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	result := test.Test(999, func(draw int) *rand.Rand {
		return rand.New(rand.NewPCG(1, uint64(draw)))
	})
	fmt.Printf("p %.3f from %d draws\n", result.P, result.Draws)
	// Output:
	// slope 1.138, standard error 0.128 on 1.94 degrees of freedom
	// p 0.001 from 999 draws
}

func ExampleSpearmanExact() {
	reciprocity := []float64{0.21, 0.35, 0.28, 0.40, 0.31, 0.22}
	innovation := []float64{3, 4, 3, 5, 5, 2}
	rho, _ := stats.Spearman(reciprocity, innovation)
	test := stats.SpearmanExact(reciprocity, innovation)
	fmt.Printf("rho %.3f, %d of %d pairings as far from 0, p %.3f\n",
		rho, test.AsExtreme, test.Total, test.P)
	// Output:
	// rho 0.794, 72 of 720 pairings as far from 0, p 0.100
}

func ExampleFitLogit() {
	adopted := []float64{0, 0, 1, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 0, 0, 1}
	partners := []float64{1, 2, 2, 5, 1, 4, 3, 3, 0, 2, 1, 4, 2, 1, 0, 3}
	clusters := stats.NewClusters(8, 8)
	fit, err := stats.FitLogit(adopted, [][]float64{partners}, clusters)
	if err != nil {
		fmt.Println(err)
		return
	}
	effect := fit.MarginalEffects([][]float64{partners}, clusters)[0]
	fmt.Printf("log odds %.3f (%.3f), %.3f of a probability per partner (%.3f)\n",
		fit.Coef[0], fit.SE[0], effect.Estimate, effect.SE)

	// Now nobody with three partners or fewer adopts.
	adopted[2], adopted[6], adopted[7] = 0, 0, 0
	adopted[9], adopted[10], adopted[15] = 0, 0, 0
	_, err = stats.FitLogit(adopted, [][]float64{partners}, clusters)
	fmt.Println(err)
	firth, err := stats.FitFirth(adopted, [][]float64{partners}, clusters)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("penalised log odds %.3f, p %.3f\n", firth.Coef[0], firth.P[0])
	// Output:
	// log odds 1.644 (0.793), 0.222 of a probability per partner (0.031)
	// the regressors separate the outcome: 15 of 16 are predicted without error
	// penalised log odds 1.984, p 0.004
}

func ExampleFitHazard() {
	// Four firms of two clusters, one row for every year at risk.
	year := []float64{1, 2, 1, 2, 1, 2, 1, 1, 2, 1, 2, 1, 1, 2}
	adopts := []float64{0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0}
	exposure := []float64{0, .5, 0, .2, .3, .1, .4, 0, .3, .1, .6, .2, 0, .1} // of the year before
	clusters := stats.NewClusters(7, 7)
	fit, err := stats.FitHazard(adopts, year, [][]float64{exposure}, clusters, stats.PeriodDummies)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("log hazard ratio %.2f (%.2f), year 2 against 1 %.2f\n", fit.Coef[0], fit.SE[0], fit.Coef[1])
	// Output:
	// log hazard ratio 7.07 (3.41), year 2 against 1 0.01
}
