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
