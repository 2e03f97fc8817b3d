// Package lines reads lines beside the caller, who may have other things to
// wait for: the end of a connection, or a signal.
package lines

import (
	"bufio"
	"context"
	"io"
)

// longest bounds a line, in bytes.
const longest = 1 << 20

// Lines are lines that are being read.
type Lines struct {
	// C gives them without their ends. It is closed behind the last one.
	C <-chan string
	// Err is why reading ended before the end, once C is closed: a line was
	// longer than 1 MiB, or the reader's error.
	Err error
}

// Read reads lines from in until ctx ends; the goroutine that reads ends with
// the read that it is in.
func Read(ctx context.Context, in io.Reader) *Lines {
	c := make(chan string)
	l := &Lines{C: c}
	go func() {
		defer close(c)
		scanner := bufio.NewScanner(in)
		scanner.Buffer(nil, longest)
		for scanner.Scan() {
			select {
			case c <- scanner.Text():
			case <-ctx.Done():
				return
			}
		}
		l.Err = scanner.Err()
	}()
	return l
}
