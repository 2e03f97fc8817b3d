package box

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// What is offered to be pasted is bounded: how many of each direction, and how long.
const (
	maxExamples = 8
	maxExample  = 200
)

// offered are frames to begin with: the first good example of messages, then of commands.
func offered(p *model.Protocol) (all [][2]string) {
	f := codec.FramingFor(p.Frames)
	for _, m := range p.Messages {
		if text := example(&f, &m.Template, m.Examples); text != "" && len(all) < maxExamples {
			all = append(all, [2]string{"received", text})
		}
	}
	received := len(all)
	for _, c := range p.Commands {
		if text := example(&f, &c.Template, c.Examples); text != "" && len(all)-received < maxExamples {
			all = append(all, [2]string{"sent", text})
		}
	}
	return all
}

// example is the first good one as somebody would paste it; empty: there is none.
func example(f *wire.Framing, t *model.Template, examples []*model.Example) string {
	for _, e := range examples {
		if e.Bad != "" || hidden(t.Fields) {
			continue
		}
		values, err := codec.Parse(f, t, e.Wire)
		if err != nil {
			continue
		}
		frame, err := codec.Append(nil, f, t, values)
		if err == nil && len(frame) > 0 && len(frame) <= maxExample {
			return toPaste(f.Of(t.Frame), frame)
		}
	}
	return ""
}

// hidden reports whether a field is secret.
func hidden(fields []*model.Field) bool {
	for _, f := range fields {
		if f.Secret {
			return true
		}
	}
	return false
}

// toPaste is a frame as text without its end, or in hex.
func toPaste(f *wire.Framing, frame []byte) string {
	text := frame
	if f.Packet == nil {
		text = bytes.TrimSuffix(frame, []byte(f.SendEnd))
	}
	lines := strings.ReplaceAll(string(text), f.SendEnd, "\n")
	plain := strings.IndexFunc(lines, func(c rune) bool { return c < 0x20 && c != '\n' || c == 0x7f || c == utf8.RuneError }) < 0
	if f.Packet == nil && f.SendEnd != "" && plain && !strings.Contains(lines, "\\") {
		return lines
	}
	return fmt.Sprintf("% x", frame)
}
