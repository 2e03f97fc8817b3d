package wire

import (
	"encoding/base64"
)

// Bytes writes counted bytes, whatever they are.
func (w *Writer) Bytes(field string, b []byte) {
	if !w.room(len(b)) {
		return
	}
	w.b = append(w.b, b...)
	w.line = len(w.b)
}

// Apart gives what write writes, for what must be counted before it is sent; an
// error of it is w's.
func (w *Writer) Apart(write func(w *Writer)) []byte {
	inner := NewWriter(nil, w.f)
	write(&inner)
	b, err := inner.Done()
	if w.err == nil {
		w.err = err
	}
	return b
}

// FixedBytes writes exactly n bytes; else it is Bytes.
func (w *Writer) FixedBytes(field string, b []byte, n int) {
	if len(b) != n {
		w.Fail(field, "not of exactly "+itoa(n)+" bytes")
		return
	}
	w.Bytes(field, b)
}

// HexBytes writes each byte as two hexadecimal digits, in upper case.
func (w *Writer) HexBytes(field string, b []byte) {
	if !w.room(2 * len(b)) {
		return
	}
	for _, c := range b {
		w.b = append(w.b, upperHex[c>>4], upperHex[c&15])
	}
}

// Base64 writes b in the standard alphabet, padded (RFC 4648, section 4).
func (w *Writer) Base64(field string, b []byte) {
	if w.room(base64.StdEncoding.EncodedLen(len(b))) {
		w.b = base64.StdEncoding.AppendEncode(w.b, b)
	}
}

// Object begins a JSON object that is put in place by [Writer.EndObject];
// nothing else may be written in between. Where the charset is not UTF-8, other
// characters than ASCII are escaped.
func (w *Writer) Object() ObjectWriter {
	o := NewObject(w.b)
	o.ascii = w.f.Charset.jsonEscapes()
	return o
}

// EndObject ends what Object began.
func (w *Writer) EndObject(o *ObjectWriter) {
	mark := len(w.b)
	b, err := o.Done()
	if err != nil {
		w.Nest("", err)
		return
	}
	if w.err == nil && w.f.breaks(alias(b[mark:])) {
		w.Fail("", holdsBreak)
	}
	if w.err == nil {
		w.b = b
		w.room(0)
	}
}

// JSON writes one JSON value without blanks or line breaks between its parts.
// Where the charset is not UTF-8, other characters than ASCII are escaped.
func (w *Writer) JSON(field string, raw []byte) {
	if why := refuseJSON(raw); why != "" {
		w.Fail(field, why)
		return
	}
	if !w.room(0) {
		return
	}
	mark := len(w.b)
	b := compactJSON(w.b, alias(raw), w.f.Charset.jsonEscapes())
	if w.f.breaks(alias(b[mark:])) {
		w.Fail(field, holdsBreak)
		return
	}
	w.b = b
	w.room(0)
}
