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

// TestHostileSpecs: documents that are YAML, and even sections of a spec, but
// try to make what comes after costly. Package document has those that are
// refused before. The times are printed; the test allows for slow machines.
func TestHostileSpecs(t *testing.T) {
	repeat := strings.Repeat
	for _, tt := range []struct{ name, source string }{
		{"unknown keys", tiny(times(15_000, "endpoimt#: 1\n"))},
		{"unknown names", with(times(9_000, "  message_number_#: {receive: \"M#\"}\n"), times(9_000, "  command_number_#: {send: \"C#\", reply: massage_nummer_#}\n"))},
		{"one template's places", with("  m: {receive: \""+repeat("{x:nope} \\n", 1_400)+"\"}\n", "")},
		{"a long template", with("  m: {receive: \""+repeat("{{", 1<<20)+"\"}\n", "")},
		{"many long templates", with(times(60, "  m#: {receive: \"M#"+repeat("{{", 8_000)+"\"}\n"), "")},
		{"a long value", with("", "  c: {send: \"{a:text}\", set: {a: \""+repeat("{{", 1<<20)+"\"}, reply: none}\n")},
		{"messages that are the same", with(times(3_000, "  m#: {receive: \"M {a:text}\", event: true}\n"), "")},
		{"messages without a beginning", with(times(5_000, "  m#: {receive: \"{a:word} {b:word}#\", event: true}\n"), "")},
		{"many fields", with("  m: {receive: \"M"+times(1_500, " {a#:word}")+"\", event: true}\n", "")},
		{"many replies", with(times(400, "  m#: {receive: \"M#\"}\n"), times(400, "  c#: {send: \"C#\", reply: ["+times(400, "m#,")+"]}\n"))},
		{"types in each other", tiny("types:\n" + times(5_000, "  T#: {layout: \"{a:T#}{b:T#}\"}\n"))},
		{"types that double", tiny("types:\n  T0: {layout: \"{a:word}\"}\n"+doubling(60), "messages: {pong: {receive: \"PONG\"}, m: {receive: \"{x:T59}\", event: true}}")},
		{"objects that double", tiny("types:\n  T0: {json: {a: \"{a:text}\"}}\n"+doublingJSON(60), "commands:\n  ping: {send: \"PING\", reply: pong}\n  c: {send: \"C {x:T59}\", reply: none}\n")},
		{"sources", tiny("sources: {" + times(19_000, "s#: x,") + "}")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			began := time.Now()
			_, findings := spec.Load("hostile.yaml", []byte(tt.source))
			took := time.Since(began)
			t.Logf("%-30s %8d bytes, %4d findings in %s", tt.name, len(tt.source), len(findings), took.Round(time.Millisecond))
			require.LessOrEqual(t, len(findings), 1001)
			require.Less(t, took, time.Minute)
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
