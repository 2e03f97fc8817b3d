package wire

import (
	"encoding/binary"
	"math"
	"strings"
)

// Keys encode field values so that equal values, and only those, have equal
// bytes, also when several keys are put one behind the other: the session
// compares echoed fields, lasting commands and event routes by them alone.
//
// Numbers are equal across types where their values are: an int8 of 3 and a
// decimal of 3.0 have one key, and text has that of its bytes. A float is only
// ever equal to a float.
const (
	keyWhole    = 'u' // uvarint
	keyNegative = 'i' // uvarint of -1-v
	keyDecimal  = 'd' // scale, then coefficient; never a whole number
	keyBytes    = 't' // length, then bytes
	keyBool     = 'b'
	keyFloat    = 'f'
	keyJSON     = 'j' // length, then bytes
)

// KeyUint appends the key of v.
func KeyUint(dst []byte, v uint64) []byte {
	return binary.AppendUvarint(append(dst, keyWhole), v)
}

// KeyInt appends the key of v.
func KeyInt(dst []byte, v int64) []byte {
	if v >= 0 {
		return KeyUint(dst, uint64(v))
	}
	return binary.AppendUvarint(append(dst, keyNegative), uint64(^v))
}

// KeyText appends the key of v.
func KeyText(dst []byte, v string) []byte {
	dst = binary.AppendUvarint(append(dst, keyBytes), uint64(len(v)))
	return append(dst, v...)
}

// KeyBytes appends the key of v.
func KeyBytes(dst, v []byte) []byte { return KeyText(dst, alias(v)) }

// KeyDecimal appends the key of v's value: 21.5 and 21.50 have one.
func KeyDecimal(dst []byte, v Decimal) []byte {
	v = v.normal()
	if v.Scale == 0 {
		return KeyInt(dst, v.Coef)
	}
	return binary.AppendVarint(append(dst, keyDecimal, v.Scale), v.Coef)
}

// KeyBool appends the key of v.
func KeyBool(dst []byte, v bool) []byte {
	if v {
		return append(dst, keyBool, 1)
	}
	return append(dst, keyBool, 0)
}

// KeyJSON appends the key of one JSON value: that of what a string, a number
// without exponent or a bool means, of others that of their text without blanks.
func KeyJSON(dst, raw []byte) []byte {
	s := strings.Trim(alias(raw), " \t\r\n")
	if s == "true" || s == "false" {
		return KeyBool(dst, s == "true")
	}
	if len(s) > 1 && s[0] == '"' {
		if text, why := unquoteJSONToken(s); why == "" {
			return KeyText(dst, text)
		}
	}
	if n, length, ok := scanUint(s); ok && length > 0 && length == len(s) {
		return KeyUint(dst, n)
	}
	if d, err := ParseDecimal(s); err == nil {
		return KeyDecimal(dst, d)
	}
	compact := compactJSON(nil, alias(raw), false)
	return append(binary.AppendUvarint(append(dst, keyJSON), uint64(len(compact))), compact...)
}

// KeyFloat appends the key of v; 0 and -0 have one, and so have all NaN.
func KeyFloat(dst []byte, v float64) []byte {
	switch {
	case v == 0:
		v = 0
	case v != v:
		v = math.NaN()
	}
	return binary.BigEndian.AppendUint64(append(dst, keyFloat), math.Float64bits(v))
}
