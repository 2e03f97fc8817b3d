package runtime

import "time"

// Observer is told what happens, for metrics and traces. Each function may be
// nil. They are called one at a time, on a goroutine that exists only while
// there is something to tell, and may be slow: what does not fit its queue is
// dropped and counted (Stats.CallbacksDropped), never waited for.
type Observer struct {
	// State is called for each change of state.
	State func(StateChange)
	// Sent is called for each frame that was handed over, with the name of
	// its command in the spec and its size in bytes, never its content.
	Sent func(command string, bytes int)
	// Received is called for each frame, with the name of its message, or ""
	// for an unknown one, and its size in bytes.
	Received func(message string, bytes int)
	// RTT is called for each probe that was answered.
	RTT func(time.Duration)
}

// traces reports whether the session has to trace frames.
func (o *Observer) traces() bool {
	return o != nil && (o.Sent != nil || o.Received != nil || o.RTT != nil)
}

// wants reports whether there is a function for such a notice: what nobody
// wants must not fill the queue.
func (o *Observer) wants(kind noticeKind) bool {
	switch kind {
	case noticeSent:
		return o.Sent != nil
	case noticeReceived:
		return o.Received != nil
	case noticeRTT:
		return o.RTT != nil
	}
	return true
}
