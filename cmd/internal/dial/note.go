package dial

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/linewright/linewright/cmd/internal/printable"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/spec/dynamic"
)

// Kind is what a [Note] is about.
type Kind uint8

// The kinds of notes.
const (
	Info    Kind = iota // help, and what else the console says
	Sent                // a command is under way
	Reply               // its reply
	Event               // what nobody asked for
	Failure             // a command that failed, or was not understood
	Changed             // the state
)

// Note is one thing that happened, fit to be shown.
type Note struct {
	Kind Kind
	At   time.Time
	Text string        // one line
	Took time.Duration // of a Reply: since it was typed
	// Answered: a Reply, or a Failure, follows the Sent.
	Answered bool
}

func note(kind Kind, text string) Note {
	return Note{Kind: kind, At: time.Now(), Text: printable.Line(text)}
}

// eventText shows an event: its name and fields, or its bytes where the
// document does not know it.
func eventText(ev dynamic.Event) string {
	if ev.Name == "" {
		return "unknown " + strconv.Quote(string(ev.Frame))
	}
	return printable.Named(ev.Name, ev.Values)
}

// changeText says what a change of state means.
func changeText(ch runtime.StateChange) string {
	text := ""
	switch ch.To {
	case runtime.Dialing:
		text = "dialing " + ch.Address
	case runtime.Greeting:
		text = "connected to " + ch.Address
	case runtime.Ready:
		text = fmt.Sprintf("ready on link %d", ch.Link)
		if ch.From == runtime.Suspect {
			text = "the peer is heard again"
		}
	case runtime.Suspect:
		text = "suspect: the peer does not answer"
	case runtime.Backoff:
		return fmt.Sprintf("down: %s; dial %d in %v", cause(ch.Err), ch.Attempt+1, ch.NextDelay.Round(time.Millisecond))
	default:
		text = ch.To.String()
	}
	if ch.Err != nil && !errors.Is(ch.Err, runtime.ErrClosed) {
		text += ": " + ch.Err.Error()
	}
	return text
}

func cause(err error) string {
	if err == nil {
		return "the link ended"
	}
	return err.Error()
}
