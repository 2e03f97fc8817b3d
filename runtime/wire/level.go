package wire

// Level is how deep a value is in others of its type, or of types that hold each
// other.
type Level struct{ group, n uint16 }

// enter is the level of a value inside one of level l.
func (l Level) enter(group int) Level {
	if l.group != uint16(group) {
		return Level{uint16(group), 1} // those of other types do not count
	}
	return Level{l.group, l.n + 1}
}

// Enter begins a value of a type that may hold itself; types that hold each other
// are one group, counted from 1. It is not ok after an error, and fails where more
// than most values are in each other, so that what is read is never deeper. Leave
// takes outer.
func (r *Reader) Enter(group, most int) (outer Level, ok bool) {
	outer = r.level
	if r.level = outer.enter(group); int(r.level.n) > most {
		r.Fail("", nestedDeep)
	}
	return outer, r.err == nil
}

// Leave ends the value.
func (r *Reader) Leave(outer Level) { r.level = outer }

// Enter is that of a [Reader], for a value that is written.
func (w *Writer) Enter(group, most int) (outer Level, ok bool) {
	outer = w.level
	if w.level = outer.enter(group); int(w.level.n) > most {
		w.Fail("", nestedDeep)
	}
	return outer, w.err == nil
}

// Leave ends the value.
func (w *Writer) Leave(outer Level) { w.level = outer }

const nestedDeep = "is nested too deeply"
