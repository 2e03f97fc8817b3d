package runtime

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// Engine drives many clients together, for programs that hold thousands of them;
// see [WithEngine]. It is a value of the program's: there may be several, and
// nothing of one is left once its clients are closed.
//
// Of an idle client there is then no goroutine, no timer, and nothing of package
// net: its deadline stands in the engine's queue, and its connection is parked, which
// means that a poller waits for all parked ones. A link that becomes busy gets a
// goroutine, as without an engine, until it is idle again.
//
// What a client promises is the same. Wake-ups are coalesced where many clients
// share an engine: each is up to half a millisecond later.
//
// Only plain TCP connections of Linux are parked: those of the default dialer,
// and of a [DialFunc] that returns a *[net.TCPConn], which is closed then. Other
// links keep their goroutine, as all do until they are READY.
//
// Under testing/synctest, make an engine in the bubble of its clients.
type Engine struct {
	clock   clock // of all its clients
	config  atomic.Pointer[config]
	pollers pollers
	idle    time.Duration // after which a link is parked
	busy    uint8         // quick reads in a row that make it busy

	mu      sync.Mutex // for what follows
	queue   queue
	timer   *time.Timer // made at the first use, so that it belongs to the bubble of that use
	chime   *chime      // in its place, once there is one
	wake    time.Duration
	waits   bool // the timer is set, for wake
	ticking bool
	ticked  time.Duration // when it woke up last
	closed  bool
}

var errEngineClosed = fmt.Errorf("%w: its engine is", ErrClosed)

// What the reader knows of its link, where it may be parked.
const (
	limited uint8 = 1 << iota // reads end by a deadline, when the link may be idle
	idled                     // it was parked before
)

// busyAfter is how many quick reads in a row make a link busy.
const busyAfter = 8

// procsPerPoller: a poller does little more than read; what becomes of that is for others.
const procsPerPoller = 4

// NewEngine makes an engine without clients. It holds nothing that must be
// closed.
func NewEngine() *Engine {
	e := &Engine{clock: newClock(), idle: idleGap, busy: busyAfter}
	e.pollers.all = make([]*poller, min((runtime.GOMAXPROCS(0)+procsPerPoller-1)/procsPerPoller, 256))
	return e
}

// WithEngine lets e drive the client. Under testing/synctest, make e in the
// bubble of its clients. Default: each client drives itself.
func WithEngine(e *Engine) Option { return func(c *config) { c.engine = e } }

// client is a new one, with its session in one piece; that of no engine has a clock of its
// own, too.
func (e *Engine) client() *Client {
	if e != nil {
		own := new(struct {
			client  Client
			session session.Session
		})
		own.client.clock, own.client.s = &e.clock, &own.session
		return &own.client
	}
	own := &struct {
		client  Client
		session session.Session
		clock   clock
	}{clock: newClock()}
	own.client.clock, own.client.s = &own.clock, &own.session
	return &own.client
}

// shared gives one config to all clients that have the same options, where these
// can be compared. The engine may be nil.
func (e *Engine) shared(cfg *config) *config {
	if e == nil {
		return cfg
	}
	if last := e.config.Load(); last != nil && last.same(cfg) {
		return last
	}
	e.config.Store(cfg)
	return cfg
}

// Parked is how many clients need no goroutine now.
func (e *Engine) Parked() int { return e.pollers.parked() }

// Close closes all clients of the engine, as [Client.Close] does. No others can
// be run with it.
func (e *Engine) Close() error {
	clients := e.close()
	for _, c := range clients {
		c.close(nil)
	}
	timer := time.NewTimer(lingering)
	defer timer.Stop()
	for _, c := range clients {
		if !c.lingerUntil(timer.C) {
			break
		}
	}
	return nil
}

func (e *Engine) close() (clients []*Client) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed = true
	for i := range e.queue {
		clients = append(clients, e.queue[i].client)
	}
	return clients
}

// join is called before the client's first step.
func (e *Engine) join(c *Client) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return errEngineClosed
	}
	e.queue.add(c)
	return nil
}

// leave is called once the client is Closed.
func (e *Engine) leave(c *Client) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.queue.remove(c)
	if len(e.queue) == 0 {
		e.silence()
	}
}
