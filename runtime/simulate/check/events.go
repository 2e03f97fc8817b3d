package check

import (
	"bytes"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// events: what was received as a whole, on a link that went on, is delivered.
func events(j *judge) {
	if !j.c.Told {
		return
	}
	streams := map[session.Epoch]*stream{}
	for _, ch := range j.c.Chunks {
		if streams[ch.Epoch] == nil {
			streams[ch.Epoch] = &stream{}
		}
		streams[ch.Epoch].add(ch)
	}
	delivered := map[Event]bool{}
	for _, e := range j.c.Events {
		delivered[Event{ID: e.ID, Epoch: e.Epoch}] = true
	}
	for _, s := range j.Seen {
		l := j.c.link(s.Conn)
		if !s.Emitted || s.ID == "" || l == nil || streams[l.Epoch] == nil {
			continue
		}
		at, whole := streams[l.Epoch].frame(s.ID)
		if whole && at < j.endOf(l.Epoch) && !delivered[Event{ID: s.ID, Epoch: l.Epoch}] {
			j.report(at, "event %s was received on link %d, and not delivered", s.ID, l.Epoch)
		}
	}
}

// stream is all that was received on a link.
type stream struct {
	bytes []byte
	ends  []int // of each chunk
	at    []time.Duration
}

func (s *stream) add(ch Chunk) {
	s.bytes = append(s.bytes, ch.Bytes...)
	s.ends, s.at = append(s.ends, len(s.bytes)), append(s.at, ch.Mono)
}

// frame is when lines of that text had come, with their end.
func (s *stream) frame(text string) (at time.Duration, whole bool) {
	for from := 0; ; {
		i := bytes.Index(s.bytes[from:], []byte(text))
		if i < 0 {
			return 0, false
		}
		first, last := from+i, from+i+len(text)
		from = first + 1
		if first > 0 && s.bytes[first-1] != '\n' {
			continue
		}
		end := bytes.IndexByte(s.bytes[last:], '\n')
		if end == 0 || end == 1 && s.bytes[last] == '\r' {
			return s.time(last + end + 1), true
		}
	}
}

// time is when so many bytes had come.
func (s *stream) time(n int) time.Duration {
	for i, end := range s.ends {
		if end >= n {
			return s.at[i]
		}
	}
	return never
}
