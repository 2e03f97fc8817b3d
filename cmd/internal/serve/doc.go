// Package serve is `linewright serve`: a fake device made from a document,
// over TCP, that answers every command, and misbehaves on request.
//
// [Run] is the whole of it. The device and its answers are in spec/dynamic, the
// language of faults in cmd/internal/fault; here are the parts between them:
// injector.go lets faults begin and end as they are due, log.go says on one
// line what the device saw and did, conns.go knows who is there, and control.go
// obeys the lines that come on standard input; lists.go answers the questions
// among them.
package serve
