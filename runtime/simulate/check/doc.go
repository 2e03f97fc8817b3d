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
//     waits too long; fates.go: what the outcomes say against what the device
//     saw; replies.go: no reply crossed, nothing taken from an old link;
//   - bound.go, turn.go, absence.go: a silent peer is given up exactly in time; schedule.go:
//     dials come when the schedule says; back.go: the client returns;
//   - lasting.go: what lasts is sent again; memory.go: bounded; closing.go:
//     nothing is left.
//
// # Clocks
//
// Times that are called Mono are of the client's monotonic clock, others of the
// world. A client that was away (its machine slept, or its process had no
// processor) is judged from when it was back; where that leaves several moments
// possible, the rule takes any of them.
package check
