package pipeline

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"
)

func TestInOrderKeepsTheOrder(t *testing.T) {
	for _, workers := range []int{1, 2, 8} {
		var got []int
		err := inOrder(context.Background(), 100, workers, func() int { return 0 },
			func(_, i int) int {
				time.Sleep(time.Duration((i*7)%5) * 100 * time.Microsecond)
				return i * i
			},
			func(i, square int) error {
				if square != i*i {
					t.Errorf("result %d is %d", i, square)
				}
				got = append(got, i)
				return nil
			})
		if err != nil || len(got) != 100 {
			t.Fatalf("%d workers: %d results, %v", workers, len(got), err)
		}
		for i, g := range got {
			if g != i {
				t.Fatalf("%d workers: result %d came at place %d", workers, g, i)
			}
		}
	}
}

func TestInOrderStops(t *testing.T) {
	before := runtime.NumGoroutine()
	broken := errors.New("disk full")
	err := inOrder(context.Background(), 1000, 4, func() int { return 0 },
		func(_, i int) int { return i },
		func(i, _ int) error {
			if i == 10 {
				return broken
			}
			return nil
		})
	if !errors.Is(err, broken) {
		t.Errorf("deliver's error came back as %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	err = inOrder(ctx, 1000, 4, func() int { return 0 },
		func(_, i int) int { return i },
		func(i, _ int) error {
			if i == 10 {
				cancel()
			}
			return nil
		})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled run came back as %v", err)
	}
	goBackTo(t, before)
}

// A worker that takes hours over one network keeps nobody waiting.
func TestInOrderDoesNotWaitForAWorker(t *testing.T) {
	before := runtime.NumGoroutine()
	ctx, cancel := context.WithCancel(context.Background())
	release := make(chan struct{})
	returned := make(chan error)
	go func() {
		returned <- inOrder(ctx, 10, 2, func() int { return 0 },
			func(_, i int) int { cancel(); <-release; return i },
			func(int, int) error { t.Error("a result after the end"); return nil })
	}()
	select {
	case err := <-returned:
		if !errors.Is(err, context.Canceled) {
			t.Errorf("it came back as %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Error("it waits for its workers")
	}
	close(release)
	goBackTo(t, before)
}

// goBackTo waits until no more goroutines are left than there were.
func goBackTo(t *testing.T, before int) {
	t.Helper()
	for range 1000 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines outlive their call", runtime.NumGoroutine()-before)
}
