package dynamictest

import (
	"bytes"
	"math/rand/v2"
)

// parts are what frames are damaged with.
var parts = []string{
	" ", "  ", "\r\n", "\n", "\r", "\x00", "\xff", "0", "00", "-", "-0", "+1", ".", "1e3", "9999999999999999999999", "\"", "\\", "\\n",
	",", ";", "=", "'", "$", "*", "{", "}", "[", "]", ":", "null", "true", "a", "é", "%", "\t",
}

// damage gives a frame that is a little different; sometimes it is still valid.
func damage(r *rand.Rand, frame []byte) []byte {
	out := bytes.Clone(frame)
	for range 1 + r.IntN(3) {
		at := r.IntN(len(out) + 1)
		end := min(len(out), at+r.IntN(4))
		part := parts[r.IntN(len(parts))]
		switch r.IntN(5) {
		case 0: // insert
			out = splice(out, at, at, part)
		case 1: // replace
			out = splice(out, at, end, part)
		case 2: // delete
			out = splice(out, at, end, "")
		case 3: // repeat
			out = splice(out, at, at, string(out[at:end]))
		case 4: // cut off
			out = out[:at]
		}
	}
	return out
}

func splice(b []byte, from, to int, with string) []byte {
	out := append(bytes.Clone(b[:from]), with...)
	return append(out, b[to:]...)
}
