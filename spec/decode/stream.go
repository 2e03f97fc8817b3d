package decode

import (
	"bytes"
	"time"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/internal/codec"
)

// stream is one direction of a connection.
type stream struct {
	*side
	l       *link
	from    Direction
	decoder *wire.Decoder
	loose   *wire.Decoder // that expects anything, at any time; nil until it is needed
	trying  bool          // loose is asked, as decoder does not know what comes next
	telnet  wire.Telnet
	at      time.Duration // of the last byte
	offset  int64         // of the first byte of buf
	before  int64         // bytes before it that belong to nothing, and count as the next frame's
	buf     []byte        // what is not a frame yet
	short   int           // so many bytes must be there before there can be one
	// skipping: the decoder discards what is no frame, which is collected in bad.
	skipping bool
	bad      *Record
	seeking  seeking
	closed   bool
}

func newStream(l *link, from Direction, midway bool) *stream {
	s := &stream{side: &l.d.sides[from], l: l, from: from}
	s.decoder = wire.NewDecoder(&s.framing, s.dispatch)
	if s.echoing() {
		s.decoder.SkipBy(s)
	}
	if midway {
		s.seeking = anchored
	}
	return s
}

// take takes the bytes that come next.
func (s *stream) take(data []byte) {
	if s.closed {
		return
	}
	if s.l.secure {
		s.l.d.totals.BytesTLS += int64(len(data))
		return
	}
	if s.l.d.plan.Stream.Telnet {
		s.buf, _ = s.telnet.Filter(s.buf, nil, data)
	} else {
		s.buf = append(s.buf, data...)
	}
	rest := s.run(s.buf)
	s.buf = append(s.buf[:0], rest...)
	if len(s.buf) == 0 && cap(s.buf) > maxKept {
		s.buf = nil
	}
}

// maxKept bounds the room that is kept for bytes, where there are none.
const maxKept = 64 << 10

// run takes the frames out of b, and gives what is left.
func (s *stream) run(b []byte) (rest []byte) {
	for len(b) > 0 {
		n, more := s.step(b)
		s.offset += int64(n)
		if b = b[n:]; more {
			break
		}
	}
	return b
}

// step takes one frame, or one piece that is none, from the beginning of b; more: it takes
// more bytes to tell.
func (s *stream) step(b []byte) (n int, more bool) {
	if s.skipping {
		n, need := s.decoder.Skip(b, s)
		s.refuse(b[:n])
		if s.skipping = need > 0; !s.skipping && s.seeking == anchored {
			s.seeking = aligned
		}
		return n, s.skipping
	}
	if len(b) < s.short {
		return 0, true
	}
	s.short = 0
	if tls, wait := s.secured(b); tls || wait {
		return s.encrypted(b, tls)
	}
	if s.trying {
		if n, more, ok := s.anything(b); ok || more {
			return n, more
		}
		return s.next(b, false)
	}
	return s.next(b, s.seeking == synced && !s.echoing()) // an echo is only told once
}

// echoing reports whether lines of the other side's come back.
func (s *stream) echoing() bool { return s.from == Received && s.l.d.plan.Stream.Echo }

// next takes what the decoder finds next; again: what it does not know is tried as anything.
func (s *stream) next(b []byte, again bool) (n int, more bool) {
	f, n, need, err := s.decoder.Next(b, s)
	switch {
	case err == nil && need > 0:
		s.short = len(b) - n + need
		s.before += int64(n)
		return n, true
	case err == nil && f.Message != wire.NoMessage && s.believes(f.Message):
		s.frame(f, b[:n])
		return n, false
	case again:
		s.decoder.Reset() // what it has seen, it will see again
		s.trying = true
		return 0, false
	case err != nil:
		s.failed(b, err)
		return 0, false
	}
	s.unknown(f.Bytes, b, n)
	return n, false
}

// anything takes a frame that may come at any other time, or in any other mode; more: there may
// be one, but it is not whole.
func (s *stream) anything(b []byte) (n int, more, ok bool) {
	if s.loose == nil {
		s.loose = wire.NewDecoder(&s.framing, s.dispatch)
	}
	f, n, need, err := s.loose.Next(b, everything{s.side})
	if err == nil && need > 0 && n == 0 && !s.closed {
		s.short = len(b) + need
		return 0, true, false
	}
	s.trying = false
	s.loose.Reset()
	if err != nil || need > 0 || f.Message == wire.NoMessage || s.vague(f.Message) {
		return 0, false, false
	}
	s.frame(f, b[:n])
	return n, false, true
}

// frame is one that is understood, in these bytes.
func (s *stream) frame(f wire.Frame, whole []byte) {
	if s.sought(f, whole) {
		return
	}
	s.flush()
	values, err := codec.Parse(&s.framing, s.templates[f.Message], f.Bytes)
	if err != nil {
		s.unknown(f.Bytes, whole, len(whole)) // the decoder has tried it, so this does not happen
		return
	}
	s.items[f.Message].add(values)
	s.record(Record{Kind: Frame, Size: int64(len(whole)), Name: s.names[f.Message], Values: values})
	if s.from == Received {
		s.l.received(f.Message, f.Bytes)
		return
	}
	s.l.sent(f.Message)
	if s.l.d.plan.Stream.Echo {
		s.l.echoes.sent(whole, []byte(s.framing.SendEnd))
	}
}

// unknown is a frame of n bytes that is no message and no command. b goes on behind it.
func (s *stream) unknown(frame, b []byte, n int) {
	if s.from == Sent {
		s.l.awaitAnything()
	}
	if s.lost(b[:n]) {
		return
	}
	s.flush()
	trouble, secret := s.nearest(frame, b)
	r := Record{Kind: Unknown, Size: int64(n), Trouble: trouble}
	r.Bytes, r.Hidden = s.l.d.shown(s.from, b[:n], trouble, secret)
	s.record(r)
}

// failed begins to discard bytes that form no frame.
func (s *stream) failed(b []byte, err error) {
	if s.bad == nil {
		trouble, secret := s.beginning(b, err.Error())
		s.collect(trouble)
		s.bad.Bytes, s.bad.Hidden = s.l.d.shown(s.from, nil, trouble, secret)
	}
	s.decoder.Drop()
	s.skipping = true
	if s.from == Sent {
		s.l.awaitAnything()
	}
}

// beginning is what is wrong with bytes that are no whole frame. What they are nearest to,
// only lines show: packets cannot be cut out.
func (s *stream) beginning(b []byte, reason string) (trouble *Trouble, secret bool) {
	trouble = &Trouble{}
	if s.framing.Packet == nil && len(s.framing.Others) == 0 {
		trouble, secret = s.nearest(b, b)
	}
	trouble.Reason = reason
	return trouble, secret
}

// maxBad bounds the bytes that are collected as one record.
const maxBad = 64 << 10

// collect begins a record of bytes that are in no frame.
func (s *stream) collect(trouble *Trouble) {
	s.bad = &Record{Kind: Unknown, Offset: s.offset - s.before, Size: s.before, Trouble: trouble}
	s.before = 0
}

// refuse collects bytes that are in no frame.
func (s *stream) refuse(b []byte) {
	if s.bad == nil {
		s.collect(nil)
	}
	s.bad.Size += int64(len(b))
	if room := maxBad - len(s.bad.Bytes); room > 0 && !s.bad.Hidden {
		s.bad.Bytes = append(s.bad.Bytes, bytes.Clone(b[:min(room, len(b))])...)
	}
}

// flush gives what was collected.
func (s *stream) flush() {
	bad := s.bad
	if s.bad = nil; bad == nil || bad.Size == 0 {
		return
	}
	if s.seeking != synced {
		bad.Kind, bad.Bytes, bad.Trouble = Cut, nil, nil
	} else if s.l.d.conceals(s.from, bad.Trouble) {
		bad.Bytes, bad.Hidden = nil, true
	}
	bad.At, bad.Conn, bad.From = s.at, s.l.id, s.from
	s.l.d.put(*bad)
}

// record gives a record of what begins where the stream is.
func (s *stream) record(r Record) {
	r.At, r.Conn, r.From, r.Offset = s.at, s.l.id, s.from, s.offset-s.before
	r.Size, s.before = r.Size+s.before, 0
	s.l.d.put(r)
}

// close ends the stream: finished, or only the capture is.
func (s *stream) close(finished bool) {
	if s.closed {
		return
	}
	s.closed = true
	if s.trying { // it never will be whole
		s.short = 0
		s.buf = s.run(s.buf)
	}
	s.flush()
	if len(s.buf) == 0 {
		return
	}
	if !finished || s.seeking != synced {
		s.record(Record{Kind: Cut, Size: int64(len(s.buf))})
		return
	}
	trouble, secret := s.beginning(s.buf, "the connection ends within a frame")
	r := Record{Kind: Unknown, Size: int64(len(s.buf)), Trouble: trouble}
	r.Bytes, r.Hidden = s.l.d.shown(s.from, s.buf, trouble, secret)
	s.record(r)
	s.buf = nil
}
