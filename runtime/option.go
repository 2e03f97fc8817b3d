package runtime

import (
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"sync"

	"github.com/linewright/linewright/runtime/session"
)

// Option changes one thing of a new client.
type Option func(*config)

// config is what the options set.
type config struct {
	logger      *slog.Logger
	observer    *Observer
	dial        DialFunc
	tls         *tls.Config
	wantTLS     bool
	failover    []string
	failFast    bool
	eventBuffer int
	overflow    Overflow
	maxWaiting  int
	seed        *uint64 // nil: at random
	host        Host
	engine      *Engine // nil: the client drives itself
}

// DialFunc opens a connection, in the way of [net.Dialer.DialContext]. network
// is always "tcp".
type DialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// defaults are shared by all clients that have no options.
var defaults = config{eventBuffer: DefaultEventBuffer}

// everyone are options of every client, before its own: tests run with another
// driver by them.
var everyone []Option

func newConfig(opts []Option) *config {
	if len(opts) == 0 && len(everyone) == 0 {
		return &defaults
	}
	cfg := configs.Get().(*config)
	*cfg = defaults
	cfg.apply(everyone)
	cfg.apply(opts)
	shared := cfg.engine.shared(cfg)
	if shared != cfg {
		*cfg = config{}
		configs.Put(cfg)
	}
	return shared
}

// configs are those that were given up for another that says the same.
var configs = sync.Pool{New: func() any { return new(config) }}

func (c *config) apply(opts []Option) {
	for _, o := range opts {
		if o != nil { // an option that a condition left out
			o(c)
		}
	}
}

// same reports whether other says the same, as far as one can tell.
func (c *config) same(other *config) bool {
	return c.logger == other.logger && c.observer == other.observer && c.dial == nil && other.dial == nil &&
		c.tls == other.tls && c.wantTLS == other.wantTLS && c.failover == nil && other.failover == nil &&
		c.failFast == other.failFast && c.eventBuffer == other.eventBuffer && c.overflow == other.overflow &&
		c.maxWaiting == other.maxWaiting && c.seed == other.seed && c.host == nil && other.host == nil && c.engine == other.engine
}

// check compares the options with each other and with the plan.
func (c *config) check(plan *session.Plan) error {
	switch {
	case c.wantTLS && plan.TLS == session.TLSNever:
		return fmt.Errorf("%s does not speak TLS", plan.Vendor)
	case c.eventBuffer <= 0:
		return fmt.Errorf("event buffer of %d bytes: want at least 1", c.eventBuffer)
	case c.overflow > CloseSubscription:
		return fmt.Errorf("overflow policy %d is unknown", c.overflow)
	case c.maxWaiting < 0:
		return fmt.Errorf("at most %d waiting calls: want at least 1, or 0 for the default", c.maxWaiting)
	}
	return nil
}

// WithLogger logs state changes, and whatever else an operator wants to know.
// Field values never appear. Default: no logging.
func WithLogger(l *slog.Logger) Option { return func(c *config) { c.logger = l } }

// WithObserver calls the observer's functions, for metrics and traces.
// Default: none.
func WithObserver(o Observer) Option { return func(c *config) { c.observer = &o } }

// WithDialer replaces the dialer, for proxies and fakes. The link's keepalive
// and user timeout are set where the connection is a *net.TCPConn, or has a
// method NetConn() net.Conn that leads to one. TLS is laid over what dial
// returns, unless that is a *tls.Conn already.
//
// A dial that ignores its context is abandoned at the connect timeout, and its
// connection closed when it returns. Default: [net.Dialer] with the spec's
// settings; names are resolved at each dial.
func WithDialer(dial DialFunc) Option { return func(c *config) { c.dial = dial } }

// WithTLS encrypts the link where the spec leaves it open, and sets the
// configuration where the spec demands TLS. The configuration is cloned; an
// empty ServerName becomes the address's host, for each address its own. Nil
// means the defaults: the system's roots, the server's name verified.
// Default: as nil where the spec says always; else no TLS.
func WithTLS(cfg *tls.Config) Option {
	return func(c *config) {
		c.wantTLS = true
		c.tls = cfg.Clone()
	}
}

// WithFailover adds addresses to try, in this order, after the first. Within a
// pass the next is tried at once; the client backs off after each full pass.
// Default: none.
func WithFailover(addresses ...string) Option {
	return func(c *config) { c.failover = append(c.failover, addresses...) }
}

// WithFailFast ends a call at once with [ErrNotReady] where the client is not
// READY. Default: a call waits for READY, at most for the spec's timeouts.ready.
func WithFailFast() Option { return func(c *config) { c.failFast = true } }

// WithEventBuffer bounds, in bytes, the frames that each subscription holds for
// a consumer that is behind, and says what happens then. One frame is always
// held, however large. Default: [DefaultEventBuffer], [DropOldest].
func WithEventBuffer(bytes int, overflow Overflow) Option {
	return func(c *config) { c.eventBuffer, c.overflow = bytes, overflow }
}

// WithMaxWaiting bounds the calls that wait for READY or for a free slot; one
// more fails at once with [ErrNotReady]. Default (and 0): 16,384.
func WithMaxWaiting(calls int) Option { return func(c *config) { c.maxWaiting = calls } }

// WithSeed makes the jitter of the reconnect delays repeatable, for tests.
// Default: random.
func WithSeed(seed uint64) Option { return func(c *config) { c.seed = &seed } }
