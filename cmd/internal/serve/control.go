package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/linewright/linewright/cmd/internal/fault"
	"github.com/linewright/linewright/cmd/internal/lines"
	"github.com/linewright/linewright/runtime/device"
)

// errQuit is what the line quit returns.
var errQuit = errors.New("quit")

const controlHelp = `A line is a fault, which begins as it says, or one of:

  conn N FAULT                  a fault of one connection, until heal
  next FAULT                    of the next connection
  heal                          end the faults that are on
  conn N heal, next heal        those of one connection
  emit MESSAGE [FIELD=VALUE]…   send an event; other fields as in its example
  conn N emit MESSAGE …         to one connection
  next emit MESSAGE …           to the next one, once it is open
  every TIME MESSAGE …          send it again and again
  stop                          end what every and --every began
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
				s.log.note("not done: %s", reason(err))
			}
		case <-ctx.Done():
			return
		}
	}
}

// reason is an error on one line: of a fault, without the place in it.
func reason(err error) string {
	if e := (*fault.Error)(nil); errors.As(err, &e) {
		return e.Why
	}
	return err.Error()
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
		s.conns.allHealed()
		s.log.note("healed")
		return nil
	case "faults":
		return s.faults()
	case "conns":
		return s.connections()
	case "history":
		return s.history(rest)
	case "emit":
		return s.emit(&s.device.Scope, rest)
	case "every":
		return s.every(ctx, rest)
	case "stop":
		s.stop()
		return nil
	case "conn":
		return s.conn(rest)
	case "next":
		return s.narrow(0, rest)
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
	if f.Random() {
		s.log.note("at random, with seed %d", s.seed)
	}
	s.injector.add(f)
	return nil
}

// conn does something to one connection: "N FAULT", "N emit …", "N heal".
func (s *server) conn(rest string) error {
	number, what, _ := strings.Cut(rest, " ")
	n, err := strconv.Atoi(number)
	if err != nil || !s.conns.has(n) {
		return fmt.Errorf("there is no open connection %q; conns lists them", number)
	}
	return s.narrow(n, strings.TrimSpace(what))
}

// narrow does something to a connection of that number; 0: to the next one.
func (s *server) narrow(number int, what string) error {
	scope := s.device.Next()
	if number > 0 {
		scope = s.device.Conn(number)
	}
	word, rest, _ := strings.Cut(what, " ")
	switch word {
	case "heal":
		scope.Heal()
		s.conns.healed(number)
		s.log.note("healed")
		return nil
	case "emit":
		return s.emit(scope, rest)
	}
	f, err := GrammarOf(s.protocol).Parse(what)
	switch {
	case err != nil:
		return err
	case f.Opens() && number > 0:
		return fmt.Errorf("%v: concerns connections that are being opened", f)
	case !f.Plain():
		return fmt.Errorf("%v: a fault of one connection comes at once, and stays until heal", f)
	}
	if !f.Act() {
		s.conns.fault(number, f.String())
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
