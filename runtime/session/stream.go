package session

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/linewright/linewright/runtime/wire"
)

// maxIn bounds the room that is kept for the data, where there is none.
const maxIn = 64 << 10

// maxRefusals bounds the answers to telnet's options that wait, in bytes.
const maxRefusals = 4096

// maxEchoes and maxEchoed bound the lines of which an echo may come, and their bytes.
const (
	maxEchoes = 1024
	maxEchoed = 1 << 20
)

// stream is what lies below the frames of a link: telnet, and the echo.
type stream struct {
	telnet   wire.Telnet
	in       []byte // data without telnet's commands
	done     int    // of these: frames that were delivered may lie there
	refusals []byte // to be sent
	echoes   [][]byte
	echoed   int // bytes of these
}

func (t *stream) begin() {
	*t = stream{in: t.in[:0], refusals: t.refusals[:0]}
}

// clean takes telnet's commands out of received bytes. What is left of them is
// kept here, behind what was left before.
func (s *Session) clean(buf []byte) {
	t := s.stream
	t.in = slices.Delete(t.in, 0, min(t.done, len(t.in)))
	if len(t.in) == 0 && cap(t.in) > maxIn {
		t.in = nil
	}
	t.in, t.refusals = t.telnet.Filter(t.in, t.refusals, buf)
	if len(t.refusals) > maxRefusals {
		s.lose(fmt.Errorf("%w: %d bytes of answers to telnet options wait", ErrProtocol, len(t.refusals)))
	}
}

// refusesTelnet reports whether answers to telnet's options are to be sent now.
func (s *Session) refusesTelnet() bool {
	return s.stream != nil && len(s.stream.refusals) > 0 && s.link.phase != securing && s.link.phase != halfClosed
}

// frame appends a frame to a batch as the stream has it, and remembers the lines
// that will come back.
func (s *Session) frame(buf []byte, c *Call) []byte {
	if s.plan.Stream.Echo {
		s.echo(c.Frame)
	}
	if s.plan.Stream.Telnet {
		return wire.AppendTelnet(buf, c.Frame)
	}
	if c.entry.post != nil && len(buf) == 0 && len(c.Frame) >= swapMin {
		whole := c.Frame
		c.Frame = buf
		return whole // copying it under the driver's lock would keep publishers out
	}
	return append(buf, c.Frame...)
}

// echo remembers the lines of a frame.
func (s *Session) echo(frame []byte) {
	end := []byte(s.plan.Framing.SendEnd)
	if len(end) == 0 {
		return // there are no lines
	}
	for line := range bytes.SplitSeq(bytes.TrimSuffix(frame, end), end) {
		s.stream.echoes = append(s.stream.echoes, bytes.Clone(line))
		s.stream.echoed += len(line)
	}
	s.stream.forgetEchoes(len(s.stream.echoes) - maxEchoes)
	for len(s.stream.echoes) > 1 && s.stream.echoed > maxEchoed {
		s.stream.forgetEchoes(1)
	}
}

// forgetEchoes forgets the oldest n lines.
func (t *stream) forgetEchoes(n int) {
	for range n {
		t.echoed -= len(t.echoes[0])
		t.echoes[0] = nil
		t.echoes = t.echoes[1:]
	}
}

// Skips drops the echo of a line that we sent. Those before it do not come any
// more: what is secret is not echoed.
func (s *Session) Skips(line []byte) bool {
	for i, sent := range s.stream.echoes {
		if bytes.Equal(line, sent) {
			s.stream.forgetEchoes(i + 1)
			return true
		}
	}
	return false
}
