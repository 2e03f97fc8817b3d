package main

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
	"github.com/linewright/linewright/runtime/device"
)

// witness writes into the ledger what one device saw. The device's tap feeds
// it, and its handlers do; it calls no device, because the tap holds its lock.
type witness struct {
	book    *ledger.Book
	members []*member // of the fleet, by their id - 1
	vendor  *vendor

	mu    sync.Mutex
	conns map[int]bool  // the open connections
	links map[int]*link // those of them whose client has named itself
	doubtful
}

// link is a connection whose client has named itself.
type link struct {
	conn    int
	member  *member
	subject string // where events go; "": not yet
	sid     string
	doubles bool // replies come twice, or did
}

func newWitness(book *ledger.Book, members []*member, v *vendor) *witness {
	return &witness{book: book, members: members, vendor: v, conns: map[int]bool{}, links: map[int]*link{}, doubtful: newDoubtful()}
}

// tap follows the device's history.
func (w *witness) tap(r device.Record) {
	w.mu.Lock()
	defer w.mu.Unlock()
	l := w.links[r.Conn]
	switch {
	case r.Kind == device.Connected:
		w.conns[r.Conn] = true
	case r.Kind == device.Ended:
		delete(w.conns, r.Conn)
		delete(w.links, r.Conn)
	case l == nil:
	case r.Kind == device.Replied && r.Command == w.vendor.event && l.doubles:
		l.member.stream.Beside() // the second is an event
	case r.Kind == device.Dropped && r.Command == "":
		if n := w.vendor.number(bytes.TrimRight(r.Frame, "\r\n")); n > 0 {
			l.member.stream.Lost(r.Conn, n)
		}
	}
}

// atRest reports whether each client has one connection, and its subscriptions
// on it.
func (w *witness) atRest(members []*member) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	of := map[*member]bool{}
	for _, l := range w.links {
		of[l.member] = l.subject != "" || !w.vendor.events
	}
	for _, m := range members {
		if !of[m] {
			return false
		}
	}
	return len(w.conns) == len(members)
}

// login notes whose connection it is.
func (w *witness) login(conn int, user string) {
	id, err := strconv.Atoi(user)
	known := err == nil && id >= 1 && id <= len(w.members)
	w.book.Check(ledger.OwnCommand, known, func() string { return fmt.Sprintf("connection %d: login of %q", conn, user) })
	if !known {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	l := &link{conn: conn, member: w.members[id-1]}
	w.links[conn] = l
	w.doubtful.login(l)
}

// subscribed notes where the connection's events go, and that they may begin.
func (w *witness) subscribed(conn int, subject, sid string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if l := w.links[conn]; l != nil {
		l.subject, l.sid = subject, sid
	}
}

// on is the newest connection on which a client has named itself; 0: none.
func (w *witness) on(m *member) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.newest[m]
}

// client is whose connection it is; nil: nobody's any more.
func (w *witness) client(conn int) *member {
	w.mu.Lock()
	defer w.mu.Unlock()
	if l := w.links[conn]; l != nil {
		return l.member
	}
	return nil
}

// executed notes a command that came on a connection, of the client that it
// names, if that is the connection's; a connection may just have ended.
func (w *witness) executed(conn int, owner *member, k ledger.Key, whole bool) (ok bool) {
	on := w.client(conn)
	ok = owner != nil && whole && (on == nil || on == owner)
	w.book.Check(ledger.OwnCommand, ok, func() string {
		return fmt.Sprintf("connection %d of %v: command %v of %v, whole: %t", conn, on, k, owner, whole)
	})
	if ok {
		owner.account.Executed(k, conn)
	}
	return ok
}

// labelled is executed for a command that carries a label; body is what else
// it carries, where that is not nil.
func (w *witness) labelled(conn int, label string, carried []byte) (k ledger.Key, ok bool) {
	owner, k := w.read(label)
	return k, w.executed(conn, owner, k, carried == nil || bytes.Equal(carried, body(k)))
}

// read takes a label apart; a nil member: it is none.
func (w *witness) read(label string) (*member, ledger.Key) {
	parts := strings.Split(label, "/")
	if len(parts) != 3 || len(parts[1]) != 1 {
		return nil, ledger.Key{}
	}
	id, err := strconv.Atoi(parts[0])
	n, err2 := strconv.ParseUint(parts[2], 10, 64)
	if err != nil || err2 != nil || id < 1 || id > len(w.members) {
		return nil, ledger.Key{}
	}
	return w.members[id-1], ledger.Key{Kind: parts[1][0], N: n}
}

// open are the connections, in order; with events only those that get some.
func (w *witness) open(events bool) []link {
	w.mu.Lock()
	defer w.mu.Unlock()
	var list []link
	for _, conn := range slices.Sorted(maps.Keys(w.links)) {
		if l := w.links[conn]; !events || l.subject != "" {
			list = append(list, *l)
		}
	}
	return list
}

// String is what is open.
func (w *witness) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	text := fmt.Sprintf("%d connections", len(w.conns))
	for _, conn := range slices.Sorted(maps.Keys(w.links)) {
		l := w.links[conn]
		text += fmt.Sprintf("; %d of %v, events to %q", conn, l.member, l.subject)
	}
	return text
}
