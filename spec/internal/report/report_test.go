package report_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/model"
	"github.com/stretchr/testify/require"
)

const document = "vendor: acme\n" +
	"every: 10\n" +
	"doc: 温度と湿度 é́ \U0001f600 x\r\n" +
	"evil: \x1b[2J\u009b\u202e\u2028\tend\xff\n"

func findings() []report.Finding {
	l := report.NewList("acme.yaml", []byte(document))
	l.Add(model.Pos{Line: 4, Col: 7}, "yaml-control", "$.evil", "a message with \x1b[31m in it", "hint\twith a tab")
	l.Add(model.Pos{Line: 2, Col: 8}, "unit", "$.every", "a duration needs a unit: ms, s, m or h", "10s")
	l.Add(model.Pos{Line: 3, Col: 17}, "wide", "$.doc", "the caret is under x", "")
	l.Add(model.Pos{Line: 4, Col: 15}, "late", "", "the caret is under e", "")
	l.Add(model.Pos{Line: 2, Col: 8}, "unit", "$.every", "a duration needs a unit: ms, s, m or h", "10s")
	l.Add(model.Pos{Line: 2, Col: 1}, "z-first-by-column", "", "before the other of its line", "")
	l.Add(model.Pos{}, "no-place", "", "about the whole document", "")
	l.Add(model.Pos{Line: 5, Col: 1}, "end", "", "at the end of the document", "")
	return l.Sorted()
}

// golden compares with a file; UPDATE=1 writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

func TestText(t *testing.T) {
	var b strings.Builder
	require.NoError(t, report.Text(&b, findings()))
	golden(t, "text.golden", b.String())
	require.NotContains(t, b.String(), "\x1b")
}

func TestJSON(t *testing.T) {
	var b strings.Builder
	require.NoError(t, report.JSON(&b, findings()))
	golden(t, "json.golden", b.String())
	for _, hidden := range []string{"\x1b", "\u009b", "\u202e", "\u2028"} {
		require.NotContains(t, b.String(), hidden)
	}
	var back []report.Finding
	require.NoError(t, json.Unmarshal([]byte(b.String()), &back))
	require.Len(t, back, 7)
	require.Equal(t, "a message with \x1b[31m in it", back[4].Message)

	b.Reset()
	require.NoError(t, report.JSON(&b, nil))
	require.Equal(t, "[]\n", b.String())
}

func TestSortedIsByPlaceAndOnce(t *testing.T) {
	var rules []string
	for _, f := range findings() {
		rules = append(rules, f.Rule)
	}
	require.Equal(t, []string{"no-place", "z-first-by-column", "unit", "wide", "yaml-control", "late", "end"}, rules)
}

// TestManyFindingsAreCut: the first by place are kept, whenever they come.
func TestManyFindingsAreCut(t *testing.T) {
	for _, n := range []int{3_000, 30_000} {
		l := report.NewList("many.yaml", []byte(strings.Repeat("x\n", n)))
		for i := range n {
			l.Add(model.Pos{Line: n - i, Col: 1}, "rule", "", "wrong", "")
		}
		require.Equal(t, n, l.Len())
		for range 2 { // to ask twice changes nothing
			got := l.Sorted()
			require.Len(t, got, 1001)
			require.Equal(t, 1, got[0].Line)
			require.Equal(t, 1000, got[999].Line)
			require.Equal(t, "more-findings", got[1000].Rule)
			require.Equal(t, fmt.Sprintf("%d more findings are not shown", n-1000), got[1000].Message)
		}
	}
}

func TestLongLineIsClipped(t *testing.T) {
	line := strings.Repeat("é", 1000) + "X" + strings.Repeat("é", 1000)
	for _, col := range []int{1, 2, 79, 80, 81, 82, 1001, 1950, 2001, 2002} {
		t.Run(fmt.Sprint(col), func(t *testing.T) {
			l := report.NewList("long.yaml", []byte("a\n"+line+"\nb"))
			l.Add(model.Pos{Line: 2, Col: col}, "rule", "", "wrong", "")
			f := l.Sorted()[0]
			source := []rune(f.Source)
			require.LessOrEqual(t, len(source), 160)
			require.NotContains(t, f.Source, "\ufffd")
			require.LessOrEqual(t, f.Caret, len(source)+1)
			if col == 1001 {
				require.Equal(t, "X", string(source[f.Caret-1]))
			}
		})
	}
}

// FuzzText: whatever a document holds, the text is lines of glyphs.
func FuzzText(f *testing.F) {
	f.Add("a: \x1b]0;x\x07", "\u202emessage", 3)
	f.Add("\xff\xfe", "", -1)
	f.Add(strings.Repeat("\u0301", 300), "m\nn", 200)
	f.Fuzz(func(t *testing.T, source, message string, col int) {
		l := report.NewList("f.yaml", []byte(source))
		l.Add(model.Pos{Line: 1, Col: col}, "rule", "$", message, message)
		var b strings.Builder
		require.NoError(t, report.Text(&b, l.Sorted()))
		for _, r := range b.String() {
			if r != '\n' && (r < ' ' || r >= 0x7f && r < 0xa0 || r == 0x2028 || r == 0x202e) {
				t.Fatalf("%U in %q", r, b.String())
			}
		}
		b.Reset()
		require.NoError(t, report.JSON(&b, l.Sorted()))
		require.True(t, json.Valid([]byte(b.String())))
	})
}
