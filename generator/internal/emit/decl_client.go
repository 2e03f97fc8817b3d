package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"
)

// Client is the type Client with the methods that every vendor's has.
type Client struct {
	Doc    Doc
	Params bool // New and Dial take them, and check them
}

const clientHead = `
type Client struct{ rt *runtime.Client }
`

const newBare = `
// New makes a client for the server at addr, "host" or "host:port"; the port
// is the spec's where there is none. It does no I/O: Run does, or use Dial.
func New(addr string, opts ...Option) (*Client, error) {
	rt, err := runtime.New(&plan, addr, nil, opts...)
	if err != nil {
		return nil, err
	}
	return &Client{rt: rt}, nil
}

// Dial makes a client, runs it in the background, and waits until it is READY.
// ctx bounds that wait and nothing else; end the client with Close or Shutdown.
// The error is the last attempt's.
func Dial(ctx context.Context, addr string, opts ...Option) (*Client, error) {
	rt, err := runtime.Dial(ctx, &plan, addr, nil, opts...)
	if err != nil {
		return nil, err
	}
	return &Client{rt: rt}, nil
}
`

const newParams = `
// New makes a client for the server at addr, "host" or "host:port"; the port
// is the spec's where there is none. It checks params, and does no I/O: Run
// does, or use Dial.
func New(addr string, params Params, opts ...Option) (*Client, error) {
	if err := params.check(); err != nil {
		return nil, err
	}
	rt, err := runtime.New(&plan, addr, &params, opts...)
	if err != nil {
		return nil, err
	}
	return &Client{rt: rt}, nil
}

// Dial makes a client, runs it in the background, and waits until it is READY.
// ctx bounds that wait and nothing else; end the client with Close or Shutdown.
// The error is the last attempt's.
func Dial(ctx context.Context, addr string, params Params, opts ...Option) (*Client, error) {
	if err := params.check(); err != nil {
		return nil, err
	}
	rt, err := runtime.Dial(ctx, &plan, addr, &params, opts...)
	if err != nil {
		return nil, err
	}
	return &Client{rt: rt}, nil
}
`

const clientMethods = `
// Run connects, and keeps the client connected until ctx ends or the client is
// closed; it blocks, for use with an errgroup, and can be called once. It
// returns why it ended: nil after Close and Shutdown, else ctx's error, or why
// the client gave up.
func (c *Client) Run(ctx context.Context) error { return c.rt.Run(ctx) }

// Close ends the client at once, from any goroutine: commands that wait end
// with an [Error] that says what is known of them. It may be called twice.
func (c *Client) Close() error { return c.rt.Close() }

// Shutdown ends the client in good order: it refuses new commands, waits for
// those under way, logs out where the spec says how, and closes. Where ctx ends
// before, it is as Close.
func (c *Client) Shutdown(ctx context.Context) error { return c.rt.Shutdown(ctx) }

// ReconnectNow dials at once where the client waits to dial again.
func (c *Client) ReconnectNow() { c.rt.ReconnectNow() }

// State is what the client is doing now.
func (c *Client) State() State { return c.rt.State() }

// States yields the changes of state in order, beginning with the latest; see
// [StateChange]. It ends with ctx, or after StateClosed.
func (c *Client) States(ctx context.Context) iter.Seq[StateChange] { return c.rt.States(ctx) }

// Stats are the client's counters since New.
func (c *Client) Stats() Stats { return c.rt.Stats() }

// Flush waits until the commands sent so far that have no reply are handed to
// the kernel.
func (c *Client) Flush(ctx context.Context) error { return c.rt.Flush(ctx) }

// Err is why the client is closed; nil before, and after Close and Shutdown.
func (c *Client) Err() error { return c.rt.Err() }

// Done is closed when the client is.
func (c *Client) Done() <-chan struct{} { return c.rt.Done() }

// String names the client, without its parameters.
func (c *Client) String() string { return c.rt.String() }

// GoString is String.
func (c *Client) GoString() string { return c.rt.String() }
`

func (c *Client) code() []jen.Code {
	text := newBare
	if c.Params {
		text = newParams
	}
	head := append([]jen.Code{}, Source(clientHead).code()...)
	list := []jen.Code{c.Doc.code().Add(head...)}
	for _, s := range split(text + clientMethods) {
		list = append(list, s.code()...)
	}
	return list
}

// split cuts source at its blank lines between declarations.
func split(text string) []Source {
	var list []Source
	for part := range strings.SplitSeq(strings.Trim(text, "\n"), "\n\n") {
		if n := len(list); n > 0 && !strings.HasPrefix(part, "//") && !strings.HasPrefix(part, "func") && !strings.HasPrefix(part, "type") {
			list[n-1] += Source("\n\n" + part)
			continue
		}
		list = append(list, Source(part))
	}
	return list
}

// Options are the aliases that let a user do with one import.
type Options struct {
	Events, Modes, Decimal, Optional, Pair bool // are used
}

const optionsText = `
// Option changes one thing of a new [Client].
type Option = runtime.Option

// WithLogger logs changes of state, and what else an operator wants to know;
// values of fields never appear. Default: no log.
func WithLogger(l *slog.Logger) Option { return runtime.WithLogger(l) }

// WithObserver calls o's functions, for metrics and traces. Default: none.
func WithObserver(o Observer) Option { return runtime.WithObserver(o) }

// WithDialer replaces the dialer, for proxies and fakes; see
// [runtime.WithDialer]. Default: a net.Dialer with the spec's settings.
func WithDialer(dial runtime.DialFunc) Option { return runtime.WithDialer(dial) }

// WithTLS turns TLS on where the spec leaves it open, and configures it; nil is
// the system's roots and the server's name verified. Default: as nil where the
// spec demands TLS, else no TLS.
func WithTLS(config *tls.Config) Option { return runtime.WithTLS(config) }

// WithFailover adds addresses that are tried, in this order, after the first.
// Default: none.
func WithFailover(addresses ...string) Option { return runtime.WithFailover(addresses...) }

// WithFailFast makes commands fail at once where the client is not READY.
// Default: they wait, at most for the spec's timeouts.ready.
func WithFailFast() Option { return runtime.WithFailFast() }

// WithMaxWaiting bounds the commands that wait for READY or for their turn; one
// more fails at once. Default (and 0): 16,384.
func WithMaxWaiting(calls int) Option { return runtime.WithMaxWaiting(calls) }

// Observer is told what happens, for metrics and traces; see WithObserver.
type Observer = runtime.Observer

// State is what a client is doing.
type State = runtime.State

// The states of a client.
const (
	StateIdle     = runtime.Idle
	StateDialing  = runtime.Dialing
	StateGreeting = runtime.Greeting
	StateReady    = runtime.Ready
	StateSuspect  = runtime.Suspect
	StateBackoff  = runtime.Backoff
	StateDraining = runtime.Draining
	StateClosed   = runtime.Closed
)

// StateChange is one change of state: from, to, why, and when the next dial is.
type StateChange = runtime.StateChange

// Stats are a client's counters.
type Stats = runtime.Stats

// Error is how a command ends that got no reply of the server: its name, its
// fate, and the cause.
type Error = runtime.Error

// Fate is what is known of such a command.
type Fate = runtime.Fate

// The two fates: it is safe to send a command again that was NotSent; one whose
// fate is Unknown may have been executed, or may yet be.
const (
	NotSent = runtime.NotSent
	Unknown = runtime.Unknown
)

// Causes of an [Error], for errors.Is.
var (
	ErrClosed     = runtime.ErrClosed
	ErrNotReady   = runtime.ErrNotReady
	ErrRefused    = runtime.ErrRefused
	ErrPeerSilent = runtime.ErrPeerSilent
	ErrTimeout    = runtime.ErrTimeout
	ErrProtocol   = runtime.ErrProtocol
	ErrGaveUp     = runtime.ErrGaveUp
	ErrLinkLost   = runtime.ErrLinkLost
)
`

const modesText = `
// ErrMode is the cause of an [Error] of a command that is for another mode of the link
// than the one it is in; it was not sent.
var ErrMode = runtime.ErrMode
`

const eventsText = `
// WithEventBuffer bounds, in bytes, what is held for a consumer of events that
// is behind, and says what happens beyond. Default: 1 MiB, DropOldest.
func WithEventBuffer(bytes int, overflow Overflow) Option {
	return runtime.WithEventBuffer(bytes, overflow)
}

// Overflow is what happens to events that a slow consumer leaves no room for;
// see WithEventBuffer.
type Overflow = runtime.Overflow

// What to do with events that there is no room for.
const (
	DropOldest        = runtime.DropOldest
	DropNewest        = runtime.DropNewest
	CloseSubscription = runtime.CloseSubscription
)

// ErrOverflow ends a subscription that was full, with CloseSubscription.
var ErrOverflow = runtime.ErrOverflow
`

const decimalText = `
// Decimal is an exact decimal number: a coefficient and a scale.
type Decimal = wire.Decimal
`

const pairText = `
// OtherPair is a key that the spec does not name, and its value.
type OtherPair = wire.Pair
`

const optionalText = `
// Optional is a value that may be absent; its zero value is.
type Optional[T any] = wire.Optional[T]

// Some is an [Optional] with a value.
func Some[T any](v T) Optional[T] { return wire.Some(v) }
`

func (o *Options) code() []jen.Code {
	text := optionsText
	if o.Events {
		text += eventsText
	}
	if o.Modes {
		text += modesText
	}
	if o.Decimal {
		text += decimalText
	}
	if o.Pair {
		text += pairText
	}
	if o.Optional {
		text += optionalText
	}
	var list []jen.Code
	for _, s := range split(text) {
		list = append(list, s.code()...)
	}
	return list
}
