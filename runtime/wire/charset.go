package wire

import (
	"encoding/binary"
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
	var seen uint64
	i := 0
	for ; i+8 <= len(s); i += 8 {
		v := load64(s, i)
		seen |= v & highs
		nul = nul || (v-lows)&^v&highs != 0
	}
	for ; i < len(s); i++ {
		seen |= uint64(s[i] & 0x80)
		nul = nul || s[i] == 0
	}
	return nul, seen != 0
}

// printable reports whether s holds nothing but the bytes from 0x20 to 0x7f.
func printable(s string) bool {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		v := load64(s, i)
		if (v|(v-lows*0x20))&highs != 0 { // a byte above 0x7f, or one below 0x20 (which borrows)
			return false
		}
	}
	for ; i < len(s); i++ {
		if s[i]-0x20 > 0x5f {
			return false
		}
	}
	return true
}

func load64(s string, i int) uint64 {
	var b [8]byte
	copy(b[:], s[i:i+8])
	return binary.LittleEndian.Uint64(b[:])
}

// jsonEscapes reports whether the wire must not hold bytes above 0x7f that
// JSON escapes can avoid: JSON is UTF-8, which the other charsets are not.
func (c Charset) jsonEscapes() bool { return c != UTF8 }
