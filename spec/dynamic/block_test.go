package dynamic_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec/dynamic"
)

// TestBlocks: a caller gets a reply of many lines, an empty one, and the error
// that comes instead of its rest; what follows is not mixed up with it.
func TestBlocks(t *testing.T) {
	player := func(d *device.Device) {
		d.Greet("OK MPD 0.23.5")
		d.Reply("noidle", "OK")
		d.Reply("ping", "OK")
		d.Reply("status", "volume: 7\nrepeat: 0\nrandom: 1\nsingle: 0\nconsume: 0\nplaylist: 1\nplaylistlength: 2\nstate: play\nmixrampdb: 0\nOK")
		d.Reply("playlistinfo", "file: a.mp3\nTitle: a\nfile: b.mp3\nOK")
		d.Reply("listplaylists", "OK")
		d.Reply("albumart", "size: 9\nbinary: 4\nOK\n\n\nOK")
		d.Reply("add", "ACK [50@0] {add} No such directory")
	}
	bubble(t, open(t, "../vendors/mpd.yaml"), nil, player, func(ctx context.Context, d *device.Device, c *dynamic.Client) {
		call := func(command string, values dynamic.Map) string {
			name, got, err := c.Call(ctx, command, values)
			if err != nil {
				return err.Error()
			}
			return name + " " + got.String()
		}
		require.Equal(t, `status {status: {state: play, volume: 7, repeat: false, random: true, single: off, consume: off, playlist: 1, length: 2, others: [{key: "mixrampdb", value: "0"}]}}`,
			call("status", nil))
		require.Equal(t, `songs {songs: [{file: "a.mp3", title: "a", artists: [], album_artists: [], genres: [], others: []}, {file: "b.mp3", artists: [], album_artists: [], genres: [], others: []}]}`, call("playlistinfo", nil))
		require.Equal(t, "playlists {playlists: []}", call("listplaylists", nil))
		require.Equal(t, `picture {size: 9, info: {others: []}, data: "OK\n\n"}`, call("albumart", dynamic.Map{"uri": "a", "offset": 0}))
		require.Contains(t, call("add", dynamic.Map{"uri": "x"}), `ack {code: no_exist`)

		d.Reply("playlistinfo", "file: a.mp3\nTitle: a\nACK [52@0] {playlistinfo} Database is busy")
		require.Contains(t, call("playlistinfo", nil), `ack {code: system`, "it ends the block")
		require.Equal(t, "ok {}", call("ping", nil))
		require.EqualValues(t, 1, c.Stats().Links)
	})
}
