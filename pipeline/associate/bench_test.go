package associate

import (
	"context"
	"testing"
)

// BenchmarkRunGrid fits a grid of the size of the shipped study: 12 clusters,
// 300 firms, 48 fits at each level, 999 draws.
func BenchmarkRunGrid(b *testing.B) {
	w := newWorld(0.3, 10, 40, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25)
	w.in.Entries = nil
	for i := range 24 {
		name := string(rune('a' + i))
		w.in.Entries = append(w.in.Entries,
			Entry{Name: "firm_" + name, Level: "firm", Outcome: "y", Layers: []string{"ties"}, Metrics: []string{"m", "n"}, Draws: 999},
			Entry{Name: "cluster_" + name, Level: "cluster", Outcome: "rating", Layers: []string{"ties", "projected"}, Metrics: []string{"density"}, Draws: 999})
	}
	in := w.input()
	in.Workers = 2
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Run(context.Background(), in); err != nil {
			b.Fatal(err)
		}
	}
}
