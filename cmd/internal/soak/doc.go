// Command soak runs thousands of clients of several vendors against their fake
// devices for a long time, while everything goes wrong at random, and judges
// whether what the README guarantees was kept.
//
//	make soak DURATION=30m CLIENTS=2000
//
// Callers issue commands with unique values and cancel some, devices count what
// they execute and send numbered events, and each side's account is compared
// with the other's: package ledger has the rules. Memory, goroutines and
// descriptors are sampled all the time, judged to be flat, and drawn to one SVG
// file by package chart. The summary on stdout is Markdown; the exit code is 1
// where a rule was broken. The seed that it prints repeats what goes wrong and
// what is asked, but not how goroutines interleave.
//
// # Reading guide
//
//   - main.go and settings.go: what can be set. run.go: a run in its phases,
//     which are storm.go, calm.go and end.go; result.go: what it has found.
//   - fleet.go and member.go: the devices and clients; acme.go, redis.go and
//     nats.go: what is particular to a vendor, behind vendor.go.
//   - caller.go: commands. events.go and states.go: what clients tell. closing.go:
//     clients that end, and others that take their places.
//   - witness.go: what a device saw; doubt.go: whose replies came twice.
//   - injector.go: when something goes wrong; faults.go: the list of it; watch.go:
//     what must happen meanwhile.
//   - sample.go and flat.go: the process. control.go and lateness.go: the machine,
//     and what a return may be late on it.
//   - summary.go and picture.go: what people read.
package main
