package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// interruptible is a context that ends with the first signal that asks for the
// end: an interrupt, or a terminal that is closed, if the process was not told
// to outlive it. The second signal ends the process, whatever it hangs on.
func interruptible() (context.Context, context.CancelFunc) {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		signals = append(signals, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), signals...)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}
