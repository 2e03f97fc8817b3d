package dial

import (
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

// Whatever is typed and pasted, the line holds nothing that moves a cursor.
func FuzzEditor(f *testing.F) {
	f.Add("a\x1b[2Jb", "ctrl+w")
	completer := newCompleter(f)
	f.Fuzz(func(t *testing.T, text, key string) {
		s := NewScreen("acme", "unit", completer, false)
		s.Paste(text)
		s.Key(key, text)
		for _, r := range s.editor.Line() {
			require.True(t, unicode.IsPrint(r))
		}
		s.Render()
	})
}
