package mpd_test

import (
	"testing"

	"github.com/linewright/linewright/generated/mpd"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// FuzzFrames reads any bytes as any message and command, with the generated
// codec and the dynamic one.
func FuzzFrames(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/mpd.yaml", dynamictest.Generated{
		Plan: mpd.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[mpd.Hello], dynamictest.New[mpd.OK], dynamictest.New[mpd.Nothing], dynamictest.New[mpd.ServerError],
			dynamictest.New[mpd.Changed], dynamictest.New[mpd.Status], dynamictest.New[mpd.Statistics], dynamictest.New[mpd.SongInfo],
			dynamictest.New[mpd.Songs], dynamictest.New[mpd.Entries], dynamictest.New[mpd.Files], dynamictest.New[mpd.Playlists],
			dynamictest.New[mpd.Outputs], dynamictest.New[mpd.Tags], dynamictest.New[mpd.Found], dynamictest.New[mpd.Volume],
			dynamictest.New[mpd.ReplayGainMode], dynamictest.New[mpd.Added], dynamictest.New[mpd.Updating],
			dynamictest.New[mpd.Changes], dynamictest.New[mpd.Picture],
			dynamictest.New[mpd.StickerValue], dynamictest.New[mpd.Stickers], dynamictest.New[mpd.StickerSongs],
			dynamictest.New[mpd.Channels], dynamictest.New[mpd.ChannelMessages], dynamictest.New[mpd.CommandNames],
			dynamictest.New[mpd.TagTypes], dynamictest.New[mpd.URLHandlers], dynamictest.New[mpd.DecoderList],
			dynamictest.New[mpd.ListResults],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[mpd.PingRequest], dynamictest.New[mpd.PasswordRequest], dynamictest.New[mpd.IdleRequest],
			dynamictest.New[mpd.NoidleRequest], dynamictest.New[mpd.StatusRequest], dynamictest.New[mpd.StatisticsRequest],
			dynamictest.New[mpd.CurrentSongRequest], dynamictest.New[mpd.ClearErrorRequest], dynamictest.New[mpd.RepeatRequest],
			dynamictest.New[mpd.RandomRequest], dynamictest.New[mpd.SingleRequest], dynamictest.New[mpd.ConsumeRequest],
			dynamictest.New[mpd.CrossfadeRequest], dynamictest.New[mpd.SetVolumeRequest], dynamictest.New[mpd.GetVolumeRequest],
			dynamictest.New[mpd.SetReplayGainRequest], dynamictest.New[mpd.ReplayGainRequest], dynamictest.New[mpd.PlayRequest],
			dynamictest.New[mpd.PlayPositionRequest], dynamictest.New[mpd.PlayIDRequest], dynamictest.New[mpd.PauseRequest],
			dynamictest.New[mpd.TogglePauseRequest], dynamictest.New[mpd.StopRequest], dynamictest.New[mpd.NextRequest],
			dynamictest.New[mpd.PreviousRequest], dynamictest.New[mpd.SeekRequest], dynamictest.New[mpd.SeekIDRequest],
			dynamictest.New[mpd.SeekCurrentRequest], dynamictest.New[mpd.AddRequest], dynamictest.New[mpd.AddIDRequest],
			dynamictest.New[mpd.ClearRequest], dynamictest.New[mpd.DeleteRequest], dynamictest.New[mpd.DeleteRangeRequest],
			dynamictest.New[mpd.DeleteIDRequest], dynamictest.New[mpd.MoveRequest], dynamictest.New[mpd.MoveRangeRequest],
			dynamictest.New[mpd.MoveIDRequest], dynamictest.New[mpd.ShuffleRequest], dynamictest.New[mpd.SwapRequest],
			dynamictest.New[mpd.SwapIDRequest], dynamictest.New[mpd.SetPriorityRequest], dynamictest.New[mpd.SetPriorityIDRequest],
			dynamictest.New[mpd.QueueRequest], dynamictest.New[mpd.QueueIDRequest], dynamictest.New[mpd.FindInQueueRequest],
			dynamictest.New[mpd.SearchInQueueRequest], dynamictest.New[mpd.QueueChangesWithTagsRequest],
			dynamictest.New[mpd.QueueChangesRequest], dynamictest.New[mpd.ListPlaylistsRequest],
			dynamictest.New[mpd.ListPlaylistRequest], dynamictest.New[mpd.ListPlaylistInfoRequest], dynamictest.New[mpd.LoadRequest],
			dynamictest.New[mpd.SaveRequest], dynamictest.New[mpd.RenameRequest], dynamictest.New[mpd.RemovePlaylistRequest],
			dynamictest.New[mpd.PlaylistAddRequest], dynamictest.New[mpd.PlaylistClearRequest],
			dynamictest.New[mpd.PlaylistDeleteRequest], dynamictest.New[mpd.PlaylistMoveRequest], dynamictest.New[mpd.FindRequest],
			dynamictest.New[mpd.FindSortedRequest], dynamictest.New[mpd.FindAddRequest], dynamictest.New[mpd.SearchRequest],
			dynamictest.New[mpd.SearchSortedRequest], dynamictest.New[mpd.SearchAddRequest],
			dynamictest.New[mpd.SearchAddToPlaylistRequest], dynamictest.New[mpd.CountRequest], dynamictest.New[mpd.ListRequest],
			dynamictest.New[mpd.ListGroupedRequest], dynamictest.New[mpd.ListFolderRequest], dynamictest.New[mpd.ListAllRequest],
			dynamictest.New[mpd.ListAllInfoRequest], dynamictest.New[mpd.ReadCommentsRequest], dynamictest.New[mpd.AlbumArtRequest],
			dynamictest.New[mpd.ReadPictureRequest], dynamictest.New[mpd.UpdateRequest], dynamictest.New[mpd.RescanRequest],
			dynamictest.New[mpd.StickerGetRequest], dynamictest.New[mpd.StickerSetRequest], dynamictest.New[mpd.StickerDeleteRequest],
			dynamictest.New[mpd.StickerListRequest], dynamictest.New[mpd.StickerFindRequest], dynamictest.New[mpd.OutputsRequest],
			dynamictest.New[mpd.EnableOutputRequest], dynamictest.New[mpd.DisableOutputRequest],
			dynamictest.New[mpd.ToggleOutputRequest], dynamictest.New[mpd.SubscribeChannelRequest],
			dynamictest.New[mpd.UnsubscribeChannelRequest], dynamictest.New[mpd.ChannelsRequest],
			dynamictest.New[mpd.ReadMessagesRequest], dynamictest.New[mpd.SendMessageRequest],
			dynamictest.New[mpd.CommandListRequest], dynamictest.New[mpd.CommandsRequest], dynamictest.New[mpd.NotCommandsRequest],
			dynamictest.New[mpd.TagTypesRequest], dynamictest.New[mpd.URLHandlersRequest], dynamictest.New[mpd.DecodersRequest],
		},
	})
	codecs.Seed(f)
	for _, frame := range []string{
		"OK", "OK MPD 0.23.5", "ACK [5@0] {} unknown command \"foo\"", "ACK [50@1] {play} x", "changed: player\nchanged: new\nOK",
		"state: stop\nrepeat: 0\nrandom: 0\nsingle: oneshot\nconsume: 1\nplaylist: 1\nplaylistlength: 0\nerror: x\nOK",
		"file: a\nTitle: t\nTitle: u\nArtist: x\nArtist: y\nfile: b\nId: 3\nOK", "directory: a\nplaylist: b\nfile: c\nfile: d\nx: y\nOK",
		"size: 3\nbinary: 3\n\nO\nOK", "size: 3\ntype: a/b\nbinary: 0\n\nOK", "Artist: \nAlbum: x: y\nOK", "outputid: 0\noutputname: a\nplugin: b\noutputenabled: 0\nOK",
		"list_OK\nx: y\nlist_OK\nOK", "add \"a\\\"b\\\\\" +0", "find \"(a == 'b')\" sort -Title window 0:4", "command_list_ok_begin\nping\ncommand_list_end",
	} {
		f.Add([]byte(frame))
	}
	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
}
