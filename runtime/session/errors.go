package session

import (
	"context"
	"errors"
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
