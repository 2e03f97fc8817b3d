package handmade

import (
	"bytes"
	"context"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate/storm"
)

// Tagged is the store whose commands have ids: few of them with some seeds.
func Tagged() *storm.Workload {
	w := base("tagged", func(seed uint64) *session.Plan {
		return plantest.Tagged(
			plantest.Also(stubborn), plantest.IDs([]uint64{40, 65535, 1<<53 - 1}[seed%3]),
			plantest.InFlight(1+int(seed%16)), liveness[seed%5],
			plantest.Also(func(p *session.Plan) {
				if seed%4 == 3 {
					p.Late = session.LateClose
				}
			}),
		)
	})
	w.Serve = serveTagged
	w.Ask = askTagged
	w.Flood = func(h storm.Handle, _ *rand.Rand, n int) storm.Op {
		return tagOp(h, "put", strconv.Itoa(n)+" x", "", "done")
	}
	w.Know = knowTagged
	w.Tag = func(line []byte) string {
		if len(line) == 0 || !bytes.ContainsAny(line[:1], "#=!") {
			return ""
		}
		tag, _, _ := bytes.Cut(line[1:], []byte(" "))
		return string(tag)
	}
	w.Event = func(n int) string { return "* tick " + strconv.Itoa(n) }
	w.KnowEvent = func(frame []byte) string {
		if bytes.HasPrefix(frame, []byte("* tick ")) {
			return string(frame)
		}
		return ""
	}
	w.Ack = " pong\n"
	w.Twice = true
	return w
}

func serveTagged(f *storm.Fake) {
	f.Reply("version", "version 1.2")
	f.Handle("list", func(r *device.Request) {
		id, key := r.Words()[0][1:], r.Words()[2]
		for i := range len(key) {
			r.Replyf("+%s item %s %d", id, key, i)
		}
		f.Answer(r, "="+id+" end "+key)
	})
	for command, reply := range map[string]string{"ping": " pong", "get": " value ", "put": " done", "open": " opened ", "shut": " shut ", "raw": " value "} {
		f.Handle(command, func(r *device.Request) {
			words := r.Words()
			answer := "=" + words[0][1:] + reply
			if strings.HasSuffix(reply, " ") {
				answer += words[2]
			}
			f.Answer(r, answer)
		})
	}
}

func askTagged(h storm.Handle, r *rand.Rand, n int) storm.Op {
	key, channel := strconv.Itoa(n), strconv.Itoa(r.IntN(9))
	switch r.IntN(6) {
	case 0:
		return tagOp(h, "open", channel, channel, "opened "+channel)
	case 1:
		return tagOp(h, "shut", channel, channel, "shut "+channel)
	case 2:
		return tagOp(h, "put", key+" x", "", "done")
	case 3:
		return listOp(h, key)
	case 4:
		return tagOp(h, "raw", key, "", "value "+key)
	default:
		return tagOp(h, "get", key, "", "value "+key)
	}
}

// tagOp is a call whose reply is compared, but for its id.
func tagOp(h storm.Handle, name, words, key, want string) storm.Op {
	return storm.Op{
		ID: name + " " + strings.Fields(words)[0], Key: key, Want: want, Command: name,
		Do: func(ctx context.Context) (got string, err error) {
			return tag(ctx, h, name, words, func(call *runtime.Call) string { return untagged(call.Reply) })
		},
	}
}

// listOp is a call whose reply comes after others, as many as its key has digits.
func listOp(h storm.Handle, key string) storm.Op {
	want := ""
	for i := range len(key) {
		want += "item " + key + " " + strconv.Itoa(i) + ", "
	}
	return storm.Op{
		ID: "list " + key, Want: want + "end " + key, Command: "list",
		Do: func(ctx context.Context) (got string, err error) {
			return tag(ctx, h, "list", key+" x", func(call *runtime.Call) (all string) {
				for _, frame := range call.Items.All() {
					all += untagged(frame) + ", "
				}
				return all + untagged(call.Reply)
			})
		},
	}
}

// tag makes a call that gets its id then, and tells what came.
func tag(ctx context.Context, h storm.Handle, name, words string, came func(*runtime.Call) string) (string, error) {
	plan := planOf(h)
	call := h.(*runtime.Client).Begin(plantest.Command(plan, name))
	defer call.Release()
	id, err := call.NewID()
	if err != nil {
		return "", err
	}
	if _, err = send(ctx, call, plantest.Tag(plan, id, name, words)); err != nil {
		return "", err
	}
	return came(call), nil
}

// untagged is a reply without its id.
func untagged(frame []byte) string {
	_, text, _ := strings.Cut(string(frame), " ")
	return text
}

func knowTagged(command string, frame []byte) (id, key string) {
	words := strings.Fields(string(frame))
	switch command {
	case "open", "shut":
		return command + " " + words[2], words[2]
	case "get", "put", "raw", "list":
		return command + " " + words[2], ""
	}
	return "", ""
}
