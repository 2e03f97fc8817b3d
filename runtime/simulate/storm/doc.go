// Package storm blows storms over clients: everything goes wrong that can, by a
// script that a seed makes beforehand, and afterwards the whole history is
// judged by package check.
//
//	result := storm.Run(storm.Make(seed, workload), workload)
//	for _, v := range result.Violations {
//		t.Error(v)
//	}
//
// # Reading guide
//
//   - [Act] (act.go) is one thing that happens: a time, a kind, arguments. It
//     reads as text, and is read from it.
//   - kinds.go has what a kind of trouble is; the kinds themselves are in
//     kinds_network.go, kinds_tls.go, kinds_device.go and kinds_client.go.
//   - [Script] (script.go) is a seed and its acts. [Make] makes one; leaving
//     acts out gives another, which is how [Minimise] works.
//   - [Workload] is a protocol under the storm: how its device answers, what
//     its callers ask. Package handmade has those of the runtime's own test
//     plans; the generated clients' are beside them.
//   - [Run] (run.go, play.go, callers.go) plays a script in a simulated world, and
//     history.go, seen.go give it to the checker; [Live] (live.go, live_clients.go,
//     player.go, hostile.go) plays it under the goroutine driver, in virtual time.
//   - [Campaign] runs many seeds on all processors, and counts.
//
// The same script in the same build gives the same history, by its hash, in
// [Run]. Under the goroutine driver it does not, but is judged all the same, as
// far as any user could: the rules that need to know when the session had what
// (reasons, waits, hand-overs, events, writes) judge [Run] alone.
//
// # TLS
//
// The clients of some seeds speak it, where the workload says so: from the first
// byte, or after a greeting, as the plan has it. In [Run] it is package
// simulate's model; in [Live] it is crypto/tls (live_tls.go), whose certificates
// and answers change with the script.
package storm
