package pipeline

import "context"

// inOrder runs work(0), ..., work(n-1) on a number of workers and hands the
// results to deliver one by one in that order, so that what leaves does not
// depend on how many workers there are. At most twice as many results as
// workers wait for their turn.
//
// It returns at the first error, or when ctx ends, and waits for no worker: one
// that is in the middle of a large network finishes it, its result is thrown
// away, and it stops. So an interrupt is obeyed at once, and work must touch
// nothing that its caller goes on using after an error.
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

	go func() {
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
		go func() {
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
