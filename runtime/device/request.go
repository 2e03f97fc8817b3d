package device

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"
)

// Request is a received command, for its handler. It stays valid after the
// handler has returned: a reply may come later, from another goroutine.
type Request struct {
	// Command is its name in the plan.
	Command string
	// Frame is the command as received, without its last line end.
	Frame []byte
	// Conn is the number of its connection, from 1.
	Conn int
	// At is when it was received, since the device was made.
	At time.Duration

	index int
	peer  *Peer
}

// Words are the blank-separated words of the command's first line.
func (r *Request) Words() []string {
	line, _, _ := bytes.Cut(r.Frame, []byte("\n"))
	return strings.Fields(string(line))
}

// Reply sends a frame as the answer; the line end is added, but to a prompt. A
// handler may reply several times, or not at all. Where the connection has
// ended, nothing happens.
func (r *Request) Reply(frame string) {
	r.peer.reply(r.index, r.peer.d.ended(frame, r.peer.d.plan.Commands[r.index].Awaits))
}

// Replyf is Reply with a format.
func (r *Request) Replyf(format string, args ...any) { r.Reply(fmt.Sprintf(format, args...)) }

// Emit sends an event on the command's connection only.
func (r *Request) Emit(frame string) { r.Link().Emit(frame) }

// Close ends the connection once the replies so far are sent.
func (r *Request) Close() { r.peer.finish(Close) }

// Reset resets the connection once the replies so far are sent.
func (r *Request) Reset() { r.peer.finish(Reset) }

// Link is the command's connection, for faults.
func (r *Request) Link() *Scope { return r.peer.d.Conn(r.Conn) }

// Context ends with the connection, and with the device.
func (r *Request) Context() context.Context { return r.peer.ctx }
