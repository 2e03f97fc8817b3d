// Package spec reads the documents that describe how a vendor's device or server
// speaks over TCP, and says all that is wrong with them.
//
// # Usage
//
//	p, findings := spec.Load("acme.yaml", data)
//	if len(findings) > 0 {
//		spec.WriteText(os.Stdout, findings, false)
//	}
//
// The [model.Protocol] is complete: every default is filled in, every name
// resolved, every template compiled. It is nil if there is any finding. Load does
// no I/O, keeps no state, and may be called from several goroutines. It is safe
// with documents that nobody has vetted: it refuses large, deep and malformed ones
// in the time it takes to read them, bounds the work that a few words can ask for
// (limits.go), and quotes them without driving a terminal.
//
// # Findings
//
// A [Finding] has a place, the id of the broken rule, the path in the document's
// tree, the source line and, where there is a good guess, a hint. All of a document
// are reported at once, sorted by place. Only where the YAML cannot be understood,
// or the document is written in another version of the language, the rest is left
// unread.
//
// # What is strict
//
// Nothing is coerced. A plain scalar is text until a key asks for something else:
// then it is that, without quotes, or a finding. Durations, sizes and percentages
// carry units (10s, 4KiB, 50%); booleans are true and false; integers have no
// leading zeros, signs or other bases; names are snake_case, types PascalCase;
// unknown keys are findings with the key that was probably meant.
//
// # Reading the code
//
// Package document (internal) reads YAML into a tree with places. load.go lists the
// sections. A section is read by a table of its keys (mapping.go), each with a
// reader of its value (scalars.go, quantities.go, bytes.go). Numbers are compared
// with each other once all are read (life_rules.go, timing.go, frames.go). What
// refers to names or holds templates is kept aside (parts in load.go) and lowered
// last, from lower.go on; templates are parsed by package template (internal).
//
// Frames that are more than lines are read by packet.go; what is around their
// payload is compiled once by frame_layout.go, and again with each message and its
// header by header.go, so that a message's ops are its whole frame.
//
// compile.go and compiler.go make ops of a template, jsonframe.go and jsontype.go
// members of a JSON object, typeref.go types of type
// expressions, wireform.go wire forms of constants, scope.go expressions of values; package flow (internal) then works
// out where open fields end. What things say about each other is compared when all
// are there, from check.go on: two messages that share a frame are found by package
// overlap (internal), two JSON objects by their members, in package marks
// (internal), and every example is parsed by package codec (internal).
//
// A new key is a row in a table here, and one in package language, which says what
// it means and, by its place among the others, in which order package format writes
// them; a new construct is a reader, a field in package model, and tests with a
// document that has it right and one that has it wrong.
package spec
