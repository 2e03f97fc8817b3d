// Package plan turns a model into the runtime's session plan: the one place
// that knows how a spec's words become session data.
//
// [Of] gives the plan with every func field nil, and beside it one [Hook] for
// each func that must be filled in. Who uses it differs only in what a hook
// becomes: package dynamic fills it with a closure over the interpreting codec,
// the generator prints the plan as a literal with the name of a generated
// function in its place. A func field without a hook stays nil.
//
//	plan, hooks, err := plan.Of(protocol)
//	for _, h := range hooks {
//		switch slot := h.Slot.(type) {
//		case *func(frame []byte) error: …           // Check
//		case *func(frame []byte) (int, error): …    // Count
//		}
//	}
//
// Indexes: message i of the plan is protocol.Messages[i], command i is
// protocol.Commands[i].
package plan
