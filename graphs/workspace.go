package graphs

import "fmt"

// Workspace holds the scratch arrays of the kernels, grown to the largest
// graph met and reused after that. The zero value is ready. One goroutine may
// use it at a time.
type Workspace struct {
	// Workers is how many goroutines distances and betweenness of a large graph may
	// use; below 2 it is one. The result is the same.
	Workers int

	symmetric Graph
	counts    Graph
	mutual    Graph
	doubled   Graph
	drawn     Graph
	drawnRows adjacency
	words     wordScratch
	rows      wordRows
	reach     []sharedDistances
	small     smallPaths
	paths     pathScratch
	triangles triangleScratch
	cores     coreScratch
	marks     markScratch
	ego       egoScratch
	weighted  dijkstraScratch
	nearest   nearestFirst
	arcs      arcScratch
	smallArcs smallArcs
	dense     denseScratch
	flow      flowScratch
	walks     walkScratch
	edges     edgeScratch
	queue     []int32
}

// resized returns s with length n, its contents arbitrary, allocating only
// where its capacity does not do.
func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

func checkLen(kernel string, length int, g *Graph) {
	if length != g.N() {
		panic(fmt.Sprintf("graphs: %s: %d results for %d nodes", kernel, length, g.N()))
	}
}

func mustBeDirected(kernel string, g *Graph) {
	if !g.directed {
		panic(fmt.Sprintf("graphs: %s of an undirected graph", kernel))
	}
}

func mustBeUndirected(kernel string, g *Graph) {
	if g.directed {
		panic(fmt.Sprintf("graphs: %s of a directed graph", kernel))
	}
}
