package metrics

import (
	"math/rand/v2"
	"slices"
	"testing"

	"firmties/graphs"
	"firmties/graphs/graphtest"
)

// TestCommunityDefinitions tries all partitions of small networks, in
// lexicographic order.
func TestCommunityDefinitions(t *testing.T) {
	names := []string{"modularity", "communities", "community", "participation"}
	var measure []graphtest.Function
	for i, name := range names {
		level := Cluster
		if i > 1 {
			level = Firm
		}
		m, _ := Lookup(level, name)
		measure = append(measure, measured(t, m))
	}
	check := func(g *graphs.Graph) bool {
		u := matrixOf(g).undirected()
		q, of := bestPartition(u)
		sizes := make([]float64, len(u))
		for _, k := range of {
			sizes[k]++
		}
		large := 0.0
		for _, size := range sizes {
			if size > 1 {
				large++
			}
		}
		numbers, shares := make([]float64, len(u)), make([]float64, len(u))
		for v := range u {
			numbers[v], shares[v] = numberOf(of[v], sizes), spreadOf(u[v], of)
		}
		if u.sum() == 0 {
			q, large = none, none
			numbers = slices.Repeat([]float64{none}, len(u))
		}
		for i, want := range [][]float64{{q}, {large}, numbers, shares} {
			if got := measure[i](g); !near(got, want) {
				t.Errorf("%s %v, by definition %v, of %v", names[i], got, want, u)
				return false
			}
		}
		return true
	}
	for n := range 6 {
		if !everyNetwork(n, false, check) {
			return
		}
	}
	rng := rand.New(rand.NewPCG(77, 78))
	for i := range 40 {
		check(graphtest.Random(rng, 6+i%3, i%2 == 0, 0.1+0.4*rng.Float64(), 1))
	}
}

// bestPartition returns the highest modularity and the first partition that has
// it, isolates being alone.
func bestPartition(u matrix) (best float64, partition []int) {
	degrees := u.degrees()
	modularity := func(of []int) float64 {
		q := 0.0
		for i := range u {
			for j := range u {
				if of[i] == of[j] {
					q += (u[i][j] - degrees[i]*degrees[j]/u.sum()) / u.sum()
				}
			}
		}
		return q
	}
	of := make([]int, len(u))
	var place func(v, count int)
	place = func(v, count int) {
		if v == len(u) {
			if q := modularity(of); partition == nil || q > best+1e-12 {
				best, partition = q, slices.Clone(of)
			}
			return
		}
		for k := range count + 1 {
			if i := slices.Index(of[:v], k); i >= 0 && (degrees[v] == 0 || degrees[i] == 0) {
				continue
			}
			of[v] = k
			place(v+1, max(count, k+1))
		}
	}
	place(0, 0)
	return best, partition
}

// numberOf counts the communities that come before one, and itself.
func numberOf(community int, sizes []float64) float64 {
	rank := 1.0
	for k, size := range sizes {
		if size > sizes[community] || size == sizes[community] && k < community {
			rank++
		}
	}
	return rank
}

// spreadOf is one less the sum of squared shares of a firm's partners in each
// community.
func spreadOf(partners []float64, of []int) float64 {
	total := 0.0
	in := make([]float64, len(of))
	for w, x := range partners {
		in[of[w]] += x
		total += x
	}
	spread := 1.0
	for _, x := range in {
		spread -= x / total * (x / total)
	}
	return spread
}
