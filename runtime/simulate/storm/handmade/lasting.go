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

// Lasting is the message server: a greeting, subscriptions that nothing
// confirms.
func Lasting() *storm.Workload {
	w := base("lasting", func(uint64) *session.Plan { return plantest.Lasting(plantest.Also(offered)) })
	w.Offer = func(f *storm.Fake, tls bool) { f.Greet(fmt.Sprintf("INFO {tls: %v}", tls)) }
	w.Serve = func(f *storm.Fake) {
		w.Offer(f, true)
		f.Reply("ping", "PONG")
		for _, command := range []string{"connect", "pong", "pub", "sub", "unsub"} {
			f.Handle(command, func(*device.Request) {})
		}
	}
	w.Ask = askLasting
	w.Flood = func(h storm.Handle, r *rand.Rand, n int) storm.Op { return pub(h, n, r.IntN(3000)) }
	w.Know = knowLasting
	w.Event = func(n int) string {
		if n%4 == 0 {
			return "PING" // it is answered, and no event
		}
		return string(plantest.Msg("news", 1, []byte(strconv.Itoa(n))))
	}
	w.KnowEvent = func(frame []byte) string {
		if bytes.HasPrefix(frame, []byte("MSG ")) {
			return string(frame)
		}
		return ""
	}
	w.Denied = "-ERR 'Authorization Violation'"
	return w
}

// offered: TLS is for servers that offer it, says the script; that must not help
// whoever takes the offer away.
func offered(p *session.Plan) {
	info := plantest.Message(p, "info")
	for i := range p.Login {
		if s := &p.Login[i]; s.Kind == session.StepStartTLS {
			s.When = func(v *session.Vars) bool { return bytes.Contains(v.Captured[info], []byte("tls: true")) }
		}
	}
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
