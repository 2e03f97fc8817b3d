// Package runtime is what generated clients run on: a connection to a device
// that is kept up, notices within a stated bound that its peer is dead, and
// comes back by itself.
//
// For most uses, generate a package from a spec with the linewright command and
// use that; it wraps everything here, and a program needs no import of this
// package. Read on to understand what such a client does, to write code that
// works with the clients of several vendors, or to change the runtime.
//
// # Use
//
// [New] makes a [Client] and does no I/O. [Client.Run] connects and blocks, for
// an errgroup; [Dial] does both, and returns once the client is READY. A client
// connects again until [Client.Close], which aborts within 100 ms, or
// [Client.Shutdown], which ends in order. [Client.States] tells how it is, and
// why; so do the logger and the [Observer] of the options.
//
// A command is a [Call]: [Client.Begin], encode, [Call.Do], parse, Release. It
// ends once: with a reply, or with an [*Error] that says whether the device may
// have executed it ([Unknown]) or cannot have ([NotSent]). Events go to each
// [Subscription] that wants them, as raw frames.
//
// # Concurrency
//
// A client is safe for use from several goroutines; a Call belongs to one. A
// call returns when its context ends, whatever the peer does. User code (log
// handlers, observers) runs on a goroutine of its own and may be slow; loops
// over States and Frames run in their callers. None of it delays a heartbeat.
// What does not fit the bounded queues in between is dropped and counted, or,
// for state changes, joined.
//
// An idle client is one goroutine, which reads, and one timer; thousands of them
// can share an [Engine], and need neither. After Close nothing is left, except a dial
// hook that ignores its context.
//
// # Testing
//
// Under testing/synctest, make the client in the bubble, with [WithDialer] and
// an in-memory connection such as package device's: heartbeats, deadlines and
// backoff then run in virtual time, and the bounds are exact. A client, its
// calls and its subscriptions must not leave the bubble that they were made in.
//
// # Reading guide
//
// The rules of a connection are in package session, a passive value; this
// package is the driver that steps it, and decides nothing itself.
//
//   - client.go, option.go, run.go: a client from New to Close.
//   - driver.go: one step under the lock, and what follows it; timer.go the one
//     timer; clock.go the two clocks.
//   - link.go: one connection and its end; dial.go and tls.go its beginning;
//     sockopt.go what the kernel is told.
//   - reader.go and buffer.go: bytes in. writer.go and direct_unix.go: bytes out.
//   - engine.go: many clients together; engine_queue.go and engine_timer.go who
//     is due, engine_park_linux.go how a link is parked and taken up again,
//     engine_parked_linux.go, engine_grip_linux.go and engine_poller_linux.go
//     what it is meanwhile.
//   - call.go, pool.go, intake.go, flush.go: commands; publish.go those that nothing answers.
//   - subscription.go, ring.go, router.go, receipt.go: events.
//   - states.go, dispatch.go, observer.go, log.go: what people see.
package runtime
