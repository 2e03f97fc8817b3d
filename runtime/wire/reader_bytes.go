package wire

import (
	"encoding/base64"
	"strings"
)

// Bytes reads n bytes, whatever they are; it fails with [PartLength] where
// fewer are left. The slice aliases the frame.
func (r *Reader) Bytes(field string, n uint64) []byte {
	if n > uint64(len(r.b)-r.pos) {
		r.Fail(PartLength, field+" has fewer bytes than were counted")
		return nil
	}
	return r.take(int(n))
}

// FixedBytes reads exactly n bytes, whatever they are. The slice aliases the
// frame.
func (r *Reader) FixedBytes(field string, n int) []byte {
	if n < 0 || n > len(r.b)-r.pos {
		r.Fail(field, tooShort)
		return nil
	}
	return r.take(n)
}

// HexBytes reads pairs of hexadecimal digits, of either case, to the first of
// stops or the line end. The slice is new.
func (r *Reader) HexBytes(field string, stops ...string) []byte {
	n := r.until(stops)
	digits := r.b[r.pos : r.pos+n]
	if n%2 != 0 {
		r.Fail(field, "an odd number of hex digits")
		return nil
	}
	out := make([]byte, n/2)
	for i := range out {
		hi, lo := hexValue[digits[2*i]], hexValue[digits[2*i+1]]
		if hi|lo > 15 {
			r.Fail(field, "not a hex digit")
			return nil
		}
		out[i] = hi<<4 | lo
	}
	if r.err != nil {
		return nil
	}
	r.pos += n
	return out
}

// Base64 reads the standard alphabet, padded (RFC 4648, section 4), to the
// first of stops or the line end. The slice is new.
func (r *Reader) Base64(field string, stops ...string) []byte {
	n := r.until(stops)
	text := r.b[r.pos : r.pos+n]
	// The standard decoder skips CR and LF, which are data on some links.
	if strings.ContainsAny(alias(text), "\r\n") {
		r.Fail(field, notBase64)
		return nil
	}
	out, err := base64.StdEncoding.Strict().AppendDecode(make([]byte, 0, base64.StdEncoding.DecodedLen(n)), text)
	if err != nil {
		r.Fail(field, notBase64)
		return nil
	}
	if r.err != nil {
		return nil
	}
	r.pos += n
	return out
}

const notBase64 = "not base64"

// JSON reads one JSON value of the current line, and skips blanks between it
// and the line end. The slice aliases the frame, without those blanks.
func (r *Reader) JSON(field string) []byte {
	line := r.rest()
	n := jsonExtent(alias(line))
	if why := refuseJSON(line[:n]); why != "" {
		r.Fail(field, why)
		return nil
	}
	value := r.take(n)
	if rest := r.rest(); strings.Trim(alias(rest), " \t") == "" {
		r.pos += len(rest)
	}
	return value
}

// Object reads a frame that is one JSON object, blanks around it allowed; after
// an error it gives an empty object that has failed. The object's own error is
// for [Reader.Nest], without a field.
func (r *Reader) Object() *Object {
	o, err := ParseObject(r.b[r.pos:])
	if err != nil {
		r.Nest("", err)
		return failedObject(r.failure())
	}
	r.pos = len(r.b)
	return o
}

func (r *Reader) take(n int) []byte {
	b := r.b[r.pos : r.pos+n : r.pos+n]
	r.pos += n
	return b
}

// Padding remembers what [Reader.Unpad] goes back to.
type Padding struct {
	b    []byte
	end  int
	line int
}

// Pad narrows the reader to the value inside a field of exactly n bytes, filled up
// on the left or the right: what follows reads that value as if it were the rest of
// the line, until Unpad.
func (r *Reader) Pad(field string, n int, left bool, fill byte) Padding {
	line := r.rest()
	if n < 0 || len(line) < n {
		r.Fail(field, tooShort)
		return Padding{}
	}
	p := Padding{b: r.b, end: r.pos + n, line: r.line}
	value := alias(line[:n])
	if left {
		for r.pos < p.end && value[0] == fill {
			r.pos, value = r.pos+1, value[1:]
		}
	} else {
		for value != "" && value[len(value)-1] == fill {
			value = value[:len(value)-1]
		}
	}
	n = len(value)
	r.b, r.line = r.b[:r.pos+n], r.pos+n
	return p
}

// Unpad ends the field that Pad began; it fails where some of it is left.
func (r *Reader) Unpad(field string, p Padding) {
	if r.pos != len(r.b) {
		r.Fail(field, "more bytes than its value has")
	}
	if r.err == nil {
		r.b, r.pos, r.line = p.b, p.end, p.line
	}
}
