package codec

import (
	"strings"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// Span is what a part of a frame is, for people who look at its bytes. What no span
// covers is text that is the same in every frame, or what stands between values.
type Span struct {
	From, To int       // bytes of the frame
	Bits     [2]int    // of a field of bits: from the frame's start; both 0: whole bytes
	Path     string    // of the field: options.user, keys[2]; of a length or checksum its name in the layout
	Kind     PlaceKind // PlaceField or PlaceLength
}

// Spans reads a frame as [Parse] does, and says which bytes each value came from, in
// their order. Spans of bits may have a byte in common, others have none.
func Spans(f *wire.Framing, t *model.Template, frame []byte) (Values, []Span, error) {
	p := newParser(f.Of(t.Frame), frame)
	p.spans = &spans{}
	values := p.template(t, "")
	p.end()
	if err := p.r.Err(); err != nil {
		return nil, nil, err
	}
	return values, p.spans.all, nil
}

// spans collects them while a parser goes on.
type spans struct {
	all  []Span
	bit  int // of the byte at the reader's place that have been read
	base int // where the reader's bytes begin in the frame
}

// span notes what has been read since from, but for what has been noted of its parts.
func (p *parser) span(from int, path string, t *model.Type, kind PlaceKind) {
	s := p.spans
	if s == nil || p.r.Err() != nil {
		return
	}
	to := p.r.Offset()
	if t != nil && t.Binary == model.BitField {
		s.bits(from, path, t.Bits)
		return
	}
	s.bit = 0
	if name := path[strings.LastIndexByte(path, '.')+1:]; to == from || name == ignored && kind == PlaceField {
		return
	}
	for n := len(s.all); n > 0 && s.all[n-1].From >= s.base+from; n-- {
		if s.all[n-1].Path != path {
			return // its parts are known
		}
		s.all = s.all[:n-1]
	}
	s.all = append(s.all, Span{From: s.base + from, To: s.base + to, Path: path, Kind: kind})
}

// bits notes a field of bits, which began in the byte at from.
func (s *spans) bits(from int, path string, n int) {
	first := 8*(s.base+from) + s.bit
	s.bit = (s.bit + n) % 8
	if path != ignored && !strings.HasSuffix(path, "."+ignored) {
		s.all = append(s.all, Span{
			From: first / 8, To: (first + n + 7) / 8, Bits: [2]int{first, first + n}, Path: path, Kind: PlaceField,
		})
	}
}

// skipBits goes on behind bits that are no field of their own.
func (p *parser) skipBits(n int) {
	if p.spans != nil {
		p.spans.bit = (p.spans.bit + n) % 8
	}
}
