package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
)

// event is a number on a connection.
type event struct{ conn, n int }

func TestEvents(t *testing.T) {
	for _, c := range []struct {
		name    string
		sent    map[int]int // connection → events
		lost    []event     // by the device
		seen    []event
		dropped uint64
		beside  int
		open    int // 0: the last one that was seen
		breaks  []ledger.Rule
		sums    ledger.Events
	}{
		{name: "all", sent: map[int]int{1: 3}, seen: []event{{1, 1}, {1, 2}, {1, 3}}, sums: ledger.Events{Seen: 3}},
		{name: "none", sent: map[int]int{}},
		{
			name: "twice", sent: map[int]int{1: 2}, seen: []event{{1, 1}, {1, 1}, {1, 2}},
			breaks: breaks(ledger.EventsInOrder), sums: ledger.Events{Seen: 3},
		},
		{
			name: "never sent", sent: map[int]int{1: 1}, seen: []event{{1, 1}, {1, 2}},
			breaks: breaks(ledger.EventsInOrder), sums: ledger.Events{Seen: 2},
		},
		{
			name: "of an earlier connection", sent: map[int]int{1: 2, 2: 1}, seen: []event{{1, 1}, {2, 1}, {1, 2}}, open: 2,
			breaks: breaks(ledger.EventsInOrder), sums: ledger.Events{Seen: 3, Cut: 1},
		},
		{
			name: "one missing", sent: map[int]int{1: 3}, seen: []event{{1, 1}, {1, 3}},
			breaks: breaks(ledger.EventsExplained), sums: ledger.Events{Seen: 2, Missing: 1},
		},
		{name: "one dropped by the client", sent: map[int]int{1: 3}, seen: []event{{1, 1}, {1, 3}}, dropped: 1, sums: ledger.Events{Seen: 2, Missing: 1}},
		{
			name: "more dropped than missing", sent: map[int]int{1: 3}, seen: []event{{1, 1}, {1, 3}}, dropped: 2,
			breaks: breaks(ledger.EventsExplained), sums: ledger.Events{Seen: 2, Missing: 1},
		},
		{
			name: "what has no number may be dropped, too", sent: map[int]int{1: 3}, seen: []event{{1, 1}, {1, 3}}, dropped: 2, beside: 1,
			sums: ledger.Events{Seen: 2, Missing: 1},
		},
		{
			name: "silenced by the device", sent: map[int]int{1: 3}, lost: []event{{1, 2}}, seen: []event{{1, 1}, {1, 3}},
			sums: ledger.Events{Seen: 2, Silenced: 1},
		},
		{
			name: "cut off with the link", sent: map[int]int{1: 3, 2: 1}, seen: []event{{1, 1}, {2, 1}},
			sums: ledger.Events{Seen: 2, Cut: 2},
		},
		{
			name: "dropped before the link was cut", sent: map[int]int{1: 3, 2: 1}, seen: []event{{1, 1}, {2, 1}}, dropped: 2,
			sums: ledger.Events{Seen: 2, Cut: 2},
		},
		{
			name: "a connection nothing came from", sent: map[int]int{1: 1, 2: 4, 3: 1}, seen: []event{{1, 1}, {3, 1}},
			sums: ledger.Events{Seen: 2, Cut: 4},
		},
		{
			name: "the first of a connection is missing", sent: map[int]int{1: 1, 2: 2}, seen: []event{{1, 1}, {2, 2}},
			breaks: breaks(ledger.EventsExplained), sums: ledger.Events{Seen: 2, Missing: 1},
		},
		{
			name: "the last of a good connection is missing", sent: map[int]int{1: 2}, seen: []event{{1, 1}},
			breaks: breaks(ledger.EventsExplained), sums: ledger.Events{Seen: 1, Missing: 1},
		},
		{
			name: "the last of a connection that has ended", sent: map[int]int{1: 2}, seen: []event{{1, 1}}, open: 2,
			sums: ledger.Events{Seen: 1, Cut: 1},
		},
		{
			name: "nothing came of the last connection", sent: map[int]int{1: 1, 2: 2}, seen: []event{{1, 1}}, open: 2,
			breaks: breaks(ledger.EventsExplained), sums: ledger.Events{Seen: 1, Missing: 2},
		},
		{
			name: "dropped at the end of two connections", sent: map[int]int{1: 2, 2: 2}, seen: []event{{1, 1}}, open: 2, dropped: 3,
			sums: ledger.Events{Seen: 1, Cut: 1, Missing: 2},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			var book ledger.Book
			s := ledger.NewStream(&book, "client 1")
			for conn, n := range c.sent {
				for i := range n {
					require.Equal(t, i+1, s.Sent(conn))
				}
			}
			for range c.beside {
				s.Beside()
			}
			for _, e := range c.lost {
				s.Lost(e.conn, e.n)
			}
			for _, e := range c.seen {
				s.Saw(e.conn, e.n, c.dropped)
			}
			open := c.open
			if open == 0 && len(c.seen) > 0 {
				open = c.seen[len(c.seen)-1].conn
			}
			require.Equal(t, c.sums, s.Close(open, c.dropped))
			broken := map[ledger.Rule]bool{}
			for _, r := range ledger.Rules() {
				if book.Broken(r) > 0 {
					broken[r] = true
				}
			}
			require.Len(t, broken, len(c.breaks), "%v", book.Violations())
			for _, r := range c.breaks {
				require.True(t, broken[r], r)
			}
		})
	}
}

func TestWhole(t *testing.T) {
	var book ledger.Book
	s := ledger.NewStream(&book, "client 1")
	s.Sent(1)
	s.Sent(1)
	require.False(t, s.Whole(1, 0))
	s.Saw(1, 1, 0)
	require.False(t, s.Whole(1, 0))
	require.True(t, s.Whole(1, 1))
	require.True(t, s.Whole(2, 0), "the connection has ended")
	s.Lost(1, 2)
	require.True(t, s.Whole(1, 0))
	s.Sent(2)
	require.False(t, s.Whole(2, 0))
	s.Saw(2, 1, 0)
	require.True(t, s.Whole(2, 0))
	require.Equal(t, 1<<30, s.Sent(1), "the client has left it")
	require.True(t, s.Whole(2, 0))
}
