package decode

// Expects, Takes and InMode are what the stream's decoder asks.
func (s *stream) Expects(m int) bool {
	if s.from == Sent {
		return s.l.script.Prefers(m)
	}
	return s.l.expectsMessage(m)
}

// Takes prefers one of several messages that are expected.
func (s *stream) Takes(m int, _ []byte) bool { return s.from == Sent || s.l.takesMessage(m) }

// InMode reports whether the link may be in one of these modes.
func (s *stream) InMode(list []int) bool { return s.l.modes.in(list) }

// Skips reports whether a line is an echo.
func (s *stream) Skips(line []byte) bool {
	if !s.l.echoes.came(line) {
		return false
	}
	s.flush()
	s.record(Record{Kind: Echo, Size: int64(len(line))})
	return true
}

// everything expects all that there is, whatever the mode.
type everything struct{}

func (everything) Expects(int) bool { return true }

func (everything) InMode([]int) bool { return true }
