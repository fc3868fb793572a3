package pipeline

import (
	"context"
	"errors"
	"runtime"
	"time"

	"firmties/pipeline/diag"
	"firmties/pipeline/intake"
	"firmties/pipeline/resolve"
	"firmties/pipeline/study"
	"firmties/pipeline/table"
)

// ErrFindings is the error of a run that stopped at errors in the study. They
// are in the result's findings.
var ErrFindings = errors.New("the study has errors")

// Config is one run.
type Config struct {
	Source  intake.Source
	Seed    *uint64 // nil: the study's own
	Workers int     // clusters worked on at once; 0: one per core
	Version string  // of the program
	// Progress, where set, is told how far a stage is; it may be called often.
	Progress func(stage string, done, total int)
}

// Result is what a run leaves besides its tables.
type Result struct {
	Study    *study.Study // nil where the study has errors
	Findings diag.List
	Summary  string
	Manifest Manifest
}

// run is the state of one run, from stage to stage.
type run struct {
	cfg      Config
	study    *study.Study
	inputs   []intake.Input
	findings diag.List
	resolved resolve.Result
	levels   table.Levels
	clock    clock

	sink    Sink
	schemas []*table.Schema
	streams []*stream
	ties    []int64 // by relation
}

// Run takes a study through all stages. The tables go to the sink that open
// makes, which is asked for once the study has been read without errors. The
// error is ErrFindings where the study has errors; the result then holds the
// findings alone.
func Run(ctx context.Context, cfg Config, open Open) (*Result, error) {
	r, err := begin(ctx, cfg)
	if err != nil {
		return r.found(err), err
	}
	if r.sink, err = open(r.study); err != nil {
		return nil, err
	}
	writing, cancel := context.WithCancel(ctx)
	defer cancel()
	summary, accounts, err := r.tables(writing)
	if err != nil {
		cancel()
		r.abandoned(ctx)
		return nil, err
	}
	result := r.result()
	result.Summary, result.Manifest = summary, r.manifest(accounts)
	return result, nil
}

// Check takes a study from intake to reconcile. The result's summary says in a
// line what was read.
func Check(ctx context.Context, cfg Config) (*Result, error) {
	r, err := begin(ctx, cfg)
	if err != nil {
		return r.found(err), err
	}
	if err := r.reconcileAll(ctx); err != nil {
		return nil, err
	}
	if _, err := accounts(r.study, r.ties); err != nil {
		return nil, err
	}
	result := r.result()
	result.Summary = r.checked()
	return result, nil
}

// begin reads the study and resolves its names.
func begin(ctx context.Context, cfg Config) (*run, error) {
	if cfg.Workers <= 0 {
		cfg.Workers = runtime.GOMAXPROCS(0)
	}
	r := &run{cfg: cfg, clock: clock{last: time.Now()}}
	r.progress("reading the study", 0, 1)
	if err := r.read(ctx); err != nil {
		return r, err
	}
	if r.study == nil {
		return r, ErrFindings
	}
	if cfg.Seed != nil {
		r.study.Seed = *cfg.Seed
	}
	r.clock.stage("intake")
	r.progress("resolving names", 0, 1)

	if err := r.resolve(ctx); err != nil {
		return r, err
	}
	if r.findings.HasErrors() {
		return r, ErrFindings
	}
	r.ties = make([]int64, len(r.study.Relations))
	r.levels = table.Levels{
		"cluster":  r.study.ClusterIDs(),
		"layer":    r.study.LayerNames(),
		"relation": r.study.RelationNames(),
	}
	return r, ctx.Err()
}

// read takes the study from its folder. Its parts look at ctx, but a large one
// can be between two looks for a second.
func (r *run) read(ctx context.Context) error {
	type read struct {
		study    *study.Study
		inputs   []intake.Input
		findings diag.List
		err      error
	}
	done, err := atOnce(ctx, func() read {
		s, inputs, found, err := intake.Read(ctx, r.cfg.Source, Vocabulary())
		return read{s, inputs, found, err}
	})
	if err != nil {
		return err
	}
	r.study, r.inputs, r.findings = done.study, done.inputs, done.findings
	return done.err
}

// resolve finds the firm of every reported name.
func (r *run) resolve(ctx context.Context) error {
	type resolved struct {
		result resolve.Result
		found  diag.List
	}
	s := r.study
	done, err := atOnce(ctx, func() resolved {
		result, found := resolve.Run(s)
		return resolved{result, found}
	})
	if err != nil {
		return err
	}
	r.resolved = done.result
	r.findings.Merge(done.found)
	r.clock.stage("resolve")
	return nil
}

// atOnce returns what f gives, or the error of ctx as soon as that ends: an
// interrupt is not kept waiting, and what f goes on doing is thrown away.
func atOnce[T any](ctx context.Context, f func() T) (T, error) {
	done := make(chan T, 1)
	go func() { done <- f() }()
	select {
	case result := <-done:
		return result, nil
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

func (r *run) result() *Result { return &Result{Study: r.study, Findings: r.findings} }

// found is the result of a run that stopped at errors in the study, and nil
// where something else stopped it.
func (r *run) found(err error) *Result {
	if !errors.Is(err, ErrFindings) {
		return nil
	}
	return r.result()
}

func (r *run) progress(stage string, done, total int) {
	if r.cfg.Progress != nil {
		r.cfg.Progress(stage, done, total)
	}
}
