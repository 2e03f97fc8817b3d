package flow

import (
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// decideLine finds out how a receiver knows that lines are there which need not
// be: by the text that they begin with, and that no line which may follow begins
// with (G3).
func (p *Pass) decideLine(op *model.Op, rest []*model.Op) {
	first, _ := opening(op.Body[1:])
	if first.Text == "" {
		p.fail(op, RuleUndecidable, "begin its line with text", "nothing tells the line of an optional part from the one that follows it")
		return
	}
	following, ends := linesAfter(rest)
	if !ends {
		p.fail(op, RuleUndecidable, "put a line behind it, {} for an empty one, or make two messages",
			"nothing shows whether the lines of an optional part come: no line follows them")
		return
	}
	for _, line := range following {
		if strings.HasPrefix(line.Text, first.Text) || !line.Whole && strings.HasPrefix(first.Text, line.Text) {
			p.fail(op, RuleUndecidable, "begin its line with other text than what follows it",
				"a line that begins with %q may be that of an optional part, or one that follows it", longer(line.Text, first.Text))
			return
		}
	}
	op.Decide, op.Sep = model.DecideLine, first.Text
}

// linesAfter are the lines that may come where ops begin, behind a line; they end
// with one that comes in any case.
func linesAfter(ops []*model.Op) (lines []model.Line, ends bool) {
	for i, op := range ops {
		switch {
		case op.Kind == model.OpBreak:
			line, _ := opening(ops[i+1:])
			return append(lines, line), true
		case op.Kind == model.OpOptional && op.Body[0].Kind == model.OpBreak:
			line, _ := opening(op.Body[1:])
			lines = append(lines, line)
		default:
			return nil, false
		}
	}
	return nil, false
}

func longer(a, b string) string {
	if len(a) > len(b) {
		return a
	}
	return b
}
