// Package dial is `linewright dial`: a live, typed console of a client that is
// made from a document.
//
// A [Console] (console.go) is the client, with what is typed going in and what
// happens coming out as notes and changes of state. It has two faces:
//
//   - [Lines] for scripts: a command a line, replies and events on standard
//     output (lines.go);
//   - [Screen] for people, which [Show] runs on a terminal. A Screen is a
//     passive value: keys, notes and times go in, a frame of text comes out
//     (screen.go, keys.go, render.go); editor.go is its line of input, and
//     input.go ends it with its terminal.
//
// Everything that is shown has passed package printable: nothing that comes
// from the wire reaches the terminal as it is.
package dial
