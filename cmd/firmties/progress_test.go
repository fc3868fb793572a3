package main

import (
	"os"
	"strings"
	"testing"
	"time"
)

func TestProgressLine(t *testing.T) {
	var b strings.Builder
	p := &progress{w: &b, stop: make(chan struct{})}
	p.show("reading the study", 0, 1)
	p.draw(p.begun.Add(3 * time.Second))
	p.show("clusters", 30, 400)
	p.draw(p.begun.Add(1500 * time.Millisecond))
	p.clear()
	const want = "\r\x1b[Kreading the study, 3 s" + "\r\x1b[Kclusters 30 of 400, 1 s" + "\r\x1b[K"
	if b.String() != want {
		t.Errorf("drew %q, want %q", b.String(), want)
	}
}

// Without a terminal, and before a second has passed, nothing is drawn.
func TestProgressIsSilent(t *testing.T) {
	file, err := os.CreateTemp(t.TempDir(), "stderr")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	p := newProgress(file)
	p.show("clusters", 1, 2)
	p.clear()
	if info, err := file.Stat(); err != nil || info.Size() != 0 || p.w != nil {
		t.Errorf("%v, %v", info, err)
	}
}
