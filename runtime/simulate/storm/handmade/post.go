package handmade

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate/storm"
)

// Post is the post office, which takes a letter by several commands, while others ask it
// how many it has.
func Post() *storm.Workload {
	w := base("post", func(seed uint64) *session.Plan {
		mods := []plantest.Mod{plantest.OneMode(), plantest.Also(twice), plantest.InFlight(2 + int(seed%3)), liveness[seed%5]}
		if seed%2 == 0 {
			mods = append(mods, plantest.Also(func(p *session.Plan) { p.Match = session.MatchKind }))
		}
		if seed%3 == 0 {
			mods = append(mods, plantest.Logout("reset", "RESET\n"))
		}
		return plantest.Post(mods...)
	})
	w.Serve = servePost
	w.Ask = func(h storm.Handle, r *rand.Rand, n int) storm.Op {
		if r.IntN(3) == 0 {
			return op(h, plantest.Count(planOf(h)), "", "", "COUNT")
		}
		return letter(h, r, n)
	}
	w.Flood = func(h storm.Handle, r *rand.Rand, n int) storm.Op { return letter(h, r, n) }
	w.Know = func(command string, frame []byte) (id, key string) {
		if command == "from" {
			return string(frame), ""
		}
		return "", ""
	}
	w.Denied, w.Ack = "NO", "PONG\n"
	return w
}

// twice lets a command be tried again that may come twice.
func twice(p *session.Plan) {
	from, to := &p.Sequences[0].Steps[0], &p.Sequences[0].Steps[1]
	to.RetryTimes, to.RetryAfter, from.RetryTimes = 2, from.RetryAfter, 0
}

func servePost(f *storm.Fake) {
	f.Reply("hello", "OK")
	f.Reply("ping", "PONG")
	f.Reply("text", "GO")
	f.Reply("letter", "OK")
	f.Reply("reset", "OK")
	f.Reply("count", "COUNT 1")
	f.Handle("from", func(r *device.Request) { r.Reply(taken(r, 11, "NO")) })
	f.Handle("to", func(r *device.Request) { r.Reply(taken(r, 7, "LATER")) })
}

// taken is OK, but for every so many.
func taken(r *device.Request, every int, answer string) string {
	if n, err := strconv.Atoi(r.Words()[1]); err == nil && n%every == 0 {
		return answer
	}
	return "OK"
}

// letter sends one to some who get it.
func letter(h storm.Handle, r *rand.Rand, n int) storm.Op {
	l := &plantest.Letter{From: strconv.Itoa(n), Text: "LETTER " + strconv.Itoa(n)}
	for range r.IntN(4) {
		l.To = append(l.To, strconv.Itoa(r.IntN(50)))
	}
	first := "FROM " + l.From
	return storm.Op{ID: first, Want: "OK", Command: "from", Do: func(ctx context.Context) (string, error) {
		call := h.(*runtime.Client).BeginSequence(0, l)
		defer call.Release()
		call.Frame = fmt.Append(call.Frame, first, "\n") // for the record
		if err := call.Do(ctx); err != nil {
			return "", err
		}
		if call.Class != session.ClassNone {
			return "", errAnswered
		}
		return string(call.Reply), nil
	}}
}
