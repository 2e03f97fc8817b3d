package handmade

import (
	"fmt"
	"math/rand/v2"
	"strconv"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate/storm"
)

// Modal is the analyser that callers switch between lines and packets, while others
// ask it for what there is in one of them only.
func Modal() *storm.Workload {
	w := base("modal", func(seed uint64) *session.Plan {
		every := [...]plantest.Mod{liveness[0], liveness[3], liveness[4]}[seed%3]
		mods := []plantest.Mod{plantest.InFlight(1 + int(seed%5)), every, plantest.Also(packets)}
		if seed%4 == 0 {
			mods = append(mods, plantest.Swallow())
		}
		return plantest.Modal(mods...)
	})
	w.Serve = func(f *storm.Fake) {
		f.Reply("login", "OK")
		f.Reply("ping", "PONG")
		f.Reply("raw", "OK")
		f.Reply("poll", "\x01a")
		f.Reply("stop", "\x01s")
		f.Handle("get", func(r *device.Request) { f.Answer(r, "VALUE "+r.Words()[1]) })
		f.Handle("peek", func(r *device.Request) { f.Answer(r, "\x02v"+string(r.Frame[2:])) })
	}
	w.Ask = askModal
	w.Flood = func(h storm.Handle, r *rand.Rand, _ int) storm.Op { return fetch(h, channel(r)) }
	w.Know = func(command string, frame []byte) (id, key string) {
		switch command {
		case "get", "raw":
			return string(frame), ""
		case "peek", "stop":
			return fmt.Sprintf("%s %x", command, frame), ""
		}
		return "", ""
	}
	w.Denied = "DENIED"
	return w
}

// packets gives the packets the heartbeat of the lines.
func packets(p *session.Plan) {
	ping, poll := p.Liveness.Probe, p.Liveness.Probe.Else
	poll.Every, poll.Timeout = ping.Every, ping.Timeout
}

func askModal(h storm.Handle, r *rand.Rand, _ int) storm.Op {
	ch, p := channel(r), planOf(h)
	switch r.IntN(6) {
	case 0:
		return op(h, plantest.Raw(p), "RAW", "", "OK")
	case 1:
		return op(h, plantest.Stop(p), "stop 0171", "", "\x01s")
	case 2, 3:
		return op(h, plantest.Peek(p, ch), fmt.Sprintf("peek 0267%02x", ch), "", "\x02v"+string(rune(ch)))
	default:
		return fetch(h, ch)
	}
}

func fetch(h storm.Handle, ch uint8) storm.Op {
	name := strconv.Itoa(int(ch))
	return op(h, plantest.Fetch(planOf(h), ch), "GET "+name, "", "VALUE "+name)
}
