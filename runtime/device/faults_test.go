package device_test

import (
	"context"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
)

func TestSilenceReadsAndLosesReplies(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		r.Silence()
		c.send("READ 1")
		r.Emit("READING 9 9 C")
		c.quiet()
		require.Len(t, r.History().Commands("read"), 1)
		require.Len(t, r.History().Of(device.Dropped), 2)
		r.Heal()
		c.send("READ 2")
		c.expect("READING 2 21.5 C")
	})
}

func TestBlackHoleStopsAndGoesOn(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		r.BlackHole()
		c.send("READ 1")
		r.Emit("READING 9 9 C")
		c.quiet()
		require.Empty(t, r.History().Commands(""))
		later := r.dial()
		later.send("READ 2")
		later.quiet()

		r.Heal()
		c.expect("READING 9 9 C", "READING 1 21.5 C")
		later.expect("READING 2 21.5 C")
	})
}

// Events that nobody takes are lost in the end, and the memory for them is not.
func TestEventsBehindABlackHoleAreBounded(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		r.BlackHole()
		event := "READING 1 " + strings.Repeat("1", 1<<20) + " C"
		for range 20 {
			r.Emit(event)
			r.Garbage([]byte(event))
			time.Sleep(time.Second)
		}
		h := r.History()
		require.Len(t, h.Of(device.Dropped), 40-16)
		require.Greater(t, h[len(h)-1].At, 10*time.Second)
		go func() { _, _ = io.Copy(io.Discard, c) }()
		r.Heal()
		synctest.Wait()
		require.Len(t, r.History().Of(device.Emitted), 16)
		r.Emit("READING 9 9 C")
		synctest.Wait()
		require.Len(t, r.History().Of(device.Emitted), 17, "there is room again")
	})
}

func TestBlackHoleFillsUp(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		r.BlackHole()
		require.NoError(t, c.SetWriteDeadline(time.Now().Add(time.Second)))
		n, err := c.Write([]byte(strings.Repeat("READ 1\n", 1<<20)))
		require.ErrorIs(t, err, os.ErrDeadlineExceeded)
		require.LessOrEqual(t, n, 128<<10)
	})
}

func TestResetInABlackHoleLosesCommands(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		r.BlackHole()
		c.send("SET 1 1")
		synctest.Wait()
		c.send("SET 1 2")
		require.NoError(t, c.Conn.(interface{ SetLinger(int) error }).SetLinger(0))
		require.NoError(t, c.Close())
		r.Heal()
		synctest.Wait()
		// The first may have been in the reader's hands already.
		require.LessOrEqual(t, len(r.History().Commands("set")), 1)
		require.ErrorIs(t, r.History().Of(device.Ended)[0].Err, syscall.ECONNRESET)
	})
}

func TestStopReadingStillSends(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		r.StopReading()
		c.send("READ 1")
		r.Emit("READING 9 9 C")
		c.expect("READING 9 9 C")
		c.quiet()
		r.Heal()
		c.expect("READING 1 21.5 C")
	})
}

func TestReset(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		a, b := r.dial(), r.dial()
		r.Conn(1).Reset()
		a.ends(syscall.ECONNRESET)
		b.send("READ 1")
		b.expect("READING 1 21.5 C")
		r.Reset()
		b.ends(syscall.ECONNRESET)
		require.ErrorIs(t, r.History().Of(device.Ended)[0].Err, device.ErrReset)
		r.Conn(1).Reset() // nothing happens
	})
}

func TestResetFreesAStuckWrite(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		for range 100 {
			r.Emit("READING 1 " + strings.Repeat("1", 4000) + " C")
		}
		synctest.Wait() // the device's writer is stuck
		r.Reset()
		synctest.Wait()
		require.Zero(t, r.History().Open())
		_, err := c.Write([]byte("READ 1\n"))
		require.ErrorIs(t, err, syscall.ECONNRESET)
	})
}

func TestCloseAllAndHalfClose(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		a, b := r.dial(), r.dial()
		r.Conn(2).HalfClose()
		b.ends(io.EOF)
		b.send("READ 1")
		synctest.Wait()
		require.Len(t, r.History().Commands("read"), 1)
		require.Len(t, r.History().Of(device.Dropped), 1)
		require.Equal(t, 2, r.History().Open())
		r.CloseAll()
		a.ends(io.EOF)
		require.ErrorIs(t, r.History().Of(device.Ended)[0].Err, device.ErrHungUp)
	})
}

func TestResetInABlackHoleIsTold(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		r.BlackHole()
		r.Reset()
		c.ends(syscall.ECONNRESET)
	})
}

func TestStallMidFrame(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		r.StallMidFrame(5)
		c.send("READ 1", "READ 2")
		buf := make([]byte, 100)
		n, err := c.Read(buf)
		require.NoError(t, err)
		require.Equal(t, "READI", string(buf[:n]))
		c.quiet()
		r.Heal()
		c.expect("NG 1 21.5 C", "READING 2 21.5 C")
	})
}

// A stall that was healed before it took hold never does.
func TestHealEndsAStallToCome(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		r.StallMidFrame(5)
		r.Drip(time.Second)
		c.send("READ 1")
		time.Sleep(2 * time.Second) // three bytes are out
		r.Heal()
		c.expect("READING 1 21.5 C")
		c.send("READ 2")
		c.expect("READING 2 21.5 C")
	})
}

func TestStallIsNeverTheWholeFrame(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		r.Next().StallMidFrame(1000)
		c := r.dial()
		c.send("READ 1")
		buf := make([]byte, 100)
		n, err := c.Read(buf)
		require.NoError(t, err)
		require.Equal(t, "READING 1 21.5 C", string(buf[:n]))
		r.dial().send("READ 1") // the next one is well
		c.quiet()
	})
}

func TestGarbage(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		r.Garbage([]byte("\x00\xff"))
		r.Emit("READING 1 1 C")
		c.expect("\x00\xffREADING 1 1 C")
	})
}

func TestDelayKeepsTheOrder(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		r.Delay(2 * time.Second)
		c.send("READ 1")
		synctest.Wait()
		r.Delay(0)
		c.send("READ 2")
		c.expect("READING 1 21.5 C", "READING 2 21.5 C")
		require.Equal(t, 2*time.Second, time.Since(r.start))
	})
}

func TestLateRepliesLetEventsPass(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		r.LateReplies(2 * time.Second)
		c.send("READ 1")
		synctest.Wait()
		r.Emit("READING 9 9 C")
		c.expect("READING 9 9 C")
		require.Equal(t, time.Duration(0), time.Since(r.start))
		c.expect("READING 1 21.5 C")
		require.Equal(t, 2*time.Second, time.Since(r.start))
	})
}

func TestDrip(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		r.Drip(time.Second)
		c.send("HEARTBEAT")
		c.expect("HEARTBEAT_ACK")
		require.Equal(t, time.Duration(len("HEARTBEAT_ACK"))*time.Second, time.Since(r.start))
	})
}

func TestSplitEvery(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		r.SplitEvery(5)
		c.send("HEARTBEAT")
		var pieces []string
		for len(strings.Join(pieces, "")) < len("HEARTBEAT_ACK\n") {
			buf := make([]byte, 100)
			n, err := c.Read(buf)
			require.NoError(t, err)
			pieces = append(pieces, string(buf[:n]))
		}
		require.Equal(t, []string{"HEART", "BEAT_", "ACK\n"}, pieces)
	})
}

func TestDropReplies(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		r.DropReplies("read", 1)
		c.send("READ 1", "HEARTBEAT", "READ 2")
		c.expect("HEARTBEAT_ACK", "READING 2 21.5 C")
		require.Equal(t, "READING 1 21.5 C\n", string(r.History().Of(device.Dropped)[0].Frame))

		r.Conn(1).DropReplies("read", -1)
		c.send("READ 3", "READ 4")
		c.quiet()
		r.Heal()
		c.send("READ 5")
		c.expect("READING 5 21.5 C")
	})
}

func TestDuplicateReplies(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		c := r.dial()
		r.DuplicateReplies()
		c.send("READ 1")
		c.expect("READING 1 21.5 C", "READING 1 21.5 C")
		c.quiet()
	})
}

func TestRefuseLogin(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		r.Next().RefuseLogin("DENIED")
		c := r.dial()
		c.send("LOGIN u s", "LOGIN u s")
		c.expect("DENIED", "OK")
		c = r.dial()
		c.send("LOGIN u s")
		c.expect("OK")
	})
}

func TestAcceptAndClose(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		r.AcceptAndClose()
		r.dial().ends(io.EOF)
		r.dial().ends(io.EOF)
		r.Heal()
		c := r.dial()
		c.send("READ 1")
		c.expect("READING 1 21.5 C")
	})
}

func TestRefuseDial(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		r.Next().RefuseDial()
		_, err := r.Dialer()(t.Context(), "tcp", "x")
		require.ErrorIs(t, err, syscall.ECONNREFUSED)
		require.Len(t, r.History().Of(device.Refused), 1)
		r.dial()

		r.RefuseDial()
		for range 2 {
			_, err = r.Dialer()(t.Context(), "tcp", "x")
			require.ErrorIs(t, err, syscall.ECONNREFUSED)
		}
		r.Heal()
		r.dial()
	})
}

func TestHangDial(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		for _, hang := range []func(){r.HangDial, r.Next().HangDial} {
			start := time.Now()
			hang()
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			_, err := r.Dialer()(ctx, "tcp", "x")
			cancel()
			require.ErrorIs(t, err, context.DeadlineExceeded)
			require.Equal(t, 5*time.Second, time.Since(start))
			r.Heal()
		}
		r.HangDial()
		time.AfterFunc(time.Second, r.Heal)
		start := time.Now()
		r.dial()
		require.Equal(t, time.Second, time.Since(start))
	})
}

func TestHangingDialIsRefusedByClose(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		r.HangDial()
		time.AfterFunc(time.Second, func() { _ = r.Close() })
		_, err := r.Dialer()(t.Context(), "tcp", "x")
		require.ErrorIs(t, err, syscall.ECONNREFUSED)
		var op *net.OpError
		require.ErrorAs(t, err, &op)
	})
}

func TestFaultsFromHandlers(t *testing.T) {
	virtual(t, func(t *testing.T, r *rig) {
		r.Handle("set", func(q *device.Request) {
			q.Reply("OK")
			q.Link().StopReading()
		})
		c := r.dial()
		c.send("SET 1 1", "READ 1")
		c.expect("OK")
		c.quiet()
		r.Heal()
		c.expect("READING 1 21.5 C")
	})
}
