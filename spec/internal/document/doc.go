// Package document reads a YAML document into a tree with places, and refuses
// whatever a reviewer could misread or an attacker could use.
//
// # Usage
//
// [Load] gives the tree's root, a [Node], or nil. A scalar stays the text that
// was written, with its [Style]; nothing is guessed to be a number, a boolean
// or null. [Node.At] maps an offset within a scalar's text back to its place in
// the document, whatever the style, so that an error inside a template points
// at the right character.
//
// [Read] is for tools that write a document again: it keeps what of YAML is not in
// the language, and says where everything is, comments included.
//
// # What is read
//
// Block and flow maps and lists, plain, quoted, literal and folded scalars,
// comments, LF or CRLF. The rest of YAML is a finding with a place: anchors,
// aliases, tags, merge keys, directives, second documents, keys that are not
// text, keys twice in a map, maps inside a flow list without braces. So are tabs,
// control characters, invalid UTF-8, and documents over the limits in limits.go.
// Another YAML 1.2 loader reads an accepted document the same, or refuses it.
//
// # Why not a YAML library
//
// It was tried first. goccy/go-yaml's parser takes 0.9 s for 20,000 keys in a
// map; its lexer alone takes 5 s for 80 KB of "<<" and 1.3 s for 80 KB of tabs in
// quotes, four times that for each doubling, so that no cap on size bounds it. It
// accepts escapes that are none, reads a key as the value of the empty list item
// above it, and has no column for literal blocks. One pass over the bytes that
// knows the limits refuses any document in the time it takes to read it, and a
// spec of 10,000 messages loads in a tenth of the time. The library remains the
// oracle of the tests: FuzzWritten writes random trees in random styles, which
// both must read as they were.
//
// # How it works
//
// check (guard.go) looks at the bytes, then parser (parser.go) descends: block.go
// by indentation, flow.go by brackets. Scalars are read by functions of a source
// and an offset (plain.go, quoted.go, literal.go), which At runs again, with marks.
// A fatal error moves the parser to the end of the document, so that every loop
// ends; other findings are collected while it goes on.
package document
