package main

import (
	"fmt"
	"strconv"
	"sync/atomic"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
)

// member is one client of the fleet, and its accounts.
type member struct {
	subject
	id      int // from 1
	vendor  *vendor
	account *ledger.Account
	stream  *ledger.Stream
	last    atomic.Uint64 // the newest number of a command
	conn    int           // the connection at the end
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
