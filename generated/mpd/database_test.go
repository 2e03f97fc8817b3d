package mpd_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/mpd"
)

func TestDatabase(t *testing.T) {
	t.Parallel()
	c := startServer(t, "").dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	all := mpd.Range{Start: 0, End: 10}
	for name, test := range map[string]struct {
		find func() (mpd.Songs, error)
		want []string
	}{
		"find":        {func() (mpd.Songs, error) { return c.Find(ctx, "(Artist == 'Ann')") }, []string{"a.wav"}},
		"find none":   {func() (mpd.Songs, error) { return c.Find(ctx, "(Artist == 'ann')") }, []string{}},
		"find sorted": {func() (mpd.Songs, error) { return c.FindSorted(ctx, "(Artist != '')", "-Title", all) }, []string{"sub/b.wav", "a.wav"}},
		"search":      {func() (mpd.Songs, error) { return c.Search(ctx, `(Title == "BETA")`) }, []string{"sub/b.wav"}},
		"search sorted": {func() (mpd.Songs, error) {
			return c.SearchSorted(ctx, "(Artist != '')", "Title", mpd.Range{Start: 1, End: 2})
		}, []string{"sub/b.wav"}},
	} {
		found, err := test.find()
		require.NoError(t, err, name)
		require.Equal(t, test.want, files(found), name)
	}
	require.NoError(t, c.FindAdd(ctx, "(Artist == 'Ann')"))
	require.NoError(t, c.SearchAdd(ctx, "(Artist == 'bob')"))
	require.Equal(t, []string{"a.wav", "sub/b.wav"}, queued(ctx, t, c))

	found, err := c.Count(ctx, "(Artist != '')")
	require.NoError(t, err)
	require.Equal(t, mpd.FoundSongs{Songs: 2, Playtime: 50}, withoutOthers(found.Found))
	tags, err := c.List(ctx, "Artist", mpd.Some("(Title == 'Beta')"))
	require.NoError(t, err)
	require.Equal(t, []mpd.Tag{{Name: "Artist", Value: "Bob"}}, tags.Tags)
	tags, err = c.ListGrouped(ctx, "Title", "Artist")
	require.NoError(t, err)
	require.Contains(t, tags.Tags, mpd.Tag{Name: "Title", Value: "Alpha"})
	require.Contains(t, tags.Tags, mpd.Tag{Name: "Artist", Value: "Ann"})
	tags, err = c.ReadComments(ctx, "a.wav")
	require.NoError(t, err)
	require.Empty(t, tags.Tags, "this decoder says nothing")
}

func withoutOthers(f mpd.FoundSongs) mpd.FoundSongs {
	f.Others = nil
	return f
}

func TestFolders(t *testing.T) {
	t.Parallel()
	c := startServer(t, "").dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	for name, test := range map[string]struct {
		list           func() (mpd.Entries, error)
		songs, folders int
	}{
		"a folder":        {func() (mpd.Entries, error) { return c.ListFolder(ctx, "") }, 2, 1},
		"a folder within": {func() (mpd.Entries, error) { return c.ListFolder(ctx, "sub") }, 1, 0},
		"everything":      {func() (mpd.Entries, error) { return c.ListAll(ctx, "") }, 3, 1},
		"all of it":       {func() (mpd.Entries, error) { return c.ListAllInfo(ctx, "") }, 3, 1},
	} {
		reply, err := test.list()
		require.NoError(t, err, name)
		songs, folders := 0, 0
		for _, e := range reply.Entries {
			if e.File.Set {
				songs++
			}
			if e.Directory.Set {
				folders++
				require.Equal(t, "sub", e.Directory.Value, name)
			}
		}
		require.Equal(t, []int{test.songs, test.folders}, []int{songs, folders}, name)
	}
}

func TestUpdate(t *testing.T) {
	t.Parallel()
	c := startServer(t, "").dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	changes := c.Subscribe()
	defer changes.Close()
	first, err := c.Update(ctx, mpd.Some("sub"))
	require.NoError(t, err)
	await(t, changes, mpd.SubsystemUpdate)
	second, err := c.Rescan(ctx, mpd.Optional[string]{})
	require.NoError(t, err)
	require.Greater(t, second.Job, first.Job)
	await(t, changes, mpd.SubsystemUpdate)
}

func TestPictures(t *testing.T) {
	t.Parallel()
	c := startServer(t, "").dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	picture, err := c.AlbumArt(ctx, "a.wav", 0)
	require.NoError(t, err)
	require.Equal(t, uint32(14), picture.Size)
	require.Equal(t, "no picture\nOK\n", string(picture.Data), "what looks like an end is data")
	require.False(t, picture.Info.Type.Set)
	picture, err = c.AlbumArt(ctx, "a.wav", 11)
	require.NoError(t, err)
	require.Equal(t, "OK\n", string(picture.Data))
	_, ok, err := c.ReadPicture(ctx, "a.wav", 0)
	require.NoError(t, err)
	require.False(t, ok)
	inside, ok, err := c.ReadPicture(ctx, "sub/b.wav", 3)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, uint32(14), inside.Size)
	require.Equal(t, "picture\nOK\n", string(inside.Data))
	require.Equal(t, mpd.Some("image/png"), inside.Info.Type)
}

func TestStickers(t *testing.T) {
	t.Parallel()
	c := startServer(t, "").dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	require.NoError(t, c.StickerSet(ctx, "a.wav", "mood", `"so = so"`))
	require.NoError(t, c.StickerSet(ctx, "a.wav", "rating", "5"))
	got, err := c.StickerGet(ctx, "a.wav", "mood")
	require.NoError(t, err)
	require.Equal(t, mpd.Sticker{Name: "mood", Value: `"so = so"`}, got.Sticker)
	list, err := c.StickerList(ctx, "a.wav")
	require.NoError(t, err)
	require.Len(t, list.Stickers, 2)
	songs, err := c.StickerFind(ctx, "", "rating")
	require.NoError(t, err)
	require.Equal(t, []mpd.StickerSong{{File: "a.wav", Sticker: "rating=5"}}, songs.Songs)
	require.NoError(t, c.StickerDelete(ctx, "a.wav", mpd.Some("rating")))
	require.NoError(t, c.StickerDelete(ctx, "a.wav", mpd.Optional[string]{}))
	list, err = c.StickerList(ctx, "a.wav")
	require.NoError(t, err)
	require.Empty(t, list.Stickers)
}

func TestOutputs(t *testing.T) {
	t.Parallel()
	c := startServer(t, "").dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	enabled := func() bool {
		t.Helper()
		reply, err := c.Outputs(ctx)
		require.NoError(t, err)
		require.Len(t, reply.Outputs, 1)
		require.Equal(t, "nowhere", reply.Outputs[0].Name)
		return reply.Outputs[0].Enabled
	}
	require.True(t, enabled())
	require.NoError(t, c.DisableOutput(ctx, 0))
	require.False(t, enabled())
	require.NoError(t, c.EnableOutput(ctx, 0))
	require.True(t, enabled())
	require.NoError(t, c.ToggleOutput(ctx, 0))
	require.False(t, enabled())
}

func TestWhatTheServerKnows(t *testing.T) {
	t.Parallel()
	c := startServer(t, "").dial(noParams)
	ctx := lab.Within(t, 20*time.Second)
	commands, err := c.Commands(ctx)
	require.NoError(t, err)
	require.Contains(t, commands.Names, "playlistinfo")
	commands, err = c.NotCommands(ctx)
	require.NoError(t, err)
	require.NotContains(t, commands.Names, "playlistinfo")
	tags, err := c.TagTypes(ctx)
	require.NoError(t, err)
	require.Contains(t, tags.Names, "Artist")
	handlers, err := c.URLHandlers(ctx)
	require.NoError(t, err)
	require.Contains(t, handlers.Prefixes, "http://")
	decoders, err := c.Decoders(ctx)
	require.NoError(t, err)
	suffixes := map[string]bool{}
	for _, d := range decoders.Decoders {
		for _, suffix := range d.Suffixes {
			suffixes[suffix] = true
		}
	}
	require.True(t, suffixes["wav"])
}
