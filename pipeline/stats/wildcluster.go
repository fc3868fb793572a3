package stats

import (
	"fmt"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// WildKind names the residuals that a wild cluster bootstrap multiplies.
type WildKind int

// The kinds, by the names of MacKinnon, Nielsen & Webb.
const (
	WCR  WildKind = iota // of the fit without the coefficient tested
	WCRS                 // of that fit, each cluster left out of its own
)

// FewTreatedError says that a coefficient rests on clusters so few that signs
// of residuals say nothing about it: permute clusters instead.
type FewTreatedError struct{ Clusters int }

func (e *FewTreatedError) Error() string {
	return fmt.Sprintf("the regressor varies in %d clusters only", e.Clusters)
}

// fewTreated is the most clusters a regressor may move in and be refused.
const fewTreated = 3

// WildCluster tests one coefficient by the restricted wild cluster bootstrap.
//
// Model: that of the fit. Null: the coefficient is b0. Each draw multiplies
// the residuals of the fit under the null by one weight a cluster, adds them
// back and refits; the statistic is (b - b0) over its cluster-robust standard
// error, of which any constant correction cancels. In draws the statistic is
// quadratic in the weights, so no draw touches the data.
//
// Assumptions: clusters are independent; inside them anything goes. Under
// WCRS each cluster's residuals are from the null fit without it, which with
// few or unequal clusters leans less on the residuals being too small.
//
// Small samples: p by enumeration is #{|t*| ≥ |t|}/2^G with the two draws that
// reproduce the data included, so at least 2/2^G (boottest counts strictly
// greater ones, and can print 0); from random draws (1+b)/(1+m). No degrees of
// freedom. The standard error shown is CR1S, as boottest's.
//
// Fails with *TooFewClustersError below five clusters in which the coefficient
// has something to say (a cluster of one row has not), *FewTreatedError where
// the regressor varies in three clusters or fewer, ErrNoStandardError, and for
// WCRS ErrOneClusterControl.
//
// References: Cameron, Gelbach & Miller 2008, REStat 90; Roodman, Nielsen,
// MacKinnon & Webb 2019, Stata J. 19; MacKinnon, Nielsen & Webb 2023, J. Appl.
// Econometrics 38.
//
// R: fwildclusterboot::boottest(lm(y ~ x + factor(cluster)), clustid =
// "cluster", param = "x", B = 2^G, type = "rademacher", impose_null = TRUE);
// its p leaves out the ties.
type WildCluster struct {
	SE float64 // CR1S standard error of the coefficient

	estimate float64
	se       float64   // without correction, of the draws' kind
	clusters int       // all of them: weights must be as many
	atFit    *wildForm // at b0 = estimate
	perUnit  *wildForm // what a null one unit lower adds
}

// WildCluster prepares the test of coefficient j. The result holds buffers, so
// one goroutine may use it at a time. Clusters with nothing to say are best
// dropped before: they only double the number of draws.
func (f *FixedEffects) WildCluster(j int, kind WildKind) (*WildCluster, error) {
	if err := checkTreated(f.regressor(j), f.clusters); err != nil {
		return nil, err
	}
	s := f.sandwich()
	return s.wildCluster(kind, s.inverse[j], f.Coef[j])
}

// WildCluster prepares the test of slope j, as that of FixedEffects.
func (p *Pooled) WildCluster(j int, kind WildKind) (*WildCluster, error) {
	if err := checkTreated(p.design.columns[j], p.clusters); err != nil {
		return nil, err
	}
	return p.sandwich.wildCluster(kind, p.contrast(p.design.slope(j)), p.Coef[j])
}

// regressor returns the centred regressor j, up to its length.
func (f *FixedEffects) regressor(j int) []float64 {
	r := make([]float64, len(f.q)) // column j of R: inverse·r is unit vector j
	for i := j; i >= 0; i-- {
		r[i] = btof(i == j)
		for l := i + 1; l <= j; l++ {
			r[i] -= f.inverse[i][l] * r[l]
		}
		r[i] /= f.inverse[i][i]
	}
	return times(f.q, r)
}

func btof(b bool) float64 { return float64(btoi(b)) }

func (s *sandwich) wildCluster(kind WildKind, contrast []float64, estimate float64) (*WildCluster, error) {
	if g := s.informative(); g < wildLeastClusters {
		return nil, &TooFewClustersError{g, wildLeastClusters}
	}
	robust := s.inference(CR1S, [][]float64{contrast}, []float64{estimate})[0]
	if !robust.OK {
		return nil, ErrNoStandardError
	}
	// A null one unit lower leaves x̃ in the residuals, with coefficient 1.
	unit := times(s.q, contrast)
	floats.Scale(1/floats.Dot(contrast, contrast), unit)
	fitted := s.errors
	if kind == WCRS {
		var err error
		if fitted, err = s.leftOut(contrast, fitted); err != nil {
			return nil, err
		}
		if unit, err = s.leftOut(contrast, unit); err != nil {
			return nil, err
		}
	}
	return &WildCluster{
		SE: robust.SE, estimate: estimate, se: robust.SE / s.factor(CR1S), clusters: s.clusters.Len(),
		atFit:   newWildForm(s.q, contrast, fitted, s.clusters),
		perUnit: newWildForm(s.q, contrast, unit, s.clusters),
	}, nil
}

// informative counts the clusters in which the columns are not all 0.
func (s *sandwich) informative() int {
	count := 0
	for g := range s.clusters.Len() {
		var part float64
		for _, column := range s.q {
			v := floats.Norm(s.clusters.Of(column, g), 2)
			part += v * v
		}
		count += btoi(part > vanishing)
	}
	return count
}

// checkTreated refuses a regressor that stands, in all clusters but a few, at
// one and the same value.
func checkTreated(x []float64, c *Clusters) error {
	scale := max(floats.Max(x), -floats.Min(x)) * negligible
	var held []float64 // the value of each cluster that has only one
	for g := range c.Len() {
		part := c.Of(x, g)
		if floats.Max(part)-floats.Min(part) <= scale {
			held = append(held, part[0])
		}
	}
	slices.Sort(held)
	longest := 0
	for first := range held {
		last := first
		for last < len(held) && held[last]-held[first] <= scale {
			last++
		}
		longest = max(longest, last-first)
	}
	if moving := c.Len() - longest; moving <= fewTreated {
		return &FewTreatedError{moving}
	}
	return nil
}
