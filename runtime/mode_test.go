package runtime

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// analyser makes a device of a Modal behave; each answer comes in the mode that it
// was asked for in, or its frame would not be one.
func analyser(d *device.Device) {
	for command, reply := range map[string]string{"login": "OK", "ping": "PONG", "raw": "OK", "poll": "\x01a", "stop": "\x01s"} {
		d.Reply(command, reply)
	}
	d.Handle("get", func(r *device.Request) { r.Reply("VALUE " + r.Words()[1]) })
	d.Handle("peek", func(r *device.Request) { r.Reply("\x02v" + string(r.Frame[2:])) })
}

// TestModesUnderManyCallers: some go from mode to mode, others ask for what there is
// in one only, and links die. Whoever gets an answer gets his own; whoever gets none
// knows why; and no byte is read in the wrong mode.
func TestModesUnderManyCallers(t *testing.T) {
	virtual(t, plantest.Modal(plantest.InFlight(8)), func(t *testing.T, r *rig) {
		analyser(r.device)
		r.up()
		var callers sync.WaitGroup
		var mu sync.Mutex
		answered, misplaced := 0, 0
		ask := func(request *session.Call, want string) {
			reply, err := r.try(t.Context(), request)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				require.Equal(t, want, reply)
				answered++
			case errors.Is(err, ErrMode):
				misplaced++
			default:
				require.ErrorIs(t, err, ErrLinkLost)
			}
		}
		for caller := range 20 {
			callers.Go(func() {
				for n := range 30 {
					switch channel := byte('0' + (caller+n)%10); (caller + n) % 5 {
					case 0:
						ask(plantest.Raw(r.plan), "OK")
					case 1:
						ask(plantest.Stop(r.plan), "\x01s")
					case 2:
						ask(plantest.Peek(r.plan, channel), "\x02v"+string(channel))
					default:
						ask(plantest.Fetch(r.plan, channel), fmt.Sprintf("VALUE %d", channel))
					}
					<-time.After(time.Duration(caller) * time.Millisecond)
				}
			})
		}
		for range 5 {
			<-time.After(60 * time.Millisecond)
			r.device.Reset()
		}
		callers.Wait()
		require.Greater(t, answered, 50)
		require.Greater(t, misplaced, 50)
		for change := range r.States(t.Context()) {
			require.NotErrorIs(t, change.Err, ErrProtocol)
			break
		}
		require.NotErrorIs(t, r.lastError(), ErrProtocol)
	})
}
