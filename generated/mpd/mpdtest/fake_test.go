package mpdtest_test

import (
	"context"
	"fmt"
	"log"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/mpd"
	"github.com/linewright/linewright/generated/mpd/mpdtest"
	"github.com/linewright/linewright/runtime/device"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A player that tells when its volume has changed.
func Example() {
	player := mpdtest.New()
	defer player.Close()
	volume := uint8(30)
	player.HandleSetVolume(func(r *mpdtest.SetVolumeRequest) {
		volume = r.Volume
		r.ReplyOK()
	})
	player.HandleGetVolume(func(r *mpdtest.GetVolumeRequest) { r.ReplyVolume(mpd.Volume{Volume: volume}) })

	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	c, err := player.Dial(ctx, mpd.Params{})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	if err := c.SetVolume(ctx, 40); err != nil {
		log.Fatal(err)
	}
	reply, ok, err := c.GetVolume(ctx)
	fmt.Println(reply.Volume, ok, err)
	// Output: 40 true <nil>
}

// TestDefaults sends commands to a fake without handlers, over TCP.
func TestDefaults(t *testing.T) {
	player := mpdtest.New()
	defer player.Close()
	addr, err := player.Listen("127.0.0.1:0")
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	c, err := mpd.Dial(ctx, addr, mpd.Params{Password: `se"same`})
	require.NoError(t, err)
	defer c.Close()

	require.Equal(t, `se"same`, player.ReceivedPassword()[0].Password)
	status, err := c.Status(ctx)
	require.NoError(t, err)
	require.Equal(t, mpd.PlayStatePlay, status.Status.State, "the spec's example")
	require.NoError(t, c.Add(ctx, `a "b" \.mp3`, mpd.Some("+0")))
	require.Equal(t, []mpd.AddRequest{{URI: `a "b" \.mp3`, Position: mpd.Some("+0")}}, player.ReceivedAdd())
	picture, ok, err := c.ReadPicture(ctx, "a.mp3", 0)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, mpd.Picture{Size: 9, Data: []byte("abc")}, picture)
	require.Empty(t, player.History().Of(device.Unhandled, device.Unknown))
}

// TestChanges: what the long poll is answered with is an event; what it is
// answered with because it was interrupted is none.
func TestChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		player := mpdtest.New()
		defer player.Close()
		polls := make(chan *mpdtest.IdleRequest, 100)
		player.HandleIdle(func(r *mpdtest.IdleRequest) { polls <- r })
		c, err := player.Dial(t.Context(), mpd.Params{})
		require.NoError(t, err)
		defer c.Close()
		changes := c.Subscribe()
		defer changes.Close()
		<-polls
		require.NoError(t, c.Ping(t.Context()), "between two polls")
		(<-polls).ReplyChanged(mpd.Changed{Subsystems: []mpd.Subsystem{mpd.SubsystemMixer, "new"}})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		var got []mpd.Subsystem
		for event := range changes.Events(ctx) {
			got = append(got, event.(*mpd.Changed).Clone().Subsystems...)
		}
		require.Equal(t, []mpd.Subsystem{mpd.SubsystemMixer, "new"}, got, "in a minute with three heartbeats")
	})
}
