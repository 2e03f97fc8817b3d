package runtime

import (
	"sync/atomic"

	"github.com/linewright/linewright/runtime/session"
)

// intake is where callers leave their calls for the one of them who submits all:
// a crowd at the client's lock would spend more time there than on its commands.
type intake struct{ newest atomic.Pointer[session.Call] }

// add leaves a call. first: none was there, so the caller sees to it that all are
// submitted, those too that follow.
func (in *intake) add(call *session.Call) (first bool) {
	for {
		before := in.newest.Load()
		call.Next = before
		if in.newest.CompareAndSwap(before, call) {
			return before == nil
		}
	}
}

// take empties the intake, and gives the calls as they came, linked by Next.
func (in *intake) take() (oldest *session.Call) {
	if in.newest.Load() == nil {
		return nil
	}
	for call := in.newest.Swap(nil); call != nil; {
		before := call.Next
		call.Next, oldest = oldest, call
		call = before
	}
	return oldest
}
