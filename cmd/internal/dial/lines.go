package dial

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/linewright/linewright/cmd/internal/lines"
	"github.com/linewright/linewright/cmd/internal/printable"
	"github.com/linewright/linewright/runtime"
)

// ErrFailed is what Lines returns where a command failed.
var ErrFailed = errors.New("a command failed")

// Lines obeys lines one after the other, each to its end, and logs out after
// the last, or when ctx ends. Replies ("reply NAME {…}", "sent NAME {…}" where
// there is none), events ("event NAME {…}") and help go to out, all else to
// errs. The error is ErrFailed, or why there was no connection any more.
func Lines(ctx context.Context, cfg Config, in io.Reader, out, errs io.Writer) error {
	p := &printer{out: out, errs: errs}
	ready := make(chan struct{})
	p.ready = sync.OnceFunc(func() { close(ready) })
	c, err := New(cfg, Watch{Note: p.note, Change: p.change})
	if err != nil {
		return err
	}
	over := make(chan error, 1)
	go func() { over <- c.Run() }()
	if err := connected(ctx, c, cfg, ready); err != nil {
		_ = c.Close()
		<-over
		return err
	}
	failed := c.obey(ctx, in, p)
	byItself := c.State() == runtime.Closed
	c.End(context.WithoutCancel(ctx))
	if lost := c.Lost(); lost > 0 {
		fmt.Fprintf(errs, "%d events were lost: they came faster than they were printed\n", lost)
	}
	switch err := <-over; {
	case byItself:
		return err
	case failed:
		return ErrFailed
	}
	return nil
}

// connected waits for the first READY.
func connected(ctx context.Context, c *Console, cfg Config, ready <-chan struct{}) error {
	within := cfg.Timeout
	if within == 0 {
		t := cfg.Protocol.Model().Timeouts
		within = t.Connect + t.Greeting + t.Login
	}
	timer := time.NewTimer(within)
	defer timer.Stop()
	select {
	case <-ready:
		return nil
	case <-c.Done():
		return fmt.Errorf("dial %s: %w", cfg.Addr, c.Err())
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return fmt.Errorf("dial %s: not ready within %v", cfg.Addr, within)
	}
}

// obey does what the lines say, until they end, one says quit, ctx ends, or
// the client is closed.
func (c *Console) obey(ctx context.Context, in io.Reader, p *printer) (failed bool) {
	input := lines.Read(ctx, in)
	for {
		select {
		case line, more := <-input.C:
			if !more && input.Err != nil {
				return c.fail(fmt.Errorf("the lines end here: %w", input.Err)) != nil
			}
			if !more {
				return failed
			}
			p.next()
			err := c.Do(ctx, line)
			if errors.Is(err, errQuit) {
				return failed
			}
			failed = failed || err != nil
		case <-ctx.Done():
			return failed
		case <-c.Done():
			return failed
		}
	}
}

// printer prints notes as lines.
type printer struct {
	out, errs io.Writer
	ready     func()

	mu   sync.Mutex
	line int // of the input
}

// next counts a line of input.
func (p *printer) next() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.line++
}

func (p *printer) note(n Note) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch n.Kind {
	case Reply:
		fmt.Fprintln(p.out, "reply", n.Text)
	case Event:
		fmt.Fprintln(p.out, "event", n.Text)
	case Sent:
		if n.Answered {
			return
		}
		fmt.Fprintln(p.out, "sent", n.Text)
	case Failure:
		fmt.Fprintf(p.errs, "line %d: %s\n", p.line, n.Text)
	default:
		fmt.Fprintln(p.out, n.Text)
	}
}

func (p *printer) change(ch runtime.StateChange) {
	if ch.To == runtime.Ready {
		p.ready()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	fmt.Fprintln(p.errs, printable.Line(changeText(ch)))
}
