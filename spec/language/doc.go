// Package language says what the spec language consists of: which keys each map
// of a document has, in which order they are written, what they mean, and what
// their values look like. It is plain data.
//
// [Document] is the map that a document is; all others hang on its keys, and
// [Constructs] lists them. What reads documents is package spec; its tests hold
// this table to the loader, key by key and form by form, and the reference
// (spec/README.md) to this table. The JSON Schema of editors (package schema) is
// made of it, and the formatter takes the order of keys from it.
//
// # Changing the language
//
// A new key is a row in a construct here, and a row in the table of the loader's
// that reads the map. Then run the tests of package spec with -update: the
// reference gets its row.
package language
