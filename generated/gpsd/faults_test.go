package gpsd_test

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/gpsd"
	"github.com/linewright/linewright/generated/gpsd/gpsdtest"
)

func fake(t *testing.T) (*gpsdtest.Device, *gpsd.Client) {
	t.Helper()
	d := gpsdtest.New()
	c, err := d.Dial(t.Context())
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Close(); d.Close() })
	return d, c
}

// TestTime: pulses, which a receiver on TCP cannot give.
func TestTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, c := fake(t)
		sub := listen(t, c)
		d.Emit(`{"class":"PPS","device":"/dev/ttyS0","real_sec":1330212592,"real_nsec":343182,"clock_sec":1330212592,"clock_nsec":343184,"precision":-2,"shm":"NTP2"}`)
		await(t, sub, func(e *gpsd.PPS) bool {
			return e.RealNsec == 343182 && e.Precision == gpsd.Some(int32(-2)) && string(e.Others.Value) == `{"shm":"NTP2"}`
		})
		d.Emit(`{"class":"TOFF","device":"/dev/ttyS0","real_sec":1330212592,"real_nsec":343182,"clock_sec":1330212592,"clock_nsec":343184}`)
		await(t, sub, func(e *gpsd.TOFF) bool { return e.ClockNsec == 343184 })
		d.Emit(`{"class":"OSC","running":true,"reference":true,"disciplined":true,"delta":67}`)
		await(t, sub, func(e *gpsd.OtherReport) bool { return e.Class == "OSC" })
	})
}

// TestEventLikeAReply: a receiver that changes is no answer to who asks for
// another.
func TestEventLikeAReply(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, c := fake(t)
		sub := listen(t, c)
		d.HandleDevice(func(r *gpsdtest.DeviceRequest) {
			r.EmitDevice(gpsd.Device{Path: "/dev/ttyS1", Driver: gpsd.Some("SiRF")})
			r.ReplyDevice(gpsd.Device{Path: r.Path, Driver: gpsd.Some("NMEA0183")})
		})
		got, err := c.Device(t.Context(), "/dev/ttyS0")
		require.NoError(t, err)
		require.Equal(t, gpsd.Some("NMEA0183"), got.Driver)
		await(t, sub, func(e *gpsd.Device) bool { return e.Path == "/dev/ttyS1" && e.Driver == gpsd.Some("SiRF") })
	})
}

// TestNoise: sentences that are damaged, and an error that nobody waits for,
// cost no link.
func TestNoise(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, c := fake(t)
		sub := listen(t, c)
		for _, line := range []string{
			"$GPTXT,01,01,02,no checksum", "$GPTXT,01,01,02,wrong*00", "!AIVDM,1*00", "$", "hello", `{"no":"class"}`, `{"class":"ERROR","message":"?"}`,
		} {
			d.Garbage([]byte(line + "\r\n"))
		}
		d.Garbage([]byte("$HCHDG,98.3,0.0,E,12.6,W*57\r\n"))
		await(t, sub, func(e *gpsd.Sentence) bool { return e.Name == "HCHDG" })
		_, err := c.Version(t.Context())
		require.NoError(t, err)
		require.EqualValues(t, 1, c.Stats().Links)
	})
}
