package generator_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generator"
	"github.com/linewright/linewright/spec"
)

// TestHostileSpecsStaySmall: a document cannot become much more Go than it is
// itself, nor Go that takes long to make: each type and message is written once,
// however often others name it.
func TestHostileSpecsStaySmall(t *testing.T) {
	const head = `linewright: 1
vendor: hostile
version: 1.0.0
sources: {m: x}
endpoint: {port: 1, tls: never}
frames: {line: {ends: LF, max: 1MiB}}
liveness: {detect_within: 2s, probe: {send: ping, every: 1s, timeout: 1s}}
replies: {match: kind}
messages: {pong: {receive: "PONG"}}
`
	const ping = "commands:\n  ping: {send: \"PING\", reply: pong, private: true}\n"
	for name, body := range map[string]string{
		"layouts that double": "types:\n  T0: {layout: \"{a:word} {b:word}\"}\n" +
			repeat(1, 11, "  T%d: {layout: \"{a:T%[2]d} {b:T%[2]d}\"}\n") + ping + "  c: {send: \"C {x:T10}\", reply: none}\n",
		"objects that double": "types:\n  T0: {json: {a: \"{a:text}\"}}\n" +
			repeat(1, 11, "  T%d: {json: {a: \"{a:T%[2]d}\", b: \"{b:T%[2]d}\"}}\n") + ping + "  c: {send: \"C {x:T10}\", reply: none}\n",
		"one layout in many commands": "types:\n  T: {layout: \"{a:word}" + repeat(1, 200, " {a%d:word}") + "\"}\n" + ping +
			repeat(1, 300, "  c%d: {send: \"C%[1]d {x:T};{y:T};\", reply: none}\n"),
		"an enum of many values":   "types: {E: {enum: {" + repeat(0, 5000, "v%d: V%[1]d, ") + "}}}\n" + ping + "  c: {send: \"C {e:E}\", reply: none}\n",
		"many names of 64 letters": ping + repeat(1000, 2000, "  c"+strings.Repeat("x", 58)+"%d: {send: \"C%[1]d {a:word}\", reply: none}\n"),
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			p, findings := spec.Load("hostile.yaml", []byte(head+body))
			if len(findings) > 0 {
				require.Equal(t, "template-large", findings[0].Rule, "%s", findings[0].Message)
				return
			}
			files, problems := generator.Generate(p, generator.Options{})
			require.Empty(t, problems)
			size := 0
			for _, f := range files {
				size += len(f.Data)
			}
			t.Logf("%d bytes became %d in %s", len(body), size, time.Since(began).Round(time.Millisecond))
			require.Less(t, size, 20_000+60*len(head+body))
			require.Less(t, time.Since(began), time.Minute)
		})
	}
}

// repeat writes a line for each number, which it is given with the one before.
func repeat(from, to int, line string) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		if strings.Contains(line, "[2]") {
			fmt.Fprintf(&b, line, i, i-1)
		} else {
			fmt.Fprintf(&b, line, i)
		}
	}
	return b.String()
}
