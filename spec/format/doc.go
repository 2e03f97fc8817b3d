// Package format writes documents in their canonical form. It knows only how they
// are written, not whether they are right: what does not load is formatted, too,
// as long as it is YAML.
//
// # Usage
//
//	text, findings, err := format.Source("acme.yaml", data)
//
// There is no I/O. Findings say why a document cannot be read; an error means that
// the canonical form would not say the same, which is a mistake of this package:
// nobody loses a comment by it.
//
// # The canonical form
//
//   - The sections, and the keys of all that the language knows, are in one order,
//     that of package language. A key that the language does not have stays behind the
//     one before it. Messages, commands, fields, the keys of JSON objects and all
//     else that the document names itself stay where they are, and so do lists.
//   - Maps and lists are indented by two blanks, lists below their key as well. What
//     is in brackets stays in brackets, on one line, where it has no comment and the
//     line is no longer than 120 characters; else it is unfolded, from the outside,
//     until it fits. A list of short values goes on over several lines instead.
//   - Quoted text is in double quotes, or in single ones where that needs fewer
//     escapes. Text that is not quoted, or in a block, stays so: that may mean
//     something. The lines of long text are where the author broke them.
//   - Durations and sizes have the largest unit without decimal places: 1s, 90s,
//     1KiB. A size without a unit is in bytes.
//   - A comment stays above what it stands above, or beside it, and goes where that
//     goes; those at the beginning of the document stay there. Two blanks or none
//     before a comment become one. Blank lines are the author's, but never two in a
//     row, and none at the beginning or the end of something.
//   - Lines end in LF, without blanks before it. A byte order mark and document
//     markers are left out.
//
// Anchors, aliases, tags, merge keys and keys that are twice in a map are not in the
// language, and are kept as they are. In a document with aliases, or a map with such
// keys, nothing changes its place.
//
// # How it works
//
// Package document reads the tree with its places. builder (build.go) makes nodes
// of it and gives each comment to the entry that it belongs to; order.go sorts
// entries; printer writes them. Then check (check.go) reads what was written, and
// compares: the trees, the comments, and the letters and digits, without regard to
// what they are part of.
package format
