package wire

import (
	"math"
	"math/bits"
)

// digits reads the decimal digits that s begins with: how many, and their
// value, which is right up to 19 of them.
func digits(s string) (v uint64, n int) {
	if len(s) >= 8 {
		if v, n = digits8(load64(s)); n < 8 {
			return v, n
		}
	}
	for n < len(s) && s[n]-'0' <= 9 {
		v = v*10 + uint64(s[n]-'0')
		n++
	}
	return v, n
}

// digits8 reads those of eight bytes, the first the lowest, without a branch for
// each: the lengths of numbers are what a processor cannot foresee.
func digits8(v uint64) (value uint64, n int) {
	const (
		ones  = 0x0101010101010101
		tens  = 100 + 1000000<<32 // weights of pairs 1 and 3, see below
		units = 1 + 10000<<32
	)
	v ^= '0' * ones // a digit is now 0 to 9, anything else more
	other := (v | (v + 6*ones)) & (0xf0 * ones)
	n = bits.TrailingZeros64(other) / 8 // a carry reaches only what is behind
	v <<= uint(64 - 8*n)                // zeros in front, nothing behind
	v = v*10 + v>>8                     // pairs, in the even bytes
	const pair = 0xff + 0xff<<32
	return ((v&pair)*tens + (v>>16&pair)*units) >> 32, n
}

// scanUint reads the decimal digits that s begins with, n bytes of it: their
// number, and whether it fits 64 bits.
func scanUint(s string) (v uint64, n int, ok bool) {
	v, n = digits(s)
	if n <= 19 {
		return v, n, true
	}
	v, ok = 0, true
	for i := range n {
		d := uint64(s[i] - '0')
		if v > (math.MaxUint64-d)/10 {
			ok = false
		}
		v = v*10 + d
	}
	return v, n, ok
}
