package graphs

import "slices"

// Communities parts the nodes of an undirected graph so that the modularity is
// high. It owns its scratch, which is reused.
//
// Scores are whole numbers, so that equally good partitions are found to be:
// the sum over communities of 4m·e - d², with m the ties of the graph, e those
// within the community and d the sum of its degrees; the modularity (Newman &
// Girvan 2004, doi:10.1103/PhysRevE.69.026113) times 4m².
type Communities struct {
	// Of is the community of each node, numbered from 0 as they first occur; each
	// node without ties is one.
	Of    []int32
	Count int
	Score int64

	try    []int32 // a partition that may be better
	first  level   // the nodes
	upper  [2]level
	number []int32
	subsets
}

// Best sets c to the partition of highest score: of all partitions, if g has
// no more than twelve nodes, and otherwise of those that as many runs end in as
// are asked for. A run (Blondel et al. 2008,
// doi:10.1088/1742-5468/2008/10/P10008) moves nodes between communities while
// the score rises, then whole communities likewise, and so on from where that
// ends; shuffle decides in which order they have their turn. Of equally good partitions it takes the one whose
// Of is lexicographically smallest. It panics if g is directed.
func (c *Communities) Best(g *Graph, runs int, shuffle func([]int32)) {
	mustBeUndirected("Communities", g)
	n := g.N()
	c.Of, c.try = resized(c.Of, n), resized(c.try, n)
	c.number = resized(c.number, n)
	c.first.nodes(g)
	if n <= exactNodes {
		c.Score = c.enumerate(g)
		c.Count = c.renumber(c.Of)
		return
	}
	for run := range runs {
		score := c.run(shuffle)
		count := c.renumber(c.try)
		if run == 0 || score > c.Score || score == c.Score && slices.Compare(c.try, c.Of) < 0 {
			c.Of, c.try = c.try, c.Of
			c.Count, c.Score = count, score
		}
	}
}

// renumber numbers communities as they first occur, and returns how many there
// are.
func (c *Communities) renumber(of []int32) int {
	for i := range c.number {
		c.number[i] = -1
	}
	count := int32(0)
	for v, k := range of {
		if c.number[k] < 0 {
			c.number[k] = count
			count++
		}
		of[v] = c.number[k]
	}
	return int(count)
}

// run sets try to the partition that one run ends in, and returns its score.
// Once whole communities no longer move, nodes may want to again, so that it
// goes over them until they do not.
func (c *Communities) run(shuffle func([]int32)) int64 {
	for v := range c.try {
		c.try[v] = int32(v)
	}
	score := c.first.score()
	for {
		copy(c.first.of, c.try)
		count, moved := c.first.move(shuffle)
		if !moved {
			return score
		}
		copy(c.try, c.first.of)
		score = c.climb(count, shuffle)
	}
}

// climb merges the communities that the nodes are in, and again those that
// these come to, until they do not want to move. It sets try to what they then
// are, and returns the score.
func (c *Communities) climb(count int, shuffle func([]int32)) int64 {
	below := &c.first
	for step := 0; ; step++ {
		here := &c.upper[step%2]
		here.merge(below, count)
		var moved bool
		if count, moved = here.move(shuffle); !moved {
			return here.score()
		}
		for v, k := range c.try {
			c.try[v] = here.of[k]
		}
		below = here
	}
}

// level is a graph whose nodes stand for one node or more of the graph at large.
type level struct {
	start  []int64
	node   []int32
	weight []int64 // ties between the two
	inside []int64 // of each node, ties within what it stands for
	degree []int64 // of each node, the sum of degrees of what it stands for
	total  int64   // the sum of degrees

	of    []int32 // the community of each node
	sum   []int64 // of each community, the sum of degrees
	ties  []int64 // of each community, those of the node being moved
	near  []int32 // communities that it has ties to
	queue []int32 // nodes whose turn it is, as a ring
	waits []bool
	place []int32 // where the members of each community start in queue
}

func (l *level) size() int { return len(l.degree) }

func (l *level) resize(n int) {
	l.start = resized(l.start, n+1)
	l.inside, l.degree = resized(l.inside, n), resized(l.degree, n)
	l.of, l.sum, l.ties = resized(l.of, n), resized(l.sum, n), resized(l.ties, n)
	l.queue, l.waits, l.place = resized(l.queue, n), resized(l.waits, n), resized(l.place, n+1)
	l.start[0] = 0
}

// nodes makes each node of g stand for itself.
func (l *level) nodes(g *Graph) {
	n := g.N()
	l.resize(n)
	copy(l.start, g.out.start)
	l.node = append(l.node[:0], g.out.node...)
	l.weight = resized(l.weight, len(l.node))
	for i := range l.weight {
		l.weight[i] = 1
	}
	l.total = int64(len(l.node))
	for v := range n {
		l.inside[v], l.degree[v] = 0, int64(len(g.Out(v)))
	}
}

// move puts each node into the community that it adds most to the score of,
// first in an order that shuffle makes of them and then whenever a partner has
// left, until none wants to move. It starts from the communities in of, numbers
// those that it ends with from 0 and returns how many there are, and whether
// any node has moved.
func (l *level) move(shuffle func([]int32)) (count int, moved bool) {
	n := l.size()
	clear(l.sum)
	clear(l.ties)
	for v := range n {
		l.sum[l.of[v]] += l.degree[v]
		l.queue[v], l.waits[v] = int32(v), true
	}
	shuffle(l.queue)
	head, waiting := 0, n
	for waiting > 0 {
		v := l.queue[head]
		if head++; head == n {
			head = 0
		}
		waiting--
		l.waits[v] = false
		if !l.settle(v) {
			continue
		}
		moved = true
		for _, w := range l.node[l.start[v]:l.start[v+1]] {
			if !l.waits[w] && l.of[w] != l.of[v] {
				l.waits[w] = true
				l.queue[(head+waiting)%n] = w
				waiting++
			}
		}
	}
	return l.number(), moved
}

// settle moves v to the best community among its own and those of its partners,
// and tells whether that is another.
func (l *level) settle(v int32) bool {
	own, of, ties, near := l.of[v], l.of, l.ties, l.near[:0]
	weight := l.weight[l.start[v]:l.start[v+1]]
	for i, w := range l.node[l.start[v]:l.start[v+1]] {
		k := of[w]
		before := ties[k]
		if before == 0 {
			near = append(near, k)
		}
		ties[k] = before + weight[i]
	}
	degree := l.degree[v]
	l.sum[own] -= degree
	best, gain := own, l.total*ties[own]-degree*l.sum[own]
	for _, k := range near {
		if x := l.total*ties[k] - degree*l.sum[k]; x > gain {
			best, gain = k, x
		}
	}
	l.sum[best] += degree
	of[v] = best
	for _, k := range near {
		ties[k] = 0
	}
	l.near = near
	return best != own
}

// number numbers the communities as they first occur, and returns how many
// there are.
func (l *level) number() int {
	n := l.size()
	for k := range n {
		l.place[k] = -1
	}
	count := int32(0)
	for v, k := range l.of {
		if l.place[k] < 0 {
			l.place[k] = count
			count++
		}
		l.of[v] = l.place[k]
	}
	return int(count)
}

// merge makes l the level whose nodes are the communities of the one below.
func (l *level) merge(below *level, count int) {
	l.resize(count)
	clear(l.inside)
	clear(l.degree)
	clear(l.ties)
	l.node, l.weight, l.total = l.node[:0], l.weight[:0], below.total
	below.sort(count)
	for k := range count {
		l.of[k] = int32(k)
		l.near = l.near[:0]
		for _, v := range below.queue[below.place[k]:below.place[k+1]] {
			l.degree[k] += below.degree[v]
			l.inside[k] += 2 * below.inside[v] // halved below
			for i := below.start[v]; i < below.start[v+1]; i++ {
				to := below.of[below.node[i]]
				if int(to) == k {
					l.inside[k] += below.weight[i]
					continue
				}
				if l.ties[to] == 0 {
					l.near = append(l.near, to)
				}
				l.ties[to] += below.weight[i]
			}
		}
		l.inside[k] /= 2 // each tie was met from both of its ends
		for _, to := range l.near {
			l.node, l.weight = append(l.node, to), append(l.weight, l.ties[to])
			l.ties[to] = 0
		}
		l.start[k+1] = int64(len(l.node))
	}
}

// sort puts the nodes into queue by community; place says where each starts.
func (l *level) sort(count int) {
	place := l.place[:count+1]
	clear(place)
	for _, k := range l.of {
		place[k+1]++
	}
	for k := range count {
		place[k+1] += place[k]
	}
	for v, k := range l.of {
		l.queue[place[k]] = int32(v)
		place[k]++
	}
	copy(place[1:], place[:count])
	place[0] = 0
}

// score is that of the partition in which each node is a community.
func (l *level) score() int64 {
	score := int64(0)
	for v, d := range l.degree {
		score += 2*l.total*l.inside[v] - d*d
	}
	return score
}
