// Package breaking compares two versions of a protocol, and says what a change breaks,
// and for whom.
//
//	changes := breaking.Diff(before, after)
//	breaking.Locate(changes, old, now) // the documents
//	advice := breaking.Advise(before.Version, after.Version, changes)
//
// Three parties have been promised something: programs that call the generated client
// (API), the device, whose frames must still be understood and whose commands must
// still be what it knows (Device), and whoever relies on the timing (Timing). Each
// change says which of them it breaks; what breaks nobody is compatible, or about
// timing alone. That the version must move breaks nobody, and stands by itself.
//
// Directions differ. A value that the client receives may not become one that it
// refuses; one that it sends may not become one that callers can no longer send. A new
// value of what is received meets programs that have listed all values, unless the enum
// is open; a new one of what is sent does not. A device may be given more time and less
// to bear; less time to do what it must, or more of what all clients send it at once, may
// be more than it can do. The wire has no names: what has another one is the same thing.
//
// What two templates have in common is not computed: the examples of the old document
// are read with the new one, and its commands written with the new one. Every template
// with a field has examples, so that a change that matters is one that they show; types
// are compared by what they accept.
//
// To read in order: change.go, diff.go (the sections), renames.go, messages.go,
// commands.go, frames.go, types.go (what a type accepts), vectors.go (examples),
// timing.go, patience.go (how long a device may take), symbols.go (the generated
// package), version.go, locate.go, allow.go, print.go, words.go.
package breaking
