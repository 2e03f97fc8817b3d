package dynamic_test

import (
	"errors"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/model"
)

func TestAnswer(t *testing.T) {
	for _, tt := range []struct {
		p                     *dynamic.Protocol
		command, frame, reply string
	}{
		{acme(t), "heartbeat", "HEARTBEAT", "HEARTBEAT_ACK"},
		{acme(t), "read", "READ 7", "READING 7 21.50 C"},            // echo
		{acme(t), "get_limits", "LIMITS 9", "LIMITS 9 -10.0 85.25"}, // the first of two
		{acme(t), "read", "READ x", "READING 3 21.50 C"},            // the example as it is
		{ordered(t), "get", "*2\r\n$3\r\nGET\r\n$1\r\nk", "$5\r\nhello"},
	} {
		frame, ok := tt.p.Answer(tt.command, []byte(tt.frame))
		require.True(t, ok, tt.command)
		require.Equal(t, tt.reply, string(frame))
	}
	frame, ok := open(t, "testdata/answers.yaml").Answer("measure", []byte("MEASURE"))
	require.True(t, ok)
	require.Equal(t, "RESULT 1", string(frame), "the first that is no error")

	_, ok = lasting(t).Answer("pub", []byte("PUB a 0\r\n"))
	require.False(t, ok, "there is no reply")
	_, ok = acme(t).Answer("nothing", nil)
	require.False(t, ok)

	frame, ok = acme(t).Refusal()
	require.True(t, ok)
	require.Equal(t, "DENIED", string(frame))
	_, ok = lasting(t).Refusal()
	require.False(t, ok, "the login awaits no error")
}

func TestExample(t *testing.T) {
	p := acme(t)
	frame, err := p.Example("reading", dynamic.Map{"channel": 9})
	require.NoError(t, err)
	require.Equal(t, "READING 9 21.50 C", string(frame))
	_, err = p.Example("reading", dynamic.Map{"chanel": 9})
	require.ErrorContains(t, err, "chanel: is not a field")
	_, err = p.Example("nothing", nil)
	require.Error(t, err)
}

// With no script at all, a client of every document becomes READY, and each
// command that has an example gets an answer.
func TestDeviceAnswersAll(t *testing.T) {
	all := documents(t)
	all["answers"] = load(t, "testdata/answers.yaml")
	for name, m := range all {
		p, err := dynamic.Open(m)
		require.NoError(t, err)
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := p.Device(device.WithHistory(1 << 10))
				defer d.Close()
				params := dynamic.Map{}
				for _, f := range m.Params {
					if !f.Optional && !f.HasDefault {
						params[f.Name] = "x"
					}
				}
				c, err := p.Dial(t.Context(), "device", params, runtime.WithDialer(d.Dialer()))
				if name == "steps" { // whose example of a welcome is one that is refused
					require.ErrorContains(t, err, "the node is locked")
					return
				}
				require.NoError(t, err, "%v", d.History())
				defer c.Close()
				for _, cmd := range m.Commands {
					if cmd.Private || cmd.Closes || len(cmd.Examples) == 0 {
						continue
					}
					values, err := p.DecodeCommand(cmd.Name, cmd.Examples[0].Wire)
					require.NoError(t, err)
					reply, _, err := c.Call(t.Context(), cmd.Name, values.Map())
					if errors.Is(err, runtime.ErrMode) {
						continue // the commands before it have not led there
					}
					require.NoError(t, err)
					if len(cmd.Replies) > 0 {
						require.True(t, slices.ContainsFunc(cmd.Replies, func(m *model.Message) bool { return m.Name == reply }), "%s: %s", cmd.Name, reply)
					}
				}
				synctest.Wait()
				require.Empty(t, d.History().Of(device.Unhandled, device.Unknown))
			})
		})
	}
}

// What the script awaits without having asked is no reply, for faults neither.
func TestDeviceSpeaksUnasked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := open(t, "testdata/answers.yaml")
		d := p.Device()
		defer d.Close()
		d.DuplicateReplies()
		conn, err := d.Dialer()(t.Context(), "tcp", "device")
		require.NoError(t, err)
		defer conn.Close()
		_, err = conn.Write([]byte("LOGIN\n"))
		require.NoError(t, err)
		synctest.Wait()
		var said []string
		for _, r := range d.History().Of(device.Replied, device.Emitted) {
			said = append(said, r.Kind.String()+" "+string(r.Frame))
		}
		require.Equal(t, []string{"emitted HELLO\n", "emitted BANNER\n", "replied OK\n", "replied OK\n", "emitted WELCOME\n"}, said)
	})
}

func TestFromText(t *testing.T) {
	fields := func(p *dynamic.Protocol, command string) func(name, text string) (any, error) {
		for _, c := range p.Model().Commands {
			if c.Name != command {
				continue
			}
			return func(name, text string) (any, error) {
				for _, f := range c.Template.Fields {
					if f.Name == name {
						return p.FromText(f.Type, text)
					}
				}
				t.Fatalf("%s has no field %s", command, name)
				return nil, nil
			}
		}
		t.Fatalf("no command %s", command)
		return nil
	}
	channel, err := fields(acme(t), "read")("channel", "3")
	require.NoError(t, err)
	require.Equal(t, uint64(3), channel)
	_, err = fields(acme(t), "read")("channel", "s3cret")
	require.ErrorContains(t, err, "is not of type uint8")
	require.NotContains(t, err.Error(), "s3cret")

	keys := fields(ordered(t), "mget")
	for _, text := range []string{"a,b", `["a","b"]`} {
		v, err := keys("keys", text)
		require.NoError(t, err)
		values, err := ordered(t).Encode(nil, "mget", dynamic.Map{"keys": v})
		require.NoError(t, err)
		require.Equal(t, "*3\r\n$4\r\nMGET\r\n$1\r\na\r\n$1\r\nb\r\n", string(values))
	}
	_, err = keys("keys", `["a"`)
	require.ErrorContains(t, err, "is not JSON")
	_, err = keys("keys", `["a"] b`)
	require.ErrorContains(t, err, "behind")
}

func TestComplete(t *testing.T) {
	c, err := lasting(t).New("device", nil)
	require.NoError(t, err)
	v, err := c.Complete("sub", dynamic.Map{"subject": "a"})
	require.NoError(t, err)
	require.Equal(t, `{subject: "a", sid: "1"}`, v.String())
	_, err = c.Complete("sub", nil)
	require.EqualError(t, err, "sub: not sent: subject: is missing")
	_, err = c.Complete("nothing", nil)
	require.ErrorContains(t, err, "has no command")
}

// whole is an example as it is on the wire.
func whole(t *testing.T, p *dynamic.Protocol, m *model.Message, e *model.Example) []byte {
	t.Helper()
	if ends := p.Model().Frame.Ends; len(ends) > 0 {
		return append(e.Wire[:len(e.Wire):len(e.Wire)], ends[0]...)
	}
	values, err := p.Decode(m.Name, e.Wire)
	require.NoError(t, err)
	frame, err := p.EncodeMessage(nil, m.Name, values.Map())
	require.NoError(t, err)
	return frame
}

// awaitedTogether reports whether a command may be answered with either of two
// messages, or one of them comes unasked.
func awaitedTogether(m *model.Protocol, a, b string) bool {
	both := func(messages []*model.Message) int {
		n := 0
		for _, message := range messages {
			if message.Name == a || message.Name == b {
				n++
			}
		}
		return n
	}
	events := slices.DeleteFunc(slices.Clone(m.Messages), func(m *model.Message) bool { return m.Event != "true" && m.Event != "also" })
	return both(events) > 0 || slices.ContainsFunc(m.Commands, func(c *model.Command) bool {
		return both(slices.Concat(c.Replies, c.Errors, c.Each)) > 1
	})
}

// Every good example is recognised as its message, or as one that reads the same
// and that no command awaits beside it. In order, a block that begins alike may go on.
func TestRecognise(t *testing.T) {
	for name, m := range documents(t) {
		p, err := dynamic.Open(m)
		require.NoError(t, err)
		for _, message := range m.Messages {
			for _, e := range message.Examples {
				if e.Bad != "" {
					continue
				}
				frame := whole(t, p, message, e)
				got, values, ok := p.Recognise(frame)
				if !ok && m.Replies.Match == "order" {
					continue
				}
				require.True(t, ok, "%s %q", name, frame)
				require.True(t, got == message.Name || !awaitedTogether(m, got, message.Name), "%s: %q is %s, not %s", name, frame, got, message.Name)
				if len(m.Frame.Ends) > 0 && (got == message.Name || m.Replies.Match != "order") {
					want, err := p.Decode(got, e.Wire)
					require.NoError(t, err)
					require.True(t, dynamic.Equal(want, values))
				}
			}
		}
	}
	_, _, ok := acme(t).Recognise([]byte("WHAT\n"))
	require.False(t, ok)
	_, _, ok = acme(t).Recognise([]byte("READING 3 2"))
	require.False(t, ok, "it has no end")
}
