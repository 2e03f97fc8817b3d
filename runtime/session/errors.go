package session

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
)

// Sentinel errors; compare with errors.Is.
var (
	// ErrClosed: the client was closed, or gave up; its State says why.
	ErrClosed = errors.New("client is closed")
	// ErrNotReady: no link was READY in time, or too many callers waited.
	ErrNotReady = errors.New("not ready")
	// ErrRefused: the server refused the login, or its certificate was not accepted.
	ErrRefused = errors.New("refused")
	// ErrPeerSilent: the peer was declared dead by the watchdog.
	ErrPeerSilent = errors.New("peer is silent")
	// ErrTimeout: a deadline of the spec passed (reply, greeting, login, write, frame).
	ErrTimeout = errors.New("deadline exceeded")
	// ErrMode: the command is for another mode of the link than the one it is in,
	// which the text names.
	ErrMode = errors.New("not a command for mode")
	// ErrProtocol: the peer sent what the spec does not allow.
	ErrProtocol = errors.New("protocol violation")
	// ErrGaveUp: reconnect.give_up was reached.
	ErrGaveUp = errors.New("gave up reconnecting")
	// ErrLinkLost: the connection ended.
	ErrLinkLost = errors.New("link lost")
)

// Fate is what is known of a command that did not get its reply.
type Fate uint8

const (
	// NotSent: no byte of the command was handed to the kernel. It is safe
	// to send it again.
	NotSent Fate = iota
	// Unknown: the command was handed over; the device may have executed
	// it, or may yet.
	Unknown
)

// Error is what a command returns when it ended without a reply of the server.
type Error struct {
	Op   string // the command's name in the spec
	Fate Fate
	Err  error // the cause: a sentinel, a context's error, a net.Error …
}

// Error gives the command, its fate and the cause, never a field's value.
func (e *Error) Error() string {
	return e.Op + ": " + e.Fate.String() + ": " + e.Err.Error()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Timeout reports whether a deadline passed: the context's, the reply's or
// the watchdog's.
func (e *Error) Timeout() bool {
	if errors.Is(e.Err, ErrTimeout) || errors.Is(e.Err, ErrPeerSilent) ||
		errors.Is(e.Err, context.DeadlineExceeded) || errors.Is(e.Err, os.ErrDeadlineExceeded) {
		return true
	}
	var t interface{ Timeout() bool }
	return errors.As(e.Err, &t) && t.Timeout()
}

// Temporary reports whether the same command may succeed later on the same
// client: everything but a closed client and a refusal.
func (e *Error) Temporary() bool {
	return !errors.Is(e.Err, ErrClosed) && !errors.Is(e.Err, ErrRefused) && !errors.Is(e.Err, ErrGaveUp)
}

// String is "not sent" or "fate unknown".
func (f Fate) String() string {
	if f == NotSent {
		return "not sent"
	}
	return "fate unknown"
}

// answer is why a link ended, or a step failed, by what the server said. The
// text names the message only, for it goes to the log; errors.As finds the
// vendor's error, for the caller to show.
type answer struct {
	kind   error
	what   string
	vendor error
}

// answered is the error of that kind which frame of message m means.
func (s *Session) answered(kind error, m int, frame []byte, format string, args ...any) error {
	a := &answer{kind: kind, what: fmt.Sprintf(format, args...)}
	if m != None && s.plan.Messages[m].Failure != nil {
		a.vendor = s.plan.Messages[m].Failure(bytes.Clone(frame))
	}
	return a
}

// Error gives the kind and the message's name, never a field's value.
func (a *answer) Error() string { return a.kind.Error() + ": " + a.what }

// Unwrap gives the kind, and the vendor's error.
func (a *answer) Unwrap() []error {
	if a.vendor == nil {
		return []error{a.kind}
	}
	return []error{a.kind, a.vendor}
}
