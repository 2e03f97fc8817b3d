package session

import "time"

// Trace is one frame, or one answered probe, as an observer sees it: names and
// sizes, never content.
type Trace struct {
	Kind  TraceKind
	Index int           // of the command sent, or the message received (None: unknown)
	Bytes int           // of its frame; received ones without their end
	RTT   time.Duration // TraceRTT
}

// TraceKind is the kind of a [Trace].
type TraceKind uint8

const (
	TraceSent     TraceKind = iota // a frame was handed over
	TraceReceived                  // a frame was received
	TraceRTT                       // a probe was answered
)

func (s *Session) trace(t Trace) {
	if s.traces {
		s.fx.Traces = append(s.fx.Traces, t)
	}
}
