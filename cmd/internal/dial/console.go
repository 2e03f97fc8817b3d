package dial

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/linewright/linewright/cmd/internal/entry"
	"github.com/linewright/linewright/cmd/internal/printable"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/model"
)

// Config is whom to talk to, and how.
type Config struct {
	Protocol *dynamic.Protocol
	Addr     string
	Params   dynamic.Map
	Options  []runtime.Option
	Timeout  time.Duration // of a command, and of the first connection; 0: the document's
}

// Watch is told what happens. Its functions may be called at the same time.
type Watch struct {
	Note   func(Note)
	Change func(runtime.StateChange)
	RTT    func(time.Duration) // of heartbeats
}

// Console is a client that obeys what is typed.
type Console struct {
	*dynamic.Client
	cfg    Config
	watch  Watch
	events *dynamic.Subscription

	mu   sync.Mutex
	seen map[string]int // events by name that nobody has waited for
	came chan struct{}  // closed at the next event
}

// errQuit is what Do returns for quit; errTold is of what was told as a Failure.
var (
	errQuit = errors.New("quit")
	errTold = errors.New("failed")
)

// shutdownWithin bounds an orderly end; what takes longer is cut off.
const shutdownWithin = 2 * time.Second

// New makes a console. It does no I/O; Run does.
func New(cfg Config, watch Watch) (*Console, error) {
	options := append(cfg.Options[:len(cfg.Options):len(cfg.Options)], runtime.WithObserver(runtime.Observer{RTT: watch.RTT}))
	client, err := cfg.Protocol.New(cfg.Addr, cfg.Params, options...)
	if err != nil {
		return nil, err
	}
	events, err := client.Subscribe()
	if err != nil {
		return nil, err
	}
	return &Console{Client: client, cfg: cfg, watch: watch, events: events, seen: map[string]int{}, came: make(chan struct{})}, nil
}

// Run connects, and tells what happens until the client is closed. The error is
// why it closed by itself.
func (c *Console) Run() error {
	var telling sync.WaitGroup
	started := make(chan struct{})
	telling.Go(func() {
		begin := sync.OnceFunc(func() { close(started) })
		for change := range c.States(context.Background()) {
			if change.From != change.To { // else it is how the client is before it runs
				c.watch.Change(change)
			}
			begin() // from here on no change is missed
		}
	})
	telling.Go(func() {
		for ev := range c.events.Events(context.Background()) {
			c.event(ev)
		}
	})
	<-started
	err := c.Client.Run(context.Background())
	telling.Wait()
	return err
}

// Lost is how many events came faster than they could be told.
func (c *Console) Lost() uint64 { return c.events.Dropped() }

// End shuts the client down in order, or closes it where that takes too long,
// or ctx ends.
func (c *Console) End(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, shutdownWithin)
	defer cancel()
	_ = c.Shutdown(ctx)
}

// Do does what a line says, and tells how it went.
func (c *Console) Do(ctx context.Context, line string) error {
	words, err := entry.Words(line)
	if err != nil {
		return c.fail(err)
	}
	if len(words) == 0 {
		return nil
	}
	name := words[0].Value
	if cmd := c.cfg.Protocol.Command(name); cmd != nil {
		return c.send(ctx, cmd, words[1:])
	}
	if b := builtinNamed(name); b != nil {
		return b.do(c, ctx, words[1:])
	}
	return c.fail(fmt.Errorf("there is no command %q; help lists them", name))
}

// command is the command that a line would send; nil: none.
func (c *Console) command(line string) *model.Command {
	words, err := entry.Words(line)
	if err != nil || len(words) == 0 {
		return nil
	}
	return c.cfg.Protocol.Command(words[0].Value)
}

// send sends a command and tells its reply.
func (c *Console) send(ctx context.Context, cmd *model.Command, words []entry.Word) error {
	if !entry.Offered(cmd) {
		return c.fail(fmt.Errorf("%s: the client sends it by itself", cmd.Name))
	}
	given, err := entry.Values(c.cfg.Protocol, cmd.Template.Fields, words)
	if err != nil {
		return c.fail(fmt.Errorf("%s: not sent: %w", cmd.Name, err))
	}
	values, err := c.Complete(cmd.Name, given)
	if err != nil {
		return c.fail(err)
	}
	sent := note(Sent, printable.Named(cmd.Name, values))
	sent.Answered = len(cmd.Replies) > 0
	c.watch.Note(sent)
	if c.cfg.Timeout > 0 {
		var cancel func()
		ctx, cancel = context.WithTimeout(ctx, c.cfg.Timeout)
		defer cancel()
	}
	start := time.Now()
	items, message, reply, err := c.Collect(ctx, cmd.Name, values.Map())
	for _, item := range items {
		c.watch.Note(note(Reply, printable.Named(item.Name, item.Values)))
	}
	if err != nil {
		return c.fail(err)
	}
	if message != "" {
		n := note(Reply, printable.Named(message, reply))
		n.Took = n.At.Sub(start)
		c.watch.Note(n)
	}
	return nil
}

// fail tells an error.
func (c *Console) fail(err error) error {
	c.watch.Note(note(Failure, err.Error()))
	return errTold
}

// event tells an event, and lets those go on who wait for it.
func (c *Console) event(ev dynamic.Event) {
	c.watch.Note(note(Event, eventText(ev)))
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seen[ev.Name]++
	close(c.came)
	c.came = make(chan struct{})
}

// await returns once an event of that name has come since the last await.
func (c *Console) await(ctx context.Context, name string) error {
	for {
		c.mu.Lock()
		seen, came := c.seen[name], c.came
		if seen > 0 {
			c.seen[name] = 0
		}
		c.mu.Unlock()
		if seen > 0 {
			return nil
		}
		select {
		case <-came:
		case <-ctx.Done():
			return ctx.Err()
		case <-c.Done():
			return runtime.ErrClosed
		}
	}
}
