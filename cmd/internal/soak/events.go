package main

import (
	"context"
	"math/rand/v2"
	"time"
)

// consume follows the events of a member's client until that is closed.
func (f *fleet) consume(m *member, c *client) {
	seen := 0
	c.follow(context.Background(), func(conn, n int) {
		m.stream.Saw(conn, n, m.lost())
		f.events.Add(1)
		if seen++; m.slow() && seen%100 == 0 {
			<-time.After(f.moment(300 * time.Millisecond))
		}
	})
}

// emit lets a device send events on each of its connections, until ctx ends.
func (f *fleet) emit(ctx context.Context, st *stand, r *rand.Rand) {
	for pause(ctx, time.Duration(r.Int64N(int64(f.moment(2*time.Second))))) {
		for _, l := range st.witness.open(true) {
			burst := r.IntN(3)
			if r.IntN(50) == 0 {
				burst = 100 // more than a slow consumer's buffer holds
			}
			for range burst {
				st.emit(l, l.member.stream.Sent(l.conn))
			}
		}
	}
}

// pause waits; false: ctx has ended.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
