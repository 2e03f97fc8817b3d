package wire

import (
	"math/bits"
	"unicode/utf8"
)

// Reasons that several codecs give.
const (
	notUTF8  = "not valid UTF-8"
	notASCII = "not ASCII"
	holdsNUL = "holds a NUL"
)

const (
	lows  = 0x0101010101010101
	highs = 0x8080808080808080
)

// refuses says why s is no text of charset c, or gives "". Terminators are not
// its business.
//
// NUL is refused in UTF-8 and ASCII text: it is no text, and devices whose
// strings end at a NUL would not see what follows it. Latin-1 takes any byte.
func (c Charset) refuses(s string) string {
	if c == Latin1 {
		return ""
	}
	if nul, high := scanText(s); nul {
		return holdsNUL
	} else if high {
		return c.leaves(s)
	}
	return ""
}

// leaves says why s is outside of charset c, or gives ""; NUL is inside.
func (c Charset) leaves(s string) string {
	if c == Latin1 {
		return ""
	}
	if _, high := scanText(s); high && c == ASCII {
		return notASCII
	}
	if !utf8.ValidString(s) {
		return notUTF8
	}
	return ""
}

// scanText tells, eight bytes at a time, whether s holds a NUL and whether it
// holds bytes above 0x7f.
func scanText(s string) (nul, high bool) {
	var highs8, nuls8 uint64
	for len(s) >= 8 {
		v := load64(s)
		highs8 |= v
		nuls8 |= (v - lows) &^ v
		s = s[8:]
	}
	for i := range len(s) {
		v := uint64(s[i])
		highs8 |= v
		nuls8 |= (v - 1) &^ v // bit 7 is set by a NUL alone
	}
	return nuls8&highs != 0, highs8&highs != 0
}

// printable reports whether s holds nothing but the bytes from 0x20 to 0x7f.
func printable(s string) bool {
	if len(s) < 8 {
		for i := range len(s) {
			if s[i]-0x20 > 0x5f {
				return false
			}
		}
		return true
	}
	last := s[len(s)-8:] // may overlap what precedes it
	for ; len(s) > 8; s = s[8:] {
		if !printable8(load64(s)) {
			return false
		}
	}
	return printable8(load64(last))
}

// visible reports whether s is not empty and holds nothing but visible ASCII and DEL,
// and so no blank.
func visible(s string) bool {
	if len(s) < 8 {
		for i := range len(s) {
			if s[i]-0x21 > 0x5e {
				return false
			}
		}
		return s != ""
	}
	last := s[len(s)-8:]
	for ; len(s) > 8; s = s[8:] {
		if !visible8(load64(s)) {
			return false
		}
	}
	return visible8(load64(last))
}

// visible8 sees a byte above 0x7f, or one below 0x21, which borrows.
func visible8(v uint64) bool { return (v|(v-lows*0x21))&highs == 0 }

// printable8 sees a byte above 0x7f, or one below 0x20, which borrows.
func printable8(v uint64) bool { return (v|(v-lows*0x20))&highs == 0 }

// visibleRun is how many bytes from 0x21 to 0x7e s begins with.
func visibleRun(s string) int {
	n := 0
	for ; len(s)-n >= 8; n += 8 {
		if other := invisible8(load64(s[n:])); other != 0 {
			return n + bits.TrailingZeros64(other)/8
		}
	}
	for n < len(s) && s[n]-0x21 < 0x7f-0x21 {
		n++
	}
	return n
}

// invisible8 marks the lowest byte that is below 0x21 or above 0x7e; a borrow or a
// carry reaches only what is above it.
func invisible8(v uint64) uint64 {
	return ((v-lows*0x21)&^v | (v + lows) | v) & highs
}

func load64(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// jsonEscapes reports whether the wire must not hold bytes above 0x7f that
// JSON escapes can avoid: JSON is UTF-8, which the other charsets are not.
func (c Charset) jsonEscapes() bool { return c != UTF8 }
