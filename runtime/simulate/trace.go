package simulate

import (
	"fmt"
	"strings"
	"time"
)

// Kind is what an [Entry] is about.
type Kind uint8

// The kinds of entries.
const (
	KindChange    Kind = iota // the client's state changed
	KindDial                  // it dials
	KindConnected             // its dial succeeded
	KindSent                  // its kernel took bytes
	KindReceived              // it read bytes
	KindEvent                 // an event was delivered
	KindFinished              // a call ended
	KindEnded                 // its connection ended: aborted, or it learnt of the end
	KindNote                  // it logged something
	KindDevice                // the device read or wrote bytes, or ended a connection
	KindFault                 // someone made trouble
)

// Entry is one thing that happened.
type Entry struct {
	At     time.Duration
	Client int
	Kind   Kind
	Epoch  uint64 // of the client's link; for KindDevice the device's connection
	Text   string
}

// String is the entry on one line.
func (e Entry) String() string {
	return fmt.Sprintf("%12v client %d link %d %s: %s", e.At, e.Client, e.Epoch, e.Kind, e.Text)
}

// String is the kind's name in lower case.
func (k Kind) String() string {
	return [...]string{
		"change", "dial", "connected", "sent", "received", "event", "finished", "ended", "note", "device", "fault",
	}[k]
}

// trace gathers entries and their digest. Text is made only where entries are
// kept: a long run pays for the digest alone.
type trace struct {
	w       *World
	keep    bool
	entries []Entry
	sum     digest
}

func newTrace(w *World, keep bool) trace { return trace{w: w, keep: keep, sum: newDigest()} }

func (t *trace) add(c *Client, k Kind, epoch uint64, format string, args ...any) {
	id := t.begin(c, k, epoch)
	t.sum.text(format)
	for _, a := range args {
		t.sum.any(a)
	}
	if t.keep {
		t.entries = append(t.entries, Entry{t.w.now, id, k, epoch, fmt.Sprintf(format, args...)})
	}
}

// bytes is add for what travels.
func (t *trace) bytes(c *Client, k Kind, epoch uint64, what string, b []byte) {
	id := t.begin(c, k, epoch)
	t.sum.text(what)
	t.sum.bytes(b)
	if t.keep {
		t.entries = append(t.entries, Entry{t.w.now, id, k, epoch, fmt.Sprintf("%s%q", what, b)})
	}
}

func (t *trace) begin(c *Client, k Kind, epoch uint64) (id int) {
	if c != nil {
		id = c.id
	}
	t.sum.word(uint64(t.w.now))
	t.sum.word(uint64(id)<<32 | uint64(k))
	t.sum.word(epoch)
	return id
}

// Trace is what happened so far, oldest first; empty where Options.Quiet.
func (w *World) Trace() []Entry { return w.trace.entries }

// Hash is a digest of the whole trace, kept or not.
func (w *World) Hash() uint64 { return w.trace.sum.value() }

// Story is the trace as text, one entry a line, for a failing test.
func (w *World) Story() string {
	var b strings.Builder
	for _, e := range w.trace.entries {
		b.WriteString(e.String())
		b.WriteByte('\n')
	}
	return b.String()
}
