package decode

// Expects, Takes and InMode are what the stream's decoder asks.
func (s *stream) Expects(m int) bool {
	if s.from == Sent { // a user and a password may look alike
		shape := &s.shapes[m]
		return s.l.script.Prefers(m) && s.believes(m) || shape.Block && len(shape.In) > 0
	}
	return s.l.expectsMessage(m)
}

// Takes prefers one of several messages that are expected.
func (s *stream) Takes(m int, _ []byte) bool { return s.from == Sent || s.l.takesMessage(m) }

// InMode reports whether the link may be in one of these modes.
func (s *stream) InMode(list []int) bool { return s.l.modes.in(list) }

// Skips reports whether a line is an echo. Its bytes are before the next frame, and counted
// with it.
func (s *stream) Skips(line []byte) bool {
	if !s.l.echoes.came(line) {
		return false
	}
	s.flush()
	s.l.d.put(Record{Kind: Echo, At: s.at, Conn: s.l.id, From: s.from, Offset: s.offset})
	return true
}

// believes reports whether a frame may be what it was taken for. What has no text of its own
// could be anything: then somebody must wait for it, or the script must come to it.
func (s *stream) believes(m int) bool {
	if !s.vague(m) {
		return true
	}
	if s.from == Sent {
		return !s.l.passed[m]
	}
	return s.l.expectsMessage(m)
}

// vague reports whether any line may be what has this index, as far as its text tells.
func (s *side) vague(i int) bool {
	shape := &s.shapes[i]
	return shape.Prefix == "" && !shape.Block && !shape.Object && s.framing.Of(shape.Frame).Packet == nil
}

// everything expects all that there is, whatever the mode, but for what any line could begin.
type everything struct{ *side }

func (e everything) Expects(m int) bool {
	shape := &e.shapes[m]
	return !shape.Prompt && (shape.Prefix != "" || !shape.Block)
}

func (everything) InMode([]int) bool { return true }
