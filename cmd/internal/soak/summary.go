package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/linewright/linewright/cmd/internal/soak/chart"
	"github.com/linewright/linewright/cmd/internal/soak/ledger"
)

// verdict is the result in a word.
func (r *result) verdict() string {
	if r.book.Clean() {
		return "every rule was kept"
	}
	return "BROKEN RULES"
}

// summary writes one page of Markdown.
func (r *result) summary(out io.Writer) {
	p := func(format string, args ...any) { fmt.Fprintf(out, format+"\n", args...) }
	p("# Soak: %s\n", r.verdict())
	p("%d clients (acme, redis and nats in turn, %d a device, one device of five in memory), %d callers each,",
		r.clients, perDevice, r.callers)
	p("%.3g commands a second and client (one of eight is idle), %v of faults. Seed %d.\n", r.rate, r.lasted.Round(time.Second), r.seed)
	r.rules(p)
	r.commands(p)
	r.whatHappened(p)
	r.process(p)
	if most := r.late.timer.most(); most > tooBusy {
		p("The machine was too busy: one of 100 bare timers was late by more than %v. What is broken by time alone says little;", most)
		p("fewer clients (-clients), or an idle machine, say more.\n")
	}
	for _, v := range r.book.Violations() {
		p("- %s", strings.ReplaceAll(v, "\n", " "))
	}
	if r.stacks != "" {
		p("\n```\n%s\n```", r.stacks)
	}
}

type printf func(format string, args ...any)

func (r *result) rules(p printf) {
	p("| rule | checked | broken |\n|---|---:|---:|")
	for _, rule := range ledger.Rules() {
		checked := count(r.book.Checked(rule))
		if rule == ledger.Flat && !judged(r.lasted) {
			checked = "too short"
		}
		p("| %s | %s | %s |", rule, checked, count(r.book.Broken(rule)))
	}
	p("")
}

func (r *result) commands(p printf) {
	p("| commands | answered | failed by the device | not sent | unknown | executed without an answer, or twice |")
	p("|---|---:|---:|---:|---:|---:|")
	for _, n := range []ledger.Nature{ledger.Plain, ledger.Idempotent, ledger.Publish} {
		ended := func(o ledger.Outcome) string { return count(r.book.Ended(n, o)) }
		p("| %s | %s | %s | %s | %s | %s |", n, ended(ledger.Answered), ended(ledger.Failed),
			ended(ledger.NotSent), ended(ledger.Unknown), count(r.book.Strange(n)))
	}
	p("\nIn doubt, because replies came twice on their connection: %s of them.\n", count(r.book.Doubtful()))
}

func (r *result) whatHappened(p printf) {
	e, s := r.events, r.sums
	p("Events: %s seen; %s dropped by slow consumers and counted, %s silenced by the device, %s cut off with a link.\n",
		count(e.Seen), count(e.Missing), count(e.Silenced), count(e.Cut))
	var list []string
	for i, n := range r.faults {
		list = append(list, fmt.Sprintf("%s %s", count(n), faults[i].name))
	}
	p("Faults: %s: %s.\n", count(sum(r.faults)), strings.Join(list, ", "))
	p("Links: %s dials, %s links, %s times READY, %s probes (%s missed), %s commands repeated.",
		count(s.Dials), count(s.Links), count(s.Readies), count(s.Probes), count(s.ProbesMissed), count(s.Repeated))
	var again []string
	for _, v := range vendors {
		again = append(again, fmt.Sprintf("%s %v (bound %v)", v.name, r.again[v.name].Round(time.Millisecond), v.schedule()))
	}
	p("READY again after the last fault: %s.", strings.Join(again, ", "))
	l := r.late
	p("Late: %s calls whose context ended, %v; a bare timer, %v. Slowest of %s Closes: %v.\n",
		count(l.calls.count()), &l.calls, &l.timer, count(l.closes.count()), l.closes.max().Round(time.Microsecond))
}

func (r *result) process(p printf) {
	p("| process | at the start | median, 2nd quarter | median, last quarter | growth | at the end |")
	p("|---|---:|---:|---:|---:|---:|")
	for i, q := range quantities {
		second, last, growth := "", "", ""
		if len(r.trends) > 0 {
			t := r.trends[i]
			second, last, growth = q.show(t.second), q.show(t.last), fmt.Sprintf("%+.1f %%", t.growth()*100)
		}
		p("| %s | %s | %s | %s | %s | %s |", q.name, q.show(q.of(r.before)), second, last, growth, q.show(q.of(r.after)))
	}
	p("")
}

func (r *result) addEvents(e ledger.Events) {
	r.events.Seen += e.Seen
	r.events.Silenced += e.Silenced
	r.events.Cut += e.Cut
	r.events.Missing += e.Missing
}

func sum(list []uint64) (n uint64) {
	for _, v := range list {
		n += v
	}
	return n
}

func count(n uint64) string { return chart.Number(float64(n)) }
