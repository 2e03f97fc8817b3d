package wire

import "strings"

// Use says in which direction frames go, seen from the client.
type Use uint8

const (
	UseBoth Use = iota
	UseSend
	UseReceive
)

// Of is the framing with an index that [Shape.Frame] has: 0 is f itself, others
// are those of f.Others.
func (f *Framing) Of(frame uint8) *Framing {
	if frame == 0 {
		return f
	}
	return &f.Others[frame-1]
}

// For is the framing of content that the server sends, told by how its layout
// begins.
func (f *Framing) For(content string) *Framing {
	return f.longest(content, func(own *Framing) string {
		if own.Packet == nil {
			return own.Prefix
		}
		return strings.TrimPrefix(own.Prefix, own.Packet.Starts)
	})
}

// Sent is the framing of a whole frame that the server sends.
func (f *Framing) Sent(frame []byte) *Framing {
	return f.longest(alias(frame), func(own *Framing) string { return own.Prefix })
}

// longest is the framing of what the server sends that has the longest prefix
// which text begins with.
func (f *Framing) longest(text string, prefixOf func(own *Framing) string) *Framing {
	best, most := f, -1
	for i := range len(f.Others) + 1 {
		own := f.Of(uint8(i))
		prefix := prefixOf(own)
		if own.Use != UseSend && len(prefix) > most && strings.HasPrefix(text, prefix) {
			best, most = own, len(prefix)
		}
	}
	return best
}

// kinds decodes a stream of frames of several kinds: each is told by its first
// bytes, and cut by a decoder of its own.
type kinds struct {
	decoders []*Decoder
	current  *Decoder // of the frame that has begun
	seen     int      // bytes of a frame whose kind is not known
	// discarding: the rest of a frame of the current kind, if it is known, is.
	discarding bool
	started    bool // its first byte is discarded
}

// newKinds makes the decoders of a framing with others.
func newKinds(f *Framing, dispatch *Dispatch) *kinds {
	k := &kinds{}
	for i := range len(f.Others) + 1 {
		own := *f.Of(uint8(i))
		if own.Others = nil; own.Use == UseSend {
			continue
		}
		d := NewDecoder(&own, dispatch.frame(uint8(i)))
		d.one = true
		k.decoders = append(k.decoders, d)
	}
	return k
}

// next is Decoder.Next.
func (k *kinds) next(buf []byte, expects Expecter) (f Frame, consumed, need int, err error) {
	discarded, need := k.skip(buf, expects)
	if need > 0 {
		return Frame{}, discarded, need, nil
	}
	f, consumed, need, err = k.take(buf[discarded:], expects)
	return f, discarded + consumed, need, err
}

// skip is Decoder.Skip.
func (k *kinds) skip(buf []byte, expects Expecter) (consumed, need int) {
	if !k.discarding {
		return 0, 0
	}
	if consumed, k.discarding = k.discard(buf, expects); k.discarding {
		return consumed, 1
	}
	k.current, k.started = nil, false
	return consumed, 0
}

// take lets the decoder of the frame's kind have it. What comes behind an empty
// frame that is dropped may be of another kind.
func (k *kinds) take(buf []byte, expects Expecter) (f Frame, consumed, need int, err error) {
	for dropped := true; dropped; {
		b := buf[consumed:]
		if k.current == nil {
			if k.current, need = k.choose(b, expects); need > 0 {
				k.seen = len(b)
				return Frame{}, consumed, need, nil
			}
			if k.seen = 0; k.current == nil {
				return Frame{}, consumed, 0, errNoKind
			}
		}
		var n int
		f, n, need, err = k.current.Next(b, expects)
		consumed += n
		dropped, k.current.dropped = k.current.dropped, false
		if err == nil && need == 0 {
			k.current = nil
		}
	}
	for _, d := range k.decoders {
		d.anew = d.anew || need > 0 || consumed == len(buf)
	}
	return f, consumed, need, err
}

// choose finds the decoder of the kinds that there are now whose frames begin as b
// does, the longest beginning first; need says that more bytes are needed to tell.
func (k *kinds) choose(b []byte, expects Expecter) (d *Decoder, need int) {
	if len(b) == 0 {
		return nil, 1 // until it comes, there may be other kinds
	}
	for _, candidate := range k.decoders {
		prefix := candidate.f.Prefix
		n := min(len(prefix), len(b))
		switch {
		case !possible(candidate.f.In, expects):
		case prefix[:n] != string(b[:n]):
		case n < len(prefix):
			return nil, 1 // no beginning is that of another
		case d == nil || len(prefix) > len(d.f.Prefix):
			d = candidate
		}
	}
	return d, 0
}

// pending is Decoder.Pending.
func (k *kinds) pending() bool {
	return k.seen > 0 || k.current != nil && k.current.Pending()
}

// reset forgets everything of the stream.
func (k *kinds) reset() {
	k.current, k.seen, k.discarding, k.started = nil, 0, false, false
	for _, d := range k.decoders {
		d.Reset()
	}
}

// frame is the dispatch of the shapes of one kind of frame, which keep their
// indexes.
func (d *Dispatch) frame(frame uint8) *Dispatch {
	if int(frame) < len(d.frames) && d.frames[frame] != nil {
		return d.frames[frame]
	}
	return d.sub(nil)
}

// split makes the dispatches of several kinds of frames, where there are several.
func (d *Dispatch) splitFrames() {
	members := map[uint8][]int32{}
	last := uint8(0)
	for i := range d.shapes {
		frame := d.shapes[i].Frame
		members[frame] = append(members[frame], int32(i))
		last = max(last, frame)
	}
	d.frames = make([]*Dispatch, int(last)+1)
	for frame, list := range members {
		if d.frames[frame] = d; last > 0 {
			d.frames[frame] = d.sub(list)
		}
	}
}
