package wire

// tail is what is known of lines that go on to the frame's end.
type tail uint8

const (
	noTail    tail = iota
	tailLines      // they go on
	tailEnded      // the last one has ended
)

// ToEnd begins lines that go on to the end of the frame, none or more of them.
// Each has a line break before it, of which the first is skipped here. After each
// line comes Break, for which the frame's end counts as one.
func (r *Reader) ToEnd() {
	if r.AtEnd() {
		r.tail = tailEnded
		return
	}
	r.Break()
	r.tail = tailLines
}

// endTail is Break where no line ends by itself.
func (r *Reader) endTail() {
	if r.tail == tailLines && r.AtEnd() {
		r.tail = tailEnded
		return
	}
	r.Fail(PartEnd, "no line end here")
}

// ToEnd begins lines that go on to the end of the frame: each is ended by Break,
// EndItem or EndLine, and all of them by EndTail.
func (w *Writer) ToEnd() { w.Break() }

// EndTail takes the last line break back: what follows is the end of the frame.
func (w *Writer) EndTail() {
	if w.err == nil {
		w.b = w.b[:len(w.b)-len(w.f.SendEnd)]
		w.line = len(w.b)
	}
}
