package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
	"github.com/linewright/linewright/runtime/device"
)

// twoClients is a witness on whose connections 1 and 2 the clients 1 and 2 are.
func twoClients(t *testing.T) (*witness, *ledger.Book) {
	t.Helper()
	book := new(ledger.Book)
	members := make([]*member, 2)
	for i := range members {
		m := &member{id: i + 1, vendor: natsVendor}
		m.account, m.stream = ledger.NewAccount(book, m.String()), ledger.NewStream(book, m.String())
		m.account.Begin(ledger.Key{Kind: 'p', N: 3}, ledger.Publish, false, 0)
		members[i] = m
	}
	w := newWitness(book, members, natsVendor)
	w.login(1, "1")
	w.login(2, "2")
	return w, book
}

func TestWitness(t *testing.T) {
	key := ledger.Key{Kind: 'p', N: 3}
	for _, c := range []struct {
		name  string
		conn  int
		label string
		body  []byte
		ok    bool
	}{
		{"its own", 1, "1/p/3", body(key), true},
		{"its own, nothing else carried", 1, "1/p/3", nil, true},
		{"another's", 2, "1/p/3", nil, false},
		{"another body", 1, "1/p/3", append([]byte("x"), body(key)...), false},
		{"on a connection that has just ended", 3, "1/p/3", nil, true},
		{"nobody's", 1, "3/p/3", nil, false},
		{"no label", 1, "1/p", nil, false},
		{"no number", 1, "1/p/x", nil, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, book := twoClients(t)
			got, ok := w.labelled(c.conn, c.label, c.body)
			require.Equal(t, c.ok, ok)
			require.Equal(t, c.ok, book.Clean(), "%v", book.Violations())
			if ok {
				require.Equal(t, key, got)
			}
		})
	}
}

// TestDoubt: replies come twice on a connection until another takes its place.
func TestDoubt(t *testing.T) {
	type step func(w *witness)
	login := func(conn int, user string) step { return func(w *witness) { w.login(conn, user) } }
	doubt := func(conn int) step { return func(w *witness) { w.doubt(conn) } }
	sure := func(want ...int) step {
		return func(w *witness) { require.ElementsMatch(t, want, w.sure()) }
	}
	for _, c := range []struct {
		name   string
		steps  []step
		doubts []bool // of the clients 1 and 2
	}{
		{"nothing", nil, []bool{false, false}},
		{"one connection", []step{doubt(1)}, []bool{true, false}},
		{"all", []step{doubt(0)}, []bool{true, true}},
		{"its end is not enough", []step{doubt(0), sure(1, 2)}, []bool{true, true}},
		{"the next connection is", []step{doubt(0), sure(1, 2), login(3, "1")}, []bool{false, true}},
		{"not while it goes on", []step{doubt(0), login(3, "1"), sure(1, 2, 3)}, []bool{true, true}},
		{"nor one that was held back", []step{login(4, "1"), doubt(4), sure(4), login(3, "1")}, []bool{true, false}},
		{"what the client has left", []step{login(3, "1"), doubt(1), sure(1)}, []bool{false, false}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, book := twoClients(t)
			for _, do := range c.steps {
				do(w)
			}
			for i, m := range w.members {
				before := book.Doubtful()
				key := ledger.Key{N: 9}
				m.account.Begin(key, ledger.Plain, false, 0)
				m.account.End(key, ledger.Unknown, true, nil, 0)
				require.Equal(t, c.doubts[i], book.Doubtful() > before, m)
			}
		})
	}
}

func TestWitnessOfAStranger(t *testing.T) {
	w, book := twoClients(t)
	w.login(3, "3")
	require.Equal(t, uint64(1), book.Broken(ledger.OwnCommand))
}

func TestWitnessFollowsTheHistory(t *testing.T) {
	w, book := twoClients(t)
	m := w.members[0]
	w.subscribed(1, "events.1", "1")
	require.Len(t, w.open(false), 2)
	require.Len(t, w.open(true), 1)
	require.Equal(t, 1, m.stream.Sent(1))
	require.False(t, m.stream.Whole(1, 0))
	w.tap(device.Record{Kind: device.Dropped, Conn: 1, Command: "ping", Frame: []byte("PONG\r\n")})
	require.False(t, m.stream.Whole(1, 0))
	w.tap(device.Record{Kind: device.Dropped, Conn: 1, Frame: []byte("MSG events.1 1 3\r\n1 1\r\n")})
	require.True(t, m.stream.Whole(1, 0), "the device lost it")
	w.tap(device.Record{Kind: device.Ended, Conn: 1})
	require.Len(t, w.open(false), 1)
	require.Nil(t, w.client(1))
	require.True(t, book.Clean())
}
