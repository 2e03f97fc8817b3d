package entry_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/cmd/internal/entry"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
	"github.com/linewright/linewright/spec/model"
)

func open(t testing.TB, vendor string) *dynamic.Protocol {
	return dynamictest.Open(t, "../../../spec/vendors/"+vendor+".yaml")
}

func fields(t testing.TB, p *dynamic.Protocol, command string) []*model.Field {
	t.Helper()
	for _, c := range p.Model().Commands {
		if c.Name == command {
			return c.Template.Fields
		}
	}
	t.Fatalf("no command %s", command)
	return nil
}

func TestWords(t *testing.T) {
	for _, tt := range []struct {
		line string
		want []entry.Word
	}{
		{"", nil},
		{"  read\t3 ", []entry.Word{{Value: "read", Start: 2}, {Value: "3", Start: 7}}},
		{"a channel=3", []entry.Word{{Value: "a"}, {Name: "channel", Value: "3", Start: 2}}},
		{`name="Boiler \"n\" \x00"`, []entry.Word{{Name: "name", Value: "Boiler \"n\" \x00"}}},
		{`'raw \n "x"'y`, []entry.Word{{Value: `raw \n "x"y`}}},
		{`"a=b"`, []entry.Word{{Value: "a=b"}}},
		{`name=`, []entry.Word{{Name: "name"}}},
		{`Name=x 3=4`, []entry.Word{{Value: "Name=x"}, {Value: "3=4", Start: 7}}},
		{`""`, []entry.Word{{}}},
	} {
		got, err := entry.Words(tt.line)
		require.NoError(t, err, tt.line)
		require.Equal(t, tt.want, got, tt.line)
	}
	for _, line := range []string{`"open`, `'open`, `x="a\"`, `"\q"`} {
		_, err := entry.Words(line)
		require.ErrorContains(t, err, "quoted text", line)
	}
}

func TestQuote(t *testing.T) {
	for _, value := range []string{"plain", "", "two words", `q"'`, "a=b", "nul\x00", "\x1b[2J", "größer", "\xff"} {
		words, err := entry.Words(entry.Quote(value))
		require.NoError(t, err)
		require.Len(t, words, 1)
		require.Equal(t, entry.Word{Value: value}, words[0])
	}
}

func TestValues(t *testing.T) {
	acme, redis, nats := open(t, "acme"), open(t, "redis"), open(t, "nats")
	for _, tt := range []struct {
		p             *dynamic.Protocol
		command, line string
		wire          string
	}{
		{acme, "read", "3", "READ 3\n"},
		{acme, "read", "channel=3", "READ 3\n"},
		{acme, "set_limits", "high=2 3 1.50", "LIMITS 3 1.50 2\n"},
		{acme, "acknowledge", `17 "on my way"`, "ACK 17 \"on my way\"\n"},
		{acme, "acknowledge", `17`, "ACK 17\n"},
		{acme, "set_name", `""`, "NAME \"\"\n"},
		{redis, "del", `a,bc`, "*3\r\n$3\r\nDEL\r\n$1\r\na\r\n$2\r\nbc\r\n"},
		{redis, "set", `k "\x00\r\n"`, "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$3\r\n\x00\r\n\r\n"},
		{nats, "pub", `subject=a payload="x=1"`, "PUB a 3\r\nx=1\r\n"},
		{nats, "sub", `a sid=7`, "SUB a 7\r\n"},
		{nats, "connect", `'{"user": "eve"}'`, "CONNECT {\"verbose\":false,\"pedantic\":false,\"lang\":\"linewright\",\"user\":\"eve\"}\r\n"},
	} {
		words, err := entry.Words(tt.line)
		require.NoError(t, err)
		v, err := entry.Values(tt.p, fields(t, tt.p, tt.command), words)
		require.NoError(t, err, tt.line)
		frame, err := tt.p.Encode(nil, tt.command, v)
		require.NoError(t, err, tt.line)
		require.Equal(t, tt.wire, string(frame))
	}
}

func TestValuesRefuses(t *testing.T) {
	acme := open(t, "acme")
	for _, tt := range []struct{ command, line, err string }{
		{"read", "chanel=3", "chanel: is not a field; there are channel (a text with = in it is put in quotes)"},
		{"read", "3 4", "a value has no field; there are none left"},
		{"read", "3 channel=4", "a value has no field; there are none left"},
		{"read", "channel=3 channel=4", "channel: is given twice"},
		{"read", "s3cret", "channel: is not of type uint8"},
		{"heartbeat", "3", "a value has no field; there are none left"},
	} {
		words, err := entry.Words(tt.line)
		require.NoError(t, err)
		_, err = entry.Values(acme, fields(t, acme, tt.command), words)
		require.ErrorContains(t, err, tt.err, tt.line)
		require.NotContains(t, err.Error(), "s3cret")
	}
}

func TestComplete(t *testing.T) {
	acme := entry.Completer{Protocol: open(t, "acme"), Others: []string{":help", ":quit"}}
	for _, tt := range []struct {
		line, common string
		words        string
	}{
		{"re", "re", "read |reset "},
		{"rea", "read ", "read "},
		{"lo", "", ""}, // login is the client's own
		{":", ":", ":help |:quit "},
		{"read ", "channel=", "channel="},
		{"read channel=", "", ""},
		{"read 3 ", "", ""},
		{"set_limits 1 ", "", "low=|high="},
		{"set_limits low=1 ", "", "channel=|high="},
		{"nothing ", "", ""},
		{`set_name "`, "", ""},
		{`set_name "a b`, "", ""},
	} {
		got := acme.Complete(tt.line)
		require.Equal(t, tt.words, strings.Join(got.Words, "|"), tt.line)
		require.Equal(t, tt.common, got.Common(), tt.line)
	}
	require.Equal(t, 5, acme.Complete("read ch").Start)
}

// What is typed never does worse than an error, what Complete offers may be
// typed, a quoted word is read as it was, and a command that is encoded says what
// was typed.
func FuzzEntry(f *testing.F) {
	acme := open(f, "acme")
	for _, line := range []string{"read 3", `set_name name="a\"b"`, "acknowledge 1 'x", "read channel=", "get_", "set_limits 1 low=-2.50 high=3", "login eve s3cret", `set_name "it's"`} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		c := entry.Completer{Protocol: acme}.Complete(line)
		require.LessOrEqual(t, c.Start, len(line))
		for _, w := range c.Words {
			_, err := entry.Words(line[:c.Start] + w)
			require.NoError(t, err)
		}
		words, err := entry.Words(line)
		if err != nil || len(words) == 0 {
			return
		}
		for _, w := range words {
			again, err := entry.Words(entry.Quote(w.Value))
			require.NoError(t, err)
			require.Equal(t, []entry.Word{{Value: w.Value}}, again)
		}
		for _, cmd := range acme.Model().Commands {
			if v, err := entry.Values(acme, cmd.Template.Fields, words[1:]); err == nil {
				requireSaid(t, acme, cmd, v)
			}
		}
	})
}

// requireSaid encodes a command, if that can be, and reads it as a device does.
func requireSaid(t *testing.T, p *dynamic.Protocol, cmd *model.Command, v dynamic.Map) {
	want, err := p.Record(cmd.Template.Fields, v)
	if err != nil {
		return
	}
	frame, err := p.Encode(nil, cmd.Name, v)
	if err != nil {
		return
	}
	got, err := p.DecodeCommand(cmd.Name, bytes.TrimSuffix(frame, []byte(p.Plan().Framing.SendEnd)))
	require.NoError(t, err, "%s %q", cmd.Name, frame)
	require.True(t, dynamic.Equal(want, got), "%s %q", cmd.Name, frame)
}
