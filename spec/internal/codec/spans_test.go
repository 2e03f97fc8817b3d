package codec_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// spansOf are the texts of a vendor's example by path, with the bits where there are.
func spansOf(t *testing.T, vendor, message, frame string) map[string]string {
	t.Helper()
	return spansIn(t, vendorOf(t, filepath.Join("..", "..", "vendors", vendor+".yaml")), message, frame)
}

func spansIn(t *testing.T, p *model.Protocol, message, frame string) map[string]string {
	t.Helper()
	f := codec.FramingFor(p.Frames)
	for _, m := range p.Messages {
		if m.Name != message {
			continue
		}
		_, spans, err := codec.Spans(&f, &m.Template, []byte(frame))
		require.NoError(t, err)
		out := map[string]string{}
		for _, s := range spans {
			out[s.Path] = frame[s.From:s.To]
		}
		return out
	}
	t.Fatalf("%s has no message %s", p.Name, message)
	return nil
}

func vendorOf(t *testing.T, path string) *model.Protocol {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	p, findings := spec.Load(path, data)
	require.Empty(t, findings)
	return p
}

// TestSpansBehindAHead: members of an object are where they are in the frame, also where
// that has something before it.
func TestSpansBehindAHead(t *testing.T) {
	p := vendorOf(t, filepath.Join("..", "..", "dynamic", "testdata", "objects.yaml"))
	require.Equal(t, map[string]string{"payload": "19", "id": "1", "result": "2"},
		spansIn(t, p, "answer", "Content-Length: 19\r\n\r\n{\"id\":1,\"result\":2}"))
}

func TestSpansOfText(t *testing.T) {
	require.Equal(t, map[string]string{"channel": "3", "value": "21.50", "unit": "C"},
		spansOf(t, "acme", "reading", "READING 3 21.50 C"))
	require.Equal(t, map[string]string{"id": "17", "severity": "WARNING", "active": "ON"},
		spansOf(t, "acme", "alarm", "ALARM 17 WARNING ON"))
	require.Equal(t, map[string]string{"channels[0]": "1", "channels[1]": "2", "channels[2]": "16"},
		spansOf(t, "acme", "channels", "CHANNELS 1,2,16"))
	require.Equal(t, map[string]string{"name": `"Boiler \"n\""`}, spansOf(t, "acme", "label", `NAME "Boiler \"n\""`))
}

// TestSpansOfAllExamples: they are in order, inside the frame, and do not overlap but
// for bits; reading with them gives what reading without them gives.
func TestSpansOfAllExamples(t *testing.T) {
	paths, err := filepath.Glob("../../vendors/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		p := vendorOf(t, path)
		f := codec.FramingFor(p.Frames)
		check := func(name string, tm *model.Template, examples []*model.Example) {
			for _, e := range examples {
				want, wantErr := codec.Parse(&f, tm, e.Wire)
				values, spans, err := codec.Spans(&f, tm, e.Wire)
				require.Equal(t, wantErr, err, "%s %s %q", path, name, e.Wire)
				require.Equal(t, want, values, "%s %s %q", path, name, e.Wire)
				requireSpans(t, spans, e.Wire, path+" "+name)
				if slices.ContainsFunc(values, onTheWire) {
					require.NotEmpty(t, spans, "%s %s %q", path, name, e.Wire)
				}
			}
		}
		for _, m := range p.Messages {
			check(m.Name, &m.Template, m.Examples)
		}
		for _, c := range p.Commands {
			check(c.Name, &c.Template, c.Examples)
		}
	}
}

// onTheWire reports whether a value has bytes.
func onTheWire(it codec.Item) bool {
	shown := codec.Show(it.Value)
	return it.Value != nil && shown != "[]" && shown != `""`
}

func requireSpans(t *testing.T, spans []codec.Span, frame []byte, what string) {
	t.Helper()
	end, bit := 0, 0
	for _, s := range spans {
		require.Less(t, s.From, s.To, "%s %q %+v", what, frame, spans)
		require.LessOrEqual(t, s.To, len(frame), "%s %q %+v", what, frame, spans)
		if s.Bits[1] > 0 {
			require.GreaterOrEqual(t, s.Bits[0], max(bit, 8*end), "%s %q %+v", what, frame, spans)
			bit = s.Bits[1]
			continue
		}
		require.GreaterOrEqual(t, 8*s.From, max(bit, 8*end), "%s %q %+v", what, frame, spans)
		end = s.To
	}
}
