package wire

const notObject = "not a JSON object"

// jsonEnd finds where a JSON object ends that nothing else ends, and can stop
// behind any byte. An array ends like an object, and is no message. It looks at brackets and strings alone: whether it is JSON in
// between is another question.
type jsonEnd struct {
	lists         uint64 // a bit a level, the innermost lowest: it is a list
	depth         int
	text, escaped bool // in a string; behind its backslash
}

// scan reads on, and gives the number of bytes up to the end, 0 where it has not
// come; or why no object can come of it.
func (e *jsonEnd) scan(b []byte) (n int, why string) {
	for i, c := range b {
		switch {
		case e.text:
			if c < 0x20 {
				return 0, notJSON
			}
			e.inText(c)
		case c == '"':
			e.text = true
		case c == '{' || c == '[':
			if e.depth == maxJSONDepth {
				return 0, tooDeep
			}
			e.depth++
			e.lists = e.lists<<1 | ofList(c)
		case (c == '}' || c == ']') && e.depth > 0:
			if ofList(c) != e.lists&1 {
				return 0, notJSON
			}
			e.lists >>= 1
			if e.depth--; e.depth == 0 {
				return i + 1, ""
			}
		}
		if e.depth == 0 {
			return 0, notObject
		}
	}
	return 0, ""
}

// ofList is 1 for the brackets of a list, 0 for those of an object.
func ofList(c byte) uint64 {
	if c == '[' || c == ']' {
		return 1
	}
	return 0
}

func (e *jsonEnd) inText(c byte) {
	switch {
	case e.escaped:
		e.escaped = false
	case c == '\\':
		e.escaped = true
	case c == '"':
		e.text = false
	}
}
