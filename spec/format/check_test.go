package format

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const sample = `# head
linewright: 1
vendor: x # the vendor
sources: {a: "one", b: two}
timeouts: {connect: 1s} # short
frames: {line: {ends: [LF, CRLF], max: 1KiB}}
title: &t some text
types:
  T: {json: {b: 1, a: 2}}
messages:
  # about ok
  ok: {receive: "OK", doc: }
  no: {receive: 'say "NO"'}
  text:
    receive: |
      {a:text}
      end
`

// TestALossIsRefused: a formatter that does any of this gets nothing out.
func TestALossIsRefused(t *testing.T) {
	for _, tt := range []struct{ name, from, to, why string }{
		{"a comment less", "# head\n", "", "a comment"},
		{"a comment beside less", " # short", "", "a comment"},
		{"a comment twice", "# head\n", "# head\n# head\n", "a comment"},
		{"another comment", "# head", "# heed", "a comment"},
		{"a blank in a comment", "# head", "#  head", "a comment"},
		{"a comment becomes text", `two}`, `"two # about ok"}`, "a value"},
		{"text becomes a comment", `some text`, `x # some text`, "a comment"},
		{"a key less", ", b: two", "", "a value"},
		{"a key more", "b: two", "b: two, c: three", "a value"},
		{"another key", "b: two", "c: two", "a value"},
		{"another value", "b: two", "b: too", "a value"},
		{"a value of another kind", "b: two", "b: [two]", "a value"},
		{"nothing becomes text", "doc: ,", `doc: "",`, "a value"},
		{"items change places", "[LF, CRLF]", "[CRLF, LF]", "a value"},
		{"an item twice", "[LF, CRLF]", "[LF, LF, CRLF]", "a value"},
		{"one item is no list", "[LF, CRLF]", "LF", "a value"},
		{"names change places", "{a: \"one\", b: two}", "{b: two, a: \"one\"}", "a value"},
		{"JSON changes places", "{b: 1, a: 2}", "{a: 2, b: 1}", "a value"},
		{"quotes are lost", `"one"`, `one`, "a value"},
		{"quotes appear", `two`, `"two"`, "a value"},
		{"quotes of a key are lost", "vendor", `"vendor"`, "a value"},
		{"another unit", "1s", "1m", "a value"},
		{"another size", "1KiB", "1B", "a value"},
		{"no unit", "1KiB", "1", "a value"},
		{"another escape", `say "NO"`, `say \"NO\"`, "a value"},
		{"a block ends otherwise", "receive: |", "receive: |-", "a value"},
		{"a block is folded", "receive: |", "receive: >", "a value"},
		{"a line in a block", "      end\n", "\n      end\n", "a value"},
		{"a blank in a block", "      end\n", "       end\n", "a value"},
		{"an anchor less", "&t ", "", "a value"},
		{"another anchor", "&t", "&u", "a value"},
		{"what is left is no YAML", "{json", "{{json", "a map or list as a key"},
		{"nothing is left", "", "", "1:1: the document is empty"},
		{"a second document", "types:", "---\ntypes:", "a second document"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			want, _, err := Source("a.yaml", []byte(sample))
			require.NoError(t, err)
			text, findings, err := source("a.yaml", []byte(sample), func(l *layout) string {
				lost := strings.Replace(l.String(), tt.from, tt.to, 1)
				if tt.from == "" {
					lost = ""
				}
				require.NotEqual(t, string(want), lost, "nothing was lost")
				return lost
			})
			require.ErrorIs(t, err, ErrLoss)
			require.ErrorContains(t, err, tt.why)
			require.Empty(t, findings)
			require.Nil(t, text)
		})
	}
}

// TestTextThatTheReaderMissedIsNotLost: the last check does not believe what was
// read.
func TestTextThatTheReaderMissedIsNotLost(t *testing.T) {
	now := []byte("a: b\n")
	root := tree(t, now)
	require.NoError(t, reading{now, root, nil}.check(now, nil))
	for _, was := range []string{"a: b c\n", "a: b\nc\n", "a: b # c\n", "a: \n", "a: é\n", "a: b1\n", "A: b\n"} {
		require.ErrorContains(t, reading{[]byte(was), root, nil}.check(now, nil), "some of its text", was)
	}
	require.NoError(t, reading{[]byte("x: 60s\n"), tree(t, []byte("x: 1m\n")), nil}.check([]byte("x: 1m\n"), []edit{{"60s", "1m"}}))
	require.ErrorContains(t, reading{[]byte("x: 60s\n"), tree(t, []byte("x: 1m\n")), nil}.check([]byte("x: 1m\n"), []edit{{"6s", "1m"}}), "some of its text")
}

// TestFindings: what cannot be read is said, with its place.
func TestFindings(t *testing.T) {
	for _, tt := range []struct{ name, doc, want string }{
		{"empty", "", "1:1 yaml-empty"},
		{"a comment alone", "# nothing\n", "1:1 yaml-empty"},
		{"half a map", "a: {b: c", "1:4 yaml-syntax"},
		{"half a text", "a: \"b", "1:4 yaml-syntax"},
		{"a tab", "a:\n\tb: c\n", "2:1 yaml-tab"},
		{"a tab in a comment", "a: b #\tc\n", "1:7 yaml-tab"},
		{"binary", "\x00\x01\xff", "1:1 yaml-control"},
		{"not UTF-8", "a: \xff", "1:4 yaml-utf8"},
		{"a carriage return", "a: b\rc: d", "1:5 yaml-control"},
		{"two documents", "a: b\n---\nc: d\n", "2:1 yaml-documents"},
		{"a directive", "%YAML 1.2\n---\na: b\n", "1:1 yaml-directive"},
		{"a key that is none", "? a\n: b\n", "1:1 yaml-key"},
		{"an anchor of a key", "a:\n  &b c: d\n", "2:3 yaml-anchor"},
		{"an anchor of a later key", "a:\n  b: c\n  &d e: f\n", "3:3 yaml-anchor"},
		{"an anchor of a key in brackets", "a: {&b c: d}\n", "1:5 yaml-anchor"},
		{"a tag of a key", "!!str a: b\n", "1:1 yaml-tag"},
		{"a line like an item", "a: {b: c\n\n  - d}", "1:8 yaml-syntax"},
		{"too deep", strings.Repeat("[", 100), "1:65 yaml-depth"},
		{"too large", strings.Repeat("# a comment\n", 400_000), "1:1 yaml-size"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text, findings, err := Source("a.yaml", []byte(tt.doc))
			require.NoError(t, err)
			require.Nil(t, text)
			require.NotEmpty(t, findings)
			require.Equal(t, "a.yaml", findings[0].File)
			require.Equal(t, tt.want, at(findings[0]))
		})
	}
}

func at(f Finding) string { return fmt.Sprintf("%d:%d %s", f.Line, f.Col, f.Rule) }
