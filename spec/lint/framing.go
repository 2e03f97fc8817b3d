package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/internal/quantity"
	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/model"
)

// What is large: see the purposes of frame-huge and line-huge.
const (
	hugeFrame = 64 << 20
	hugeLine  = 1 << 20
)

func framingRules() []Rule {
	return []Rule{{
		ID: "frame-huge", Severity: report.Warning, check: frameHuge,
		Purpose: "A frame is kept in memory until it is complete, and each of its list items costs more than on the wire. With a max of more " +
			"than 64 MiB, a server that sends nonsense takes that from each client before it is noticed.",
		Bad: `
frames: {line: {ends: LF, max_line: 64KiB, max: 1GiB, charset: utf8}}
`,
		Good: `
frames: {line: {ends: LF, max_line: 64KiB, max: 8MiB, charset: utf8}}
`,
	}, {
		ID: "line-huge", Severity: report.Warning, check: lineHuge,
		Purpose: "A line that is not at its end after 1 MiB is rarely a line: more likely the terminator is wrong, or the server counts " +
			"bytes. max_line bounds lines where max must be large.",
		Bad: `
frames: {line: {ends: LF, max_line: 4MiB, max: 4MiB, charset: utf8}}
`,
		Good: `
frames: {line: {ends: LF, max_line: 16KiB, max: 4MiB, charset: utf8}}
`,
	}, {
		ID: "literal-runs-on", Severity: report.Warning, check: literalRunsOn,
		Purpose: "Of two messages that fit, the one with the longer literal is taken. Where the shorter literal ends within a word and text " +
			"follows at once, what was meant as its text is taken for the other message.",
		Bad: `
messages:
  note:
    doc: What the gauge has to say.
    ref: manual 4
    receive: "NOTE{text:text}"
    event: true
    fields: {text: {doc: In words.}}
    examples:
      - {wire: "NOTEx", is: {text: x}}
      - {wire: "NOT", bad: literal}
  notebook:
    doc: Its notebook is full.
    ref: manual 4
    receive: "NOTEBOOK FULL"
    event: true
`,
		Good: `
messages:
  note:
    doc: What the gauge has to say.
    ref: manual 4
    receive: "NOTE {text:text}"
    event: true
    fields: {text: {doc: In words.}}
    examples:
      - {wire: "NOTE x", is: {text: x}}
      - {wire: "NOT", bad: literal}
  notebook:
    doc: Its notebook is full.
    ref: manual 4
    receive: "NOTEBOOK FULL"
    event: true
`,
	}, {
		ID: "event-takes-all", Severity: report.Warning, check: eventTakesAll,
		Purpose: "An event that begins with a field of any text is whatever no other message is: what a newer device says is then " +
			"delivered as if it had been understood. `unexpected: {message: event}` delivers what is not known as just that.",
		Bad: `
messages:
  news:
    doc: What the gauge has to say.
    ref: manual 4
    receive: "{text:text}"
    event: true
    fields: {text: {doc: In words.}}
    examples:
      - {wire: "tank 2 is full", is: {text: tank 2 is full}}
      - {hex: "ff", bad: text}
`,
		Good: `
messages:
  news:
    doc: What the gauge has to say.
    ref: manual 4
    receive: "NEWS {text:text}"
    event: true
    fields: {text: {doc: In words.}}
    examples:
      - {wire: "NEWS tank 2 is full", is: {text: tank 2 is full}}
      - {wire: "NEWS", bad: literal}
`,
	}}
}

func frameHuge(s *subject) {
	for _, f := range s.p.Frames {
		if f.Max > hugeFrame && f.Use != "send" {
			s.say(at("frames", f.Name, "max"), "", "a frame may take %s of memory", quantity.Size(f.Max))
		}
	}
}

func lineHuge(s *subject) {
	for _, f := range s.p.Frames {
		if f.Content == "text" && len(f.Ends) > 0 && f.MaxLine > hugeLine {
			s.say(at("frames", f.Name, "max_line"), "max_line: 64KiB", "a line may have %s", quantity.Size(f.MaxLine))
		}
	}
}

// literalRunsOn compares messages that may come at the same time: events with all.
func literalRunsOn(s *subject) {
	for _, m := range s.p.Messages {
		short, open := s.begins(m)
		if !open || short == "" || !wordByte(short[len(short)-1]) {
			continue
		}
		for _, other := range s.p.Messages {
			long, _ := s.begins(other)
			together := m.Unasked() || other.Unasked() || s.awaited(m, other)
			if together && len(long) > len(short) && strings.HasPrefix(long, short) && wordByte(long[len(short)]) {
				s.say(at("messages", m.Name), "put what stands between the word and the text into the literal",
					"text follows %s at once, and what begins with %s is taken for %s", quote(short), quote(long), other.Name)
				break
			}
		}
	}
}

// begins is the literal that a message of plain text begins with; open: any text
// follows it on its line.
func (s *subject) begins(m *model.Message) (lit string, open bool) {
	ops := m.Template.Ops
	if f := s.p.Frames[m.Template.Frame]; f.Content != "text" || f.Packet != nil {
		return "", false
	}
	for len(ops) > 0 && ops[0].Kind == model.OpLit {
		lit += ops[0].Lit
		ops = ops[1:]
	}
	open = len(ops) > 0 && ops[0].Kind == model.OpField && ops[0].Field.Type.Kind == model.Text &&
		ops[0].Field.Type.Width == 0 && ops[0].Field.Type.Chars == "" && ops[0].Count == nil
	return lit, open
}

// awaited reports whether a command may be answered with both.
func (s *subject) awaited(a, b *model.Message) bool {
	return slices.ContainsFunc(s.p.Commands, func(c *model.Command) bool {
		all := slices.Concat(c.Replies, c.Errors, c.Each)
		return slices.Contains(all, a) && slices.Contains(all, b)
	})
}

func wordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

func quote(s string) string { return fmt.Sprintf("%q", s) }

func eventTakesAll(s *subject) {
	for _, m := range s.p.Messages {
		lit, open := s.begins(m)
		ops := m.Template.Ops
		if m.Unasked() && open && lit == "" && len(ops) == 1 && len(m.In) == 0 {
			s.say(at("messages", m.Name), "unexpected: {message: event}", "any line that is nothing else is taken for %s", m.Name)
		}
	}
}
