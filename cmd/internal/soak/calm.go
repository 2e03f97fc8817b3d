package main

import (
	"fmt"
	"time"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
	"github.com/linewright/linewright/runtime"
)

// heal waits until every client is READY, and stays so once the latest reply
// has come: it may be too late for its command, and so for its link.
func (r *result) heal(f *fleet) {
	for v, took := range r.ready(f, f.moment(time.Second)) {
		r.again[v.name] = took
	}
	<-time.After(f.moment(latest))
	r.ready(f, 0)
}

// ready waits until all clients of each vendor are READY at once, at most for
// their schedule; it returns how long each vendor's took. The first look is
// after notice: what has just ended a link must have reached its client.
func (r *result) ready(f *fleet, notice time.Duration) map[*vendor]time.Duration {
	start, took := time.Now(), map[*vendor]time.Duration{}
	<-time.After(notice)
	for len(took) < len(vendors) {
		for _, v := range vendors {
			since := time.Since(start)
			if _, done := took[v]; done || f.down(v) != nil && since <= v.schedule()+late {
				continue
			}
			took[v] = since
			r.judgeReady(f.down(v), v, since)
		}
		<-time.After(20 * time.Millisecond)
	}
	return took
}

// down are a vendor's clients that are not READY.
func (f *fleet) down(v *vendor) (list []*member) {
	for _, m := range f.members {
		if m.vendor == v && m.State() != runtime.Ready {
			list = append(list, m)
		}
	}
	return list
}

func (r *result) judgeReady(down []*member, v *vendor, since time.Duration) {
	r.book.Check(ledger.ReadyAgain, len(down) == 0, func() string {
		return fmt.Sprintf("%d clients are not READY after %v, bound %v; %v is %v",
			len(down), since, v.schedule(), down[0], down[0].State())
	})
}

// whole reports whether every consumer has what was sent to it.
func (f *fleet) whole() bool {
	for _, st := range f.stands {
		st.note()
		for _, m := range st.members {
			if !m.stream.Whole(m.conn, m.dropped()) {
				return false
			}
		}
	}
	return true
}

// note notes which connections are open.
func (st *stand) note() {
	for _, l := range st.witness.open(false) {
		l.member.conn = l.conn
	}
}
