package main

import (
	"io"
	"path/filepath"
	"testing"
)

// BenchmarkTwelveClusters is the whole of `firmties run twelve-clusters`, the
// results folder included. Target: under a second.
func BenchmarkTwelveClusters(b *testing.B) {
	out := filepath.Join(b.TempDir(), "results")
	b.ReportAllocs()
	for b.Loop() {
		if code := run([]string{"run", "twelve-clusters", "-o", out, "--quiet"}, io.Discard, io.Discard); code != exitOK {
			b.Fatalf("exit %d", code)
		}
	}
}
