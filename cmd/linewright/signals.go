package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// interruptible is a context that ends with the first signal that asks for the
// end: an interrupt, or a terminal that is closed, if the process was not told
// to outlive it. The second signal ends the process, whatever it hangs on. Once
// the returned function has returned, interrupted knows of all signals before.
func interruptible() (context.Context, context.CancelFunc) {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		signals = append(signals, syscall.SIGHUP)
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	came, over, ended := make(chan os.Signal, 1), make(chan struct{}), make(chan struct{})
	signal.Notify(came, signals...)
	go func() {
		defer close(ended)
		select {
		case s := <-came:
			cancel(interruption{s})
			signal.Stop(came)
		case <-over:
			signal.Stop(came) // what is under way comes before it returns
			select {
			case s := <-came:
				cancel(interruption{s})
			default:
				cancel(nil)
			}
		}
	}()
	return ctx, sync.OnceFunc(func() {
		close(over)
		<-ended
	})
}

// interruption is the signal that ended what was being done.
type interruption struct{ signal os.Signal }

func (interruption) Error() string { return "interrupted" }

// Is makes it one of the ends that a context may have.
func (interruption) Is(target error) bool { return target == context.Canceled }

// interrupted is the error of a context of interruptible that a signal has ended; nil
// of one that goes on.
func interrupted(ctx context.Context) error {
	if by := (interruption{}); errors.As(context.Cause(ctx), &by) {
		return by
	}
	return nil
}

// raise ends the process by a signal that it had caught, as if it had not: shells and
// make look at that, and end, too. It returns where that cannot be.
func raise(s syscall.Signal) {
	signal.Reset(s)
	if self, err := os.FindProcess(os.Getpid()); err == nil && self.Signal(s) == nil {
		<-time.After(time.Second)
	}
}
