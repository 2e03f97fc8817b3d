package wire

import "strings"

// Writer encodes one frame. It is a plain value for the stack, and allocates
// nothing but, where dst is too small, the frame itself:
//
//	w := wire.NewWriter(dst, &framing)
//	w.Lit("READ ")
//	w.Uint("channel", uint64(channel), 8)
//	dst, err := w.End()
//
// The first error sticks, and nothing is appended then: whatever does not fit
// its type or could be taken for the end of its field, line or frame is refused
// before a byte is sent. Names of fields are for errors only.
type Writer struct {
	b     []byte
	start int // of the frame in b
	line  int // where the text of the current line began, counted bytes left out
	f     *Framing
	err   error
	bits  int  // of the last byte that are written; 0: all
	lines bool // every line ends with CR, LF or both, either way
	level Level
}

// NewWriter begins a frame that is appended to dst. f is not copied.
func NewWriter(dst []byte, f *Framing) (w Writer) {
	w.Reset(dst, f)
	return w
}

// Reset makes w what NewWriter gives; see [Reader.Reset].
func (w *Writer) Reset(dst []byte, f *Framing) {
	w.b, w.start, w.line, w.f = dst, len(dst), len(dst), f
	w.err, w.bits, w.level = nil, 0, Level{}
	w.lines = f.newlinesOnly()
}

// Next forgets what was written, but not an error: values that only have to be
// checked are written one at a time.
func (w *Writer) Next() {
	if w.err == nil {
		w.b, w.line, w.bits = w.b[:w.start], w.start, 0
	}
}

// Lit writes literal text of the template, as it is.
func (w *Writer) Lit(s string) { w.b = append(w.b, s...) }

// Break writes a line break inside the frame: Framing.SendEnd.
func (w *Writer) Break() {
	w.endLine()
	w.line = len(w.b)
}

// EndItem ends the line, or the last one, of an item that was written since
// mark, in a list of lines that goes on until one begins with text and, if whole,
// is nothing else; no text that is not whole is the end of the frame. It fails
// where the item looks like that line.
func (w *Writer) EndItem(field string, mark int, text string, whole bool) {
	if w.err == nil && (text != "" || whole) {
		item := alias(w.b[mark:])
		if rest, ok := strings.CutPrefix(item, text); ok && (!whole || rest == "" || w.f.begins(rest)) {
			w.Fail(field, "looks like the line that ends the list")
		}
	}
	w.Break()
}

// EndLine is EndItem for the current line, in which nothing is counted.
func (w *Writer) EndLine(field, text string, whole bool) { w.EndItem(field, w.line, text, whole) }

// Unlike fails where what was written since mark begins with one of texts, so
// that a receiver would take it for another form of the field.
func (w *Writer) Unlike(field string, mark int, texts ...string) {
	for _, text := range texts {
		if w.err == nil && strings.HasPrefix(alias(w.b[mark:]), text) {
			w.Fail(field, "looks like another form")
		}
	}
}

// Separate writes sep where something was written since mark.
func (w *Writer) Separate(mark int, sep string) {
	if len(w.b) > mark {
		w.Lit(sep)
	}
}

// End ends the frame with Framing.SendEnd and gives dst with the frame
// appended. The error is a *[FieldError] or a *[SizeError]; dst is then as it
// was. The bound, Framing.Max, does not count the final terminator.
func (w *Writer) End() (frame []byte, err error) {
	if w.f.Packet != nil {
		return w.packet()
	}
	w.room(0)
	w.endLine()
	return w.result()
}

// Done gives what was written without ending the line: a part of a frame, or a
// frame whose last part is counted. The errors are those of End.
func (w *Writer) Done() (b []byte, err error) {
	w.room(0)
	return w.result()
}

func (w *Writer) result() ([]byte, error) {
	if w.err != nil {
		return w.b[:w.start], w.err
	}
	return w.b, nil
}

// Err is the first error so far, a *[FieldError] or a *[SizeError], or nil.
func (w *Writer) Err() error { return w.err }

// Fail makes the frame fail, for checks that are the caller's: a range, a
// closed enum. The reason must not hold the field's value.
func (w *Writer) Fail(field, reason string) {
	if w.err == nil {
		w.err = &FieldError{Field: field, Reason: reason, Offset: len(w.b) - w.start}
	}
}

// Nest makes the frame fail because a part of field does: a *[FieldError]
// (from a JSON object, or a part that was written apart) is put below field.
// Nil is no error.
func (w *Writer) Nest(field string, err error) {
	if err != nil && w.err == nil {
		w.err = nest(field, err, len(w.b)-w.start)
	}
}

// Mark is the current place, for Pad.
func (w *Writer) Mark() int { return len(w.b) }

// Pad fills what was written since mark up to exactly n bytes with others, mostly
// blanks, on the left or the right. It fails where there is more, or where such a
// byte of the value itself would be taken for padding.
func (w *Writer) Pad(field string, mark, n int, left bool, fill byte) {
	if w.err != nil {
		return
	}
	have := len(w.b) - mark
	switch {
	case have > n:
		w.Fail(field, "longer than "+itoa(n)+" bytes")
	case have > 0 && left && w.b[mark] == fill, have > 0 && !left && w.b[len(w.b)-1] == fill:
		w.Fail(field, "has its filler at the padded end")
	case w.room(n - have):
		for range n - have {
			w.b = append(w.b, fill)
		}
		if left {
			copy(w.b[mark+n-have:], w.b[mark:mark+have])
			for i := range n - have {
				w.b[mark+i] = fill
			}
		}
	}
}

// room reports whether n more bytes fit into the frame, and fails where not:
// a value too large is refused before memory is spent on it.
func (w *Writer) room(n int) bool {
	if w.err == nil && n > w.f.Max-(len(w.b)-w.start) {
		w.err = &SizeError{Max: w.f.Max}
	}
	return w.err == nil
}

// endLine writes the terminator. Where terminators are made of other bytes than
// CR and LF, one may be in a number, or arise where two parts meet ("a#" and
// "#b" where "##" ends a line), so that a receiver would see the line end there:
// such lines are refused.
func (w *Writer) endLine() {
	end := w.f.SendEnd
	if w.lines { // nothing on the line holds a part of it
		if len(end) == 2 {
			w.b = append(w.b, '\r', '\n')
		} else {
			w.b = append(w.b, end[0])
		}
		return
	}
	w.b = append(w.b, end...)
	w.oneLine(len(end))
}

// oneLine fails where the current line ends before the last bytes that were
// written, so many of them.
func (w *Writer) oneLine(end int) {
	if w.lines || w.err != nil || w.f.SendEnd == "" || w.f.plain() {
		return
	}
	line := w.b[w.line:]
	if at, _ := w.f.lineEndAny(line); at < len(line)-end {
		w.err = &FieldError{Field: PartEnd, Reason: "the line has a line end inside", Offset: w.line - w.start + at}
	}
}
