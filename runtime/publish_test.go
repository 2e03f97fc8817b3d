package runtime

import (
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// published is when the device got each publication, counted from the start.
func (r *rig) published() (at []time.Duration) {
	for _, rec := range r.device.History().Commands("pub") {
		at = append(at, rec.At)
	}
	return at
}

func (r *rig) publish(body string) {
	_, err := r.try(r.t.Context(), plantest.Pub(r.plan, "a", []byte(body)))
	require.NoError(r.t, err)
}

// TestPublicationsGatherForAMoment, and no longer: the first goes at once, those on its
// heels together, and whatever hurries takes them along.
func TestPublicationsGatherForAMoment(t *testing.T) {
	virtual(t, plantest.Lasting(), func(t *testing.T, r *rig) {
		r.up()
		time.Sleep(time.Second)
		start := time.Since(r.start)
		r.publish("1")
		synctest.Wait()
		require.Equal(t, []time.Duration{start}, r.published())

		r.publish("2")
		time.Sleep(gatherTime / 2)
		require.Len(t, r.published(), 1)
		r.publish("3")
		time.Sleep(gatherTime / 2)
		synctest.Wait()
		require.Equal(t, []time.Duration{start, start + gatherTime, start + gatherTime}, r.published())

		r.publish("4")
		require.NoError(t, r.Flush(t.Context()))
		synctest.Wait()
		require.Equal(t, start+gatherTime, r.published()[3], "a flush hurries")

		r.publish("5")
		_, err := r.try(t.Context(), plantest.Sub(r.plan, "x", 1))
		require.NoError(t, err)
		time.Sleep(gatherTime)
		synctest.Wait()
		require.Equal(t, start+2*gatherTime, r.published()[4])

		r.publish("6")
		time.Sleep(gatherTime / 2)
		require.NoError(t, r.Flush(t.Context()))
		r.publish("7")
		time.Sleep(gatherTime)
		synctest.Wait()
		require.Equal(t, start+7*gatherTime/2, r.published()[6], "the timer that was set for 6 looks again")
	})
}

// post sends what ends with its body, without a call where that may be.
func (r *rig) post(ctx context.Context, encode func(dst []byte) ([]byte, error)) error {
	var p Post
	p.Begin(ctx, r.Client, plantest.Command(r.plan, "pub"))
	defer p.End()
	frame, err := encode(p.Frame)
	return p.Send(ctx, frame, err)
}

// TestAPostThatIsNotSent leaves the client as it was.
func TestAPostThatIsNotSent(t *testing.T) {
	virtual(t, plantest.Lasting(), func(t *testing.T, r *rig) {
		body := func(body string) func(dst []byte) ([]byte, error) {
			return func(dst []byte) ([]byte, error) {
				return append(dst, plantest.Pub(r.plan, "a", []byte(body)).Frame...), nil
			}
		}
		wrong := func(dst []byte) ([]byte, error) { return append(dst, "half"...), io.ErrShortWrite }
		refused := func(err, cause error) {
			var e *Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, NotSent, e.Fate)
			require.Equal(t, "pub", e.Op)
			require.ErrorIs(t, err, cause)
		}
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		for _, state := range []State{Idle, Ready} {
			if state == Ready {
				r.up()
			}
			for range 2 {
				refused(r.post(t.Context(), wrong), io.ErrShortWrite)
				refused(r.post(ended, wrong), io.ErrShortWrite)
				refused(r.post(ended, body("x")), context.Canceled)
				refused(r.post(t.Context(), func(dst []byte) ([]byte, error) { return dst, nil }), errNotEncoded)
				require.Panics(t, func() { _ = r.post(t.Context(), func([]byte) ([]byte, error) { panic("wrong") }) })
				require.Zero(t, r.Stats().Waiting)
			}
		}
		require.NoError(t, r.post(t.Context(), body("1")))
		require.NoError(t, r.post(t.Context(), body("2")))
		refused(r.post(t.Context(), wrong), io.ErrShortWrite)
		require.NoError(t, r.post(t.Context(), body("3")))
		require.NoError(t, r.Flush(t.Context()))
		synctest.Wait()
		require.Len(t, r.published(), 3)
	})
}

// TestACallersCommandDoesNotWaitForPublishers.
func TestACallersCommandDoesNotWaitForPublishers(t *testing.T) {
	virtual(t, plantest.Lasting(), func(t *testing.T, r *rig) {
		r.up()
		for range 3 {
			r.publish("x")
			synctest.Wait()
			from := time.Now()
			_, err := r.try(t.Context(), &session.Call{Command: plantest.Command(r.plan, "ping"), Frame: []byte("PING\r\n")})
			require.NoError(t, err)
			require.Zero(t, time.Since(from))
		}
	})
}

// TestPublishersOnAKernelsConnection write themselves: all of it, in order.
func TestPublishersOnAKernelsConnection(t *testing.T) {
	const publications = 20_000
	got := make(chan string, 1)
	address := loopback(t, func(conn net.Conn) {
		welcome(conn)
		all, _ := io.ReadAll(conn)
		got <- string(all)
	})
	plan := plantest.Lasting()
	plan.Liveness.Probe = nil
	c, err := Dial(t.Context(), plan, address, someone())
	require.NoError(t, err)
	want := new(strings.Builder)
	for i := range publications {
		pub := plantest.Pub(plan, "a", fmt.Append(nil, i))
		want.Write(pub.Frame)
		_, err := c.try(t.Context(), pub)
		require.NoError(t, err)
		if i%5000 == 0 {
			require.NoError(t, c.Flush(t.Context()))
		}
	}
	require.NoError(t, c.Shutdown(t.Context()))
	require.Equal(t, want.String(), <-got)
	require.EqualValues(t, publications, c.postal().done)
}
