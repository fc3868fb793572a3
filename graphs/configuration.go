package graphs

import "math"

// Configuration is the bipartite configuration model of an incidence: the
// chance of each node to take part in each event where nothing is known but how
// many events each node has and how many nodes each event, the maximum
// likelihood logit with an effect of every node and every event (Saracco et al.
// 2015, doi:10.1038/srep10595). Fit fills it; its memory is reused.
type Configuration struct {
	n, m   int
	share  []float64 // by node, then event
	node   []float64 // odds factors
	event  []float64
	chance []float64
	free   []bool // rows, then columns, that are neither empty nor full
}

// P is the chance of node v to take part in event e.
func (c *Configuration) P(v, e int) float64 { return c.share[v*c.m+e] }

// The residual at which margins count as met, in memberships, and the most
// rounds that are tried.
const (
	marginsMet    = 1e-12
	marginsRounds = 100_000
)

// Fit finds the model of an incidence. A node in no event or in all, and an
// event of no node or of all, is known for certain, as is what then remains so
// among the others. It is not ok where the margins could not be met to a
// millionth of a membership. Cost n·m for each round.
func (c *Configuration) Fit(in *Incidence) (ok bool) {
	c.n, c.m = in.N(), in.M()
	rows, columns := make([]float64, c.n), make([]float64, c.m)
	for v := range rows {
		rows[v] = float64(len(in.Events(v)))
	}
	for e := range columns {
		columns[e] = float64(len(in.Nodes(e)))
	}
	c.share = resized(c.share, c.n*c.m)
	clear(c.share)
	c.settle(rows, columns)
	c.node, c.event = resized(c.node, c.n), resized(c.event, c.m)
	for v := range c.node {
		c.node[v] = 1
	}
	for e := range c.event {
		c.event[e] = 1
	}
	worst := math.Inf(1)
	for round := 0; round < marginsRounds && worst > marginsMet; round++ {
		worst = c.round(rows, columns)
	}
	for v := range c.n {
		for e := range c.m {
			if c.free[v] && c.free[c.n+e] {
				x := c.node[v] * c.event[e]
				c.share[v*c.m+e] = x / (1 + x)
			}
		}
	}
	return worst <= 1e-6
}

// settle sets what is certain, and leaves in rows and columns what is to be
// met by the rest.
func (c *Configuration) settle(rows, columns []float64) {
	c.free = resized(c.free, c.n+c.m)
	for i := range c.free {
		c.free[i] = true
	}
	freeRows, freeColumns := c.n, c.m
	for changed := true; changed; {
		changed = false
		for v := range c.n {
			if full := rows[v] == float64(freeColumns); c.free[v] && (rows[v] == 0 || full) {
				c.free[v], changed = false, true
				freeRows--
				for e := range c.m {
					if full && c.free[c.n+e] {
						c.share[v*c.m+e] = 1
						columns[e]--
					}
				}
			}
		}
		for e := range c.m {
			if full := columns[e] == float64(freeRows); c.free[c.n+e] && (columns[e] == 0 || full) {
				c.free[c.n+e], changed = false, true
				freeColumns--
				for v := range c.n {
					if full && c.free[v] {
						c.share[v*c.m+e] = 1
						rows[v]--
					}
				}
			}
		}
	}
}

// round meets the margins of the nodes, then those of the events, by one step of
// Newton's method in the logarithm for each, and returns how far the nodes' were
// from being met.
func (c *Configuration) round(rows, columns []float64) (worst float64) {
	for v := range c.n {
		if c.free[v] {
			worst = max(worst, improve(&c.node[v], c.event, c.free[c.n:], rows[v]))
		}
	}
	for e := range c.m {
		if c.free[c.n+e] {
			worst = max(worst, improve(&c.event[e], c.node, c.free[:c.n], columns[e]))
		}
	}
	return worst
}

// improve changes a factor so that the shares that it makes with the others add
// up to want, nearly, and returns how far they were from it.
func improve(factor *float64, others []float64, free []bool, want float64) float64 {
	sum, slope := 0.0, 0.0
	for i, y := range others {
		if free[i] {
			x := *factor * y
			p := x / (1 + x)
			sum += p
			slope += p / (1 + x)
		}
	}
	step := (want - sum) / max(slope, 1e-12)
	*factor *= math.Exp(min(2, max(-2, step)))
	return math.Abs(want - sum)
}
