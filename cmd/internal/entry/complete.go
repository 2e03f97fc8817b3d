package entry

import (
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/model"
)

// Completer completes lines that begin with a command of a protocol, or with
// another name.
type Completer struct {
	Protocol *dynamic.Protocol
	Others   []string // further first words
}

// Completion is how a line may go on: what stands from Start to the cursor is
// replaced by one of Words.
type Completion struct {
	Start int // in bytes
	Words []string
}

// Complete completes the line up to the cursor.
func (c Completer) Complete(line string) Completion {
	start := strings.LastIndexAny(line, " \t") + 1
	prefix := line[start:]
	before, err := Words(line[:start])
	if err != nil {
		return Completion{Start: len(line)} // inside quotes
	}
	var candidates []string
	if len(before) == 0 {
		candidates = c.first()
	} else if cmd := c.Protocol.Command(before[0].Value); cmd != nil {
		candidates = fieldWords(cmd.Template.Fields, before[1:], prefix)
	}
	return Completion{Start: start, Words: slices.DeleteFunc(candidates, func(w string) bool { return !strings.HasPrefix(w, prefix) })}
}

// first are the words that a line may begin with: commands that the client
// does not send by itself, then the others.
func (c Completer) first() (out []string) {
	m := c.Protocol.Model()
	for _, cmd := range slices.Concat(m.Commands, m.Sequences) {
		if Offered(cmd) {
			out = append(out, cmd.Name+" ")
		}
	}
	for _, name := range c.Others {
		out = append(out, name+" ")
	}
	return out
}

// fieldWords are the fields that the words before have left, and the values of
// the next one, or of the one that prefix names.
func fieldWords(fields []*model.Field, before []Word, prefix string) (out []string) {
	next := true
	for _, f := range left(fields, before) {
		if strings.HasPrefix(prefix, f.Name+"=") {
			return prefixed(f.Name+"=", values(f.Type))
		}
		if next {
			out = append(out, prefixed("", values(f.Type))...)
			next = false
		}
	}
	for _, f := range left(fields, before) {
		out = append(out, f.Name+"=")
	}
	return out
}

// left are the fields that no word has been for.
func left(fields []*model.Field, before []Word) []*model.Field {
	rest := slices.DeleteFunc(slices.Clone(fields), func(f *model.Field) bool { return f.Set != nil || named(before, f.Name) })
	for _, w := range before {
		if w.Name == "" && len(rest) > 0 {
			rest = rest[1:]
		}
	}
	return rest
}

func prefixed(prefix string, words []string) []string {
	for i := range words {
		words[i] = prefix + words[i] + " "
	}
	return words
}

// values are the values of a type that has few.
func values(t *model.Type) (out []string) {
	switch t.Kind {
	case model.Bool:
		return []string{"true", "false"}
	case model.Enum:
		for _, v := range t.Values {
			out = append(out, Quote(v.Name))
		}
	}
	return out
}

// Common is the longest beginning that all completions share.
func (c Completion) Common() string {
	if len(c.Words) == 0 {
		return ""
	}
	common := c.Words[0]
	for _, w := range c.Words[1:] {
		for !strings.HasPrefix(w, common) {
			common = common[:len(common)-1]
		}
	}
	return common
}

// Offered reports whether people may send a command: it is not the script's own.
// What takes a lasting command back is offered though the generated client hides
// it behind the subscription's Close.
func Offered(cmd *model.Command) bool { return !cmd.Private || cmd.Undoes != nil }
