// Package session is the heart of a generated client: one client's connection
// to its device, as a passive value.
//
// A [Session] owns no goroutine, timer, connection or clock. A driver steps it
// with what happened (Dialed, Input, Lost, Submit, Wrote, Tick …), each step
// with the moment at which it happened, and then does what [Effects] ask for
// and calls Tick again at Deadline. The same steps always give the same
// effects, so a driver with one thread and a virtual clock replays a history
// exactly.
//
// # Reading guide
//
//   - [Plan] (plan.go) is what generated code knows of the vendor's protocol.
//   - state.go has the states, and the one table of transitions between them.
//   - link.go is one connection from dial to close; it dies whole.
//   - script.go takes a link from connected to READY: greeting, login, ready
//     steps, replay of the lasting commands (lasting.go).
//   - queue.go holds the calls that are not handed over; batch.go hands them
//     over, as pace.go lets it; flight.go holds them until their reply, and
//     match.go finds the call that a message answers, by an id (ids.go), and what
//     comes before a reply (items.go).
//   - mode.go is what is there in one state of a link and not in another;
//     percommand.go gives each caller's command a link of its own.
//   - standby.go is the long poll that is kept while there is nothing else to do.
//   - sequence.go is a caller's command that is made of several: whose turn it is, and
//     what undoes one that does not reach its end.
//   - stream.go is what lies below the frames: telnet, and the echo.
//   - watchdog.go decides that a peer is dead; it is fed by input alone.
//     heartbeat.go chooses the probe and the beat, probe.go sends them, suspend.go
//     has what a sleeping machine means.
//   - schedule.go decides when to dial again, and when to stop.
//   - input.go cuts frames and routes messages, answer.go answers them;
//     deadline.go is the one place where time passes.
//   - ending.go is Shutdown and Close.
//
// # Ownership and concurrency
//
// A Session is stepped under a lock of its driver, which is never held across
// I/O or user code. Only [Session.Heard] and [Session.Dead] may be called
// without it: the watchdog's verdict waits for nobody.
//
// A [Call] belongs to the session from Submit until it is in Effects.Finished,
// or for good when Cancel took it.
package session
