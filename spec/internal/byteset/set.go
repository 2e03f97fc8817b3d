// Package byteset is a set of bytes: what a field may hold, or begin with. The
// rules about templates compare such sets: what follows a number must not begin
// with a digit, and two messages differ where no byte fits both.
package byteset

import "math/bits"

// Set is a set of bytes; the zero value is empty.
type Set [4]uint64

// Of holds the bytes of chars.
func Of(chars string) Set {
	var s Set
	for i := range len(chars) {
		s.Add(chars[i])
	}
	return s
}

// Range holds the bytes from low to high.
func Range(low, high byte) Set {
	var s Set
	for c := int(low); c <= int(high); c++ {
		s.Add(byte(c))
	}
	return s
}

// Add puts c into the set.
func (s *Set) Add(c byte) { s[c>>6] |= 1 << (c & 63) }

// Has reports whether c is in the set.
func (s Set) Has(c byte) bool { return s[c>>6]&(1<<(c&63)) != 0 }

// Or is what is in s or o.
func (s Set) Or(o Set) Set {
	for i := range s {
		s[i] |= o[i]
	}
	return s
}

// And is what is in s and o.
func (s Set) And(o Set) Set {
	for i := range s {
		s[i] &= o[i]
	}
	return s
}

// Without is what is in s and not in o.
func (s Set) Without(o Set) Set {
	for i := range s {
		s[i] &^= o[i]
	}
	return s
}

// Empty reports whether nothing is in the set.
func (s Set) Empty() bool { return s == Set{} }

// Pick gives a byte of the set, the first one of preferred that is in it, else
// the lowest from the blank on, else the lowest. The set must not be empty.
func (s Set) Pick(preferred string) byte {
	for i := range len(preferred) {
		if s.Has(preferred[i]) {
			return preferred[i]
		}
	}
	if printable := s.And(Range(' ', 0xff)); !printable.Empty() {
		s = printable
	}
	for i, w := range s {
		if w != 0 {
			return byte(i*64 + bits.TrailingZeros64(w))
		}
	}
	return 0
}
