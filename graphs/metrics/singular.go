package metrics

import (
	"math"

	"firmties/graphs"
)

// solveCover finds the eigenvector of a double cover, whose first half sends.
// Every tie is between a sender and a receiver, so that paths of two ties join
// senders: the eigenvector of these is sought, half as long and in half as many
// steps, and its eigenvalue is the square.
func (p *perron) solveCover(cover *graphs.Graph, parts *graphs.Components) {
	p.begin(cover, false)
	l := &p.lanczos
	l.across = resized(l.across, cover.N())
	for c := range parts.Count() {
		members := parts.Members(c)
		if l.highestDegree(cover, members) < p.value {
			continue
		}
		l.part(cover, members)
		square, unique := l.solve(cover, l.near)
		if value := math.Sqrt(square); p.leads(members, value, unique) {
			p.spread(cover, value)
		}
	}
}

// part sets far to the receivers of a component, and near to its senders.
// Members without ties are near.
func (l *lanczos) part(cover *graphs.Graph, members []int32) {
	l.near, l.far = l.near[:0], l.far[:0]
	for _, v := range members {
		if int(v) < cover.N()/2 || len(members) == 1 {
			l.near = append(l.near, v)
		} else {
			l.far = append(l.far, v)
		}
	}
}

// spread sets the vector of a component from that of its senders.
func (p *perron) spread(cover *graphs.Graph, value float64) {
	l := &p.lanczos
	half := math.Sqrt(0.5)
	if len(l.far) == 0 {
		half = 1
	}
	for i, v := range l.near {
		p.vector[v] = half * l.x[i]
	}
	for _, u := range l.far {
		sum := 0.0
		for _, v := range cover.Out(int(u)) {
			sum += p.vector[v]
		}
		p.vector[u] = sum / value
	}
}

// cross sets w to the sums of x over paths of two ties.
func (l *lanczos) cross(g *graphs.Graph, members []int32, x []float64) {
	for _, u := range l.far {
		sum := 0.0
		for _, v := range g.Out(int(u)) {
			sum += x[l.place[v]]
		}
		l.across[u] = sum
	}
	for i, v := range members {
		sum := 0.0
		for _, u := range g.Out(int(v)) {
			sum += l.across[u]
		}
		l.w[i] = sum
	}
}
