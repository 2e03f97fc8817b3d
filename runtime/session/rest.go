package session

import (
	"sync"

	"github.com/linewright/linewright/runtime/wire"
)

// What a session needs only while it has something to do is lent to it: an idle
// one, of which there may be thousands, is small.

// effects are those that no session has.
var effects = sync.Pool{New: func() any { return new(Effects) }}

// Rest gives back what the session needs only while something goes on. A driver
// may call it at the end of any step whose effects it has taken and Reset; what
// is still needed stays.
func (s *Session) Rest() {
	s.restPosts()
	if s.fx != nil && s.fx.None() {
		effects.Put(s.fx)
		s.fx = nil
	}
	if d := s.link.decoder; d != nil && d.Fresh() {
		s.decoders.Put(d)
		s.link.decoder = nil
	}
}

// decoder is the link's.
func (s *Session) decoder() *wire.Decoder {
	if s.link.decoder == nil {
		s.link.decoder = s.decoders.Get().(*wire.Decoder)
		if s.plan.Stream.Echo {
			s.link.decoder.SkipBy(s)
		}
	}
	return s.link.decoder
}
