package lint_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/lint"
)

// TestExamplesOfRules: the bad example of each rule has just that finding, once, and
// the good one has none.
func TestExamplesOfRules(t *testing.T) {
	for _, r := range lint.Rules() {
		t.Run(r.ID, func(t *testing.T) {
			require.NotEmpty(t, r.Purpose)
			require.Equal(t, []string{r.ID}, found(t, r.Bad), "the bad one")
			require.Empty(t, found(t, r.Good), "the good one")
		})
	}
}

// found are the rules that find something in a part of a document.
func found(t *testing.T, part string) (ids []string) {
	t.Helper()
	for _, f := range check(t, whole(part)) {
		ids = append(ids, f.Rule)
	}
	return ids
}

func check(t *testing.T, document string) []lint.Finding {
	t.Helper()
	p, findings := spec.Load("gauge.yaml", []byte(document))
	require.Empty(t, findings, document)
	return lint.Check("gauge.yaml", []byte(document), p)
}

// around is what every document needs, in pieces that a part may have itself.
var around = []struct{ key, text string }{
	{"linewright", "linewright: 1\n"},
	{"vendor", "vendor: gauge\n"},
	{"version", "version: 1.0.0\n"},
	{"doc", "doc: A gauge of tanks.\nref: manual 1\n"},
	{"sources", "sources: {manual: \"Tank gauge, manual of 2026\"}\n"},
	{"endpoint", "endpoint: {port: 7070, tls: never}\n"},
	{"frames", "frames: {line: {ends: LF, max: 4KiB, charset: utf8}}\n"},
	{"liveness", "liveness:\n  detect_within: 20s\n  probe: {send: ping, every: 10s, timeout: 5s}\n"},
	{"replies", "replies: {match: kind}\n"},
}

// whole is a document of a part: it has a heartbeat unless the part has another.
func whole(part string) string {
	var b strings.Builder
	for _, a := range around {
		if !strings.Contains("\n"+part, "\n"+a.key+":") {
			b.WriteString(a.text)
		}
	}
	text := b.String() + part
	if strings.Contains(text, "send: ping,") {
		text = with(text, "messages", "  pong: {receive: \"PONG\"}\n")
		text = with(text, "commands", "  ping: {send: \"PING\", reply: pong, private: true}\n")
	}
	return text
}

// with adds a line to a section.
func with(text, section, line string) string {
	if before, after, ok := strings.Cut(text, "\n"+section+":\n"); ok {
		return before + "\n" + section + ":\n" + line + after
	}
	return text + section + ":\n" + line
}

// TestRulesHaveNamesOfTheirOwn: the loader's rules and these are told apart by name.
func TestRulesHaveNamesOfTheirOwn(t *testing.T) {
	var ids []string
	for _, r := range lint.Rules() {
		ids = append(ids, r.ID)
	}
	for _, r := range spec.Rules() {
		ids = append(ids, r.ID)
	}
	slices.Sort(ids)
	require.Equal(t, slices.Compact(slices.Clone(ids)), ids)
}
