package mpd_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/mpd"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// noParams is for a server where everybody may do everything.
var noParams mpd.Params

func TestOptions(t *testing.T) {
	t.Parallel()
	c := startServer(t, "").dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	for name, do := range map[string]func() error{
		"ping":        func() error { return c.Ping(ctx) },
		"clear error": func() error { return c.ClearError(ctx) },
		"repeat":      func() error { return c.Repeat(ctx, true) },
		"random":      func() error { return c.Random(ctx, true) },
		"single":      func() error { return c.Single(ctx, mpd.OneShotOneshot) },
		"consume":     func() error { return c.Consume(ctx, mpd.OneShotOn) },
		"crossfade":   func() error { return c.Crossfade(ctx, 3) },
		"volume":      func() error { return c.SetVolume(ctx, 40) },
		"replay gain": func() error { return c.SetReplayGain(ctx, mpd.ReplayGainAlbum) },
	} {
		require.NoError(t, do(), name)
	}
	reply, err := c.Status(ctx)
	require.NoError(t, err)
	status := reply.Status
	require.Equal(t, mpd.PlayStateStop, status.State)
	require.True(t, status.Repeat)
	require.True(t, status.Random)
	require.Equal(t, mpd.OneShotOneshot, status.Single)
	require.Equal(t, mpd.OneShotOn, status.Consume)
	require.EqualValues(t, 3, status.Crossfade.Value)
	require.EqualValues(t, 40, status.Volume.Value)
	require.Contains(t, status.Others, mpd.OtherPair{Key: "partition", Value: "default"})
	volume, ok, err := c.GetVolume(ctx)
	require.NoError(t, err)
	require.True(t, ok)
	require.EqualValues(t, 40, volume.Volume)
	gain, err := c.ReplayGain(ctx)
	require.NoError(t, err)
	require.Equal(t, mpd.ReplayGainAlbum, gain.Mode)
	statistics, err := c.Statistics(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 60, statistics.Statistics.DBPlaytime.Value, "of all songs")
}

func TestErrors(t *testing.T) {
	t.Parallel()
	c := startServer(t, "").dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	for name, test := range map[string]struct {
		do   func() error
		code mpd.ErrorCode
	}{
		"no such song":     {func() error { return c.Add(ctx, `no"such\.mp3`, mpd.Optional[string]{}) }, mpd.ErrorCodeNoExist},
		"no such playlist": {func() error { return c.Load(ctx, "none", mpd.Optional[mpd.Range]{}) }, mpd.ErrorCodeNoExist},
		"a volume of 101":  {func() error { return c.SetVolume(ctx, 101) }, mpd.ErrorCodeArgument},
		"seek in silence":  {func() error { return c.SeekCurrent(ctx, "+1") }, mpd.ErrorCodePlayerSync},
	} {
		err := test.do()
		var failed *mpd.ServerError
		require.ErrorAs(t, err, &failed, name)
		require.Equal(t, test.code, failed.Code, name)
		require.NotEmpty(t, failed.Command, name)
		require.NotEmpty(t, failed.Text, name)
	}
	var e *mpd.Error
	require.ErrorAs(t, c.Save(ctx, "a\nclear"), &e)
	require.Equal(t, mpd.NotSent, e.Fate, "two commands in one")
	require.EqualValues(t, 1, c.Stats().Links)
}

func TestCommandList(t *testing.T) {
	t.Parallel()
	c := startServer(t, "").dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	reply, err := c.CommandList(ctx, []string{"setvol 30", "getvol", "ping"})
	require.NoError(t, err)
	done := mpd.ListResult{Done: mpd.Some(mpd.ListResultDone{})}
	volume := mpd.ListResult{Line: mpd.Some(mpd.ListResultLine{Name: "volume", Value: "30"})}
	require.Equal(t, []mpd.ListResult{done, volume, done, done}, reply.Results)

	_, err = c.CommandList(ctx, []string{"setvol 20", "play 7", "setvol 10"})
	var failed *mpd.ServerError
	require.ErrorAs(t, err, &failed)
	require.EqualValues(t, 1, failed.Index)
	require.Equal(t, "play", failed.Command)
	after, _, err := c.GetVolume(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 20, after.Volume, "the first was carried out, the last was not")
}

func TestLogin(t *testing.T) {
	t.Parallel()
	s := startServer(t, `password "sesame open@read,add,control,admin"
default_permissions "read"`)
	c := s.dial(mpd.Params{Password: "sesame open"})
	require.NoError(t, c.SetVolume(lab.Within(t, 20*time.Second), 10))

	_, err := mpd.Dial(lab.Within(t, 20*time.Second), s.address, mpd.Params{Password: "guess"})
	require.ErrorIs(t, err, mpd.ErrRefused)
	require.NotContains(t, err.Error(), "guess")

	err = s.dial(noParams).SetVolume(lab.Within(t, 20*time.Second), 10)
	var failed *mpd.ServerError
	require.ErrorAs(t, err, &failed)
	require.Equal(t, mpd.ErrorCodePermission, failed.Code)
}

// TestNoPermissionToWait: a server that lets nobody in without the password
// refuses the client, which does not ask again and again.
func TestNoPermissionToWait(t *testing.T) {
	t.Parallel()
	s := startServer(t, `password "sesame@read,add,control,admin"
default_permissions ""`)
	c, err := mpd.New(s.address, noParams)
	require.NoError(t, err)
	defer c.Close()
	require.ErrorIs(t, c.Run(lab.Within(t, 20*time.Second)), mpd.ErrRefused)
}

// TestHeartbeat: the long poll is interrupted and renewed, and the link stays.
func TestHeartbeat(t *testing.T) {
	t.Parallel()
	s := startServer(t, `connection_timeout "1"`)
	beats := make(lab.Heartbeats, 100)
	c := s.quick(beats.Received("nothing"))
	idle := lab.Silent(t, s.address)
	beats.Await(t, 3)
	t.Logf("the server closed an idle connection after %v (its timeout: 1s)", idle())
	require.EqualValues(t, 1, c.Stats().Links, "no reconnect")
	require.True(t, c.State().Up())
}

func TestEvents(t *testing.T) {
	t.Parallel()
	s := startServer(t, "")
	c, other := s.dial(noParams), s.dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	changes := c.Subscribe()
	defer changes.Close()
	require.NoError(t, other.Random(ctx, true))
	await(t, changes, mpd.SubsystemOptions)
	require.NoError(t, other.SetVolume(ctx, 11))
	await(t, changes, mpd.SubsystemMixer)
	require.NoError(t, c.Add(ctx, "a.wav", mpd.Optional[string]{}))
	await(t, changes, mpd.SubsystemPlaylist)
}

// TestRestart: the client is back, waits for changes, and is subscribed to what
// it was subscribed to, but not to what it has left.
func TestRestart(t *testing.T) {
	t.Parallel()
	s := startServer(t, "")
	c := s.dial(noParams)
	ctx := lab.Within(t, 30*time.Second)
	for _, channel := range []string{"stays", "left"} {
		require.NoError(t, c.SubscribeChannel(ctx, channel))
	}
	require.NoError(t, c.UnsubscribeChannel(ctx, "left"))
	changes := c.Subscribe()
	defer changes.Close()
	link := lab.AwaitReady(t, c.States, 0).Link
	s.Kill()
	lab.AwaitLoss(t, c.States, link)
	s.start()
	lab.AwaitReady(t, c.States, link)
	channels, err := c.Channels(ctx)
	require.NoError(t, err)
	require.Equal(t, []string{"stays"}, channels.Channels)
	require.NoError(t, s.dial(noParams).SendMessage(ctx, "stays", "hello"))
	await(t, changes, mpd.SubsystemMessage)
	got, err := c.ReadMessages(ctx)
	require.NoError(t, err)
	require.Equal(t, []mpd.ChannelMessage{{Channel: "stays", Message: "hello"}}, got.Messages)
}
