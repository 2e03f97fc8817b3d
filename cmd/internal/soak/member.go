package main

import (
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
	"github.com/linewright/linewright/runtime"
)

// member is one client of the fleet, and its accounts. Now and then the client
// is closed, and a new one takes its place and goes on with the accounts.
type member struct {
	id      int // from 1
	vendor  *vendor
	open    func() (generated, error) // makes a client
	account *ledger.Account
	stream  *ledger.Stream
	last    atomic.Uint64 // the newest number of a command
	conn    int           // the connection that was open when somebody last looked; 0: none

	mu      sync.Mutex
	client  *client
	past    runtime.Stats // of those before it
	dropped uint64        // by them
}

// client is one of a member's clients, one after the other.
type client struct {
	generated
	consumed chan struct{} // closed once its consumer has all that it held
}

// now is the client that the member has now.
func (m *member) now() *client {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.client
}

// renew replaces the client, which has ended, by a new one.
func (m *member) renew() error {
	next, err := m.open()
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if old := m.client; old != nil {
		m.past = sums(m.past, old.Stats())
		m.dropped += old.dropped()
	}
	m.client = &client{next, make(chan struct{})}
	return nil
}

// stats are the sums of all its clients.
func (m *member) stats() runtime.Stats {
	m.mu.Lock()
	defer m.mu.Unlock()
	return sums(m.past, m.client.Stats())
}

// lost is how many events its clients had no room for.
func (m *member) lost() uint64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.dropped + m.client.dropped()
}

// sums adds up what the summary shows.
func sums(a, b runtime.Stats) runtime.Stats {
	a.Dials += b.Dials
	a.Links += b.Links
	a.Readies += b.Readies
	a.Probes += b.Probes
	a.ProbesMissed += b.ProbesMissed
	a.Repeated += b.Repeated
	return a
}

// String names the member in the report.
func (m *member) String() string { return fmt.Sprintf("%s client %d", m.vendor.name, m.id) }

// user is how the client names itself to its device.
func (m *member) user() string { return strconv.Itoa(m.id) }

// next is a key that was never used.
func (m *member) next(kind byte) ledger.Key { return ledger.Key{Kind: kind, N: m.last.Add(1)} }

// label is a key as text: unique in the whole fleet.
func (m *member) label(k ledger.Key) string { return fmt.Sprintf("%d/%c/%d", m.id, k.Kind, k.N) }

// body is what a command carries besides its value: mostly a few bytes, one of
// fifty more than a connection in memory holds. Both sides know it from the
// key.
func body(k ledger.Key) []byte {
	size := k.N % 60
	if k.N%50 == 7 {
		size = 70_000
	}
	from := k.N % 97
	return pattern[from : from+size]
}

// pattern has a period that no buffer has, and line ends.
var pattern = func() []byte {
	b := make([]byte, 1<<17)
	for i := range b {
		b[i] = byte(i % 251)
	}
	return b
}()
