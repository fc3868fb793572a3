package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/term"
)

// When and how often the line of progress is drawn.
const (
	progressAfter = time.Second
	progressEvery = 200 * time.Millisecond
)

// progress is one line on a terminal's stderr, shown once work has taken a
// second: the stage, how far it is, and for how long it has been going on, so
// that a stage that cannot say how far it is still shows that it lives.
type progress struct {
	w    io.Writer // nil: silent
	stop chan struct{}
	idle sync.WaitGroup

	mu          sync.Mutex
	stage       string
	done, total int
	begun       time.Time // of the stage
	drawn       bool
}

func newProgress(stderr io.Writer) *progress {
	p := &progress{stop: make(chan struct{})}
	if f, ok := stderr.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		p.w = stderr
		p.idle.Go(p.run)
	}
	return p
}

// show notes how far a stage is.
func (p *progress) show(stage string, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if stage != p.stage {
		p.begun = time.Now()
	}
	p.stage, p.done, p.total = stage, done, total
}

func (p *progress) run() {
	select {
	case <-time.After(progressAfter):
	case <-p.stop:
		return
	}
	tick := time.NewTicker(progressEvery)
	defer tick.Stop()
	for {
		p.draw(time.Now())
		select {
		case <-tick.C:
		case <-p.stop:
			return
		}
	}
}

func (p *progress) draw(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	far := ""
	if p.total > 1 {
		far = fmt.Sprintf(" %d of %d", p.done, p.total)
	}
	fmt.Fprintf(p.w, "\r\x1b[K%s%s, %d s", p.stage, far, int(now.Sub(p.begun).Seconds()))
	p.drawn = true
}

// clear ends the drawing and removes the line, if there is one.
func (p *progress) clear() {
	close(p.stop)
	p.idle.Wait()
	if p.drawn {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
