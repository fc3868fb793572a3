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
