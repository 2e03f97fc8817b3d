package fault

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/linewright/linewright/runtime/device"
)

// Grammar is what a document adds to the language.
type Grammar struct {
	Commands []string // that drop may name
	Refusal  string   // the frame of a refuse-login without one
}

// Fault is one fault, and when it comes.
type Fault struct {
	text  string
	kind  *kind
	apply apply

	// At most one of these is set; none: at once.
	after time.Duration // from the start
	timed bool          // after is set, though it may be 0
	count int           // when so many commands have come
	mean  time.Duration // at random, so far apart on average

	lasts time.Duration // then it ends; 0: it stays
}

// String is the fault as it was asked for.
func (f Fault) String() string { return f.text }

// Act reports whether the fault is over as soon as it has happened.
func (f Fault) Act() bool { return f.kind.act }

// Plain reports whether the fault comes at once and stays, as those of a
// single connection do.
func (f Fault) Plain() bool {
	return !f.timed && f.count == 0 && f.mean == 0 && f.lasts == 0
}

// Opens reports whether the fault concerns only connections that are being
// opened.
func (f Fault) Opens() bool { return f.kind.opens }

// Random reports whether chance decides when the fault comes.
func (f Fault) Random() bool { return f.mean > 0 }

// Apply makes the fault happen.
func (f Fault) Apply(s *device.Scope) { f.apply(s) }

// Error is a fault that was not understood: where in the text, and why.
type Error struct {
	Text   string
	Offset int // in bytes
	Why    string
}

// Error says why, and points at the place:
//
//	"2x" is no time, such as 500ms or 10s
//	    delay=2x@10s
//	          ^
func (e *Error) Error() string {
	const indent = "\n    "
	quoted := strconv.Quote(e.Text)
	if quoted[1:len(quoted)-1] != e.Text {
		return e.Why + indent + quoted // escapes would move the place
	}
	return e.Why + indent + e.Text + indent + strings.Repeat(" ", len([]rune(e.Text[:e.Offset]))) + "^"
}

// Parse reads one fault: its name, its arguments, when, and for how long. The
// error is an [*Error].
func (g Grammar) Parse(text string) (Fault, error) {
	f, at, err := g.parse(text)
	if err != nil {
		return Fault{}, &Error{Text: text, Offset: at, Why: err.Error()}
	}
	return f, nil
}

// parse gives with an error the place that it is about.
func (g Grammar) parse(text string) (f Fault, at int, err error) {
	f.text = text
	end := strings.IndexAny(text, "=@#~+")
	if end < 0 {
		end = len(text)
	}
	if f.kind = kindOf(text[:end]); f.kind == nil {
		return f, 0, fmt.Errorf("there is no fault %q; there are %s", text[:end], strings.Join(Names(), ", "))
	}
	start := end
	args, end, err := arguments(text, end)
	if err != nil {
		return f, end, err
	}
	if err := f.kind.count(args); err != nil {
		return f, start, err
	}
	if f.apply, err = f.kind.parse(g, args); err != nil {
		return f, min(start+1, len(text)), err
	}
	if at, err = f.when(text, end); err != nil {
		return f, at, err
	}
	return f, end, f.sensible()
}

// arguments reads "=A,B", each as it is or quoted as in Go, from text[at:].
func arguments(text string, at int) (args []string, end int, err error) {
	if at == len(text) || text[at] != '=' {
		return nil, at, nil
	}
	for {
		at++
		arg, n, err := argument(text[at:])
		if err != nil {
			return nil, at, err
		}
		args, at = append(args, arg), at+n
		if at == len(text) || text[at] != ',' {
			return args, at, nil
		}
	}
}

func argument(text string) (arg string, n int, err error) {
	if strings.HasPrefix(text, `"`) {
		quoted, err := strconv.QuotedPrefix(text)
		if err != nil {
			return "", 0, fmt.Errorf("a quoted text does not end, or has an escape that there is not")
		}
		arg, err = strconv.Unquote(quoted)
		return arg, len(quoted), err
	}
	if n = strings.IndexAny(text, ",@#~+"); n < 0 {
		n = len(text)
	}
	if n == 0 {
		return "", 0, fmt.Errorf("an argument is missing")
	}
	return text[:n], n, nil
}

// when reads "@TIME", "#N" or "~TIME", then "+TIME", from text[at:].
func (f *Fault) when(text string, at int) (int, error) {
	for _, part := range parts(text[at:]) {
		operand := part[1:]
		var err error
		switch once := !f.timed && f.count == 0 && f.mean == 0 && f.lasts == 0; {
		case part[0] == '+' && f.lasts == 0:
			f.lasts, err = positiveTime(operand)
		case part[0] == '@' && once:
			f.after, err = parseTime(operand)
			f.timed = true
		case part[0] == '#' && once:
			if f.count, err = strconv.Atoi(operand); err != nil || f.count < 1 {
				err = fmt.Errorf("%q is no number of a command, from 1 on", operand)
			}
		case part[0] == '~' && once:
			if f.mean, err = positiveTime(operand); err == nil && f.mean < leastMean {
				err = fmt.Errorf("%v on average is too often: say %v or more", f.mean, leastMean)
			}
		default:
			err = fmt.Errorf("%q is one too many: say @TIME, #N or ~TIME, then +TIME", part)
		}
		if err != nil {
			return at, err
		}
		at += len(part)
	}
	return at, nil
}

// parts cuts text before each of the signs.
func parts(text string) (out []string) {
	for text != "" {
		n := strings.IndexAny(text[1:], "@#~+") + 1
		if n == 0 {
			n = len(text)
		}
		out, text = append(out, text[:n]), text[n:]
	}
	return out
}

// sensible finds what can be written and makes no sense.
func (f *Fault) sensible() error {
	switch {
	case f.kind.act && f.lasts > 0:
		return fmt.Errorf("%s is over at once: it takes no +TIME", f.kind.name)
	case !f.kind.act && f.mean > 0 && f.lasts == 0:
		return fmt.Errorf("it would never end: say for how long, as in %s+5s", f.text)
	}
	return nil
}

const (
	leastMean = time.Millisecond // a schedule that is late makes up for each
	longest   = 100 * 365 * 24 * time.Hour
)

func parseTime(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 || d > longest {
		return 0, fmt.Errorf("%q is no time, such as 500ms or 10s", text)
	}
	return d, nil
}

func positiveTime(text string) (time.Duration, error) {
	d, err := parseTime(text)
	if err == nil && d == 0 {
		err = fmt.Errorf("the time must not be 0")
	}
	return d, err
}
