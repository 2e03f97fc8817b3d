package gpsd_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/gpsd"
	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/runtime"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// reports asks for reports, and nothing else.
var reports = gpsd.Policy{Enable: true, JSON: gpsd.Some(true), NMEA: gpsd.Some(false)}

func TestServer(t *testing.T) {
	t.Parallel()
	from := startSource(t, receiver...)
	c := startServer(t, from).dial()
	ctx := lab.Within(t, 20*time.Second)
	version, err := c.Version(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 3, version.ProtoMajor)
	require.NotEmpty(t, version.Release)
	list, err := c.Devices(ctx)
	require.NoError(t, err)
	require.Len(t, list.Devices, 1)
	require.Equal(t, from.path(), list.Devices[0].Path)

	device, err := c.Device(ctx, from.path())
	require.NoError(t, err)
	require.Equal(t, from.path(), device.Path)
	device, err = c.SetSpeed(ctx, from.path(), 9600)
	require.NoError(t, err)
	require.Equal(t, from.path(), device.Path)
	device, err = c.SetNative(ctx, from.path(), 0)
	require.NoError(t, err)
	require.Equal(t, from.path(), device.Path)
	device, err = c.SetCycle(ctx, from.path(), gpsd.Decimal{Coef: 5, Scale: 1})
	require.NoError(t, err)
	require.Equal(t, from.path(), device.Path)
}

func TestReports(t *testing.T) {
	t.Parallel()
	from, ships := startSource(t, receiver...), startSource(t, "!AIVDM,1,1,,A,15RTgt0PAso;90TKcjM8h6g208CQ,0")
	c := startServer(t, from, ships).dial()
	ctx := lab.Within(t, 20*time.Second)
	sub := listen(t, c)
	before, watched, err := c.Watch(ctx, reports)
	require.NoError(t, err)
	require.Len(t, before, 1)
	require.Len(t, before[0].Devices, 2)
	require.True(t, watched.Enable)
	require.True(t, watched.JSON)
	require.False(t, watched.NMEA)

	await(t, sub, func(e *gpsd.TPV) bool {
		return e.Device == gpsd.Some(from.path()) && e.Mode == gpsd.ModeFix3d && e.Lat == gpsd.Some(48.1173) &&
			e.Lon == gpsd.Some(11.516666667) && e.AltMsl == gpsd.Some(545.4) && e.Speed == gpsd.Some(11.524)
	})
	await(t, sub, func(e *gpsd.Sky) bool {
		return e.Hdop == gpsd.Some(0.9) && len(e.Satellites.Value) == 2 && e.Satellites.Value[1].Prn == 2 && e.Satellites.Value[1].Used
	})
	await(t, sub, func(e *gpsd.GST) bool { return e.Orient == gpsd.Some(273.6) && e.Alt == gpsd.Some(0.031) })
	await(t, sub, func(e *gpsd.OtherReport) bool { return e.Class == "AIS" && e.Others.Set })

	latest, err := c.Poll(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 2, latest.Active)
	require.Equal(t, gpsd.Some(48.1173), latest.Tpv[0].Lat)
	require.Equal(t, gpsd.Some(0.023), latest.Gst[0].Lat)
	require.Equal(t, gpsd.Some(uint16(2)), latest.Sky[0].Visible)
	list, err := c.Devices(ctx)
	require.NoError(t, err)
	require.Equal(t, gpsd.Some("AIVDM"), list.Devices[1].Driver)
}

func TestAttitude(t *testing.T) {
	t.Parallel()
	c := startServer(t, startSource(t, "$HCHDG,98.3,0.0,E,12.6,W", "$PTNTHTM,14223,N,169,N,-43,N,13641,2454")).dial()
	sub := listen(t, c)
	_, _, err := c.Watch(lab.Within(t, 20*time.Second), reports)
	require.NoError(t, err)
	await(t, sub, func(e *gpsd.ATT) bool {
		return e.Heading == gpsd.Some(14223.0) && e.HeadingStatus == gpsd.Some("N") && e.Roll == gpsd.Some(-43.0)
	})
}

// TestSentences: what receivers say comes between reports; what has no checksum,
// which gpsd passes on, is dropped.
func TestSentences(t *testing.T) {
	t.Parallel()
	from := startSource(t, append([]string{"$GPTXT,01,01,02,no checksum*"}, receiver...)...)
	c := startServer(t, from, startSource(t, "!AIVDM,1,1,,A,15RTgt0PAso;90TKcjM8h6g208CQ,0")).dial()
	ctx := lab.Within(t, 20*time.Second)
	sub := listen(t, c)
	_, watched, err := c.Watch(ctx, gpsd.Policy{Enable: true, JSON: gpsd.Some(true), NMEA: gpsd.Some(true)})
	require.NoError(t, err)
	require.True(t, watched.NMEA)
	await(t, sub, func(e *gpsd.Sentence) bool {
		return e.Name == "GPGSV" && e.Values == "1,1,02,01,40,083,46,02,17,308,41"
	})
	await(t, sub, func(e *gpsd.TPV) bool { return e.Mode == gpsd.ModeFix3d })
	await(t, sub, func(e *gpsd.Sentence) bool {
		require.NotEqual(t, "GPTXT", e.Name)
		return e.Name == "GPGST"
	})
	await(t, sub, func(e *gpsd.AISSentence) bool {
		return e.Name == "AIVDM" && e.Values == "1,1,,A,15RTgt0PAso;90TKcjM8h6g208CQ,0"
	})

	_, watched, err = c.Watch(ctx, gpsd.Policy{Enable: false})
	require.NoError(t, err)
	require.False(t, watched.Enable)
	require.EqualValues(t, 1, c.Stats().Links)
}

// TestReceiverGone: gpsd says that a receiver that it lost is not used any more.
func TestReceiverGone(t *testing.T) {
	t.Parallel()
	from := startSource(t, receiver...)
	c := startServer(t, from).dial()
	sub := listen(t, c)
	_, _, err := c.Watch(lab.Within(t, 20*time.Second), reports)
	require.NoError(t, err)
	await(t, sub, func(e *gpsd.TPV) bool { return e.Lat.Set })
	from.stop()
	await(t, sub, func(e *gpsd.Device) bool { return e.Path == from.path() && string(e.Activated.Value) == "0" })
}

func TestServerErrors(t *testing.T) {
	t.Parallel()
	c := startServer(t, startSource(t, receiver...)).dial()
	ctx := lab.Within(t, 20*time.Second)
	_, err := c.Device(ctx, "/dev/nobody")
	var failed *gpsd.ServerError
	require.ErrorAs(t, err, &failed)
	require.Contains(t, failed.Message, "/dev/nobody")
	_, _, err = c.Watch(ctx, gpsd.Policy{Enable: true, Device: gpsd.Some("/dev/nobody")})
	require.ErrorAs(t, err, &failed)
	require.Contains(t, failed.Message, "No such device as /dev/nobody")
	_, err = c.Version(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 1, c.Stats().Links, "the link is well after errors")
}

// TestHeartbeat: a link on which nobody watches lives over three heartbeats.
func TestHeartbeat(t *testing.T) {
	t.Parallel()
	acks := make(chan time.Duration, 16)
	start := time.Now()
	s := startServer(t, startSource(t, receiver...))
	c := s.quick(runtime.WithObserver(runtime.Observer{RTT: func(d time.Duration) { acks <- d }}))
	for range 3 {
		select {
		case rtt := <-acks:
			t.Logf("answered after %v", rtt)
		case <-lab.Within(t, 20*time.Second).Done():
			t.Fatal("no answer")
		}
	}
	require.GreaterOrEqual(t, time.Since(start), 3*quick().Liveness.Probe.Every)
	require.EqualValues(t, 1, c.Stats().Links)
	require.True(t, c.State().Up())
}

// TestFrozenServer stops the server's process: the kernel goes on acknowledging,
// only the heartbeat can tell.
func TestFrozenServer(t *testing.T) {
	t.Parallel()
	s := startServer(t, startSource(t, receiver...))
	c := s.quick()
	link := lab.AwaitReady(t, c.States, 0).Link
	start := time.Now()
	s.Freeze()
	lost := lab.AwaitLoss(t, c.States, link)
	require.ErrorIs(t, lost.Err, runtime.ErrPeerSilent)
	t.Logf("a frozen server was noticed after %v (bound 1.2s)", lost.At.Sub(start).Round(time.Millisecond))
	s.Thaw()
	lab.AwaitReady(t, c.States, link)
}

// TestRestart kills the server: when it is back, the newest watch is, too.
func TestRestart(t *testing.T) {
	t.Parallel()
	s := startServer(t, startSource(t, receiver...))
	c := s.dial()
	ctx := lab.Within(t, 20*time.Second)
	sub := listen(t, c)
	_, _, err := c.Watch(ctx, reports)
	require.NoError(t, err)
	_, _, err = c.Watch(ctx, gpsd.Policy{Enable: true, JSON: gpsd.Some(false), NMEA: gpsd.Some(true)})
	require.NoError(t, err)
	await(t, sub, func(e *gpsd.Sentence) bool { return e.Name == "GPRMC" })

	link := lab.AwaitReady(t, c.States, 0).Link
	s.Kill()
	require.Error(t, lab.AwaitLoss(t, c.States, link).Err)
	sub.Close()
	sub = listen(t, c)
	s.start()
	lab.AwaitReady(t, c.States, link)
	await(t, sub, func(e *gpsd.Sentence) bool { return e.Name == "GPRMC" })
	_, watched, err := c.Watch(ctx, gpsd.Policy{Enable: true})
	require.NoError(t, err)
	require.False(t, watched.JSON, "the first watch was not sent again")
}
