package simulate

import "math"

// relation is one kind of tie that the study asks about.
type relation struct {
	name     string
	directed bool
	// often are the answers to "how often?", weakest first: times a year in the
	// undirected relations, words in advice.
	often [3]string
	// passages are what respondents say of such a tie.
	passages []string
}

// The relations by index; the networks of a cluster are in this order.
const (
	meets = iota
	jointTask
	advice
)

var relations = [3]relation{
	{"meets", false, [3]string{"4", "12", "52"}, []string{
		"They sit at the same table every market day.",
		"Their children are at one school, so they see each other.",
		"「每個月都會碰面。」",
	}},
	{"joint_task", false, [3]string{"1", "2", "4"}, []string{
		"We shared the van for the spring order, and the cost.",
		"One makes the body, the other the finish: \"half and half\".",
		"「去年一起參展。」",
	}},
	{"advice", true, [3]string{"seldom", "sometimes", "often"}, []string{
		"When a batch fails, that is whom they telephone.",
		"He learned the trade there; he still asks before he buys.",
		"「不懂就去問。」",
	}},
}

// network is a true relation within a cluster: strength level of the tie from
// the first firm to the second, 0 where there is none, 1 to 3 by how often. An
// undirected one is symmetric.
type network [][]int

func newNetwork(n int) network {
	t := make(network, n)
	for i := range t {
		t[i] = make([]int, n)
	}
	return t
}

// degree is the number of firms that the firm has a tie to.
func (t network) degree(i int) int {
	d := 0
	for _, level := range t[i] {
		if level > 0 {
			d++
		}
	}
	return d
}

// Of what makes a tie likely, in logits. Distance makes firms cluster, the head
// firm's pull makes the leader central, and meeting makes other ties likely.
const (
	perDistance   = -5.0 // per side of the cluster's square
	sameTrade     = 0.8
	headPull      = 1.5
	deputyPull    = 0.7
	perLogSize    = 0.3 // of either firm's employees
	whereTheyMeet = 3.0
	towardsBigger = 0.4 // advice: per log ratio of employees
)

// tie draws the three true networks of a cluster.
func (w *world) tie(g int, c *cluster) {
	met := func(i, j int) float64 { return c.affinity(i, j) + whereTheyMeet*sign(c.networks[meets][i][j]) }
	asks := func(i, j int) float64 {
		ratio := float64(c.firms[j].employees) / float64(c.firms[i].employees)
		return met(i, j) + towardsBigger*math.Log(ratio)
	}
	d := w.design
	c.networks[meets] = w.drawNetwork(g, c, meets, d.MeetsDegree, c.affinity)
	c.networks[jointTask] = w.drawNetwork(g, c, jointTask, d.TaskDegree, met)
	c.networks[advice] = w.drawNetwork(g, c, advice, d.AdviceDegree, asks)
}

// sign is 1 for a tie of any strength and 0 for none.
func sign(level int) float64 { return float64(min(level, 1)) }

// affinity is how likely two firms are to have to do with one another, in
// logits, up to the cluster's constant.
func (c *cluster) affinity(i, j int) float64 {
	a, b := &c.firms[i], &c.firms[j]
	s := perDistance*math.Hypot(a.x-b.x, a.y-b.y) + c.pull(i) + c.pull(j)
	if a.sector == b.sector {
		s += sameTrade
	}
	return s
}

func (c *cluster) pull(i int) float64 {
	p := perLogSize * math.Log(float64(c.firms[i].employees)/8)
	switch i {
	case c.head:
		p += headPull
	case c.deputy:
		p += deputyPull
	}
	return p
}

// drawNetwork draws every pair on its own, with the constant set so that the
// expected mean degree (out-degree, if directed) is one drawn from the range.
func (w *world) drawNetwork(g int, c *cluster, r int, degree Range, score func(i, j int) float64) network {
	rng := w.stream("network", g, r)
	pairs := pairsOf(len(c.firms), relations[r].directed)
	scores := make([]float64, len(pairs))
	for k, p := range pairs {
		scores[k] = score(p[0], p[1])
	}
	wanted := float64(len(c.firms)) * between(rng, degree)
	if !relations[r].directed {
		wanted /= 2
	}
	constant := calibrate(scores, min(wanted, mostTied*float64(len(pairs))))
	t := newNetwork(len(c.firms))
	for k, p := range pairs {
		tied, level := chance(rng, logistic(constant+scores[k])), 1+rng.IntN(3)
		if !tied {
			continue
		}
		t[p[0]][p[1]] = level
		if !relations[r].directed {
			t[p[1]][p[0]] = level
		}
	}
	return t
}

// mostTied keeps the smallest clusters from becoming complete.
const mostTied = 0.8

// pairsOf lists the pairs of n firms: ordered ones, or those with the lower
// index first.
func pairsOf(n int, directed bool) [][2]int {
	var pairs [][2]int
	for i := range n {
		for j := range n {
			if i < j || directed && i != j {
				pairs = append(pairs, [2]int{i, j})
			}
		}
	}
	return pairs
}

// calibrate returns the constant at which the logistic probabilities add up to
// what is wanted, by bisection; 60 halvings exhaust a float64 of this size.
func calibrate(scores []float64, wanted float64) float64 {
	low, high := -50.0, 50.0
	for range 60 {
		mid := (low + high) / 2
		sum := 0.0
		for _, s := range scores {
			sum += logistic(mid + s)
		}
		if sum < wanted {
			low = mid
		} else {
			high = mid
		}
	}
	return (low + high) / 2
}

// structure is what a cluster's true joint_task network looks like as a whole.
type structure struct{ degreeMean, transitivity float64 }

// structureOf measures an undirected network. Transitivity is closed over
// connected triples, 0 where no firm has two partners.
func structureOf(t network) structure {
	ties, triples, closed := 0, 0, 0
	for i := range t {
		d := t.degree(i)
		ties += d
		triples += d * (d - 1) / 2
		for j := range t {
			for k := range j {
				if t[i][j] > 0 && t[i][k] > 0 && t[j][k] > 0 {
					closed++
				}
			}
		}
	}
	s := structure{degreeMean: float64(ties) / float64(len(t))}
	if triples > 0 {
		s.transitivity = float64(closed) / float64(triples)
	}
	return s
}
