package capture

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/linewright/linewright/spec/decode"
)

// Form is how a capture is written.
type Form string

// The forms.
const (
	Auto Form = "auto" // its beginning tells
	Text Form = "text"
	Hex  Form = "hex"
	Pcap Form = "pcap" // pcapng, too
)

// Options are what a capture does not say.
type Options struct {
	Form Form // empty: Auto
	// Direction is that of bytes without a mark: "sent" or "received"; empty: they
	// must have one, and a text that is given a direction is its bytes as they are.
	Direction string
	// LineEnd is what ends a marked line of text; ok is false where there are no lines.
	LineEnd func(from decode.Direction) (end string, ok bool)
	// Port is that of the servers whose connections are read, of packets; 0: of all, where
	// the capture has the beginning of a connection. Default is that of servers which a
	// connection without a beginning may be to.
	Port, Default uint16
}

// from is the direction of bytes without a mark.
func (o *Options) from() decode.Direction {
	if o.Direction == decode.Sent.String() {
		return decode.Sent
	}
	return decode.Received
}

// Info is what is known of a capture once it was read.
type Info struct {
	Form    Form
	Start   time.Time     // of its clock; zero: not known
	Last    time.Duration // of what came last, since then; [decode.Untimed]: not known
	Packets int64
	// Unread are packets that could not be read, with TCP in them or not; Fragments are
	// parts of IP packets, which are not put together.
	Unread, Fragments int64
	// Others are the ports of servers whose connections were left out, with how many there
	// were; Unknown are connections of which nothing tells which side is the server.
	Others  map[uint16]int
	Unknown int
}

// ErrEmpty is the error of a capture without a byte.
var ErrEmpty = errors.New("it is empty")

// peeked is how much of a capture may tell its form, in bytes.
const peeked = 16 << 10

// Read reads a capture, and gives it to yield as it comes. What yield refuses ends it. Info
// is filled in on the way: Form and Start are there before the first event.
func Read(in io.Reader, o Options, info *Info, yield func(decode.Event) error) error {
	r := bufio.NewReaderSize(in, peeked)
	head, err := beginning(r)
	switch {
	case len(head) == 0 && err == io.EOF:
		return ErrEmpty
	case err != nil && err != io.EOF:
		return err
	}
	if info.Form, err = detect(head, err == io.EOF, &o); err != nil {
		return err
	}
	if info.Form == Pcap {
		return readPcap(r, o, info, yield)
	}
	info.Last = decode.Untimed
	if info.Form == Text && o.Direction != "" {
		return readRaw(r, o.from(), yield)
	}
	return readLines(r, o, info, yield)
}

// beginning is what tells the form: what is there at once, and no less than is needed. Some
// captures are still being made.
func beginning(r *bufio.Reader) (head []byte, err error) {
	for n := 4; ; n = min(len(head)+1, peeked) {
		_, err = r.Peek(n)
		head, _ = r.Peek(r.Buffered())
		if err != nil || len(head) == peeked || tells(head) {
			return head, err
		}
	}
}

// readRaw reads the bytes of one direction.
func readRaw(r *bufio.Reader, from decode.Direction, yield func(decode.Event) error) error {
	for {
		if _, err := r.Peek(1); err == io.EOF {
			return closed(1, decode.Untimed, yield)
		} else if err != nil {
			return err
		}
		b, _ := r.Peek(r.Buffered())
		if err := yield(decode.Event{At: decode.Untimed, Conn: 1, From: from, Bytes: b}); err != nil {
			return err
		}
		if _, err := r.Discard(len(b)); err != nil {
			return err
		}
	}
}

// closed ends both directions of a connection.
func closed(conn int, at time.Duration, yield func(decode.Event) error) error {
	for _, from := range [...]decode.Direction{decode.Sent, decode.Received} {
		if err := yield(decode.Event{Kind: decode.Closed, At: at, Conn: conn, From: from}); err != nil {
			return err
		}
	}
	return nil
}

// failure is what is wrong with a line of a capture.
func failure(line int, format string, args ...any) error {
	return fmt.Errorf("line %d: %s", line, fmt.Sprintf(format, args...))
}
