package runtime

import (
	"context"
	"errors"

	"github.com/linewright/linewright/runtime/session"
)

// Host runs the session of a client in place of the client's own driver: it is
// how generated methods reach the single-threaded driver of package simulate.
type Host interface {
	// Do takes a call whose request is filled, also where ctx has ended already
	// (what it undoes is undone all the same), and returns once it has ended,
	// with its Err, or once its caller may go. kept: the host keeps the call,
	// because nobody waits for it or because its caller was told to go.
	Do(ctx context.Context, call *session.Call) (kept bool, err error)
	// NewID and FreeID are the session's.
	NewID() (uint64, error)
	FreeID(id uint64)
}

// WithHost sends all commands to h. Such a client only encodes and decodes; it
// cannot be run. Default: none.
func WithHost(h Host) Option { return func(c *config) { c.host = h } }

var errHosted = errors.New("the client's session is run by its host")

// hosted is Do where there is a host.
func (call *Call) hosted(ctx context.Context, h Host) error {
	kept, err := h.Do(ctx, call.Call)
	if kept {
		call.client.mu.Lock()
		defer call.client.mu.Unlock()
		call.client.replace(call)
	}
	return err
}
