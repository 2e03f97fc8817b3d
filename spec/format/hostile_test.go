package format

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestHostileDocuments: as large as a document may be, and shaped so that whoever
// looks at anything twice looks at it often. The time is that of a busy machine.
func TestHostileDocuments(t *testing.T) {
	many := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	for _, tt := range []struct{ name, doc string }{
		{"keys", many(19_999, "k%d: v\n")},
		{"keys in brackets", "a: {" + many(19_999, "k%d: v, ") + "}\n"},
		{"items", "a: [" + many(190_000, "i%d, ") + "]\n"},
		{"comments", "a: b\n" + many(180_000, "# comment %d\n") + "c: d\n"},
		{"comments between", many(19_999, "# about %[1]d\nk%[1]d: v # of %[1]d\n")},
		{"comments in brackets", "a: [" + many(50_000, "i%d, # why\n") + "]\n"},
		{"blank lines", "a: b\n" + strings.Repeat("\n", 4<<20-20) + "c: d\n"},
		{"one long text", "a: " + strings.Repeat("word ", 800_000) + "\n"},
		{"one long text in brackets", strings.Repeat("[", 60) + strings.Repeat("word ", 800_000) + strings.Repeat("]", 60) + "\n"},
		{"lines of text", "a: b\n" + strings.Repeat("  c\n", 1_000_000)},
		{"a block", "a: |\n" + strings.Repeat("  c\n", 1_000_000)},
		{"quotes", `a: "` + strings.Repeat(`\"`, 2_000_000) + "\"\n"},
		{"brackets in each other", "a: [" + strings.Repeat(strings.Repeat("[", 60)+strings.Repeat("]", 60)+", ", 3000) + "]\n"},
		{"dashes in each other", strings.Repeat(strings.Repeat("- ", 60)+"a\n", 3000)},
		{"comments in each other", strings.Repeat("- # c\n  "+strings.Repeat("- ", 50)+"a\n", 3500)},
		{"the same key", strings.Repeat("port: 1\n", 19_999)},
		{"anchors", many(19_999, "k%[1]d: &a%[1]d v\n") + "z: *a1\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			began := time.Now()
			text, findings, err := Source("a.yaml", []byte(tt.doc))
			took := time.Since(began)
			t.Logf("%d bytes: %v", len(tt.doc), took.Round(time.Millisecond))
			require.NoError(t, err)
			require.Empty(t, findings)
			require.NotEmpty(t, text)
			require.Less(t, took, 30*time.Second)
		})
	}
}
