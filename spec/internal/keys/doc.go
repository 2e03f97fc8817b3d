// Package keys says in which order the keys of each map of the language are
// written, and which values are durations and sizes: what a formatter has to know
// about the language.
//
// [Document] is the root. From the [Value] that is at some place, [Value.At] leads
// to the value of a key, and lists are passed through: what is said of a value
// holds for each item of a list as well. What the table does not know is [Any]:
// it is left as its author wrote it. So are maps whose keys the document chooses,
// such as those of messages, of fields or of JSON objects: what comes first there
// may mean something.
//
// The loader has key tables of its own, in the order in which it must read them.
// A test of package spec holds both together: what the loader knows has its place
// here, and nothing else has one.
package keys
