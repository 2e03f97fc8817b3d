package capture

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/decode"
	"github.com/linewright/linewright/spec/dynamic"
)

var repository = filepath.Join("..", "..", "..")

// vendorsOf are the documents of what real servers and their clients have said to each
// other, by the names of the transcripts; and how many frames of them were not in the
// document, and so on purpose: to see what the server says to that.
var vendorsOf = map[string]struct {
	vendor    string
	strangers int
}{
	"beanstalkd": {"beanstalkd", 6}, "direwolf_kiss_agw": {"kiss", 0}, "gpsd": {"gpsd", 2}, "irc": {"irc", 2},
	"memcached": {"memcached", 4}, "modbus_tcp": {"modbus", 1}, "mosquitto": {"mqtt", 0}, "mpd": {"mpd", 6}, "nut": {"nut", 2},
	"openvpn": {"openvpn", 2}, "pop3": {"pop3", 1}, "qmp": {"qmp", 2}, "smtp": {"smtp", 1}, "videohub": {"videohub", 0},
}

// TestTranscripts: all that real servers said is understood, and all that was sent but for
// what no document has, in every form of a capture.
func TestTranscripts(t *testing.T) {
	for name, want := range vendorsOf {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join(repository, "spec", "dynamic", "testdata", "transcripts", name+".txt"))
			require.NoError(t, err)
			if name == "direwolf_kiss_agw" { // its first connection speaks another protocol
				data = regexp.MustCompile(`(?m)^\[.*\] A .*\n(?: .*\n)*`).ReplaceAll(data, nil)
			}
			p := open(t, want.vendor)
			events := eventsOf(t, p, data)
			lines, totals := records(t, p, data, Options{})
			require.EqualValues(t, want.strangers, totals.Unknown, strings.Join(lines, "\n"))
			require.Zero(t, totals.BytesCut)
			strangers := 0
			for _, line := range lines {
				if strings.Contains(line, " unknown @") {
					strangers++
					require.Contains(t, line, " sent ", "what a real server said is understood")
				}
			}

			for form, written := range map[Form][]byte{"hex": asHex(events), "xxd": asXxd(events), "pcap": asPcap(t, events, plainly)} {
				again, sums := records(t, p, written, Options{Default: p.Model().Endpoint.Port})
				require.Equal(t, perConn(lines), perConn(again), "as %s", form)
				require.Equal(t, totals, sums, "as %s", form)
			}
		})
	}
}

func open(t testing.TB, vendor string) *dynamic.Protocol {
	t.Helper()
	path := filepath.Join(repository, "spec", "vendors", vendor+".yaml")
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	m, findings := spec.Load(path, data)
	require.Empty(t, findings)
	p, err := dynamic.Open(m)
	require.NoError(t, err)
	return p
}

// records are those of a capture, without their times, and what they add up to.
func records(t testing.TB, p *dynamic.Protocol, data []byte, o Options) (lines []string, totals decode.Totals) {
	t.Helper()
	d := decode.New(p, func(r decode.Record) error {
		if r.Kind != decode.Connection {
			lines = append(lines, fmt.Sprintf("%d %v %v @%d+%d %s %v %q %v", r.Conn, r.From, r.Kind, r.Offset, r.Size, r.Name, r.Values, r.Bytes, r.Trouble))
		}
		return nil
	})
	o.LineEnd = func(from decode.Direction) (string, bool) { return decode.LineEnd(p, from) }
	var info Info
	require.NoError(t, Read(bytes.NewReader(data), o, &info, d.Take))
	require.NoError(t, d.End(info.Last))
	return lines, d.Totals()
}

// eventsOf are the events of a capture.
func eventsOf(t testing.TB, p *dynamic.Protocol, data []byte) (events []decode.Event) {
	t.Helper()
	o := Options{LineEnd: func(from decode.Direction) (string, bool) { return decode.LineEnd(p, from) }}
	require.NoError(t, Read(bytes.NewReader(data), o, &Info{}, func(e decode.Event) error {
		e.Bytes = bytes.Clone(e.Bytes)
		events = append(events, e)
		return nil
	}))
	return events
}

// perConn are the records of each connection, whatever its number: those of different ones
// may come in any order.
func perConn(lines []string) []string {
	all := map[string]string{}
	for _, line := range lines {
		conn, rest, _ := strings.Cut(line, " ")
		all[conn] += rest + "\n"
	}
	return slices.Sorted(maps.Values(all))
}

var marks = map[decode.Direction]string{decode.Sent: ">", decode.Received: "<"}

// asHex writes bare digits.
func asHex(events []decode.Event) []byte {
	var b bytes.Buffer
	for _, e := range events {
		switch e.Kind {
		case decode.Data:
			fmt.Fprintf(&b, "c%d %s % x\n", e.Conn, marks[e.From], e.Bytes)
		case decode.Opened:
			fmt.Fprintf(&b, "c%d connect\n", e.Conn)
		}
	}
	return b.Bytes()
}

// asXxd writes a dump below each mark.
func asXxd(events []decode.Event) []byte {
	var b bytes.Buffer
	for _, e := range events {
		if e.Kind == decode.Opened {
			fmt.Fprintf(&b, "c%d connect\n", e.Conn)
		}
		if e.Kind != decode.Data {
			continue
		}
		fmt.Fprintf(&b, "c%d %s\n", e.Conn, marks[e.From])
		for at := 0; at < len(e.Bytes); at += 16 {
			row := e.Bytes[at:min(at+16, len(e.Bytes))]
			fmt.Fprintf(&b, "%08x:", at)
			for i := 0; i < len(row); i += 2 {
				fmt.Fprintf(&b, " %x", row[i:min(i+2, len(row))])
			}
			fmt.Fprintf(&b, "  %s\n", strings.Map(func(r rune) rune {
				if r < ' ' || r > '~' {
					return '.'
				}
				return r
			}, string(row)))
		}
	}
	return b.Bytes()
}

// TestYieldEndsReading: what yield refuses ends every form.
func TestYieldEndsReading(t *testing.T) {
	refused := errors.New("refused")
	p := open(t, "acme")
	events := eventsOf(t, p, []byte("> HEARTBEAT\n< HEARTBEAT_ACK\n"))
	for _, data := range [][]byte{[]byte("> a\n< b\n"), asHex(events), asPcap(t, events, plainly)} {
		n := 0
		err := Read(bytes.NewReader(data), Options{}, &Info{}, func(decode.Event) error {
			n++
			return refused
		})
		require.ErrorIs(t, err, refused)
		require.Equal(t, 1, n)
	}
}
