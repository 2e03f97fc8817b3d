package dial

import (
	"strings"

	"github.com/linewright/linewright/runtime"
)

// Action is what a key asks of the console.
type Action struct {
	Submit string // a line to obey
	Quit   bool   // end in order
	Abort  bool   // end at once
}

// Key takes a key by its name ("enter", "ctrl+c", "a"), and the text that it
// types, if any.
func (s *Screen) Key(name, text string) Action {
	if name != "tab" {
		s.choices = nil
	}
	switch name {
	case "enter":
		return s.enter()
	case "ctrl+c":
		return s.quit()
	case "ctrl+d":
		if s.editor.Line() == "" {
			return s.quit()
		}
		s.editor.remove()
	case "tab":
		s.complete()
	case "pgup":
		s.scroll(max(s.window()-1, 1))
	case "pgdown":
		s.scroll(-max(s.window()-1, 1))
	default:
		if edit, ok := edits[name]; ok {
			edit(&s.editor)
		} else if text != "" {
			s.editor.Insert(text)
		}
	}
	return Action{}
}

// edits are the keys of the line of input, as in other shells.
var edits = map[string]func(*Editor){
	"backspace": (*Editor).backspace, "ctrl+h": (*Editor).backspace,
	"delete": (*Editor).remove,
	"left":   func(e *Editor) { e.move(-1) }, "ctrl+b": func(e *Editor) { e.move(-1) },
	"right": func(e *Editor) { e.move(1) }, "ctrl+f": func(e *Editor) { e.move(1) },
	"ctrl+left": (*Editor).wordLeft, "alt+b": (*Editor).wordLeft, "alt+left": (*Editor).wordLeft,
	"ctrl+right": (*Editor).wordRight, "alt+f": (*Editor).wordRight, "alt+right": (*Editor).wordRight,
	"home": (*Editor).home, "ctrl+a": (*Editor).home,
	"end": (*Editor).end, "ctrl+e": (*Editor).end,
	"ctrl+w": (*Editor).removeWord, "alt+backspace": (*Editor).removeWord,
	"ctrl+u": (*Editor).removeBefore, "ctrl+k": (*Editor).removeAfter,
	"up": (*Editor).older, "ctrl+p": (*Editor).older,
	"down": (*Editor).newer, "ctrl+n": (*Editor).newer,
}

// Paste takes pasted text.
func (s *Screen) Paste(text string) { s.editor.Insert(strings.TrimRight(text, "\r\n")) }

// enter gives the line away. On a client that is closed it ends the console.
func (s *Screen) enter() Action {
	s.below = 0
	line := s.editor.Take()
	switch {
	case line == "" && s.change.To == runtime.Closed:
		return Action{Abort: true}
	case line == "":
		return Action{}
	}
	return Action{Submit: line}
}

// quit ends in order, and at once the second time.
func (s *Screen) quit() Action {
	if s.closing || s.change.To == runtime.Closed {
		return Action{Abort: true}
	}
	s.closing = true
	return Action{Quit: true}
}

// complete completes the word at the cursor as far as it is certain, and shows
// what is left open.
func (s *Screen) complete() {
	c := s.completer.Complete(s.editor.Before())
	if len(c.Words) == 0 {
		s.choices = nil
		return
	}
	s.editor.Complete(c.Start, c.Common())
	s.choices = nil
	if len(c.Words) > 1 {
		s.choices = c.Words
	}
}
