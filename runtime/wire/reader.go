package wire

import (
	"errors"
	"strings"
)

// Reader decodes one frame, as a [Decoder] gives it: without its final
// terminator, line breaks inside in any of the received forms. It is a plain
// value for the stack and allocates nothing, but for errors and for the few
// values that cannot stay as they are (escaped strings, hex, base64):
//
//	r := wire.NewReader(frame, &framing)
//	r.Lit("READING ")
//	channel := uint8(r.Uint("channel", 8))
//	r.Lit(" ")
//	unit := r.Text("unit")
//	err := r.Done()
//
// The first error sticks: later calls give zero values, and loops over what is
// left end. Strings and byte slices alias the frame: they change when its
// buffer is used again, so what is to last must be cloned.
type Reader struct {
	b    []byte // the frame, or a window of it; empty after an error
	pos  int
	line int // end of a line of b, the current one if not below pos
	f    *Framing
	err  *FieldError
	bit  int // of the byte at pos that are read
	tail tail
	// short: no terminator begins in printable text, which has a short way then.
	short bool
	other int // where otherText is

	level Level
}

// otherText stands for the error of Lit, which is made when it is asked for: so Lit
// calls nothing and is inlined into its callers, where its text is a constant.
var otherText = &FieldError{Field: PartLiteral, Reason: "other text than the template's"}

// NewReader reads frame. f is not copied.
func NewReader(frame []byte, f *Framing) (r Reader) {
	r.Reset(frame, f)
	return r
}

// Reset makes r what NewReader gives. On a Reader variable it is faster, by as
// much as reading a field takes: NewReader's result is built apart and copied.
func (r *Reader) Reset(frame []byte, f *Framing) {
	r.b, r.pos, r.line, r.f, r.err, r.bit, r.tail = frame, 0, -1, f, nil, 0, noTail
	r.level, r.short = Level{}, f.controls()
}

// Lit skips literal text of the template; it fails with [PartLiteral] where
// other text comes next.
func (r *Reader) Lit(s string) {
	if b := r.b[r.pos:]; len(b) >= len(s) && string(b[:len(s)]) == s {
		r.pos += len(s)
	} else {
		r.noText()
	}
}

func (r *Reader) noText() {
	if r.err == nil {
		r.err, r.other = otherText, r.pos
	}
	r.b, r.pos, r.line, r.bit = nil, 0, -1, 0
}

// Same skips the encoded form of a field that is on the wire once more; it
// fails where other bytes come next.
func (r *Reader) Same(field string, encoded []byte) { r.SameText(field, alias(encoded)) }

// SameText is Same for a string.
func (r *Reader) SameText(field, encoded string) {
	if !r.Has(encoded) {
		r.Fail(field, "not the same as before")
		return
	}
	r.pos += len(encoded)
}

// Break skips one line break; it fails with [PartEnd] where the line goes on.
func (r *Reader) Break() {
	n := r.f.endAt(r.b[r.pos:])
	if n == 0 {
		r.endTail()
		return
	}
	r.pos += n
}

// Has reports whether the next bytes are s, which it does not skip.
func (r *Reader) Has(s string) bool {
	b := r.b[r.pos:]
	return len(b) >= len(s) && string(b[:len(s)]) == s
}

// AtBreak reports whether the line, and perhaps the frame, ends here. It is
// true after an error.
func (r *Reader) AtBreak() bool {
	return r.pos == len(r.b) || r.f.endAt(r.b[r.pos:]) > 0
}

// AtEnd reports whether the frame ends here. It is true after an error.
func (r *Reader) AtEnd() bool { return r.pos == len(r.b) }

// AtLine reports whether the current line begins with text, from here, and, if
// whole, ends with it: the line that ends a list of lines. No text that is not
// whole is the end of the frame, see [Reader.ToEnd]. It is true after an error.
func (r *Reader) AtLine(text string, whole bool) bool {
	switch {
	case r.err != nil:
		return true
	case text == "" && !whole:
		return r.tail == tailEnded
	case !r.Has(text):
		return false
	case !whole:
		return true
	}
	rest := r.b[r.pos+len(text):]
	return len(rest) == 0 || r.f.endAt(rest) > 0
}

// NextLine reports whether the line ends here, and another follows that begins with
// text.
func (r *Reader) NextLine(text string) bool {
	n := r.f.endAt(r.b[r.pos:])
	return n > 0 && strings.HasPrefix(alias(r.b[r.pos+n:]), text)
}

// AtItem reports whether the current line has text behind skip bytes, from here:
// another item of a list of lines whose end nothing else tells. It is false after
// an error.
func (r *Reader) AtItem(skip int, text string) bool {
	return r.err == nil && behind(r.rest(), skip, text)
}

// Separators counts how often sep is left on the current line, without overlap.
func (r *Reader) Separators(sep string) int {
	if n := r.separators(sep); n >= 0 || sep == "" {
		return max(n, 0)
	}
	rest := alias(r.rest())
	for n := 0; ; n++ {
		at := indexOf(rest, sep)
		if at < 0 {
			return n
		}
		rest = rest[at+len(sep):]
	}
}

// separators is Separators in one pass over a line of printable ASCII, the usual
// one; it is -1 for any other.
func (r *Reader) separators(sep string) (n int) {
	if len(sep) != 1 || sep[0] < 0x20 || !r.short {
		return -1
	}
	rest := alias(r.b[r.pos:])
	for i := range len(rest) {
		switch c := rest[i]; {
		case c == sep[0]:
			n++
		case c >= 0x20:
		case r.f.endAt(r.b[r.pos+i:]) == 0:
			return -1
		default:
			return n
		}
	}
	return n
}

// Offset is the current place, in bytes from the frame's start.
func (r *Reader) Offset() int { return r.pos }

// Since gives the bytes of the frame from offset, which Offset gave, to here.
func (r *Reader) Since(offset int) []byte {
	if offset < 0 || offset > r.pos { // after an error
		return nil
	}
	return r.b[offset:r.pos:r.pos]
}

// Fail makes the frame fail, for checks that are the caller's: a range, a
// closed enum. The reason must not hold the field's value.
func (r *Reader) Fail(field, reason string) { r.failAt(r.pos, field, reason) }

// Nest makes the frame fail because a part of field does: a *[FieldError] (from
// a JSON object) is put below field. Nil is no error.
func (r *Reader) Nest(field string, err error) {
	if err == nil || r.err != nil {
		return
	}
	r.stop(nest(field, err, r.pos))
}

// Err is the first error so far, a *[FieldError], or nil.
func (r *Reader) Err() error {
	if r.err == nil {
		return nil
	}
	return r.failure()
}

func (r *Reader) failure() *FieldError {
	if r.err == otherText {
		r.err = &FieldError{Field: otherText.Field, Reason: otherText.Reason, Offset: r.other}
	}
	return r.err
}

// Done ends the frame: it fails with [PartEnd] where bytes are left. It gives
// the first error, a *[FieldError], or nil.
func (r *Reader) Done() error {
	if r.err == nil && r.pos == len(r.b) && r.bit == 0 {
		return nil
	}
	return r.undone()
}

//go:noinline
func (r *Reader) undone() error {
	r.Fail(PartEnd, "more bytes than the template has")
	return r.Err()
}

func (r *Reader) failAt(offset int, field, reason string) {
	if r.err == nil {
		r.stop(&FieldError{Field: field, Reason: reason, Offset: offset})
	}
}

// stop empties the reader, so that whatever comes next finds nothing: the
// codecs need not look for an earlier error.
func (r *Reader) stop(err *FieldError) {
	r.err = err
	r.b, r.pos, r.line, r.bit = nil, 0, -1, 0
}

// rest is what is left of the current line.
func (r *Reader) rest() []byte {
	if r.line < r.pos {
		at, _ := r.f.lineEnd(r.b[r.pos:])
		r.line = r.pos + at
	}
	return r.b[r.pos:r.line]
}

// nest puts err below field.
func nest(field string, err error, offset int) *FieldError {
	var inner *FieldError
	if !errors.As(err, &inner) {
		return &FieldError{Field: field, Reason: "does not fit", Offset: offset}
	}
	path := field
	switch {
	case field == "":
		path = inner.Field
	case inner.Field != "":
		path += "." + inner.Field
	}
	return &FieldError{Field: path, Reason: inner.Reason, Offset: offset}
}
