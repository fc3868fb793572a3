package pipeline

import (
	"context"
	"sync"
)

// inOrder runs work(0), ..., work(n-1) on a number of workers and hands the
// results to deliver one by one in that order, so that what leaves does not
// depend on how many workers there are. At most twice as many results as
// workers wait for their turn. It stops at the first error, or when ctx ends.
//
// newWorker makes the scratch memory of one worker.
func inOrder[W, T any](ctx context.Context, n, workers int, newWorker func() W, work func(W, int) T, deliver func(int, T) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type job struct {
		i    int
		done chan T
	}
	jobs := make(chan job)
	queue := make(chan job, 2*workers)
	var running sync.WaitGroup
	defer running.Wait() // after cancel, so that nothing outlives the call
	defer cancel()

	running.Add(1)
	go func() {
		defer running.Done()
		defer close(queue)
		defer close(jobs)
		for i := range n {
			j := job{i, make(chan T, 1)}
			select {
			case queue <- j:
			case <-ctx.Done():
				return
			}
			select {
			case jobs <- j:
			case <-ctx.Done():
				return
			}
		}
	}()
	for range workers {
		running.Add(1)
		go func() {
			defer running.Done()
			w := newWorker()
			for j := range jobs {
				j.done <- work(w, j.i)
			}
		}()
	}
	for j := range queue {
		select {
		case result := <-j.done:
			if err := deliver(j.i, result); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return ctx.Err()
}
