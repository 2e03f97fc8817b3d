package dial

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// historyRoom bounds the lines that Up brings back.
const historyRoom = 500

// Editor is a line of input with its history. It is a plain value.
type Editor struct {
	text    []rune
	at      int // the cursor, in runes
	history []string
	back    int    // how far Up has gone; 0: the line is new
	draft   string // what was typed before Up
}

// Line is the line so far, Before what is left of the cursor.
func (e *Editor) Line() string { return string(e.text) }

// Before is what is left of the cursor.
func (e *Editor) Before() string { return string(e.text[:e.at]) }

// Insert puts text at the cursor. What cannot be shown becomes a blank, so
// that a pasted text cannot do more than to be read.
func (e *Editor) Insert(text string) {
	clean := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, text)
	e.replace(e.at, e.at, clean)
}

// Complete replaces what stands from a byte of the line to the cursor.
func (e *Editor) Complete(from int, text string) {
	e.replace(len([]rune(e.Before()[:from])), e.at, text)
}

// replace replaces runes, and puts the cursor behind.
func (e *Editor) replace(from, to int, text string) {
	insert := []rune(text)
	rest := append([]rune{}, e.text[to:]...)
	e.text = append(append(e.text[:from:from], insert...), rest...)
	e.at = from + len(insert)
}

func (e *Editor) backspace() { e.replace(max(e.at-1, 0), e.at, "") }

func (e *Editor) remove() { e.replace(e.at, min(e.at+1, len(e.text)), "") }

func (e *Editor) removeWord() { e.replace(e.wordStart(), e.at, "") }

func (e *Editor) removeBefore() { e.replace(0, e.at, "") }

func (e *Editor) removeAfter() { e.replace(e.at, len(e.text), "") }

func (e *Editor) move(by int) { e.at = min(max(e.at+by, 0), len(e.text)) }

func (e *Editor) home() { e.at = 0 }

func (e *Editor) end() { e.at = len(e.text) }

func (e *Editor) wordLeft() { e.at = e.wordStart() }

// wordStart is where the word before the cursor begins.
func (e *Editor) wordStart() int {
	at := e.at
	for at > 0 && unicode.IsSpace(e.text[at-1]) {
		at--
	}
	for at > 0 && !unicode.IsSpace(e.text[at-1]) {
		at--
	}
	return at
}

func (e *Editor) wordRight() {
	for e.at < len(e.text) && unicode.IsSpace(e.text[e.at]) {
		e.at++
	}
	for e.at < len(e.text) && !unicode.IsSpace(e.text[e.at]) {
		e.at++
	}
}

// Take gives the line away, and remembers it.
func (e *Editor) Take() string {
	line := strings.TrimSpace(e.Line())
	if n := len(e.history); line != "" && (n == 0 || e.history[n-1] != line) {
		e.history = append(e.history, line)
		e.history = e.history[max(0, len(e.history)-historyRoom):]
	}
	e.set("")
	e.back, e.draft = 0, ""
	return line
}

// older and newer go through the history; the newest is what was being typed.
func (e *Editor) older() { e.recall(e.back + 1) }

func (e *Editor) newer() { e.recall(e.back - 1) }

func (e *Editor) recall(back int) {
	if back < 0 || back > len(e.history) {
		return
	}
	if e.back == 0 {
		e.draft = e.Line()
	}
	e.back = back
	if back == 0 {
		e.set(e.draft)
		return
	}
	e.set(e.history[len(e.history)-back])
}

func (e *Editor) set(line string) {
	e.text = []rune(line)
	e.at = len(e.text)
}

// View is the part of the line around the cursor that fits so many columns,
// and the cursor's column in it.
func (e *Editor) View(width int) (text string, cursor int) {
	// A column has seldom more than one rune, and a pasted line many columns.
	near := 4*width + 16
	from := max(0, e.at-near)
	for from < e.at && ansi.StringWidth(string(e.text[from:e.at])) >= width {
		from++
	}
	text = ansi.Truncate(string(e.text[from:min(len(e.text), e.at+near)]), width, "")
	return text, ansi.StringWidth(string(e.text[from:e.at]))
}
