package dial

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/linewright/linewright/cmd/internal/entry"
	"github.com/linewright/linewright/spec/model"
)

// help lists what can be typed, or explains a command.
func (c *Console) help(_ context.Context, words []entry.Word) error {
	if len(words) > 0 {
		return c.explain(words[0].Value)
	}
	m := c.cfg.Protocol.Model()
	for _, cmd := range slices.Concat(m.Commands, m.Sequences) {
		if entry.Offered(cmd) {
			c.tell("%s", usage(cmd)+firstSentence(cmd.Doc))
		}
	}
	for _, b := range builtins {
		c.tell("%s", strings.TrimSpace(":"+b.name+" "+b.args)+" - "+b.doc)
	}
	return nil
}

// explain says what a command does, and what its fields are.
func (c *Console) explain(name string) error {
	cmd := c.cfg.Protocol.Command(name)
	if cmd == nil {
		return c.fail(fmt.Errorf("help: there is no command %q", name))
	}
	c.tell("%s", usage(cmd))
	if cmd.Doc != "" {
		c.tell("  %s", cmd.Doc)
	}
	for _, f := range cmd.Template.Fields {
		line := fmt.Sprintf("  %s: %s", f.Name, typeName(f.Type))
		switch {
		case f.Set != nil:
			line += ", set by itself"
		case f.HasDefault:
			line += ", may be left out: then it is " + strconv.Quote(f.Default)
		case f.Optional:
			line += ", may be left out"
		}
		if f.Unit != "" {
			line += ", in " + f.Unit
		}
		if f.Doc != "" {
			line += ". " + f.Doc
		}
		c.tell("%s", line)
	}
	return nil
}

func (c *Console) tell(format string, args ...any) {
	c.watch.Note(note(Info, fmt.Sprintf(format, args...)))
}

// usage is a command with its fields, those that may be left out in brackets.
func usage(cmd *model.Command) string {
	words := []string{cmd.Name}
	for _, f := range cmd.Template.Fields {
		switch {
		case f.Set != nil:
		case f.Optional, f.HasDefault:
			words = append(words, "["+f.Name+"]")
		default:
			words = append(words, f.Name)
		}
	}
	return strings.Join(words, " ")
}

func firstSentence(doc string) string {
	if doc == "" {
		return ""
	}
	first, _, _ := strings.Cut(doc, ". ")
	return " - " + strings.TrimSuffix(first, ".")
}

// typeName is what a person calls a type: its name, else its kind; an enum
// lists its values.
func typeName(t *model.Type) string {
	var values []string
	for _, v := range t.Values {
		values = append(values, v.Name)
	}
	switch {
	case len(values) > 0:
		return strings.Join(values, "|")
	case t.Name != "":
		return t.Name
	case t.Bits > 0:
		return fmt.Sprintf("%s%d", t.Kind, t.Bits)
	case t.Kind == model.List:
		return "list of " + typeName(t.Elem)
	case t.Kind == model.Bool:
		return "true|false"
	default:
		return string(t.Kind)
	}
}
