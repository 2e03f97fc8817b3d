package runtime

import (
	"slices"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/linewright/linewright/runtime/session"
)

// router takes events to the subscriptions that want them. Those with a key
// are found by it, so that a frame costs the same with one subscription and
// with thousands.
type router struct {
	client  *Client       // that answers what was handled
	answers bool          // the spec has such answers
	dropped atomic.Uint64 // by subscriptions that are gone

	mu     sync.Mutex
	all    map[*Subscription]struct{}
	routes []route         // by message, unknown ones first
	rest   []*Subscription // want every known message
	closed error           // the client is
	key    []byte          // scratch
	held   *Subscription   // whose lock deliverAll holds
}

// route is where the frames of one message go.
type route struct {
	plain []*Subscription
	keyed []*keyed
}

// keyed are the subscriptions whose keys one function finds.
type keyed struct {
	find  func(dst, frame []byte) ([]byte, error)
	by    map[string]*target
	found *target // the last one: frames of one key often follow each other
}

// target is where the frames of one key go.
type target struct {
	key  string
	subs []*Subscription
}

// Subscribe starts to collect the events that filter wants; see [Filter] and
// [WithEventBuffer]. Events that no subscription wants are dropped and counted.
// What came before a reply, or is one, is held by the time the call returns.
// It panics where a filter has a Key, but not a function in Keys for each of
// Messages.
func (c *Client) Subscribe(filter Filter) *Subscription {
	if filter.Key != nil && (len(filter.Messages) == 0 || len(filter.Keys) != len(filter.Messages)) {
		panic("runtime: a filter with a key needs messages, and a function in Keys for each")
	}
	to := c.routes()
	s := &Subscription{
		router:   to,
		filter:   filter,
		overflow: c.cfg.overflow,
		news:     make(chan struct{}, 1),
		ring:     ring{limit: c.cfg.eventBuffer},
		tracks:   to.answers,
	}
	s.filter.Messages = slices.Clone(filter.Messages)
	s.filter.Keys = slices.Clone(filter.Keys)
	s.filter.Key = slices.Clone(filter.Key)
	to.add(s)
	return s
}

func (r *router) add(s *Subscription) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed != nil {
		s.end(r.closed, true) // nobody else knows it yet
		return
	}
	if r.all == nil {
		r.all = make(map[*Subscription]struct{})
	}
	r.all[s] = struct{}{}
	for i, message := range s.filter.Messages {
		to := r.route(message)
		if s.filter.Key == nil {
			to.plain = append(to.plain, s)
			continue
		}
		to.by(s.filter.Keys[i]).add(s)
	}
	if s.filter.Messages == nil {
		r.rest = append(r.rest, s)
	}
	if s.filter.Unknown && !slices.Contains(s.filter.Messages, session.None) {
		to := r.route(session.None)
		to.plain = append(to.plain, s)
	}
}

func (r *router) remove(s *Subscription) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.all[s]; !ok {
		return
	}
	delete(r.all, s)
	r.dropped.Add(s.Dropped())
	r.rest = without(r.rest, s)
	r.route(session.None).remove(s, nil)
	for i, message := range s.filter.Messages {
		var find func(dst, frame []byte) ([]byte, error)
		if s.filter.Key != nil {
			find = s.filter.Keys[i]
		}
		r.route(message).remove(s, find)
	}
}

// routes are made for the first who subscribes.
func (c *Client) routes() *router {
	at := &c.uses().router
	if r := at.Load(); r != nil {
		return r
	}
	handled := func(a session.Answer) bool { return a.Handled }
	r := &router{client: c, answers: slices.ContainsFunc(c.plan.Answers, handled)}
	if at.CompareAndSwap(nil, r) {
		return r
	}
	return at.Load()
}

// deliver tells the events of a step.
func (c *Client) deliver(events []session.Arrival) {
	u := c.uses()
	if r := u.router.Load(); r != nil {
		r.deliver(events)
		return
	}
	u.unclaimed.Add(uint64(len(events)))
}

// deliver is called by the reader, with the events of one input.
func (r *router) deliver(events []session.Arrival) {
	for _, d := range r.deliverAll(events) {
		d.receipt.handled(d.frame)
	}
}

// deliverAll gives the events that are answered when they are handled.
func (r *router) deliverAll(events []session.Arrival) (due []told) {
	r.mu.Lock()
	defer r.mu.Unlock()
	defer r.letGo()
	for i := range events {
		e := &events[i]
		var d told
		if e.Link != 0 {
			d = told{newReceipt(r.client, e), e.Frame}
		}
		switch n := r.deliverOne(e.Message, e.Frame, d.receipt); {
		case n == 0:
			r.client.uses().unclaimed.Add(1) // nobody will handle it
		case d.receipt != nil:
			due = append(due, d)
		}
	}
	return due
}

func (r *router) deliverOne(message int, frame []byte, due *receipt) (n int) {
	if message != session.None {
		n += r.offer(r.rest, message, frame, due)
	}
	if message-session.None >= len(r.routes) {
		return n
	}
	to := &r.routes[message-session.None]
	n += r.offer(to.plain, message, frame, due)
	for _, k := range to.keyed {
		n += r.offer(r.wanting(k, frame), message, frame, due)
	}
	return n
}

// wanting are the subscriptions that want a frame with its key.
func (r *router) wanting(k *keyed, frame []byte) []*Subscription {
	key, err := k.find(r.key[:0], frame)
	if err != nil {
		return nil
	}
	r.key = key
	if k.found == nil || k.found.key != string(key) {
		if k.found = k.by[string(key)]; k.found == nil {
			return nil
		}
	}
	return k.found.subs
}

func (r *router) offer(subs []*Subscription, message int, frame []byte, due *receipt) int {
	if due != nil {
		due.left.Add(int32(len(subs)))
	}
	for _, s := range subs {
		r.hold(s)
		s.offer(message, frame, due)
	}
	return len(subs)
}

// hold locks a subscription. It stays locked until an event goes to another one, or
// all are delivered: mostly many go to one.
func (r *router) hold(s *Subscription) {
	if s != r.held {
		r.letGo()
		s.mu.Lock()
		r.held = s
	}
}

func (r *router) letGo() {
	s := r.held
	if s == nil {
		return
	}
	r.held = nil
	news := s.waiting > 0 && !s.empty()
	s.mu.Unlock()
	if news {
		s.wake()
	}
}

// close ends all subscriptions; what they hold may still be read.
func (r *router) close(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = err
	for s := range r.all {
		s.mu.Lock()
		s.end(err, true)
		r.dropped.Add(s.dropped)
		s.mu.Unlock()
	}
	r.all, r.routes, r.rest = nil, nil, nil
}

// lost counts the frames that subscriptions dropped.
func (r *router) lost() uint64 {
	if r == nil {
		return 0
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	n := r.dropped.Load()
	for s := range r.all {
		n += s.Dropped()
	}
	return n
}

func (r *router) route(message int) *route {
	i := message - session.None
	for i >= len(r.routes) {
		r.routes = append(r.routes, route{})
	}
	return &r.routes[i]
}

func (to *route) by(find func(dst, frame []byte) ([]byte, error)) *keyed {
	for _, k := range to.keyed {
		if sameFunc(k.find, find) {
			return k
		}
	}
	k := &keyed{find: find, by: make(map[string]*target)}
	to.keyed = append(to.keyed, k)
	return k
}

func (k *keyed) add(s *Subscription) {
	key := string(s.filter.Key)
	if k.by[key] == nil {
		k.by[key] = &target{key: key}
	}
	k.by[key].subs = append(k.by[key].subs, s)
}

func (to *route) remove(s *Subscription, find func(dst, frame []byte) ([]byte, error)) {
	to.plain = without(to.plain, s)
	if find == nil {
		return
	}
	k := to.by(find)
	if at := k.by[string(s.filter.Key)]; at != nil {
		if at.subs = without(at.subs, s); len(at.subs) == 0 {
			delete(k.by, at.key)
			k.found = nil
		}
	}
	if len(k.by) == 0 {
		to.keyed = slices.DeleteFunc(to.keyed, func(other *keyed) bool { return other == k })
	}
}

func without(subs []*Subscription, s *Subscription) []*Subscription {
	return slices.DeleteFunc(subs, func(other *Subscription) bool { return other == s })
}

// sameFunc reports whether two functions are one: the same code with the same
// captured variables. Go does not compare functions; a func value is a pointer
// to such a pair, and equal pointers are enough here (unequal ones only cost
// a second look-up).
func sameFunc(a, b func(dst, frame []byte) ([]byte, error)) bool {
	return *(*unsafe.Pointer)(unsafe.Pointer(&a)) == *(*unsafe.Pointer)(unsafe.Pointer(&b))
}
