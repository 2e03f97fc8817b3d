// Package check judges the recorded history of a run against the invariants of
// a client: it computes from what was received, sent and asked what should have
// happened, and compares. It shares no code with the session, only its data
// types (the plan, states and errors), so that both would have to be wrong in
// the same way for a fault to stay hidden.
//
//	for _, v := range check.History(h) {
//		t.Error(v)
//	}
//
// [Run] is a history; whoever drives clients records one. [Rules] lists what is
// judged, each rule in a file of its own:
//
//   - link.go: one link at a time; states.go: a legal chain of states;
//   - ends.go: each call ends once, and when its context does; waits.go: none
//     waits too long; reasons.go: none fails too early; fates.go: what the
//     outcomes say against what the device saw; whole.go: commands, and nothing
//     else; replies.go: no reply crossed, nothing taken from an old link;
//     events.go: none lost;
//   - bound.go, turn.go, overdue.go, absence.go: a silent peer is given up exactly
//     in time; suspect.go, asked.go: and is suspect, and asked, before;
//     deadlines.go: the other deadlines; schedule.go, giveup.go: dials come when
//     the schedule says, and end when it does; back.go: the client returns, and
//     stays;
//   - tls.go: certificates that are refused, and nothing in plain text;
//   - lasting.go: what lasts is sent again; memory.go: bounded; closing.go:
//     nothing is left.
//
// # Invariants
//
// Each of design.md has its rule here, or a reason why it has none:
//
//	 1 one link                one link
//	 2 only input is life      bound: renewed by received bytes, by nothing else
//	 3 the bound holds         bound, asked, suspect
//	 4 the kernel agrees       none: a simulated kernel proves nothing of the real
//	                           one; the lab measures it (generated/internal/lab)
//	 5 dead means gone         one link: closed at once; fates, hand-overs: what is
//	                           not sent never arrives
//	 6 every write has a       deadlines, whole
//	   deadline
//	 7 every command ends once ends once, waits, reasons, fates, hand-overs
//	 8 no crossed replies      replies, epochs
//	 9 backoff forgives late   schedule, back
//	10 refusal is not loss     schedule, refusals
//	11 deadlines               deadlines; names are not resolved here, which the
//	                           runtime's own tests do
//	12 epochs                  epochs, states, events
//	13 handlers cannot kill    none: the simulated driver runs no user code; the
//	                           runtime's tests do
//	14 state changes arrive    states
//	15 nothing is left         closing; goroutines and descriptors are the goroutine
//	                           driver's, whose storms run in a bubble that they
//	                           must have left
//	16 bounded memory          memory
//	17 no injection            secrecy; values that break frames are refused before
//	                           a session has them: the codecs' fuzz tests
//	18 suspend                 bound: a jump alone never kills; reasons
//	19 subscriptions return    lasting
//
// # Clocks
//
// Times that are called Mono are of the client's monotonic clock, others of the
// world. A client that was away (its machine slept, or its process had no
// processor) is judged from when it was back; where that leaves several moments
// possible, the rule takes any of them.
package check
