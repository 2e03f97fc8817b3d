package dynamic_test

import (
	"bytes"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/internal/codec"
)

// TestReplay replays what real servers said, one byte at a time, through the
// decoder of the vendor's spec, or of the one beside it: every received frame
// is a message of the spec, awaited and read; every sent one is a command, and
// written again as the same bytes. The transcripts are excerpts: a connection, what it sent (>>, or
// >? where the spec has no such command) and what it received (<<).
func TestReplay(t *testing.T) {
	for _, name := range []string{"beanstalkd", "irc", "memcached", "mpd", "nut", "openvpn", "pop3", "qmp", "smtp", "videohub"} {
		t.Run(name, func(t *testing.T) {
			p, err := dynamic.Open(load(t, specOf(name)))
			require.NoError(t, err)
			data, err := os.ReadFile("testdata/transcripts/" + name + ".txt")
			require.NoError(t, err)
			replay(t, p, string(data))
		})
	}
}

// specOf is the spec of a transcript: the vendor's, or one that is only for
// tests.
func specOf(name string) string {
	vendor := "../vendors/" + name + ".yaml"
	if _, err := os.Stat(vendor); err == nil {
		return vendor
	}
	return "testdata/" + name + ".yaml"
}

// replay goes through a transcript; connections are told apart by their letter.
func replay(t *testing.T, p *dynamic.Protocol, transcript string) {
	t.Helper()
	connections := map[string]*replayed{}
	received := map[string]int{}
	for line := range strings.Lines(transcript) {
		fields := strings.SplitN(strings.TrimSpace(line), " ", 3)
		if strings.HasPrefix(line, "#") {
			continue
		}
		if fields[1] == "connect" {
			connections[fields[0]] = newReplayed(p, received)
			continue
		}
		c := connections[fields[0]]
		data, err := strconv.Unquote(fields[2])
		require.NoError(t, err, line)
		switch fields[1] {
		case ">>":
			c.stranger = false
			c.sent(t, []byte(data))
		case ">?":
			require.False(t, c.isCommand([]byte(data)), "%q is a command", data)
			c.stranger = true
			c.await(c.any(), nil)
		case "<<":
			c.received(t, []byte(data))
		}
	}
	for _, c := range connections {
		require.Empty(t, c.buf, "left over")
	}
	t.Log(received)
}

// replayed is one connection of a transcript.
type replayed struct {
	p        *dynamic.Protocol
	commands *wire.Decoder
	messages *wire.Decoder
	buf      []byte  // received, not yet a frame
	awaited  [][]int // messages, by the command that waits
	before   [][]int // of them, those that come before the reply
	enters   []entry // what each of those commands leads to
	mode     int
	stranger bool // no command of the spec was sent last; it may have any reply, and several errors
	seen     map[string]int
}

func newReplayed(p *dynamic.Protocol, seen map[string]int) *replayed {
	plan := p.Plan()
	c := &replayed{p: p, seen: seen}
	var commands, messages []wire.Shape
	for _, x := range plan.Commands {
		commands = append(commands, x.Shape)
	}
	for _, x := range plan.Messages {
		messages = append(messages, x.Shape)
	}
	c.commands = wire.NewDecoder(&plan.Framing, wire.NewDispatch(commands))
	c.messages = wire.NewDecoder(&plan.Framing, wire.NewDispatch(messages))
	if len(plan.Greeting) > 0 {
		c.await(plan.Greeting, nil)
	}
	return c
}

// any are all messages: what a command that is not in the spec may be answered
// with.
func (c *replayed) any() []int {
	list := make([]int, len(c.p.Plan().Messages))
	for i := range list {
		list[i] = i
	}
	return list
}

// Expects reports whether a message is an event, or answers the first command
// that waits.
func (c *replayed) Expects(m int) bool {
	return c.p.Plan().Messages[m].Event != session.NotEvent || len(c.awaited) > 0 && slices.Contains(c.awaited[0], m)
}

// sent reads what was sent as commands, and writes them again.
func (c *replayed) sent(t *testing.T, data []byte) {
	t.Helper()
	framing := &c.p.Plan().Framing
	for len(data) > 0 {
		f, n, need, err := c.commands.Next(data, allIn{c})
		require.NoError(t, err)
		require.Zero(t, need, "%q", data)
		require.NotEqual(t, wire.NoMessage, f.Message, "%q is no command", data)
		template := &c.p.Model().Commands[f.Message].Template
		values, err := codec.Parse(framing, template, f.Bytes)
		require.NoError(t, err)
		again, err := codec.Append(nil, framing, template, values)
		require.NoError(t, err)
		require.Equal(t, string(data[:n]), string(again))
		data = data[n:]
		if x := c.p.Plan().Commands[f.Message]; len(x.Replies) > 0 {
			c.await(slices.Concat(messagesOf(x.Replies), messagesOf(x.Errors), messagesOf(x.Each)), messagesOf(x.Each))
			c.enters[len(c.enters)-1] = entry{messagesOf(x.Replies), x.Enters}
		} else if x.Closes {
			c.stranger = true // its answer comes before the end, or not
		}
	}
}

// isCommand reports whether what was sent is a command that callers have. Of the
// others, one may be any line, as a password is.
func (c *replayed) isCommand(data []byte) bool {
	plan := c.p.Plan()
	var shapes []wire.Shape
	for _, x := range plan.Commands {
		shapes = append(shapes, x.Shape)
	}
	f, n, need, err := wire.NewDecoder(&plan.Framing, wire.NewDispatch(shapes)).Next(data, allExpected{})
	if err != nil || need > 0 || n < len(data) || f.Message == wire.NoMessage || c.p.Model().Commands[f.Message].Private {
		return false
	}
	_, err = codec.Parse(&plan.Framing, &c.p.Model().Commands[f.Message].Template, f.Bytes)
	return err == nil
}

// received reads what came as messages, a byte at a time.
func (c *replayed) received(t *testing.T, data []byte) {
	t.Helper()
	for i := range data {
		c.buf = append(bytes.Clone(c.buf), data[i])
		f, n, need, err := c.messages.Next(c.buf, c)
		require.NoError(t, err)
		if need > 0 {
			c.buf = c.buf[n:]
			continue
		}
		require.NotEqual(t, wire.NoMessage, f.Message, "%q is no message", c.buf)
		m := c.p.Model().Messages[f.Message]
		_, err = codec.Parse(&c.p.Plan().Framing, &m.Template, f.Bytes)
		require.NoError(t, err)
		c.seen[m.Name]++
		dropped := c.p.Plan().Unexpected.Reply == session.Drop
		require.True(t, c.Expects(f.Message) || c.stranger || dropped, "%q was not awaited", f.Bytes)
		if len(c.awaited) > 0 && !slices.Contains(c.before[0], f.Message) && (slices.Contains(c.awaited[0], f.Message) || c.stranger && !c.Expects(f.Message)) {
			c.enter(c.enters[0].after(f.Message))
			c.awaited, c.before, c.enters = c.awaited[1:], c.before[1:], c.enters[1:]
		}
		c.enter(c.p.Plan().Messages[f.Message].Enters)
		c.buf = c.buf[n:]
	}
}

func (c *replayed) await(awaited, before []int) {
	c.awaited, c.before = append(c.awaited, awaited), append(c.before, before)
	c.enters = append(c.enters, entry{})
}

func messagesOf(replies []session.Reply) []int {
	var list []int
	for _, r := range replies {
		list = append(list, r.Message)
	}
	return list
}

type allExpected struct{}

func (allExpected) Expects(int) bool { return true }
