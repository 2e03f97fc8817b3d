package serve

import (
	"slices"
	"sync"
	"time"

	"github.com/linewright/linewright/runtime/device"
)

// conns are the open connections, and the faults that single ones have.
type conns struct {
	mu   sync.Mutex
	open map[int]*conn
	next []string // faults that wait for the next one
}

// conn is what is known of an open connection.
type conn struct {
	number   int
	since    time.Duration
	commands int
	faults   []string
}

// record takes a record of the device.
func (c *conns) record(r device.Record) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch open := c.open[r.Conn]; {
	case r.Kind == device.Connected:
		c.open[r.Conn] = &conn{number: r.Conn, since: r.At, faults: c.next}
		c.next = nil
	case r.Kind == device.Refused && r.Err == nil:
		c.next = nil
	case r.Kind == device.Received && open != nil:
		open.commands++
	case r.Kind == device.Ended:
		delete(c.open, r.Conn)
	}
}

// fault notes a fault that a connection has until it is healed; 0: the next one.
func (c *conns) fault(number int, text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if number == 0 {
		c.next = append(c.next, text)
	} else if open := c.open[number]; open != nil {
		open.faults = append(open.faults, text)
	}
}

// healed forgets the faults of a connection; 0: of the next one.
func (c *conns) healed(number int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if number == 0 {
		c.next = nil
	} else if open := c.open[number]; open != nil {
		open.faults = nil
	}
}

// allHealed forgets the faults of all.
func (c *conns) allHealed() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.next = nil
	for _, open := range c.open {
		open.faults = nil
	}
}

// list are the open connections, in order, and what waits for the next one.
func (c *conns) list() (open []conn, next []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, o := range c.open {
		open = append(open, conn{o.number, o.since, o.commands, slices.Clone(o.faults)})
	}
	slices.SortFunc(open, func(a, b conn) int { return a.number - b.number })
	return open, slices.Clone(c.next)
}

// has reports whether a connection is open.
func (c *conns) has(number int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.open[number] != nil
}
