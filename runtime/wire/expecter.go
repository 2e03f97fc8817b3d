package wire

// Expecter says which messages are awaited now.
type Expecter interface {
	// Expects reports whether a message, an index of the Dispatch, may come
	// next. It is asked where there are several candidates, or one that does not come
	// at any time: once for each, when a first line is complete.
	Expects(message int) bool
}

// Chooser is an Expecter that tells awaited messages apart by what is in them,
// where more than one fits a frame.
type Chooser interface {
	Expecter
	// Takes reports whether a frame, as this awaited message, is for somebody.
	// Where it is not, the others are tried before it. It must not keep frame.
	Takes(message int, frame []byte) bool
}

// Moded is an Expecter of a session whose state decides what may come.
type Moded interface {
	Expecter
	// InMode reports whether the session is in one of these modes.
	InMode(modes []int) bool
}

// possible reports whether what there is in these modes may come now; where
// nobody knows the mode, all may.
func possible(in []int, expects Expecter) bool {
	if len(in) == 0 {
		return true
	}
	m, ok := expects.(Moded)
	return !ok || m.InMode(in)
}

// Skipper knows of lines that are none of the server's: the echo of what was sent.
type Skipper interface {
	// Skips reports whether the line, the first of a frame, is to be dropped. It
	// is asked once for each, and must not keep it.
	Skips(line []byte) bool
}
