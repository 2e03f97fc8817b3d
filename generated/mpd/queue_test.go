package mpd_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/mpd"
	"github.com/linewright/linewright/runtime/wire"
)

// Positions that tests use.
var (
	anywhere = mpd.Optional[string]{}
	whole    = mpd.Optional[mpd.Range]{}
)

// seconds is a time in a song.
func seconds(t *testing.T, text string) mpd.Decimal {
	t.Helper()
	d, err := wire.ParseDecimal(text)
	require.NoError(t, err)
	return d
}

// queued are the files in the queue.
func queued(ctx context.Context, t *testing.T, c *mpd.Client) []string {
	t.Helper()
	reply, err := c.Queue(ctx, whole)
	require.NoError(t, err)
	return files(reply)
}

func files(reply mpd.Songs) []string {
	list := []string{}
	for _, song := range reply.Songs {
		list = append(list, song.File)
	}
	return list
}

// fill puts all three songs into the queue, and gives the id of the first.
func fill(ctx context.Context, t *testing.T, c *mpd.Client) uint32 {
	t.Helper()
	added, err := c.AddID(ctx, "a.wav", anywhere)
	require.NoError(t, err)
	require.NoError(t, c.Add(ctx, "sub", anywhere))
	require.NoError(t, c.Add(ctx, "c.wav", anywhere))
	require.Equal(t, []string{"a.wav", "sub/b.wav", "c.wav"}, queued(ctx, t, c))
	return added.ID
}

func TestQueue(t *testing.T) {
	t.Parallel()
	c := startServer(t, "").dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	a := fill(ctx, t, c)

	reply, err := c.Queue(ctx, mpd.Some(mpd.Range{Start: 0, End: 1}))
	require.NoError(t, err)
	require.Len(t, reply.Songs, 1)
	song := reply.Songs[0]
	require.Equal(t, "Alpha", song.Title.Value)
	require.Equal(t, []string{"Ann"}, song.Artists)
	require.Equal(t, "30.000", song.Duration.Value.String())
	require.Equal(t, mpd.Some[uint32](0), song.Position)
	require.Equal(t, mpd.Some(a), song.ID)
	one, err := c.QueueID(ctx, a)
	require.NoError(t, err)
	require.Equal(t, "a.wav", one.Song.File)
	status, err := c.Status(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 3, status.Status.Length)

	for _, step := range []struct {
		name string
		do   func() error
		want []string
	}{
		{"move", func() error { return c.Move(ctx, 0, "2") }, []string{"sub/b.wav", "c.wav", "a.wav"}},
		{"move by id", func() error { return c.MoveID(ctx, a, "0") }, []string{"a.wav", "sub/b.wav", "c.wav"}},
		{"move some", func() error { return c.MoveRange(ctx, mpd.Range{Start: 1, End: 3}, "0") }, []string{"sub/b.wav", "c.wav", "a.wav"}},
		{"swap", func() error { return c.Swap(ctx, 0, 2) }, []string{"a.wav", "c.wav", "sub/b.wav"}},
		{"delete", func() error { return c.Delete(ctx, 1) }, []string{"a.wav", "sub/b.wav"}},
		{"insert", func() error { return c.Add(ctx, "c.wav", mpd.Some("0")) }, []string{"c.wav", "a.wav", "sub/b.wav"}},
		{"delete by id", func() error { return c.DeleteID(ctx, a) }, []string{"c.wav", "sub/b.wav"}},
		{"delete some", func() error { return c.DeleteRange(ctx, mpd.Range{Start: 0, End: 1}) }, []string{"sub/b.wav"}},
		{"shuffle one", func() error { return c.Shuffle(ctx, whole) }, []string{"sub/b.wav"}},
		{"clear", func() error { return c.Clear(ctx) }, []string{}},
	} {
		require.NoError(t, step.do(), step.name)
		require.Equal(t, step.want, queued(ctx, t, c), step.name)
	}
	changes, err := c.QueueChanges(ctx, status.Status.Playlist)
	require.NoError(t, err)
	require.Empty(t, changes.Changes, "nothing is left")
}

func TestQueueSearch(t *testing.T) {
	t.Parallel()
	c := startServer(t, "").dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	before, err := c.Status(ctx)
	require.NoError(t, err)
	a := fill(ctx, t, c)
	found, err := c.FindInQueue(ctx, "(Artist == 'Bob')")
	require.NoError(t, err)
	require.Equal(t, []string{"sub/b.wav"}, files(found))
	found, err = c.SearchInQueue(ctx, "(Artist == 'ann')")
	require.NoError(t, err)
	require.Equal(t, []string{"a.wav"}, files(found))
	b := found.Songs[0].ID.Value
	require.Equal(t, a, b)

	changes, err := c.QueueChanges(ctx, before.Status.Playlist)
	require.NoError(t, err)
	require.Len(t, changes.Changes, 3)
	require.Equal(t, mpd.QueueChange{Position: 0, ID: a}, changes.Changes[0])
	songs, err := c.QueueChangesWithTags(ctx, before.Status.Playlist)
	require.NoError(t, err)
	require.Len(t, songs.Songs, 3)
	require.NoError(t, c.SwapID(ctx, changes.Changes[0].ID, changes.Changes[2].ID))
	require.Equal(t, []string{"c.wav", "sub/b.wav", "a.wav"}, queued(ctx, t, c))
	require.NoError(t, c.SetPriority(ctx, 3, mpd.Range{Start: 0, End: 1}))
	require.NoError(t, c.SetPriorityID(ctx, 4, a))
	reply, err := c.Queue(ctx, whole)
	require.NoError(t, err)
	require.Contains(t, reply.Songs[0].Others, mpd.OtherPair{Key: "Prio", Value: "3"})
	require.Contains(t, reply.Songs[2].Others, mpd.OtherPair{Key: "Prio", Value: "4"})
}

func TestPlayback(t *testing.T) {
	t.Parallel()
	c := startServer(t, "").dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	_, ok, err := c.CurrentSong(ctx)
	require.NoError(t, err)
	require.False(t, ok, "nothing plays")
	a := fill(ctx, t, c)
	for _, step := range []struct {
		name  string
		do    func() error
		state mpd.PlayState
		file  string
	}{
		{"play", func() error { return c.Play(ctx) }, mpd.PlayStatePlay, "a.wav"},
		{"next", func() error { return c.Next(ctx) }, mpd.PlayStatePlay, "sub/b.wav"},
		{"previous", func() error { return c.Previous(ctx) }, mpd.PlayStatePlay, "a.wav"},
		{"pause", func() error { return c.Pause(ctx, true) }, mpd.PlayStatePause, "a.wav"},
		{"toggle", func() error { return c.TogglePause(ctx) }, mpd.PlayStatePlay, "a.wav"},
		{"play by position", func() error { return c.PlayPosition(ctx, 2) }, mpd.PlayStatePlay, "c.wav"},
		{"play by id", func() error { return c.PlayID(ctx, a) }, mpd.PlayStatePlay, "a.wav"},
		{"seek by position", func() error { return c.Seek(ctx, 1, seconds(t, "2.5")) }, mpd.PlayStatePlay, "sub/b.wav"},
		{"seek by id", func() error { return c.SeekID(ctx, a, seconds(t, "1.5")) }, mpd.PlayStatePlay, "a.wav"},
		{"seek on", func() error { return c.SeekCurrent(ctx, "+2") }, mpd.PlayStatePlay, "a.wav"},
	} {
		require.NoError(t, step.do(), step.name)
		reply, err := c.Status(ctx)
		require.NoError(t, err)
		require.Equal(t, step.state, reply.Status.State, step.name)
		song, ok, err := c.CurrentSong(ctx)
		require.NoError(t, err)
		require.True(t, ok, step.name)
		require.Equal(t, step.file, song.Song.File, step.name)
		require.Equal(t, reply.Status.SongID, song.Song.ID, step.name)
	}
	reply, err := c.Status(ctx)
	require.NoError(t, err)
	require.Equal(t, "30.000", reply.Status.Duration.Value.String())
	require.True(t, reply.Status.Elapsed.Set)
	require.NoError(t, c.Stop(ctx))
	reply, err = c.Status(ctx)
	require.NoError(t, err)
	require.Equal(t, mpd.PlayStateStop, reply.Status.State)
}

func TestStoredPlaylists(t *testing.T) {
	t.Parallel()
	c := startServer(t, "").dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	fill(ctx, t, c)
	stored := func(name string) []string {
		t.Helper()
		reply, err := c.ListPlaylist(ctx, name)
		require.NoError(t, err)
		return reply.Files
	}
	for _, step := range []struct {
		name string
		do   func() error
		want []string
	}{
		{"save", func() error { return c.Save(ctx, "one") }, []string{"a.wav", "sub/b.wav", "c.wav"}},
		{"move", func() error { return c.PlaylistMove(ctx, "one", 0, 2) }, []string{"sub/b.wav", "c.wav", "a.wav"}},
		{"delete", func() error { return c.PlaylistDelete(ctx, "one", 1) }, []string{"sub/b.wav", "a.wav"}},
		{"add", func() error { return c.PlaylistAdd(ctx, "one", "c.wav") }, []string{"sub/b.wav", "a.wav", "c.wav"}},
		{"add what is found", func() error { return c.SearchAddToPlaylist(ctx, "one", "(Title == 'beta')") }, []string{"sub/b.wav", "a.wav", "c.wav", "sub/b.wav"}},
	} {
		require.NoError(t, step.do(), step.name)
		require.Equal(t, step.want, stored("one"), step.name)
	}
	require.NoError(t, c.Rename(ctx, "one", `two "2"`))
	lists, err := c.ListPlaylists(ctx)
	require.NoError(t, err)
	require.Len(t, lists.Playlists, 1)
	require.Equal(t, `two "2"`, lists.Playlists[0].Playlist)
	require.True(t, lists.Playlists[0].Modified.Set)
	songs, err := c.ListPlaylistInfo(ctx, `two "2"`)
	require.NoError(t, err)
	require.Equal(t, "Beta", songs.Songs[0].Title.Value)

	require.NoError(t, c.Clear(ctx))
	require.NoError(t, c.Load(ctx, `two "2"`, mpd.Some(mpd.Range{Start: 1, End: 3})))
	require.Equal(t, []string{"a.wav", "c.wav"}, queued(ctx, t, c))
	require.NoError(t, c.PlaylistClear(ctx, `two "2"`))
	require.Empty(t, stored(`two "2"`))
	require.NoError(t, c.RemovePlaylist(ctx, `two "2"`))
	lists, err = c.ListPlaylists(ctx)
	require.NoError(t, err)
	require.Empty(t, lists.Playlists)
}
