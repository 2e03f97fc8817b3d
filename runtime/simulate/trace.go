package simulate

import (
	"fmt"
	"hash"
	"hash/fnv"
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

// trace gathers entries and their hash.
type trace struct {
	w       *World
	keep    bool
	entries []Entry
	sum     hash.Hash64
}

func newTrace(w *World, keep bool) trace { return trace{w: w, keep: keep, sum: fnv.New64a()} }

func (t *trace) add(c *Client, k Kind, epoch uint64, format string, args ...any) {
	e := Entry{At: t.w.now, Kind: k, Epoch: epoch, Text: fmt.Sprintf(format, args...)}
	if c != nil {
		e.Client = c.id
	}
	fmt.Fprintln(t.sum, e)
	if t.keep {
		t.entries = append(t.entries, e)
	}
}

// Trace is what happened so far, oldest first; empty where Options.Quiet.
func (w *World) Trace() []Entry { return w.trace.entries }

// Hash is a digest of the whole trace.
func (w *World) Hash() uint64 { return w.trace.sum.Sum64() }

// Story is the trace as text, one entry a line, for a failing test.
func (w *World) Story() string {
	var b strings.Builder
	for _, e := range w.trace.entries {
		b.WriteString(e.String())
		b.WriteByte('\n')
	}
	return b.String()
}
