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
