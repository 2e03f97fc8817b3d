package simulate_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate"
)

// secured are the plans that begin with TLS, and that start it in the login.
var secured = map[string]func(...plantest.Mod) *session.Plan{
	"from the start": plantest.Acme, "in the login": plantest.Lasting,
}

// secret is a world of either plan, with TLS.
func secret(t *testing.T, plan *session.Plan, o simulate.Options) *simulate.World {
	t.Helper()
	o.Session.TLS, o.Record = true, true
	w := world(t, 3, plan, o)
	if plan.Vendor == "acme" {
		answerAcme(w.Device)
		return w
	}
	w.Device.Greet("INFO {}")
	w.Device.Reply("ping", "PONG")
	return w
}

func TestTLS(t *testing.T) {
	for name, plan := range secured {
		t.Run(name, func(t *testing.T) {
			plan := plan()
			w := secret(t, plan, simulate.Options{Split: true, Partial: true, Stale: true, Buffer: 700})
			w.Start()
			require.True(t, w.Until(session.Ready, time.Minute))
			w.Run(time.Hour)
			require.Len(t, w.Links(), 1)
			require.True(t, w.Secured(w.Links()[0].Conn))
			wrote := string(w.Links()[0].Wrote)
			require.Equal(t, "\x16\x03\x03", wrote[:3])
			require.NotContains(t, wrote, "LOGIN")
			require.NotContains(t, wrote, "CONNECT")
			w.Shutdown()
			w.Run(time.Minute)
			require.Equal(t, session.Closed, w.State())
			require.Zero(t, w.Device.History().Open())
		})
	}
}

// TestTLSCarriesMuch: records larger than the buffers, both ways.
func TestTLSCarriesMuch(t *testing.T) {
	plan := plantest.Lasting()
	w := secret(t, plan, simulate.Options{Split: true, Partial: true, Buffer: 2000})
	w.Network.Latency(0, time.Millisecond)
	w.Start()
	require.True(t, w.Until(session.Ready, time.Minute))
	body := []byte(strings.Repeat("b\r\nc", 10_000))
	k := w.Submit(plantest.Pub(plan, "a", body))
	require.NoError(t, k.Wait(time.Minute))
	w.Device.Emit(string(plantest.Msg("news", 1, body)))
	w.Run(time.Minute)
	require.Len(t, w.Links(), 1)
	require.Len(t, w.Events, 2) // the greeting is one
	require.Equal(t, plantest.Msg("news", 1, body), w.Events[1].Frame)
	require.Len(t, w.Device.History().Commands("pub"), 1)
}

func TestHandshakesThatFail(t *testing.T) {
	for name, plan := range secured {
		for how, want := range map[simulate.Handshake]error{
			simulate.Forged: session.ErrRefused, simulate.Unwelcome: session.ErrRefused,
			simulate.Broken: nil, simulate.Mute: session.ErrTimeout, simulate.Clear: nil,
		} {
			t.Run(name, func(t *testing.T) {
				w := secret(t, plan(plantest.Also(func(p *session.Plan) { p.Reconnect.Refused = 10 * time.Second })), simulate.Options{})
				w.Network.Handshakes(how)
				w.Start()
				w.Run(time.Minute)
				require.Zero(t, w.Session.Stats().Readies, "%d", how)
				require.Greater(t, len(w.Links()), 2, "%d", how)
				require.False(t, w.Secured(w.Links()[0].Conn))
				refusals := 0
				for _, ch := range w.Changes {
					if ch.To != session.Backoff {
						continue
					}
					l := w.Links()[ch.Epoch-1]
					require.Equal(t, l.Refused, errors.Is(ch.Err, session.ErrRefused), "%d: %v", how, ch.Err)
					if l.Refused {
						refusals++
					}
					if want != nil && how != simulate.Unwelcome { // whose alert the reset behind it may overtake
						require.ErrorIs(t, ch.Err, want, "%d", how)
					}
				}
				require.Equal(t, want == session.ErrRefused, refusals > 0)
				w.Network.Handshakes(simulate.Honest)
				require.True(t, w.Until(session.Ready, time.Minute), "%d", how)
			})
		}
	}
}

// TestMuteHandshakesGoOn: one that waits is answered once the device speaks again.
func TestMuteHandshakesGoOn(t *testing.T) {
	for name, plan := range secured {
		t.Run(name, func(t *testing.T) {
			w := secret(t, plan(), simulate.Options{})
			w.Network.Handshakes(simulate.Mute)
			w.Start()
			w.Run(3 * time.Second)
			w.Network.Handshakes(simulate.Honest)
			require.True(t, w.Until(session.Ready, time.Second))
			require.Len(t, w.Links(), 1)
		})
	}
}

// TestTLSEndsWithItsConnection: a device that closes is no failure of TLS.
func TestTLSEndsWithItsConnection(t *testing.T) {
	w := secret(t, plantest.Acme(), simulate.Options{})
	w.Start()
	require.True(t, w.Until(session.Ready, time.Minute))
	w.Device.CloseAll()
	require.True(t, w.Until(session.Backoff, time.Second))
	require.ErrorIs(t, w.Changes[len(w.Changes)-1].Err, io.EOF)
}

// TestSlowReader: what the device takes little by little arrives, and a batch
// that takes too long ends the link.
func TestSlowReader(t *testing.T) {
	for name, tls := range map[string]bool{"plain": false, "tls": true} {
		t.Run(name, func(t *testing.T) {
			plan := plantest.Lasting()
			w := secret(t, plan, simulate.Options{Session: session.Options{TLS: tls}, Buffer: 2000})
			w.Start()
			require.True(t, w.Until(session.Ready, time.Minute))
			w.Network.Sip(500)
			k := w.Submit(plantest.Pub(plan, "a", make([]byte, 100_000)))
			require.NoError(t, k.Wait(4*time.Second))
			require.Greater(t, k.Finished-k.Submitted, time.Second)
			k = w.Submit(plantest.Pub(plan, "a", make([]byte, 262_000)))
			require.ErrorIs(t, k.Wait(time.Minute), session.ErrTimeout)
			require.Equal(t, plan.Timeouts.Write, k.Finished-k.Submitted)
		})
	}
}
