// Package device is a fake device: it speaks any [session.Plan] from the
// server's side, answers as the test says, and misbehaves on request. Use it
// to test a client, or your own code on top of one, without hardware.
//
// Beside each generated client there is a typed fake on top of this package, as
// generated/acme/acmetest: it answers by itself, and its handlers, replies and
// events are the client's own types. Begin there, and read here what all fakes
// can do. Without generated code, the plan alone will do:
//
//	d := device.New(plan)
//	defer d.Close()
//	d.Reply("heartbeat", "HEARTBEAT_ACK")
//	d.Reply("login", "OK")
//	d.Handle("read", func(r *device.Request) { r.Replyf("READING %s 21.5 C", r.Words()[1]) })
//
// Clients reach it in memory, which also works under testing/synctest, through
// [Device.Dialer], or over TCP, at the address that [Device.Listen] returns.
//
// # Faults
//
// Faults are method calls and stay until healed. They act on the whole device,
// on one connection ([Device.Conn]), or on the next one ([Device.Next]):
//
//	d.BlackHole()               // reads and writes no more, closes nothing
//	d.Conn(2).StallMidFrame(5)  // five bytes of the next frame, then nothing
//	d.Next().RefuseLogin("DENIED")
//	d.Heal()
//
// All of them are methods of [Scope]. Heal ends them all; [Scope.Only] ends all
// but some, so that one can end while others go on.
//
// # What happened
//
// [Device.History] is what the device saw and did, in order; [Device.Wait]
// waits until it holds what the test is waiting for. [WithTrace] follows it as
// it grows.
//
// # Typed fakes
//
// [Reply], [Emit], [Greet] and [RefuseLogin] send messages of a generated
// package, [Parse], [Example] and [Requests] read them; generated fakes are made
// of these. TLS is on with [WithSelfSigned], which needs nothing but [Device.ClientTLS].
//
// # Shape
//
// A connection is a [Peer], a passive value: bytes and times go in, bytes and
// endings come out. This package runs peers with goroutines, on connections in
// memory and on TCP; package simulate runs them on a single thread.
package device
