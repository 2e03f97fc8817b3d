package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRead(t *testing.T) {
	for name, c := range map[string]struct{ out, failed string }{
		"a test": {`{"Action":"run","Test":"TestA"}
{"Action":"pass","Test":"TestA"}
{"Action":"run","Test":"TestB"}
{"Action":"run","Test":"TestB/x"}
{"Action":"fail","Test":"TestB/x"}
{"Action":"fail","Test":"TestB"}
{"Action":"fail"}`, "TestB/x"},
		"a panic, or a hang": {`{"Action":"run","Test":"TestA"}
{"Action":"pass","Test":"TestA"}
{"Action":"run","Test":"TestB"}
{"Action":"output","Test":"TestB","Output":"panic: test timed out after 30s\n"}
{"Action":"fail"}`, "TestB"},
		"a goroutine that is left": {`{"Action":"run","Test":"TestA"}
{"Action":"pass","Test":"TestA"}
{"Action":"output","Output":"goleak: Errors on successful test run: found unexpected goroutines:\n"}
{"Action":"fail"}`, "TestMain"},
		"nothing": {`{"Action":"run","Test":"TestA"}
{"Action":"skip","Test":"TestA"}
{"Action":"pass"}`, ""},
	} {
		assert.Equal(t, c.failed, read([]byte(c.out)).failed, name)
	}
	r := read([]byte(`{"Action":"build-output","Output":"a.go:4:2: \"errors\" imported and not used\n"}
{"Action":"fail"}`))
	assert.Empty(t, r.failed, "no test ran")
	assert.Equal(t, "a.go:4:2: \"errors\" imported and not used\n", r.build)
}

func TestParseAndApply(t *testing.T) {
	const text = "# 2. Only input is life\n\n## send-is-life\n\nWhy, and `how`.\n\n`a/b.go`\n\n```diff\n one\n-two\n+TWO\n@@\n+five\n six\n```\n"
	some, err := parse(text)
	require.NoError(t, err)
	require.Equal(t, []fault{{
		name: "send-is-life", invariant: "2", file: "a/b.go",
		hunks: []hunk{{old: "one\ntwo\n", new: "one\nTWO\n"}, {old: "six\n", new: "five\nsix\n"}},
	}}, some)
	changed, err := some[0].apply("one\ntwo\n\nsix\n")
	require.NoError(t, err)
	require.Equal(t, "one\nTWO\n\nfive\nsix\n", changed)
	for _, moved := range []string{"one\n two\nsix\n", "one\ntwo\none\ntwo\nsix\n", "one\ntwo\n"} {
		_, err := some[0].apply(moved)
		require.ErrorContains(t, err, "send-is-life", "%q", moved)
	}
	for _, bad := range []string{
		"", "# Title\n", "## send-is-life\n", strings.Replace(text, "-two\n+TWO\n", "two\n", 1),
		strings.Replace(text, "-two\n+TWO\n", "", 1), strings.Replace(text, "`a/b.go`\n\n", "", 1),
	} {
		_, err := parse(bad)
		assert.Error(t, err, "%q", bad)
	}
}
