package mpd_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/mpd"
	"github.com/linewright/linewright/runtime"
)

// server is a real mpd that can be killed and started again at the same
// address. It plays to nobody, and has three songs: a.wav by Ann, sub/b.wav by
// Bob, with a picture in it, and c.wav of which it knows nothing.
type server struct {
	t       *testing.T
	address string
	config  string
	*lab.Process
}

// startServer runs a server with more lines of its configuration file.
func startServer(t *testing.T, config string) *server {
	t.Helper()
	dir := t.TempDir()
	s := &server{t: t, address: lab.Address(t), config: filepath.Join(dir, "mpd.conf")}
	for _, folder := range []string{"music/sub", "lists"} {
		require.NoError(t, os.MkdirAll(filepath.Join(dir, folder), 0o700))
	}
	text := fmt.Sprintf(`music_directory %q
playlist_directory %q
db_file %q
state_file %q
sticker_file %q
bind_to_address "127.0.0.1"
port %q
zeroconf_enabled "no"
audio_output {
  type "null"
  name "nowhere"
  mixer_type "null"
}
%s
`, dir+"/music", dir+"/lists", dir+"/db", dir+"/state", dir+"/stickers", lab.Port(t, s.address), config)
	for name, data := range map[string][]byte{
		"mpd.conf": []byte(text), "music/a.wav": wav(30, "Alpha", "Ann"), "music/sub/b.wav": wav(20, "Beta", "Bob", picture()),
		"music/c.wav": wav(10, "", ""), "music/cover.png": []byte("no picture\nOK\n"),
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), data, 0o600))
	}
	s.start()
	return s
}

func (s *server) start() {
	s.t.Helper()
	s.Process = lab.Start(s.t, exec.Command(lab.Tool(s.t, "mpd"), "--no-daemon", "--stderr", s.config))
}

// dial connects; the client waits for the server to come up by itself, and then
// for it to know its songs.
func (s *server) dial(params mpd.Params, opts ...mpd.Option) *mpd.Client {
	s.t.Helper()
	ctx := lab.Within(s.t, 30*time.Second)
	c, err := mpd.Dial(ctx, s.address, params, opts...)
	require.NoError(s.t, err)
	s.t.Cleanup(func() { _ = c.Close() })
	changes := c.Subscribe()
	defer changes.Close()
	for known := 0; known < 3; {
		statistics, err := c.Statistics(ctx)
		require.NoError(s.t, err)
		if known = int(statistics.Statistics.Songs.Value); known < 3 {
			await(s.t, changes, mpd.SubsystemDatabase)
		}
	}
	return c
}

// await waits until something has changed.
func await(t *testing.T, changes *mpd.Subscription, where mpd.Subsystem) {
	t.Helper()
	for event := range changes.Events(lab.Within(t, 20*time.Second)) {
		for _, subsystem := range event.(*mpd.Changed).Subsystems {
			if subsystem == where {
				return
			}
		}
	}
	t.Fatalf("no change of %s was told", where)
}

// quick is the plan with a heartbeat that tests have the patience for.
func (s *server) quick(opts ...runtime.Option) *runtime.Client {
	s.t.Helper()
	plan := *mpd.Plan()
	probe := *plan.Liveness.Probe
	probe.Every, probe.Timeout = 300*time.Millisecond, 5*time.Second
	plan.Liveness.Probe = &probe
	c, err := runtime.Dial(lab.Within(s.t, 20*time.Second), &plan, s.address, &mpd.Params{}, opts...)
	require.NoError(s.t, err)
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

// wav is so many seconds of silence, with its tags, and more chunks.
func wav(seconds int, title, artist string, more ...[]byte) []byte {
	const rate = 8000
	tag := func(id, text string) []byte {
		text += "\x00"
		return chunk(id, []byte(text+"\x00"[:len(text)%2]))
	}
	format := make([]byte, 16)
	for at, v := range map[int]uint16{0: 1, 2: 1, 4: rate, 8: 2 * rate, 12: 2, 14: 16} {
		binary.LittleEndian.PutUint16(format[at:], v)
	}
	body := append([]byte("WAVE"), chunk("fmt ", format)...)
	if title != "" {
		body = append(body, chunk("LIST", append(append([]byte("INFO"), tag("INAM", title)...), tag("IART", artist)...))...)
	}
	body = append(body, chunk("data", make([]byte, 2*rate*seconds))...)
	return chunk("RIFF", append(body, bytes.Join(more, nil)...))
}

// chunk is a part of a file that is a WAV.
func chunk(id string, data []byte) []byte {
	return append(binary.LittleEndian.AppendUint32([]byte(id), uint32(len(data))), data...)
}

// picture is a chunk with an ID3 tag, which has nothing but a picture.
func picture() []byte {
	body := "\x00image/png\x00\x03\x00no picture\nOK\n"
	frame := append(binary.BigEndian.AppendUint32([]byte("APIC"), uint32(len(body))), "\x00\x00"+body...)
	tag := append([]byte("ID3\x03\x00\x00\x00\x00\x00"), byte(len(frame)))
	return chunk("id3 ", append(tag, frame...))
}
