package runtime

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
)

// counted counts the open connections of a dialer.
type counted struct {
	open, most atomic.Int32
}

func (c *counted) dialer(dial DialFunc) DialFunc {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		if n := c.open.Add(1); n > c.most.Load() {
			c.most.Store(n)
		}
		return &countedConn{Conn: conn, of: c}, nil
	}
}

type countedConn struct {
	net.Conn
	of   *counted
	once sync.Once
}

func (c *countedConn) SetLinger(seconds int) error {
	return c.Conn.(interface{ SetLinger(int) error }).SetLinger(seconds)
}

func (c *countedConn) Close() error {
	err := c.Conn.Close()
	c.once.Do(func() { c.of.open.Add(-1) })
	return err
}

// TestChaos lets callers, publishers and loops run while everything goes wrong
// at random, in virtual time. Whatever happens: one link at a time, every call
// ends, no reply reaches another caller, the client comes back, nothing is left.
func TestChaos(t *testing.T) {
	rounds := 20
	if testing.Short() {
		rounds = 3
	}
	for seed := range uint64(rounds) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { chaos(t, seed) })
		})
	}
}

func chaos(t *testing.T, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 1))
	plan := plantest.Acme(plantest.InFlight(1 + int(seed%8)))
	var conns counted
	r := newRig(t, plan)
	c, err := New(plan, "device", someone(), WithSeed(seed), WithDialer(conns.dialer(r.device.Dialer())))
	require.NoError(t, err)
	r.Client = c
	r.up()
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() { r.reader(ctx, seed<<8|uint64(i)) })
	}
	wg.Go(func() {
		for range r.States(context.Background()) { //nolint:revive // it must end with the client
		}
	})
	sub := r.Subscribe(Filter{})
	wg.Go(func() {
		for range sub.Frames(context.Background()) { //nolint:revive // as above
		}
	})
	for range 60 {
		mischief(r.device, random)
		time.Sleep(time.Duration(random.Int64N(int64(8 * time.Second))))
		if random.IntN(3) > 0 {
			r.device.Heal()
		}
		if random.IntN(5) == 0 {
			r.ReconnectNow()
		}
	}
	r.device.Heal()
	time.Sleep(2 * plan.Reconnect.Max)
	require.Contains(t, []State{Ready, Suspect}, r.State())
	stop()
	r.close()
	wg.Wait()
	synctest.Wait()
	require.LessOrEqual(t, conns.most.Load(), int32(1))
	require.Zero(t, conns.open.Load())
	require.Zero(t, r.Stats().Waiting)
}

// mischief does one thing wrong.
func mischief(d *device.Device, random *rand.Rand) {
	switch random.IntN(14) {
	case 0:
		d.Reset()
	case 1:
		d.Hangup()
	case 2:
		d.BlackHole()
	case 3:
		d.StopReading()
	case 4:
		d.Silence()
	case 5:
		d.StallMidFrame(1 + random.IntN(5))
	case 6:
		d.LateReplies(time.Duration(random.Int64N(int64(7 * time.Second))))
	case 7:
		d.DropReplies("read", 1+random.IntN(3))
	case 8:
		d.Garbage([]byte("\x00garbage\n"))
	case 9:
		d.RefuseDial()
	case 10:
		d.HangDial()
	case 11:
		d.AcceptAndClose()
	case 12:
		d.Emit("READING 9 1 C")
	case 13:
		d.HalfClose()
	}
}

// reader asks for channels until ctx ends; a reply must be its own.
func (r *rig) reader(ctx context.Context, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 2))
	for ctx.Err() == nil {
		channel := uint8(random.IntN(200))
		one, cancel := context.WithTimeout(ctx, time.Duration(random.Int64N(int64(6*time.Second))))
		before := time.Now()
		reply, err := r.read(one, channel)
		deadline, _ := one.Deadline()
		cancel()
		var e *Error
		switch {
		case err == nil:
			if reply != fmt.Sprintf("READING %d 21.5 C", channel) && !(channel == 9 && reply == "READING 9 1 C") {
				r.t.Errorf("asked for %d, got %q", channel, reply)
			}
		case !errors.As(err, &e):
			r.t.Errorf("%T: %v", err, err)
		}
		if time.Now().After(deadline) {
			r.t.Errorf("a call with a context of %v took %v", deadline.Sub(before), time.Since(before))
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Duration(random.Int64N(int64(time.Second)))):
		}
	}
}
