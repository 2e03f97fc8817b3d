package dial

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/linewright/linewright/cmd/internal/entry"
	"github.com/linewright/linewright/spec/model"
)

// builtin is a line that the console obeys itself. It may be written with a
// colon before it, which is how to reach one that a command hides.
type builtin struct {
	name, args, doc string
	do              func(c *Console, ctx context.Context, words []entry.Word) error
}

// builtins is set by init, because help lists them.
var builtins []builtin

func init() {
	builtins = []builtin{
		{"help", "[COMMAND]", "list the commands, or explain one", (*Console).help},
		{"wait", "EVENT [TIME]", "wait until that event has come; at most TIME (10s)", (*Console).wait},
		{"reconnect", "", "dial now instead of waiting", func(c *Console, _ context.Context, _ []entry.Word) error {
			c.ReconnectNow()
			return nil
		}},
		{"quit", "", "log out and end", func(*Console, context.Context, []entry.Word) error { return errQuit }},
	}
}

func builtinNamed(name string) *builtin {
	for i := range builtins {
		if builtins[i].name == strings.TrimPrefix(name, ":") {
			return &builtins[i]
		}
	}
	return nil
}

// Completer completes what Do understands.
func (c *Console) Completer() entry.Completer {
	out := entry.Completer{Protocol: c.cfg.Protocol}
	for _, b := range builtins {
		name := b.name
		if c.cfg.Protocol.Command(name) != nil {
			name = ":" + name
		}
		out.Others = append(out.Others, name)
	}
	return out
}

// wait waits for an event.
func (c *Console) wait(ctx context.Context, words []entry.Word) error {
	if len(words) == 0 || len(words) > 2 {
		return c.fail(errors.New("wait: say which event, as in wait alarm 5s"))
	}
	name, within := words[0].Value, 10*time.Second
	if !c.isEvent(name) {
		return c.fail(fmt.Errorf("wait: the spec has no event %q", name))
	}
	if len(words) == 2 {
		var err error
		if within, err = time.ParseDuration(words[1].Value); err != nil || within <= 0 {
			return c.fail(fmt.Errorf("wait: %q is no time", words[1].Value))
		}
	}
	limited, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	switch err := c.await(limited, name); {
	case err == nil:
		return nil
	case limited.Err() != nil && ctx.Err() == nil:
		return c.fail(fmt.Errorf("wait: no %s has come within %v", name, within))
	default:
		return c.fail(fmt.Errorf("wait: no %s has come: %w", name, err))
	}
}

func (c *Console) isEvent(name string) bool {
	m := c.cfg.Protocol.Message(name)
	return m != nil && m.Event != "false"
}

// help lists what can be typed, or explains a command.
func (c *Console) help(_ context.Context, words []entry.Word) error {
	if len(words) > 0 {
		return c.explain(words[0].Value)
	}
	for _, cmd := range c.cfg.Protocol.Model().Commands {
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
		case f.Optional:
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
