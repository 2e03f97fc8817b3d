package handmade

import (
	"bytes"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate/storm"
)

// Lasting is the message server: a greeting, subscriptions that nothing
// confirms.
func Lasting() *storm.Workload {
	w := base("lasting", func(uint64) *session.Plan { return plantest.Lasting() })
	w.Serve = func(f *storm.Fake) {
		f.Greet("INFO {}")
		f.Reply("ping", "PONG")
		for _, command := range []string{"connect", "pong", "pub", "sub", "unsub"} {
			f.Handle(command, func(*device.Request) {})
		}
	}
	w.Ask = askLasting
	w.Flood = func(h storm.Handle, r *rand.Rand, n int) storm.Op { return pub(h, n, r.IntN(3000)) }
	w.Know = knowLasting
	w.Event = func(n int) string { return string(plantest.Msg("news", 1, []byte(strconv.Itoa(n)))) }
	w.KnowEvent = func(frame []byte) string {
		if bytes.HasPrefix(frame, []byte("MSG ")) {
			return string(frame)
		}
		return ""
	}
	w.Denied = "-ERR 'Authorization Violation'"
	return w
}

func askLasting(h storm.Handle, r *rand.Rand, n int) storm.Op {
	sid := uint64(r.IntN(3))
	key := strconv.FormatUint(sid, 10)
	switch r.IntN(6) {
	case 0:
		return op(h, plantest.Sub(planOf(h), "news", sid), "SUB news "+key, key, "")
	case 1:
		return op(h, plantest.Unsub(planOf(h), sid), "UNSUB "+key, key, "")
	default:
		return pub(h, n, r.IntN(900))
	}
}

func pub(h storm.Handle, n, size int) storm.Op {
	subject := strconv.Itoa(n)
	return op(h, plantest.Pub(planOf(h), subject, bytes.Repeat([]byte("x"), size)), "PUB "+subject, "", "")
}

func knowLasting(command string, frame []byte) (id, key string) {
	words := strings.Fields(string(frame))
	switch command {
	case "pub":
		return "PUB " + words[1], ""
	case "sub", "unsub":
		return string(frame), words[len(words)-1]
	}
	return "", ""
}
