package device_test

import (
	"crypto/tls"
	"io"
	"os"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
)

// encrypted runs a test on a device that speaks TLS from the first byte.
func encrypted(t *testing.T, test func(t *testing.T, r *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := &rig{Device: device.New(plantest.Acme(), device.WithSelfSigned()), t: t, start: time.Now()}
		answer(r.Device)
		test(t, r)
		require.NoError(t, r.Close())
		require.Zero(t, r.History().Open())
	})
}

// handshake is a client's, and what came of it.
func (r *rig) handshake(c *conn) error {
	require.NoError(r.t, c.SetDeadline(time.Now().Add(time.Minute)))
	secure := tls.Client(c.Conn, r.ClientTLS())
	if err := secure.Handshake(); err != nil {
		return err
	}
	c.Conn = secure
	c.lines.Reset(secure)
	return c.SetDeadline(time.Time{})
}

// A device that does not read, or does not write, does not shake hands either.
func TestFaultsHoldTheHandshakeUp(t *testing.T) {
	for name, begin := range map[string]func(*device.Scope){
		"black hole": (*device.Scope).BlackHole, "deaf": (*device.Scope).StopReading, "silent": (*device.Scope).Silence,
	} {
		t.Run(name, func(t *testing.T) {
			encrypted(t, func(t *testing.T, r *rig) {
				begin(&r.Scope)
				c := r.dial()
				require.ErrorIs(t, r.handshake(c), os.ErrDeadlineExceeded)
			})
		})
	}
}

// A black hole that is healed goes on with the handshake.
func TestHandshakeGoesOn(t *testing.T) {
	encrypted(t, func(t *testing.T, r *rig) {
		r.BlackHole()
		c := r.dial()
		time.AfterFunc(time.Second, r.Heal)
		require.NoError(t, r.handshake(c))
		require.Equal(t, time.Second, time.Since(r.start))
		c.send("READ 3")
		c.expect("READING 3 21.5 C")
	})
}

// What ends a connection does not wait for a client that never shakes hands.
func TestEndsDuringTheHandshake(t *testing.T) {
	for want, end := range map[error]func(*device.Scope){
		syscall.ECONNRESET: (*device.Scope).Reset, io.EOF: (*device.Scope).Hangup,
	} {
		t.Run(want.Error(), func(t *testing.T) {
			encrypted(t, func(t *testing.T, r *rig) {
				c := r.dial()
				synctest.Wait()
				end(&r.Scope)
				synctest.Wait()
				require.Zero(t, r.History().Open())
				c.ends(want)
			})
		})
	}
}

func TestAcceptAndCloseBeforeTheHandshake(t *testing.T) {
	encrypted(t, func(t *testing.T, r *rig) {
		r.AcceptAndClose()
		c := r.dial()
		synctest.Wait()
		require.Zero(t, r.History().Open())
		c.ends(io.EOF)
	})
}
