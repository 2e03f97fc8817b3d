// Package fault is the language in which faults of a fake device are asked
// for, on the command line and at a prompt:
//
//	black-hole           at once, until it is healed
//	black-hole@10s+5s    ten seconds from the start, for five
//	delay=200ms          with an argument
//	drop=read,2#3        when the third command comes
//	reset~1m             at random, once a minute on average
//
// A [Grammar] knows what the document at hand allows; its Parse gives a
// [Fault], and [Help] lists all there are. A [Schedule] says when which fault
// begins and ends. It is a passive value: time comes in as a parameter, and
// chance from a seed. What a fault does is in runtime/device.
package fault
