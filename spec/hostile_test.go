package spec_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/linewright/linewright/spec"
	"github.com/stretchr/testify/require"
)

// hostile are documents that are YAML, and even sections of a spec, but try to
// make what comes after costly. Package document has those that are refused
// before.
func hostile() []struct{ name, source string } {
	repeat := strings.Repeat
	return []struct{ name, source string }{
		{"unknown keys", tiny(times(15_000, "endpoimt#: 1\n"))},
		{"unknown names", with(times(9_000, "  message_number_#: {receive: \"M#\"}\n"), times(9_000, "  command_number_#: {send: \"C#\", reply: massage_nummer_#}\n"))},
		{"one template's places", with("  m: {receive: \""+repeat("{x:nope} \\n", 1_400)+"\"}\n", "")},
		{"a long template", with("  m: {receive: \""+repeat("{{", 1<<20)+"\"}\n", "")},
		{"many long templates", with(times(60, "  m#: {receive: \"M#"+repeat("{{", 8_000)+"\"}\n"), "")},
		{"a long value", with("", "  c: {send: \"{a:text}\", set: {a: \""+repeat("{{", 1<<20)+"\"}, reply: none}\n")},
		{"messages that are the same", with(times(3_000, "  m#: {receive: \"M {a:text}\", event: true}\n"), "")},
		{"messages without a beginning", with(times(5_000, "  m#: {receive: \"{a:word} {b:word}#\", event: true}\n"), "")},
		{"two-line messages that begin alike", with(times(10_000, "  m#: {receive: \"M {a:word}\\n#\", event: true}\n"), "")},
		{"many fields", with("  m: {receive: \"M"+times(1_100, " {a#:word}")+"\", event: true}\n", "")},
		{"many replies", with(times(400, "  m#: {receive: \"M#\"}\n"), times(400, "  c#: {send: \"C#\", reply: ["+times(400, "m#,")+"]}\n"))},
		{"types in each other", tiny("types:\n" + times(5_000, "  T#: {layout: \"{a:T#}{b:T#}\"}\n"))},
		{"types that double", tiny("types:\n  T0: {layout: \"{a:word}\"}\n"+doubling(60), "messages: {pong: {receive: \"PONG\"}, m: {receive: \"{x:T59}\", event: true}}")},
		{"objects that double", tiny("types:\n  T0: {json: {a: \"{a:text}\"}}\n"+doublingJSON(60), "commands:\n  ping: {send: \"PING\", reply: pong}\n  c: {send: \"C {x:T59}\", reply: none}\n")},
		{"sources", tiny("sources: {" + times(19_000, "s#: x,") + "}")},
		{"padded text", typed(times(1_400, "  K#: {enum: {k: K}}\n"), times(1_400, "  m#: {receive: \"{k:K#}:{p:padded(text,220)}\", event: true}\n"), "")},
		{"padded numbers", typed(times(1_000, "  K#: {enum: {k: K}}\n"), times(1_000, "  m#: {receive: \"{k:K#}:{p:padded(decimal,250)}\", event: true}\n"), "")},
		{"lists of long layouts", typed("  L: {layout: \""+times(300, "{a#:uint64} ")+"{z:word}\"}\n", times(200, "  m#: {receive: \"M {x:list(L,',')};{k:bool('#','-')}\", event: true}\n"), "")},
		{"many values that refuse", with("  m: {receive: \"M {x:uint32}\", error: {field: x, refused: ["+times(100_000, "#,")+"]}}\n", "")},
		{"unknown values of an enum", typed("  E: {enum: {"+times(15_000, "value_number_#: v#,")+"}}\n", "  m: {receive: \"M {x:E}\", error: {field: x, refused: ["+times(3_000, "walue_nummer_#,")+"]}}\n", "")},
		{"all values of an enum", typed("  E: {enum: {"+times(15_000, "value_number_#: v#,")+"}}\n", "  m: {receive: \"M {x:E}\", error: {field: x, refused: ["+times(15_000, "value_number_#,")+"]}}\n", "")},
		{"a JSON type of many members", typed("  J: {json: {"+times(900, "\"k#?\": \"{f#:text}\",")+"}}\n",
			"  m:\n    receive: \"M {x:J}\"\n    examples:\n"+times(2_000, "      - {wire: 'M {\"k#\":\"v\"}', is: {}}\n")+"      - {wire: M, bad: literal}\n", "")},
		{"examples of unknown fields", with("  m:\n    receive: \"M"+times(900, " {a#:word}")+"\"\n    examples:\n      - {wire: M, is: {"+times(3_000, "walue_nummer_#: 1,")+"}}\n", "")},
		{"steps without values", session("  c: {send: \"C"+times(700, " {f#:word}")+"\", reply: none}\n", "{login: ["+times(5_000, "{do: c},")+"]}")},
		{"steps with many values", "parameters: {" + times(700, "f#: {type: word},") + "}\n" + session("  c: {send: \"C"+times(700, " {f#:word}")+"\", reply: none}\n", "{login: ["+times(5_000, "{do: c},")+"]}")},
		{"arguments of many steps", with("", times(100, "  c#: {send: \"C#"+strings.ReplaceAll(times(30, " {fX_#:word}"), "X", "#")+"\", reply: none}\n")+"  s: {steps: ["+times(100, "{do: c#},")+times(4_000, "{do: c1},")+"]}\n")},
		{"errors of many steps", tiny("replies: {match: kind, errors: ["+times(400, "e#,")+"]}", "messages:\n  pong: {receive: \"PONG\"}\n"+times(400, "  e#: {receive: \"E#\", error: failed}\n"),
			"commands:\n  ping: {send: \"PING\", reply: pong}\n"+times(200, "  s#: {steps: ["+times(40, "{do: ping},")+"]}\n"))},
		{"errors of every command", tiny("replies: {match: kind, errors: ["+times(5_000, "e#,")+"]}", "messages:\n  pong: {receive: \"PONG\"}\n"+times(5_000, "  e#: {receive: \"E#\", error: failed}\n"),
			"commands:\n  ping: {send: \"PING\", reply: pong, errors: []}\n"+times(5_000, "  c#: {send: \"C#\", reply: pong}\n"))},
		{"fields of a large open enum", typed("  E: {open: true, enum: {"+times(15_000, "value_number_#: v#,")+"}}\n", times(20, "  m#: {receive: \"M#"+times(900, " {a#:E}")+"\", event: true}\n"), "")},
		{"JSON messages without a constant", object(times(5_000, "  m#: {receive: {a: \"{a:text}\", b#: \"{b:text}\"}, event: true}\n"))},
		{"JSON messages that are the same", object(times(3_000, "  m#: {receive: {class: A, a: \"{a:text}\"}, event: true}\n"))},
		{"large JSON messages", object(times(50, "  m#: {receive: {"+times(900, "\"k#?\": \"{f#:text}\",")+"m#: 1}, event: true}\n"))},
		{"a JSON message of constants", object("  m: {receive: {a: [" + times(20_000, "#,") + "]}, event: true}\n")},
		{"JSON in JSON", object("  m: {receive: {a: " + repeat("[", 900) + repeat("]", 900) + "}, event: true}\n")},
		{"forms of a type", typed("  O: {one_of: {"+times(15_000, "f#: \"f#,\",")+"}}\n", "  m: {receive: \"M {o:O}\", event: true}\n", "")},
		{"many uses of a type with many forms", typed("  O: {one_of: {"+times(900, "f#: \"f#,{x:uint8}\",")+"}}\n", times(300, "  m#: {receive: \"M {o:O} {k:bool('#','-')}\", event: true}\n"), "")},
		{"types that hold each other", typed(circle(12, "{x#:T#};", "one_of: {a: \"a@\", b: b}"), "  m: {receive: \"M {x:T1}\", event: true}\n", "")},
		{"types of several lines that hold each other", typed(circle(9, "f#: \"f#,\\n{x:T#}\", ", "one_of: {@b: b}"), "  m: {receive: \"M\\n{x:list(T1)}\\nEND\", event: true}\n", "")},
		{"keys of pairs", typed("  P: {pairs: {"+times(19_000, "k#: text,")+"}}\n", "  m: {receive: \"M\\n{p:P}\\nEND\", event: true}\n", "")},
		{"variants of a type", packets("{#payload:u16} {payload}", "  O: {one_of: {"+times(15_000, "f#: '\"#,\" {x:u8}',")+"}}\n", "  m: {receive: \"{x:O}\", event: true}\n")},
		{"a large layout of many messages", packets(times(900, "{a#:u8} ")+"{#payload:u32} {payload}", "  A: {layout: \"{a:u8}\"}\n", times(3_000, "  m#: {receive: \"{x:u8} 01\", event: true}\n"))},
		{"binary messages without a beginning", packets("{#payload:u16} {payload}", "  A: {layout: \"{a:u8}\"}\n", times(5_000, "  m#: {receive: '{a:u8} {b:u8} \"#\"', event: true}\n"))},
		{"parts of one flag", packets("{#payload:u16} {payload}", "  A: {layout: \"{a:u8}\"}\n", "  m: {receive: \"{f:u1}{_:u7} "+times(900, "{f?{x#:u8}} ")+"\", event: true}\n")},
		{"many kinds of frames", tiny("frames: {" + times(9_000, "f#: {ends: LF, max: 1KiB},") + "}")},
		{"values that double", session("  c: {send: \"C {a:word}\", reply: none}\n", "{login: [{let: {l0: x}},"+doublingLets(60)+"{do: c, with: {a: \"{l59}\"}}]}")},
		{"messages before many replies", with(times(400, "  m#: {receive: \"M#\"}\n"), times(400, "  c#: {send: \"C#\", each: ["+times(400, "m#,")+"], reply: pong}\n"))},
		{"prompts", with(times(1_000, "  m#: {receive: \"{a:word}#>{NOEOL}\"}\n"), "  c: {send: \"C\", reply: ["+times(1_000, "m#,")+"]}\n")},
		{"what may come inside", typed("  L: {layout: \"L {x:word}\"}\n", times(300, "  i#: {receive: \"{a:word} I#\", inside: true, error: failed}\n")+times(300, "  m#: {receive: \"M#\\n{x:list(L)}\\nEND\"}\n"), times(300, "  c#: {send: \"C#\", reply: m#, errors: ["+times(300, "i#,")+"]}\n"))},
		{"JSON messages of optional members", object(times(2_000, "  m#: {receive: {\"a?\": \"{a:text}\", \"b?\": \"{b:text}\", \"c?\": \"{c:text}\", k#: \"{d:json}\"}, event: true}\n"))},
		{"JSON messages that keep the others", object(times(900, "  m#: {receive: {\"a#?\": \"{a:text}\"}, others: keep, event: true}\n"))},
		{"errors with ids", tiny("replies: {match: {id: x}, in_flight: 30, errors: ["+times(500, "e#,")+"]}", "messages:\n  pong: {receive: \"PONG\"}\n"+times(500, "  e#: {receive: \"E{x:uint32} #\", error: failed}\n"),
			"commands:\n  ping: {send: \"PING\", reply: pong, errors: []}\n"+times(500, "  c#: {send: \"C{x:uint32}#\", reply: [pong]}\n"))},
		{"echoed fields", with(times(40, "  m#: {receive: \"M#"+times(700, " {a#:word}")+"\"}\n"), "  c: {send: \"C"+times(700, " {a#:word}")+"\", reply: ["+times(40, "m#,")+"], echo: ["+times(700, "a#,")+"]}\n")},
	}
}

// TestHostileSpecs compares the time that each takes with that of an ordinary
// document of 1,000 messages, measured just before: a machine that is busy is
// slow at both. What is not linear takes a hundred times as long.
func TestHostileSpecs(t *testing.T) {
	const most = 30
	ordinary := large(1_000)
	for _, tt := range hostile() {
		t.Run(tt.name, func(t *testing.T) {
			var findings []spec.Finding
			ratio := 0.0
			for range 5 { // whoever shares the machine comes and goes
				unit := took(func() { spec.Load("ordinary.yaml", []byte(ordinary)) })
				d := took(func() { _, findings = spec.Load("hostile.yaml", []byte(tt.source)) })
				ratio = float64(d) / float64(unit)
				t.Logf("%-35s %8d bytes, %4d findings in %v, %.1f times an ordinary document; at most %d", tt.name, len(tt.source), len(findings), d.Round(time.Millisecond), ratio, most)
				if ratio <= most || ratio > 10*most {
					break
				}
			}
			require.LessOrEqual(t, len(findings), 1001)
			require.LessOrEqual(t, ratio, float64(most))
		})
	}
}

// TestNamesOfVendorsStayInPlace: a vendor's name becomes a folder's.
func TestNamesOfVendorsStayInPlace(t *testing.T) {
	for _, name := range []string{
		"../x", "..", ".", "/x", `"\\x"`, `'C:\x'`, "a/b", `'a\b'`, "a.b", "x:y", "X", "_x", `"x\0"`, `"x\n"`, `""`, "~", "CON", "é",
		strings.Repeat("x", 200),
	} {
		p, findings := spec.Load("hostile.yaml", []byte(tiny("vendor: "+name)))
		require.Nil(t, p, name)
		require.NotEmpty(t, findings, name)
	}
}

func took(f func()) time.Duration {
	began := time.Now()
	f()
	return time.Since(began)
}

// typed is with, with types.
func typed(types, messages, commands string) string {
	return "types:\n" + types + with(messages, commands)
}

// object is with, where frames are JSON objects.
func object(messages string) string {
	return tiny("frames: {line: {content: json, ends: LF, max: 1MiB}}",
		"messages:\n  pong: {receive: {pong: 1}}\n"+messages, "commands:\n  ping: {send: {ping: 1}, reply: pong}\n")
}

// packets is a document of binary frames with a layout.
func packets(layout, types, messages string) string {
	return tiny("frames: {f: {content: binary, order: big, layout: \""+layout+"\", max: 1MiB}}", "types:\n"+types, "messages:\n"+messages, "commands: {}",
		"liveness: {detect_within: 30s, keepalive: {idle: 10s, interval: 5s, count: 3}}")
}

// circle are n types each of which holds all.
func circle(n int, held, body string) string {
	return times(n, "  T#: {"+strings.ReplaceAll(body, "@", times(n, held))+", depth: 3}\n")
}

// doublingLets are values each of which holds the one before twice.
func doublingLets(n int) string {
	var b strings.Builder
	for i := 1; i < n; i++ {
		fmt.Fprintf(&b, "{let: {l%d: \"{l%d + l%d}\"}},", i, i-1, i-1)
	}
	return b.String()
}

// session is with, with a session.
func session(commands, session string) string {
	return "session: " + session + "\n" + with("", commands)
}

// with is the small document with more messages and commands.
func with(messages, commands string) string {
	return tiny("messages:\n  pong: {receive: \"PONG\"}\n"+messages,
		"commands:\n  ping: {send: \"PING\", reply: pong}\n"+commands)
}

// times repeats a text with # as its number.
func times(n int, text string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(text, "#", fmt.Sprint(i)))
	}
	return b.String()
}

// doubling is types each of which holds the one before twice.
func doubling(n int) string {
	var b strings.Builder
	for i := 1; i < n; i++ {
		fmt.Fprintf(&b, "  T%d: {layout: \"{a:T%d} {b:T%d}\"}\n", i, i-1, i-1)
	}
	return b.String()
}

// doublingJSON is doubling with JSON objects.
func doublingJSON(n int) string {
	var b strings.Builder
	for i := 1; i < n; i++ {
		fmt.Fprintf(&b, "  T%d: {json: {a: \"{a:T%d}\", b: \"{b:T%d}\"}}\n", i, i-1, i-1)
	}
	return b.String()
}

// TestTypesThatDoubleAreRefused: written out, they would be a struct that no
// memory holds.
func TestTypesThatDoubleAreRefused(t *testing.T) {
	for _, source := range []string{
		tiny("types:\n  T0: {layout: \"{a:word} {b:word}\"}\n"+doubling(15), "commands:\n  ping: {send: \"PING\", reply: pong}\n  c: {send: \"C {x:T14}\", reply: none}\n"),
		tiny("types:\n  T0: {json: {a: \"{a:text}\"}}\n"+doublingJSON(15), "commands:\n  ping: {send: \"PING\", reply: pong}\n  c: {send: \"C {x:T14}\", reply: none}\n"),
		tiny("types:\n  T0: {json: {a: \"{a:text}\"}}\n" + doublingJSON(18)),
	} {
		p, findings := spec.Load("double.yaml", []byte(source))
		require.Nil(t, p)
		require.True(t, slices.ContainsFunc(findings, func(f spec.Finding) bool { return f.Rule == "template-large" }), "%v", findings)
	}
}
