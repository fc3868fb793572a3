package stats

import (
	"math"
	"math/rand/v2"
	"sync"
)

// pairOrders is how many arrangements of firms inside clusters are enumerated
// rather than drawn: those of 8 firms are 40,320.
const pairOrders = 50_000

// pairStatistic is a statistic of the pairs with firms in another order, and
// how far it is from 0; workers each have one of their own.
type pairStatistic func(order []int32) float64

// arrangements is the number of orders that keep firms in their clusters; more
// than pairOrders are not counted further.
func (p *Pairs) arrangements() int {
	total := 1
	for _, n := range p.sizes {
		for k := 2; k <= n; k++ {
			if total *= k; total > pairOrders {
				return total
			}
		}
	}
	return total
}

// permute counts the arrangements of firms inside clusters whose statistic is
// at least as far from 0 as the observed one: all of them, or so many drawn,
// draw d from stream(d) alone. The outcome is the same for any workers.
func (p *Pairs) permute(observed float64, statistic func() pairStatistic, draws, workers int, stream func(draw int) *rand.Rand) PermutationTest {
	limit := math.Abs(observed) * (1 - tieTolerance)
	if total := p.arrangements(); total <= pairOrders {
		extreme, of := 0, statistic()
		p.enumerate(func(order []int32) { extreme += btoi(math.Abs(of(order)) >= limit) })
		return PermutationTest{Statistic: observed, AsExtreme: extreme, Draws: total, Enumerated: true, P: float64(extreme) / float64(total)}
	}
	workers = max(1, min(workers, draws))
	counts := make([]int, workers)
	var pool sync.WaitGroup
	for w := range workers {
		pool.Go(func() {
			of, order := statistic(), p.inPlace()
			for draw := w; draw < draws; draw += workers {
				p.shuffle(order, stream(draw))
				counts[w] += btoi(math.Abs(of(order)) >= limit)
			}
		})
	}
	pool.Wait()
	return permutationTest(observed, sum(counts), draws)
}

// inPlace is the order that moves nobody.
func (p *Pairs) inPlace() []int32 {
	order := make([]int32, p.firms[len(p.sizes)])
	p.reset(order)
	return order
}

func (p *Pairs) reset(order []int32) {
	for g := range p.sizes {
		for i := range order[p.firms[g]:p.firms[g+1]] {
			order[p.firms[g]+i] = int32(i)
		}
	}
}

// shuffle puts the firms of every cluster in uniformly random order, whatever
// order they were in.
func (p *Pairs) shuffle(order []int32, random *rand.Rand) {
	p.reset(order)
	for g := range p.sizes {
		shuffle(order[p.firms[g]:p.firms[g+1]], random)
	}
}

// enumerate visits every order that keeps firms in their clusters.
func (p *Pairs) enumerate(visit func(order []int32)) {
	order := p.inPlace()
	var place func(g, i int)
	place = func(g, i int) {
		switch {
		case g == len(p.sizes):
			visit(order)
			return
		case i == p.sizes[g]:
			place(g+1, 0)
			return
		}
		own := order[p.firms[g]:p.firms[g+1]]
		for j := i; j < len(own); j++ {
			own[i], own[j] = own[j], own[i]
			place(g, i+1)
			own[i], own[j] = own[j], own[i]
		}
	}
	place(0, 0)
}
