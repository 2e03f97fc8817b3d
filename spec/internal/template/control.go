package template

import (
	"encoding/hex"
	"fmt"
	"strings"
)

// controls are the names of ASCII's control characters, by value.
var controls = strings.Fields("NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI " +
	"DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US SP")

// Control returns the bytes that a name like CR, SP or 0x1a0d stands for.
func Control(name string) (string, bool) {
	if digits, ok := strings.CutPrefix(name, "0x"); ok {
		b, err := hex.DecodeString(digits)
		return string(b), err == nil && len(b) > 0
	}
	switch name {
	case "TAB":
		return "\t", true
	case "CRLF":
		return "\r\n", true
	case "DEL":
		return "\x7f", true
	}
	for i, n := range controls {
		if n == name {
			return string(rune(i)), true
		}
	}
	return "", false
}

// ControlName is how a template writes the control character c.
func ControlName(c byte) string {
	if int(c) < len(controls) {
		return "{" + controls[c] + "}"
	}
	return fmt.Sprintf("{0x%02x}", c)
}

// unnamed puts the characters for their names into text: {TAB}, {0x1a}.
func unnamed(text string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, closed := strings.Cut(rest, "}")
		control, ok := Control(name)
		if !closed || !ok {
			b.WriteByte('{')
			text = rest
			continue
		}
		b.WriteString(control)
		text = after
	}
}

// named is the text in which control characters have their names again.
func named(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		if c < ' ' || c == 0x7f {
			b.WriteString(ControlName(c))
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
