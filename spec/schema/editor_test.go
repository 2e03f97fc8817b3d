package schema_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// head is what a document needs, but for its liveness.
const head = `linewright: 1
vendor: tiny
version: 1.0.0
sources: {manual: rev A}
endpoint: {port: 1234}
frames: {line: {ends: LF, max: 4KiB}}
replies: {match: kind}
`

const alive = head + "liveness: {detect_within: 15s, silence: 15s}\n"

// TestEditorCompletes: what yaml-language-server offers where somebody writes, with
// what it means.
func TestEditorCompletes(t *testing.T) {
	e := edit(t)
	for _, c := range []struct {
		text string
		want map[string]string // label → a part of what is said and inserted
	}{
		{"liveness:\n  |\n", map[string]string{"detect_within": "What the document promises", "probe": "A command with an answer", "silence": "${1:30s}"}},
		{"liveness:\n  probe:\n    |\n", map[string]string{"every": "After the last byte", "misses": "Default: `1`"}},
		{"liveness:\n  probe:\n    every: |\n", map[string]string{"10s": "10s"}},
		{"messages:\n  ok:\n    event: |\n", map[string]string{"also": "answers a command too", "false": "", "true": "", "state": ""}},
		{"messages:\n  ok:\n    error: |\n", map[string]string{"refused": "reconnect.refused"}},
		{"types:\n  Foo:\n    |\n", map[string]string{"enum": "name and wire form", "is": "", "layout": "", "one_of": "", "pairs": "", "json": "", "doc": ""}},
		{"types:\n  Foo:\n    enum: {a: b}\n    |\n", map[string]string{"as": "", "open": "${1:true}"}},
		{"commands:\n  both:\n    steps:\n      - |\n", map[string]string{"do": "whose reply is awaited", "for": ""}},
		{"parameters:\n  x:\n    type: |\n", map[string]string{"uint16": "from 0 to 65535", "padded": "filled with blanks"}},
		{"replies:\n  match: |\n", map[string]string{"order": "in the order of their commands", "kind": ""}},
	} {
		offered := e.offered(c.text)
		for label, part := range c.want {
			assert.Contains(t, offered, label, c.text)
			assert.Contains(t, offered[label], part, c.text)
		}
	}
}

// TestEditorTells: what it shows where the pointer rests.
func TestEditorTells(t *testing.T) {
	e := edit(t)
	for text, want := range map[string]string{
		"liveness: {det|ect_within: 5s}\n":            "What the document promises; the other numbers are compared with it.",
		"unexpected: {frame: re|sync}\n":              "* `resync`: They are dropped up to where the next frame begins.",
		"commands:\n  a: {send: \"A\", ti|meout: 5s}": "Default: timeouts.reply.",
		"parameters: {a: {type: wo|rd}}":              "* `word`: Text without blanks, not empty.",
	} {
		assert.Contains(t, e.told(head+text), want, text)
	}
}

// TestEditorComplains: how it says what is wrong, once and where it is.
func TestEditorComplains(t *testing.T) {
	e := edit(t)
	for text, want := range map[string][]string{
		head + "liveness: {detect_witin: 5s}":                     {`8:1 Missing property "detect_within".`, "8:12 Property detect_witin is not allowed."},
		alive + "messages: {ok: {receive: \"OK\", event: alsoo}}": {"9:39 false, true, also or state is wanted"},
		alive + "session: {login: [{}]}":                          {"9:19 one of these is wanted: do, expect, tls, let, fail, refuse"},
		alive + "session: {login: [{do: a, expect: b}]}":          {"9:27 Property expect is not allowed."},
		alive + "types: {A: {enumm: {a: b}}}": {
			"9:13 Property enumm is not allowed.", "9:9 one of these is wanted: enum, is, layout, one_of, pairs, json",
		},
		alive + "types: {A: {enum: {a: b}, is: text}}":                       {"9:27 Property is is not allowed."},
		alive + "timeouts: {connect: 5}":                                     {"9:21 a duration, as in 10s is wanted"},
		alive + "commands: {a: {send: \"A\", reply: ok, timeout: 5}}":        {"9:47 none, or a duration, as in 10s, or a map is wanted"},
		alive + "commands: {a: {send: \"A\", reply: ok, lasting: {kee: x}}}": {`9:38 Missing property "key".`, "9:48 Property kee is not allowed."},
	} {
		assert.ElementsMatch(t, want, e.mistakes(text), text)
	}
}

// TestEditorAcceptsVendors: it has nothing to say about the reviewed documents.
func TestEditorAcceptsVendors(t *testing.T) {
	e := edit(t)
	shown := map[string]string{} // all at once: the server waits before it looks at one
	for _, doc := range all(t) {
		if strings.HasSuffix(doc.Name, ".yaml") && !strings.Contains(doc.Name, "/") && doc.Name != "mistakes.yaml" {
			shown[e.check(doc.Text)] = doc.Name
		}
	}
	require.NotEmpty(t, shown)
	for name, doc := range shown {
		require.Empty(t, e.judged(name), doc)
	}
	began, err := os.ReadFile("../../cmd/internal/scaffold/templates/device.yaml")
	require.NoError(t, err)
	require.Empty(t, e.mistakes(strings.ReplaceAll(string(began), "{{.Name}}", "gauge")), "what init begins with")
	data, err := os.ReadFile("../testdata/mistakes.yaml")
	require.NoError(t, err)
	found := e.mistakes(string(data))
	require.GreaterOrEqual(t, len(found), 6, found)
}
