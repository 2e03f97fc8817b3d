package dial

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/cmd/internal/entry"
	"github.com/linewright/linewright/runtime"
)

var update = flag.Bool("update", false, "write the goldens")

func newCompleter(t testing.TB) entry.Completer {
	return entry.Completer{Protocol: open(t, "acme"), Others: []string{"help", "quit"}}
}

// size gives a story a terminal of another size, and nothing that happened.
func (s *story) size(width, height int) *story {
	fresh := &story{NewScreen("acme", "10.0.0.7:1234", s.completer, false), noon}
	fresh.Resize(width, height)
	fresh.Tick(noon)
	return fresh
}

// noon is when the stories on screens begin.
var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

// story plays a life of a client on a screen.
type story struct {
	*Screen
	at time.Time
}

func newStory(t testing.TB, width, height int) *story {
	return (&story{&Screen{completer: newCompleter(t)}, noon}).size(width, height)
}

func (s *story) after(d time.Duration) {
	s.at = s.at.Add(d)
	s.Tick(s.at)
}

func (s *story) to(state runtime.State, change runtime.StateChange) {
	change.From, change.To, change.At, change.Address = s.change.To, state, s.at, "10.0.0.7:1234"
	s.Change(change)
}

func (s *story) add(kind Kind, text string) { s.Add(Note{Kind: kind, At: s.at, Text: text}) }

func (s *story) press(keys ...string) (last Action) {
	for _, key := range keys {
		if len(key) == 1 {
			last = s.Key(key, key)
		} else {
			last = s.Key(key, "")
		}
	}
	return last
}

func (s *story) typed(text string) {
	for _, r := range text {
		s.Key(string(r), string(r))
	}
}

func (s *story) meet() {
	s.to(runtime.Dialing, runtime.StateChange{})
	s.after(5 * time.Millisecond)
	s.to(runtime.Greeting, runtime.StateChange{Link: 1})
	s.after(10 * time.Millisecond)
	s.to(runtime.Ready, runtime.StateChange{Link: 1})
	s.after(3 * time.Second)
	s.RTT(412 * time.Microsecond)
	s.add(Sent, "read {channel: 3}")
	s.Add(Note{Kind: Reply, At: s.at, Text: "reading {channel: 3, value: 21.50, unit: celsius}", Took: 412 * time.Microsecond})
	s.add(Event, `alarm {id: 17, severity: warning, active: true, text: "温度 in the boiler room, which is behind the door"}`)
}

func (s *story) lose() {
	s.to(runtime.Suspect, runtime.StateChange{Link: 1})
	s.after(2 * time.Second)
	s.add(Failure, "read: fate unknown: link lost")
	s.to(runtime.Backoff, runtime.StateChange{Link: 1, Err: errors.New("peer is silent"), Attempt: 1, NextDelay: 1500 * time.Millisecond})
	s.after(300 * time.Millisecond)
}

// Each golden is what somebody sees at one moment.
func TestScreens(t *testing.T) {
	blank := newStory(t, 80, 24)
	for name, play := range map[string]func(*story){
		"start":   func(*story) {},
		"ready":   func(s *story) { s.meet(); s.typed("read ") },
		"choices": func(s *story) { s.meet(); s.typed("set_"); s.press("tab") },
		"backoff": func(s *story) { s.meet(); s.lose(); s.Began(); s.Lost(3) },
		"scrolled": func(s *story) {
			for i := range 50 {
				s.add(Event, fmt.Sprintf("reading {channel: %d}", i))
			}
			s.press("pgup")
			s.add(Event, "one more, which does not move the window")
		},
		"closing": func(s *story) { s.meet(); s.press("ctrl+c") },
		"refused": func(s *story) {
			s.to(runtime.Dialing, runtime.StateChange{})
			s.to(runtime.Closed, runtime.StateChange{Err: errors.New("refused: \x1b[31mDENIED\nreally")})
			s.after(time.Minute)
		},
	} {
		for _, size := range [][2]int{{80, 24}, {40, 10}, {20, 4}} {
			t.Run(fmt.Sprintf("%s/%dx%d", name, size[0], size[1]), func(t *testing.T) {
				s := blank.size(size[0], size[1])
				play(s)
				checkFrame(t, s.Screen)
				golden(t, fmt.Sprintf("%s_%dx%d", name, size[0], size[1]), frame(s.Screen))
			})
		}
	}
}

// frame is the screen as text, the cursor's place below it.
func frame(s *Screen) string {
	text, x, y := s.Render()
	var b strings.Builder
	for row := range strings.Lines(text + "\n") {
		b.WriteString("|" + strings.TrimRight(row, " \n") + "\n")
	}
	return b.String() + fmt.Sprintf("cursor at column %d of row %d\n", x, y)
}

// checkFrame: no frame is larger than its terminal, nor without its prompt.
func checkFrame(t *testing.T, s *Screen) {
	t.Helper()
	text, x, y := s.Render()
	rows := strings.Split(text, "\n")
	require.LessOrEqual(t, len(rows), max(s.height, 2))
	for _, row := range rows {
		require.LessOrEqual(t, ansi.StringWidth(row), s.width, "%q", row)
	}
	require.Less(t, x, s.width)
	require.Contains(t, rows[y], strings.TrimSpace(ansi.Truncate(prompt, s.width, "")))
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

// Frames fit terminals of every size.
func TestEverySize(t *testing.T) {
	blank := newStory(t, 80, 24)
	for width := 1; width <= 90; width++ {
		for height := 1; height <= 12; height++ {
			s := blank.size(width, height)
			s.meet()
			s.lose()
			s.typed("acknowledge 17 some 温度 text")
			s.press("pgup")
			checkFrame(t, s.Screen)
		}
	}
}

func TestColours(t *testing.T) {
	s := newStory(t, 80, 24)
	s.meet()
	s.lose()
	plain, _, _ := s.Render()
	require.NotContains(t, plain, "\x1b")
	s.colour = true
	coloured, _, _ := s.Render()
	require.Contains(t, coloured, "\x1b[31m")
	require.Equal(t, plain, ansi.Strip(coloured), "colour says nothing that the text does not")
	checkFrame(t, s.Screen)
}

func TestKeys(t *testing.T) {
	s := newStory(t, 80, 24)
	s.meet()
	s.typed("read ch")
	s.press("tab", "3")
	require.Equal(t, Action{Submit: "read channel=3"}, s.press("enter"))
	require.Equal(t, Action{}, s.press("enter"), "an empty line is nothing")
	s.press("up")
	require.Equal(t, Action{Submit: "read channel=3"}, s.press("enter"))

	s.typed("ab")
	require.Equal(t, Action{}, s.press("home", "ctrl+d"), "it deletes")
	require.Equal(t, "b", s.editor.Line())
	require.Equal(t, Action{Quit: true}, s.press("delete", "ctrl+d"))
	require.Equal(t, Action{Abort: true}, s.press("ctrl+c"), "the second time at once")

	s = newStory(t, 80, 24)
	s.to(runtime.Closed, runtime.StateChange{Err: runtime.ErrRefused})
	require.Equal(t, Action{Abort: true}, s.press("enter"))
	s.Paste("two\nlines\n")
	require.Equal(t, "two lines", s.editor.Line())
	s.press("f5")
	require.Equal(t, "two lines", s.editor.Line())
}

// What is kept and drawn of a frame of many megabytes is little.
func TestLongNotes(t *testing.T) {
	s := newStory(t, 80, 24)
	s.add(Event, strings.Repeat("ä", 1<<20))
	require.Less(t, len(s.notes[0].Text), 5000)
	require.True(t, strings.HasSuffix(s.notes[0].Text, "ä … (2097152 bytes)"))
	checkFrame(t, s.Screen)
}

func TestScrolling(t *testing.T) {
	s := newStory(t, 40, 10)
	s.press("pgup")
	require.Zero(t, s.below, "there is nothing to scroll to")
	for i := range 2 * noteRoom {
		s.add(Event, fmt.Sprint(i))
	}
	require.LessOrEqual(t, len(s.notes), noteRoom)
	s.scroll(10 * noteRoom)
	require.Contains(t, frame(s.Screen), "* "+s.notes[0].Text, "the oldest is at the top")
	s.scroll(-10 * noteRoom)
	require.Contains(t, frame(s.Screen), fmt.Sprint(2*noteRoom-1))
	require.Zero(t, s.below)
}

// The window shows something when what it showed has been forgotten.
func TestScrollingInWhatIsForgotten(t *testing.T) {
	s := newStory(t, 40, 10)
	for i := range noteRoom {
		s.add(Event, fmt.Sprint(i))
	}
	s.scroll(noteRoom)
	for i := range noteRoom {
		s.add(Event, fmt.Sprint(noteRoom+i))
	}
	require.Contains(t, frame(s.Screen), "* "+s.notes[0].Text+"\n")
	s.Resize(20, 10)
	checkFrame(t, s.Screen)
}

// Drawing costs the same wherever the window is: what was broken up is kept.
func TestScrolledBackIsNotBrokenUpAgain(t *testing.T) {
	s := newStory(t, 80, 24)
	for i := range noteRoom {
		s.add(Event, strings.Repeat("word ", 100)+fmt.Sprint(i))
	}
	s.scroll(10 * noteRoom)
	s.Render()
	require.Less(t, testing.AllocsPerRun(10, func() { s.Render() }), 500.0)
}
