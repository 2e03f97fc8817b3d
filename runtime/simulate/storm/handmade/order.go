package handmade

import (
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate/storm"
)

// Order is the store: replies in the order of the commands.
func Order() *storm.Workload {
	w := base("order", func(seed uint64) *session.Plan {
		mods := []plantest.Mod{plantest.InFlight(1 + int(seed%9))}
		if seed%2 == 0 {
			mods = append(mods, plantest.Swallow())
		}
		return plantest.Order(mods...)
	})
	w.Serve = func(f *storm.Fake) {
		f.Reply("ping", "+PONG")
		f.Reply("auth", "+OK")
		f.Reply("set", "+OK")
		f.Handle("get", func(r *device.Request) {
			key := plantest.Arguments(r.Frame)[1]
			r.Replyf("$%d\r\n%s", len(key), key)
		})
		f.Handle("incr", func(r *device.Request) { r.Reply(":" + plantest.Arguments(r.Frame)[1]) })
	}
	w.Ask = askOrder
	w.Flood = func(h storm.Handle, r *rand.Rand, n int) storm.Op {
		return put(h, n, strings.Repeat("x", r.IntN(3000)))
	}
	w.Know = func(command string, frame []byte) (id, key string) {
		if args := plantest.Arguments(frame); len(args) > 1 && command != "auth" {
			return args[0] + " " + args[1], ""
		}
		return "", ""
	}
	w.Denied = "-WRONGPASS invalid"
	w.Exact = true
	return w
}

func askOrder(h storm.Handle, r *rand.Rand, n int) storm.Op {
	key := strconv.Itoa(n)
	switch r.IntN(3) {
	case 0:
		return op(h, plantest.Get(planOf(h), key), "GET "+key, "", "$"+strconv.Itoa(len(key))+"\r\n"+key)
	case 1:
		return op(h, plantest.Incr(planOf(h), key), "INCR "+key, "", ":"+key)
	default:
		return put(h, n, "+PONG\r\n$1\r\n")
	}
}

func put(h storm.Handle, n int, value string) storm.Op {
	key := strconv.Itoa(n)
	return op(h, plantest.Put(planOf(h), key, value), "SET "+key, "", "+OK")
}
