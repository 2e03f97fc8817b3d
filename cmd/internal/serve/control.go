package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/linewright/linewright/cmd/internal/fault"
	"github.com/linewright/linewright/cmd/internal/lines"
	"github.com/linewright/linewright/cmd/internal/printable"
	"github.com/linewright/linewright/runtime/device"
)

// errQuit is what the line quit returns.
var errQuit = errors.New("quit")

const controlHelp = `A line is a fault, which begins as it says, or one of:

  conn N FAULT                  a fault of one connection, until heal
  next FAULT                    of the next connection
  heal                          end the faults that are on
  emit MESSAGE [FIELD=VALUE]    send an event; other fields as in its example
  conn N emit MESSAGE …         to one connection
  every TIME MESSAGE …          send it again and again
  faults                        which faults are on, and which are to come
  conns                         the open connections
  history [N]                   the last N things that happened (20)
  help, quit

`

// obey does what lines say, until ctx ends or one says quit. Where there are no
// lines, or no more, it waits for the end.
func (s *server) obey(ctx context.Context, in io.Reader) {
	var input <-chan string
	if in != nil {
		input = lines.Read(ctx, in).C
	}
	for {
		select {
		case line, more := <-input:
			if !more {
				input = nil
				continue
			}
			err := s.line(ctx, strings.TrimSpace(line))
			if errors.Is(err, errQuit) {
				return
			}
			if err != nil {
				s.log.note("not done: %v", err)
			}
		case <-ctx.Done():
			return
		}
	}
}

// line does what one line says.
func (s *server) line(ctx context.Context, line string) error {
	word, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	switch word {
	case "":
		return nil
	case "quit", "exit":
		return errQuit
	case "help":
		fmt.Fprint(s.out, controlHelp+fault.Help())
		return nil
	case "heal":
		s.injector.heal()
		s.log.note("healed")
		return nil
	case "faults":
		return s.faults()
	case "conns":
		return s.conns()
	case "history":
		return s.history(rest)
	case "emit":
		return s.emit(&s.device.Scope, rest)
	case "every":
		return s.every(ctx, rest)
	case "conn":
		return s.conn(rest)
	case "next":
		return s.narrow(s.device.Next(), true, rest)
	default:
		return s.fault(line)
	}
}

// fault takes up a fault of the whole device.
func (s *server) fault(line string) error {
	f, err := GrammarOf(s.protocol).Parse(line)
	if err != nil {
		return err
	}
	s.injector.add(f)
	return nil
}

// conn does something to one connection: "N FAULT", "N emit …", "N heal".
func (s *server) conn(rest string) error {
	number, what, _ := strings.Cut(rest, " ")
	n, err := strconv.Atoi(number)
	if err != nil || !slices.ContainsFunc(s.log.open(), func(c conn) bool { return c.number == n }) {
		return fmt.Errorf("there is no open connection %q; conns lists them", number)
	}
	what = strings.TrimSpace(what)
	if event, isEmit := strings.CutPrefix(what, "emit "); isEmit {
		return s.emit(s.device.Conn(n), event)
	}
	return s.narrow(s.device.Conn(n), false, what)
}

// narrow puts a fault in force that does not concern the whole device.
func (s *server) narrow(scope *device.Scope, next bool, what string) error {
	if what == "heal" {
		scope.Heal()
		return nil
	}
	f, err := GrammarOf(s.protocol).Parse(what)
	switch {
	case err != nil:
		return err
	case f.Opens() && !next:
		return fmt.Errorf("%v: concerns connections that are being opened", f)
	case !f.Plain():
		return fmt.Errorf("%v: a fault of one connection comes at once, and stays until heal", f)
	}
	begin(f, scope, s.log.note)
	return nil
}

func (s *server) emit(scope *device.Scope, text string) error {
	frame, err := parseEvent(s.protocol, text)
	if err == nil {
		scope.Emit(frame)
	}
	return err
}

func (s *server) every(ctx context.Context, text string) error {
	r, err := ParseRepeated(s.protocol, text)
	if err == nil {
		s.repeat(ctx, r)
	}
	return err
}

func (s *server) faults() error {
	on, waiting := s.injector.list()
	for _, f := range on {
		fmt.Fprintf(s.out, "on       %s\n", printable.Line(f.String()))
	}
	for _, f := range waiting {
		fmt.Fprintf(s.out, "to come  %s\n", printable.Line(f.String()))
	}
	if len(on)+len(waiting) == 0 {
		fmt.Fprintln(s.out, "no faults")
	}
	return nil
}

func (s *server) conns() error {
	open := s.log.open()
	for _, c := range open {
		fmt.Fprintf(s.out, "conn %d  open since %.3fs  commands %d\n", c.number, c.since.Seconds(), c.commands)
	}
	if len(open) == 0 {
		fmt.Fprintln(s.out, "no connections")
	}
	return nil
}

func (s *server) history(rest string) error {
	n := 20
	if rest != "" {
		var err error
		if n, err = strconv.Atoi(rest); err != nil || n < 1 {
			return fmt.Errorf("%q is no number from 1 on", rest)
		}
	}
	h := s.device.History()
	for _, r := range h[max(0, len(h)-n):] {
		fmt.Fprintf(s.out, "%9.3fs  %s\n", r.At.Seconds(), printable.Line(describe(s.protocol, r)))
	}
	return nil
}
