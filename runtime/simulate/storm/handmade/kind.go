package handmade

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate/storm"
)

// Kind is the telemetry unit: replies matched by kind and echo.
func Kind() *storm.Workload {
	w := base("kind", func(seed uint64) *session.Plan {
		mods := []plantest.Mod{
			plantest.InFlight(1 + int(seed%4)), plantest.Misses(1 + int(seed%2)),
			liveness[seed%5],
		}
		if seed%3 == 0 {
			mods = append(mods, plantest.Swallow())
		}
		return plantest.Acme(mods...)
	})
	w.Serve = serveKind
	w.Ask = askKind
	w.Flood = func(h storm.Handle, _ *rand.Rand, n int) storm.Op { return set(h, 1, n) }
	w.Know = knowKind
	w.Event = func(n int) string { return fmt.Sprintf("READING 200 %d C", n) }
	w.KnowEvent = func(frame []byte) string {
		if bytes.HasPrefix(frame, []byte("READING 200 ")) {
			return string(frame)
		}
		return ""
	}
	w.Denied, w.Ack = "DENIED", "HEARTBEAT_ACK\n"
	w.Twice = true
	return w
}

func serveKind(f *storm.Fake) {
	f.Reply("heartbeat", "HEARTBEAT_ACK")
	f.Reply("login", "OK")
	f.Reply("set", "OK")
	f.Reply("bye", "OK")
	f.Handle("read", func(r *device.Request) { f.Answer(r, "READING "+r.Words()[1]+" 21.5 C") })
	f.Handle("watch", func(r *device.Request) { r.Reply("WATCHING " + r.Words()[1]) })
	f.Handle("unwatch", func(r *device.Request) { r.Reply("UNWATCHED " + r.Words()[1]) })
}

func askKind(h storm.Handle, r *rand.Rand, n int) storm.Op {
	ch, p := channel(r), planOf(h)
	name := strconv.Itoa(int(ch))
	switch r.IntN(4) {
	case 0:
		return op(h, plantest.Read(p, ch), "READ "+name, "", "READING "+name+" ")
	case 1:
		return op(h, plantest.Watch(p, ch), "WATCH "+name, name, "WATCHING "+name)
	case 2:
		return op(h, plantest.Unwatch(p, ch), "UNWATCH "+name, name, "UNWATCHED "+name)
	default:
		return set(h, ch, n)
	}
}

func set(h storm.Handle, ch uint8, n int) storm.Op {
	return op(h, plantest.Set(planOf(h), ch, strconv.Itoa(n)), fmt.Sprintf("SET %d %d", ch, n), "", "OK")
}

func knowKind(command string, frame []byte) (id, key string) {
	switch command {
	case "read", "set":
		return string(frame), ""
	case "watch", "unwatch":
		_, key, _ = strings.Cut(string(frame), " ")
		return string(frame), key
	}
	return "", ""
}
