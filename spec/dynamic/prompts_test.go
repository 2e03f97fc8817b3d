package dynamic_test

import (
	"bufio"
	"context"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/dynamic"
)

func protocolOf(t *testing.T, path string) *dynamic.Protocol {
	t.Helper()
	p, err := dynamic.Open(load(t, path))
	require.NoError(t, err)
	return p
}

// bridge is a Lutron bridge: it asks for options, echoes, and prompts.
func bridge(d *device.Device) {
	d.Greet("login: ")
	d.Handle("user", func(r *device.Request) {
		r.Link().Garbage([]byte("\xff\xfb\x01\r\n"))
		r.Reply("password: ")
	})
	d.Handle("password", func(r *device.Request) {
		if string(r.Frame) != "s3cret" {
			r.Reply("login: ")
			return
		}
		r.Link().Garbage([]byte("\r\n"))
		r.Reply("GNET> ")
	})
	prompt := func(r *device.Request, reply string) {
		r.Reply(reply)
		r.Link().Emit("GNET> ")
	}
	d.Handle("monitor", func(r *device.Request) { prompt(r, "~MONITORING,"+string(r.Frame)[len("#MONITORING,"):]) })
	d.Handle("get_level", func(r *device.Request) { prompt(r, "~OUTPUT,"+strings.Split(string(r.Frame), ",")[1]+",1,50.00") })
	d.Handle("set_level", func(r *device.Request) {
		if strings.Contains(string(r.Frame), ",9,") {
			prompt(r, "~ERROR,2")
			return
		}
		prompt(r, "~"+string(r.Frame)[1:])
	})
}

func TestLoginByPrompts(t *testing.T) {
	p := protocolOf(t, "testdata/prompts.yaml")
	bubble(t, p, user2("s3cret"), bridge, func(ctx context.Context, d *device.Device, c *dynamic.Client) {
		require.Len(t, d.History().Commands("monitor"), 2)
		start := time.Now()
		_, level, err := c.Call(ctx, "get_level", dynamic.Map{"id": 7})
		require.NoError(t, err)
		require.Equal(t, "{id: 7, level: 50.00}", level.String())
		require.Equal(t, 20*time.Millisecond, time.Since(start), "the gap behind the last ready step")

		_, level, err = c.Call(ctx, "set_level", dynamic.Map{"id": 3, "level": wire.Decimal{Coef: 125, Scale: 1}})
		require.NoError(t, err)
		require.Equal(t, "{id: 3, level: 12.5}", level.String())
		start = time.Now()
		_, _, err = c.Call(ctx, "set_level", dynamic.Map{"id": 9, "level": wire.Decimal{Coef: 1}})
		require.Equal(t, time.Second, time.Since(start), "the last one settles")
		var fault *dynamic.Fault
		require.ErrorAs(t, err, &fault)

		d.BlackHole()
		<-time.After(89 * time.Second)
		require.NotEqual(t, session.Ready, c.State())
		d.Heal()
		d.Reset()
		_, _, err = c.Call(ctx, "get_level", dynamic.Map{"id": 1})
		require.NoError(t, err)
		require.Zero(t, c.Stats().EventsUnknown)
		require.Greater(t, c.Stats().Links, uint64(1))
	})
}

func user2(password string) dynamic.Map { return dynamic.Map{"user": "joe", "password": password} }

func TestWrongPasswordAtAPrompt(t *testing.T) {
	p := protocolOf(t, "testdata/prompts.yaml")
	d := device.New(p.Plan())
	defer d.Close()
	bridge(d)
	_, err := p.Dial(t.Context(), "device", user2("wrong"), runtime.WithDialer(d.Dialer()))
	require.ErrorIs(t, err, runtime.ErrRefused)
}

// awaiting is who awaits the replies of the commands that were sent.
type awaiting struct {
	plan     *session.Plan
	commands []string
	greeting bool
}

func (a *awaiting) Expects(m int) bool {
	message := &a.plan.Messages[m]
	if message.Event != session.NotEvent || a.greeting && (m == a.plan.Greeting[0] || m == a.plan.Greeting[1]) {
		return true
	}
	for _, c := range a.plan.Commands {
		if len(a.commands) == 0 || c.Name != a.commands[0] {
			continue
		}
		for _, list := range [][]session.Reply{c.Replies, c.Errors, c.Each} {
			for _, r := range list {
				if r.Message == m {
					return true
				}
			}
		}
	}
	return false
}

// TestTranscriptOfOpenVPN reads what a real server said, with every frame
// recognised.
func TestTranscriptOfOpenVPN(t *testing.T) {
	p := protocolOf(t, "testdata/openvpn.yaml")
	plan := p.Plan()
	a := &awaiting{plan: plan, greeting: true}
	d := wire.NewDecoder(&plan.Framing, wire.NewDispatch(received(p).shapes))
	seen := map[string]int{}
	var buf []byte
	file, err := os.Open("testdata/openvpn.txt")
	require.NoError(t, err)
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		text, err := strconv.Unquote(lines.Text()[2:])
		require.NoError(t, err)
		if lines.Text()[0] == '>' {
			for line := range strings.Lines(text) {
				a.commands = append(a.commands, sentBy(t, p, strings.TrimSpace(line)))
			}
			continue
		}
		for _, b := range []byte(text) { // in the smallest pieces
			buf = append(buf, b)
			f, n, need, err := d.Next(buf, a)
			require.NoError(t, err)
			buf = buf[n:]
			if need > 0 {
				continue
			}
			require.GreaterOrEqual(t, f.Message, 0, "%q, of %v", f.Bytes, a.commands)
			require.True(t, f.Expected, "%q, of %v", f.Bytes, a.commands)
			name := plan.Messages[f.Message].Name
			_, err = p.Decode(name, f.Bytes)
			require.NoError(t, err)
			seen[name]++
			a.answered(name)
		}
	}
	require.Empty(t, buf)
	require.Equal(t, []string{"quit"}, a.commands)
	for name, want := range map[string]int{"fault": 2, "ask_password": 2, "success": 9, "pid": 2, "hold": 1, "info": 1, "hold_wait": 2, "end": 4, "bytecount": 4} {
		require.Equal(t, want, seen[name], name)
	}
}

// sentBy is the command that a line of the transcript is.
func sentBy(t *testing.T, p *dynamic.Protocol, line string) string {
	t.Helper()
	for _, c := range p.Model().Commands {
		if _, err := p.DecodeCommand(c.Name, []byte(line)); err == nil && c.Name != "password" {
			return c.Name
		}
	}
	return "password"
}

// answered ends the command whose reply came.
func (a *awaiting) answered(name string) {
	for _, c := range a.plan.Commands {
		if len(a.commands) == 0 || c.Name != a.commands[0] {
			continue
		}
		for _, r := range append(c.Replies[:len(c.Replies):len(c.Replies)], c.Errors...) {
			if a.plan.Messages[r.Message].Name == name {
				a.commands = a.commands[1:]
				return
			}
		}
	}
}
