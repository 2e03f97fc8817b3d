package runtime

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// office makes a device of [plantest.Post] behave, each letter in its own time.
func office(d *device.Device) {
	d.Reply("hello", "OK")
	d.Reply("ping", "PONG")
	d.Reply("reset", "OK")
	d.Reply("count", "COUNT 1")
	d.Reply("letter", "OK")
	d.Handle("text", func(r *device.Request) { r.Reply("GO") })
	d.Handle("from", func(r *device.Request) {
		<-time.After(time.Millisecond)
		r.Reply("OK")
	})
	d.Handle("to", func(r *device.Request) {
		<-time.After(time.Duration(len(r.Frame)) * time.Millisecond)
		if r.Words()[1] == "nobody" {
			r.Reply("NO")
			return
		}
		r.Reply("OK")
	})
}

// send does the sequence of a post office.
func (r *rig) send(ctx context.Context, l *plantest.Letter) error {
	call := r.BeginSequence(0, l)
	defer call.Release()
	if err := call.Do(ctx); err != nil {
		return err
	}
	if call.Class != session.ClassNone {
		return call.Failure()
	}
	return nil
}

func TestSequenceOfACaller(t *testing.T) {
	virtual(t, plantest.Post(), func(t *testing.T, r *rig) {
		office(r.device)
		r.up()
		require.NoError(t, r.send(t.Context(), &plantest.Letter{From: "a", To: []string{"b", "c"}, Text: "hi"}))
		require.Equal(t, []string{"hello", "from", "to", "to", "text", "letter"}, had(r.device, 1))

		ended, cancel := context.WithCancel(t.Context())
		cancel()
		err := r.send(ended, &plantest.Letter{From: "a", Text: "hi"})
		var e *Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, &Error{Op: "send", Fate: NotSent, Err: context.Canceled}, e)
	})
}

// TestSequencesOfManyCallers: whatever callers do, and wherever links end, nothing comes
// between the commands of a letter, and what is broken off is undone.
func TestSequencesOfManyCallers(t *testing.T) {
	virtual(t, plantest.Post(plantest.InFlight(3)), func(t *testing.T, r *rig) {
		office(r.device)
		r.up()
		var callers sync.WaitGroup
		for caller := range 8 {
			rnd := rand.New(rand.NewPCG(uint64(caller), 1))
			callers.Go(func() {
				for n := range 12 {
					ctx, cancel := context.WithTimeout(t.Context(), time.Duration(rnd.IntN(60))*time.Millisecond)
					if rnd.IntN(3) == 0 {
						_, _ = r.try(ctx, plantest.Count(r.plan))
					} else {
						l := &plantest.Letter{From: fmt.Sprintf("%d.%d", caller, n), Text: "hi"}
						for range rnd.IntN(4) {
							l.To = append(l.To, []string{"b", "cc", "nobody"}[rnd.IntN(3)])
						}
						if err := r.send(ctx, l); err == nil {
							require.NotContains(t, l.To, "nobody")
						}
					}
					cancel()
				}
			})
		}
		for range 3 {
			<-time.After(40 * time.Millisecond)
			r.device.Reset()
		}
		callers.Wait()
		require.NoError(t, r.send(t.Context(), &plantest.Letter{From: "last", Text: "hi"}))
		for conn := 1; conn <= 10; conn++ {
			require.NoError(t, between(r.device, conn), "connection %d", conn)
		}
	})
}

// had are the commands of a connection.
func had(d *device.Device, conn int) (names []string) {
	for _, record := range d.History() {
		if record.Kind == device.Received && record.Conn == conn {
			names = append(names, record.Command)
		}
	}
	return names
}

var errBetween = errors.New("between the commands of a letter")

// between finds what comes between the commands of a letter, or after one that is broken
// off and not undone.
func between(d *device.Device, conn int) error {
	open := false
	for _, name := range had(d, conn) {
		switch name {
		case "from", "count":
			if open {
				return fmt.Errorf("%w: %s", errBetween, name)
			}
			open = name == "from"
		case "letter", "reset":
			open = false
		}
	}
	return nil
}
