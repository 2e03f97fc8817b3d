// Package overlap finds frames that are two messages at once. Templates are
// regular, so it makes an automaton of each ([build]) and walks through both
// together ([search]): where both can end, a frame has been spelt that fits
// both.
//
// The automata are a little wider than the templates: they do not compare a
// count with what it counts, a number with its range, or the inside of a JSON
// object with its type. So what is found must still be parsed by both; a caller
// that finds it refused asks for another spelling.
package overlap
