package decode

import "github.com/linewright/linewright/runtime/wire"

// seeking says how sure it is that what comes next is the beginning of a frame.
type seeking uint8

const (
	synced   seeking = iota // it is
	aligned                 // it may be; what is not understood may be the middle of one
	anchored                // it may be, where it begins with text that a document fixes
)

// missing says that the capture lacks bytes: what was not complete never will be, and
// what comes next may be the middle of a frame.
func (s *stream) missing(n int64) {
	if s.closed {
		return
	}
	s.flush()
	if len(s.buf) > 0 {
		s.record(Record{Kind: Cut, Size: int64(len(s.buf))})
		s.offset += int64(len(s.buf))
		s.buf = nil
	}
	s.before = 0
	s.record(Record{Kind: Gap, Size: n})
	if s.l.secure {
		return
	}
	s.decoder.Reset()
	s.telnet.Reset()
	s.short, s.skipping, s.trying, s.seeking = 0, false, false, anchored
	if s.loose != nil {
		s.loose.Reset()
	}
	if s.from == Sent {
		s.l.awaitAnything()
	}
}

// sought ends the search at a frame that is understood; true: it may be the rest of
// another one, and is none.
func (s *stream) sought(f wire.Frame, whole []byte) bool {
	if s.seeking == anchored && !s.fixed(f.Message) {
		s.refuse(whole)
		s.seeking = aligned
		return true
	}
	s.flush()
	s.seeking = synced
	return false
}

// lost reports whether a frame that is not understood is not to be: it may be the middle of
// one that is.
func (s *stream) lost(whole []byte) bool {
	if s.seeking == synced {
		return false
	}
	s.refuse(whole)
	s.seeking = aligned
	return true
}

// fixed reports whether a frame of this kind begins with something that a document fixes.
func (s *side) fixed(i int) bool {
	shape := &s.shapes[i]
	return shape.Prefix != "" || shape.Object || s.framing.Of(shape.Frame).Packet != nil
}
