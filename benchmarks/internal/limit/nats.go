package limit

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync/atomic"
)

// NATS is a connection that publishes and receives without looking left or right.
type NATS struct {
	conn net.Conn
	in   *bufio.Reader
	out  []byte
}

// natsBuffer is how much is published in one write.
const natsBuffer = 64 << 10

// DialNATS connects, and waits until the server answers.
func DialNATS(address string) (*NATS, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	n := &NATS{conn: conn, in: bufio.NewReaderSize(conn, natsBuffer)}
	if _, err := n.in.ReadSlice('\n'); err != nil { // INFO
		return nil, err
	}
	return n, n.ask("CONNECT {\"verbose\":false,\"pedantic\":false}\r\nPING\r\n")
}

// ask sends what ends with a PING, and waits for its PONG.
func (n *NATS) ask(text string) error {
	if _, err := io.WriteString(n.conn, text); err != nil {
		return err
	}
	line, err := n.in.ReadSlice('\n')
	if err == nil && string(line) != "PONG\r\n" {
		err = fmt.Errorf("%q instead of a PONG", line)
	}
	return err
}

// Publish writes whenever enough has gathered.
func (n *NATS) Publish(subject string, payload []byte) error {
	n.out = append(n.out, "PUB "...)
	n.out = append(n.out, subject...)
	n.out = append(n.out, ' ')
	n.out = appendSize(n.out, len(payload))
	n.out = append(n.out, "\r\n"...)
	n.out = append(n.out, payload...)
	n.out = append(n.out, "\r\n"...)
	if len(n.out) < natsBuffer-256 {
		return nil
	}
	_, err := n.conn.Write(n.out)
	n.out = n.out[:0]
	return err
}

func appendSize(out []byte, n int) []byte {
	if n >= 10 {
		out = appendSize(out, n/10)
	}
	return append(out, byte('0'+n%10))
}

// Flush writes what has gathered, and waits until the server has it.
func (n *NATS) Flush() error {
	out := string(n.out) + "PING\r\n"
	n.out = n.out[:0]
	return n.ask(out)
}

// Receive counts the messages of a subject until ctx ends.
func (n *NATS) Receive(ctx context.Context, subject string, got *atomic.Int64) error {
	if err := n.ask("SUB " + subject + " 1\r\nPING\r\n"); err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { _ = n.conn.Close() })
	defer stop()
	for {
		line, err := n.in.ReadSlice('\n')
		if err == nil {
			err = n.message(line, got)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			return err
		}
	}
}

var errNATSLine = errors.New("a line that is no message")

func (n *NATS) message(line []byte, got *atomic.Int64) error {
	if string(line) == "PING\r\n" {
		_, err := io.WriteString(n.conn, "PONG\r\n")
		return err
	}
	i := bytes.LastIndexByte(line, ' ')
	if i < 0 || !bytes.HasPrefix(line, []byte("MSG ")) {
		return fmt.Errorf("%w: %q", errNATSLine, line)
	}
	size := 0
	for _, c := range line[i+1 : len(line)-2] {
		size = size*10 + int(c-'0')
	}
	if _, err := n.in.Discard(size + 2); err != nil {
		return err
	}
	got.Add(1)
	return nil
}

// Close ends it.
func (n *NATS) Close() error { return n.conn.Close() }
