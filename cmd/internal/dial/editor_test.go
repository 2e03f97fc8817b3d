package dial

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"
)

// shown is the line with the cursor in it.
func shown(e *Editor) string { return e.Before() + "|" + e.Line()[len(e.Before()):] }

func TestEditor(t *testing.T) {
	var e Editor
	for _, step := range []struct {
		do   func(*Editor)
		want string
	}{
		{func(e *Editor) { e.Insert("read 温3") }, "read 温3|"},
		{func(e *Editor) { e.move(-1) }, "read 温|3"},
		{(*Editor).backspace, "read |3"},
		{(*Editor).wordLeft, "|read 3"},
		{(*Editor).backspace, "|read 3"},
		{(*Editor).wordRight, "read| 3"},
		{(*Editor).remove, "read|3"},
		{(*Editor).end, "read3|"},
		{(*Editor).remove, "read3|"},
		{func(e *Editor) { e.Insert(" a b") }, "read3 a b|"},
		{(*Editor).removeWord, "read3 a |"},
		{(*Editor).home, "|read3 a "},
		{func(e *Editor) { e.move(4) }, "read|3 a "},
		{(*Editor).removeAfter, "read|"},
		{func(e *Editor) { e.Complete(0, "reset ") }, "reset |"},
		{(*Editor).removeBefore, "|"},
		{func(e *Editor) { e.Insert("a\x1b[2J\nb") }, "a [2J b|"},
	} {
		step.do(&e)
		require.Equal(t, step.want, shown(&e))
	}
}

func TestHistory(t *testing.T) {
	var e Editor
	for _, line := range []string{"one", "two", "two", " "} {
		e.Insert(line)
		e.Take()
	}
	e.Insert("dra")
	e.older()
	require.Equal(t, "two|", shown(&e))
	e.older()
	require.Equal(t, "one|", shown(&e))
	e.older()
	require.Equal(t, "one|", shown(&e), "there is no older one")
	e.newer()
	e.newer()
	require.Equal(t, "dra|", shown(&e), "what was typed comes back")
	e.newer()
	require.Equal(t, "dra|", shown(&e))
	for range 2 * historyRoom {
		e.Insert("x")
		e.Insert("y")
		e.Take()
		e.Insert("z")
		e.Take()
	}
	require.Len(t, e.history, historyRoom)
}

// The part that is shown holds the cursor, and fits.
func TestEditorView(t *testing.T) {
	var e Editor
	e.Insert("温度温度 abc")
	for width := 2; width < 15; width++ {
		for at := range len(e.text) + 1 {
			e.at = at
			text, cursor := e.View(width)
			require.LessOrEqual(t, ansi.StringWidth(text), width)
			require.Less(t, cursor, width)
		}
	}
	text, cursor := e.View(40)
	require.Equal(t, "温度温度 abc", text)
	require.Equal(t, 12, cursor)
}

// What is looked at does not grow with what was pasted.
func TestEditorViewOfALongLine(t *testing.T) {
	var e Editor
	e.Insert(strings.Repeat("a", 1<<20) + strings.Repeat("温", 1<<10))
	for _, at := range []int{0, 100, 1 << 19, 1 << 20, len(e.text)} {
		e.at = at
		var text string
		allocated := testing.AllocsPerRun(1, func() { text, _ = e.View(80) })
		require.GreaterOrEqual(t, ansi.StringWidth(text), 78)
		require.Less(t, allocated, 3000.0)
	}
}

// FuzzEditor: whatever is typed and pasted, the line holds nothing that moves a
// cursor, and the frame fits the terminal.
func FuzzEditor(f *testing.F) {
	f.Add("a\x1b[2Jb", []byte("\x00\x01\x02"), uint8(20), uint8(5))
	f.Add("read 温度", []byte("\x10\x0f\x0e\x05\x05\x01"), uint8(3), uint8(1))
	completer := newCompleter(f)
	keys := append(slices.Sorted(maps.Keys(edits)), "enter", "tab", "pgup", "pgdown", "ctrl+d", "é", "")
	f.Fuzz(func(t *testing.T, text string, pressed []byte, width, height uint8) {
		s := NewScreen("acme", "unit", completer, false)
		s.Resize(int(width), int(height))
		s.Paste(text)
		for _, k := range pressed[:min(len(pressed), 100)] {
			key := keys[int(k)%len(keys)]
			typed := ""
			if key == "é" || key == "" {
				typed = text
			}
			if action := s.Key(key, typed); action.Submit != "" {
				s.Add(Note{Kind: Sent, Text: action.Submit})
			}
			requireFits(t, s)
		}
	})
}

func requireFits(t *testing.T, s *Screen) {
	t.Helper()
	line := s.editor.Line()
	require.True(t, strings.HasPrefix(line, s.editor.Before()))
	frame, x, y := s.Render()
	rows := strings.Split(frame, "\n")
	require.LessOrEqual(t, len(rows), max(s.height, 2), "the state and the prompt are always there")
	for _, row := range append(rows, line) {
		require.False(t, strings.ContainsFunc(row, func(r rune) bool { return !unicode.IsPrint(r) }), "%q", row)
	}
	for _, row := range rows {
		require.LessOrEqual(t, ansi.StringWidth(row), s.width, "%q", row)
	}
	require.True(t, 0 <= x && x < s.width && y == min(y, len(rows)-1), "the cursor is at %d, %d", x, y)
}
