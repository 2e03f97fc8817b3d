package runtime

import (
	"errors"

	"github.com/linewright/linewright/runtime/session"
)

// Error is what a command returns when it ended without a reply of the server:
// the command's name, its fate, and the cause. Errors that the server answered
// with are types of the generated package.
type Error = session.Error

// Fate is what is known of a command that did not get its reply.
type Fate = session.Fate

// The two fates of a command.
const (
	// NotSent: no byte of the command was handed to the kernel. It is safe to
	// send it again.
	NotSent = session.NotSent
	// Unknown: the command was handed over; the device may have executed it,
	// or may yet.
	Unknown = session.Unknown
)

// Sentinel errors; compare with errors.Is.
var (
	// ErrClosed: the client was closed, or gave up; Err says why.
	ErrClosed = session.ErrClosed
	// ErrNotReady: no link was READY in time, or too many callers waited.
	ErrNotReady = session.ErrNotReady
	// ErrRefused: the server refused the login, or a certificate was not accepted.
	ErrRefused = session.ErrRefused
	// ErrPeerSilent: the peer was declared dead by the watchdog.
	ErrPeerSilent = session.ErrPeerSilent
	// ErrTimeout: a deadline of the spec passed (connect, greeting, login, reply, write, frame).
	ErrTimeout = session.ErrTimeout
	// ErrMode: the command is for another mode of the link than the one it is in.
	ErrMode = session.ErrMode
	// ErrProtocol: the peer sent what the spec does not allow.
	ErrProtocol = session.ErrProtocol
	// ErrGaveUp: the spec's reconnect.give_up was reached.
	ErrGaveUp = session.ErrGaveUp
	// ErrLinkLost: the connection ended.
	ErrLinkLost = session.ErrLinkLost

	// ErrRunning: Run was called a second time, or after Dial.
	ErrRunning = errors.New("client already runs")
	// ErrOverflow: a subscription with the policy CloseSubscription was full.
	ErrOverflow = errors.New("subscription overflowed")
)

// errEarlyBytes: a peer (or someone on the path) put bytes behind the message
// that starts TLS; they would be read as if they had come encrypted.
var errEarlyBytes = errors.New("bytes came before the TLS handshake")

// errNotEncoded: Do was called without a frame.
var errNotEncoded = errors.New("the call has no encoded frame")
