package simulate_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate"
)

// storm runs two clients through a few minutes of random trouble.
func storm(t *testing.T, seed uint64, quiet bool) *simulate.World {
	t.Helper()
	plan := plantest.Acme(plantest.InFlight(4), plantest.Also(func(p *session.Plan) { p.Reconnect.Refused = 10 * time.Second }))
	w := acme(t, seed, plan, simulate.Options{Clients: 2, Split: true, Partial: true, Buffer: 2000, Quiet: quiet})
	trouble := []func(){
		w.Network.Cut, w.Network.CutToClient, w.Network.CutToDevice, w.Network.Restore, w.Network.Reset,
		func() { w.Network.Loss(0.1) },
		func() { w.Network.Latency(time.Millisecond, 300*time.Millisecond) },
		w.Device.Silence, w.Device.BlackHole, w.Device.StopReading, w.Device.Reset, w.Device.CloseAll,
		w.Device.AcceptAndClose, w.Device.RefuseDial, w.Device.HangDial, w.Device.DuplicateReplies,
		func() { w.Device.StallMidFrame(3) },
		func() { w.Device.Drip(100 * time.Millisecond) },
		func() { w.Device.LateReplies(4 * time.Second) },
		func() { w.Device.Next().RefuseLogin("ERR 5 busy") },
		func() { w.Device.Emit("READING 7 7 C") },
		func() { w.Suspend(time.Minute) },
		func() { w.Clients[1].Stall(8 * time.Second) },
		func() { w.JumpWall(-time.Hour) },
		w.Device.Heal, w.Device.Heal, w.Device.Heal, w.Network.Restore, w.Network.Restore,
	}
	w.Start()
	for range 100 {
		w.Run(w.Between(0, 6*time.Second))
		trouble[w.Rand.IntN(len(trouble))]()
		for _, c := range w.Clients {
			k := c.Submit(plantest.Read(plan, uint8(w.Rand.IntN(9))))
			c.Submit(plantest.Set(plan, uint8(w.Rand.IntN(9)), "1.5"))
			w.After(w.Between(0, 10*time.Second), func() { k.Cancel(context.DeadlineExceeded) })
		}
	}
	w.Network.Restore()
	w.Network.Loss(0)
	w.Device.Heal()
	w.Run(5 * time.Minute)
	return w
}

func TestSameSeedSameHistory(t *testing.T) {
	hashes := map[uint64]uint64{}
	for seed := range uint64(20) {
		w := storm(t, seed, false)
		again := storm(t, seed, true)
		require.Equal(t, w.Hash(), again.Hash(), "seed %d", seed)
		require.Empty(t, again.Trace())
		require.NotContains(t, hashes, w.Hash())
		hashes[w.Hash()] = seed
	}
}

// TestStormsEndWell: after the trouble every client is READY again, and every
// call has ended.
func TestStormsEndWell(t *testing.T) {
	for seed := range uint64(100) {
		w := storm(t, seed, false)
		for i, c := range w.Clients {
			require.Equal(t, session.Ready, c.State(), "seed %d client %d", seed, i)
			require.Zero(t, c.Outstanding(), "seed %d client %d", seed, i)
			require.Equal(t, 1, c.Open(), "seed %d client %d", seed, i)
		}
		for _, c := range w.Clients {
			c.Close()
			require.Zero(t, c.Open())
		}
		if t.Failed() {
			return
		}
	}
}
