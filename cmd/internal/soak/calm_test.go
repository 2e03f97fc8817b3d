package main

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
	"github.com/linewright/linewright/runtime"
)

// restless is a client that has one link more each time that somebody asks.
type restless struct {
	generated
	links, more uint64
}

func (r *restless) Stats() (s runtime.Stats) {
	r.links += r.more
	s.Links = r.links
	return s
}

func (r *restless) dropped() uint64 { return 0 }

// TestSteady: without faults, no client loses its link, be it for a moment.
func TestSteady(t *testing.T) {
	for more, broken := range []uint64{0, 1} {
		m := &member{id: 1, vendor: natsVendor, client: &client{generated: &restless{more: uint64(more)}}}
		r := &result{book: new(ledger.Book)}
		r.steady(&fleet{members: []*member{m}}, 0)
		require.Equal(t, broken, r.book.Broken(ledger.ReadyAgain))
	}
}

// TestGather waits for consumers as long as they get anything.
func TestGather(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, book := twoClients(t)
		m := w.members[0]
		m.client = &client{generated: &restless{}}
		f := &fleet{book: book, stands: []*stand{{witness: w, members: w.members[:1]}}}
		for range 3 {
			m.stream.Sent(1)
		}
		go func() {
			for n := range 3 {
				time.Sleep(9 * time.Second)
				m.stream.Saw(1, n+1, 0)
				f.events.Add(1)
			}
		}()
		f.gather()
		require.True(t, f.whole())
		m.stream.Sent(1)
		start := time.Now()
		f.gather()
		require.False(t, f.whole(), "nothing comes")
		require.Less(t, time.Since(start), 15*time.Second)

		m.stream.Saw(1, 4, 0)
		require.True(t, f.whole())
		f.members = w.members
		f.strict(true)
		m.account.Begin(ledger.Key{N: 1}, ledger.Plain, false, 0)
		f.strict(false)
		require.False(t, f.whole(), "a command that must succeed has not ended")
		m.account.End(ledger.Key{N: 1}, ledger.Answered, true, nil, 0)
		require.True(t, f.whole())
	})
}

// TestNoConnectionIsOpen: then nothing that was sent on the last one is awaited.
func TestNoConnectionIsOpen(t *testing.T) {
	w, _ := twoClients(t)
	st := &stand{witness: w, members: w.members}
	st.note()
	require.Equal(t, 1, w.members[0].conn)
	delete(w.links, 1)
	st.note()
	require.Zero(t, w.members[0].conn)
	require.Equal(t, 2, w.members[1].conn)
}
