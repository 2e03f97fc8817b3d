package kiss_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/kiss"
	"github.com/linewright/linewright/generated/kiss/kisstest"
)

// connect makes a fake and a client of it; both end with the test.
func connect(t *testing.T) (*kisstest.Device, *kiss.Client) {
	device := kisstest.New()
	c, err := device.Dial(t.Context())
	require.NoError(t, err)
	t.Cleanup(func() { c.Close(); device.Close() })
	return device, c
}

// TestOnTheWire: byte by byte what is sent.
func TestOnTheWire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		device, c := connect(t)
		ctx := t.Context()
		require.NoError(t, c.SetTxDelay(ctx, 12, ms(10)))
		require.NoError(t, c.SetPersistence(ctx, 0, 0xc0))
		require.NoError(t, c.SetSlotTime(ctx, 1, ms(2190)))
		require.NoError(t, c.SetHardware(ctx, 0, nil))
		require.NoError(t, c.LeaveKISS(ctx))
		synctest.Wait()
		var sent []string
		for _, name := range []string{"tx_delay", "persistence", "slot_time", "set_hardware", "return"} {
			for _, command := range device.History().Commands(name) {
				sent = append(sent, string(command.Frame))
			}
		}
		require.Equal(t, []string{"\xc1\x01", "\x02\xc0", "\x13\xdb", "\x06", "\xff"}, sent)
		frame, err := (&kiss.SetPersistenceRequest{Value: 0xc0}).AppendFrame(nil)
		require.NoError(t, err)
		require.Equal(t, "\xc0\x02\xdb\xdc\xc0", string(frame))
		frame, err = (&kiss.SetTxDelayRequest{Channel: 12, Delay: ms(0)}).AppendFrame(nil)
		require.NoError(t, err)
		require.Equal(t, "\xc0\xc1\x00\xc0", string(frame), "only whole markers are escaped")
	})
}

// TestResynchronised: what is no frame is skipped, and what stands between two
// markers but is no packet is an event; the link stays.
func TestResynchronised(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		device, c := connect(t)
		events := inbox(t, c)
		device.Garbage([]byte("noise\xc0"))
		require.Equal(t, "noise", string(next[*kiss.UnknownMessage](t, events).Frame))
		device.Garbage([]byte("\xc0\x00\xdb\x41\xc0"))
		device.Garbage([]byte("\xc0\xc0\xc0"))
		device.Garbage(append([]byte("\xc0"), make([]byte, 5<<10)...))
		device.EmitHardware(kiss.Hardware{Channel: 1, Text: []byte("a\xc0b")})
		hardware := next[*kiss.Hardware](t, events)
		require.Equal(t, kiss.Hardware{Channel: 1, Text: []byte("a\xc0b")}, *hardware)
		device.Garbage([]byte("\xc0\x00short\xc0"))
		require.Equal(t, "\x00short", string(next[*kiss.UnknownMessage](t, events).Frame))
		require.EqualValues(t, 1, c.Stats().Links)
	})
}

// TestSilence: a channel on which nobody transmits is no reason to doubt the
// modem.
func TestSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		device, c := connect(t)
		time.Sleep(24 * time.Hour)
		synctest.Wait()
		require.Equal(t, kiss.StateReady, c.State())
		require.EqualValues(t, 1, c.Stats().Links)
		require.Empty(t, device.History().Commands(""), "and there is no heartbeat")
	})
}
