// Package simulate runs sessions against a fake device on a single thread, in
// a virtual world: the same seed replays exactly, which goroutines, even under
// testing/synctest, do not.
//
//	w := simulate.New(seed, plan, simulate.Options{Params: &params})
//	w.Device.Reply("heartbeat", "HEARTBEAT_ACK")
//	w.Device.Reply("login", "OK")
//	w.Start()
//	w.Until(session.Ready, time.Minute)
//	w.Network.Cut()
//	w.Until(session.Backoff, time.Minute)
//
// # What is simulated
//
// [World] holds the clock and the queue of events, and runs [Caller]s: code
// that blocks in calls, such as a generated client's methods (through
// runtime.WithHost). A [Client] is the driver of one session: it does what the
// session's effects ask for, and steps it with what happened. The [Network] has
// latency and loss, can be cut in either or both directions, and can lose its
// mind (resets, refused addresses). Sockets behave as Linux's do where it
// matters: bounded buffers and a receive window, partial writes, half-close,
// resets that drop what is not yet delivered but leave the peer what its kernel
// already has, and half-open connections where a reset was lost. The device is
// package device's, unchanged, but that it can be made a slow reader.
//
// TLS, where the session asks for it, is a model (secrecy.go), since crypto/tls
// does not replay: real records' headers, a handshake of a round trip over the
// same sockets, which can be refused by either side, fail, hang, or be answered
// in plain text ([Network.Handshakes]).
//
// Clocks are the client's: [Client.Suspend] stops the monotonic one and not
// the wall, [Client.Stall] takes the processor away, [Client.JumpWall] sets the
// wall clock.
//
// # What can be asked afterwards
//
// [World.Trace] has everything that happened, with times; [World.Hash] is a
// digest of it, equal for equal seeds; Device.History is the device's view;
// [Client.Links] has each connection with its times; each [Call] its outcome.
//
// With Options.Record there is more, for a checker: [Record].
//
// # What is built on it
//
// Package check judges a recorded history against the invariants of a client;
// package storm makes everything go wrong, by a script that a seed makes
// beforehand, and makes a failing one short.
//
// Times are durations since the world began.
package simulate
