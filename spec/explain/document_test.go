package explain

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/internal/quantity"
	"github.com/linewright/linewright/spec/model"
)

// opened is a document, ready to be run and explained.
type opened struct {
	source   string
	protocol *dynamic.Protocol
	model    *model.Protocol
}

func open(t testing.TB, source string) opened {
	t.Helper()
	m, findings := spec.Load("random.yaml", []byte(source))
	require.Empty(t, findings, source)
	p, err := dynamic.Open(m)
	require.NoError(t, err)
	return opened{source, p, m}
}

// random is a document whose numbers are drawn; most draws are good documents.
func random(t testing.TB, r *rand.Rand) opened {
	t.Helper()
	for range 100 {
		source := draw(r)
		if _, findings := spec.Load("random.yaml", []byte(source)); len(findings) == 0 {
			return open(t, source)
		}
	}
	t.Fatal("100 documents, and none that loads")
	return opened{}
}

// pick is one of several.
func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

// between is a duration, in whole steps.
func between(r *rand.Rand, low, high, step time.Duration) string {
	return quantity.Duration(low + time.Duration(r.Int64N(int64((high-low)/step)+1))*step)
}

func draw(r *rand.Rand) string {
	var life []string
	if r.IntN(5) > 0 {
		life = append(life, fmt.Sprintf("probe: {send: ping, every: %s, timeout: %s, misses: %d, when: %s}",
			between(r, time.Second, time.Minute, 100*time.Millisecond), between(r, 100*time.Millisecond, 10*time.Second, 100*time.Millisecond),
			1+r.IntN(4), pick(r, "idle", "always")))
		if strings.HasSuffix(life[0], "always}") {
			life = append(life, pick(r, "", "life: probe"))
		}
	}
	if len(life) == 0 || r.IntN(3) == 0 {
		life = append(life, "silence: "+between(r, time.Second, 2*time.Minute, time.Second))
	}
	if r.IntN(3) == 0 {
		life = append(life, "beat: {send: alive, every: "+between(r, time.Second, time.Minute, time.Second)+"}")
	}
	replies := pick(r,
		"match: order, in_flight: "+pick(r, "1", "4"),
		"match: kind, in_flight: 1")
	timeouts := fmt.Sprintf("{reply: %s, write: %s, frame: %s, connect: %s}",
		between(r, 100*time.Millisecond, 20*time.Second, 100*time.Millisecond), between(r, time.Second, 20*time.Second, time.Second),
		between(r, time.Second, 2*time.Minute, time.Second), between(r, time.Second, 10*time.Second, time.Second))
	reconnect := fmt.Sprintf("{initial: %s, factor: %s, max: %s, jitter: %d%%, stable_after: %s}",
		between(r, 100*time.Millisecond, 5*time.Second, 100*time.Millisecond), pick(r, "1", "1.5", "2", "3"),
		between(r, 5*time.Second, time.Minute, time.Second), r.IntN(101), between(r, time.Second, time.Minute, time.Second))
	slow := "  slow: {send: \"SLOW {n:uint8}\", reply: value, echo: [n], timeout: " + between(r, time.Second, time.Minute, time.Second) + "}\n"
	hold := pick(r, "", `  hold: {send: "HOLD", reply: pong, timeout: 3s}`+"\n")
	return fmt.Sprintf(skeleton, strings.Join(nonEmpty(life), ", "), reconnect, replies+", late: "+pick(r, "close", "swallow")) +
		slow + hold + "timeouts: " + timeouts + "\n"
}

// skeleton lacks what keeps watch, when to dial again, and how replies are matched.
const skeleton = `linewright: 1
vendor: drawn
version: 1.0.0
sources: {test: made up}
endpoint: {port: 1, tls: never}
frames: {line: {ends: [LF], max: 1KiB}}
liveness: {detect_within: 24h, %s}
reconnect: %s
replies: {%s}
messages:
  pong: {receive: "PONG"}
  value: {receive: "VALUE {n:uint8}", examples: [{wire: "VALUE 1", is: {n: 1}}, {wire: "VALUE x", bad: n}]}
  note: {receive: "NOTE {text:text}", event: true, examples: [{wire: "NOTE x", is: {text: x}}, {wire: "NOTE", bad: literal}]}
commands:
  ping: {send: "PING", reply: pong}
  alive: {send: "ALIVE", reply: none}
  get: {send: "GET {n:uint8}", reply: value, echo: [n]}
  say: {send: "SAY {text:text}", reply: none}
`

func nonEmpty(all []string) (some []string) {
	for _, s := range all {
		if s != "" {
			some = append(some, s)
		}
	}
	return some
}
