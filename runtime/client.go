package runtime

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/linewright/linewright/runtime/session"
)

// Generated1 is used by code that was generated for this version of the
// runtime. Where it does not compile because the constant is missing, the
// generated code and the runtime do not fit: if the missing number is higher
// than the ones here, upgrade this module; if it is lower, generate the code
// again with the linewright command of this module's version.
const Generated1 = true

// Client is one connection to a device that is kept up, as a generated package
// wraps it. Its methods may be used from several goroutines at once.
type Client struct {
	plan  *session.Plan
	addr  string // the first address
	cfg   *config
	clock *clock

	used    atomic.Pointer[usage] // nil: nobody has used it yet
	current atomic.Pointer[link]  // written under mu; the timer reads it without
	begun   signal                // READY for the first time, or Closed

	optionsNoted atomic.Bool
	running      bool // Run or Dial was called; under mu

	mu      sync.Mutex // for what follows; never held across I/O or user code
	s       *session.Session
	alarm   alarm
	awaited atomic.Int32 // calls that the session has and a caller waits for; changed under mu
	links   int32        // that are not gone
	newest  *link        // that was dialled last; the next waits for it
}

// New makes a client for the device at addr, "host" or "host:port", where the
// port defaults to the plan's. params are the generated package's parameters.
// It does no I/O; Run does.
func New(plan *session.Plan, addr string, params any, opts ...Option) (*Client, error) {
	cfg := newConfig(opts)
	if err := cfg.check(plan); err != nil {
		return nil, err
	}
	c := cfg.engine.client()
	c.plan, c.cfg = plan, cfg
	if err := c.parseAddresses(addr); err != nil {
		return nil, err
	}
	seed := rand.Uint64()
	if cfg.seed != nil {
		seed = *cfg.seed
	}
	c.s.Init(plan, session.Options{
		Params: params, Addresses: 1 + len(cfg.failover), TLS: cfg.wantTLS,
		Made: c.clock.mono(), Seed: seed, MaxWaiting: cfg.maxWaiting, Trace: cfg.observer.traces(),
	})
	if cfg.logger != nil || cfg.observer != nil {
		c.uses().dispatcher = &dispatcher{handle: c.tell}
	}
	return c, nil
}

// Dial is New, Run in the background, and a wait for READY that ctx bounds
// (and nothing else: the client outlives ctx). Where ctx ends first, or the
// client does, it is closed, and the error has the last attempt's.
func Dial(ctx context.Context, plan *session.Plan, addr string, params any, opts ...Option) (*Client, error) {
	c, err := New(plan, addr, params, opts...)
	if err != nil {
		return nil, err
	}
	if err := c.start(); err != nil {
		return nil, err
	}
	select {
	case <-c.begun.done():
		if c.State() != Closed {
			return c, nil
		}
		if err = c.Err(); err == nil {
			err = ErrClosed // by a callback
		}
	case <-ctx.Done():
		err = ctx.Err()
		if last := c.lastError(); last != nil {
			err = fmt.Errorf("%w; last attempt: %w", err, last)
		} else {
			err = fmt.Errorf("%w in state %v", err, c.State())
		}
	}
	_ = c.Close()
	return nil, fmt.Errorf("dial %s at %s: %w", plan.Vendor, c.where(), err)
}

func (c *Client) lastError() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.s.LastErr()
}

// State is what the client is doing now.
func (c *Client) State() State {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.s.State()
}

// Err is why the client stopped by itself, or with Run's context; nil before,
// and after Close and Shutdown.
func (c *Client) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.s.Err(); err != ErrClosed { //nolint:errorlint // wrapped, it has a reason
		return err
	}
	return nil
}

// Done is closed when the client is Closed.
func (c *Client) Done() <-chan struct{} { return c.uses().over.done() }

// Count gives 1, 2, 3 … : the values of `count()` in the spec.
func (c *Client) Count() uint64 { return c.s.Count() }

// Plan is the vendor's protocol, which must not be changed.
func (c *Client) Plan() *session.Plan { return c.plan }

// String names the client; never its parameters, which may hold secrets.
func (c *Client) String() string {
	return fmt.Sprintf("%s client of %s (%s)", c.plan.Vendor, c.where(), c.State())
}

// GoString is String, so that %#v shows no parameters either.
func (c *Client) GoString() string { return c.String() }

func (c *Client) where() string {
	return strings.Join(append([]string{c.addr}, c.cfg.failover...), ", ")
}

// Stats are the counters of a client, since New.
type Stats struct {
	session.Stats
	EventsUnclaimed  uint64 // that no subscription wanted
	EventsDropped    uint64 // that did not fit a subscription's buffer
	CallbacksDropped uint64 // log lines and observer calls that did not fit their queue
	Waiting          int    // calls that have not ended
}

// Stats are the counters now.
func (c *Client) Stats() Stats {
	var st Stats
	if u := c.used.Load(); u != nil {
		st.EventsUnclaimed, st.EventsDropped, st.CallbacksDropped = u.unclaimed.Load(), u.router.Load().lost(), u.dispatcher.lost()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	st.Stats, st.Waiting = c.s.Stats(), c.s.Outstanding()
	return st
}

// plainEnd reports whether err is no more than an end that the user asked for.
func plainEnd(err error) bool {
	return err == nil || err == ErrClosed || errors.Is(err, errContext) //nolint:errorlint // wrapped, it has a reason
}
