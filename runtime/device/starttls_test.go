package device_test

import (
	"io"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// asked runs a test on a device that goes over to TLS behind the login.
func asked(t *testing.T, test func(t *testing.T, r *rig)) {
	t.Helper()
	plan := plantest.Acme(func(p *session.Plan) {
		p.Login = append(p.Login, session.Step{Kind: session.StepStartTLS, Command: session.None, Message: session.None})
	})
	synctest.Test(t, func(t *testing.T) {
		r := &rig{Device: device.New(plan, device.WithSelfSigned()), t: t, start: time.Now()}
		answer(r.Device)
		test(t, r)
		require.NoError(t, r.Close())
		require.Zero(t, r.History().Open())
	})
}

func TestTLSBehindACommand(t *testing.T) {
	asked(t, func(t *testing.T, r *rig) {
		c := r.dial()
		c.send("READ 3", "LOGIN a b")
		c.expect("READING 3 21.5 C", "OK")
		require.NoError(t, r.handshake(c))
		c.send("READ 4")
		c.expect("READING 4 21.5 C")
		require.NoError(t, c.Close())
	})
}

// The handler answers when the reader has long been waiting for more.
func TestTLSBehindALateAnswer(t *testing.T) {
	asked(t, func(t *testing.T, r *rig) {
		r.Handle("login", func(q *device.Request) { time.AfterFunc(time.Second, func() { q.Reply("OK") }) })
		r.Delay(time.Second)
		c := r.dial()
		c.send("LOGIN a b")
		c.expect("OK")
		require.NoError(t, r.handshake(c))
		c.send("READ 4")
		c.expect("READING 4 21.5 C")
		require.Equal(t, 3*time.Second, time.Since(r.start))
	})
}

// A device that does not agree goes on in clear text, and may agree later.
func TestTLSThatIsNotAgreedOn(t *testing.T) {
	asked(t, func(t *testing.T, r *rig) {
		r.Reply("login", "DENIED")
		c := r.dial()
		c.send("LOGIN a b", "READ 3")
		c.expect("DENIED", "READING 3 21.5 C")
		r.Reply("login", "OK")
		c.send("LOGIN a b")
		c.expect("OK")
		require.NoError(t, r.handshake(c))
	})
}

// Whoever hangs up instead of asking is gone, and so is what the device ends
// before the handshake.
func TestEndsInClear(t *testing.T) {
	asked(t, func(t *testing.T, r *rig) {
		c := r.dial()
		require.NoError(t, c.Close())
		synctest.Wait()
		require.Zero(t, r.History().Open())

		c = r.dial()
		c.send("LOGIN a b")
		c.expect("OK")
		synctest.Wait()
		r.Hangup()
		c.ends(io.EOF)
	})
}
