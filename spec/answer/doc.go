// Package answer says what a fake device answers by default, as far as a spec
// tells: generated fakes and those that run from the document agree through it.
//
// A command gets its first reply; a reply without fields is that, any other is
// as in the spec's first good example ([Example]), but for what it echoes of the
// request. What the session's script expects without having asked, the device
// sends by itself ([Unasked]).
package answer
