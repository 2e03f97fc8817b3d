package wire

import (
	"math"
	"strconv"
)

const upperHex = "0123456789ABCDEF"

// Uint writes decimal digits of a number that fits bits, 1 to 64.
func (w *Writer) Uint(field string, v uint64, bits int) {
	if v>>uint(bits) != 0 {
		w.Fail(field, "does not fit "+itoa(bits)+" bits")
		return
	}
	w.b = strconv.AppendUint(w.b, v, 10)
}

// Int writes decimal digits, after a minus where v is negative, of a number
// that fits bits, 1 to 64.
func (w *Writer) Int(field string, v int64, bits int) {
	if !fitsInt(v, bits) {
		w.Fail(field, "does not fit "+itoa(bits)+" bits")
		return
	}
	w.b = strconv.AppendInt(w.b, v, 10)
}

// Digits writes exactly n decimal digits, zeros in front.
func (w *Writer) Digits(field string, v uint64, n int) { w.fixed(field, v, n, 10) }

// Hex writes exactly n hexadecimal digits, in upper case, zeros in front.
func (w *Writer) Hex(field string, v uint64, n int) { w.fixed(field, v, n, 16) }

// Decimal writes d with all its places.
func (w *Writer) Decimal(field string, d Decimal) { w.b = d.append(w.b) }

// Float writes the shortest number that reads back as v, with an exponent only
// where it is very large or small. Infinities and NaN are refused.
func (w *Writer) Float(field string, v float64) {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		w.Fail(field, "not a finite number")
		return
	}
	w.b = appendFloat(w.b, v)
}

// fixed writes v in exactly n digits.
func (w *Writer) fixed(field string, v uint64, n, base int) {
	var digits [20]byte
	at := len(digits)
	for ; v > 0; v /= uint64(base) {
		at--
		digits[at] = upperHex[v%uint64(base)]
	}
	zeros := n - (len(digits) - at)
	if zeros < 0 {
		w.Fail(field, "does not fit "+itoa(n)+" digits")
		return
	}
	if !w.room(n) {
		return
	}
	for range zeros {
		w.b = append(w.b, '0')
	}
	w.b = append(w.b, digits[at:]...)
}

func fitsInt(v int64, bits int) bool {
	unused := 64 - uint(bits)
	return v<<unused>>unused == v
}

// appendFloat is the form that JSON in browsers uses: no exponent from 1e-6
// up to 1e21, and no negative zero, which says nothing to a device.
func appendFloat(b []byte, v float64) []byte {
	if v == 0 {
		return append(b, '0')
	}
	format := byte('f')
	if abs := math.Abs(v); abs < 1e-6 || abs >= 1e21 {
		format = 'e'
	}
	return strconv.AppendFloat(b, v, format, -1, 64)
}

func itoa(n int) string { return strconv.Itoa(n) }
