package main

import (
	"context"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

//go:embed peers.py
var pythonScript []byte

//go:embed peers.R
var rScript []byte

// peers starts the other programs.
type peers struct {
	python, work string
	limit        time.Duration
}

// write puts a graph where the peers read it: the number of nodes, then the ends
// of each tie.
func (p *peers) write(g named) error {
	var text strings.Builder
	fmt.Fprintln(&text, g.n, len(g.arcs))
	for _, a := range g.arcs {
		fmt.Fprintln(&text, a.From, a.To)
	}
	if err := os.WriteFile(filepath.Join(p.work, "peers.py"), pythonScript, 0o600); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(p.work, "peers.R"), rScript, 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(p.work, "graph.txt"), []byte(text.String()), 0o600)
}

// errLimit is the error of a peer that took too long, errAbsent of one that is
// not there.
var (
	errLimit  = errors.New("over the limit")
	errAbsent = errors.New("absent")
)

// run has a peer compute a metric of the graph written last; it returns the least
// of its runs in seconds of a core, and the values.
func (p *peers) run(peer, metric string) (seconds float64, values []float64, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), p.limit)
	defer cancel()
	name, args := p.python, []string{filepath.Join(p.work, "peers.py"), peer}
	if peer == "R igraph" || peer == "sna" {
		name, args = "Rscript", []string{"--vanilla", filepath.Join(p.work, "peers.R"), strings.TrimPrefix(peer, "R ")}
	}
	cmd := exec.CommandContext(ctx, name, append(args, metric, p.work, strconv.Itoa(runs))...)
	cmd.Env = append(os.Environ(), "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1")
	out, err := cmd.Output()
	switch {
	case ctx.Err() != nil:
		return 0, nil, errLimit
	case err != nil:
		return 0, nil, errAbsent
	}
	if seconds, err = strconv.ParseFloat(strings.TrimSpace(string(out)), 64); err != nil {
		return 0, nil, fmt.Errorf("%s said %q", peer, out)
	}
	raw, err := os.ReadFile(filepath.Join(p.work, "values.bin"))
	for i := 0; i+8 <= len(raw); i += 8 {
		values = append(values, math.Float64frombits(binary.LittleEndian.Uint64(raw[i:])))
	}
	return seconds, values, err
}

// line is one line of the table.
func (p *peers) line(g named, m measure, o own, peer string) string {
	seconds, values, err := p.run(peer, m.name)
	theirs, ratio := fmt.Sprintf("%.4g", seconds), fmt.Sprintf("%.3g", seconds/o.seconds)
	switch {
	case errors.Is(err, errLimit):
		theirs, ratio = "> "+p.limit.String(), fmt.Sprintf("> %.3g", p.limit.Seconds()/o.seconds)
	case err != nil:
		theirs, ratio = err.Error(), ""
	case seconds == 0:
		ratio = "too short to time"
	default:
		if at := differs(o.values, values); at >= 0 {
			ratio = "void: values differ at " + strconv.Itoa(at)
		}
	}
	return fmt.Sprintf("| %s | %d | %d | %s | %.4g | %s | %s | %s |", g.name, g.n, len(g.arcs), m.name, o.seconds, peer, theirs, ratio)
}

// differs returns the first place where two vectors differ by more than 1e-9
// relative and 1e-11 absolute, or -1.
func differs(a, b []float64) int {
	if len(a) != len(b) {
		return min(len(a), len(b))
	}
	for i, x := range a {
		if !(math.Abs(x-b[i]) <= 1e-11+1e-9*max(math.Abs(x), math.Abs(b[i]))) {
			return i
		}
	}
	return -1
}
