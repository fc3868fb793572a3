package graphs

import "golang.org/x/sys/cpu"

// vectors tells whether the processor adds four numbers at once, and counts bits.
var vectors = cpu.X86.HasAVX2 && cpu.X86.HasPOPCNT

// lead is leadScalar.
func lead(p *pathBatch, rows *adjacency, first, end, limit int) int {
	if vectors {
		return leadVector(p, rows, first, end, limit)
	}
	return leadScalar(p, rows, first, end, limit)
}

// count is countScalar.
func count(p *pathBatch, copies []float64, first, end int) {
	if vectors {
		countVector(p, &copies[0], first, end)
	} else {
		countScalar(p, copies, first, end)
	}
}

// arrive is arriveScalar.
func arrive(p *pathBatch, limit int) int {
	if vectors {
		return arriveVector(p, limit)
	}
	return arriveScalar(p, limit)
}

// depend is dependScalar.
func depend(p *pathBatch, dst, reach, copies []float64, own, first, end int) {
	if vectors {
		dependVector(p, &dst[0], &reach[0], &copies[0], own, first, end)
	} else {
		dependScalar(p, dst, reach, copies, own, first, end)
	}
}

// meet is meetScalar.
func meet(w *wideScratch, rows *adjacency) (met, open int) {
	if vectors {
		return meetVector(w, rows)
	}
	return meetScalar(w, rows)
}

// compareFours is compareFoursScalar.
func compareFours(x []float64) (sums [4]float64) {
	if vectors {
		compareFoursVector(&sums, x)
		return sums
	}
	return compareFoursScalar(x)
}

// gather is gatherScalar.
func gather(w *walkScratch, rows *adjacency, half bool) {
	if vectors {
		gatherVector(w, rows, half)
	} else {
		gatherScalar(w, rows, half)
	}
}

//go:noescape
func leadVector(p *pathBatch, rows *adjacency, first, end, limit int) int

//go:noescape
func countVector(p *pathBatch, copies *float64, first, end int)

//go:noescape
func arriveVector(p *pathBatch, limit int) int

//go:noescape
func dependVector(p *pathBatch, dst, reach, copies *float64, own, first, end int)

//go:noescape
func meetVector(w *wideScratch, rows *adjacency) (met, open int)

//go:noescape
func compareFoursVector(sums *[4]float64, x []float64)

//go:noescape
func gatherVector(w *walkScratch, rows *adjacency, half bool)
