package dial

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/linewright/linewright/cmd/internal/entry"
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
