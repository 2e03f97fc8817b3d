package document_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/linewright/linewright/spec/internal/alone"
	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/report"
	"github.com/stretchr/testify/require"
)

// TestHostile prints how long each refusal took: 100 ms is promised, on a
// machine that does nothing else. The test allows for company and the race
// detector; what is not linear in 4 MiB takes minutes.
func TestHostile(t *testing.T) {
	alone.Skip(t)
	const mib = 1 << 20
	repeat := strings.Repeat
	for _, tt := range []struct{ name, source, rule string }{
		{"alias bomb", bomb(), "yaml-anchor"},
		{"50,000 brackets deep", repeat("[", 50_000), "yaml-depth"},
		{"50,000 braces deep", repeat("{a: ", 50_000), "yaml-depth"},
		{"50,000 dashes deep", repeat("- ", 50_000), "yaml-depth"},
		{"2,000 maps deep", staircase(2_000), "yaml-depth"},
		{"1,000,000 keys", keysOf(1_000_000, "k%d: v\n"), "yaml-size"},
		{"400,000 keys", keysOf(400_000, "%d:\n"), "yaml-keys"},
		{"400,000 keys in brackets", "{" + keysOf(400_000, "%d,") + "}", "yaml-keys"},
		{"one key 1,000,000 times", repeat("a:\n", 1_000_000), "duplicate-key"},
		{"2,000,000 items in brackets", "[" + repeat("a,", 2*mib-10) + "]", "yaml-nodes"},
		{"2,000,000 dashes", repeat("-\n", 2*mib-10), "yaml-nodes"},
		{"100 MB", repeat("a", 100_000_000), "yaml-size"},
		{"binary", binary(4*mib - 1), "yaml-utf8"},
		{"4 MiB of brackets", repeat("[]", 2*mib-1), "yaml-syntax"},
		{"4 MiB of anchors", repeat("&a ", mib), "yaml-anchor"},
		{"4 MiB of anchored items", repeat("- &a b\n", mib/2), "yaml-anchor"},
		{"4 MiB of tags", repeat("!", 4*mib-1), "yaml-tag"},
		{"4 MiB of line breaks", repeat("\n", 4*mib-1), "yaml-empty"},
		{"4 MiB of blanks", repeat(" ", 4*mib-1), "yaml-empty"},
		{"4 MiB of comments", repeat("#\n", 2*mib-1), "yaml-empty"},
		{"4 MiB of colons", repeat(": ", 2*mib-1), "yaml-syntax"},
		{"4 MiB of <<", "a: " + repeat("<<", 2*mib-10) + "\n]", "yaml-syntax"},
		{"4 MiB of quotes", repeat("'", 4*mib-1), "yaml-syntax"},
		{"4 MiB of escapes", `"` + repeat(`\q`, 2*mib-2), "yaml-syntax"},
		{"4 MiB of escaped breaks", `"` + repeat("\\\n", 2*mib-2), "yaml-syntax"},
		{"4 MiB of plain lines", "a:\n" + repeat(" b\n", mib) + "]", "yaml-syntax"},
		{"4 MiB of literal lines", "a: |\n" + repeat(" b\n", mib) + "]", "yaml-syntax"},
		{"4 MiB of folded lines", "a: >\n" + repeat(" b\n\n", mib-2) + "]", "yaml-syntax"},
		{"4 MiB of blank literal lines", "a: |\n" + repeat("\n", 4*mib-10) + "]", "yaml-syntax"},
		{"4 MiB in one key", repeat("a", 4*mib-10) + ": *b", "yaml-alias"},
		{"4 MiB in one line of wide text", "[" + repeat("é,", mib) + "]", "yaml-nodes"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := []byte(tt.source)
			began := time.Now()
			l := report.NewList("hostile.yaml", data)
			document.Load(data, l)
			findings := l.Sorted()
			took := time.Since(began)
			t.Logf("%-32s %9d bytes refused in %s", tt.name, len(tt.source), took.Round(time.Microsecond))
			require.True(t, slices.ContainsFunc(findings, func(f report.Finding) bool { return f.Rule == tt.rule }), "%v", findings)
			require.LessOrEqual(t, len(findings), 100)
			require.Less(t, took, time.Minute)
		})
	}
}

// TestLimitsAreInclusive: a document at a limit is read, one over it is not.
func TestLimitsAreInclusive(t *testing.T) {
	alone.Skip(t)
	items := func(n int) string { return "[" + strings.Repeat("a,", n) + "]" }
	for _, tt := range []struct {
		name, within, over, rule string
	}{
		{"depth", strings.Repeat("[", 64) + strings.Repeat("]", 64), strings.Repeat("[", 65) + strings.Repeat("]", 65), "yaml-depth"},
		{"block depth", staircase(64), staircase(65), "yaml-depth"},
		{"keys", keysOf(20_000, "%d: v\n"), keysOf(20_001, "%d: v\n"), "yaml-keys"},
		{"nodes", items(199_999), items(200_000), "yaml-nodes"},
		{"size", "a: " + strings.Repeat("b", 4<<20-3), "a: " + strings.Repeat("b", 4<<20-2), "yaml-size"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, findings := load(t, tt.within)
			require.Empty(t, findings)
			_, findings = load(t, tt.over)
			require.Len(t, findings, 1)
			require.Contains(t, findings[0], tt.rule)
		})
	}
}

func bomb() string {
	var b strings.Builder
	b.WriteString("a: &a [x, x, x, x, x, x, x, x, x]\n")
	for c := 'b'; c <= 'z'; c++ {
		fmt.Fprintf(&b, "%c: &%c [%s]\n", c, c, strings.Repeat(fmt.Sprintf("*%c, ", c-1), 9))
	}
	return b.String()
}

// staircase is maps in each other, n deep.
func staircase(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

func keysOf(n int, form string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, form, i)
	}
	return b.String()
}

func binary(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	b[0] = 0xff
	return string(b)
}

func BenchmarkLoad(b *testing.B) {
	source := messages(10_000)
	b.SetBytes(int64(len(source)))
	for b.Loop() {
		load(b, source)
	}
}

// messages is a document of n messages as a spec has them.
func messages(n int) string {
	var b strings.Builder
	b.WriteString("messages:\n")
	for i := range n {
		fmt.Fprintf(&b, "  m%d:\n    receive: \"M%d {channel:uint8} {value:decimal}\"\n    event: true\n", i, i)
		fmt.Fprintf(&b, "    examples:\n      - {wire: \"M%d 3 21.50\", is: {channel: 3, value: 21.50}}\n", i)
	}
	return b.String()
}
