package runtime

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// TestPerCommandUnderManyCallers: each command has a connection of its own, one at a
// time, also where some of them die.
func TestPerCommandUnderManyCallers(t *testing.T) {
	virtual(t, plantest.Acme(plantest.PerCommand(), plantest.Logout("bye", "BYE\n")), func(t *testing.T, r *rig) {
		r.up()
		r.await(Idle)
		var callers sync.WaitGroup
		for caller := range 10 {
			callers.Go(func() {
				for range 10 {
					ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
					reply, err := r.read(ctx, uint8(caller))
					cancel()
					if err != nil {
						require.ErrorIs(t, err, ErrLinkLost)
						continue
					}
					require.Equal(t, fmt.Sprintf("READING %d 21.5 C", caller), reply)
					<-time.After(time.Duration(caller) * time.Millisecond)
				}
			})
		}
		for range 3 {
			<-time.After(3 * time.Millisecond)
			r.device.Reset()
		}
		callers.Wait()
		r.await(Idle)
		commands, open := map[int]int{}, 0
		for _, record := range r.device.History() {
			switch {
			case record.Kind == device.Connected:
				open++
			case record.Kind == device.Ended:
				open--
			case record.Kind == device.Received && record.Command == "read":
				commands[record.Conn]++
			}
			require.LessOrEqual(t, open, 1, "connections at once")
		}
		require.GreaterOrEqual(t, len(commands), 95)
		for conn, n := range commands {
			require.Equal(t, 1, n, "connection %d", conn)
		}
	})
}

// TestPerCommandRests: between commands there is no connection, no timer and no
// traffic, and the end finds nothing to wait for.
func TestPerCommandRests(t *testing.T) {
	virtual(t, plantest.Acme(plantest.PerCommand()), func(t *testing.T, r *rig) {
		r.up()
		r.await(Idle)
		<-time.After(time.Hour)
		require.Len(t, r.device.History().Commands("login"), 1)
		r.mustRead(3)
		r.mustRead(4)
		require.NoError(t, r.Shutdown(t.Context()))
		require.Equal(t, Closed, r.State())
		_, err := r.try(t.Context(), plantest.Read(r.plan, 1))
		var e *Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, session.NotSent, e.Fate)
	})
}

// TestPerCommandIsRoutine: a connection for each command is nothing that an operator
// has to read of.
func TestPerCommandIsRoutine(t *testing.T) {
	var text bytes.Buffer
	log := slog.New(slog.NewTextHandler(&text, nil))
	virtual(t, plantest.Acme(plantest.PerCommand()), func(t *testing.T, r *rig) {
		r.up()
		r.await(Idle)
		r.mustRead(3)
		r.await(Idle)
		synctest.Wait()
		require.Empty(t, text.String())
	}, WithLogger(log))
}
