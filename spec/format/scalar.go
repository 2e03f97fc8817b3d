package format

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/quantity"
	"github.com/linewright/linewright/spec/language"
)

// scalar says how a scalar is written.
func (b *builder) scalar(it *item, n *document.Node) {
	node, raw := it.value, n.Raw()
	switch {
	case n.Kind == document.Refused:
		node.text = n.Value
	case n.Style == document.Literal || n.Style == document.Folded:
		b.blockScalar(it, n)
	case strings.Contains(raw, "\n") && !(n.Bracketed() && joins(n, raw)):
		node.lines = trimLines(raw)
		b.refuseDashes(n, node.lines)
	case n.Style == document.Plain:
		node.text = b.plain(strings.Join(trimLines(raw), " "), node.is)
	default:
		node.text = requote(strings.Join(trimLines(raw), " "))
	}
}

// refuseDashes complains about text in brackets that cannot be written without them:
// one of its lines would look like the item of a list.
func (b *builder) refuseDashes(n *document.Node, lines []string) {
	dash := func(line string) bool { return line == "-" || strings.HasPrefix(line, "- ") }
	if n.Bracketed() && n.Style == document.Plain && slices.ContainsFunc(lines[1:], dash) {
		b.findings.Add(n.Pos, "yaml-syntax", "", "a line of this text begins like an item of a list", "put the text in quotes")
	}
}

// joins reports whether text of several lines is the same on one line: nothing in
// it stands for a line break.
func joins(n *document.Node, raw string) bool {
	return !strings.Contains(n.Value, "\n") && (n.Style != document.DoubleQuoted || !strings.Contains(raw, `\`))
}

// trimLines are the lines of plain or quoted text, without the blanks around them,
// which mean nothing.
func trimLines(raw string) []string {
	lines := strings.Split(raw, "\n")
	for i, line := range lines {
		if i > 0 {
			line = strings.TrimLeft(line, " ")
		}
		if trimmed := strings.TrimRight(line, " "); i < len(lines)-1 && !strings.HasSuffix(trimmed, `\`) {
			line = trimmed
		}
		lines[i] = line
	}
	return lines
}

// blockScalar says how a literal or folded scalar is written: its lines as they
// are, but for the indentation.
func (b *builder) blockScalar(it *item, n *document.Node) {
	node := it.value
	node.block = true
	node.lines, node.keep = n.BlockLines()
	b.keep = node.keep
	header := map[document.Style]string{document.Literal: "|", document.Folded: ">"}[n.Style]
	if first := trimBlank(node.lines); len(first) > 0 && first[0][0] == ' ' {
		header += "2"
	}
	was, _, _ := strings.Cut(n.Raw(), "\n")
	was, _, _ = strings.Cut(was, "#")
	switch ended := strings.HasSuffix(n.Value, "\n"); {
	case node.keep && (ended || n.Value == ""):
		header += "+"
	case strings.Contains(was, "-"), n.Value != "" && !ended: // the document's last line may have no end
		header += "-"
		node.keep = false
	}
	if strings.TrimSpace(was) != header {
		b.edits = append(b.edits, edit{was, header})
	}
	node.text = header
	if comment := n.HeaderComment(); comment != "" {
		it.notes = append(it.notes, strings.TrimRight(comment, " "))
	}
}

// plain is text without quotes; quantities in the largest unit that fits.
func (b *builder) plain(text string, is *language.Form) string {
	now := text
	switch {
	case is.Is(language.Duration):
		if d, ok := duration(text); ok {
			now = quantity.Duration(d)
		}
	case is.Is(language.Size):
		if bytes, ok := size(text); ok {
			now = quantity.Size(bytes)
		}
	}
	if now != text {
		b.edits = append(b.edits, edit{text, now})
	}
	return now
}

// duration reads a duration.
func duration(text string) (time.Duration, bool) {
	if !quantity.DurationForm.MatchString(text) {
		return 0, false
	}
	d, err := time.ParseDuration(text)
	return d, err == nil && d > 0
}

// maxSize is more than any size in a document.
const maxSize = 1 << 30

// size reads a size; without a unit it can only be bytes.
func size(text string) (int, bool) {
	if _, err := strconv.Atoi(text); err == nil {
		text += "B"
	}
	parts := quantity.SizeForm.FindStringSubmatch(text)
	if parts == nil {
		return 0, false
	}
	n, err := strconv.ParseInt(parts[1], 10, 32)
	n *= quantity.SizeUnits[parts[2]]
	return int(n), err == nil && n > 0 && n <= maxSize
}

// requote writes quoted text on one line in double quotes, or in single ones where
// that needs fewer escapes. Text without quotes stays as it is.
func requote(raw string) string {
	if len(raw) < 2 || raw[0] != '"' && raw[0] != '\'' {
		return raw
	}
	inside := raw[1 : len(raw)-1]
	if raw[0] == '\'' {
		inside = strings.ReplaceAll(inside, "''", "'")
	} else if plain, ok := unescape(inside); ok {
		inside = plain
	} else {
		return raw
	}
	if strings.Count(inside, `"`)+strings.Count(inside, `\`) > strings.Count(inside, "'") {
		return "'" + strings.ReplaceAll(inside, "'", "''") + "'"
	}
	return `"` + escapes.Replace(inside) + `"`
}

var escapes = strings.NewReplacer(`"`, `\"`, `\`, `\\`)

// unescape is text in double quotes without its escapes; not ok where it holds
// some that single quotes do not have.
func unescape(text string) (plain string, ok bool) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' {
			i++
			if i == len(text) || !strings.ContainsRune(`"\/`, rune(text[i])) {
				return "", false
			}
		}
		b.WriteByte(text[i])
	}
	return b.String(), true
}
