package simulate

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// event is a shared practice or a task with the firms that have it, ascending.
type event struct {
	name    string
	members []int
}

// Practices and tasks spread along true ties; these are the chances per tie.
const (
	practiceSpread = 0.4 // along meets
	taskSpread     = 0.5 // along joint_task
)

// affiliate draws a cluster's practices and tasks: one of each for every two
// firms, begun by a firm and taken up by some of its partners. One that nobody
// else took up is no sharing, and is left out.
func (w *world) affiliate(g int, c *cluster) {
	rng := w.stream("practices", g)
	for _, k := range rng.Perm(len(practiceNames))[:len(c.firms)/2] {
		c.practices = appendShared(c.practices, practiceNames[k], takenUp(rng, c.networks[meets], practiceSpread))
	}
	rng = w.stream("tasks", g)
	for _, k := range rng.Perm(len(taskNames) * taskYears)[:len(c.firms)/2] {
		name := fmt.Sprintf("%s %d", taskNames[k/taskYears], firstTaskYear+k%taskYears)
		c.tasks = appendShared(c.tasks, name, takenUp(rng, c.networks[jointTask], taskSpread))
	}
}

func appendShared(events []event, name string, members []int) []event {
	if len(members) < 2 {
		return events
	}
	return append(events, event{name, members})
}

// takenUp draws the firm that begins and those of its partners who join.
func takenUp(rng *rand.Rand, t network, spread float64) []int {
	first := rng.IntN(len(t))
	members := []int{first}
	for j, level := range t[first] {
		if joins := chance(rng, spread); joins && level > 0 {
			members = append(members, j)
		}
	}
	slices.Sort(members)
	return members
}

// coupling is, for each firm, the share of the firms it shares a task with that
// it also shares a practice with; 0 for a firm that shares no task.
func coupling(n int, practices, tasks []event) []float64 {
	byPractice, byTask := sharing(n, practices), sharing(n, tasks)
	c := make([]float64, n)
	for i := range n {
		partners, both := 0, 0
		for j := range n {
			if !byTask[i][j] {
				continue
			}
			partners++
			if byPractice[i][j] {
				both++
			}
		}
		if partners > 0 {
			c[i] = float64(both) / float64(partners)
		}
	}
	return c
}

// sharing tells which firms share at least one of the events.
func sharing(n int, events []event) [][]bool {
	s := make([][]bool, n)
	for i := range s {
		s[i] = make([]bool, n)
	}
	for _, e := range events {
		for _, i := range e.members {
			for _, j := range e.members {
				s[i][j] = i != j
			}
		}
	}
	return s
}
