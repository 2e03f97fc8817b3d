package dynamic_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/internal/codec"
)

// TestTranscripts reads what real servers and their clients have said to each
// other: every frame is a message or a command, found however the stream is
// split, and commands are written back as they were.
func TestTranscripts(t *testing.T) {
	for name, want := range map[string]map[string]int{
		"qmp":  {"hello": 1, "done": 4, "status": 1, "error": 3, "shutdown": 1, "stopped": 1, "resumed": 1, "capabilities": 1, "query_status": 2, "cont": 1, "stop": 1, "quit": 1},
		"gpsd": {"version": 1, "device_list": 6, "device": 1, "watched": 5, "tpv": 20, "sentence": 15, "poll": 1, "error": 3, "devices": 1, "watch": 4, "poll command": 1},
	} {
		t.Run(name, func(t *testing.T) {
			p := open(t, specOf(name))
			found := map[string]int{}
			lines := transcript(t, name)
			count(t, p, received(p), p.Plan().Framing, lines["<<"], found, "")
			commands := sent(p)
			count(t, p, commands, commands.receiving(p), lines[">>"], found, " command")
			require.Equal(t, want, found)
			for message := range commands.each(t, commands.receiving(p), lines[">?"]) {
				require.Equal(t, wire.NoMessage, message.Message, "%q", message.Bytes)
			}
		})
	}
}

// transcript is what a connection sent and received, by the mark of its lines.
func transcript(t *testing.T, name string) map[string]string {
	t.Helper()
	data, err := os.ReadFile("testdata/transcripts/" + name + ".txt")
	require.NoError(t, err)
	out := map[string]string{}
	for line := range strings.Lines(string(data)) {
		fields := strings.SplitN(strings.TrimSuffix(line, "\n"), " ", 3)
		if fields[0] == "#" || fields[1] == "connect" {
			continue
		}
		text, err := strconv.Unquote(fields[2])
		require.NoError(t, err, line)
		out[fields[1]] += text
	}
	return out
}

// count adds up what the frames of a stream are. A name that is both a message
// and a command gets suffix.
func count(t *testing.T, p *dynamic.Protocol, f frames, framing wire.Framing, stream string, found map[string]int, suffix string) {
	for got := range f.each(t, framing, stream) {
		require.NotEqual(t, wire.NoMessage, got.Message, "%q", got.Bytes)
		values, err := codec.Parse(&framing, f.templates[got.Message], got.Bytes)
		require.NoError(t, err)
		again, err := codec.Append(nil, &framing, f.templates[got.Message], values)
		require.NoError(t, err)
		name := f.names[got.Message]
		if suffix != "" {
			require.Equal(t, string(got.Bytes)+framing.SendEnd, string(again))
			if p.Message(name) != nil {
				name += suffix
			}
		}
		content := framing.Of(f.templates[got.Message].Frame).Content(again)
		parsed, err := codec.Parse(&framing, f.templates[got.Message], content)
		require.NoError(t, err)
		require.True(t, codec.Equal(values, parsed), "%s is written back as %q", got.Bytes, again)
		found[name]++
	}
}

// each gives the frames of a stream, which is also split at every byte.
func (f frames) each(t *testing.T, framing wire.Framing, stream string) func(yield func(wire.Frame) bool) {
	return func(yield func(wire.Frame) bool) {
		whole := wire.NewDecoder(&framing, wire.NewDispatch(f.shapes))
		split := wire.NewDecoder(&framing, wire.NewDispatch(f.shapes))
		rest, bytewise := []byte(stream), []byte(stream)
		for len(rest) > 0 {
			frame, n, need, err := whole.Next(rest, all{})
			require.NoError(t, err)
			require.Zero(t, need, "a piece of a frame is left: %q", rest)
			for end := 1; ; end++ {
				again, consumed, need, err := split.Next(bytewise[:end], all{})
				require.NoError(t, err)
				bytewise, end = bytewise[consumed:], end-consumed
				if need == 0 {
					require.Equal(t, fmt.Sprint(frame), fmt.Sprint(again))
					break
				}
			}
			if rest = rest[n:]; !yield(frame) {
				return
			}
		}
	}
}

// all expects every message.
type all struct{}

func (all) Expects(int) bool { return true }
