// Package template parses the small notations inside a spec's strings:
//
//   - templates, the wire as manuals print it: "READ {channel:uint8}" ([Parse]),
//     and of binary frames: "03 {address:u16} {count:u16}" ([ParseBinary]);
//   - type expressions: "list(uint8,',')" ([ParseType]);
//   - values of with and set: "{md5(hello.salt + password)}" ([ParseValue]).
//
// It knows their grammar and nothing else: whether a type exists, a name is
// bound or a form can be told from another is the business of package spec.
//
// Every node and every error has a [Span], a place in bytes inside the string
// that was parsed; the caller knows where that string is in the document. A
// parser goes on after an error, so that one run reports all mistakes, and
// returns what it understood.
package template
