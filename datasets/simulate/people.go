package simulate

import "fmt"

// role is what a person is interviewed as.
type role int

const (
	leader role = iota
	senior
	owner
)

var roleNames = [...]string{leader: "leader", senior: "senior", owner: "owner"}

// person is somebody who was asked for an interview.
type person struct {
	id         string
	role       role
	firm       int // noFirm for an officer of the cluster's association
	referredBy string
	wave       int
	refused    bool
}

// noFirm marks a person without a firm, and a name that is no firm of the cluster.
const noFirm = -1

// officers is the share of leaders who run the association and no firm;
// refusingSeniors that of clusters whose first senior member declined.
const (
	officers        = 0.15
	refusingSeniors = 0.2
)

// recruit follows the snowball: the leader first, who names a senior member;
// then owners, each referred by somebody interviewed before.
func (w *world) recruit(g int, c *cluster) {
	rng := w.stream("people", g)
	add := func(r role, firm int, by string, wave int, refused bool) {
		id := fmt.Sprintf("%sR%02d", c.id, len(c.people)+1)
		c.people = append(c.people, person{id, r, firm, by, wave, refused})
	}
	first := c.head
	if chance(rng, officers) {
		first = noFirm
	}
	add(leader, first, "", 1, false)
	order := rng.Perm(len(c.firms))
	if declined := chance(rng, refusingSeniors); declined {
		for _, i := range order {
			if i != c.head && i != c.deputy {
				add(senior, i, c.people[0].id, 1, true)
				break
			}
		}
	}
	add(senior, c.deputy, c.people[0].id, 1, false)
	spoke := []string{c.people[0].id, c.people[len(c.people)-1].id}
	asked := map[int]bool{c.head: true, c.deputy: true, c.people[1].firm: true}
	for _, i := range order {
		invited, refused := chance(rng, w.design.Owners), chance(rng, w.design.Refused)
		by := pick(rng, spoke)
		if !invited || asked[i] {
			continue
		}
		add(owner, i, by, 2, refused)
		if !refused {
			spoke = append(spoke, c.people[len(c.people)-1].id)
		}
	}
}
