package runtime

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/wire"
)

// TestInvariant17NoInjection: a value that would end its frame, or does not fit,
// is an error before a byte is written, and the error does not show the value.
func TestInvariant17NoInjection(t *testing.T) {
	set := func(value string, channel uint64) func(r *rig, dst []byte) ([]byte, error) {
		return func(r *rig, dst []byte) ([]byte, error) {
			w := wire.NewWriter(dst, &r.plan.Framing)
			w.Lit("SET ")
			w.Uint("channel", channel, 8)
			w.Lit(" ")
			w.Text("value", value)
			return w.End()
		}
	}
	for name, encode := range map[string]func(r *rig, dst []byte) ([]byte, error){
		"a line feed":           set("21\nSET 4 hunter2", 3),
		"a carriage return":     set("21\r\nSET 4 hunter2", 3),
		"a number out of range": set("hunter2", 256),
		"a frame too large":     set(string(make([]byte, 5000))+"hunter2", 3),
	} {
		t.Run(name, func(t *testing.T) {
			virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
				r.up()
				sent := r.Stats().FramesSent
				call := r.Begin(plantest.Command(r.plan, "set"))
				err := call.Encoded(encode(r, call.Frame))
				var e *Error
				require.ErrorAs(t, err, &e)
				require.Equal(t, NotSent, e.Fate)
				require.Equal(t, "set", e.Op)
				require.NotContains(t, err.Error(), "hunter2")
				require.ErrorIs(t, call.Do(context.Background()), errNotEncoded)
				call.Release()
				r.mustRead(3)
				require.Equal(t, sent+1, r.Stats().FramesSent)
				require.Empty(t, r.device.History().Of(device.Ended))
			})
		})
	}
}
