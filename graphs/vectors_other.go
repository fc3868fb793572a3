//go:build !amd64

package graphs

func lead(p *pathBatch, rows *adjacency, first, end, limit int) int {
	return leadScalar(p, rows, first, end, limit)
}

func count(p *pathBatch, copies []float64, first, end int) { countScalar(p, copies, first, end) }

func arrive(p *pathBatch, limit int) int { return arriveScalar(p, limit) }

func depend(p *pathBatch, dst, reach, copies []float64, own, first, end int) {
	dependScalar(p, dst, reach, copies, own, first, end)
}

func meet(w *wideScratch, rows *adjacency) (met, open int) { return meetScalar(w, rows) }

func compareFours(x []float64) [4]float64 { return compareFoursScalar(x) }

func gather(w *walkScratch, rows *adjacency, half bool) { gatherScalar(w, rows, half) }
