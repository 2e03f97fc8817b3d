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
	<-time.After(max(f.moment(latest), f.allowance()))
	r.ready(f, 0)
	for _, st := range f.stands {
		rest := f.until(atOnce+f.allowance(), func() bool { return st.witness.atRest(st.members) })
		r.book.Check(ledger.AtRest, rest, func() string { return fmt.Sprintf("%v: %v", st.members, st.witness) })
	}
}

// steady checks that no client loses its link in that time.
func (r *result) steady(f *fleet, d time.Duration) {
	links := func() (list []uint64) {
		for _, m := range f.members {
			list = append(list, m.stats().Links)
		}
		return list
	}
	before := links()
	<-time.After(d)
	for i, n := range links() {
		r.book.Check(ledger.ReadyAgain, n == before[i], func() string {
			return fmt.Sprintf("%v lost its link though nothing was wrong", f.members[i])
		})
	}
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
			if _, done := took[v]; done || f.down(v) != nil && since <= v.schedule()+f.allowance() {
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
		if m.vendor == v && m.now().State() != runtime.Ready {
			list = append(list, m)
		}
	}
	return list
}

func (r *result) judgeReady(down []*member, v *vendor, since time.Duration) {
	r.book.Check(ledger.ReadyAgain, len(down) == 0, func() string {
		return fmt.Sprintf("%d clients are not READY after %v, bound %v; %v is %v",
			len(down), since, v.schedule(), down[0], down[0].now().State())
	})
}

// strict says whether the commands that begin from now on must succeed.
func (f *fleet) strict(on bool) {
	for _, m := range f.members {
		m.account.Strict(on)
	}
}

// gather waits until every command that must succeed has, and every consumer has
// what was sent to it; or until none gets any more.
func (f *fleet) gather() {
	for seen := f.events.Load(); !f.until(10*time.Second, f.whole); {
		before := seen
		if seen = f.events.Load(); seen == before {
			return // the ledger says what is missing
		}
	}
}

// whole reports whether nothing is owed to anybody any more.
func (f *fleet) whole() bool {
	for _, st := range f.stands {
		st.note()
		for _, m := range st.members {
			if m.account.Owed() > 0 || !m.stream.Whole(m.conn, m.lost()) {
				return false
			}
		}
	}
	return true
}

// note notes which connections are open.
func (st *stand) note() {
	for _, m := range st.members {
		m.conn = 0
	}
	for _, l := range st.witness.open(false) {
		l.member.conn = l.conn
	}
}
