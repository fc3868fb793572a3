package stats

import "gonum.org/v1/gonum/floats"

// Concentration says on how many clusters a coefficient rests, by what each
// contributes to the variation that identifies it. It does not look at the
// outcome.
type Concentration struct {
	// EffectiveClusters is G* = G/(1 + Γ), Γ the squared coefficient of
	// variation of γ_g = cᵀM X_gᵀX_g M c, which is cluster g's share of the
	// partial leverage up to a constant: G for equal shares, 1 if one cluster
	// has everything. Tests that take clusters as units are unreliable where
	// it is small (Carter, Schnepel & Steigerwald 2017, REStat 99; here with
	// independence inside clusters, as in CR2's working model).
	EffectiveClusters float64
	// LargestShare is the share of Σ x̃² in the cluster with the most of it,
	// and Largest that cluster's index.
	LargestShare float64
	Largest      int
}

// Concentration returns on which clusters coefficient j rests.
//
// R: summclust::summclust(fit, cluster = ~cluster, params = "x") prints the
// partial leverages and G*(0).
func (f *FixedEffects) Concentration(j int) Concentration {
	p := f.partial(j)
	shares := make([]float64, f.clusters.Len())
	for g := range shares {
		part := f.clusters.Of(p, g)
		shares[g] = floats.Dot(part, part)
	}
	floats.Scale(1/floats.Sum(shares), shares)
	largest := floats.MaxIdx(shares)
	// With Σ γ = 1: 1 + Γ = G Σ γ², so G* = 1/Σ γ².
	return Concentration{1 / floats.Dot(shares, shares), shares[largest], largest}
}
