package device

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// ErrHungUp and ErrReset are why a connection ended that the device ended;
// one that the client ended has io.EOF or the error of the read.
var (
	ErrHungUp = errors.New("closed by the device")
	ErrReset  = errors.New("reset by the device")
)

// errGoexit is why a connection ended whose handler ended its goroutine.
var errGoexit = errors.New("a handler ended its goroutine, as t.FailNow does")

// Kind is what a [Record] records.
type Kind uint8

// The kinds of records.
const (
	Connected  Kind = iota // a connection was accepted
	Refused                // a dial was refused
	Received               // a command came
	Unhandled              // a command came that has no handler
	Unknown                // bytes came that are no command
	Replied                // a reply went out, to its last byte
	Emitted                // an event, a greeting or garbage went out
	Dropped                // a reply or event was lost to a fault
	HalfClosed             // the client ended its sending side
	Ended                  // a connection ended
)

// Record is one thing that the device saw or did.
type Record struct {
	Kind    Kind
	At      time.Duration // since the device was made
	Conn    int           // from 1; 0 for Refused
	Command string        // Received, Unhandled, Replied, Dropped replies
	Frame   []byte        // what came or went, secrets and all; not to be changed
	Err     error         // Ended, Unknown: why
}

// String is the record on one line, with its frame quoted: secrets show.
func (r Record) String() string {
	s := fmt.Sprintf("%v conn %d %s", r.At, r.Conn, r.Kind)
	if r.Command != "" {
		s += " " + r.Command
	}
	if r.Frame != nil {
		s += fmt.Sprintf(" %q", r.Frame)
	}
	if r.Err != nil {
		s += ": " + r.Err.Error()
	}
	return s
}

// String is the kind's name in lower case.
func (k Kind) String() string {
	names := [...]string{
		"connected", "refused", "received", "unhandled", "unknown", "replied", "emitted", "dropped", "half-closed", "ended",
	}
	if int(k) < len(names) {
		return names[k]
	}
	return fmt.Sprintf("kind %d", k)
}

// History is what happened, oldest first.
type History []Record

// Of are the records of some kinds.
func (h History) Of(kinds ...Kind) History {
	return h.filter(func(r Record) bool {
		for _, k := range kinds {
			if r.Kind == k {
				return true
			}
		}
		return false
	})
}

// Commands are the received commands of that name; of any, where it is empty.
func (h History) Commands(name string) History {
	return h.filter(func(r Record) bool {
		return (r.Kind == Received || r.Kind == Unhandled) && (name == "" || r.Command == name)
	})
}

// Conn are the records of one connection.
func (h History) Conn(n int) History {
	return h.filter(func(r Record) bool { return r.Conn == n })
}

// Since are the records at and after a time.
func (h History) Since(at time.Duration) History {
	return h.filter(func(r Record) bool { return r.At >= at })
}

// Open is how many connections were open at the end.
func (h History) Open() int { return len(h.Of(Connected)) - len(h.Of(Ended)) }

func (h History) filter(keep func(Record) bool) History {
	var kept History
	for _, r := range h {
		if keep(r) {
			kept = append(kept, r)
		}
	}
	return kept
}

// History is what happened so far, oldest first: the newest 65,536 records, or
// as many as WithHistory says; fewer where their frames come to more than 256 MiB.
func (d *Device) History() History {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.history.records()
}

// Wait returns once enough says so of the history, which it looks at after
// each change; or with the context's error.
func (d *Device) Wait(ctx context.Context, enough func(History) bool) error {
	for {
		d.mu.Lock()
		h, changed := d.history.records(), d.history.next()
		d.mu.Unlock()
		if enough(h) {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		}
	}
}

// Elapsed is the device's clock, which the records' times are of.
func (d *Device) Elapsed() time.Duration { return d.now() }

// frameRoom bounds the frames of a history, in bytes.
const frameRoom = 256 << 20

// recorder is a bounded history that can be waited for.
type recorder struct {
	kept    History
	bytes   int // of its frames
	max     int // records; up to twice as many are kept, and bytes
	room    int // bytes
	trace   func(Record)
	changed chan struct{} // closed at the next change; nil: nobody waits
}

// add keeps a record. Records in other hands are never moved: the slice is
// only appended to, and copied to shrink.
func (r *recorder) add(rec Record) {
	if len(r.kept) >= 2*r.max || r.bytes >= 2*r.room {
		r.shrink()
	}
	r.kept = append(r.kept, rec)
	r.bytes += len(rec.Frame)
	if r.trace != nil {
		r.trace(rec)
	}
	r.poke()
}

// shrink keeps the newest records, as many as there may be and have room.
func (r *recorder) shrink() {
	kept := r.records()
	from := len(kept)
	for r.bytes = 0; from > 0 && r.bytes+len(kept[from-1].Frame) <= r.room; from-- {
		r.bytes += len(kept[from-1].Frame)
	}
	r.kept = append(make(History, 0, 2*(len(kept)-from)), kept[from:]...)
}

func (r *recorder) records() History {
	from := max(0, len(r.kept)-r.max)
	return r.kept[from:len(r.kept):len(r.kept)]
}

// next is closed at the next change.
func (r *recorder) next() <-chan struct{} {
	if r.changed == nil {
		r.changed = make(chan struct{})
	}
	return r.changed
}

// poke wakes who waits for a change.
func (r *recorder) poke() {
	if r.changed != nil {
		close(r.changed)
		r.changed = nil
	}
}
